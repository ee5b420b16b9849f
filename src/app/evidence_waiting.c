/* What waits for a person among proofs, judgements and registers. */
#include "app/evidence.h"
#include "app/judgement.h"
#include "app/register.h"
#include "store/evidence_store.h"

#include <stdlib.h>

static struct text named(const struct edition *edition, struct text indicator, struct arena *mem)
{
    const struct text asks = judgement_asks(edition, indicator);
    return asks.size ? text_printf(mem, "%.*s %.*s", TEXT_ARG(indicator), TEXT_ARG(asks)) : indicator;
}

/* ---- judgements for a second person ------------------------------------------------------- */

/* A year being collected of which there are no figures yet has addresses of its own. */
static const char *year_word(const struct snapshot *s, int year)
{
    return snapshot_year(s, year) < s->n_years ? "year" : "for";
}

static struct text box_path(const struct snapshot *s, const struct judgement *j, struct arena *mem)
{
    const bool of_county = text_equal(j->place_kind, place_word(PLACE_COUNTY));
    return text_printf(mem, "/evidence/%.*s?%s=%d%s%.*s%s%.*s#judgement", TEXT_ARG(j->indicator), year_word(s, j->year), j->year, of_county ? "" : "&unit=",
                       TEXT_ARG(of_county ? TEXT("") : j->place_kind), of_county ? "" : ":", TEXT_ARG(j->place_name));
}

static void add_judgement(const struct snapshot *s, const struct actor *actor, const struct judgement *j, struct waiting_list *into)
{
    struct arena *const mem = into->mem;
    const bool own = j->first.account == actor->account;
    struct place unit = { PLACE_COUNTY, TEXT("") };
    if (own ? !(actor->permissions & MAY_JUDGE) : !(actor->permissions & MAY_SECOND))
        return;
    if (!place_of_words(j->place_kind, j->place_name, &unit))
        return;
    const struct text of = unit.kind == PLACE_COUNTY ? TEXT("") : text_printf(mem, "，%.*s", TEXT_ARG(evidence_place_shown(s, unit, mem)));
    waiting_add(into, &(struct waiting){
        .whose = own ? WAITING_FOR_OTHERS : WAITING_FOR_ME,
        .what = own ? text_printf(mem, "%d学年 %.*s%.*s：您的评判等另一个人复核", j->year, TEXT_ARG(named(s->edition, j->indicator, mem)), TEXT_ARG(of))
                    : text_printf(mem, "%d学年 %.*s%.*s：%.*s的评判等您复核", j->year, TEXT_ARG(named(s->edition, j->indicator, mem)), TEXT_ARG(of),
                                  TEXT_ARG(j->first.who)),
        .why = own ? TEXT("") : TEXT("评判要由另一个人复核"),
        .link = box_path(s, j, mem), .button = own ? TEXT("查看") : TEXT("复核"), .since = j->first.at });
}

static void add_refused(const struct snapshot *s, const struct actor *actor, const struct judgement *list, size_t n, struct waiting_list *into)
{
    struct arena *const mem = into->mem;
    for (size_t i = 0; i < n; i++) {
        struct place unit;
        if (list[i].state != JUDGEMENT_REFUSED || list[i].first.account != actor->account || !place_of_words(list[i].place_kind, list[i].place_name, &unit) ||
            judgement_now(list, n, list[i].indicator, unit).refused != &list[i])
            continue;
        waiting_add(into, &(struct waiting){
            .whose = WAITING_FOR_ME, .what = text_printf(mem, "%d学年 %.*s：您的评判退了回来", list[i].year, TEXT_ARG(named(s->edition, list[i].indicator, mem))),
            .why = TEXT("评判是您作的"),
            .came_back = text_printf(mem, "%.*s：%.*s", TEXT_ARG(list[i].second.who), TEXT_ARG(list[i].second_reason)),
            .link = box_path(s, &list[i], mem), .button = TEXT("再评"), .since = list[i].second.at });
    }
}

static bool add_judgements(struct house *house, const struct snapshot *s, const struct actor *actor, int latest, struct waiting_list *into,
                           struct err *err)
{
    struct db_session *session;
    struct judgement *list;
    size_t n, n_years;
    int *years;
    if (!(actor->permissions & (MAY_JUDGE | MAY_SECOND)))
        return true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_judgement_years(session, house_county(house), into->mem, &years, &n_years, err);
    for (size_t y = 0; ok && y <= n_years; y++) {
        const int year = y < n_years ? years[y] : latest;
        ok = store_judgements(session, house_county(house), year, into->mem, &list, &n, err);
        for (size_t i = 0; ok && i < n && y < n_years; i++)
            if (list[i].state == JUDGEMENT_WAITING)
                add_judgement(s, actor, &list[i], into);
        if (ok && y == n_years)
            add_refused(s, actor, list, n, into);
    }
    db_read_end(&session);
    return ok;
}

/* ---- boxes that are empty ----------------------------------------------------------------- */

static bool add_boxes(struct house *house, const struct snapshot *s, const struct actor *actor, int year, struct waiting_list *into, struct err *err)
{
    const struct evidence_list *const asked = house_asked(house);
    struct evidence *list;
    size_t n, empty = 0, of = 0;
    /* A school's, a township's own boxes: the office's are on its page, where it sees everybody's. */
    if (!(actor->permissions & MAY_PROVE) || (actor->place.kind != PLACE_SCHOOL && actor->place.kind != PLACE_TOWNSHIP))
        return true;
    if (!app_evidence_of_year(house, s, actor, year, into->mem, &list, &n, err))
        return false;
    for (size_t a = 0; a < asked->n; a++) {
        const struct place unit = evidence_own_place(&asked->at[a], actor);
        bool there = unit.kind == PLACE_COUNTY;
        of += !there;
        for (size_t i = 0; i < n && !there; i++)
            there = !list[i].withdrawn_at && text_equal(list[i].asked, asked->at[a].id) && text_equal(list[i].place_kind, place_word(unit.kind)) &&
                    text_equal(list[i].place_name, unit.name);
        empty += !there;
    }
    if (empty)
        waiting_add(into, &(struct waiting){
            .whose = WAITING_FOR_ME, .what = text_printf(into->mem, "%d学年的佐证材料：%zu 类中还有 %zu 类没有上传", year, of, empty),
            .why = text_printf(into->mem, "您是%.*s的人", TEXT_ARG(evidence_place_shown(s, actor->place, into->mem))),
            .link = text_printf(into->mem, "/evidence?%s=%d&state=missing", year_word(s, year), year), .button = TEXT("上传") });
    return true;
}

/* ---- open cases --------------------------------------------------------------------------- */

static bool add_cases(struct house *house, const struct snapshot *s, const struct actor *actor, struct waiting_list *into, struct err *err)
{
    struct arena *const mem = into->mem;
    struct case_list cases;
    struct register_item *items;
    size_t n;
    if (!(actor->permissions & MAY_REGISTER) || !actor_covers_county(actor))
        return true;
    if (!app_cases(house, actor, mem, &cases, err))
        return false;
    register_items(s->edition, mem, &items, &n);
    for (size_t i = 0; i < cases.n; i++) {
        const struct register_case *const c = &cases.cases[i];
        bool counts = false;
        for (size_t k = 0; k < n; k++)
            counts |= items[k].effect == REGISTER_COUNTS && text_equal(items[k].id, c->item);
        if (c->closed.at || !counts)
            continue;
        const bool own = c->opened.account == actor->account;
        waiting_add(into, &(struct waiting){
            .whose = own ? WAITING_FOR_OTHERS : WAITING_FOR_ME,
            .what = text_printf(mem, "一票否决 %.*s：%.*s的一件还没有了结", TEXT_ARG(c->item), TEXT_ARG(c->place_shown)),
            .why = own ? TEXT("您登记的，要由另一个人了结") : TEXT("没有了结，全县就不能通过"),
            .link = text_printf(mem, "/registers#case-%.*s", TEXT_ARG(c->id)), .button = own ? TEXT("查看") : TEXT("了结"), .since = c->opened.at });
    }
    return true;
}

bool app_evidence_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now,
                          struct waiting_list *into, struct err *err)
{
    (void)now;
    if (!(actor->permissions & MAY_SEE))
        return true;
    int latest = snapshot->n_years ? snapshot->years[snapshot->n_years - 1] : 0;
    for (size_t i = 0; i < snapshot->n_lacking; i++)
        latest = snapshot->lacking[i].year > latest ? snapshot->lacking[i].year : latest;
    return add_judgements(house, snapshot, actor, latest, into, err) && (!latest || add_boxes(house, snapshot, actor, latest, into, err)) &&
           add_cases(house, snapshot, actor, into, err);
}
