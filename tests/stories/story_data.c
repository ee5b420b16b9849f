/* Figures, years, units: 改数, 新学年, 复测, 合并, 撤销学校. */
#include "story.h"

#include "../sample/sample_returns.h"
#include "app/edit.h"
#include "app/ledger.h"
#include "app/units.h"

struct editing { struct story *s; struct figure_edit edit; };
static struct editing editing;

static bool edit(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    struct figure_edited done;
    return app_figure_edit(s->bed.house, session, s->who, &editing.edit, s->now, s->mem, &done, err);
}

/* 「area_teaching_m2=8000」 of the latest year; several by 「；」. */
static void figures(struct story *s)
{
    struct text rest = s->content, pair, item;
    while (rest.size && !s->tried) {
        size_t at = rest.size;
        const bool more = text_find(rest, TEXT("；"), &at);
        pair = (struct text){ rest.at, at };
        rest = more ? (struct text){ rest.at + at + 3, rest.size - at - 3 } : TEXT("");
        text_split(&pair, '=', &item);
        const struct snapshot *now = story_snapshot(s);
        const struct item_list *const items = &now->edition->items;
        const uint16_t of = item_find(items, text_trim(item));
        if (of == NO_ITEM)
            story_fails(s, "没有「%.*s」这一项", TEXT_ARG(item));
        const struct text code = story_school(s, s->object);
        const int year = now->years[now->n_years - 1];
        const size_t row = snapshot_school(now, now->n_years - 1, code, &s->bed.actor);
        editing.edit = (struct figure_edit){ .year = year, .school = code, .item = of, .typed = text_copy(s->mem, text_trim(pair)),
                                             .seen = returns_number(now->returns, row, of),
                                             .seen_text = text_copy(s->mem, returns_text(now->returns, row, of)), .reason = TEXT("按核实的数更正") };
        snapshot_release(&now);
        story_act(s, edit);
    }
}

/* The same schools return another year: their figures of 2025 again. */
static void new_year(struct story *s)
{
    double year;
    CHECK(number_parse(s->content, &year));
    const struct item_list *const items = &house_edition(s->bed.house)->items;
    struct returns *const r = returns_of_sample(s->mem, sample_county(s->mem, 1, 2025, 1), items);
    r->counties[0].year = (int)year;
    for (size_t at = 0; at < r->n_sources; at++)
        for (size_t i = 0; i < items->n; i++)
            if (r->number[i] || r->text[i])
                r->sources[at].place[i] = (uint32_t)i + 1;
    county_bed_confirm(&s->bed, county_bed_stage(&s->bed, r, NULL));
}

static bool follow(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    struct ledger_followed done;
    const struct snapshot *snapshot;
    if (!house_snapshot(s->bed.house, &snapshot, err))
        return false;
    const bool ok = app_ledger_follow(s->bed.house, session, snapshot, s->now, s->mem, &done, err);
    snapshot_release(&snapshot);
    return ok;
}

static struct unit_wish wish;
static bool seed(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    const struct snapshot *snapshot;
    size_t n;
    if (!house_snapshot(s->bed.house, &snapshot, err))
        return false;
    const bool ok = app_units_seed(s->bed.house, session, snapshot, s->who, TEXT("2020-09-01"), s->now, s->mem, &n, err);
    snapshot_release(&snapshot);
    return ok;
}
static bool change_unit(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_unit_act(s->bed.house, session, s->who, &wish, s->now, s->mem, err);
}

bool story_data(struct story *s, struct text doing)
{
    if (text_equal(doing, TEXT("改数"))) {
        figures(s);
    } else if (text_equal(doing, TEXT("新学年"))) {
        new_year(s);
    } else if (text_equal(doing, TEXT("复测"))) {
        story_act(s, follow);
    } else if (text_equal(doing, TEXT("列单位"))) {
        story_act(s, seed);
    } else if (text_equal(doing, TEXT("合并学校"))) {
        wish = (struct unit_wish){ .act = UNIT_MERGE, .code = story_school(s, s->object), .day = s->today, .reason = TEXT("布局调整"),
                                   .successor = story_school(s, s->content) };
        story_act(s, change_unit);
    } else if (text_equal(doing, TEXT("撤销学校"))) {
        wish = (struct unit_wish){ .act = UNIT_CLOSE, .code = story_school(s, s->object), .day = s->today, .reason = s->content };
        story_act(s, change_unit);
    } else {
        return false;
    }
    return true;
}
