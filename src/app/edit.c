#include "app/edit.h"

#include "app/audit.h"
#include "app/collection.h"
#include "base/day.h"
#include "import/value.h"
#include "store/returns_store.h"


struct editing {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    const struct figure_edit *edit;
    const struct item *item;
    struct arena *mem;
    struct figure_record record;
    double standing;
    struct text standing_text;
};

/* The words of the importer: a page and a workbook are told the same. */
static bool read_typed(struct editing *e, struct err *err)
{
    struct value_fault fault = { .rule = TEXT("") };
    const struct text typed = text_trim(e->edit->typed);
    e->record.number = BLANK;
    if (e->item->type == ITEM_TEXT)
        e->record.text = value_text_text(e->mem, e->item, typed, &fault);
    else
        e->record.number = value_number_text(e->mem, e->item, typed, &fault);
    if (!fault.rule.size || fault.level != FINDING_ERROR)
        return true;
    err_set(err, ERR_INPUT, "%.*s：填的是“%.*s”，%.*s。", TEXT_ARG(e->item->zh), TEXT_ARG(typed), TEXT_ARG(fault.expected));
    return err_hint(err, "%.*s。", TEXT_ARG(fault.mend));
}

/* Asked of the database, not of a snapshot: the writer must not compute a county for each cell. */
static bool known_school(struct editing *e, struct err *err)
{
    const struct text county = house_county(e->house), school = e->edit->school;
    const struct item_list *const items = &house_edition(e->house)->items;
    bool stands;
    int64_t since;
    double none;
    struct text township = TEXT("");
    if (!school.size)
        return actor_covers_county(e->actor) || err_set(err, ERR_DENIED, "区县的数据要由县级的人员来改。");
    if (!store_return_stands(e->session, county, e->edit->year, school, &stands, err) ||
        (items->township != NO_ITEM && !store_figure_standing(e->session, county, items, e->edit->year, school, items->township, e->mem,
                                                              &since, &none, &township, err)))
        return false;
    if (stands && actor_covers(e->actor, school, township))
        return true;
    err_set(err, ERR_ABSENT, "%d 学年没有代码为 %.*s 的学校。", e->edit->year, TEXT_ARG(school));
    return err_hint(err, "新学校请用导入工作簿加进来。");
}

static bool same_value(double a, struct text ta, double b, struct text tb)
{
    return text_equal(ta, tb) && (is_blank(a) ? is_blank(b) : a == b);
}

static struct text shown(struct editing *e, double number, struct text text)
{
    if (text.size)
        return text;
    if (is_blank(number))
        return TEXT("空");
    if (e->item->type == ITEM_ENUM)
        return e->item->values[(size_t)number - 1].zh;
    if (e->item->type == ITEM_BOOLEAN)
        return number != 0.0 ? TEXT("是") : TEXT("否");
    char digits[NUMBER_SIZE];
    const size_t size = number_shortest(digits, number);
    return text_copy(e->mem, (struct text){ digits, size });
}

/* Somebody else was there first: say who, when, and both values. */
static bool conflict(struct editing *e, struct err *err)
{
    struct figure_version *versions;
    size_t n;
    if (!store_figure_versions(e->session, house_county(e->house), &house_edition(e->house)->items, e->edit->year, e->edit->school,
                               e->edit->item, e->mem, &versions, &n, err))
        return false;
    const struct text clock = n ? clock_shown(versions[0].at, e->mem) : TEXT("");
    err_set(err, ERR_CONFLICT, "%.*s这格 %.*s 由%.*s改为 %.*s，您填的是 %.*s。", TEXT_ARG(e->item->zh), TEXT_ARG(clock),
            TEXT_ARG(n ? versions[0].who : TEXT("")), TEXT_ARG(shown(e, e->standing, e->standing_text)),
            TEXT_ARG(shown(e, e->record.number, e->record.text)));
    return err_hint(err, "留哪一个？要用您的，请再填一次。");
}

static bool still_as_seen(struct editing *e, struct err *err)
{
    int64_t since;
    if (!store_figure_standing(e->session, house_county(e->house), &house_edition(e->house)->items, e->edit->year, e->edit->school,
                               e->edit->item, e->mem, &since, &e->standing, &e->standing_text, err))
        return false;
    if (same_value(e->standing, e->standing_text, e->edit->seen, e->edit->seen_text) ||
        same_value(e->standing, e->standing_text, e->record.number, e->record.text))
        return true;
    return conflict(e, err);
}

static bool write_figure(struct editing *e, int64_t now, struct figure_edited *out, struct err *err)
{
    const struct text county = house_county(e->house);
    out->number = e->record.number;
    out->text = e->record.text;
    if (same_value(e->standing, e->standing_text, e->record.number, e->record.text)) {
        out->version = 0; /* it stands so already */
        return true;
    }
    const struct change_record change = { .kind = CHANGE_EDIT, .stamp = actor_stamp(e->actor, now),
                                          .reason = e->edit->reason };
    return store_change_begin(e->session, county, &change, &out->version, err) &&
           store_return_put(e->session, county, out->version, e->edit->year, e->edit->school, 0, 0, err) &&
           store_figure_put(e->session, county, &house_edition(e->house)->items, out->version, &e->record, err) &&
           audit_write(e->session, e->actor, "figure.edit",
                       text_printf(e->mem, "%d/%.*s/%.*s", e->edit->year, TEXT_ARG(e->edit->school), TEXT_ARG(e->item->code)),
                       text_printf(e->mem, "version=%lld", (long long)out->version), now, err);
}

bool app_figure_edit(struct house *house, struct db_session *session, const struct actor *actor, const struct figure_edit *edit,
                     int64_t now, struct arena *mem, struct figure_edited *out, struct err *err)
{
    const struct item_list *const items = &house_edition(house)->items;
    if (!actor_may(actor, MAY_EDIT, err))
        return false;
    if (edit->item >= items->n || items->at[edit->item].level != (edit->school.size ? ITEM_SCHOOL : ITEM_COUNTY))
        return err_set(err, ERR_ABSENT, "没有这个指标项。");
    struct editing e = { .house = house, .session = session, .actor = actor, .edit = edit, .item = &items->at[edit->item], .mem = mem,
                         .record = { .year = edit->year, .school = edit->school, .item = edit->item } };
    return app_year_guard(house, session, edit->year, edit->school, PAST_BY_EDIT, err) && read_typed(&e, err) && known_school(&e, err) && still_as_seen(&e, err) && write_figure(&e, now, out, err);
}
