#include "app/calendar.h"

#include "app/access_inside.h"
#include "app/audit.h"
#include "base/day.h"
#include "store/grant_store.h"
#include "store/plan_store.h"

enum { MOST = 500, PAST_DAYS = 30, FOLD = 75 };

/* ---- lines -------------------------------------------------------------------------------- */

static void put_line(struct buf *out, struct text line)
{
    size_t at = 0, width = 0;
    while (at < line.size) {
        /* A character whole. */
        size_t wide = 1;
        while (at + wide < line.size && ((unsigned char)line.at[at + wide] & 0xC0) == 0x80)
            wide++;
        if (width + wide > FOLD) {
            buf_add(out, TEXT("\r\n "));
            width = 1;
        }
        buf_add(out, (struct text){ line.at + at, wide });
        width += wide;
        at += wide;
    }
    buf_add(out, TEXT("\r\n"));
}

static void put(struct buf *out, const char *name, struct text value)
{
    struct buf line = { .mem = out->mem };
    buf_printf(&line, "%s:%.*s", name, TEXT_ARG(value));
    put_line(out, buf_text(&line));
}

/* A text value: \ ; , and line ends are escaped, other control characters left out. */
static void put_text(struct buf *out, const char *name, struct text value)
{
    struct buf escaped = { .mem = out->mem };
    for (size_t i = 0; i < value.size; i++) {
        const char c = value.at[i];
        if (c == '\n')
            buf_add(&escaped, TEXT("\\n"));
        else if (c == '\\' || c == ';' || c == ',')
            buf_printf(&escaped, "\\%c", c);
        else if ((unsigned char)c >= ' ' && c != 0x7f)
            buf_byte(&escaped, c);
    }
    put(out, name, buf_text(&escaped));
}

void calendar_begin(struct buf *out, struct text name)
{
    put(out, "BEGIN", TEXT("VCALENDAR"));
    put(out, "VERSION", TEXT("2.0"));
    put(out, "PRODID", TEXT("-//Junheng//Tasks//ZH"));
    put(out, "CALSCALE", TEXT("GREGORIAN"));
    put(out, "METHOD", TEXT("PUBLISH"));
    put_text(out, "X-WR-CALNAME", name);
    put(out, "REFRESH-INTERVAL;VALUE=DURATION", TEXT("PT6H"));
}

static struct text compact(struct day day, struct arena *mem)
{
    return text_printf(mem, "%04d%02d%02d", day.year, day.month, day.day);
}

void calendar_event(struct buf *out, const struct calendar_event *event)
{
    struct day day;
    if (!day_read(event->day, &day))
        return;
    const struct day stamp = day_of(event->stamp - 8 * 3600), next = day_of(day_begins(day) + DAY_SECONDS);
    const int64_t second = ((event->stamp % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
    const struct text clock = text_printf(out->mem, "T%02d%02d%02dZ", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    put(out, "BEGIN", TEXT("VEVENT"));
    put(out, "UID", event->uid);
    put(out, "DTSTAMP", text_printf(out->mem, "%.*s%.*s", TEXT_ARG(compact(stamp, out->mem)), TEXT_ARG(clock)));
    put(out, "DTSTART;VALUE=DATE", compact(day, out->mem));
    put(out, "DTEND;VALUE=DATE", compact(next, out->mem));
    put(out, "SEQUENCE", text_printf(out->mem, "%lld", (long long)event->sequence));
    put_text(out, "SUMMARY", event->summary);
    put_text(out, "DESCRIPTION", event->description);
    put(out, "URL", event->url);
    put(out, "TRANSP", TEXT("TRANSPARENT"));
    put(out, "STATUS", event->status);
    put(out, "END", TEXT("VEVENT"));
}

void calendar_end(struct buf *out)
{
    put(out, "END", TEXT("VCALENDAR"));
}

/* ---- tasks -------------------------------------------------------------------------------- */

bool app_calendar(struct house *house, const struct actor *actor, struct text here, int64_t now, struct arena *mem, struct text *ics_out, struct err *err)
{
    const struct task_filter filter = { .open = 1, .due_from = day_shown(now - INT64_C(1) * PAST_DAYS * DAY_SECONDS, mem) };
    struct buf out = { .mem = mem };
    struct task_view *tasks;
    size_t n;
    if (!app_tasks(house, NULL, actor, &filter, true, TASK_BY_DUE, 0, MOST, now, mem, &tasks, &n, err))
        return false;
    calendar_begin(&out, TEXT("均衡：我的任务"));
    for (size_t i = 0; i < n; i++) {
        const struct task *const t = &tasks[i].task;
        if (!t->due.size)
            continue;
        const struct calendar_event event = {
            .uid = text_printf(mem, "task-%lld@%.*s.junheng", (long long)t->id, TEXT_ARG(house_county(house))), .summary = t->title, .day = t->due,
            .description = text_printf(mem, "%.*s：%.*s", TEXT_ARG(task_kind_zh(t->kind)), TEXT_ARG(task_state_zh(tasks[i].way, tasks[i].state))),
            .url = text_printf(mem, "%.*s%.*s", TEXT_ARG(here), TEXT_ARG(task_path(t->id, mem))), .status = TEXT("CONFIRMED"), .stamp = t->changed_at,
            .sequence = t->changed_at - t->issued.at };
        calendar_event(&out, &event);
    }
    calendar_end(&out);
    *ics_out = buf_text(&out);
    return true;
}

/* ---- links -------------------------------------------------------------------------------- */

bool app_calendar_links(struct house *house, const struct actor *actor, int64_t *n_out, int64_t *made_out, struct err *err)
{
    struct db_session *session;
    *n_out = *made_out = 0;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_calendar_links(session, house_county(house), actor->account, n_out, made_out, err);
    db_read_end(&session);
    return ok;
}

bool app_calendar_link(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct arena *mem,
                       char token_out[TOKEN_SIZE + 1], struct err *err)
{
    const struct calendar_link link = { actor->account, text_of(role_info(actor->role)->id), place_word(actor->place.kind), actor->place.name };
    if (!actor_may(actor, MAY_TALK, err))
        return false;
    if (!actor->account)
        return err_set(err, ERR_DENIED, "控制台没有自己的日历。");
    token_make(token_out);
    return store_calendar_links_end(session, house_county(house), actor->account, now, err) &&
           store_calendar_link_add(session, house_county(house), token_hash(text_of(token_out), mem), &link, now, err) &&
           audit_write(session, actor, "calendar.link", TEXT("on"), TEXT(""), now, err);
}

bool app_calendar_link_end(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct err *err)
{
    return store_calendar_links_end(session, house_county(house), actor->account, now, err) &&
           audit_write(session, actor, "calendar.link", TEXT("off"), TEXT(""), now, err);
}

static bool is_role(const struct calendar_link *link, struct text role, struct place_words place)
{
    return text_equal(link->role, role) && text_equal(link->place_kind, place.kind) && text_equal(link->place_name, place.name);
}

static bool find(struct db_session *session, struct text county, struct text token, int64_t now, struct arena *mem, struct actor *out, bool *found_out,
                 struct err *err)
{
    struct calendar_link link;
    struct account_record account;
    struct grant_record *grants;
    size_t n;
    bool found = false;
    *found_out = false;
    if (!store_calendar_link(session, county, token_hash(token, mem), mem, &link, &found, err) || !found)
        return !found && err->kind == ERR_NONE;
    if (!store_account_by_id(session, link.account, mem, &account, &found, err) || !store_grants(session, link.account, mem, &grants, &n, err))
        return false;
    if (!found || account.disabled_at)
        return true;
    bool stands = is_role(&link, account.role, account.place) && !account_over(&account, now);
    for (size_t i = 0; i < n && !stands; i++)
        stands = is_role(&link, grants[i].role, grants[i].place) && (!grants[i].valid_until || now < grants[i].valid_until);
    if (!stands)
        return true;
    account.role = link.role;
    account.place = (struct place_words){ link.place_kind, link.place_name };
    *out = actor_of_account(&account, CHANNEL_API, TEXT(""));
    *found_out = true;
    return true;
}

bool app_calendar_actor(struct house *house, struct text token, int64_t now, struct arena *mem, struct actor *out, struct err *err)
{
    struct db_session *session;
    bool found = false;
    *err = (struct err){ .kind = ERR_NONE };
    if (token.size == TOKEN_SIZE) {
        if (!db_read_begin(house_db(house), &session, err))
            return false;
        const bool ok = find(session, house_county(house), token, now, mem, out, &found, err);
        db_read_end(&session);
        if (!ok)
            return false;
    }
    if (found)
        return true;
    err_set(err, ERR_ABSENT, "这个日历链接不存在，或者已经停用。");
    return err_hint(err, "请在“任务 → 日历”页面另开一个。");
}
