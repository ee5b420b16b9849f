/* cairo_late.h — Cairo and Pango, loaded only when something is to be drawn: they bring GLib, FreeType and fontconfig along,
 * which every other command would pay for at its start. */
#pragma once
#include "base/err.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define CAIRO_CALLS(X) \
    X(cairo_arc) X(cairo_create) X(cairo_destroy) X(cairo_fill) X(cairo_image_surface_create) X(cairo_line_to) X(cairo_move_to)        \
    X(cairo_paint) X(cairo_pdf_surface_create_for_stream) X(cairo_pdf_surface_set_metadata) X(cairo_rectangle) X(cairo_scale)          \
    X(cairo_set_dash) X(cairo_set_line_width) X(cairo_set_source_rgb) X(cairo_show_page) X(cairo_status) X(cairo_status_to_string)     \
    X(cairo_stroke) X(cairo_surface_destroy) X(cairo_surface_finish) X(cairo_surface_status) X(cairo_surface_write_to_png_stream)      \
    X(cairo_tag_begin) X(cairo_tag_end) X(cairo_translate) X(cairo_save) X(cairo_restore) X(cairo_pdf_surface_add_outline)             \
    X(cairo_font_options_create) X(cairo_font_options_destroy) X(cairo_font_options_set_hint_metrics)                                  \
    X(cairo_font_options_set_hint_style) X(cairo_font_options_set_antialias)
#define PANGO_CALLS(X) \
    X(pango_attr_family_new) X(pango_attr_weight_new) X(pango_attr_list_insert) X(pango_attr_list_new) X(pango_attr_list_unref)        \
    X(pango_cairo_font_map_get_default) X(pango_cairo_font_map_new) X(pango_cairo_context_set_resolution)                              \
    X(pango_cairo_context_set_font_options) X(pango_font_map_create_context) X(pango_context_set_language)                            \
    X(pango_language_from_string) X(pango_font_description_from_string) X(pango_font_description_free)                                \
    X(pango_font_description_set_absolute_size) X(pango_layout_new) X(pango_layout_set_alignment) X(pango_layout_set_attributes)       \
    X(pango_layout_set_font_description) X(pango_layout_set_indent) X(pango_layout_set_text) X(pango_layout_set_width)                 \
    X(pango_layout_set_wrap) X(pango_layout_get_line_count) X(pango_layout_get_line_readonly) X(pango_layout_get_iter)                 \
    X(pango_layout_iter_free) X(pango_layout_iter_get_line_readonly) X(pango_layout_iter_get_line_extents)                             \
    X(pango_layout_iter_next_line) X(pango_layout_get_size) X(pango_layout_line_get_x_ranges) X(pango_cairo_show_layout_line)          \
    X(pango_cairo_update_context) X(pango_attr_letter_spacing_new) X(pango_layout_get_baseline)
#define GLIB_CALLS(X) X(g_object_unref) X(g_free)

#define CAIRO_CALL(name) __typeof__(name) *name;
struct cairo_calls { CAIRO_CALLS(CAIRO_CALL) PANGO_CALLS(CAIRO_CALL) GLIB_CALLS(CAIRO_CALL) };
#undef CAIRO_CALL

extern struct cairo_calls draw;  /* draw.cairo_create(…) and so on, once loaded */

bool cairo_load(struct err *err) MUST_CHECK;  /* ERR_OUTSIDE where they are not installed */
