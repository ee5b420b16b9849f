/* handover.h — files are handed to a process of their own to be read, for a program that must not
 * fork: a server with threads, an open database and secrets in its memory.
 *
 * That process is this same program started afresh (posix_spawn): it gets the files as sealed memory,
 * no other descriptor, no environment but LANG, no new privileges, bounds on memory and time; it reads
 * as intake.h says, with confined children of its own, and tells by a pipe what it found.  Nothing it
 * tells is trusted: lengths, indexes, texts and figures are checked, and past the deadline it is killed.
 *
 * May be called by many threads at once, each with an arena of its own; the caller waits.  The program
 * must leave SIGCHLD alone and never wait for "any" child. */
#pragma once
#include "base/err.h"
#include "model/cells.h"
#include "model/finding.h"
#include "model/returns.h"

/* Bytes that somebody sent, and how he calls them. */
struct handover_file { struct text name, bytes; };

enum {
    HANDOVER_MOST_FILES = 64,                  /* in one call */
    HANDOVER_MOST_FILE = 20 * 1024 * 1024,     /* bytes of one file (security.md §4) */
    HANDOVER_MOST_BYTES = 64 * 1024 * 1024,    /* of all of a call */
    HANDOVER_MOST_ROWS = 200000,               /* school rows of a call */
    HANDOVER_MOST_FIGURES = 8000000,           /* rows × items reported */
    HANDOVER_MOST_TEXT = 64 * 1024 * 1024,     /* bytes of the texts of all rows */
    HANDOVER_SECONDS = 25,
};

/* How it is done; zeros (or NULL instead of the whole) are the usual way. */
struct handover_how {
    const char *program;                       /* NULL: the program that runs now */
    unsigned seconds;                          /* 0: HANDOVER_SECONDS */
    void (*progress)(void *context, uint64_t done, uint64_t total);  /* bytes of the files read; in the caller's thread */
    void *context;
};

struct handover_request {
    const struct item_list *items;
    const struct handover_file *files;         /* school files and county files, in any order */
    size_t n_files;
    struct text county;                        /* what a file lacks: the county's code and … */
    int year;                                  /* … the year; empty and 0: files must tell */
};

/* The name under which a file appears in sources, findings and sentences: the last part of what the
 * browser sent, without control characters, at most 200 bytes of UTF-8.  Give it back to handover_… as
 * it is: a clean name stays the same. */
struct text handover_name(struct arena *mem, struct text name);

/* Reads all files as intake_read does, into returns (arranged) that live in mem.
 *   Findings  are added in the order of reading, those before a refusal too; logic checks are the caller's
 *   Errors    those of intake_read, word for word; ERR_LIMIT beyond the bounds above; ERR_OUTSIDE when
 *             no process can be started.  The file is named. */
bool handover_read(const struct handover_how *how, const struct handover_request *request, struct arena *mem,
                   struct returns **returns_out, struct findings *findings, struct err *err) MUST_CHECK;

/* Which cells: of one sheet or (NULL) of all, hidden ones too; rows `first` to `last`, 0: from the start, to the end.
 * A CSV's one sheet has the empty name. */
struct handover_window { const struct text *sheet; uint32_t first, last; };

/* The cells of a file as they stand, sheet by sheet.  Sources and cells live in mem; each source can be
 * walked once.  A sheet without cells in the window is there all the same.  items: how a CSV's heading
 * is told from its title. */
bool handover_cells(const struct handover_how *how, const struct handover_file *file, const struct item_list *items,
                    const struct handover_window *window, struct arena *mem, struct cell_source **sources_out, size_t *n_out,
                    struct err *err) MUST_CHECK;

/* The user's own .xlsx with styles and comments added to the bad cells (findings of other files are
 * passed over), everything else byte for byte.
 *   Errors  ERR_INPUT for other kinds of file: app_annotate_upload makes a new workbook of those */
bool handover_annotate(const struct handover_how *how, const struct handover_file *file, const struct findings *findings,
                       struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

/* A proof (佐证材料) looked into: its kind by its bytes, what is written in it (intake/document.h).  Its text lives in mem.
 *   Errors  ERR_INPUT: no proof; ERR_LIMIT: too large, or a bomb; each with the remedy */
struct document;
bool handover_document(const struct handover_how *how, const struct handover_file *file, struct arena *mem, struct document *out,
                       struct err *err) MUST_CHECK;
/* A page of a PDF as PNG.   Errors  ERR_ABSENT: no program for it is installed; ERR_INPUT: there is no such page */
bool handover_page(const struct handover_how *how, const struct handover_file *file, unsigned page, unsigned wide, struct arena *mem,
                   struct text *png_out, struct err *err) MUST_CHECK;

/* The other side: what main does when it is called with this one word. */
#define HANDOVER_VERB "intake-worker"
_Noreturn void handover_work(void);
