/* html.h — the escaping writer: everything that goes into a page goes through here.
 *
 * Templates call it (tools/template.c chooses the function by where a value stands); handlers only begin a
 * page and take what was collected.  Nothing fails: what would be dangerous is written harmless. */
#pragma once
#include "base/arena.h"
#include "base/lang.h"
#include "base/text.h"

struct html { struct arena *mem; char *at; size_t size, capacity; enum lang lang; };

/* A drawing, made by the functions of web/svg.h alone: the one thing that is written as it is. */
struct svg { struct text markup; };

struct html html_begin(struct arena *mem, enum lang lang);
/* The page so far; valid until more is written. */
struct text html_collected(const struct html *html);

/* Text between elements, or an attribute's value in quotes: & < > " ' become entities. */
void html_text(struct html *html, struct text text);
void html_string(struct html *html, const char *zero_ended);
/* Whole numbers as people read them, 1,389 and −12; in attributes as programs read them, 1389 and -12. */
void html_signed(struct html *html, long long number);
void html_unsigned(struct html *html, unsigned long long number);
void html_plain_signed(struct html *html, long long number);
void html_plain_unsigned(struct html *html, unsigned long long number);
/* A whole URL in an attribute: "/…" (not "//…"), "?…", "#…", a relative path, http:, https:, mailto: and
 * tel: pass, percent-encoding left alone; anything else becomes "#refused".  Control bytes, spaces, quotes
 * and backslashes are percent-encoded. */
void html_url(struct html *html, struct text url);
void html_url_string(struct html *html, const char *url);
/* One component inside a URL: all but A–Z a–z 0–9 - . _ ~ is percent-encoded, / & = ? # % as well. */
void html_url_part(struct html *html, struct text part);
void html_url_part_string(struct html *html, const char *part);
/* JSON inside <script type="application/json">: < becomes \u003c, so that nothing ends the script. */
void html_json(struct html *html, struct text json);
void html_svg(struct html *html, struct svg drawing);
void html_make_room(struct html *html, size_t more);
/* HTML as it is: the literal parts of templates, nothing else.  Here, so that a literal's copy is a few moves. */
static inline void html_raw(struct html *html, const char *at, size_t size)
{
    if (html->capacity - html->size < size)
        html_make_room(html, size);
    if (size)
        memcpy(html->at + html->size, at, size);
    html->size += size;
}

/* What templates call; a type not listed (a double, a bool, a struct) does not compile: a double must be
 * given its decimals by the view. */
#define HTML_BY_TYPE(x, of_text, of_string, of_signed, of_unsigned)                                            \
    _Generic((x), struct text: of_text, const char *: of_string, char *: of_string, int: of_signed,            \
             long: of_signed, long long: of_signed, unsigned: of_unsigned, unsigned long: of_unsigned,         \
             unsigned long long: of_unsigned)
#define HTML_TEXT(html, x) HTML_BY_TYPE(x, html_text, html_string, html_signed, html_unsigned)(html, x)
#define HTML_ATTRIBUTE(html, x) HTML_BY_TYPE(x, html_text, html_string, html_plain_signed, html_plain_unsigned)(html, x)
#define HTML_URL(html, x) _Generic((x), struct text: html_url, const char *: html_url_string, char *: html_url_string)(html, x)
#define HTML_URL_PART(html, x)                                                                                 \
    HTML_BY_TYPE(x, html_url_part, html_url_part_string, html_plain_signed, html_plain_unsigned)(html, x)
