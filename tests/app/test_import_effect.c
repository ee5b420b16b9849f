#include "app/county_bed.h"

#include "app/export.h"
#include "app/import_effect.h"
#include "app/import_mark.h"
#include "report/compose_import.h"

#define SCHOOL "2419900001"

static uint16_t item(const struct returns *r, const char *code)
{
    const uint16_t at = item_find(r->items, text_of(code));
    CHECK(at != NO_ITEM);
    return at;
}

static struct import_view look(struct county_bed *b, struct text id)
{
    struct import_view view;
    CHECK_OK(app_import_view(b->house, &b->actor, id, b->mem, &view, &b->err), b->err);
    return view;
}

static void same_stage(const struct stage_assessment *a, const struct stage_assessment *b)
{
    CHECK_INT(a->n, b->n);
    CHECK_INT(a->passing, b->passing);
    for (size_t l = 0; l < a->n_levels; l++)
        CHECK(a->cv[l].cv == b->cv[l].cv || (is_blank(a->cv[l].cv) && is_blank(b->cv[l].cv)));
}

/* What is shown before confirming is what stands after it: changed figures, a new school, the county's own. */
TEST(import_effect, foretells_what_confirming_does)
{
    struct county_bed b = county_bed_full(2);
    struct returns *const sent = county_bed_returns(&b, 2);
    const size_t row = returns_row(sent, house_county(b.house), sent->counties[1].year, TEXT(SCHOOL));
    CHECK(row != SIZE_MAX);
    returns_put_number(sent, row, item(sent, "pupils_primary"), 5000);
    returns_put_text(sent, returns_row(sent, house_county(b.house), sent->counties[1].year, TEXT("2419900002")), sent->items->school_code, TEXT("2419909999"));
    returns_arrange(sent);
    const struct text id = county_bed_stage(&b, sent, NULL);
    const struct import_view view = look(&b, id);
    CHECK(view.difference.changed > 0);
    CHECK(view.difference.added > 0);

    const struct snapshot *before, *after;
    struct assessment told;
    CHECK_OK(house_snapshot(b.house, &before, &b.err), b.err);
    app_import_effect(before, &view, IMPORT_NO_ERRORS, b.mem, &told);
    size_t n;
    const struct effect_year *const years = compose_import_effect(b.mem, before->assessment, &told, false, &n);
    CHECK_INT(n, 1); /* the other year stays as it is */
    CHECK_INT(years[0].year, sent->counties[1].year);
    CHECK_INT(years[0].stages[0].after_units, years[0].stages[0].before_units + 1);
    CHECK(years[0].n_levels > 0);
    snapshot_release(&before);

    county_bed_confirm(&b, id);
    CHECK_OK(house_snapshot(b.house, &after, &b.err), b.err);
    CHECK_INT(told.n_counties, after->assessment->n_counties);
    for (size_t c = 0; c < told.n_counties; c++) {
        CHECK_INT(told.counties[c].verdict, after->assessment->counties[c].verdict);
        for (size_t s = 0; s < told.counties[c].n_stages; s++)
            same_stage(&told.counties[c].stages[s], &after->assessment->counties[c].stages[s]);
    }
    snapshot_release(&after);
    county_bed_end(&b);
}

struct undoing { struct county_bed *bed; struct text id; struct import_undone out; };
static bool undo(void *context, struct db_session *session, struct err *err)
{
    struct undoing *const u = context;
    return app_import_undo(u->bed->house, session, &u->bed->actor, u->id, 1767230000, &u->out, err);
}

TEST(import_outcome, tells_what_was_written_and_what_undoing_left_alone)
{
    struct county_bed b = county_bed_full(1);
    struct returns *const sent = county_bed_returns(&b, 1);
    const size_t row = returns_row(sent, house_county(b.house), sent->counties[0].year, TEXT(SCHOOL));
    const double stood = returns_number(sent, row, item(sent, "pupils_primary"));
    returns_put_number(sent, row, item(sent, "pupils_primary"), stood + 1);
    returns_put_number(sent, row, item(sent, "teachers_primary"), 77);
    const struct text one = county_bed_stage(&b, sent, NULL);
    CHECK_INT(county_bed_confirm(&b, one).figures, 2);
    struct import_view view = look(&b, one);
    CHECK_INT(view.outcome.figures, 2);
    CHECK_INT(view.outcome.schools, 1);
    CHECK_INT(view.outcome.undone.at, 0);

    returns_put_number(sent, row, item(sent, "pupils_primary"), stood + 2);
    county_bed_confirm(&b, county_bed_stage(&b, sent, NULL));
    struct undoing u = { .bed = &b, .id = one };
    county_bed_write(&b, undo, &u);
    view = look(&b, one);
    CHECK_INT(view.outcome.restored, 1);
    CHECK_INT(view.outcome.kept, 1);
    CHECK_INT(view.outcome.undone.at, 1767230000);

    struct import_past *past;
    size_t n;
    CHECK_OK(app_import_history(b.house, &b.actor, 10, b.mem, &past, &n, &b.err), b.err);
    CHECK_INT(n, 3);
    county_bed_end(&b);
}

TEST(export, writes_the_schools_one_may_see_and_notes_it)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *s;
    struct exported all, none;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    CHECK_OK(app_export_returns(b.house, s, &b.actor, 0, 1767230000, b.mem, &all, &b.err), b.err);
    CHECK_INT(all.rows, s->returns->n);
    CHECK_INT(all.of, s->returns->n);
    CHECK(text_starts(all.bytes, TEXT("PK")));
    struct actor elsewhere = b.actor;
    elsewhere.place = (struct place){ PLACE_TOWNSHIP, TEXT("没有这个镇") };
    CHECK_OK(app_export_returns(b.house, s, &elsewhere, 0, 1767230000, b.mem, &none, &b.err), b.err);
    CHECK_INT(none.rows, 0);
    struct err err = { .kind = ERR_NONE };
    CHECK(!app_export_returns(b.house, s, &b.actor, 9, 1767230000, b.mem, &none, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    elsewhere.permissions &= ~(unsigned)MAY_EXPORT;
    CHECK(!app_export_returns(b.house, s, &elsewhere, 0, 1767230000, b.mem, &none, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    snapshot_release(&s);
    county_bed_end(&b);
}
