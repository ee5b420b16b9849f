/* dice.h — chance that falls the same way everywhere: same seed, same stream, same throws.
 * xoshiro256** (Blackman and Vigna, public domain), seeded through splitmix64; no maths library
 * takes part, so no bit depends on the machine. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct dice { uint64_t state[4]; };

/* Streams of one seed are independent of each other: one a county, so that the first counties of
 * a small sample are those of a large one. */
void dice_seed(struct dice *dice, uint64_t seed, uint64_t stream);
uint64_t dice_next(struct dice *dice);
/* A whole number from low to high, both included. */
int dice_between(struct dice *dice, int low, int high);
/* From 0 up to but not including 1. */
double dice_share(struct dice *dice);
double dice_within(struct dice *dice, double low, double high);
/* Bell-shaped around 0 with standard deviation 1, never beyond ±3.5. */
double dice_bell(struct dice *dice);
bool dice_chance(struct dice *dice, double share);
