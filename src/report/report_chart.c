/* The charts of reports.  Each shows numbers that stand in a table beside it. */
#include "report/report_draft.h"

#include <math.h>
#include <stdlib.h>

enum { INK = 0x1B2530, PALE = 0x8A94A0, RULE = 0xD5DAE0, BLUE = 0x1F5FA8, RED = 0xA8201A, AMBER = 0xC98A1B, GREEN = 0x2F7D4F, GREY = 0xB9C0C8 };
#define WIDTH 430.0
#define SIZE 9.0

static double scale_of(double greatest, double step)
{
    return ceil(greatest / step + 1e-9) * step;
}

/* A sign with its meaning; returns where the next one begins. */
static double legend(struct drawing *d, double x, double y, unsigned colour, bool line, const char *words)
{
    if (line)
        drawing_line(d, x, y - 3, x + 14, y - 3, 1.2, colour, true);
    else
        drawing_bar(d, x, y - 7, x + 10, y + 1, colour);
    drawing_words(d, x + 17, y, SIZE, WORDS_LEFT, INK, text_of(words));
    return x + 30 + (double)text_of(words).size * SIZE / 3;
}

/* ── seven coefficients with their limits ── */

struct drawing *chart_coefficients(struct arena *mem, const struct overview_stage *s)
{
    const double left = 92, right = 40, row = 20, top = 26, width = WIDTH - left - right;
    struct drawing *d = drawing_new(mem, WIDTH, top + row * (double)s->n + 18);
    const double scale = scale_of(fmax(s->scale, 0.1), 0.1), bottom = top + row * (double)s->n;
    double x = legend(d, left, 12, BLUE, false, "不超限");
    x = legend(d, x, 12, RED, false, "超限");
    x = legend(d, x, 12, RED, true, "上限");
    drawing_dot(d, x + 4, 9, 3, PALE);
    drawing_words(d, x + 12, 12, SIZE, WORDS_LEFT, INK, TEXT("上年"));
    for (double at = 0; at <= scale + 1e-9; at += scale > 0.6 ? 0.2 : 0.1) {
        const double grid = left + width * at / scale;
        drawing_line(d, grid, top, grid, bottom, 0.5, RULE, false);
        drawing_words(d, grid, bottom + 12, 8, WORDS_MIDDLE, PALE, text_printf(mem, "%.1f", at));
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct overview_row *r = &s->rows[i];
        const double y = top + row * (double)i;
        drawing_words(d, left - 6, y + 13, SIZE, WORDS_RIGHT, INK, r->name);
        if (!is_blank(r->cv))
            drawing_bar(d, left, y + 4, left + width * r->cv / scale, y + row - 4, r->state == STATE_BELOW ? RED : BLUE);
        if (!is_blank(r->limit))
            drawing_line(d, left + width * r->limit / scale, y + 1, left + width * r->limit / scale, y + row - 1, 1.4, RED, true);
        if (!is_blank(r->last_cv))
            drawing_dot(d, left + width * r->last_cv / scale, y + row / 2, 3, PALE);
        drawing_words(d, WIDTH - right + 6, y + 13, SIZE, WORDS_LEFT, r->state == STATE_BELOW ? RED : INK, r->cv_words);
    }
    return d;
}

/* ── how many schools meet each of the seven ── */

struct drawing *chart_states(struct arena *mem, const struct overview_stage *s)
{
    const double left = 92, right = 30, row = 20, top = 26, width = WIDTH - left - right;
    struct drawing *d = drawing_new(mem, WIDTH, top + row * (double)s->n + 4);
    double x = legend(d, left, 12, GREEN, false, "达标");
    x = legend(d, x, 12, AMBER, false, "达到 85%");
    x = legend(d, x, 12, RED, false, "不达标");
    legend(d, x, 12, GREY, false, "缺数据");
    for (size_t i = 0; i < s->n; i++) {
        const struct overview_row *r = &s->rows[i];
        const struct { size_t n; unsigned colour; } parts[] = { { r->met, GREEN }, { r->near, AMBER }, { r->below, RED }, { r->missing, GREY } };
        const double y = top + row * (double)i;
        double from = left;
        drawing_words(d, left - 6, y + 13, SIZE, WORDS_RIGHT, INK, r->name);
        for (size_t k = 0; k < 4 && s->units; k++) {
            const double to = from + width * (double)parts[k].n / (double)s->units;
            if (!parts[k].n)
                continue;
            drawing_bar(d, from, y + 3, to, y + row - 3, parts[k].colour);
            if (to - from > 14)
                drawing_words(d, (from + to) / 2, y + 13, 8, WORDS_MIDDLE, 0xFFFFFF, text_printf(mem, "%zu", parts[k].n));
            from = to;
        }
    }
    return d;
}

/* ── the share of schools that pass, over the years ── */

struct axis { double left, top, width, height, low; };  /* low: the share at the foot */

static double height_at(const struct axis *a, double share)
{
    return a->top + a->height * (1 - share) / (1 - a->low);
}

static void draw_trend(struct drawing *d, const struct trend_line *line, const struct axis *a, unsigned colour, bool words_above)
{
    double last_x = 0, last_y = 0;
    bool any = false;
    const double step = line->n > 1 ? a->width / (double)(line->n - 1) : 0;
    for (size_t i = 0; i + 1 < line->n; i++)
        drawing_line(d, a->left + step * (double)i, height_at(a, line->points[i].target), a->left + step * (double)(i + 1),
                     height_at(a, line->points[i + 1].target), 0.9, colour, true);
    for (size_t i = 0; i < line->n; i++) {
        if (is_blank(line->points[i].share))
            continue;
        const double x = a->left + step * (double)i, y = height_at(a, line->points[i].share);
        if (any)
            drawing_line(d, last_x, last_y, x, y, 1.8, colour, false);
        drawing_dot(d, x, y, 3, colour);
        drawing_words(d, x, words_above ? y - 6 : y + 13, 8, i ? WORDS_MIDDLE : WORDS_LEFT, colour, line->points[i].share_words);
        last_x = x;
        last_y = y;
        any = true;
    }
}

/* A tenth below the least share, so that lines near 100 % do not lie on each other. */
static double foot_of(const struct trend_line *lines, size_t n)
{
    double least = 1;
    for (size_t l = 0; l < n; l++)
        for (size_t i = 0; i < lines[l].n; i++)
            least = fmin(least, lines[l].points[i].share);
    return fmax(0, floor(least * 10 - 0.5) / 10);
}

static double share_now(const struct trend_line *line)
{
    double share = 0;
    for (size_t i = 0; i < line->n; i++)
        share = is_blank(line->points[i].share) ? share : line->points[i].share;
    return share;
}

struct drawing *chart_trend(struct arena *mem, const struct trend_line *lines, size_t n)
{
    static const unsigned COLOURS[] = { BLUE, AMBER };
    const struct axis a = { .left = 40, .top = 30, .width = WIDTH - 60, .height = 140, .low = foot_of(lines, n) };
    struct drawing *d = drawing_new(mem, WIDTH, a.top + a.height + 22);
    double x = a.left;
    for (size_t i = 0; i < n && i < 2; i++)
        x = legend(d, x, 12, COLOURS[i], false, text_string(mem, text_printf(mem, "%.*s达标学校所占", TEXT_ARG(lines[i].name))));
    legend(d, x, 12, PALE, true, "到方案目标的直线");
    for (int i = 0; i <= 4; i++) {
        const double share = a.low + (1 - a.low) * i / 4, y = height_at(&a, share);
        drawing_line(d, a.left, y, a.left + a.width, y, 0.5, RULE, false);
        drawing_words(d, a.left - 4, y + 3, 8, WORDS_RIGHT, PALE, text_printf(mem, "%.0f%%", share * 100));
    }
    for (size_t i = 0; n && i < lines[0].n; i++)
        drawing_words(d, a.left + (lines[0].n > 1 ? a.width * (double)i / (double)(lines[0].n - 1) : 0), a.top + a.height + 14, 8, WORDS_MIDDLE, PALE,
                      text_printf(mem, "%d", lines[0].points[i].year));
    for (size_t i = 0; i < n && i < 2; i++)
        draw_trend(d, &lines[i], &a, COLOURS[i], n < 2 || share_now(&lines[i]) >= share_now(&lines[1 - i]));
    return d;
}

/* ── one school: each of the seven as a share of its threshold ── */

struct drawing *chart_school(struct arena *mem, const struct school_stage *s)
{
    const double left = 92, right = 64, row = 20, top = 26, width = WIDTH - left - right, scale = 2;
    struct drawing *d = drawing_new(mem, WIDTH, top + row * (double)s->n_levels + 18);
    const double bottom = top + row * (double)s->n_levels;
    double x = legend(d, left, 12, GREEN, false, "达到标准");
    x = legend(d, x, 12, AMBER, false, "达到 85%");
    legend(d, x, 12, RED, false, "低于 85%");
    for (int percent = 0; percent <= 200; percent += 50) {
        const double grid = left + width * percent / 100 / scale;
        drawing_line(d, grid, top, grid, bottom, percent == 100 ? 1.4 : 0.5, percent == 100 ? INK : RULE, false);
        drawing_words(d, grid, bottom + 12, 8, WORDS_MIDDLE, PALE, percent == 100 ? TEXT("标准") : text_printf(mem, "%d%%", percent));
    }
    for (size_t i = 0; i < s->n_levels; i++) {
        const struct school_level *l = &s->levels[i];
        const double y = top + row * (double)i;
        drawing_words(d, left - 6, y + 13, SIZE, WORDS_RIGHT, INK, l->name);
        if (!is_blank(l->value) && !is_blank(l->threshold))
            drawing_bar(d, left, y + 4, left + width * fmin(l->value / l->threshold, scale) / scale, y + row - 4,
                     l->state == STATE_MET ? GREEN : l->state == STATE_NEAR ? AMBER : RED);
        drawing_words(d, WIDTH - right + 6, y + 13, SIZE, WORDS_LEFT, INK, l->value_words);
    }
    return d;
}

/* ── every school of a stage on one line ── */

static const unsigned OF_STATE[] = { [STATE_NO_DATA] = GREY, [STATE_BELOW] = RED, [STATE_NEAR] = AMBER, [STATE_MET] = GREEN, [STATE_NOT_APPLICABLE] = GREY };

static int by_value(const void *a, const void *b)
{
    const struct level_unit *const *x = a, *const *y = b;
    return ((*x)->value > (*y)->value) - ((*x)->value < (*y)->value);
}

struct drawing *chart_spread(struct arena *mem, const struct level_view *v)
{
    const double left = 44, right = 16, top = 28, height = 130, width = WIDTH - left - right;
    struct drawing *d = drawing_new(mem, WIDTH, top + height + 20);
    const struct level_unit **units = arena_array(mem, v->n_units, const struct level_unit *);
    size_t n = 0;
    for (size_t i = 0; i < v->n_units; i++)
        if (!is_blank(v->units[i].value))
            units[n++] = &v->units[i];
    if (n)
        qsort(units, n, sizeof *units, by_value);
    /* One giant must not flatten all the others: what stands above three times the threshold ends there. */
    const double greatest = n ? fmin(units[n - 1]->value, fmax(v->threshold * 3, v->mean * 2)) : 1, scale = fmax(greatest, v->threshold * 1.2);
    double x = legend(d, left, 12, GREEN, false, "达标");
    x = legend(d, x, 12, AMBER, false, "达到 85%");
    x = legend(d, x, 12, RED, false, "低于 85%");
    x = legend(d, x, 12, INK, true, "标准");
    legend(d, x, 12, BLUE, true, "全县平均");
    const double step = n ? width / (double)n : width;
    for (size_t i = 0; i < n; i++)
        drawing_bar(d, left + step * (double)i, top + height * (1 - fmin(units[i]->value, scale) / scale), left + step * (double)i + fmax(step * 0.8, 0.6),
                 top + height, OF_STATE[units[i]->state]);
    const struct { double at; unsigned colour; struct text words; } lines[] = { { v->threshold, INK, v->threshold_words }, { v->mean, BLUE, v->mean_words } };
    drawing_line(d, left, top + height, left + width, top + height, 0.8, INK, false);
    for (size_t i = 0; i < 2; i++)
        if (!is_blank(lines[i].at) && lines[i].at <= scale) {
            const double y = top + height * (1 - lines[i].at / scale);
            drawing_line(d, left, y, left + width, y, 1, lines[i].colour, true);
            drawing_words(d, left - 4, y + 3, 8, WORDS_RIGHT, lines[i].colour, lines[i].words);
        }
    drawing_words(d, left, top + height + 13, 8, WORDS_LEFT, PALE, TEXT("每条一所学校，从低到高"));
    return d;
}
