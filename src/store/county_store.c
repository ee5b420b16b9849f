#include "store/county_store.h"

bool store_county(struct db_session *session, struct arena *mem, struct county_record *out, struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_COUNTY_THE_ONE, DB_NO_VALUES, &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = (struct county_record){ .code = db_get_text(&rows, 0, mem), .name = db_get_text(&rows, 1, mem),
                                       .fictional = db_get_int(&rows, 2) != 0, .version = db_get_int(&rows, 3) };
        found = true;
    }
    if (!db_done(&rows, err))
        return false;
    if (found)
        return true;
    err_set(err, ERR_ABSENT, "这个数据文件夹里还没有县。");
    return err_hint(err, "请先用 junheng init 建一个，或者用 junheng demo 看虚构的县。");
}

bool store_county_add(struct db_session *session, const struct county_record *county, struct err *err)
{
    return db_run(session, Q_COUNTY_ADD, DB_VALUES(db_text(county->code), db_text(county->name), db_int(county->fictional)), err);
}

bool store_county_rename(struct db_session *session, struct text county, struct text name, struct err *err)
{
    return db_run(session, Q_COUNTY_RENAME, DB_VALUES(db_text(name), db_text(county)), err);
}

bool store_county_version(struct db_session *session, struct text county, int64_t *out, struct err *err)
{
    struct db_rows rows;
    *out = 0;
    if (!db_select(session, Q_COUNTY_VERSION, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_outline_put(struct db_session *session, struct text county, struct text geojson, struct err *err)
{
    return db_run(session, Q_OUTLINE_PUT, DB_VALUES(db_text(county), db_text(geojson)), err);
}

bool store_outline(struct db_session *session, struct text county, struct arena *mem, struct text *out, struct err *err)
{
    struct db_rows rows;
    *out = TEXT("");
    if (!db_select(session, Q_OUTLINE_GET, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_text(&rows, 0, mem);
    return db_done(&rows, err);
}
