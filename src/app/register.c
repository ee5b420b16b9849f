#include "app/register.h"

#include "app/audit.h"
#include "app/evidence.h"
#include "app/evidence_inside.h"
#include "base/day.h"
#include "base/unicode.h"
#include "store/evidence_store.h"
#include "store/returns_store.h"

#include <stdio.h>

enum { LONGEST_WHAT = 600 };

/* ---- the registers ------------------------------------------------------------------------ */

static struct register_item item_of(const struct edition *edition, const struct rule *rule)
{
    char code[64];
    struct register_item out = { .id = rule->plain, .rule = rule, .item = NO_ITEM };
    const int size = snprintf(code, sizeof code, "veto_%.*s", TEXT_ARG(rule->plain));
    if (rule->kind == RULE_VETO) {
        out.item = size > 0 && (size_t)size < sizeof code ? item_find(&edition->items, text_of(code)) : NO_ITEM;
        out.effect = out.item == NO_ITEM ? REGISTER_BY_FIGURES : REGISTER_COUNTS;
    } else if (text_equal(rule->plain, TEXT("PRE1"))) {
        out.item = item_find(&edition->items, TEXT("recognised_basic_year"));
        out.effect = out.item == NO_ITEM ? REGISTER_KEEPS : REGISTER_RECOGNISES;
    } else {
        out.effect = REGISTER_KEEPS;
    }
    return out;
}

void register_items(const struct edition *edition, struct arena *mem, struct register_item **out, size_t *n_out)
{
    *out = arena_array(mem, edition->n_rules + 1, struct register_item);
    *n_out = 0;
    for (size_t i = 0; i < edition->n_rules; i++)
        if (edition->rules[i].kind == RULE_VETO || edition->rules[i].kind == RULE_PRECONDITION)
            (*out)[(*n_out)++] = item_of(edition, &edition->rules[i]);
}

static bool item_at(const struct edition *edition, struct text id, struct register_item *out, struct err *err)
{
    for (size_t i = 0; i < edition->n_rules; i++)
        if ((edition->rules[i].kind == RULE_VETO || edition->rules[i].kind == RULE_PRECONDITION) && text_equal(edition->rules[i].plain, id)) {
            *out = item_of(edition, &edition->rules[i]);
            return true;
        }
    return err_set(err, ERR_ABSENT, "没有 %.*s 的登记簿。", TEXT_ARG(id));
}

/* ---- what is written of it ---------------------------------------------------------------- */

struct writing {
    struct house *house;
    struct db_session *session;
    const struct register_item *item;
    struct stamp stamp;
    struct text reason;
    int64_t version;          /* of the change; 0: nothing differed so far */
    struct arena *mem;
};

/* One figure of the county, if it is not so already. */
static bool put_figure(struct writing *w, int year, double number, struct err *err)
{
    const struct text county = house_county(w->house), itself = TEXT("");
    const struct item_list *const items = &house_edition(w->house)->items;
    int64_t since;
    double standing;
    struct text none;
    if (!store_figure_standing(w->session, county, items, year, itself, w->item->item, w->mem, &since, &standing, &none, err))
        return false;
    if (!is_blank(standing) && standing == number)
        return true;
    const struct change_record change = { .kind = CHANGE_REGISTER, .stamp = w->stamp, .reason = w->reason };
    if (!w->version && !store_change_begin(w->session, county, &change, &w->version, err))
        return false;
    const struct figure_record figure = { .year = year, .school = itself, .item = w->item->item, .number = number, .text = itself };
    return store_return_put(w->session, county, w->version, year, itself, 0, 0, err) &&
           store_figure_put(w->session, county, items, w->version, &figure, err);
}

/* The open cases of every year from the case's on; or the year of recognition. */
static bool put_figures(struct writing *w, const struct register_case *c, struct err *err)
{
    const struct text county = house_county(w->house);
    struct day day;
    int *years;
    size_t n;
    bool own_year = false;
    if (w->item->effect == REGISTER_KEEPS || !store_years_from(w->session, county, c->year, w->mem, &years, &n, err))
        return w->item->effect == REGISTER_KEEPS;
    for (size_t i = 0; i <= n; i++) {
        int64_t open;
        if (i == n && own_year)
            break;
        const int year = i < n ? years[i] : c->year;
        own_year |= year == c->year;
        if (w->item->effect == REGISTER_RECOGNISES) {
            if (!day_read(c->happened_on, &day) || !put_figure(w, year, day.year, err))
                return false;
        } else if (!store_cases_open(w->session, county, c->item, year, &open, err) || !put_figure(w, year, (double)open, err)) {
            return false;
        }
    }
    return true;
}

/* ---- opening ------------------------------------------------------------------------------ */

static bool right_day(struct text said, struct text not_before, int64_t now, const char *what, struct err *err)
{
    struct day day;
    if (!day_read(said, &day)) {
        err_set(err, ERR_INPUT, "%s要写成 2025-09-01 的样子，写的是“%.*s”。", what, TEXT_ARG(said));
        return err_hint(err, "请填年、月、日。");
    }
    if (day_begins(day) > now)
        return err_set(err, ERR_INPUT, "%s还没有到：%.*s。", what, TEXT_ARG(said));
    if (not_before.size && text_compare(said, not_before) < 0)
        return err_set(err, ERR_INPUT, "%s（%.*s）早于事情发生的日期（%.*s）。", what, TEXT_ARG(said), TEXT_ARG(not_before));
    return true;
}

/* A place that there is. */
static bool right_place(const struct snapshot *s, const struct case_wish *wish, struct err *err)
{
    const struct actor everybody = actor_console();
    const struct item_list *const items = &s->edition->items;
    bool found = wish->unit.kind == PLACE_COUNTY;
    for (size_t y = 0; y < s->n_years && !found && wish->unit.kind == PLACE_SCHOOL; y++)
        found = snapshot_school(s, y, wish->unit.name, &everybody) != SIZE_MAX;
    for (size_t row = 0; row < s->returns->n && !found && wish->unit.kind == PLACE_TOWNSHIP; row++)
        found = text_equal(returns_text(s->returns, row, items->township), wish->unit.name);
    return found || err_set(err, ERR_ABSENT, "没有这个学校或乡镇：%.*s。", TEXT_ARG(wish->unit.name));
}

static bool right_wish(const struct snapshot *s, const struct register_item *item, const struct case_wish *wish, int64_t now, struct err *err)
{
    const struct text what = text_trim(wish->what);
    if (item->effect == REGISTER_BY_FIGURES) {
        err_set(err, ERR_ABSENT, "%.*s 由数据判定，不用登记。", TEXT_ARG(item->id));
        return err_hint(err, "请看指标页上它的数据来源。");
    }
    if (s->n_years && (wish->year < s->years[0] || wish->year > s->years[s->n_years - 1] + 1))
        return err_set(err, ERR_ABSENT, "没有 %d学年。", wish->year);
    if (!right_day(wish->happened_on, TEXT(""), now, "日期", err) || !right_place(s, wish, err))
        return false;
    if (what.size && utf8_length(what) <= LONGEST_WHAT)
        return true;
    err_set(err, ERR_INPUT, what.size ? "“发生了什么”太长，最多 %d 字。" : "还没有写发生了什么。", LONGEST_WHAT);
    return err_hint(err, "请写清什么事、涉及谁（不写学生姓名）、怎样发现的。");
}

bool app_case_open(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct case_wish *wish, int64_t now, struct arena *mem, struct text *id_out, struct err *err)
{
    struct register_item item;
    if (!actor_may(actor, MAY_REGISTER, err) || !item_at(house_edition(house), wish->item, &item, err) || !right_wish(snapshot, &item, wish, now, err))
        return false;
    const struct register_case one = {
        .id = evidence_new_id(mem), .item = wish->item, .year = wish->year, .happened_on = wish->happened_on,
        .place_kind = place_word(wish->unit.kind), .place_name = wish->unit.name,
        .place_shown = evidence_place_shown(snapshot, wish->unit, mem), .what = text_trim(wish->what),
        .opened = actor_stamp(actor, now),
    };
    struct writing w = { .house = house, .session = session, .item = &item, .stamp = one.opened, .mem = mem,
                         .reason = text_printf(mem, "登记簿 %.*s：%.*s，%.*s，%.*s", TEXT_ARG(one.item), TEXT_ARG(one.happened_on),
                                               TEXT_ARG(one.place_shown), TEXT_ARG(one.what)) };
    *id_out = one.id;
    return store_case_add(session, house_county(house), &one, err) && put_figures(&w, &one, err) &&
           audit_write(session, actor, "register.open", one.id,
                       text_printf(mem, "%.*s year=%d version=%lld", TEXT_ARG(one.item), one.year, (long long)w.version), now, err);
}

/* ---- closing ------------------------------------------------------------------------------ */

bool app_case_close(struct house *house, struct db_session *session, const struct actor *actor, struct text id, struct text closed_on,
                    struct text how, int64_t now, struct arena *mem, struct err *err)
{
    struct register_item item;
    struct register_case one;
    if (!actor_may(actor, MAY_REGISTER, err) || !store_case(session, house_county(house), id, mem, &one, err) ||
        !item_at(house_edition(house), one.item, &item, err))
        return false;
    if (item.effect == REGISTER_RECOGNISES)
        return err_set(err, ERR_USAGE, "这一条记的是认定本身，不用了结。");
    if (one.opened.account == actor->account) {
        err_set(err, ERR_DENIED, "这一条是您自己登记的，要由另一个人了结。");
        return err_hint(err, "请另一位督导或办公室的同事核实后了结。");
    }
    if (!right_day(closed_on, one.happened_on, now, "了结的日期", err) || !evidence_reason_right(text_trim(how), "怎样了结的", err))
        return false;
    one.closed = actor_stamp(actor, now);
    one.closed_on = closed_on;
    one.closed_how = text_trim(how);
    struct writing w = { .house = house, .session = session, .item = &item, .stamp = one.closed, .mem = mem,
                         .reason = text_printf(mem, "登记簿 %.*s：%.*s的一件已于 %.*s 了结，%.*s", TEXT_ARG(one.item), TEXT_ARG(one.place_shown),
                                               TEXT_ARG(one.closed_on), TEXT_ARG(one.closed_how)) };
    return store_case_close(session, house_county(house), &one, err) && put_figures(&w, &one, err) &&
           audit_write(session, actor, "register.close", id, text_printf(mem, "%.*s version=%lld", TEXT_ARG(one.item), (long long)w.version), now, err);
}

/* ---- looking ------------------------------------------------------------------------------ */

bool app_cases(struct house *house, const struct actor *actor, struct arena *mem, struct case_list *out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err))
        return false;
    if (!actor_covers_county(actor)) {
        err_set(err, ERR_DENIED, "登记簿是全县的，您的账号只看自己的学校或乡镇。");
        return err_hint(err, "需要了解的，请问县级办公室。");
    }
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_cases(session, house_county(house), mem, &out->cases, &out->n, err) &&
                    store_evidence_of_cases(session, house_county(house), mem, &out->evidence, &out->n_evidence, err);
    db_read_end(&session);
    return ok;
}

size_t cases_open(const struct case_list *list, struct text item, int year)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += !list->cases[i].closed.at && list->cases[i].year <= year && text_equal(list->cases[i].item, item);
    return n;
}
