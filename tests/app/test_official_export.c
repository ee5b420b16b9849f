/* The official tables written as a workbook, and what has changed since: no more and no less. */
#include "county_bed.h"

#include "app/edit.h"
#include "app/official_export.h"
#include "report/sheet_words.h"

static const struct snapshot *look(struct county_bed *bed)
{
    const struct snapshot *snapshot;
    CHECK(house_snapshot(bed->house, &snapshot, &bed->err));
    return snapshot;
}

struct editing { struct county_bed *bed; struct figure_edit edit; };

static bool edit(void *context, struct db_session *session, struct err *err)
{
    const struct editing *const e = context;
    struct figure_edited done;
    return app_figure_edit(e->bed->house, session, &e->bed->actor, &e->edit, 1000, e->bed->mem, &done, err);
}

static size_t changed_cells(struct county_bed *bed, const struct snapshot *s, struct text *was_out, struct text *trace_out)
{
    struct sheet *now[MOST_OFFICIAL_SHEETS], *then[MOST_OFFICIAL_SHEETS];
    struct official_written last;
    size_t n, n_then, changed = 0;
    CHECK(app_official_now(bed->house, s, 0, bed->mem, now, &n, &bed->err));
    CHECK(app_official_last(bed->house, s->years[0], bed->mem, &last, &bed->err));
    CHECK(last.ever);
    CHECK(app_official_then(bed->house, s, s->years[0], last.version, bed->mem, then, &n_then, &bed->err));
    CHECK_INT(n, n_then);
    for (size_t i = 0; i < n; i++) {
        struct sheet_differences d;
        sheets_compare(bed->mem, now[i], then[i], &d);
        CHECK_INT(d.gone, 0);
        changed += d.n;
        for (size_t k = 0; k < now[i]->n; k++)
            if (d.changed[k] && text_starts(now[i]->cells[k].trace, TEXT("county:"))) {
                *was_out = d.was[k];
                *trace_out = now[i]->cells[k].trace;
            }
    }
    return changed;
}

TEST(official_export, writes_a_workbook_and_notes_it)
{
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = look(&bed);
    struct official_written last;
    struct text xlsx;
    CHECK(app_official_last(bed.house, s->years[0], bed.mem, &last, &bed.err));
    CHECK(!last.ever);
    CHECK(app_official_write(bed.house, &bed.actor, s, 0, TEXT("http://127.0.0.1:8420"), 777, bed.mem, &xlsx, &bed.err));
    CHECK(text_starts(xlsx, TEXT("PK")));
    CHECK(app_official_last(bed.house, s->years[0], bed.mem, &last, &bed.err));
    CHECK(last.ever);
    CHECK_INT(last.at, 777);
    CHECK_INT(last.version, (int64_t)s->version);
    CHECK(app_official_last(bed.house, s->years[0] - 1, bed.mem, &last, &bed.err));
    CHECK(!last.ever);
    snapshot_release(&s);
    county_bed_end(&bed);
}

TEST(official_export, is_refused_to_whom_may_not_export)
{
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = look(&bed);
    struct text xlsx;
    struct actor actor = bed.actor;
    actor.permissions = MAY_SEE;
    CHECK(!app_official_write(bed.house, &actor, s, 0, TEXT("http://127.0.0.1:8420"), 777, bed.mem, &xlsx, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    snapshot_release(&s);
    county_bed_end(&bed);
}

TEST(official_export, marks_what_an_edit_changed_and_nothing_else)
{
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = look(&bed);
    const uint16_t item = item_find(&s->edition->items, TEXT("n_villages"));
    struct text xlsx, was = { 0 }, trace = { 0 };
    CHECK(item != NO_ITEM);
    struct editing editing = { &bed, { .year = s->years[0], .item = item, .typed = TEXT("5"), .seen = BLANK, .reason = TEXT("补填") } };
    CHECK(house_write(bed.house, edit, &editing, &bed.err));
    snapshot_release(&s);
    s = look(&bed);
    CHECK(app_official_write(bed.house, &bed.actor, s, 0, TEXT("http://127.0.0.1:8420"), 777, bed.mem, &xlsx, &bed.err));
    CHECK_INT(changed_cells(&bed, s, &was, &trace), 0);
    editing.edit.seen = 5;
    editing.edit.typed = TEXT("7");
    CHECK(house_write(bed.house, edit, &editing, &bed.err));
    snapshot_release(&s);
    s = look(&bed);
    CHECK_INT(changed_cells(&bed, s, &was, &trace), 1);
    CHECK(text_starts(trace, TEXT("county:n_villages:")));
    CHECK_TEXT(was, "5");
    snapshot_release(&s);
    county_bed_end(&bed);
}

TEST(official_export, sees_new_borders_though_no_figure_changed)
{
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = look(&bed);
    const struct text square = TEXT("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"kind\":\"township\",\"name\":\"四方镇\"},"
                                    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[112,34],[113,34],[113,35],[112,35],[112,34]]]}}]}");
    snapshot_release(&s);
    CHECK(house_outline_put(bed.house, &bed.actor, TEXT("a.geojson"), square, 1, &bed.err));
    s = look(&bed);
    CHECK(s->outline && s->outline->n == 1);
    CHECK_TEXT(s->outline->shapes[0].name, "四方镇");
    snapshot_release(&s);
    county_bed_end(&bed);
}
