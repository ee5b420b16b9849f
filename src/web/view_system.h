/* view_system.h — settings of the whole instance: mail, what signing in asks for. */
#pragma once
#include "web/view_frame.h"

#include <stddef.h>
#include <stdint.h>

struct mail_line { struct text tried, to, tries, next, fault; bool given_up; };
struct view_system {
    const struct view_frame *frame;
    struct text sentence, said, fault, hint;
    bool configured, allowed;
    struct text server, from, site;              /* as in junheng.conf */
    int64_t addresses, waiting, sent, given_up;
    struct mail_line *lines;                     /* what went wrong, the latest first */
    size_t n;
    struct text address;                         /* typed for a test */
    bool totp_demanded;
};
