/* bytes.h — one long run of bytes made in a confined child: a workbook, the cells of one. */
#pragma once
#include "intake/parts.h"

/* In the child: sends them, slot by slot. */
void bytes_send(struct channel *channel, struct text bytes);
/* In the parent: runs the child and gathers what it sends (at most 64 MB), into mem. */
bool bytes_gather(struct parts *parts, const char *path, int fd, const struct parts_work *work,
                  struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
