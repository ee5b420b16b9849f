/* compared.h — any two assessments of the county beside each other: frozen ones, or a year at a version of the data, each under any
 * edition: one the program carries, or a folder of tables. */
#pragma once
#include "app/frozen.h"
#include "report/compose_differences.h"

struct compared_side {
    struct text frozen;        /* the id of a frozen assessment; empty: of the data */
    int year;                  /* of the data; of a frozen one 0: its own */
    int64_t version;           /* of the data; 0: as they stand */
    struct text edition;       /* a name or a folder; empty: the house's, of a frozen one its own */
};
/* Loads a side, in mem.   Errors  ERR_DENIED; ERR_ABSENT: no such frozen assessment, year, edition; ERR_INPUT: an edition's table */
bool app_compared_side(struct house *house, const struct actor *actor, const struct compared_side *side, struct arena *mem, struct snapshot *out,
                       size_t *year_out, struct err *err) MUST_CHECK;
bool app_compared(struct house *house, const struct actor *actor, const struct compared_side *a, const struct compared_side *b, bool english,
                  struct arena *mem, const struct differences **out, struct err *err) MUST_CHECK;
