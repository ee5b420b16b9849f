/* svg.h — the small charts, drawn on the server: they need no script, print, and stay sharp.
 *
 * Geometry stands in attributes, colour in classes of web/assets/junheng.css (the content security policy
 * forbids styles).  Widths are percentages, heights pixels: a drawing fills its cell without being
 * stretched.  Every function takes a label, one sentence in the reader's language that says what the eye
 * sees; it is what a screen reader hears.  Texts on drawings come from the caller, in the reader's language.
 * A value that is BLANK is left out; values beyond the scale stand at its edge. */
#pragma once
#include "model/assessment.h"
#include "web/html.h"

#include <stdbool.h>

/* How many schools stand where: one stacked row, counts inside where they fit.  18 px high. */
struct svg_counts { size_t met, near, unmet, none; };
struct svg svg_counts(struct arena *mem, struct svg_counts counts, struct text label);
/* The same; each count leads where it comes from (met, near, unmet, none), with a name to be heard. */
struct svg_link { struct text path, name; };
struct svg svg_counts_linked(struct arena *mem, struct svg_counts counts, const struct svg_link links[4], struct text label);

/* Does a coefficient hold?  A bar to the value, a tick at the limit, a ring for last year; over the limit
 * only the excess is dark.  Without a value the bounds (low, high) stand hatched, when there are any. */
struct svg_bullet { double value, limit, last, low, high, max; };
struct svg svg_bullet(struct arena *mem, struct svg_bullet bullet, struct text label);

/* One school on one indicator: floor dashed, threshold solid, county mean ▲, the school a dot by state
 * (hollow: no verdict).  max: the right end of the scale; 0: twice the threshold. */
struct svg_level { double value, threshold, floor, mean, max; enum state state; };
struct svg svg_level(struct arena *mem, struct svg_level level, struct text label);

/* Some years in 64 × 22 pixels, oldest first, with the threshold dashed. */
struct svg svg_spark(struct arena *mem, const double *values, size_t n, double threshold, struct text label);

/* What a plan changes: before hollow, after full, the limit a tick.  at_most: being above it is bad. */
struct svg_paired { double before, after, limit, max; bool at_most; };
struct svg svg_paired(struct arena *mem, struct svg_paired paired, struct text label);

/* A bar of a table row: a share of the longest.  dark: it stands below the mean. */
struct svg svg_share(struct arena *mem, double share, double longest, bool dark, struct text label);

/* Who is below the line, how far apart are they?  A dot a school: area by pupils, hollow without a verdict,
 * a diamond below the floor; threshold solid, floor dashed, mean ▲.  Rows (城区, 镇区, 乡村) share one axis.
 * Dots (svg.dot) carry data-code and data-value, what holds them (g.dots) data-max, for a script that lets
 * them be dragged. */
struct svg_dot { double value, pupils; enum state state; struct text code, title; };
struct svg_strip_row { struct text name; const struct svg_dot *dots; size_t n; };
struct svg_mark { double at; struct text name; };      /* BLANK: not there */
struct svg_strip {
    const struct svg_strip_row *rows;
    size_t n_rows;
    struct svg_mark threshold, floor, mean;
    double max;              /* right end; what is larger stands at the edge; ≤ 0: fits all */
    double row_height;       /* pixels; 0: 72 */
    double width;            /* that the dots are kept apart for, pixels; 0: 900.  Phones: draw another for 340 */
};
struct svg svg_strip(struct arena *mem, const struct svg_strip *strip, struct text label);

/* Better or worse?  Lines over the years, named at their last point; a limit solid; a path to a goal
 * dashed, from the last year to the goal's. */
struct svg_line { struct text name; const double *values; const struct text *said; }; /* said: what stands at the points; NULL: only the name */
struct svg_trend {
    const struct text *years;     /* [n_years] oldest first, those of the goal included */
    size_t n_years, n_known;      /* the first n_known have values */
    const struct svg_line *lines;
    size_t n_lines;               /* at most 4 */
    struct svg_mark limit;        /* a level line */
    struct svg_mark goal;         /* value in the last of the years */
    double low, high;             /* ends of the scale; both 0: they fit, from 0 on */
    const struct svg_mark *ticks; /* of the scale, named as the page writes such values */
    size_t n_ticks;
    double height;                /* pixels; 0: 230 */
};
struct svg svg_trend(struct arena *mem, const struct svg_trend *trend, struct text label);

/* Where do we stand in time?  Marks on a bar from the first to the last; dates are days since any origin. */
struct svg_moment { double day; struct text name; };
struct svg svg_phases(struct arena *mem, const struct svg_moment *moments, size_t n, struct svg_moment today, struct text label);

/* A figure as a dot of the legend or a list: the shape and colour of a state, 12 px. */
struct svg svg_sign(struct arena *mem, enum state state);

/* From when to when: a bar over years, the days on which something is due as ticks, today a line.  12 px high. */
enum span_state { SPAN_AHEAD, SPAN_OPEN, SPAN_LATE, SPAN_DONE };
struct svg_span { double from, to /* the scale, in days */, begins, ends, now; enum span_state state; const double *dues; size_t n_dues; bool thick; };
struct svg svg_span(struct arena *mem, const struct svg_span *span, struct text label);
/* The scale above such bars: each year's name at its beginning.  years[n] and the day on which each begins. */
struct svg svg_years(struct arena *mem, double from, double to, const struct svg_moment *years, size_t n, struct svg_moment today, struct text label);
/* How far many are: met (done), near (to be looked at), unmet (late), none (the rest, light).  18 px high. */
struct svg svg_progress(struct arena *mem, struct svg_counts counts, struct text label);
