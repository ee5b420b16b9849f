/* when.h — moments as people in China read them, who have one time all over. */
#pragma once
#include "base/arena.h"
#include "base/text.h"

#include <stdint.h>

/* Seconds since 1970 as 2025-10-18 16:05. */
struct text when_said(struct arena *mem, int64_t at);
