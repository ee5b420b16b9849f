/* zip_writer.h — files as one zip: as they are (most are packed already), in the order given, without a clock, so that the same
 * files give the same bytes.  Names are UTF-8.  APPNOTE.TXT 6.3. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

struct zip_writer {
    struct buf out;             /* starts as { mem } */
    struct buf directory;
    size_t n;
};

/* Starts a zip that is to hold about so many bytes. */
struct zip_writer zip_writer_new(struct arena *mem, size_t about);
/* path: "佐证材料/01-G1 规划布局/布局.pdf", relative, '/' between folders.
 *   Errors  ERR_LIMIT: more than 65,535 files or 4 GB */
bool zip_writer_put(struct zip_writer *zip, struct text path, struct text bytes, struct err *err) MUST_CHECK;
/* The whole of it. */
struct text zip_writer_end(struct zip_writer *zip);
/* A name as a part of a path: what file systems refuse is '_', nothing begins or ends with a dot or a blank, 120 bytes at most
 * (the ending kept); never empty. */
struct text zip_name(struct arena *mem, struct text name);
