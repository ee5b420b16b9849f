/* view_my.h — 我的事: today, this week, later, far away (folded), waiting for others; the inbox. */
#pragma once
#include "web/view_frame.h"

struct my_line { struct text what, why, came_back, link, button, due; const char *class; };
struct my_part { struct text id, title; struct my_line *lines; size_t n; bool folded; };
struct my_notice { struct text id, title, body, link, by, due, read_path; bool unread; };
struct view_my {
    const struct view_frame *frame;
    struct text sentence, sub;
    struct my_part parts[5];
    size_t n_parts;
    struct my_notice *notices;
    size_t n_notices, n_unread;
};
