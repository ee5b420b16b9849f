/* owner.h — who answers for it?  The unit (责任单位), those who help (协办) and the person (责任人) for anything that has to be done.
 *
 * The edition's owners.csv says so by subject or kind; the county's own rows stand in its place.  Read once, asked often. */
#pragma once
#include "app/house.h"
#include "model/owner.h"

struct owners;       /* all rows, the edition's and the county's own, and the persons: a value in the arena it was read into */

enum { OWNER_MOST_HELPERS = 8 };
struct owner {
    struct place place;                          /* a department by code, a township as returned, a school by code, the county */
    struct place helpers[OWNER_MOST_HELPERS];    /* never the owner itself, none twice */
    size_t n_helpers;
    struct text person;                          /* of the place; may be empty */
    struct text basis;                           /* 依据 */
    struct text by_rule;                         /* the subject of the row that decided: "L4", "level", "other" */
};

/* Reads them with a reader of its own; or inside a session (the writer's).   Errors  ERR_OUTSIDE */
bool app_owners(struct house *house, struct arena *mem, const struct owners **out, struct err *err) MUST_CHECK;
bool app_owners_in(struct house *house, struct db_session *session, struct arena *mem, const struct owners **out, struct err *err) MUST_CHECK;
/* Never fails: what no row names falls to `other`.
 *   Given   subject   as work knows it: "L4", "cv-L4", "G11a", "Q9-science", "X3", "PRE1", "plan:4.2.1.3"; or a kind: "money", "land", "trip" …
 *           stage     "primary", "junior"; empty: of none
 *           school, township  whom it concerns (code; as returned); empty: nobody.  "school" and "township" in the table mean these;
 *                     where it concerns none, the first department of the helpers answers, else who answers for the rest
 *   Rule    the subject itself, then what it is part of (G11a → G11, plan:4.2.1.3 → plan:4.2.1 …, cv-L4 → L4), then its kind, then other;
 *           in each the row of the stage before the row of both */
struct owner owner_of(const struct owners *owners, struct text subject, struct text stage, struct text school, struct text township);
/* The person of a unit; empty: nobody is named. */
struct text owner_person(const struct owners *owners, struct place place);
/* Every row as it holds now, in the order of the edition, the county's own subjects behind; `edited`: it is the county's own. */
const struct owner_rule *owner_rules(const struct owners *owners, size_t *n_out);

/* "department:D11" ⇄ a place, as stored in one column and carried in addresses; empty: the county. */
struct text owner_key(struct place place, struct arena *mem);
bool owner_place_of_key(struct text key, struct place *out) MUST_CHECK;
bool place_same(struct place a, struct place b);

/* ---- changing it (inside the writer) ---- */

/* The county's own row in the place of the edition's; an empty owner takes it back.
 *   Errors  ERR_DENIED; ERR_INPUT: an unknown subject, stage or word; ERR_CONFLICT: there is nothing to take back */
bool app_owner_put(struct house *house, struct db_session *session, const struct actor *actor, const struct owner_rule *rule, int64_t now,
                   struct arena *mem, struct err *err) MUST_CHECK;
/* Names the person of a unit; empty: nobody.   Errors  ERR_DENIED, ERR_INPUT */
bool app_owner_person_put(struct house *house, struct db_session *session, const struct actor *actor, struct place place, struct text person,
                          int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
