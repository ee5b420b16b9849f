/* Two versions of a return, or of two years, beside each other. */
#include "app/return_act.h"

#include "report/say.h"

static bool figures_of(struct db_session *session, const struct entry_place *at, int64_t version, const struct item_list *items,
                       struct arena *mem, struct entry_figure **out, struct err *err)
{
    return version ? store_return_version(session, at, items, version, mem, out, err) : app_entry_figures(session, at, items, mem, out, err);
}

static struct text shown(struct arena *mem, const struct item *item, const struct entry_figure *f)
{
    return f->there ? entry_typed(mem, item, f->number, f->text) : TEXT("");
}

static void compare(const struct item_list *items, const struct entry_figure *a, const struct entry_figure *b, bool english, struct arena *mem,
                    struct version_cell **out, size_t *n_out)
{
    struct version_cell *const list = arena_array(mem, items->n, struct version_cell);
    size_t n = 0;
    for (size_t group = 0; group < N_FIGURE_GROUPS; group++)
        for (uint16_t i = 0; i < items->n; i++) {
            const struct item *const item = &items->at[i];
            if (item->level != ITEM_SCHOOL || compose_group_of(item) != group || (!a[i].there && !b[i].there))
                continue;
            struct version_cell *const cell = &list[n++];
            *cell = (struct version_cell){ .code = item->code, .name = say_item(mem, item, english), .unit = say_unit(item->unit, english),
                                           .group = compose_group_name(group, english), .before = shown(mem, item, &a[i]),
                                           .after = shown(mem, item, &b[i]) };
            cell->differs = !text_equal(cell->before, cell->after);
        }
    *out = list;
    *n_out = n;
}

bool app_return_compare(struct house *house, const struct actor *actor, struct text school, int year_a, int64_t version_a, int year_b,
                        int64_t version_b, enum lang lang, struct arena *mem, struct version_cell **out, size_t *n_out, struct err *err)
{
    const struct item_list *const items = &house_edition(house)->items;
    const struct entry_place a = { house_county(house), year_a, school }, b = { house_county(house), year_b, school };
    struct entry_figure *before, *after;
    struct collection_record collection;
    struct way way;
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    /* One of the years may never have been collected: its figures were imported. */
    struct err ignored;
    const bool seen = (year_a != year_b && app_way(session, house, actor, year_a, school, 0, mem, &collection, &way, &ignored)) ||
                      app_way(session, house, actor, year_b, school, 0, mem, &collection, &way, err);
    const bool ok = seen &&
                    figures_of(session, &a, version_a, items, mem, &before, err) && figures_of(session, &b, version_b, items, mem, &after, err);
    db_read_end(&session);
    if (ok)
        compare(items, before, after, lang == LANG_EN, mem, out, n_out);
    return ok;
}
