/* intake.h — untrusted files become returns: parsed in confined children, checked on arrival.
 *
 * A child is forked per file (per part of a large CSV), gets the open file, gives up files,
 * sockets, processes and new privileges (seccomp, Landlock, rlimits), parses with import/ and
 * sends batches back through shared slots.  Nothing it sends is trusted. */
#pragma once
#include "base/err.h"
#include "model/cells.h"
#include "model/finding.h"
#include "model/returns.h"

struct intake_request {
    const struct item_list *items;
    const char *const *paths;         /* school files and county files, in any order */
    const int *fds;                   /* [n_paths] they are open already, and the paths only their names; NULL: they are not */
    size_t n_paths;
    bool whole;                       /* all in one returns, however large the file */
    struct text county;               /* --county: fills what a file lacks; may be empty */
    int year;                         /* --year; 0: none */
    unsigned jobs;                    /* children at once for a large CSV; 0: as many as cores */
    const bool *wanted;               /* [item] carry only these; NULL: all */
    void (*progress)(void *context, uint64_t done, uint64_t total);  /* bytes; NULL: none */
    void *context;
};

/* Called with arranged returns: once with everything, or, for a large CSV sorted by county, for
 * each run of whole counties (then `returns` is forgotten after the call).  `again` is true when
 * the file turned out unsorted and everything handed out before must be dropped. */
typedef bool intake_take(void *context, struct returns *returns, bool again, struct err *err);

/* Errors: ERR_ABSENT, ERR_INPUT, ERR_LIMIT name the file and the remedy; findings are gathered. */
bool intake_read(const struct intake_request *request, struct arena *mem, struct findings *findings,
                 intake_take *take, void *context, struct err *err) MUST_CHECK;

/* Chosen columns of any table (scores, cv): numbers, or texts as ids into a dictionary. */
struct wanted_column { struct text name; bool number; };
struct read_column { double *number; uint32_t *id; };
struct read_columns {
    size_t n;                         /* rows */
    uint32_t *row;                    /* [n] line or row in the sheet */
    struct read_column *columns;      /* as wanted */
    struct text *dictionary;          /* of all text columns together */
    size_t n_dictionary;
};
bool intake_columns(const char *path, const struct wanted_column *wanted, size_t n_wanted, struct arena *mem,
                    struct read_columns *out, struct findings *findings, struct err *err) MUST_CHECK;

/* The user's own .xlsx with styles and comments added to the bad cells, everything else byte for
 * byte (in a child, too).  fd: the file where it is open already, else −1.  ERR_INPUT for other kinds: the caller writes a new workbook then. */
bool intake_annotate(const char *path, int fd, const struct findings *findings, struct arena *mem,
                     struct text *bytes_out, struct err *err) MUST_CHECK;

/* The cells of a file as they were read, sheet by sheet, to be shown again (write_findings.h).
 * Sources and cells live in mem; each source can be walked once. */
bool intake_cells(const char *path, int fd, const struct item_list *items, struct arena *mem, struct cell_source **sources_out,
                  size_t *n_out, struct err *err) MUST_CHECK;
