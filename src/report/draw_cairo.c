#include "report/draw_cairo.h"

#define SANS "Noto Sans CJK SC"

PangoContext *draw_context(void)
{
    PangoFontMap *const fonts = draw.pango_cairo_font_map_new(); /* a map of one's own: the default one belongs to a thread */
    PangoContext *const context = draw.pango_font_map_create_context(fonts);
    cairo_font_options_t *const options = draw.cairo_font_options_create();
    draw.cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    draw.cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    draw.cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    draw.pango_cairo_context_set_font_options(context, options);
    draw.pango_cairo_context_set_resolution(context, 72);
    draw.pango_context_set_language(context, draw.pango_language_from_string("zh-cn"));
    draw.cairo_font_options_destroy(options);
    draw.g_object_unref(fonts);
    return context;
}

static void set_colour(cairo_t *cairo, unsigned colour)
{
    draw.cairo_set_source_rgb(cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

static void put_words(cairo_t *cairo, PangoContext *pango, const struct shape *s)
{
    PangoLayout *const layout = draw.pango_layout_new(pango);
    PangoFontDescription *const font = draw.pango_font_description_from_string(SANS);
    int width, height;
    draw.pango_font_description_set_absolute_size(font, s->width * PANGO_SCALE);
    draw.pango_layout_set_font_description(layout, font);
    draw.pango_layout_set_text(layout, s->words.at, (int)s->words.size);
    draw.pango_layout_get_size(layout, &width, &height);
    const double wide = (double)width / PANGO_SCALE;
    draw.cairo_move_to(cairo, s->x - (s->at == WORDS_LEFT ? 0 : s->at == WORDS_MIDDLE ? wide / 2 : wide), s->y);
    draw.pango_cairo_show_layout_line(cairo, draw.pango_layout_get_line_readonly(layout, 0));
    draw.pango_font_description_free(font);
    draw.g_object_unref(layout);
}

static void put_shape(cairo_t *cairo, PangoContext *pango, const struct shape *s)
{
    static const double DASHES[] = { 4, 2 };
    set_colour(cairo, s->colour);
    switch (s->kind) {
    case SHAPE_LINE:
        draw.cairo_set_line_width(cairo, s->width);
        draw.cairo_set_dash(cairo, DASHES, s->dashed ? 2 : 0, 0);
        draw.cairo_move_to(cairo, s->x, s->y);
        draw.cairo_line_to(cairo, s->x2, s->y2);
        draw.cairo_stroke(cairo);
        break;
    case SHAPE_BAR:
        draw.cairo_rectangle(cairo, s->x, s->y, s->x2 - s->x, s->y2 - s->y);
        draw.cairo_fill(cairo);
        break;
    case SHAPE_DOT:
        draw.cairo_arc(cairo, s->x, s->y, s->x2, 0, 6.283185307179586);
        draw.cairo_fill(cairo);
        break;
    case SHAPE_WORDS: put_words(cairo, pango, s); break;
    }
}

void draw_on(cairo_t *cairo, PangoContext *pango, const struct drawing *d)
{
    draw.cairo_save(cairo);
    for (size_t i = 0; i < d->n; i++)
        put_shape(cairo, pango, &d->shapes[i]);
    draw.cairo_restore(cairo);
}

cairo_status_t draw_into_buf(void *closure, const unsigned char *bytes, unsigned size)
{
    buf_add(closure, (struct text){ (const char *)bytes, size });
    return CAIRO_STATUS_SUCCESS;
}

bool draw_failed(cairo_status_t status, struct err *err)
{
    err_set(err, ERR_OUTSIDE, "画 PDF 或图时出错。");
    err_detail(err, "cairo: %s", draw.cairo_status_to_string(status));
    return err_hint(err, "请看服务器的内存是否够用，再试一次。");
}

bool draw_png(const struct drawing *d, struct arena *mem, struct text *png_out, struct err *err)
{
    if (!cairo_load(err))
        return false;
    const double scale = 220.0 / 72;
    struct buf out = { .mem = mem };
    cairo_surface_t *const surface = draw.cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(d->width * scale), (int)(d->height * scale));
    cairo_t *const cairo = draw.cairo_create(surface);
    PangoContext *const pango = draw_context();
    set_colour(cairo, 0xFFFFFF);
    draw.cairo_paint(cairo);
    draw.cairo_scale(cairo, scale, scale);
    draw_on(cairo, pango, d);
    draw.g_object_unref(pango);
    draw.cairo_destroy(cairo);
    const cairo_status_t status = draw.cairo_surface_write_to_png_stream(surface, draw_into_buf, &out);
    draw.cairo_surface_destroy(surface);
    *png_out = buf_text(&out);
    return status == CAIRO_STATUS_SUCCESS || draw_failed(status, err);
}
