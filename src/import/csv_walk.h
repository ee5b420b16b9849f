/* csv_walk.h — row after row through a part of a file that need not fit memory.
 *
 * A window of the file lies in memory and always ends behind a line end, so that rows are scanned
 * without looking for the end of the bytes. */
#pragma once
#include "import/csv_input.h"

enum {
    CSV_MAX_RECORD = 1 << 20,   /* bytes of one row */
    CSV_WINDOW_SLACK = 32,      /* bytes behind the last one that may be looked at */
};

struct csv_part {
    uint64_t from, to;          /* given: rows that start in [from, to) */
    bool first;                 /* given: `from` is the start of a row, the one behind the header; else
                                   the part starts with the first row behind a line end at or after from − 1 */
    uint32_t record;            /* given: the number of the row before; and by how much the lines of */
    uint64_t more_lines;        /* the file up to there outnumber its rows */
    uint64_t begun, ended;      /* where its first row starts and its last one ends */
    uint32_t rows;              /* the number of its last row */
};

struct csv_walk {
    struct text file;           /* for refusals */
    const struct csv_input *input;
    struct arena *mem;
    char *bytes;                /* the window; kept from part to part */
    size_t size, capacity;
    size_t whole;               /* up to here, behind a line end, rows can be scanned */
    uint64_t at;                /* where bytes[0] stands in the file */
    bool last;                  /* the file ends here; a missing last line end was added */
    uint32_t record;            /* the row in hand, from 1 */
    uint64_t more_lines;
};

enum csv_row {
    CSV_ROW_READ,               /* *at is moved behind it */
    CSV_ROW_UNENDED,            /* a quote is still open at `limit` */
    CSV_ROW_AGAIN,              /* the same row once more */
    CSV_ROW_FAILED,
};
/* Reads the row at *at.  A line end stands before `limit`. */
typedef enum csv_row csv_row_reader(void *context, const char **at, const char *limit, struct err *err);

/* Moves the window to the start of the part: sets part->begun. */
bool csv_walk_start(struct csv_walk *walk, struct csv_part *part, const char **at_out, struct err *err) MUST_CHECK;
/* Reads on behind `used` bytes of the window, which grows when nothing can be forgotten.
 * False when the row there is too long or never ends, too. */
bool csv_walk_move(struct csv_walk *walk, const char **at, struct err *err) MUST_CHECK;
/* Where a place in the window stands in the file. */
static inline uint64_t csv_walk_place(const struct csv_walk *walk, const char *at)
{
    const uint64_t place = walk->at + (uint64_t)(at - walk->bytes);
    return place < walk->input->size ? place : walk->input->size; /* the line end that was added is none of the file's */
}
void csv_walk_count_lines(struct csv_walk *walk, const char *start, const char *end);

/* Every row of the part from *at on; inlined, so that its reader is, too. */
static inline bool csv_walk_rows(struct csv_walk *walk, struct csv_part *part, const char *at, csv_row_reader *read, void *context,
                                 struct err *err)
{
    while (csv_walk_place(walk, at) < part->to) {
        enum csv_row end = CSV_ROW_UNENDED;
        if (at < walk->bytes + walk->whole) {
            const char *const start = at;
            walk->record++;
            end = read(context, &at, walk->bytes + walk->whole, err);
            if (end == CSV_ROW_READ)
                csv_walk_count_lines(walk, start, at);
            else
                walk->record--;
        } else if (walk->last) {
            break;
        }
        if (end == CSV_ROW_FAILED || (end == CSV_ROW_UNENDED && !csv_walk_move(walk, &at, err)))
            return false;
    }
    part->ended = csv_walk_place(walk, at);
    part->rows = walk->record;
    return true;
}

/* Words why a row that starts on `line` cannot be read: a quote that is never closed, or too long. */
bool csv_refuse_row(struct text file, struct text row, uint64_t line, struct err *err);
