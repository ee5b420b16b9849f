/* organisation.h — the organisation table (组织机构与分工): the leading group and its office with their members, what each unit sees to,
 * how that changed.   Source  domain specification S6.1, S5.1.2 */
#pragma once
#include "app/place_names.h"
#include "report/doc.h"
#include "store/procedure_store.h"

struct organisation {
    struct group_member *members;    /* all there were, by unit and in the order in which they joined */
    size_t n_members;
    struct duty_record *duties;
    size_t n_duties;
    bool may;                        /* MAY_UNITS */
};
/* Everybody who works here may read it. */
bool app_organisation(struct house *house, const struct actor *actor, struct arena *mem, struct organisation *out, struct err *err) MUST_CHECK;
/* A duty of a unit from a day on; until a day.  Inside the writer.   Errors  ERR_DENIED, ERR_INPUT, ERR_ABSENT: no such unit on that day */
struct duty_wish { struct text unit, duty, person, day; };
bool app_duty_add(struct house *house, struct db_session *session, const struct actor *actor, const struct duty_wish *wish, int64_t now,
                  struct arena *mem, struct err *err) MUST_CHECK;
bool app_duty_end(struct house *house, struct db_session *session, const struct actor *actor, struct text unit, int64_t position, struct text day,
                  int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* As a paper, on the day of `now`. */
struct doc *app_organisation_doc(const struct snapshot *snapshot, const struct organisation *organisation, int64_t now, struct arena *mem);
/* Holds on a day. */
bool office_holds(struct text from_day, struct text until_day, struct text day);
