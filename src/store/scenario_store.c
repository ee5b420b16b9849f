#include "store/scenario_store.h"

bool store_scenario_add(struct db_session *session, struct text county, const struct scenario_record *scenario, struct err *err)
{
    if (db_run(session, Q_SCENARIO_ADD,
               DB_VALUES(db_text(county), db_text(scenario->id), db_text(scenario->name), db_int(scenario->year),
                         db_int(scenario->made.account), db_text(scenario->made.who), db_int(scenario->made.at)),
               err))
        return true;
    if (err->kind == ERR_CONFLICT) {
        err_set(err, ERR_CONFLICT, "已经有一个叫“%.*s”的方案。", TEXT_ARG(scenario->name));
        err_hint(err, "请换一个名字，或者打开那个方案接着改。");
    }
    return false;
}

bool store_scenario(struct db_session *session, struct text county, struct text id, struct arena *mem, struct scenario_record *out,
                    struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_SCENARIO_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        found = true;
        *out = (struct scenario_record){ .id = text_copy(mem, id), .name = db_get_text(&rows, 0, mem), .year = (int)db_get_int(&rows, 1),
                                         .made = { db_get_int(&rows, 2), db_get_text(&rows, 3, mem), db_get_int(&rows, 4) },
                                         .changed_at = db_get_int(&rows, 5) };
    }
    if (!db_done(&rows, err))
        return false;
    if (found)
        return true;
    err_set(err, ERR_ABSENT, "没有这个方案。");
    return err_hint(err, "它可能已经删掉了。试算页列着现有的方案。");
}

bool store_scenarios(struct db_session *session, struct text county, struct arena *mem, struct scenario_record **out, size_t *n_out,
                     struct err *err)
{
    struct db_rows rows;
    struct scenario_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_SCENARIO_LIST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct scenario_record){ .id = db_get_text(&rows, 0, mem), .name = db_get_text(&rows, 1, mem),
                                              .year = (int)db_get_int(&rows, 2),
                                              .made = { db_get_int(&rows, 3), db_get_text(&rows, 4, mem), db_get_int(&rows, 5) },
                                              .changed_at = db_get_int(&rows, 6), .n_changes = (size_t)db_get_int(&rows, 7) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_scenario_rename(struct db_session *session, struct text county, struct text id, struct text name, int64_t now, struct err *err)
{
    if (db_run(session, Q_SCENARIO_RENAME, DB_VALUES(db_text(name), db_int(now), db_text(county), db_text(id)), err))
        return true;
    if (err->kind == ERR_CONFLICT) {
        err_set(err, ERR_CONFLICT, "已经有一个叫“%.*s”的方案。", TEXT_ARG(name));
        err_hint(err, "请换一个名字。");
    }
    return false;
}

bool store_scenario_drop(struct db_session *session, struct text county, struct text id, struct err *err)
{
    return db_run(session, Q_SCENARIO_DROP, DB_VALUES(db_text(county), db_text(id)), err);
}

bool store_scenario_changes(struct db_session *session, struct text county, struct text id, const struct item_list *items,
                            struct arena *mem, struct scenario_change **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct scenario_change *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_SCENARIO_CHANGES, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const struct text school = db_get_text(&rows, 0, mem);
        const uint16_t item = item_find(items, db_get_text(&rows, 1, mem));
        if (item == NO_ITEM)
            continue; /* of another edition */
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct scenario_change){ school, item, db_get_real(&rows, 2) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_scenario_put(struct db_session *session, struct text county, struct text id, const struct item_list *items,
                        const struct scenario_change *changes, size_t n, int64_t now, struct err *err)
{
    if (!db_run(session, Q_SCENARIO_CHANGES_DROP, DB_VALUES(db_text(county), db_text(id)), err) ||
        !db_run(session, Q_SCENARIO_TOUCH, DB_VALUES(db_int(now), db_text(county), db_text(id)), err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!db_run(session, Q_SCENARIO_CHANGE_PUT,
                    DB_VALUES(db_text(county), db_text(id), db_text(changes[i].school), db_text(items->at[changes[i].item].code),
                              db_real(changes[i].number)),
                    err))
            return false;
    return true;
}

bool store_act_key_find(struct db_session *session, struct text county, struct text key, int64_t account, struct arena *mem,
                        bool *found_out, struct text *result_out, struct err *err)
{
    struct db_rows rows;
    bool other = false;
    *found_out = false;
    if (!db_select(session, Q_ACT_KEY_FIND, DB_VALUES(db_text(county), db_text(key)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *found_out = true;
        other = db_get_int(&rows, 0) != account;
        *result_out = db_get_text(&rows, 1, mem);
    }
    if (!db_done(&rows, err))
        return false;
    if (!other)
        return true;
    err_set(err, ERR_DENIED, "这张表单是别人的，不能由您提交。");
    return err_hint(err, "请重新打开页面再填。");
}

bool store_act_key_put(struct db_session *session, struct text county, struct text key, int64_t account, struct text result,
                       int64_t now, struct err *err)
{
    return db_run(session, Q_ACT_KEY_PUT,
                  DB_VALUES(db_text(county), db_text(key), db_int(account), db_text(result), db_int(now)), err);
}
