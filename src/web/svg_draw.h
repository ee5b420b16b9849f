/* svg_draw.h — the strokes that the drawings of web/svg.h are made of; nobody else calls them.
 *
 * Across, places are percent of the drawing's width, so that it fills its cell without being stretched;
 * down they are pixels. */
#pragma once
#include "web/svg.h"

/* Begins a drawing as wide as its place; its label is escaped. */
struct html draw_begin(struct arena *mem, const char *class, double height, struct text label);
/* The same where parts of it can be followed: a group, not one picture. */
struct html draw_begin_group(struct arena *mem, const char *class, double height, struct text label);
struct svg draw_end(struct html *out);
/* Around the strokes of one part.  It is no stop of the Tab key: the same numbers stand as links beside or behind it. */
void draw_link_begin(struct html *out, struct text path, struct text name);
void draw_link_end(struct html *out);

void draw_raw(struct html *out, const char *string);           /* our own markup */
void draw_number(struct html *out, double x);                  /* at most two decimals; no number: 0 */
void draw_attribute(struct html *out, const char *name, double x, bool percent); /* ` name="12.5%"` */
void draw_rect(struct html *out, const char *class, double x, double y, double width, double height);
void draw_line(struct html *out, const char *class, double x1, double y1, double x2, double y2);
void draw_circle(struct html *out, const char *class, double x, double y, double r);
/* A text, escaped; anchor: start, middle, end or NULL. */
void draw_words(struct html *out, const char *class, double x, double y, const char *anchor, struct text text);

const char *draw_dot_class(enum state state);                  /* hollow without a verdict */
void draw_mean(struct html *out, double x, double y);          /* ▲ with its tip at the place */
