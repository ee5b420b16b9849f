/* temporary.h — files for one test, gone with its arena. */
#pragma once
#include "base/arena.h"
#include "base/text.h"

const char *temporary_file(struct arena *mem, const char *name, struct text bytes);
