/* Reminding (催报): a notice to everybody whose step is overdue, and a word in the talk of each return that is late. */
#include "app/audit.h"
#include "app/collection.h"
#include "app/entry.h"
#include "app/notice.h"
#include "base/day.h"

struct reminding {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    int year;
    int64_t now;
    struct arena *mem;
    size_t put;
};

static const enum role WHOSE[N_RETURN_HANDS] = {
    [HAND_CLERK] = ROLE_clerk, [HAND_PRINCIPAL] = ROLE_principal, [HAND_CHECKER] = ROLE_township, [HAND_BUREAU] = ROLE_statistician,
};

/* Whoever takes the step for many schools hears of them once. */
static struct place place_of(const struct way *way)
{
    return way->next == HAND_CHECKER  ? (struct place){ PLACE_TOWNSHIP, way->record.township }
           : way->next == HAND_BUREAU ? (struct place){ PLACE_COUNTY, TEXT("") }
                                      : (struct place){ PLACE_SCHOOL, way->record.school };
}

static bool same_inbox(const struct way *a, const struct way *b)
{
    const struct place x = place_of(a), y = place_of(b);
    return a->next == b->next && x.kind == y.kind && text_equal(x.name, y.name);
}

static bool remind(struct reminding *r, const struct way *way, size_t n, struct err *err)
{
    const bool many = way->next == HAND_CHECKER || way->next == HAND_BUREAU;
    const struct notice notice = {
        .role = WHOSE[way->next], .place = place_of(way), .kind = "remind", .due = way->due,
        .title = many ? text_printf(r->mem, "催报：%d学年有 %zu 所学校的填报逾期，等您%.*s", r->year, n, TEXT_ARG(return_step_zh(way->next == HAND_CHECKER ? STEP_CHECK : STEP_APPROVE)))
                      : text_printf(r->mem, "催报：%d学年的填报已经逾期，等您%.*s", r->year, TEXT_ARG(return_step_zh(way->next == HAND_CLERK ? STEP_SUBMIT : STEP_CONFIRM))),
        .text = many ? TEXT("") : way->record.name, .link = many ? text_printf(r->mem, "/returns?year=%d", r->year)
                                                                : text_printf(r->mem, "/returns/%.*s?year=%d", TEXT_ARG(way->record.school), r->year),
        .by = actor_stamp(r->actor, r->now),
    };
    r->put++;
    return app_notice_put(r->session, house_county(r->house), &notice, r->now, err);
}

static bool say(struct reminding *r, const struct way *way, struct err *err)
{
    const struct day due = day_of(way->due);
    const struct text words = text_printf(r->mem, "催报：%d月%d日截止，已经过期，请尽快办理（现在等%.*s）。", due.month, due.day, TEXT_ARG(return_hand_zh(way->next)));
    return app_entry_remark(r->house, r->session, r->actor, r->year, way->record.school, TEXT(""), words, r->now, err);
}

static bool remind_all(struct reminding *r, const struct collection_status *s, struct err *err)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct way *const way = &s->ways[i];
        size_t n = 0;
        bool told = false;
        if (!way->late || way->next >= HAND_LOCKER)
            continue;
        for (size_t k = 0; k < s->n; k++) {
            if (!s->ways[k].late || !same_inbox(way, &s->ways[k]))
                continue;
            told |= k < i;
            n++;
        }
        if (!say(r, way, err) || (!told && !remind(r, way, n, err)))
            return false;
    }
    return true;
}

bool app_collection_remind(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text township, int64_t now,
                           size_t *n_out, struct err *err)
{
    struct arena *mem = arena_new("remind");
    struct reminding r = { .house = house, .session = session, .actor = actor, .year = year, .now = now, .mem = mem };
    struct collection_status s;
    bool ok = actor_may(actor, MAY_YEAR, err) && app_collection_status(house, actor, year, now, mem, &s, err);
    if (ok && s.collection.locked_at)
        ok = err_set(err, ERR_CONFLICT, "%d学年已经锁定，不用催了。", year);
    if (ok && !s.late)
        ok = err_set(err, ERR_INPUT, "%d学年没有逾期的填报，不用催。", year);
    for (size_t i = 0; ok && township.size && i < s.n; i++)
        s.ways[i].late = s.ways[i].late && text_equal(s.ways[i].record.township, township);
    ok = ok && remind_all(&r, &s, err) &&
         audit_write(session, actor, "year.remind", text_printf(mem, "year/%d", year), text_printf(mem, "late=%zu notices=%zu", s.late, r.put), now, err);
    *n_out = r.put;
    arena_free(&mem);
    return ok;
}
