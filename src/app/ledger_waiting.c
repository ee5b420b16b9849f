/* What of the ledger waits for a person (我的事): counted, each kind one line that leads to its list. */
#include "app/ledger_inside.h"

#include "base/day.h"

struct asking { struct house *house; struct db_session *session; const struct actor *actor; struct ledger_sight sight; struct text today; struct waiting_list *into; };

static bool count(const struct asking *a, const char *state, bool own, int64_t *out, struct err *err)
{
    struct ledger_filter filter = { .state = text_of(state) };
    struct ledger_sum total = { 0 };
    if (own) {
        filter.owner_kind = place_word(a->actor->place.kind);
        filter.owner_name = a->actor->place.name;
    }
    const bool ok = store_ledger_total(a->session, house_county(a->house), &filter, a->sight, a->today, &total, err);
    *out = total.n;
    return ok;
}

static bool add(const struct asking *a, const char *state, bool own, const char *what, const char *why, const char *button, struct err *err)
{
    int64_t n;
    struct arena *const mem = a->into->mem;
    const struct text owner = own ? text_printf(mem, "&owner=%.*s%%3A%.*s", TEXT_ARG(place_word(a->actor->place.kind)), TEXT_ARG(a->actor->place.name)) : TEXT("");
    if (!count(a, state, own, &n, err))
        return false;
    if (n)
        waiting_add(a->into, &(struct waiting){ .whose = WAITING_FOR_ME, .what = text_printf(mem, "缺口台账有 %lld 项%s", (long long)n, what),
                                                .why = text_of(why), .link = text_printf(mem, "/ledger?state=%s%.*s", state, TEXT_ARG(owner)),
                                                .button = text_of(button) });
    return true;
}

bool app_ledger_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct asking a = { .house = house, .actor = actor, .sight = ledger_sight_of(actor, into->mem), .today = day_shown(now, into->mem), .into = into };
    const bool county = actor->place.kind == PLACE_COUNTY, verifies = county && (actor->permissions & MAY_VERIFY),
               keeps = county && (actor->permissions & MAY_LEDGER), owns = !county && (actor->permissions & MAY_WORK);
    if (!verifies && !keeps && !owns)
        return true;
    if (!db_read_begin(house_db(house), &a.session, err))
        return false;
    const bool ok = (!verifies || add(&a, "to_verify", false, "报了完成，数据也已达标，等到现场核验。", "核验销号要由报完成以外的人到现场。", "去核验", err)) &&
                    (!keeps || add(&a, "found", false, "还没有列入计划：项目、经费、责任单位、时限。", "您编制台账。", "编制", err)) &&
                    (!owns || (add(&a, "fallen", true, "销号以后又不达标，已经重新打开。", "您的单位是责任单位。", "去看", err) &&
                               add(&a, "overdue", true, "超过时限还没有了结。", "您的单位是责任单位。", "去看", err) &&
                               add(&a, "to_claim", true, "数据已达标，等您报完成。", "您的单位是责任单位。", "报完成", err)));
    db_read_end(&a.session);
    return ok;
}
