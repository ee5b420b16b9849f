#include "app/figures.h"

#include "indicator/told.h"

static enum figure_how how_of(enum told_how how)
{
    return how == TOLD_RETURNED ? FIGURE_RETURNED : how == TOLD_DERIVED ? FIGURE_TOLD : how == TOLD_BY_TYPE ? FIGURE_BY_TYPE : FIGURE_BLANK;
}

static void put_school(struct figure_shown *f, const struct told *told, const struct returns *returns, size_t row, uint16_t item)
{
    if (returns->items->at[item].type == ITEM_TEXT) {
        f->text = returns_text(returns, row, item);
        f->how = f->text.size ? FIGURE_RETURNED : FIGURE_BLANK;
    } else {
        const struct told_figure figure = told_school(told, row, item);
        f->value = figure.value;
        f->how = how_of(figure.how);
        f->estimate = figure.estimate;
    }
    if (f->how == FIGURE_RETURNED)
        f->cell = returns_cell(returns, row, item);
}

static void put_county(struct figure_shown *f, const struct returns *returns, size_t county, uint16_t item)
{
    f->value = returns_county_number(returns, county, item);
    f->how = is_blank(f->value) ? FIGURE_BLANK : FIGURE_RETURNED;
    if (f->how == FIGURE_RETURNED)
        f->cell = returns_county_cell(returns, county, item);
}

bool app_figures(const struct lineage_request *request, size_t year, struct text school, struct arena *mem, struct figure_shown **out,
                 size_t *n_out, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    const struct item_list *const items = &s->edition->items;
    const struct assess_request again = { .edition = s->edition, .relaxations = s->assessment->relaxations,
                                          .n_relaxations = s->assessment->n_relaxations, .by = NO_ITEM };
    const size_t row = school.size && year < s->n_years ? snapshot_school(s, year, school, request->actor) : SIZE_MAX;
    if (!actor_may(request->actor, MAY_SEE, err))
        return false;
    if (year >= s->n_years || (school.size && row == SIZE_MAX)) {
        err_set(err, ERR_ABSENT, "这一学年的数据里没有学校 %.*s。", TEXT_ARG(school));
        return err_hint(err, "请核对学校代码和学年。");
    }
    const struct told *const told = told_county(s->returns, year, &again, mem);
    struct figure_shown *list = arena_array(mem, items->n, struct figure_shown);
    size_t n = 0;
    for (size_t i = 0; i < items->n; i++) {
        if (items->at[i].level != (school.size ? ITEM_SCHOOL : ITEM_COUNTY) || (!school.size && items->at[i].type == ITEM_TEXT))
            continue;
        struct figure_shown *const f = &list[n++];
        *f = (struct figure_shown){ .item = (uint16_t)i, .value = BLANK };
        if (school.size)
            put_school(f, told, s->returns, row, f->item);
        else
            put_county(f, s->returns, year, f->item);
        f->key = lineage_key_format(mem, &(struct lineage_key){ .of = school.size ? LINEAGE_OF_SCHOOL : LINEAGE_OF_COUNTY,
                                                                .id = items->at[i].code, .school = school, .year = s->years[year] });
    }
    *out = list;
    *n_out = n;
    return true;
}
