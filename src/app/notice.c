#include "app/notice.h"

#include "app/mail.h"

static const char NO_ROLE[] = "";

bool app_notice_put(struct db_session *session, struct text county, const struct notice *n, int64_t now, struct err *err)
{
    if (!text_trim(n->title).size)
        return err_set(err, ERR_INPUT, "通知要有标题。");
    if (n->link.size && (n->link.at[0] != '/' || text_starts(n->link, TEXT("//"))))
        return err_set(err, ERR_INPUT, "通知里的链接要以 / 开头，写的是“%.*s”。", TEXT_ARG(n->link));
    const struct text role = n->to ? text_of(NO_ROLE) : text_of(role_info(n->role)->id);
    const struct text kind = n->to ? text_of(NO_ROLE) : place_word(n->place.kind), name = n->to ? text_of(NO_ROLE) : n->place.name;
    return db_run(session, Q_NOTICE_ADD,
                  DB_VALUES(db_text(county), db_int(n->to), db_text(role), db_text(kind), db_text(name), db_text(text_of(n->kind)),
                            db_text(n->title), db_text(n->text), db_text(n->link), db_int(n->due), db_int(n->by.account), db_text(n->by.who),
                            db_int(now)),
                  err) &&
           app_mail_put(session, county, n, now, err);
}

enum { MOST = 60 };   /* as the query says */

static bool read_all(struct db_session *session, struct text county, const struct actor *actor, struct arena *mem, struct notice_line *out,
                     size_t *n_out, struct err *err)
{
    struct db_rows rows;
    *n_out = 0;
    if (!db_select(session, Q_NOTICE_OF,
                   DB_VALUES(db_int(actor->account), db_text(county), db_text(text_of(role_info(actor->role)->id)),
                             db_text(place_word(actor->place.kind)), db_text(actor->place.name)),
                   &rows, err))
        return false;
    while (db_next(&rows))
        if (*n_out < MOST)
            out[(*n_out)++] = (struct notice_line){
                .id = db_get_int(&rows, 0), .kind = db_get_text(&rows, 1, mem), .title = db_get_text(&rows, 2, mem),
                .text = db_get_text(&rows, 3, mem), .link = db_get_text(&rows, 4, mem), .due = db_get_int(&rows, 5),
                .by = { db_get_int(&rows, 6), db_get_text(&rows, 7, mem), db_get_int(&rows, 8) }, .read_at = db_get_int(&rows, 9) };
    return db_done(&rows, err);
}

bool app_notices(struct house *house, const struct actor *actor, struct arena *mem, struct notice_line **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    *n_out = 0;
    *out = arena_array(mem, MOST, struct notice_line);
    if (!actor->account)
        return true;   /* the console has no inbox */
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = read_all(session, house_county(house), actor, mem, *out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_notice_read(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t now, struct arena *mem,
                     struct err *err)
{
    struct notice_line *const list = arena_array(mem, MOST, struct notice_line);
    size_t n;
    bool found = id == 0;
    if (!read_all(session, house_county(house), actor, mem, list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (id && list[i].id != id)
            continue;
        found = true;
        if (!list[i].read_at && !db_run(session, Q_NOTICE_MARK, DB_VALUES(db_text(house_county(house)), db_int(actor->account), db_int(list[i].id), db_int(now)), err))
            return false;
    }
    return found || err_set(err, ERR_ABSENT, "您没有这条通知。");
}
