/* scenario.h — what-if (试算): changed figures in, the county as it would be out; and scenarios kept under a
 * name.  Nothing here ever touches a returned figure. */
#pragma once
#include "app/house.h"
#include "model/scenario.h"
#include "model/what_if.h"

/* The county with these figures changed: a full assessment beside the one that stands. */
struct tried {
    const struct returns *returns;               /* a changed copy */
    const struct assessment *assessment;         /* of every year, as the snapshot has it */
    const struct county_needs *needs;            /* [county] */
    struct what_if what_if;                      /* before: the snapshot's assessment; the changes, in words' reach */
    size_t county;                               /* index of the year */
};
/* Errors  ERR_ABSENT: a school that is not there or may not be seen; ERR_INPUT: not a number item */
bool app_try(const struct snapshot *snapshot, size_t year, const struct actor *actor, const struct scenario_change *changes, size_t n,
             struct arena *mem, struct tried *out, struct err *err) MUST_CHECK;

/* Read like a cell: 「12人」 is refused with the importer's words.   Errors ERR_INPUT */
bool app_try_read(const struct edition *edition, uint16_t item, struct text typed, struct arena *mem, double *out, struct err *err) MUST_CHECK;

bool app_scenarios(struct house *house, const struct actor *actor, struct arena *mem, struct scenario_record **out, size_t *n_out,
                   struct err *err) MUST_CHECK;
bool app_scenario(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct scenario_record *out,
                  struct scenario_change **changes_out, size_t *n_out, struct err *err) MUST_CHECK;
/* Inside the writer: a new one (id made), or all changes of one taken anew, its name too.
 *   Errors  ERR_CONFLICT: the name is taken; ERR_INPUT: no name, too many changes */
bool app_scenario_save(struct house *house, struct db_session *session, const struct actor *actor, struct text id, struct text name,
                       int year, const struct scenario_change *changes, size_t n, int64_t now, struct arena *mem, struct text *id_out,
                       struct err *err) MUST_CHECK;
bool app_scenario_drop(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                       struct err *err) MUST_CHECK;
