/* round_inside.h — what the files of the inspection rounds share. */
#pragma once
#include "app/round.h"

/* Whether he may run rounds; the round is read and still open.   Errors  ERR_DENIED, ERR_ABSENT, ERR_CONFLICT */
bool round_to_change(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                     struct arena *mem, struct round_view *out, struct err *err) MUST_CHECK;
/* A text a person must give, of at most so many characters; trimmed. */
bool round_said(struct text typed, const char *what, size_t most, struct text *out, struct err *err) MUST_CHECK;
struct round_spot round_spot_of(struct place place);
bool round_spot_equal(const struct round_spot *a, const struct round_spot *b);
/* The place among the visited ones; NULL: it is not there. */
const struct round_place *round_place_at(const struct round_view *round, const struct round_spot *spot);
