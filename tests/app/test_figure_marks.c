#include "app/county_bed.h"

#include "app/edit.h"
#include "app/figure_marks.h"

#define SCHOOL "2419900001"

struct editing { struct county_bed *bed; struct figure_edit edit; struct figure_edited out; };

static bool edit(void *context, struct db_session *session, struct err *err)
{
    struct editing *const e = context;
    return app_figure_edit(e->bed->house, session, &e->bed->actor, &e->edit, 1790000100, e->bed->mem, &e->out, err);
}

static void put(struct county_bed *b, const struct snapshot *s, const char *item, const char *typed, const char *reason)
{
    const uint16_t at = item_find(&s->edition->items, text_of(item));
    const size_t row = snapshot_school(s, snapshot_year(s, 2025), TEXT(SCHOOL), &b->actor);
    struct editing e = { .bed = b, .edit = { .year = 2025, .school = TEXT(SCHOOL), .item = at, .typed = text_of(typed),
                                             .seen = returns_number(s->returns, row, at), .reason = text_of(reason) } };
    county_bed_write(b, edit, &e);
}

TEST(figure_marks, say_who_put_a_figure_there_and_the_cell_it_was_read_from)
{
    struct county_bed b = county_bed_full(2);
    const struct snapshot *before, *after;
    struct figure_mark *old, *new;
    CHECK_OK(house_snapshot(b.house, &before, &b.err), b.err);
    const size_t year = snapshot_year(before, 2025);
    const uint16_t rooms = item_find(&before->edition->items, TEXT("classrooms_multimedia")), pupils = before->edition->pupils[STAGE_PRIMARY];
    put(&b, before, "classrooms_multimedia", "41", "核对台账");
    house_changed(b.house);
    CHECK_OK(house_snapshot(b.house, &after, &b.err), b.err);
    CHECK_OK(app_figure_marks(b.house, after, year, TEXT(SCHOOL), b.mem, &new, &b.err), b.err);
    CHECK(new[rooms].typed);
    CHECK_TEXT(new[rooms].kind, "edit");
    CHECK_TEXT(new[rooms].reason, "核对台账");
    CHECK_INT(new[rooms].at, 1790000100);
    CHECK(!new[pupils].typed && new[pupils].row > 0 && new[pupils].column > 0);
    CHECK_TEXT(new[pupils].kind, "import");
    /* The older state knows nothing of it. */
    CHECK_OK(app_figure_marks(b.house, before, year, TEXT(SCHOOL), b.mem, &old, &b.err), b.err);
    CHECK(!old[rooms].typed);
    CHECK_TEXT(old[rooms].kind, "import");
    CHECK_INT(new[rooms].version, (int64_t)after->version);
    /* Nobody put a figure there. */
    CHECK_OK(app_figure_marks(b.house, after, year, TEXT("9"), b.mem, &new, &b.err), b.err);
    CHECK_INT(new[rooms].version, 0);
    snapshot_release(&before);
    snapshot_release(&after);
    county_bed_end(&b);
}

static const struct figure_note *note_at(const struct figure_note *notes, size_t n, uint16_t item)
{
    for (size_t i = 0; i < n; i++)
        if (notes[i].item == item)
            return &notes[i];
    return NULL;
}

TEST(figure_notes, tell_which_figures_contradict_each_other)
{
    struct county_bed b = county_bed_full(2);
    const struct snapshot *s;
    size_t n;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    const uint16_t backbone = item_find(&s->edition->items, TEXT("teachers_backbone_primary"));
    const size_t before = snapshot_school(s, snapshot_year(s, 2025), TEXT(SCHOOL), &b.actor);
    const struct figure_note *const none = app_figure_notes(s, before, b.mem, &n);
    CHECK(!note_at(none, n, backbone));
    put(&b, s, "teachers_backbone_primary", "9999", "");
    snapshot_release(&s);
    house_changed(b.house);
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    const size_t row = snapshot_school(s, snapshot_year(s, 2025), TEXT(SCHOOL), &b.actor);
    const struct figure_note *const notes = app_figure_notes(s, row, b.mem, &n);
    const struct figure_note *const note = note_at(notes, n, backbone);
    CHECK(note && !note->warning);
    CHECK_CONTAINS(note->words, "现为 9999，");
    CHECK_CONTAINS(note->words, "不应多于小学专任教师数。");
    /* Of this school alone. */
    const struct figure_note *const next = app_figure_notes(s, row + 1, b.mem, &n);
    CHECK(!note_at(next, n, backbone));
    snapshot_release(&s);
    county_bed_end(&b);
}
