#include "app/scenario.h"

#include "app/audit.h"
#include "base/secret.h"
#include "base/unicode.h"
#include "import/value.h"
#include "indicator/assess.h"
#include "indicator/need.h"
#include "store/scenario_store.h"

enum { MOST_CHANGES = 5000, LONGEST_NAME = 60, ID_BYTES = 9 };

/* ---- trying ------------------------------------------------------------------------------- */

static struct change *note(const struct snapshot *s, size_t year, const struct scenario_change *asked, size_t row, struct change *into)
{
    const struct returns *const r = s->returns;
    *into = (struct change){ .item = asked->item, .county = (uint32_t)year, .school = asked->school, .after = asked->number,
                             .before_text = TEXT(""), .after_text = TEXT("") };
    if (row == SIZE_MAX) {
        into->before = returns_county_number(r, year, asked->item);
    } else {
        into->name = returns_text(r, row, s->edition->items.school_name);
        into->before = returns_number(r, row, asked->item);
    }
    return into;
}

static bool put(const struct snapshot *s, size_t year, const struct actor *actor, const struct scenario_change *asked,
                struct returns *changed, struct change *into, struct err *err)
{
    const struct item_list *const items = &s->edition->items;
    if (asked->item >= items->n || items->at[asked->item].type == ITEM_TEXT ||
        items->at[asked->item].level != (asked->school.size ? ITEM_SCHOOL : ITEM_COUNTY))
        return err_set(err, ERR_INPUT, "这一项不能试算。");
    size_t row = SIZE_MAX;
    if (asked->school.size) {
        row = snapshot_school(s, year, asked->school, actor);
        if (row == SIZE_MAX)
            return err_set(err, ERR_ABSENT, "没有代码为 %.*s 的学校。", TEXT_ARG(asked->school));
        note(s, year, asked, row, into);
        returns_put_number(changed, row, asked->item, asked->number);
    } else {
        note(s, year, asked, row, into);
        returns_put_county(changed, (uint32_t)year, asked->item, asked->number, (struct origin){ UINT32_MAX, 0 });
    }
    return true;
}

bool app_try(const struct snapshot *s, size_t year, const struct actor *actor, const struct scenario_change *changes, size_t n,
             struct arena *mem, struct tried *out, struct err *err)
{
    if (!actor_may(actor, MAY_TRY, err))
        return false;
    if (year >= s->n_years)
        return err_set(err, ERR_ABSENT, "没有这个学年的数据。");
    if (n > MOST_CHANGES)
        return err_set(err, ERR_LIMIT, "一个方案最多改 %d 处。", MOST_CHANGES);
    struct returns *changed = returns_copy(s->returns, mem);
    struct change *list = arena_array(mem, n + 1, struct change);
    for (size_t i = 0; i < n; i++)
        if (!put(s, year, actor, &changes[i], changed, &list[i], err))
            return false;
    /* The other years are what they were: only this one is judged anew. */
    const struct assess_request request = { .edition = s->edition, .by = NO_ITEM, .needs = true, .shares = true, .failing_rows = true };
    struct assessment *after = arena_make(mem, struct assessment);
    *after = *s->assessment;
    after->returns = changed;
    after->counties = arena_copy(mem, s->assessment->counties, s->n_years * sizeof *after->counties);
    assess_range(changed, &request, year, 1, mem, &after->counties[year]);
    struct county_needs *needs = arena_copy(mem, s->needs, s->n_years * sizeof *needs);
    needs[year].schools = need_of_schools(after, &after->counties[year], mem, &needs[year].n);
    *out = (struct tried){ .returns = changed, .assessment = after, .needs = needs, .county = year,
                           .what_if = { .before = s->assessment, .changes = list, .n = n } };
    return true;
}

bool app_try_read(const struct edition *edition, uint16_t item, struct text typed, struct arena *mem, double *out, struct err *err)
{
    struct value_fault fault = { .rule = TEXT("") };
    const struct item *const asked = &edition->items.at[item];
    *out = value_number_text(mem, asked, text_trim(typed), &fault);
    if (!fault.rule.size || fault.level != FINDING_ERROR)
        return true;
    err_set(err, ERR_INPUT, "%.*s：填的是“%.*s”，%.*s。", TEXT_ARG(asked->zh), TEXT_ARG(text_trim(typed)), TEXT_ARG(fault.expected));
    return err_hint(err, "%.*s。", TEXT_ARG(fault.mend));
}

/* ---- keeping ------------------------------------------------------------------------------ */

bool app_scenarios(struct house *house, const struct actor *actor, struct arena *mem, struct scenario_record **out, size_t *n_out,
                   struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_TRY, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_scenarios(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_scenario(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct scenario_record *out,
                  struct scenario_change **changes_out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_TRY, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_scenario(session, house_county(house), id, mem, out, err) &&
                    store_scenario_changes(session, house_county(house), id, &house_edition(house)->items, mem, changes_out, n_out, err);
    db_read_end(&session);
    return ok;
}

static bool right_name(struct text name, struct err *err)
{
    if (name.size && utf8_length(name) <= LONGEST_NAME)
        return true;
    err_set(err, ERR_INPUT, name.size ? "方案的名字太长。" : "方案还没有名字。");
    return err_hint(err, "请起一个 %d 个字以内、看得懂的名字，例如“补体育场地”。", LONGEST_NAME);
}

static struct text new_id(struct arena *mem)
{
    unsigned char random[ID_BYTES];
    char hex[2 * ID_BYTES + 1];
    secret_random(random, sizeof random);
    secret_hex(random, sizeof random, hex);
    return text_copy(mem, text_of(hex));
}

bool app_scenario_save(struct house *house, struct db_session *session, const struct actor *actor, struct text id, struct text name,
                       int year, const struct scenario_change *changes, size_t n, int64_t now, struct arena *mem, struct text *id_out,
                       struct err *err)
{
    const struct text county = house_county(house), trimmed = text_trim(name);
    if (!actor_may(actor, MAY_TRY, err) || !right_name(trimmed, err))
        return false;
    if (n > MOST_CHANGES)
        return err_set(err, ERR_LIMIT, "一个方案最多改 %d 处。", MOST_CHANGES);
    struct scenario_record record = { .id = id, .name = trimmed, .year = year, .made = actor_stamp(actor, now) };
    if (id.size) {
        if (!store_scenario(session, county, id, mem, &record, err) ||
            (!text_equal(record.name, trimmed) && !store_scenario_rename(session, county, id, trimmed, now, err)))
            return false;
    } else {
        record.id = new_id(mem);
        if (!store_scenario_add(session, county, &record, err))
            return false;
    }
    *id_out = record.id;
    return store_scenario_put(session, county, record.id, &house_edition(house)->items, changes, n, now, err) &&
           audit_write(session, actor, "scenario.save", record.id, text_printf(mem, "changes=%zu", n), now, err);
}

bool app_scenario_drop(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                       struct err *err)
{
    struct arena *mem = arena_new("scenario");
    struct scenario_record record;
    const bool ok = actor_may(actor, MAY_TRY, err) && store_scenario(session, house_county(house), id, mem, &record, err) &&
                    store_scenario_drop(session, house_county(house), id, err) &&
                    audit_write(session, actor, "scenario.drop", id, TEXT(""), now, err);
    arena_free(&mem);
    return ok;
}
