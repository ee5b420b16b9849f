/* release.h — what the office gives to the public (公开页): it chooses among the figures of report/compose_public.h, sees them as they
 * will stand there, releases them, withdraws them.  What is released is kept as words: later data change nothing of it. */
#pragma once
#include "app/house.h"
#include "report/compose_public.h"

struct release_wish {
    int year;
    const struct text *kinds;      /* "passing", "spread" … */
    size_t n;
    struct text remark;            /* the office's own words; may be empty; at most RELEASE_REMARK characters */
};
enum { RELEASE_REMARK = 300 };
/* Inside the writer.  It takes the place of what stood.
 *   Errors  ERR_DENIED; ERR_USAGE: nothing chosen, no such figure; ERR_INPUT: one that cannot be released, or too long a remark;
 *           ERR_CONFLICT: the data have changed since they were seen (version `seen`) */
bool app_release(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                 const struct release_wish *wish, int64_t seen, int64_t now, struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;
/* Inside the writer; the reason is asked for. */
bool app_release_withdraw(struct house *house, struct db_session *session, const struct actor *actor, struct text id, struct text reason,
                          int64_t now, struct err *err) MUST_CHECK;
/* The history, newest first; the newest stands unless it was withdrawn. */
bool app_releases(struct house *house, const struct actor *actor, struct arena *mem, struct release **out, size_t *n_out, struct err *err) MUST_CHECK;
/* What stands for everybody to see; *found_out false: nothing does. */
bool app_release_standing(struct house *house, struct arena *mem, struct release *out, struct release_figure **figures_out, size_t *n_out,
                          bool *found_out, struct err *err) MUST_CHECK;
/* The figures of one of the history. */
bool app_release_figures(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct release_figure **out,
                         size_t *n_out, struct err *err) MUST_CHECK;
