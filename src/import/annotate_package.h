/* annotate_package.h — a workbook being rewritten: parts replaced and added, the rest left as it is. */
#pragma once
#include "import/package.h"

struct rewrite {
    struct arena *mem;
    struct package *package;
    bool strict;              /* its relations carry the addresses of strict OOXML */
    struct rewritten { struct text path, bytes; bool plain; } *at;   /* plain: not to be packed */
    size_t n, capacity;
};

/* A part as it now stands; the empty text when there is none. */
bool rewrite_load(struct rewrite *rewrite, struct text path, struct text *out, struct err *err) MUST_CHECK;
void rewrite_put(struct rewrite *rewrite, struct text path, struct text bytes);
/* A path of this form that no part has yet: "xl/comments%u.xml" → xl/comments3.xml. */
struct text rewrite_free_path(struct rewrite *rewrite, const char *before, const char *after);
/* Adds a relation from one part to another; its id in mem. */
bool rewrite_relate(struct rewrite *rewrite, struct text from, const char *type, struct text to, const char **id_out,
                    struct err *err) MUST_CHECK;
/* Says what a new part is. */
bool rewrite_declare(struct rewrite *rewrite, struct text path, const char *content_type, struct err *err) MUST_CHECK;
bool rewrite_declare_extension(struct rewrite *rewrite, const char *extension, const char *content_type,
                               struct err *err) MUST_CHECK;
/* The whole file: what was not put is copied as it is packed. */
bool rewrite_finish(struct rewrite *rewrite, struct text original, struct text *out, struct err *err) MUST_CHECK;
