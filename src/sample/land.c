#include "sample/land.h"
#include "base/number.h"

#include <assert.h>
#include <string.h>

/* Where the seats lie, as the names of the school districts have it: the town in the middle, the
 * eastern, southern, western and northern townships around it. */
static const struct spot SEATS[N_TOWNSHIPS] = {
    { 0.0, 0.3 },    { 3.4, 0.7 },    { -3.2, -0.5 },  { 9.5, 6.5 },   { 11.5, -1.8 },
    { 17.8, 3.2 },   { 1.5, -9.5 },   { 10.0, -11.0 }, { -7.2, -10.6 }, { -10.5, 1.2 },
    { -16.2, -5.6 }, { -0.6, 10.2 },  { 7.4, 14.8 },   { -17.6, 6.2 }, { -8.6, 12.8 },
};
enum { TOWN = 3, BORDER_CORNERS = 72 };
static const double HALF_WIDTH = 23.0, HALF_HEIGHT = 19.5;                 /* km, of the ellipse before bending */
static const double COS_STEP = 0.9961946980917455, SIN_STEP = 0.08715574274765817; /* of 5° */
static const double CENTRE_LONGITUDE = 113.0, CENTRE_LATITUDE = 33.6;
static const double KM_PER_LONGITUDE = 92.7, KM_PER_LATITUDE = 111.2;      /* at that latitude */

/* ---- bending: smooth noise at four scales moves every spot a little ---- */

static double noise_at(uint64_t seed, unsigned scale, unsigned axis, int64_t i, int64_t j)
{
    struct dice dice;
    const uint64_t place = ((uint64_t)(i + 4096) << 16) | (uint64_t)(j + 4096);
    dice_seed(&dice, seed, (UINT64_C(1) << 63) | ((uint64_t)scale << 48) | ((uint64_t)axis << 40) | place);
    return dice_within(&dice, -1.0, 1.0);
}

static int64_t floor_of(double x)
{
    const int64_t down = (int64_t)x;
    return (double)down > x ? down - 1 : down;
}

/* From 0 to 1 without a kink at either end. */
static double ease(double t)
{
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

static double noise(uint64_t seed, unsigned scale, unsigned axis, double x, double y)
{
    const int64_t i = floor_of(x), j = floor_of(y);
    const double u = ease(x - (double)i), v = ease(y - (double)j);
    const double low = noise_at(seed, scale, axis, i, j) * (1.0 - u) + noise_at(seed, scale, axis, i + 1, j) * u;
    const double high = noise_at(seed, scale, axis, i, j + 1) * (1.0 - u) + noise_at(seed, scale, axis, i + 1, j + 1) * u;
    return low * (1.0 - v) + high * v;
}

struct lonlat land_bend(const struct land *land, struct spot spot)
{
    /* So small against its size that the land is nowhere folded over itself. */
    static const struct { double size, reach; } scales[] = { { 15.0, 3.2 }, { 4.9, 0.72 }, { 1.7, 0.19 }, { 0.8, 0.06 } };
    struct spot moved = spot;
    for (unsigned s = 0; s < sizeof scales / sizeof *scales; s++) {
        moved.x += scales[s].reach * noise(land->seed, s, 0, spot.x / scales[s].size, spot.y / scales[s].size);
        moved.y += scales[s].reach * noise(land->seed, s, 1, spot.x / scales[s].size, spot.y / scales[s].size);
    }
    return (struct lonlat){ number_round(CENTRE_LONGITUDE + moved.x / KM_PER_LONGITUDE, 5),
                            number_round(CENTRE_LATITUDE + moved.y / KM_PER_LATITUDE, 5) };
}

/* ---- cells ---- */

static double distance2(struct spot a, struct spot b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

struct ring { struct spot at[MOST_CORNERS]; unsigned beyond[MOST_CORNERS]; size_t n; };

static void ring_add(struct ring *ring, struct spot at, unsigned beyond)
{
    assert(ring->n < MOST_CORNERS);
    ring->at[ring->n] = at;
    ring->beyond[ring->n++] = beyond;
}

static void whole_county(struct ring *ring)
{
    struct spot turn = { 1.0, 0.0 };
    ring->n = 0;
    for (int i = 0; i < BORDER_CORNERS; i++) {
        ring_add(ring, (struct spot){ turn.x * HALF_WIDTH, turn.y * HALF_HEIGHT }, COUNTY_BORDER);
        turn = (struct spot){ turn.x * COS_STEP - turn.y * SIN_STEP, turn.x * SIN_STEP + turn.y * COS_STEP };
    }
}

/* Cuts off what is nearer to the other seat. */
static void cut(struct ring *ring, struct spot seat, struct spot other, unsigned other_township)
{
    const struct ring whole = *ring;
    ring->n = 0;
    for (size_t i = 0; i < whole.n; i++) {
        const struct spot a = whole.at[i], b = whole.at[(i + 1) % whole.n];
        const double a_off = distance2(a, other) - distance2(a, seat), b_off = distance2(b, other) - distance2(b, seat);
        if (a_off >= 0.0)
            ring_add(ring, a, whole.beyond[i]);
        if ((a_off >= 0.0) == (b_off >= 0.0))
            continue;
        const double share = a_off / (a_off - b_off);
        const struct spot met = { a.x + share * (b.x - a.x), a.y + share * (b.y - a.y) };
        ring_add(ring, met, a_off >= 0.0 ? other_township : whole.beyond[i]);
    }
}

static size_t corner_index(struct land *land, struct spot at)
{
    for (size_t i = 0; i < land->n_corners; i++)
        if (distance2(land->corners[i], at) < 1e-10)
            return i;
    assert(land->n_corners < N_TOWNSHIPS * MOST_CORNERS);
    land->corners[land->n_corners] = at;
    return land->n_corners++;
}

static void make_cell(struct land *land, unsigned t)
{
    struct cell *cell = &land->cells[t];
    struct ring ring;
    whole_county(&ring);
    for (unsigned other = 0; other < N_TOWNSHIPS; other++)
        if (other != t)
            cut(&ring, cell->seat, land->cells[other].seat, other);
    for (size_t i = 0; i < ring.n; i++) {
        const size_t corner = corner_index(land, ring.at[i]);
        if (cell->n && cell->corner[cell->n - 1] == corner) {   /* an edge of no length */
            cell->beyond[cell->n - 1] = ring.beyond[i];
            continue;
        }
        cell->corner[cell->n] = corner;
        cell->beyond[cell->n++] = ring.beyond[i];
    }
    if (cell->n > 1 && cell->corner[cell->n - 1] == cell->corner[0])
        cell->n--;
}

struct land *land_new(struct arena *mem, uint64_t seed)
{
    struct land *land = arena_make(mem, struct land);
    struct dice dice;
    dice_seed(&dice, seed, UINT64_MAX - 1);
    land->seed = seed;
    land->corners = arena_array(mem, N_TOWNSHIPS * MOST_CORNERS, struct spot);
    for (unsigned t = 0; t < N_TOWNSHIPS; t++) {
        const double off = t < TOWN ? 0.2 : 0.9;
        land->cells[t].seat = (struct spot){ SEATS[t].x + dice_within(&dice, -off, off), SEATS[t].y + dice_within(&dice, -off, off) };
    }
    for (unsigned t = 0; t < N_TOWNSHIPS; t++)
        make_cell(land, t);
    return land;
}

/* ---- places ---- */

/* Well inside the township, not on its border. */
static bool is_inside(const struct land *land, unsigned township, struct spot at)
{
    const double x = at.x / (0.95 * HALF_WIDTH), y = at.y / (0.95 * HALF_HEIGHT);
    if (x * x + y * y > 1.0)
        return false;
    const double own = 1.12 * distance2(at, land->cells[township].seat);
    for (unsigned t = 0; t < N_TOWNSHIPS; t++)
        if (t != township && distance2(at, land->cells[t].seat) < own)
            return false;
    return true;
}

static bool is_free(const struct land *land, struct spot at, double apart)
{
    for (size_t i = 0; i < land->n_taken; i++)
        if (distance2(at, land->taken[i]) < apart * apart)
            return false;
    return true;
}

struct lonlat land_place(struct arena *mem, struct land *land, struct dice *dice, unsigned township, bool outlying)
{
    const struct spot seat = land->cells[township].seat;
    const double near = township < TOWN ? 1.25 : 0.55;
    double apart = outlying ? 1.5 : township < TOWN ? 0.45 : 0.35;
    struct spot at;
    do {
        if (outlying)
            at = (struct spot){ dice_within(dice, -HALF_WIDTH, HALF_WIDTH), dice_within(dice, -HALF_HEIGHT, HALF_HEIGHT) };
        else
            at = (struct spot){ seat.x + near * dice_bell(dice), seat.y + near * dice_bell(dice) };
        apart *= 0.999;   /* a full township moves together */
    } while (!is_inside(land, township, at) || !is_free(land, at, apart));
    ARENA_ROOM(mem, land->taken, land->n_taken, land->capacity);
    land->taken[land->n_taken++] = at;
    return land_bend(land, at);
}
