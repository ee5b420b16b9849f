/* csv_input.h — the bytes of a CSV, and how they are written: encoding, separator, line ends. */
#pragma once
#include "base/csv.h"
#include "base/err.h"
#include "import/encoding.h"

#include <stdint.h>

/* Bytes that may lie in a file larger than memory. */
struct csv_input {
    void *context;
    /* Copies `size` bytes from `at` on, fewer only at the end of the file. */
    bool (*read)(void *context, uint64_t at, char *into, size_t size, size_t *got_out, struct err *err);
    uint64_t size;
};
/* Bytes in memory as an input; `bytes` must stay as long. */
struct csv_input csv_input_of(struct text *bytes);

/* One decoder an encoding, opened before the child is locked; NULL where it was not. */
struct csv_decoders { struct decoder *of[4]; };
bool csv_decoders_open(struct arena *mem, struct csv_decoders *out, struct err *err) MUST_CHECK;

struct csv_dialect {
    struct csv_input input;     /* the file, or the whole of it rewritten in memory as UTF-8 with LF */
    bool rewritten;
    enum encoding encoding;     /* of `input` */
    bool guessed;               /* plain ASCII so far: what comes may yet be GB18030 */
    uint64_t start;             /* behind a BOM and a line “sep=;” */
    uint32_t lines_before;      /* 1 behind such a line */
    char separator;
    struct text head;           /* the first bytes from `start` on, at most CSV_HEAD, ended at a line's end */
    bool head_is_all;
};
enum { CSV_HEAD = 65536 };

/* Reads the head and tells the rest from it.
 *   Errors  ERR_LIMIT: too large to be rewritten, or one endless line; ERR_INPUT: nothing in it */
bool csv_dialect_find(struct arena *mem, const struct csv_input *input, struct text file, struct csv_decoders *decoders,
                      struct csv_dialect *out, struct err *err) MUST_CHECK;

/* A field's bytes as UTF-8: in mem where they had to change.  damaged_out as decoder_text. */
struct text csv_utf8(const struct csv_dialect *dialect, struct csv_decoders *decoders, struct arena *mem,
                     struct text bytes, bool *damaged_out);
/* Takes off the ' that our own exports put before a text that starts with = + - @. */
struct text csv_unguarded(struct text text);
