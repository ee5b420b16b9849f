/* import.h — workbooks on their way into the returned figures: read, looked at, confirmed or dropped, undone.
 *
 * Reading stages what was read; nothing that stands is touched before somebody confirms.  Confirming makes one
 * data version, undoing another: history keeps both. */
#pragma once
#include "app/house.h"
#include "app/import_diff.h"
#include "model/import_record.h"

struct import_upload { struct text name, bytes; };

struct import_request {
    const struct import_upload *files;
    size_t n_files;
    int year;                          /* 0: the files say it */
    int64_t now;
    void (*progress)(void *context, uint64_t done, uint64_t total);   /* bytes; NULL: none */
    void *progress_context;
};

/* Reads the files in a process of their own, checks them, compares them with what stands, stages all.  Slow:
 * never on an HTTP worker, never inside the writer.
 *   Errors  ERR_DENIED; ERR_INPUT, ERR_LIMIT: a file cannot be read, with the remedy; ERR_USAGE: no file,
 *           or figures of another county */
bool app_import_read(struct house *house, const struct actor *actor, const struct import_request *request, struct arena *mem,
                     struct text *id_out, struct err *err) MUST_CHECK;

/* One import as a page shows it. */
struct import_view {
    struct import_record record;
    struct import_file_record *files;
    size_t n_files;
    struct findings findings;
    const struct returns *staged;          /* while it waits */
    struct import_difference difference;   /* while it waits: against what stands now */
    int64_t version_now;                   /* of the data it was compared with just now */
    struct import_outcome outcome;         /* once it was confirmed */
};
bool app_import_view(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct import_view *out,
                     struct err *err) MUST_CHECK;
/* Newest first. */
bool app_imports(struct house *house, const struct actor *actor, size_t most, struct arena *mem, struct import_record **out,
                 size_t *n_out, struct err *err) MUST_CHECK;

/* The same with the names of their files and what became of them. */
struct import_past { struct import_record record; struct import_file_record *files; size_t n_files; struct import_outcome outcome; };
bool app_import_history(struct house *house, const struct actor *actor, size_t most, struct arena *mem, struct import_past **out,
                        size_t *n_out, struct err *err) MUST_CHECK;

enum import_errors {
    IMPORT_NO_ERRORS,        /* refuse while there is an error */
    IMPORT_CLEAN_SCHOOLS,    /* only schools without one: 「只导入无误的 148 所」 */
    IMPORT_LEAVE_OUT,        /* all but the wrong cells: what stands there stays, else it is 缺 */
};
struct import_decision {
    enum import_errors errors;
    int64_t seen_version;              /* version_now of the view that was looked at; −1: whatever stands now */
    const struct figure_choice *take;  /* conflicts in which the workbook's value is taken; the others stay as they are */
    size_t n_take;
};
struct figure_choice { int year; struct text school, item; };
struct import_done { int64_t version; size_t schools, figures; };

/* Inside the writer.  Errors  ERR_CONFLICT: somebody changed a figure it speaks of since, or it is not waiting any more; ERR_INPUT: errors bar it */
bool app_import_confirm(struct house *house, struct db_session *session, const struct actor *actor, struct text id,
                        const struct import_decision *decision, int64_t now, struct import_done *out, struct err *err) MUST_CHECK;
/* Inside the writer. */
bool app_import_drop(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                     struct err *err) MUST_CHECK;
struct import_undone { size_t restored, kept; int64_t version; };
/* Inside the writer: the import as a whole.  Figures that were changed since stay as they are: counted in kept. */
bool app_import_undo(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                     struct import_undone *out, struct err *err) MUST_CHECK;

/* The bytes of an imported file as they were sent, and its name. */
bool app_import_file(struct house *house, const struct actor *actor, struct text id, size_t position, struct arena *mem,
                     struct text *name_out, struct text *bytes_out, struct err *err) MUST_CHECK;
