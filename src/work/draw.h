/* draw.h — which schools an inspection visits: a stratified sample drawn from a published seed, so that anyone can draw it again.
 * Pure: no clock, no chance of its own.
 *
 * The rule, as the notice prints it:
 *   1. For every candidate take SHA-256 of 「seed|code」 (UTF-8, no line end), written in small hexadecimal.  By hand:
 *          printf '%s|%s' '2026-11-25 福彩3D 第2026315期 4 0 7' 3141018501 | sha256sum
 *   2. Within each stratum put the candidates in order of these digests.
 *   3. Every stratum gets one place.  Each further place goes to the stratum for which schools ÷ (2 × places so far + 1) is
 *      largest (Sainte-Laguë: in proportion to its schools); of equal ones to the one whose name comes first by bytes.  No stratum
 *      gets more places than it has schools.
 *   4. The first so many of each stratum are drawn. */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct draw_candidate { struct text code, name, stratum; };   /* each code once */
struct draw_stratum { struct text name; size_t size, taken; };
struct drawn {
    size_t candidate;            /* its index among those given */
    char digest[65];             /* of 「seed|code」, hexadecimal */
    size_t stratum;              /* index into strata */
    size_t rank;                 /* in its stratum, from 1 */
    bool taken;
};
struct draw {
    struct draw_stratum *strata; /* by name */
    size_t n_strata;
    struct drawn *at;            /* by stratum, then rank */
    size_t n, n_taken;
};

enum { DRAW_SEED_LEAST = 6, DRAW_SEED_MOST = 120 };    /* characters of a seed */

/*   Given    candidates[n]; how many are wanted
 *   Owns     everything in mem; texts point into the candidates
 *   Errors   ERR_INPUT: no candidates; fewer wanted than there are strata, or more than candidates; a seed that is too short, too
 *            long, or holds a '|' or a line end */
bool draw_sample(const struct draw_candidate *candidates, size_t n, struct text seed, size_t wanted, struct arena *mem, struct draw *out,
                 struct err *err) MUST_CHECK;
