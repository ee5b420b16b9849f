#include "store/concern_store.h"

bool store_concern_add(struct db_session *session, struct text county, const struct concern *c, int64_t *id_out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_CONCERN_NEXT, DB_VALUES(db_text(county)), &rows, err))
        return false;
    *id_out = db_next(&rows) ? db_get_int(&rows, 0) : 1;
    return db_done(&rows, err) &&
           db_run(session, Q_CONCERN_ADD,
                  DB_VALUES(db_text(county), db_int(*id_out), db_text(c->came_on), db_text(c->channel), db_text(c->kind), db_text(c->place.kind),
                            db_text(c->place.name), db_text(c->place.shown), db_text(c->township), db_text(c->owner.kind), db_text(c->owner.name),
                            db_text(c->owner.shown), db_text(c->what), db_text(c->reference), db_text(c->due_on), db_text(c->state),
                            db_int(c->by.account), db_text(c->by.who), db_int(c->by.at)),
                  err);
}

bool store_concern_set(struct db_session *session, struct text county, const struct concern *c, struct text seen, struct err *err)
{
    if (!db_run(session, Q_CONCERN_SET,
                DB_VALUES(db_text(c->owner.kind), db_text(c->owner.name), db_text(c->owner.shown), db_text(c->due_on), db_text(c->state),
                          db_text(c->replied_on), db_text(c->reply), db_text(c->cause), db_text(c->satisfied), db_int(c->replied_by), db_int(c->reopened),
                          db_text(c->task), db_text(county), db_int(c->id), db_text(seen)),
                err))
        return false;
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "您打开之后，这件事已经有人办了下一步。");
    return err_hint(err, "请刷新页面看现在的情况。");
}

static struct concern read_concern(const struct db_rows *rows, struct arena *mem)
{
    return (struct concern){
        .id = db_get_int(rows, 0), .came_on = db_get_text(rows, 1, mem), .channel = db_get_text(rows, 2, mem), .kind = db_get_text(rows, 3, mem),
        .place = { db_get_text(rows, 4, mem), db_get_text(rows, 5, mem), db_get_text(rows, 6, mem) }, .township = db_get_text(rows, 7, mem),
        .owner = { db_get_text(rows, 8, mem), db_get_text(rows, 9, mem), db_get_text(rows, 10, mem) }, .what = db_get_text(rows, 11, mem),
        .reference = db_get_text(rows, 12, mem), .due_on = db_get_text(rows, 13, mem), .state = db_get_text(rows, 14, mem),
        .replied_on = db_get_text(rows, 15, mem), .reply = db_get_text(rows, 16, mem), .cause = db_get_text(rows, 17, mem),
        .satisfied = db_get_text(rows, 18, mem), .replied_by = db_get_int(rows, 19), .reopened = db_get_int(rows, 20),
        .task = db_get_text(rows, 21, mem), .by = { db_get_int(rows, 22), db_get_text(rows, 23, mem), db_get_int(rows, 24) } };
}

static bool take(struct db_rows *rows, struct arena *mem, struct concern **out, size_t *n_out, struct err *err)
{
    struct concern *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = read_concern(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_concern(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct concern *out, struct err *err)
{
    struct db_rows rows;
    struct concern *list;
    size_t n;
    if (!db_select(session, Q_CONCERN_GET, DB_VALUES(db_text(county), db_int(id)), &rows, err) || !take(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有第 %lld 号关切。", (long long)id);
    *out = list[0];
    return true;
}

bool store_concerns(struct db_session *session, struct text county, const struct concern_filter *f, int64_t most, int64_t skipped, struct arena *mem,
                    struct concern **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_CONCERN_LIST,
                     DB_VALUES(db_text(county), db_text(f->from_day), db_text(f->until_day), db_text(f->state), db_text(f->late), db_text(f->kind),
                               db_text(f->channel), db_text(f->place_kind), db_text(f->place_name), db_text(f->own_kind), db_text(f->own_name),
                               db_int(most), db_int(skipped)),
                     &rows, err) &&
           take(&rows, mem, out, n_out, err);
}

bool store_concern_sums(struct db_session *session, struct text county, const struct concern_filter *f, struct text today, struct concern_sums *out,
                        struct err *err)
{
    struct db_rows rows;
    *out = (struct concern_sums){ 0 };
    if (!db_select(session, Q_CONCERN_COUNTS,
                   DB_VALUES(db_text(today), db_text(county), db_text(f->from_day), db_text(f->until_day), db_text(f->state), db_text(f->late),
                             db_text(f->kind), db_text(f->channel), db_text(f->place_kind), db_text(f->place_name), db_text(f->own_kind), db_text(f->own_name)),
                   &rows, err))
        return false;
    if (db_next(&rows))
        *out = (struct concern_sums){ db_get_int(&rows, 0), db_get_int(&rows, 1), db_get_int(&rows, 2), db_get_int(&rows, 3),
                                      db_get_int(&rows, 4), db_get_int(&rows, 5), db_get_int(&rows, 6) };
    return db_done(&rows, err);
}

bool store_concern_counts(struct db_session *session, struct text county, const struct concern_filter *f, struct arena *mem,
                          struct concern_count **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct concern_count *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_CONCERN_BY_KIND_PLACE,
                   DB_VALUES(db_text(county), db_text(f->from_day), db_text(f->until_day), db_text(f->own_kind), db_text(f->own_name)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n] = (struct concern_count){ .kind = db_get_text(&rows, 0, mem), .last_on = db_get_text(&rows, 6, mem),
                                          .place = { db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem) },
                                          .n = db_get_int(&rows, 4), .open = db_get_int(&rows, 5) };
        n++;
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_concerns_late(struct db_session *session, struct text county, struct text today, int64_t most, struct arena *mem, struct concern **out,
                         size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_CONCERN_LATE, DB_VALUES(db_text(county), db_text(today), db_int(most)), &rows, err) && take(&rows, mem, out, n_out, err);
}

bool store_concerns_of_owner(struct db_session *session, struct text county, struct text kind, struct text name, struct arena *mem,
                             struct concern **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_CONCERN_OF_OWNER, DB_VALUES(db_text(county), db_text(kind), db_text(name)), &rows, err) && take(&rows, mem, out, n_out, err);
}

bool store_concerns_replied(struct db_session *session, struct text county, struct arena *mem, struct concern **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_CONCERN_REPLIED, DB_VALUES(db_text(county)), &rows, err) && take(&rows, mem, out, n_out, err);
}

/* ---- days and numbers --------------------------------------------------------------------- */

bool store_work_days(struct db_session *session, struct text county, struct arena *mem, struct work_day **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct work_day *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_WORK_DAY_LIST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct work_day){ db_get_text(&rows, 0, mem), db_get_int(&rows, 1) != 0 };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_work_days_put(struct db_session *session, struct text county, int year, const struct work_day *days, size_t n, struct arena *mem,
                         struct err *err)
{
    if (!db_run(session, Q_WORK_DAY_DROP, DB_VALUES(db_text(county), db_text(text_printf(mem, "%d-%%", year))), err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!db_run(session, Q_WORK_DAY_PUT, DB_VALUES(db_text(county), db_text(days[i].day), db_int(days[i].works)), err))
            return false;
    return true;
}

bool store_office_number(struct db_session *session, struct text county, struct text name, int64_t usual, int64_t *out, struct err *err)
{
    struct db_rows rows;
    *out = usual;
    if (!db_select(session, Q_OFFICE_NUMBER_GET, DB_VALUES(db_text(county), db_text(name)), &rows, err))
        return false;
    if (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_office_number_put(struct db_session *session, struct text county, struct text name, int64_t number, struct err *err)
{
    return db_run(session, Q_OFFICE_NUMBER_PUT, DB_VALUES(db_text(county), db_text(name), db_int(number)), err);
}
