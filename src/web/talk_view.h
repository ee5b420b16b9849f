/* talk_view.h — the talk at the foot of the page of a thing (app/talk.h). */
#pragma once
#include "web/request.h"
#include "web/view_talk.h"

/* Of the thing `key` of a kind in talk_kinds.def; frame: the page's own.
 *   Errors  ERR_ABSENT: it is not there, or not for the actor */
bool talk_view(struct request *request, const struct view_frame *frame, struct text kind, struct text key, const struct view_talk **out,
               struct err *err) MUST_CHECK;
