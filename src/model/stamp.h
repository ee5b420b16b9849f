/* stamp.h — who did it, and when: written beside every change. */
#pragma once
#include "base/text.h"

#include <stdint.h>

struct stamp {
    int64_t account;    /* 0: the console */
    struct text who;    /* as shown then: names change, history does not */
    int64_t at;         /* seconds since 1970 */
};
