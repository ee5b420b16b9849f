#include "store/audit_store.h"

bool store_audit_head(struct db_session *session, struct arena *mem, int64_t *seq_out, struct text *hash_out, struct err *err)
{
    struct db_rows rows;
    *seq_out = 0;
    *hash_out = TEXT("");
    if (!db_select(session, Q_AUDIT_HEAD, DB_NO_VALUES, &rows, err))
        return false;
    while (db_next(&rows)) {
        *seq_out = db_get_int(&rows, 0);
        *hash_out = db_get_text(&rows, 1, mem);
    }
    return db_done(&rows, err);
}

bool store_audit_add(struct db_session *session, const struct audit_line *l, struct err *err)
{
    return db_run(session, Q_AUDIT_ADD,
                  DB_VALUES(db_int(l->seq), db_int(l->at), db_int(l->account), db_text(l->who), db_text(l->role), db_text(l->channel),
                            db_text(l->address), db_text(l->verb), db_text(l->object), db_text(l->detail), db_text(l->hash)),
                  err);
}

static void read_record(const struct db_rows *rows, struct arena *mem, struct audit_line *out)
{
    *out = (struct audit_line){
        .seq = db_get_int(rows, 0), .at = db_get_int(rows, 1), .account = db_get_int(rows, 2), .who = db_get_text(rows, 3, mem),
        .role = db_get_text(rows, 4, mem), .channel = db_get_text(rows, 5, mem), .address = db_get_text(rows, 6, mem),
        .verb = db_get_text(rows, 7, mem), .object = db_get_text(rows, 8, mem), .detail = db_get_text(rows, 9, mem),
        .hash = db_get_text(rows, 10, mem),
    };
}

bool store_audit_each(struct db_session *session, struct arena *mem, void (*take)(void *context, const struct audit_line *line),
                      void *context, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_AUDIT_ALL, DB_NO_VALUES, &rows, err))
        return false;
    const struct arena_mark mark = arena_reserve(mem, 4096); /* room for a line, kept from one to the next */
    while (db_next(&rows)) {
        struct audit_line line;
        read_record(&rows, mem, &line);
        take(context, &line);
        arena_rewind(mem, mark);
    }
    return db_done(&rows, err);
}

bool store_audit_last(struct db_session *session, struct text verb, struct text object, struct arena *mem, struct audit_line *out,
                      bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_AUDIT_LAST, DB_VALUES(db_text(verb), db_text(object)), &rows, err))
        return false;
    while (db_next(&rows)) {
        read_record(&rows, mem, out);
        *found_out = true;
    }
    return db_done(&rows, err);
}

bool store_audit_page(struct db_session *session, const struct audit_page *page, struct arena *mem, struct audit_line **out,
                      size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t n = 0;
    const int64_t before = page->before ? page->before : INT64_MAX, until = page->until ? page->until : INT64_MAX;
    *out = arena_array(mem, page->most, struct audit_line);
    if (!db_select(session, Q_AUDIT_PAGE,
                   DB_VALUES(db_int(before), db_int(page->since), db_int(until), db_text(page->verb), db_text(page->who),
                             db_int((int64_t)page->most)),
                   &rows, err))
        return false;
    while (db_next(&rows) && n < page->most)
        read_record(&rows, mem, &(*out)[n++]);
    *n_out = n;
    return db_done(&rows, err);
}
