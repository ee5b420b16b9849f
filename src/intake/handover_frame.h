/* handover_frame.h — what the process tells by its pipe: frames, each a head and `size` bytes. */
#pragma once
#include <stdint.h>

enum frame_kind {
    FRAME_PROGRESS = 1, /* u64 done, total */
    FRAME_SHAPE,        /* u32 rows, counties, sources, other origins: what follows */
    FRAME_SOURCE,       /* u32 file, down, value column; sheet; u32 n, n × (u32 item, place) */
    FRAME_COUNTY,       /* code, name, u32 year, n; n × (u32 item, f64 figure, u32 source, row) */
    FRAME_ROWS,         /* u32 n; n × u32 county; n × (u32 source, row): the next n rows */
    FRAME_NUMBERS,      /* u32 item, first row, n; n × f64 */
    FRAME_TEXTS,        /* u32 item, first row, n; n × u32 size; their bytes */
    FRAME_OTHERS,       /* u32 n; n × (u32 row, item, source, row): the next n */
    FRAME_FINDINGS,     /* u32 file, n; n findings as wire.h has them */
    FRAME_BYTES,        /* the next bytes of a file, or of cells */
    FRAME_DONE,         /* u64 findings dropped; the last frame */
    FRAME_REFUSED,      /* struct err; the last frame */
};

struct frame_head { uint32_t kind, size; };

enum { FRAME_MOST = 256 * 1024 /* bytes behind a head */, HANDOVER_MOST_TABLES = 8192, HANDOVER_MOST_COUNTIES = 4096, HANDOVER_MOST_OTHERS = 1000000 };
