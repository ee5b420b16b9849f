/* register.h — the registers of vetoes (一票否决) and preconditions (申报条件): what happened, when, where, with what proof, and who
 * closed it.  How many cases of a veto are open is the county's figure veto_X of every year from the case's on, written in a change
 * of its own (kind "register"): one open case fails the county.  A case of PRE1 is the recognition itself: its year becomes the
 * figure recognised_basic_year.  A case of PRE2 (a year in which monitoring fell back) is kept for who judges it. */
#pragma once
#include "app/house.h"

/* What has a register: an edition's vetoes and preconditions, in its order. */
enum register_effect {
    REGISTER_COUNTS,       /* open cases are a figure */
    REGISTER_RECOGNISES,   /* its year is a figure; nothing to be closed */
    REGISTER_KEEPS,        /* kept, decides nothing */
    REGISTER_BY_FIGURES,   /* figures alone decide it (X7): no case can be opened */
};
struct register_item { struct text id; const struct rule *rule; enum register_effect effect; uint16_t item; /* NO_ITEM: none */ };
void register_items(const struct edition *edition, struct arena *mem, struct register_item **out, size_t *n_out);

struct case_wish {
    struct text item;            /* "X3" */
    int year;                    /* the first data year it counts in */
    struct text happened_on;     /* 2025-09-01 */
    struct place unit;           /* a school, a township, the county */
    struct text what;
};
/* Inside the writer.   Errors  ERR_DENIED; ERR_INPUT: no such day, a day to come, nothing said; ERR_ABSENT: no such register, place */
bool app_case_open(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct case_wish *wish, int64_t now, struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;
/* Inside the writer, by another person than who opened it.   Errors  ERR_DENIED: the same person; ERR_CONFLICT: closed already;
 *   ERR_INPUT: a day before it happened or to come, not said how */
bool app_case_close(struct house *house, struct db_session *session, const struct actor *actor, struct text id, struct text closed_on,
                    struct text how, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* All of them and the proofs that were put to them: by register, open ones first.  For who sees the county. */
struct case_list { struct register_case *cases; size_t n; struct evidence *evidence; size_t n_evidence; };
bool app_cases(struct house *house, const struct actor *actor, struct arena *mem, struct case_list *out, struct err *err) MUST_CHECK;
/* How many are open of a register in a data year. */
size_t cases_open(const struct case_list *list, struct text item, int year);
