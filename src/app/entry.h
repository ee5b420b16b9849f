/* entry.h — a school's return of a year as it is being filled in: its cells beside last year's, what rules say of them, the talk; and
 * saving a cell.  What is typed touches no returned figure and no data version: approval does (return_act.h). */
#pragma once
#include "app/collection.h"
#include "base/lang.h"
#include "model/finding.h"
#include "report/compose_entry.h"
#include "store/entry_store.h"

/* What stands behind a cell besides its value. */
struct entry_note {
    int64_t stamp;              /* counts its changes; to be given back when it is saved; 0: never typed */
    struct text who;            /* who typed it last; empty: brought by an import, or blank */
    int64_t at;
    struct text raw;            /* what cannot be read, as it was typed */
    bool compulsory;            /* blank, and the return cannot be submitted so */
    bool commented;             /* there is talk about it that speaks of the version at hand */
};
struct entry_finding {
    enum finding_level level;   /* an error bars, a warning needs a reason */
    struct text rule, item;     /* item: its code; may be empty */
    struct text words;          /* 「小学专任教师 36 人，去年 24 人，变化超过 20%。核对……」 */
    struct text reason, who;    /* why it stands; empty: nobody said */
};
struct entry_page {
    struct collection_record collection;
    struct way way;
    const struct entry *entry;              /* groups of cells */
    const struct entry_note *note;          /* [item] */
    struct entry_finding *findings;         /* errors first */
    size_t n_findings, errors, unexplained, blanks;   /* blanks: compulsory ones */
    struct entry_remark_record *remarks;
    size_t n_remarks;
    struct return_event_record *events;
    size_t n_events;
    struct return_version_record *versions; /* of all years, the latest first */
    size_t n_versions;
    struct text name;
    int64_t stamps;                         /* the sum of all: changes whenever a cell does */
    int64_t last_saved;                     /* 0: nothing was typed */
    bool may_fill;                          /* the actor, now */
};
/* Everything of one return.
 *   Errors  ERR_ABSENT as app_way; ERR_OUTSIDE */
bool app_entry(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct text school, int64_t now,
               enum lang lang, struct arena *mem, struct entry_page *out, struct err *err) MUST_CHECK;
/* The figures the return speaks of: what was typed, else what an import brought; [item of the edition]. */
bool app_entry_figures(struct db_session *session, const struct entry_place *at, const struct item_list *items, struct arena *mem,
                       struct entry_figure **out, struct err *err) MUST_CHECK;

struct entry_save {
    int year;
    struct text school;
    uint16_t item;
    struct text typed;          /* as a cell would be read; empty: taken away */
    int64_t seen;               /* the stamp that was shown */
};
enum entry_outcome {
    ENTRY_SAVED,
    ENTRY_INVALID,              /* kept as it was typed; said why; bars submission */
    ENTRY_CONFLICT,             /* somebody else changed it since: nothing was written */
    ENTRY_REFUSED,              /* of several: no cell of a school's return, or too long, or no text: nothing was written */
};
struct entry_saved {
    enum entry_outcome outcome;
    int64_t stamp;              /* of what stands now */
    struct text typed;          /* what stands now, as one would type it */
    struct text words, hint;    /* of what is invalid or in conflict */
    struct text who;            /* of a conflict */
    int64_t at;
};
/* One cell, by whoever fills in the school's return.  Inside the writer; computes nothing, so that hundreds may save at once.
 *   Errors  ERR_DENIED; ERR_ABSENT: no such item, school, year; ERR_CONFLICT: the return is past its draft */
bool app_entry_save(struct house *house, struct db_session *session, const struct actor *actor, const struct entry_save *save, int64_t now,
                    struct arena *mem, struct entry_saved *out, struct err *err) MUST_CHECK;
/* Several cells of one return at once — what was typed while there was no connection, a pasted block — in the order given, each by
 * itself: one that is in conflict, unreadable or refused holds up no other.  Inside the writer.
 *   Given   out     [n]
 *   Errors  ERR_DENIED, ERR_ABSENT, ERR_CONFLICT as above; ERR_LIMIT: more than ENTRY_MOST.  Nothing was written then */
enum { ENTRY_MOST = 400 };
struct entry_typed_cell { uint16_t item; struct text typed; int64_t seen; };
bool app_entry_save_many(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                         const struct entry_typed_cell *cells, size_t n, int64_t now, struct arena *mem, struct entry_saved *out,
                         struct err *err) MUST_CHECK;

/* The cells that were typed into a return as they stand, without looking at anything else: what an open page compares itself with. */
struct entry_standing { struct text item; int64_t stamp; struct text typed; bool unread; struct text who; int64_t at; };
struct entry_now { struct way way; struct entry_standing *cells; size_t n; };
bool app_entry_now(struct house *house, const struct actor *actor, int year, struct text school, int64_t now, struct arena *mem,
                   struct entry_now *out, struct err *err) MUST_CHECK;

/* The return as a workbook, to be filled in and given back.  Slow, and writes its line in the audit by itself: never on the writer's
 * thread.   Errors  ERR_DENIED, ERR_ABSENT; ERR_OUTSIDE */
bool app_entry_workbook(struct house *house, const struct actor *actor, int year, struct text school, int64_t now, struct arena *mem,
                        struct text *name_out, struct text *bytes_out, struct err *err) MUST_CHECK;
/* A workbook read into the draft: every figure that stands in it, whatever was typed before; what it leaves blank stays as it is.  What
 * cannot be read is a finding and changes nothing.  Slow, writes by itself.
 *   Errors  ERR_DENIED, ERR_ABSENT; ERR_CONFLICT: past its draft; ERR_INPUT, ERR_LIMIT: no such file, nothing of this school in it */
struct entry_change { struct text item, name, before, after; };   /* item: its code */
struct entry_uploaded {
    struct entry_change *changes;
    size_t n_changes, same, others;     /* others: rows of other schools or years, left alone */
    struct finding *findings;           /* of this school's row: file, sheet, cell, what was read, what to do */
    size_t n_findings;
};
bool app_entry_upload(struct house *house, const struct actor *actor, int year, struct text school, struct text name, struct text bytes,
                      int64_t now, struct arena *mem, struct entry_uploaded *out, struct err *err) MUST_CHECK;

/* Why a warning stands.  Inside the writer.   Errors  as above; ERR_INPUT: no reason */
bool app_entry_explain(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                       struct text item, struct text rule, struct text reason, int64_t now, struct err *err) MUST_CHECK;
/* A word about a cell (an item's code), or about the whole return (empty); by anybody who sees the school and has to do with returns.
 * Inside the writer. */
bool app_entry_remark(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                      struct text item, struct text remark, int64_t now, struct err *err) MUST_CHECK;
