#include "store/ledger_store.h"

enum { USUAL_PAGE = 100 };

static struct ledger_row row_at(struct db_rows *r, struct arena *mem)
{
    struct ledger_row row = {
        .id = db_get_int(r, 0),
        .of = { db_get_text(r, 1, mem), db_get_text(r, 2, mem), db_get_text(r, 3, mem), db_get_text(r, 4, mem) },
        .kind = LEDGER_OTHER,
        .now = { .township = db_get_text(r, 6, mem), .place_shown = db_get_text(r, 7, mem), .problem = db_get_text(r, 8, mem),
                 .basis = db_get_text(r, 9, mem), .value = db_get_real(r, 10), .threshold = db_get_real(r, 11), .floor = db_get_real(r, 12),
                 .missing = db_get_real(r, 13), .missing_to_floor = db_get_real(r, 14), .unit = db_get_text(r, 15, mem),
                 .quantity = db_get_text(r, 16, mem), .measured = db_get_text(r, 17, mem), .passes = db_get_int(r, 18) != 0,
                 .year = (int)db_get_int(r, 19), .data_version = db_get_int(r, 20) },
        .plan = { .project = db_get_text(r, 21, mem), .measure = db_get_text(r, 22, mem), .owner_kind = db_get_text(r, 23, mem),
                  .owner_name = db_get_text(r, 24, mem), .owner_shown = db_get_text(r, 25, mem), .helpers = db_get_text(r, 26, mem),
                  .person = db_get_text(r, 27, mem), .cost_yuan = db_is_null(r, 28) ? -1 : db_get_int(r, 28), .fund = db_get_text(r, 29, mem),
                  .planned = db_get_real(r, 30), .due = db_get_text(r, 31, mem), .progress = db_get_text(r, 32, mem),
                  .result = db_get_text(r, 33, mem) },
        .state = db_get_text(r, 34, mem), .stamp = db_get_int(r, 35), .found_year = (int)db_get_int(r, 36), .found_at = db_get_int(r, 37),
        .fallen = (int)db_get_int(r, 38), .changed_at = db_get_int(r, 39),
        .claimed = { db_get_int(r, 40), db_get_text(r, 41, mem), db_get_int(r, 42) },
        .verified = { db_get_int(r, 43), db_get_text(r, 44, mem), db_get_int(r, 45) },
        .verified_day = db_get_text(r, 46, mem), .verified_note = db_get_text(r, 47, mem), .verified_photo = db_get_text(r, 48, mem),
        .dropped = db_get_text(r, 49, mem),
    };
    if (!ledger_kind_of(db_get_text(r, 5, mem), &row.kind))
        row.kind = LEDGER_OTHER;
    return row;
}

static bool take_all(struct db_rows *rows, struct arena *mem, struct ledger_row **out, size_t *n_out, struct err *err)
{
    struct ledger_row *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = row_at(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

/* The filter's values in the order in which the queries name them. */
#define FILTER_VALUES(f, sight, today)                                                                                          \
    db_text((f)->state), db_text(today), db_text((f)->kind), db_text((f)->subject), db_text((f)->stage), db_text((f)->township), \
        db_text((f)->place_kind), db_text((f)->place_name), db_text((f)->owner_kind), db_text((f)->owner_name), db_text((f)->fund), \
        db_text((f)->due_year), db_int((f)->year), db_text((sight).kind), db_text((sight).name), db_text((f)->words)

bool store_ledger_list(struct db_session *session, struct text county, const struct ledger_filter *filter, struct ledger_sight sight,
                       struct text today, struct arena *mem, struct ledger_row **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_LEDGER_LIST,
                     DB_VALUES(db_text(county), FILTER_VALUES(filter, sight, today), db_text(filter->sort),
                               db_int((int64_t)(filter->most ? filter->most : USUAL_PAGE)), db_int((int64_t)filter->skip)),
                     &rows, err) &&
           take_all(&rows, mem, out, n_out, err);
}

bool store_ledger_sums(struct db_session *session, struct text county, const struct ledger_filter *filter, struct ledger_sight sight,
                       struct text by, struct text today, struct arena *mem, struct ledger_sum **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct ledger_sum *list = NULL;
    size_t n = 0, capacity = 0;
    /* :by and :today stand before the filter in the query's text; :county behind them. */
    if (!db_select(session, Q_LEDGER_SUMS,
                   DB_VALUES(db_text(by), db_text(today), db_text(county), db_text(filter->state), db_text(filter->kind), db_text(filter->subject),
                             db_text(filter->stage), db_text(filter->township), db_text(filter->place_kind), db_text(filter->place_name),
                             db_text(filter->owner_kind), db_text(filter->owner_name), db_text(filter->fund), db_text(filter->due_year),
                             db_int(filter->year), db_text(sight.kind), db_text(sight.name), db_text(filter->words)),
                   &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n] = (struct ledger_sum){
            .word = db_get_text(&rows, 0, mem), .quantity = db_get_text(&rows, 1, mem), .n = db_get_int(&rows, 2), .open = db_get_int(&rows, 3),
            .overdue = db_get_int(&rows, 4), .verified = db_get_int(&rows, 5), .reopened = db_get_int(&rows, 6), .claimed = db_get_int(&rows, 7),
            .cost_yuan = db_get_int(&rows, 8), .open_cost_yuan = db_get_int(&rows, 9), .missing = db_get_real(&rows, 10),
        };
        n++;
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_ledger_total(struct db_session *session, struct text county, const struct ledger_filter *filter, struct ledger_sight sight,
                        struct text today, struct ledger_sum *out, struct err *err)
{
    struct db_rows rows;
    /* :today stands before the filter, :county behind it. */
    if (!db_select(session, Q_LEDGER_TOTAL,
                   DB_VALUES(db_text(today), db_text(county), db_text(filter->state), db_text(filter->kind), db_text(filter->subject),
                             db_text(filter->stage), db_text(filter->township), db_text(filter->place_kind), db_text(filter->place_name),
                             db_text(filter->owner_kind), db_text(filter->owner_name), db_text(filter->fund), db_text(filter->due_year),
                             db_int(filter->year), db_text(sight.kind), db_text(sight.name), db_text(filter->words)),
                   &rows, err))
        return false;
    *out = (struct ledger_sum){ .word = TEXT(""), .quantity = TEXT(""), .missing = BLANK };
    if (db_next(&rows))
        *out = (struct ledger_sum){ .word = TEXT(""), .quantity = TEXT(""), .n = db_get_int(&rows, 0), .open = db_get_int(&rows, 1),
                                    .overdue = db_get_int(&rows, 2), .verified = db_get_int(&rows, 3), .reopened = db_get_int(&rows, 4),
                                    .claimed = db_get_int(&rows, 5), .cost_yuan = db_get_int(&rows, 6), .open_cost_yuan = db_get_int(&rows, 7),
                                    .missing = BLANK };
    return db_done(&rows, err);
}

bool store_ledger_row(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct ledger_row *out, struct err *err)
{
    struct db_rows rows;
    struct ledger_row *list;
    size_t n;
    if (!db_select(session, Q_LEDGER_GET, DB_VALUES(db_text(county), db_int(id)), &rows, err) || !take_all(&rows, mem, &list, &n, err))
        return false;
    if (n) {
        *out = list[0];
        return true;
    }
    err_set(err, ERR_ABSENT, "台账里没有编号 %lld。", (long long)id);
    return err_hint(err, "可能编号抄错了；请从台账的列表进入。");
}

bool store_ledger_find(struct db_session *session, struct text county, const struct ledger_identity *of, struct arena *mem,
                       struct ledger_row *out, bool *found_out, struct err *err)
{
    struct db_rows rows;
    struct ledger_row *list;
    size_t n;
    if (!db_select(session, Q_LEDGER_FIND,
                   DB_VALUES(db_text(county), db_text(of->place_kind), db_text(of->place_name), db_text(of->stage), db_text(of->subject)), &rows, err) ||
        !take_all(&rows, mem, &list, &n, err))
        return false;
    *found_out = n > 0;
    if (n)
        *out = list[0];
    return true;
}

bool store_ledger_measured(struct db_session *session, struct text county, struct arena *mem, struct ledger_row **out, size_t *n_out,
                           struct err *err)
{
    struct db_rows r;
    struct ledger_row *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_LEDGER_MEASURED, DB_VALUES(db_text(county)), &r, err))
        return false;
    while (db_next(&r)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct ledger_row){
            .id = db_get_int(&r, 0),
            .of = { db_get_text(&r, 1, mem), db_get_text(&r, 2, mem), db_get_text(&r, 3, mem), db_get_text(&r, 4, mem) },
            .now = { .township = db_get_text(&r, 5, mem), .place_shown = db_get_text(&r, 6, mem), .problem = db_get_text(&r, 7, mem),
                     .value = db_get_real(&r, 8), .threshold = db_get_real(&r, 9), .missing = db_get_real(&r, 10),
                     .missing_to_floor = db_get_real(&r, 11), .measured = db_get_text(&r, 12, mem), .passes = db_get_int(&r, 13) != 0,
                     .year = (int)db_get_int(&r, 14), .data_version = db_get_int(&r, 15) },
            .state = db_get_text(&r, 16, mem),
            .plan = { .owner_kind = db_get_text(&r, 17, mem), .owner_name = db_get_text(&r, 18, mem), .owner_shown = db_get_text(&r, 19, mem) },
        };
    }
    *out = list;
    *n_out = n;
    return db_done(&r, err);
}

bool store_ledger_next(struct db_session *session, struct text county, int64_t *out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_LEDGER_NEXT, DB_VALUES(db_text(county)), &rows, err))
        return false;
    *out = db_next(&rows) ? db_get_int(&rows, 0) : 1;
    return db_done(&rows, err);
}

static struct db_value cost_value(int64_t yuan)
{
    return yuan < 0 ? db_null() : db_int(yuan);
}

bool store_ledger_add(struct db_session *session, struct text county, const struct ledger_row *row, struct err *err)
{
    const struct ledger_measure *const m = &row->now;
    const struct ledger_plan *const p = &row->plan;
    return db_run(session, Q_LEDGER_ADD,
                  DB_VALUES(db_text(county), db_int(row->id), db_text(row->of.place_kind), db_text(row->of.place_name), db_text(row->of.stage),
                            db_text(row->of.subject), db_text(ledger_kind_word(row->kind)), db_text(m->township), db_text(m->place_shown),
                            db_text(m->problem), db_text(m->basis), db_real(m->value), db_real(m->threshold), db_real(m->floor),
                            db_real(m->missing), db_real(m->missing_to_floor), db_text(m->unit), db_text(m->quantity), db_text(m->measured),
                            db_int(m->passes), db_int(m->year), db_int(m->data_version), db_text(p->project), db_text(p->measure),
                            db_text(p->owner_kind), db_text(p->owner_name), db_text(p->owner_shown), db_text(p->helpers), db_text(p->person),
                            cost_value(p->cost_yuan), db_text(p->fund), db_real(p->planned), db_text(p->due), db_text(p->progress),
                            db_text(p->result), db_int(row->found_year), db_int(row->found_at)),
                  err);
}

bool store_ledger_measure(struct db_session *session, struct text county, int64_t id, const struct ledger_measure *m, struct err *err)
{
    return db_run(session, Q_LEDGER_MEASURE,
                  DB_VALUES(db_text(m->township), db_text(m->place_shown), db_text(m->problem), db_text(m->basis), db_real(m->value),
                            db_real(m->threshold), db_real(m->floor), db_real(m->missing), db_real(m->missing_to_floor), db_text(m->measured),
                            db_int(m->passes), db_int(m->year), db_int(m->data_version), db_text(county), db_int(id)),
                  err);
}

static bool changed_one(struct db_session *session, struct err *err)
{
    if (db_changed(session))
        return true;
    err_set(err, ERR_CONFLICT, "台账的这一行刚才由别人改过了。");
    return err_hint(err, "请刷新页面，看过现在的内容再改。");
}

bool store_ledger_plan(struct db_session *session, struct text county, int64_t id, int64_t stamp, const struct ledger_plan *p, int64_t at,
                       struct err *err)
{
    return db_run(session, Q_LEDGER_PLAN,
                  DB_VALUES(db_text(p->project), db_text(p->measure), db_text(p->owner_kind), db_text(p->owner_name), db_text(p->owner_shown),
                            db_text(p->helpers), db_text(p->person), cost_value(p->cost_yuan), db_text(p->fund), db_real(p->planned),
                            db_text(p->due), db_text(p->progress), db_text(p->result), db_int(at), db_text(county), db_int(id), db_int(stamp)),
                  err) &&
           changed_one(session, err);
}

bool store_ledger_state(struct db_session *session, struct text county, int64_t id, struct text from, struct text to, bool fell,
                        struct text dropped, int64_t at, struct err *err)
{
    return db_run(session, Q_LEDGER_STATE,
                  DB_VALUES(db_text(to), db_int(fell), db_text(dropped), db_int(at), db_text(county), db_int(id), db_text(from)), err) &&
           changed_one(session, err);
}

bool store_ledger_claimed(struct db_session *session, struct text county, int64_t id, struct stamp by, struct text result, struct err *err)
{
    return db_run(session, Q_LEDGER_CLAIMED,
                  DB_VALUES(db_int(by.account), db_text(by.who), db_int(by.at), db_text(result), db_text(county), db_int(id)), err);
}

bool store_ledger_verified(struct db_session *session, struct text county, int64_t id, struct stamp by, struct text day, struct text note,
                           struct text photo, struct err *err)
{
    return db_run(session, Q_LEDGER_VERIFIED,
                  DB_VALUES(db_int(by.account), db_text(by.who), db_int(by.at), db_text(day), db_text(note), db_text_or_null(photo),
                            db_text(county), db_int(id)),
                  err);
}

bool store_ledger_planned(struct db_session *session, struct text county, struct arena *mem, struct ledger_planned_record **out, size_t *n_out,
                          struct err *err)
{
    struct db_rows r;
    struct ledger_planned_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_LEDGER_PLANNED, DB_VALUES(db_text(county)), &r, err))
        return false;
    while (db_next(&r)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct ledger_planned_record){
            .of = { db_get_text(&r, 0, mem), db_get_text(&r, 1, mem), db_get_text(&r, 2, mem), db_get_text(&r, 3, mem) },
            .quantity = db_get_text(&r, 4, mem), .amount = db_get_real(&r, 5), .cost_yuan = db_is_null(&r, 6) ? -1 : db_get_int(&r, 6),
            .due = db_get_text(&r, 7, mem), .id = db_get_int(&r, 8),
        };
    }
    *out = list;
    *n_out = n;
    return db_done(&r, err);
}

bool store_ledger_words(struct db_session *session, struct text county, struct arena *mem, struct ledger_word **out, size_t *n_out,
                        struct err *err)
{
    struct db_rows r;
    struct ledger_word *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_LEDGER_WORDS, DB_VALUES(db_text(county)), &r, err))
        return false;
    while (db_next(&r)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct ledger_word){ db_get_text(&r, 0, mem), db_get_text(&r, 1, mem), db_get_text(&r, 2, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&r, err);
}
