/* say.h — texts of web/texts with their arguments {1} … {9} filled in, in the reader's language. */
#pragma once
#include "made/texts.h"
#include "web/html.h"

#include <stdint.h>

/* Into a page: between elements (where <b> of the text is bold), or in an attribute (where it is not).
 *   Given  arguments[n], n = T_…_TAKES (asserted); they are escaped, the text is ours */
void html_say(struct html *html, enum text_key key, const struct text *arguments, size_t n);
void html_say_attribute(struct html *html, enum text_key key, const struct text *arguments, size_t n);

/* As a plain text in mem: for drawings, titles, answers that are no HTML. */
struct text say(struct arena *mem, enum lang lang, enum text_key key, const struct text *arguments, size_t n);
/* SAID(mem, lang, T_OVERVIEW_FOUND, name, say_count(mem, 12)) */
#define SAID(mem, lang, key, ...)                                                              \
    say(mem, lang, key, (const struct text[]){ __VA_ARGS__ },                                  \
        sizeof((const struct text[]){ __VA_ARGS__ }) / sizeof(struct text))

/* A whole number as an argument: 1,389 and −12. */
struct text say_count(struct arena *mem, int64_t number);

/* What templates call: an argument of {{t …}} by its type. */
struct text say_text(const struct html *html, struct text text);
struct text say_string(const struct html *html, const char *string);
struct text say_signed(const struct html *html, long long number);
struct text say_unsigned(const struct html *html, unsigned long long number);
#define SAY(html, x) HTML_BY_TYPE(x, say_text, say_string, say_signed, say_unsigned)(html, x)
