/* land.h — the made-up county's land: where its townships' seats are, how far each township
 * reaches, and where a school may stand.  The county lies in Henan on the map, on top of real ones:
 * it is no place at all. */
#pragma once
#include "model/outline.h"
#include "sample/county.h"
#include "sample/dice.h"

struct spot { double x, y; };   /* km east and north of the county's seat, before the land is bent */

/* A township on the unbent land: a convex cell, all that is nearer to its seat than to any other. */
enum { MOST_CORNERS = 128, COUNTY_BORDER = N_TOWNSHIPS };
struct cell {
    struct spot seat;
    size_t n;
    size_t corner[MOST_CORNERS];        /* index into corners, anticlockwise */
    unsigned beyond[MOST_CORNERS];      /* the township on the other side of corner[i] → corner[i + 1] */
};

struct land {
    uint64_t seed;
    struct cell cells[N_TOWNSHIPS];
    struct spot *corners;               /* each once, however many cells meet in it */
    size_t n_corners;
    struct spot *taken;                 /* where schools stand already */
    size_t n_taken, capacity;
};

/* Everything in mem. */
struct land *land_new(struct arena *mem, uint64_t seed);
/* A place for one more school of the township: near its seat, or anywhere in it when `outlying`;
 * not on top of another school. */
struct lonlat land_place(struct arena *mem, struct land *land, struct dice *dice, unsigned township, bool outlying);
/* Where a spot is once the land is bent: what was straight is a winding line, and what met still meets. */
struct lonlat land_bend(const struct land *land, struct spot spot);
