/* draw_cairo.h — a drawing put on paper by Cairo: for the writers of documents alone. */
#pragma once
#include "report/cairo_late.h"
#include "report/drawing.h"

/* A context that lays text out in points, without hinting, the same for every surface.  g_object_unref it. */
PangoContext *draw_context(void);
/* Draws with the top left corner where the context stands. */
void draw_on(cairo_t *cairo, PangoContext *pango, const struct drawing *drawing);
/* As a PNG of 220 dots an inch.   Errors  ERR_OUTSIDE */
bool draw_png(const struct drawing *drawing, struct arena *mem, struct text *png_out, struct err *err) MUST_CHECK;
/* What Cairo writes, into the buf that is `closure`. */
cairo_status_t draw_into_buf(void *closure, const unsigned char *bytes, unsigned size);
bool draw_failed(cairo_status_t status, struct err *err) MUST_CHECK;  /* words it; false */
