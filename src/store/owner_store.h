/* owner_store.h — the county's own rows of who answers for what, and the persons. */
#pragma once
#include "db/db.h"
#include "model/owner.h"

/* As they stand, by subject and stage; an empty owner: the edition's row holds again. */
bool store_owners(struct db_session *session, struct text county, struct arena *mem, struct owner_rule **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_owner_put(struct db_session *session, struct text county, const struct owner_rule *rule, struct err *err) MUST_CHECK;

struct owner_person_record { struct text place_kind, place_name, person; };
bool store_owner_persons(struct db_session *session, struct text county, struct arena *mem, struct owner_person_record **out, size_t *n_out,
                         struct err *err) MUST_CHECK;
bool store_owner_person_put(struct db_session *session, struct text county, const struct owner_person_record *person, const struct stamp *by,
                            struct err *err) MUST_CHECK;
