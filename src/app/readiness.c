#include "app/readiness.h"

#include "app/judgement.h"
#include "base/day.h"
#include "store/collection_store.h"
#include "store/evidence_store.h"
#include "store/report_store.h"

static const struct text REPORT_OF_COUNTY = { "county", 6 };

static bool sees_county(const struct actor *actor, struct err *err)
{
    if (!actor_may(actor, MAY_SEE, err))
        return false;
    return actor_covers_county(actor) || err_set(err, ERR_DENIED, "申报条件是全县的，只给看全县的人看。");
}

/* ---- facts -------------------------------------------------------------------------------- */

static void put_lacking(const struct snapshot *s, int year, struct arena *mem, struct readiness_facts *out)
{
    struct text *const names = arena_array(mem, s->n_lacking + 1, struct text);
    for (size_t i = 0; i < s->n_lacking; i++)
        if (s->lacking[i].year == year)
            names[out->n_lacking++] = s->lacking[i].name.size ? s->lacking[i].name : s->lacking[i].code;
    out->lacking = names;
}

static bool put_collection(struct db_session *session, struct text county, int year, struct arena *mem, struct readiness_facts *out, struct err *err)
{
    struct collection_record record;
    if (!store_collection(session, county, year, mem, &record, &out->collected, err))
        return false;
    out->locked = out->collected && record.locked_at;
    if (out->locked)
        out->locked_words = text_printf(mem, "%.*s %.*s", TEXT_ARG(record.locked_by), TEXT_ARG(day_shown(record.locked_at, mem)));
    return true;
}

/* Every indicator in force that a person judges, each once. */
static bool put_judged(struct db_session *session, const struct snapshot *s, int year, struct arena *mem, struct readiness_facts *out, struct err *err)
{
    struct judgement *list;
    size_t n;
    if (!store_judgements(session, s->county_code, year, mem, &list, &n, err))
        return false;
    const struct edition *const e = s->edition;
    struct readiness_judged *const judged = arena_array(mem, e->n_rules + 1, struct readiness_judged);
    for (size_t i = 0; i < e->n_rules; i++) {
        const struct rule *const rule = &e->rules[i];
        bool seen = rule->judged == NO_ITEM || rule->off || rule->kind == RULE_SHOWN;
        for (size_t k = 0; k < out->n_judged && !seen; k++)
            seen = text_equal(judged[k].indicator, rule->plain);
        if (seen)
            continue;
        const struct judgement_now now = judgement_now(list, n, rule->plain, (struct place){ .kind = PLACE_COUNTY });
        judged[out->n_judged++] = (struct readiness_judged){ rule->plain, now.confirmed && !now.waiting, now.waiting != NULL };
    }
    out->judged = judged;
    return true;
}

/* The latest frozen assessment of the year, and whether its figures or the office's words changed since. */
static bool put_frozen(struct db_session *session, const struct snapshot *s, int year, struct arena *mem, struct readiness_facts *out, struct err *err)
{
    struct frozen *list;
    struct section_words *words;
    size_t n, n_words;
    if (!store_frozen_list(session, s->county_code, mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n && !out->frozen; i++) {
        if (list[i].year != year)
            continue;
        out->frozen = true;
        out->frozen_words = text_printf(mem, "%.*s %.*s，第 %lld 版数据", TEXT_ARG(list[i].stamp.who), TEXT_ARG(day_shown(list[i].stamp.at, mem)),
                                        (long long)list[i].data_version);
        if (!store_year_changed_since(session, s->county_code, year, list[i].data_version, &out->frozen_stale, err) ||
            !store_report_words(session, s->county_code, year, REPORT_OF_COUNTY, mem, &words, &n_words, err))
            return false;
        for (size_t w = 0; w < n_words; w++)
            out->frozen_stale |= words[w].stamp.at > list[i].stamp.at;
    }
    return true;
}

static bool read_facts(struct db_session *session, const struct snapshot *s, size_t year, struct arena *mem, struct readiness_facts *out, struct err *err)
{
    const int of = s->years[year];
    *out = (struct readiness_facts){ 0 };
    put_lacking(s, of, mem, out);
    return put_collection(session, s->county_code, of, mem, out, err) && put_judged(session, s, of, mem, out, err) &&
           put_frozen(session, s, of, mem, out, err);
}

bool app_readiness_facts(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, struct arena *mem,
                         struct readiness_facts *out, struct err *err)
{
    struct db_session *session;
    if (!sees_county(actor, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = read_facts(session, snapshot, year, mem, out, err);
    db_read_end(&session);
    return ok;
}

bool app_readiness(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, bool english, int64_t now,
                   struct arena *mem, const struct readiness **out, struct err *err)
{
    struct readiness_facts facts;
    if (year >= snapshot->n_years)
        return err_set(err, ERR_ABSENT, "这个学年还没有数据。");
    if (!app_readiness_facts(house, snapshot, actor, year, mem, &facts, err))
        return false;
    const struct composing c = { .mem = mem, .assessment = snapshot->assessment, .needs = snapshot->needs, .year = year, .english = english };
    *out = compose_readiness(&c, &facts, plan_usual(), prices_usual(), day_of(now));
    return true;
}

/* ---- what waits --------------------------------------------------------------------------- */

bool app_report_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now,
                        struct waiting_list *into, struct err *err)
{
    (void)now; /* freezing has no day by which it must be done */
    if (!(actor->permissions & MAY_FREEZE) || !actor_covers_county(actor))
        return true;
    for (size_t y = 0; y < snapshot->n_years; y++) {
        struct readiness_facts facts;
        if (!app_readiness_facts(house, snapshot, actor, y, into->mem, &facts, err))
            return false;
        if (facts.frozen ? !facts.frozen_stale : !facts.locked)
            continue;
        waiting_add(into, &(struct waiting){
            .whose = WAITING_FOR_ME, .link = text_printf(into->mem, "/frozen?year=%d", snapshot->years[y]), .button = TEXT("归档"),
            .why = text_printf(into->mem, "您是%s。", role_info(actor->role)->zh),
            .what = facts.frozen ? text_printf(into->mem, "%d学年的自评报告归档之后，数据或文字有改动，等您重新归档。", snapshot->years[y])
                                 : text_printf(into->mem, "%d学年的数据已经锁定，自评报告等您归档。", snapshot->years[y]) });
    }
    return true;
}
