/* round_paper.h — the papers of an inspection round, made from what is stored, as DOCX, PDF or on a page: 通知, 检查表, 督导意见书, 反馈意见,
 * 整改方案, 整改情况报告.  The office adds its number, its day and words of its own; everything else comes from the round. */
#pragma once
#include "app/report_file.h"
#include "app/round.h"

enum round_paper { PAPER_NOTICE, PAPER_SHEET, PAPER_OPINION, PAPER_FEEDBACK, PAPER_PLAN, PAPER_REPORT, N_ROUND_PAPERS };
struct text round_paper_word(enum round_paper paper);      /* "opinion" */
struct text round_paper_zh(enum round_paper paper);        /* 督导意见书 */
bool round_paper_of(struct text word, enum round_paper *out) MUST_CHECK;
/* Sheet and opinion letter are of one place. */
bool round_paper_is_of_place(enum round_paper paper);

struct round_paper_view {
    struct round_view round;
    struct paper_row added;            /* what the office added; all empty: nothing yet */
    struct doc *doc;
    bool may_write;                    /* may add to it */
};
/* Given   at  the place of a sheet or opinion letter; else not read.
 *   Errors  ERR_ABSENT: no such round, place, or not for this actor: sheets for the team; an opinion letter also for its place, once the
 *           round is fed back; the others for who sees all of the round, the notice for everybody who sees it */
bool app_round_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, enum round_paper paper,
                     struct place at, struct text address, int64_t now, struct arena *mem, struct round_paper_view *out, struct err *err) MUST_CHECK;
/* as: "docx", "pdf", "xlsx" (its tables).  Leaves a line in the audit.  Slow.   Errors  also ERR_USAGE, ERR_OUTSIDE */
bool app_round_paper_file(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, enum round_paper paper,
                          struct place at, struct text as, struct text address, int64_t now, struct arena *mem, struct report_file *out,
                          struct err *err) MUST_CHECK;
/* Number, day, words; inside the writer, by who runs rounds.   Errors  ERR_INPUT: no such day, too long */
struct paper_wish { struct text number, signed_on, words; };
bool app_round_paper_put(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                         enum round_paper paper, struct place at, const struct paper_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
