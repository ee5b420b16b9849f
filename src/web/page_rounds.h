/* page_rounds.h — what the pages of inspection rounds share. */
#pragma once
#include "app/round.h"
#include "web/request.h"
#include "web/view_rounds.h"

/* "/rounds/ID" with what follows it. */
struct text round_path(const struct request *request, struct text id, const char *part);
/* "school:3141…", whole, for forms and addresses; and back.   Errors  ERR_ABSENT */
struct text round_place_word(const struct request *request, const struct round_spot *spot);
bool round_place_read(const struct request *request, struct text word, struct place *out, struct err *err) MUST_CHECK;
struct text round_sheet_path(const struct request *request, struct text id, const struct round_spot *spot, const char *part);
enum text_key round_state_key(enum round_state state);
enum text_key round_kind_key(enum round_kind kind);
const char *round_state_class(enum round_state state);
