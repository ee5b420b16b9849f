#include "store/owner_store.h"

bool store_owners(struct db_session *session, struct text county, struct arena *mem, struct owner_rule **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct owner_rule *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_OWNER_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct owner_rule){
            .subject = db_get_text(&rows, 0, mem), .stage = db_get_text(&rows, 1, mem), .owner = db_get_text(&rows, 2, mem),
            .helpers = db_get_text(&rows, 3, mem), .basis = db_get_text(&rows, 4, mem),
            .by = { db_get_int(&rows, 5), db_get_text(&rows, 6, mem), db_get_int(&rows, 7) },
        };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_owner_put(struct db_session *session, struct text county, const struct owner_rule *r, struct err *err)
{
    return db_run(session, Q_OWNER_PUT,
                  DB_VALUES(db_text(county), db_text(r->subject), db_text(r->stage), db_text(r->owner), db_text(r->helpers), db_text(r->basis),
                            db_int(r->by.account), db_text(r->by.who), db_int(r->by.at)),
                  err);
}

bool store_owner_persons(struct db_session *session, struct text county, struct arena *mem, struct owner_person_record **out, size_t *n_out,
                         struct err *err)
{
    struct db_rows rows;
    struct owner_person_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_OWNER_PERSON_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct owner_person_record){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_owner_person_put(struct db_session *session, struct text county, const struct owner_person_record *p, const struct stamp *by, struct err *err)
{
    return db_run(session, Q_OWNER_PERSON_PUT,
                  DB_VALUES(db_text(county), db_text(p->place_kind), db_text(p->place_name), db_text(p->person), db_int(by->account),
                            db_text(by->who), db_int(by->at)),
                  err);
}
