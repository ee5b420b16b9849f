/* official_export.h — the official tables of a year as a workbook, and what has changed since it was last written.
 *
 * Each export leaves a line in the audit with the data version it was made from: the tables of then are worked out
 * again from the returns as they stood at that version, so that nothing has to be kept twice. */
#pragma once
#include "app/house.h"
#include "model/official.h"

struct official_written {
    bool ever;
    int64_t at;              /* seconds since 1970 */
    int64_t version;         /* of the data */
    struct text who;         /* the name one signs in with */
};

/* The tables as they stand.   Errors  ERR_ABSENT: the edition has none */
bool app_official_now(struct house *house, const struct snapshot *snapshot, size_t year, struct arena *mem, struct sheet **sheets,
                      size_t *n_out, struct err *err) MUST_CHECK;
/* All of them as one .xlsx in mem, every figure a link to its lineage at `address` (of the server; empty: no links); leaves an "export.workbook" in the audit.
 *   Errors  ERR_DENIED; ERR_ABSENT as above; ERR_OUTSIDE */
bool app_official_write(struct house *house, const struct actor *actor, const struct snapshot *snapshot, size_t year, struct text address,
                        int64_t now, struct arena *mem, struct text *xlsx_out, struct err *err) MUST_CHECK;
/* When they were last written, by whomever. */
bool app_official_last(struct house *house, int year, struct arena *mem, struct official_written *out, struct err *err) MUST_CHECK;
/* The tables as they were at a data version; *n_out 0: the year had no data then. */
bool app_official_then(struct house *house, const struct snapshot *snapshot, int year, int64_t version, struct arena *mem,
                       struct sheet **sheets, size_t *n_out, struct err *err) MUST_CHECK;
