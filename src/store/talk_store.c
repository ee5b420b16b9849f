#include "store/talk_store.h"

static const char *const KINDS[] = { [TALK_SAID] = "said", [TALK_CHANGED] = "changed", [TALK_STEP] = "step", [TALK_FILE] = "file" };

static enum talk_kind kind_of(struct text word)
{
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (text_equal(word, text_of(KINDS[i])))
            return (enum talk_kind)i;
    return TALK_SAID;
}

bool store_talk_add(struct db_session *session, struct text county, const struct talk_on *on, const struct talk_line *l, struct err *err)
{
    return db_run(session, Q_TALK_ADD,
                  DB_VALUES(db_text(county), db_text(on->kind), db_text(on->key), db_text(text_of(KINDS[l->kind])), db_text(l->said),
                            db_text(l->field), db_text(l->old), db_text(l->new_), db_text(l->sha256), db_text(l->file_kind),
                            db_int(l->file_size), db_int(l->by.account), db_text(l->by.who), db_text(l->role), db_int(l->by.at)),
                  err);
}

static struct talk_line line_at(const struct db_rows *rows, struct arena *mem)
{
    return (struct talk_line){
        .position = db_get_int(rows, 0), .kind = kind_of(db_get_text(rows, 1, mem)), .said = db_get_text(rows, 2, mem),
        .field = db_get_text(rows, 3, mem), .old = db_get_text(rows, 4, mem), .new_ = db_get_text(rows, 5, mem),
        .sha256 = db_get_text(rows, 6, mem), .file_kind = db_get_text(rows, 7, mem), .file_size = db_get_int(rows, 8),
        .by = { db_get_int(rows, 9), db_get_text(rows, 10, mem), db_get_int(rows, 12) }, .role = db_get_text(rows, 11, mem),
    };
}

bool store_talk(struct db_session *session, struct text county, const struct talk_on *on, size_t most, struct arena *mem,
                struct talk_line **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct talk_line *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_TALK_OF, DB_VALUES(db_text(county), db_text(on->kind), db_text(on->key), db_int((int64_t)most)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = line_at(&rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_talk_line(struct db_session *session, struct text county, const struct talk_on *on, int64_t position, struct arena *mem,
                     struct talk_line *out, struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_TALK_GET, DB_VALUES(db_text(county), db_text(on->kind), db_text(on->key), db_int(position)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = line_at(&rows, mem);
        found = true;
    }
    return db_done(&rows, err) && (found || err_set(err, ERR_ABSENT, "没有这一条记录。"));
}
