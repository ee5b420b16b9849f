#include "web/trend.h"

#include "report/say.h"
#include "web/say.h"

#include <math.h>

const struct trend_point *trend_point_of(const struct trend_line *line, int year)
{
    const int at = line->n ? year - line->points[0].year : -1;
    return at >= 0 && (size_t)at < line->n ? &line->points[at] : NULL;
}

struct trend_years trend_years_of(const struct overview *o, int latest)
{
    struct trend_years years = { .first = 0, .last = 0, .latest = latest };
    for (size_t i = 0; i < o->n_trends; i++) {
        const struct trend_line *const line = &o->trends[i];
        if (!line->n)
            continue;
        if (!years.first || line->points[0].year < years.first)
            years.first = line->points[0].year;
        if (line->points[line->n - 1].year > years.last)
            years.last = line->points[line->n - 1].year;
    }
    return years;
}

struct svg trend_drawn(const struct request *request, const struct overview *o, struct trend_years years, double height)
{
    const size_t n = (size_t)(years.last - years.first) + 1, known = (size_t)(years.latest - years.first) + 1;
    struct text *const names = arena_array(request->mem, n, struct text);
    struct svg_line *const lines = arena_array(request->mem, o->n_trends, struct svg_line);
    double least = 1;
    for (size_t k = 0; k < n; k++)
        names[k] = text_printf(request->mem, "%d", years.first + (int)k);
    for (size_t i = 0; i < o->n_trends; i++) {
        double *const values = arena_array(request->mem, known, double);
        struct text *const said = arena_array(request->mem, known, struct text);
        for (size_t k = 0; k < known; k++) {
            const struct trend_point *const point = trend_point_of(&o->trends[i], years.first + (int)k);
            values[k] = point ? point->share : BLANK;
            said[k] = point && k + 1 == known ? point->share_words : TEXT("");
            least = fmin(least, values[k]); /* fmin passes a blank over */
        }
        lines[i] = (struct svg_line){ o->trends[i].name, values, said };
    }
    const double low = fmax(0, floor(least * 5 - .25) / 5);
    static const struct text TICKS[] = { TEXT("0%"), TEXT("20%"), TEXT("40%"), TEXT("60%"), TEXT("80%"), TEXT("100%") };
    struct svg_mark ticks[COUNT(TICKS)];
    size_t n_ticks = 0;
    for (size_t i = 0; i < COUNT(TICKS); i++)
        if ((double)i / 5 >= low - 1e-9)
            ticks[n_ticks++] = (struct svg_mark){ (double)i / 5, TICKS[i] };
    const struct text goal = say_year(request->mem, years.last, request->lang == LANG_EN);
    const struct svg_trend drawn = { .years = names, .n_years = n, .n_known = known, .lines = lines, .n_lines = o->n_trends,
                                     .limit = { BLANK, TEXT("") }, .goal = { n > known ? 1 : BLANK, say(request->mem, request->lang, T_OVERVIEW_GOAL, NULL, 0) }, .low = low, .high = 1,
                                     .ticks = ticks, .n_ticks = n_ticks, .height = height };
    return svg_trend(request->mem, &drawn,
                         SAID(request->mem, request->lang, T_OVERVIEW_TREND_LABEL, names[0], names[known - 1], goal));
}

