/* The duty that sends what is due. */
#include "app/mail_inside.h"

#include "app/smtp.h"
#include "app/upkeep.h"
#include "base/day.h"
#include "store/county_store.h"

#include <time.h>

enum { BATCH = 50, SECONDS = 20, TOO_OLD = 7 * DAY_SECONDS, KEPT = 90 * DAY_SECONDS };

int64_t mail_wait(int tries)
{
    static const int MINUTES[MAIL_TRIES] = { 1, 2, 5, 15, 30, 60, 120, 240, 480, 960 };
    return 60 * (int64_t)MINUTES[tries < 1 ? 0 : tries > MAIL_TRIES ? MAIL_TRIES - 1 : tries - 1];
}

struct text mail_letter(const struct mail_settings *s, const struct letter *l, struct text county, int64_t now, struct arena *mem)
{
    struct mail_message message = { .to = l->address, .subject = l->title, .at = now };
    struct buf body = { .mem = mem };
    if (!mail_from_read(s->from, &message.from))
        message.from = (struct mail_from){ TEXT(""), TEXT("") };
    if (l->shown.size)
        buf_printf(&body, "%.*s，您好：\n\n", TEXT_ARG(l->shown));
    buf_printf(&body, "%.*s\n", TEXT_ARG(l->title));
    if (l->body.size)
        buf_printf(&body, "%.*s\n", TEXT_ARG(l->body));
    if (l->link.size)
        buf_printf(&body, "\n打开：%.*s%.*s\n", TEXT_ARG(s->site), TEXT_ARG(l->link));
    buf_printf(&body, "\n-- \n%.*s义务教育优质均衡管理系统自动寄出，请不要回复。\n不想再收到这样的邮件，请在系统的“账号”页关掉：%.*s/account\n", TEXT_ARG(county),
               TEXT_ARG(s->site));
    message.body = buf_text(&body);
    message.id = text_printf(mem, "jh-%lld-%lld", (long long)l->id, (long long)l->made_at);
    return mail_message_made(&message, mem);
}

/* ---- what is due -------------------------------------------------------------------------- */

struct sending {
    struct house *house;
    struct arena *mem;
    int64_t now;
    struct text county_name;
    struct letter *letters;
    size_t n, sent, given_up;
    bool allowed, old;             /* old: something is to be forgotten */
};

static bool read_due(struct db_session *session, struct sending *s, struct err *err)
{
    struct db_rows rows;
    struct county_record county;
    const struct text code = house_county(s->house);
    if (!store_county(session, s->mem, &county, err) || !mail_allowed(session, err, &s->allowed) ||
        !db_select(session, Q_MAIL_OLD, DB_VALUES(db_text(code), db_int(s->now - KEPT)), &rows, err))
        return false;
    s->county_name = county.name;
    while (db_next(&rows))
        s->old = db_get_int(&rows, 0) > 0;
    if (!db_done(&rows, err) || !db_select(session, Q_MAIL_DUE, DB_VALUES(db_text(code), db_int(s->now), db_int(BATCH)), &rows, err))
        return false;
    while (db_next(&rows))
        if (s->n < BATCH)
            s->letters[s->n++] = (struct letter){
                .id = db_get_int(&rows, 0), .account = db_get_int(&rows, 1), .address = db_get_text(&rows, 2, s->mem),
                .title = db_get_text(&rows, 3, s->mem), .body = db_get_text(&rows, 4, s->mem), .link = db_get_text(&rows, 5, s->mem),
                .made_at = db_get_int(&rows, 6), .tries = (int)db_get_int(&rows, 7), .shown = db_get_text(&rows, 8, s->mem) };
    return db_done(&rows, err);
}

static bool look(struct sending *s, struct err *err)
{
    struct db_session *session = NULL;
    s->letters = arena_array(s->mem, BATCH, struct letter);
    const bool ok = db_read_begin(house_db(s->house), &session, err) && read_due(session, s, err);
    db_read_end(&session);
    return ok;
}

/* ---- what became of it -------------------------------------------------------------------- */

struct outcome { struct sending *s; const struct letter *from, *to; const char *state; struct text fault; };   /* of all from … to */

static bool write_outcome(void *context, struct db_session *session, struct err *err)
{
    const struct outcome *const o = context;
    for (const struct letter *l = o->from; l < o->to; l++) {
        const bool over = l->tries + 1 >= MAIL_TRIES && strcmp(o->state, "waiting") == 0;
        if (!db_run(session, Q_MAIL_TRIED,
                    DB_VALUES(db_text(over ? TEXT("given_up") : text_of(o->state)), db_int(o->s->now + mail_wait(l->tries + 1)), db_int(o->s->now),
                              db_text(o->fault), db_text(house_county(o->s->house)), db_int(l->id)), err))
            return false;
        o->s->given_up += over || strcmp(o->state, "given_up") == 0;
    }
    return true;
}

static bool note(struct sending *s, const struct letter *from, const struct letter *to, const char *state, struct text fault, struct err *err)
{
    struct outcome o = { s, from, to, state, fault };
    return db_write(house_db(s->house), write_outcome, &o, err);   /* no figure changes */
}

static struct text said(const struct err *err, struct arena *mem)
{
    return text_printf(mem, "%s%s%s%s%s", err->what, err->hint, err->detail[0] ? "（" : "", err->detail, err->detail[0] ? "）" : "");
}

static bool stopping(const void *house)
{
    return upkeep_ending(house);
}

static time_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* The first fault of the server ends the round: the others would meet it too. */
static bool send_all(struct sending *s, struct smtp *smtp, struct text from, struct err *err)
{
    const time_t begun = seconds();
    const struct letter *const end = s->letters + s->n;
    for (const struct letter *l = s->letters; l < end; l++) {
        struct err fault = { .kind = ERR_NONE };
        if (stopping(s->house) || seconds() - begun > SECONDS) {
            house_poke(s->house);
            return true;
        }
        if (l->made_at < s->now - TOO_OLD) {
            if (!note(s, l, l + 1, "given_up", TEXT("等了一个星期也没有寄出，已经过时。"), err))
                return false;
            continue;
        }
        const enum smtp_fate fate = smtp_send(smtp, from, l->address, mail_letter(house_mail(s->house), l, s->county_name, s->now, s->mem), &fault);
        if (fate == SMTP_DOWN && stopping(s->house))
            return true;   /* it was told to: no try was made */
        if (!note(s, l, fate == SMTP_DOWN ? end : l + 1, fate == SMTP_SENT ? "sent" : fate == SMTP_REFUSED ? "given_up" : "waiting",
                  fate == SMTP_SENT ? TEXT("") : said(&fault, s->mem), err))
            return false;
        s->sent += fate == SMTP_SENT;
        if (fate == SMTP_DOWN) {
            *err = fault;
            return false;
        }
    }
    if (s->n == BATCH)
        house_poke(s->house);
    return true;
}

static bool forget_old(void *context, struct db_session *session, struct err *err)
{
    const struct sending *const s = context;
    return db_run(session, Q_MAIL_FORGET, DB_VALUES(db_text(house_county(s->house)), db_int(s->now - KEPT)), err);
}

bool app_mail_send(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err)
{
    const struct mail_settings *const settings = house_mail(house);
    struct sending s = { .house = house, .mem = mem, .now = now };
    struct mail_from from;
    struct smtp *smtp = NULL;
    if (!look(&s, err) || (s.old && !db_write(house_db(house), forget_old, &s, err)))
        return false;
    if (!s.n || !s.allowed || !settings || !mail_from_read(settings->from, &from))
        return true;
    const bool ok = smtp_open(&(struct smtp_server){ settings->url, settings->user, settings->password }, stopping, house, mem, &smtp, err) &&
                    send_all(&s, smtp, from.address, err);
    smtp_close(&smtp);
    if (s.sent || s.given_up)
        *done_out = s.given_up ? text_printf(mem, "寄出 %zu 封邮件，%zu 封不再寄", s.sent, s.given_up) : text_printf(mem, "寄出 %zu 封邮件", s.sent);
    return ok;
}
