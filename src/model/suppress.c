/* Counts with their sums are a flow in a circle: what a row sends to its columns they send to the foot of the table, the foot to the
 * corner, the corner back to the rows.  Shown cells are fixed; what a hidden one may be is what can be pushed through the others. */
#include "model/suppress.h"

#include <math.h>

enum { MOST_NODES = 2 * SUPPRESS_MOST + 2 };

struct arc { size_t from, to; };

static size_t cell(const struct suppress_table *t, size_t row, size_t column)
{
    return row * (t->n_columns + 1) + column;
}

static size_t n_cells(const struct suppress_table *t)
{
    return (t->n_rows + 1) * (t->n_columns + 1);
}

static struct arc arc_of(const struct suppress_table *t, size_t at)
{
    const size_t row = at / (t->n_columns + 1), column = at % (t->n_columns + 1);
    const size_t foot = t->n_rows + t->n_columns, side = foot + 1;
    return (struct arc){ row < t->n_rows ? (column < t->n_columns ? row : side) : (column < t->n_columns ? t->n_rows + column : foot),
                         row < t->n_rows ? (column < t->n_columns ? t->n_rows + column : row) : (column < t->n_columns ? foot : side) };
}

/* ---- what can be told --------------------------------------------------------------------- */

/* More is pushed along the way found; how much the narrowest part of it lets through. */
static double narrowest(const struct suppress_table *t, const double *flow, const size_t *by, const bool *back, size_t from, size_t to)
{
    double least = HUGE_VAL;
    for (size_t node = to; node != from;) {
        const struct arc a = arc_of(t, by[node]);
        if (back[node] && flow[by[node]] < least)
            least = flow[by[node]];
        node = back[node] ? a.to : a.from;
    }
    return least;
}

static bool reach(const struct suppress_table *t, const double *flow, size_t without, size_t from, size_t to, size_t *by, bool *back)
{
    bool seen[MOST_NODES] = { false };
    size_t queue[MOST_NODES], first = 0, last = 0;
    queue[last++] = from;
    seen[from] = true;
    while (first < last && !seen[to]) {
        const size_t node = queue[first++];
        for (size_t i = 0; i < n_cells(t); i++) {
            const struct arc a = arc_of(t, i);
            if (!t->hidden[i] || i == without)
                continue;
            if (a.from == node && !seen[a.to])
                seen[a.to] = true, by[a.to] = i, back[a.to] = false, queue[last++] = a.to;
            if (a.to == node && !seen[a.from] && flow[i] > 0)
                seen[a.from] = true, by[a.from] = i, back[a.from] = true, queue[last++] = a.from;
        }
    }
    return seen[to];
}

/* How much more can go from one node to another through hidden cells alone; HUGE_VAL: without end. */
static double room(const struct suppress_table *t, size_t without, size_t from, size_t to)
{
    double flow[(SUPPRESS_MOST + 1) * (SUPPRESS_MOST + 1)], sum = 0;
    size_t by[MOST_NODES];
    bool back[MOST_NODES];
    for (size_t i = 0; i < n_cells(t); i++)
        flow[i] = t->count[i];
    while (reach(t, flow, without, from, to, by, back)) {
        const double more = narrowest(t, flow, by, back, from, to);
        if (more == HUGE_VAL)
            return HUGE_VAL;
        for (size_t node = to; node != from;) {
            const struct arc a = arc_of(t, by[node]);
            flow[by[node]] += back[node] ? -more : more;
            node = back[node] ? a.to : a.from;
        }
        sum += more;
    }
    return sum;
}

struct suppress_interval suppress_told(const struct suppress_table *t, size_t row, size_t column)
{
    const size_t at = cell(t, row, column);
    const struct arc a = arc_of(t, at);
    const double up = room(t, at, a.to, a.from), down = room(t, at, a.from, a.to);
    return (struct suppress_interval){ down >= t->count[at] ? 0 : t->count[at] - down, t->count[at] + up };
}

/* ---- what is hidden ----------------------------------------------------------------------- */

/* What hiding a cell takes from the reader: its people; sums are worth more to him, the county's most. */
static double price(const struct suppress_table *t, size_t at)
{
    if (t->hidden[at])
        return 0;
    const size_t row = at / (t->n_columns + 1), column = at % (t->n_columns + 1);
    return t->count[at] * (row < t->n_rows ? 1 : 1000) * (column < t->n_columns ? 1 : 1000) + 1;
}

/* The cheapest circle through a cell along which it may be WIDTH greater: all of it is hidden. */
static bool hide_circle(const struct suppress_table *t, size_t at)
{
    double cost[MOST_NODES];
    size_t by[MOST_NODES], from_node[MOST_NODES];
    const size_t nodes = t->n_rows + t->n_columns + 2, start = arc_of(t, at).to, end = arc_of(t, at).from;
    for (size_t i = 0; i < nodes; i++)
        cost[i] = HUGE_VAL;
    cost[start] = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < n_cells(t); i++) {
            const struct arc a = arc_of(t, i);
            const double more = price(t, i);
            if (i == at || t->count[i] <= 0)
                continue;
            if (cost[a.from] + more < cost[a.to])
                cost[a.to] = cost[a.from] + more, by[a.to] = i, from_node[a.to] = a.from, changed = true;
            if (t->count[i] >= SUPPRESS_WIDTH && cost[a.to] + more < cost[a.from])
                cost[a.from] = cost[a.to] + more, by[a.from] = i, from_node[a.from] = a.to, changed = true;
        }
    }
    if (cost[end] == HUGE_VAL)
        return false;
    for (size_t node = end; node != start; node = from_node[node])
        t->hidden[by[node]] = true;
    return true;
}

static bool adds_up(const struct suppress_table *t)
{
    for (size_t r = 0; r <= t->n_rows; r++) {
        double sum = 0;
        for (size_t c = 0; c < t->n_columns; c++)
            sum += t->count[cell(t, r, c)];
        if (!(sum == t->count[cell(t, r, t->n_columns)])) /* also where one is missing */
            return false;
    }
    for (size_t c = 0; c <= t->n_columns; c++) {
        double sum = 0;
        for (size_t r = 0; r < t->n_rows; r++)
            sum += t->count[cell(t, r, c)];
        if (!(sum == t->count[cell(t, t->n_rows, c)]))
            return false;
    }
    return true;
}

bool suppress(const struct suppress_table *t)
{
    if (!t->n_rows || !t->n_columns || t->n_rows > SUPPRESS_MOST || t->n_columns > SUPPRESS_MOST || !adds_up(t))
        return false;
    for (size_t i = 0; i < n_cells(t); i++)
        t->hidden[i] = t->count[i] > 0 && t->count[i] < SUPPRESS_LEAST;
    /* What is hidden for another's sake needs room as well, so the cells are gone through until none was added. */
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < n_cells(t); i++) {
            if (!t->hidden[i])
                continue;
            const struct suppress_interval told = suppress_told(t, i / (t->n_columns + 1), i % (t->n_columns + 1));
            if (told.high - told.low >= SUPPRESS_WIDTH)
                continue;
            if (!hide_circle(t, i))
                return false;
            changed = true;
        }
    }
    return true;
}

struct text suppress_share(struct arena *mem, double share, double of, bool english)
{
    if (!(of >= SUPPRESS_LEAST) || !(share >= 0))
        return TEXT("");
    if (share > 0.95)
        return english ? TEXT("over 95%") : TEXT("高于95%");
    if (share < 0.05)
        return english ? TEXT("under 5%") : TEXT("低于5%");
    return text_printf(mem, "%.1f%%", floor(share * 1000 + 0.5) / 10);
}
