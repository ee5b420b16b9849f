/* unit.h — in what a figure is measured: the algebra of units that formulas are checked with.
 *
 * A unit is words multiplied and divided ("m2", "yuan per pupil", "classes/rooms"), with a
 * multiple in front where there is one ("10000 yuan").  Any word is a unit; pupil(s) and
 * person(s) are one.  "" and "ratio" are pure numbers. */
#pragma once
#include "base/text.h"

#include <stdbool.h>

enum { MAX_FACTORS = 4 };

struct unit {
    struct { struct text word; int power; } factor[MAX_FACTORS]; /* by word, no power is 0 */
    size_t n;
    double scale;   /* 10000 for "10000 yuan" */
    bool free;      /* a plain number: takes the unit of what it is added to or compared with */
};

struct unit unit_pure(void);
struct unit unit_free(void);
/* False when it is no unit.  Words point into the text given. */
bool unit_parse(struct text text, struct unit *out);
/* a · b or a / b.  False when more factors come together than a unit holds. */
bool unit_times(const struct unit *a, const struct unit *b, bool divide, struct unit *out);
bool unit_same(const struct unit *a, const struct unit *b);
bool unit_is_pure(const struct unit *unit);
/* The unit of two figures that are added, compared or chosen between; false when they differ. */
bool unit_join(const struct unit *a, const struct unit *b, struct unit *out);
/* As people read it: 「平方米/人」; a pure number is 「无单位」. */
struct text unit_text(struct arena *mem, const struct unit *unit);
