/* xml.h — one part of a workbook as a stream of elements.
 *
 * Names come without their prefix: the strict and the transitional namespaces of OOXML differ,
 * the local names do not.  A DOCTYPE, nesting deeper than 64 and tags without end are refused. */
#pragma once
#include "import/package.h"

#include <stdint.h>

struct xml;      /* a reading under way */

struct xml_handler {
    void (*open)(void *context, struct xml *xml, const char *name, const char **attributes);
    void (*close)(void *context, struct xml *xml, const char *name);
    void (*text)(void *context, struct xml *xml, struct text text);   /* may be NULL; comes in pieces */
};

/* Reads a part to its end; or until a handler calls xml_stop. */
bool xml_read(struct package *package, size_t part, const struct xml_handler *handler, void *context,
              struct err *err) MUST_CHECK;
/* The same for text in memory; `shown` names it in a refusal. */
bool xml_read_text(struct text text, const char *shown, const struct xml_handler *handler, void *context,
                   struct err *err) MUST_CHECK;

/* For handlers: the error of this reading, to be set before xml_fail, which ends it as refused. */
struct err *xml_err(struct xml *xml);
void xml_fail(struct xml *xml);
/* Ends the reading as done: the rest is not needed (and not checked). */
void xml_stop(struct xml *xml);
unsigned xml_depth(const struct xml *xml);   /* of the element being opened or closed; the root is 1 */
/* Where in the text the event being handled begins and ends, in bytes. */
size_t xml_start(const struct xml *xml);
size_t xml_end(const struct xml *xml);

/* The value of an attribute by its local name; NULL when it is not there. */
const char *xml_attribute(const char **attributes, const char *name);
/* Whether an attribute is on: 1, true, on (any other text is off); `otherwise` when not there. */
bool xml_flag(const char **attributes, const char *name, bool otherwise);
/* A number of decimal digits only, at most `most`; false when not there or anything else. */
bool xml_count(const char **attributes, const char *name, uint32_t most, uint32_t *out);
/* Digits as xml_count has them. */
bool digits_count(struct text text, uint32_t most, uint32_t *out);
/* 2025-09-01 or 2025-09-01T00:00:00 as 20250901; false for anything else. */
bool iso_date(struct text text, double *out);
int hex_digit(char c);   /* 0–15; -1 for anything else */
