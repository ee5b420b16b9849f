/* file.h — whole files, read and written so that nothing is left half done. */
#pragma once
#include "base/err.h"
#include "base/text.h"

/* Reads a whole file (at most `largest` bytes) into mem. */
bool file_read(struct arena *mem, const char *path, size_t largest, struct text *out, struct err *err) MUST_CHECK;
/* Writes beside the place and renames over it: the file is there whole or not at all. */
bool file_write(const char *path, struct text bytes, struct err *err) MUST_CHECK;
/* The part of a path behind the last '/'. */
struct text file_name(const char *path);
