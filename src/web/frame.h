/* frame.h — what stands around a page: made from the request, the same for all pages. */
#pragma once
#include "web/marks.h"
#include "web/request.h"
#include "web/view_frame.h"

/* Given  the page's title in the reader's language, and its key ("schools") for scripts, styles and the current
 *        entry of the navigation.   Returns  in the request's arena */
struct view_frame *frame_of(struct request *request, struct text title, const char *page);
/* "zh-CN" or "en". */
struct text lang_tag(enum lang lang);
/* The county's name; its code where no state can be computed. */
struct text county_name(struct request *request);
/* The path of the first page that the actor may see. */
struct text frame_home(const struct request *request);
/* What the marks of a page stand for, as HTML. */
void frame_marks(const struct request *request, struct text values_out[N_MARKS]);
