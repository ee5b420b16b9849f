/* Reminding (催报): a notice to everybody whose step is overdue, and a word in the talk of each return that is late. */
#include "app/audit.h"
#include "app/collection.h"
#include "app/confine.h"
#include "app/entry.h"
#include "app/notice.h"
#include "app/upkeep.h"
#include "base/day.h"
#include "store/unit_store.h"

struct reminding {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    int year;
    int64_t now;
    struct arena *mem;
    struct unit_row *units;
    size_t n_units, put;
    struct text today;
};
struct inbox { enum role role; struct place place; };

/* Whoever takes the step for many schools hears of them once.  A return is checked by the township or by the school district (学区):
 * each of them that there is hears of it, and whoever comes first checks. */
static size_t inboxes_of(const struct reminding *r, const struct way *way, struct inbox out[2])
{
    size_t n = 0;
    switch (way->next) {
    case HAND_CLERK: out[n++] = (struct inbox){ ROLE_clerk, { PLACE_SCHOOL, way->record.school } }; break;
    case HAND_PRINCIPAL: out[n++] = (struct inbox){ ROLE_principal, { PLACE_SCHOOL, way->record.school } }; break;
    case HAND_CHECKER: {
        const struct text district = school_district(r->units, r->n_units, way->record.school, r->today);
        if (way->record.township.size)
            out[n++] = (struct inbox){ ROLE_township, { PLACE_TOWNSHIP, way->record.township } };
        if (district.size)
            out[n++] = (struct inbox){ ROLE_district, { PLACE_DISTRICT, district } };
        break;
    }
    case HAND_BUREAU: out[n++] = (struct inbox){ ROLE_statistician, { PLACE_COUNTY, TEXT("") } }; break;
    case HAND_LOCKER:
    case HAND_CORRECTOR:
    case N_RETURN_HANDS: break;
    }
    return n;
}

static bool is_inbox_of(const struct reminding *r, const struct way *way, const struct inbox *inbox)
{
    struct inbox all[2];
    const size_t n = way->late ? inboxes_of(r, way, all) : 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].role == inbox->role && text_equal(all[i].place.name, inbox->place.name))
            return true;
    return false;
}

static bool remind(struct reminding *r, const struct way *way, const struct inbox *inbox, size_t n, struct err *err)
{
    const bool many = way->next == HAND_CHECKER || way->next == HAND_BUREAU;
    const struct notice notice = {
        .role = inbox->role, .place = inbox->place, .kind = "remind", .due = way->due,
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
        struct inbox all[2];
        const size_t n_inboxes = s->ways[i].late ? inboxes_of(r, &s->ways[i], all) : 0;
        if (n_inboxes && !say(r, &s->ways[i], err))
            return false;
        for (size_t b = 0; b < n_inboxes; b++) {
            size_t n = 0;
            bool told = false;
            for (size_t k = 0; k < s->n; k++) {
                const bool same = is_inbox_of(r, &s->ways[k], &all[b]);
                told |= same && k < i;
                n += same;
            }
            if (!told && !remind(r, &s->ways[i], &all[b], n, err))
                return false;
        }
    }
    return true;
}

bool app_collection_remind(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text township, int64_t now,
                           size_t *n_out, struct err *err)
{
    struct arena *mem = arena_new("remind");
    struct reminding r = { .house = house, .session = session, .actor = actor, .year = year, .now = now, .mem = mem, .today = day_shown(now, mem) };
    struct collection_status s;
    bool ok = actor_may(actor, MAY_YEAR, err) && app_collection_status(house, actor, year, now, mem, &s, err) &&
              store_units(session, house_county(house), mem, &r.units, &r.n_units, err);
    if (ok && s.collection.locked_at)
        ok = err_set(err, ERR_CONFLICT, "%d学年已经锁定，不用催了。", year);
    if (ok && !s.late)
        ok = err_set(err, ERR_INPUT, "%d学年没有逾期的填报，不用催。", year);
    for (size_t i = 0; ok && township.size && i < s.n; i++)
        s.ways[i].late = s.ways[i].late && text_equal(s.ways[i].record.township, township);
    ok = ok && remind_all(&r, &s, err) &&
         audit_write(session, actor, "year.remind", text_printf(mem, "year/%d", year), text_printf(mem, "late=%zu notices=%zu", s.late, r.put), now, err);
    *n_out = r.put;
    if (ok)
        house_poke(house);
    arena_free(&mem);
    return ok;
}
