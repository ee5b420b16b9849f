/* csv_columns.h — chosen columns of any CSV, by their headings: numbers, and texts as numbers of
 * words.  For tables that are no returns (scores; a coefficient of any country's schools). */
#pragma once
#include "import/csv_walk.h"
#include "model/finding.h"

enum { MAX_CHOSEN = 16 };

struct chosen { struct text name; bool number; };

/* Rows on their way out; a blank number is BLANK, a blank text the word "". */
struct chosen_rows {
    size_t n, capacity;
    uint32_t *row;                     /* [n] row of the file, or of the part */
    double *number[MAX_CHOSEN];        /* [chosen] column, or NULL */
    uint32_t *word[MAX_CHOSEN];
};

struct chosen_sink {
    void *context;
    void (*begin)(void *context, const struct csv_part *part);    /* NULL where nothing is read in parts */
    struct chosen_rows *(*room)(void *context);
    void (*ship)(void *context, struct chosen_rows *rows);
    /* A word met for the first time; words are numbered from 0 in the order they are told. */
    void (*word)(void *context, struct text word);
    void (*finding)(void *context, const struct finding *finding);
    void (*end)(void *context, const struct csv_part *part);
};

struct chosen_table;

/* Finds the row that holds all the headings (equal when folded) among the first forty.
 *   Errors  ERR_INPUT names the heading that is missing and those that are there */
bool chosen_open(struct arena *mem, const struct csv_input *input, struct text file, struct csv_decoders *decoders,
                 const struct chosen *chosen, size_t n, struct chosen_table **out, struct err *err) MUST_CHECK;
bool chosen_parts(const struct chosen_table *table);
uint64_t chosen_body(const struct chosen_table *table);
/* Reads one part; only from and to are given. */
bool chosen_read(struct chosen_table *table, struct csv_part *part, const struct chosen_sink *sink, struct err *err) MUST_CHECK;

/* What workbooks and CSV share: a text that is to be a number, with its finding. */
double chosen_number(struct text text, struct arena *scratch, bool *bad_out);
/* Which of `headings` are the chosen; false, and *missing_out, when one is not there. */
bool chosen_match(const struct text *headings, size_t n_headings, const struct chosen *chosen, size_t n, struct arena *scratch,
                  size_t *place_out, size_t *missing_out);
bool chosen_refuse(struct text file, const struct text *headings, size_t n_headings, struct text missing, struct err *err);
void chosen_say_bad(const struct chosen_sink *sink, struct text file, struct text sheet, uint32_t row, uint32_t column, struct text read);
