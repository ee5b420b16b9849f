/* office_inside.h — what meetings, concerns, publicity, cases, the procedure and duties share. */
#pragma once
#include "app/place_names.h"
#include "model/office.h"

/* Whether a day is one; with `now`, none to come.   Errors  ERR_INPUT, worded with `what` */
bool office_day_right(struct text day, const char *what, int64_t now, struct err *err) MUST_CHECK;
/* Whether something is said, and not too long.   Errors  ERR_INPUT */
bool office_words_right(struct text words, const char *what, size_t most, struct err *err) MUST_CHECK;
/* Whether an optional text is short enough. */
bool office_length_right(struct text words, const char *what, size_t most, struct err *err) MUST_CHECK;
/* A place with the name it has today, and back. */
struct office_place office_place_of(const struct place_names *names, struct place place);
struct place office_place_is(const struct office_place *place);
bool office_is_own(const struct actor *actor, const struct office_place *place);
struct text office_number(int64_t number, struct arena *mem);
/* A whole number of a key or a path; false: it is none. */
bool office_number_read(struct text text, int64_t *out);
/* The end of a day (its last second), for dues; 0 where it is no day. */
