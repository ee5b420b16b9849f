#include "app/judgement.h"

#include "app/audit.h"
#include "app/evidence.h"
#include "app/evidence_inside.h"
#include "store/evidence_store.h"
#include "store/returns_store.h"

static const char *const VERDICTS[N_JUDGED] = { "符合", "不符合", "尚不能判" };

uint16_t judgement_item(const struct edition *edition, struct text indicator)
{
    for (size_t i = 0; i < edition->n_rules; i++)
        if (edition->rules[i].judged != NO_ITEM && text_equal(edition->rules[i].plain, indicator))
            return edition->rules[i].judged;
    return NO_ITEM;
}

struct text judgement_asks(const struct edition *edition, struct text indicator)
{
    const uint16_t item = judgement_item(edition, indicator);
    return item == NO_ITEM ? TEXT("") : edition->items.at[item].zh;
}

/* ---- the first person --------------------------------------------------------------------- */

static bool schools_are_asked(const struct house *house, struct text indicator)
{
    const struct evidence_list *const asked = house_asked(house);
    for (size_t i = 0; i < asked->n; i++)
        if (asked->at[i].who == EVIDENCE_SCHOOL && text_equal(asked->at[i].indicator, indicator))
            return true;
    return false;
}

static bool can_be_judged(const struct house *house, const struct snapshot *s, const struct judgement_wish *wish, struct err *err)
{
    const bool of_school = wish->unit.kind == PLACE_SCHOOL && schools_are_asked(house, wish->indicator);
    if (judgement_item(house_edition(house), wish->indicator) == NO_ITEM || (wish->unit.kind != PLACE_COUNTY && !of_school))
        return err_set(err, ERR_ABSENT, "%.*s 不由人评判。", TEXT_ARG(wish->indicator));
    if (s->n_years && (wish->year < s->years[0] || wish->year > s->years[s->n_years - 1] + 1))
        return err_set(err, ERR_ABSENT, "没有 %d学年。", wish->year);
    return true;
}

bool app_judge(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
               const struct judgement_wish *wish, int64_t now, struct arena *mem, struct text *id_out, struct err *err)
{
    const struct text said = text_trim(wish->reason);
    if (!actor_may(actor, MAY_JUDGE, err) || !can_be_judged(house, snapshot, wish, err) || !evidence_reason_right(said, "评判的理由", err))
        return false;
    const struct judgement judgement = {
        .id = evidence_new_id(mem), .year = wish->year, .indicator = wish->indicator, .place_kind = place_word(wish->unit.kind),
        .place_name = wish->unit.name, .verdict = wish->verdict, .reason = said, .first = actor_stamp(actor, now),
    };
    *id_out = judgement.id;
    return store_judgement_add(session, house_county(house), &judgement, err) &&
           audit_write(session, actor, "judgement.make", judgement.id,
                       text_printf(mem, "%d/%.*s/%.*s:%.*s verdict=%.*s", wish->year, TEXT_ARG(wish->indicator), TEXT_ARG(judgement.place_kind),
                                   TEXT_ARG(wish->unit.name), TEXT_ARG(verdict_word(wish->verdict))),
                       now, err);
}

bool app_judgement_take_back(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                             struct arena *mem, struct err *err)
{
    struct judgement j;
    if (!actor_may(actor, MAY_JUDGE, err) || !store_judgement(session, house_county(house), id, mem, &j, err))
        return false;
    if (j.first.account != actor->account) {
        err_set(err, ERR_DENIED, "这个评判是%.*s作的，只能由本人收回。", TEXT_ARG(j.first.who));
        return err_hint(err, "不同意的，请复核时退回并写明理由。");
    }
    j.state = JUDGEMENT_WITHDRAWN;
    j.second = actor_stamp(actor, now);
    return store_judgement_end(session, house_county(house), &j, err) && audit_write(session, actor, "judgement.take_back", id, TEXT(""), now, err);
}

/* ---- the second person -------------------------------------------------------------------- */

static bool is_another(const struct judgement *j, const struct actor *actor, struct err *err)
{
    if (j->first.account != actor->account)
        return true;
    err_set(err, ERR_DENIED, "这个评判是您自己作的，要由另一个人复核。");
    return err_hint(err, "请另一位督导或办公室的同事复核；改主意的，可以先收回。");
}

/* The verdict as the item has it; a verdict of not yet takes the figure away. */
static double figure_of(const struct item *item, enum judgement_verdict verdict)
{
    for (size_t i = 0; i < item->n_values && verdict != JUDGED_OPEN; i++)
        if (text_equal(item->values[i].code, verdict_word(verdict)))
            return (double)(i + 1);
    return BLANK;
}

/* 「李明评为符合：……；复核：王敏」: the lineage names both. */
static struct text both_named(const struct judgement *j, struct arena *mem)
{
    return text_printf(mem, "%.*s评为“%s”，理由：%.*s。复核：%.*s%s%.*s", TEXT_ARG(j->first.who), VERDICTS[j->verdict], TEXT_ARG(j->reason),
                       TEXT_ARG(j->second.who), j->second_reason.size ? "，" : "", TEXT_ARG(j->second_reason));
}

static bool write_figure(struct house *house, struct db_session *session, const struct judgement *j, struct arena *mem, int64_t *version_out,
                         struct err *err)
{
    const struct text county = house_county(house), itself = TEXT("");
    const struct item_list *const items = &house_edition(house)->items;
    const uint16_t item = judgement_item(house_edition(house), j->indicator);
    const struct figure_record figure = { .year = j->year, .school = itself, .item = item, .number = figure_of(&items->at[item], j->verdict), .text = itself };
    const struct change_record change = { .kind = CHANGE_JUDGEMENT, .stamp = j->second, .reason = both_named(j, mem) };
    return store_change_begin(session, county, &change, version_out, err) &&
           store_return_put(session, county, *version_out, j->year, itself, 0, 0, err) &&
           store_figure_put(session, county, items, *version_out, &figure, err);
}

bool app_judgement_second(struct house *house, struct db_session *session, const struct actor *actor, struct text id, bool agree,
                          struct text reason, int64_t now, struct arena *mem, int64_t *version_out, struct err *err)
{
    struct judgement j;
    *version_out = 0;
    if (!store_judgement(session, house_county(house), id, mem, &j, err) || !is_another(&j, actor, err) || !actor_may(actor, MAY_SECOND, err))
        return false;
    j.second = actor_stamp(actor, now);
    j.second_reason = text_trim(reason);
    j.state = agree ? JUDGEMENT_CONFIRMED : JUDGEMENT_REFUSED;
    if ((!agree || j.second_reason.size) && !evidence_reason_right(j.second_reason, agree ? "复核的意见" : "退回的理由", err))
        return false;
    const bool of_county = text_equal(j.place_kind, place_word(PLACE_COUNTY));
    if (agree && of_county && judgement_item(house_edition(house), j.indicator) == NO_ITEM)
        return err_set(err, ERR_ABSENT, "现在的标准里 %.*s 不由人评判。", TEXT_ARG(j.indicator));
    if (agree && of_county && !write_figure(house, session, &j, mem, version_out, err))
        return false;
    j.version = *version_out;
    return store_judgement_end(session, house_county(house), &j, err) &&
           audit_write(session, actor, agree ? "judgement.confirm" : "judgement.refuse", id,
                       text_printf(mem, "verdict=%.*s version=%lld", TEXT_ARG(verdict_word(j.verdict)), (long long)*version_out), now, err);
}

/* ---- looking ------------------------------------------------------------------------------ */

bool app_judgements(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                    struct judgement **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    size_t kept = 0;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_judgements(session, house_county(house), year, mem, out, n_out, err);
    db_read_end(&session);
    for (size_t i = 0; ok && i < *n_out; i++) {
        struct place unit;
        if (place_of_words((*out)[i].place_kind, (*out)[i].place_name, &unit) && evidence_visible(snapshot, actor, unit))
            (*out)[kept++] = (*out)[i];
    }
    *n_out = kept;
    return ok;
}

struct judgement_now judgement_now(const struct judgement *list, size_t n, struct text indicator, struct place unit)
{
    struct judgement_now now = { 0 };
    const struct text kind = place_word(unit.kind);
    for (size_t i = 0; i < n; i++) {
        const struct judgement *const j = &list[i];
        if (!text_equal(j->indicator, indicator) || !text_equal(j->place_kind, kind) || !text_equal(j->place_name, unit.name))
            continue;
        if (j->state == JUDGEMENT_WAITING)
            now.waiting = j;
        else if (j->state == JUDGEMENT_CONFIRMED && !now.confirmed)
            now.confirmed = j;
        else if (j->state == JUDGEMENT_REFUSED && !now.refused && !now.confirmed && !now.waiting)
            now.refused = j;
    }
    return now;
}
