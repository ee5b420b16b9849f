/* annotate_edit.h — changing a few places of an XML part and nothing else of it. */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct edit { size_t at, cut; struct text put; };   /* at byte `at`, in place of `cut` bytes */
struct edits { struct arena *mem; struct edit *at; size_t n, capacity; };

/* At one place the order of adding stays. */
void edit_add(struct edits *edits, size_t at, size_t cut, struct text put);
struct text edits_apply(struct arena *mem, struct text whole, const struct edits *edits);

/* Start tags as they stand in the file: <x:c r="A1" s='5'/>.  Attributes go by their local name. */
struct text tag_attribute(struct text tag, const char *name);   /* raw value; empty when not there */
struct text tag_with(struct arena *mem, struct text tag, const char *name, const char *value);
struct text tag_without(struct arena *mem, struct text tag, const char *name);
struct text tag_prefix(struct text tag);                        /* "x:" or "" */
bool tag_is_empty(struct text tag);                             /* …/> */
/* <row r="5"/> → <row r="5">inside</row>, or with the start tag alone. */
struct text tag_opened(struct arena *mem, struct text tag);
struct text tag_end(struct arena *mem, struct text tag);        /* </row> */

/* Text for an XML part in any encoding that contains ASCII: everything else as &#x…;, what XML
 * cannot hold left out. */
void xml_escape(struct buf *into, struct text text);

/* The elements of a part down to some depth (the root is 1), in order of their start. */
struct element {
    struct text name;             /* local */
    unsigned depth;
    size_t start, tag_end;        /* the start tag */
    size_t close, end;            /* the end tag; of an empty element both lie at tag_end */
};
struct outline { struct arena *mem; struct text part; struct element *at; size_t n, capacity; unsigned deepest; };

bool outline_read(struct arena *mem, struct text part, const char *shown, unsigned deepest, struct outline *out,
                  struct err *err) MUST_CHECK;
struct text outline_tag(const struct outline *outline, const struct element *element);
/* The first element of this name and depth; NULL when none. */
const struct element *outline_find(const struct outline *outline, unsigned depth, const char *name);
/* Inserts behind the last child of an element (the root: at[0]), opening it where it is empty. */
void outline_append(const struct outline *outline, const struct element *into, struct text put, struct edits *edits);
