#include "app/county_bed.h"

#include "app/edit.h"
#include "app/scenario.h"
#include "sample/county.h"
#include "indicator/assess.h"
#include "store/returns_store.h"

#define SCHOOL "2419900001"

TEST(house, refuses_a_second_process)
{
    struct county_bed b = county_bed_empty();
    struct house *other;
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_open(&(struct house_options){ .folder = b.folder }, &other, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    county_bed_end(&b);
}

TEST(house, refuses_to_begin_where_a_county_is)
{
    struct county_bed b = county_bed_empty();
    house_close(&b.house);
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_init(b.folder, TEXT("410185"), TEXT("登封市"), false, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    CHECK_OK(house_open(&(struct house_options){ .folder = b.folder }, &b.house, &b.err), b.err);
    CHECK_TEXT(house_county(b.house), SAMPLE_COUNTY_CODE);
    county_bed_end(&b);
}

TEST(house, keeps_its_secret_when_opened_again)
{
    struct county_bed b = county_bed_empty();
    unsigned char before[32], after[32], other[32];
    house_mac(b.house, "form", TEXT("x"), before);
    house_mac(b.house, "cookie", TEXT("x"), other);
    county_bed_reopen(&b);
    house_mac(b.house, "form", TEXT("x"), after);
    CHECK(memcmp(before, after, 32) == 0);
    CHECK(memcmp(before, other, 32) != 0);
    county_bed_end(&b);
}

/* Every figure, bit for bit, and the cell it came from. */
TEST(house, gives_back_what_was_confirmed)
{
    struct county_bed b = county_bed_full(3);
    const struct snapshot *s;
    county_bed_reopen(&b);
    const struct returns *const sent = county_bed_returns(&b, 3); /* speaks of the open house's edition */
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    CHECK_INT(s->returns->n, sent->n);
    CHECK_INT(s->n_years, 3);
    for (size_t row = 0; row < sent->n; row++)
        for (size_t i = 0; i < sent->items->n; i++) {
            const uint16_t item = (uint16_t)i;
            if (sent->items->at[i].level == ITEM_KEY && item != sent->items->school_code)
                continue; /* county and year stand with the county-year */
            const double a = returns_number(sent, row, item), c = returns_number(s->returns, row, item);
            if (!(is_blank(a) ? is_blank(c) : a == c) || !text_equal(returns_text(sent, row, item), returns_text(s->returns, row, item)))
                fail_msg("row %zu, %.*s: %g became %g", row, TEXT_ARG(sent->items->at[i].code), a, c);
            if (sent->items->at[i].level == ITEM_SCHOOL && (!is_blank(a) || returns_text(sent, row, item).size)) {
                const struct cell_address from = returns_cell(sent, row, item), to = returns_cell(s->returns, row, item);
                CHECK_INT(from.row, to.row);
                CHECK_INT(from.column, to.column);
            }
        }
    snapshot_release(&s);
    county_bed_end(&b);
}

TEST(house, computes_once_for_one_version_of_the_data)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *one, *two;
    CHECK_OK(house_snapshot(b.house, &one, &b.err), b.err);
    house_changed(b.house);
    CHECK_OK(house_snapshot(b.house, &two, &b.err), b.err);
    CHECK(one == two);
    snapshot_release(&one);
    snapshot_release(&two);
    county_bed_end(&b);
}

TEST(snapshot, shows_an_actor_his_own_schools_alone)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *s;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    struct actor principal = { .role = ROLE_principal, .permissions = MAY_SEE, .place = { PLACE_SCHOOL, TEXT(SCHOOL) } };
    CHECK(snapshot_school(s, 0, TEXT(SCHOOL), &principal) != SIZE_MAX);
    CHECK_INT(snapshot_school(s, 0, TEXT("2419900002"), &principal), SIZE_MAX);
    CHECK(snapshot_school(s, 0, TEXT("2419900002"), &b.actor) != SIZE_MAX);
    CHECK_INT(snapshot_school(s, 0, TEXT("9"), &b.actor), SIZE_MAX);
    snapshot_release(&s);
    county_bed_end(&b);
}

/* ---- edits -------------------------------------------------------------------------------- */

struct editing { struct county_bed *bed; struct figure_edit edit; struct figure_edited out; };

static bool edit(void *context, struct db_session *session, struct err *err)
{
    struct editing *const e = context;
    return app_figure_edit(e->bed->house, session, &e->bed->actor, &e->edit, 1790000100, e->bed->mem, &e->out, err);
}

static struct editing an_edit(struct county_bed *b, const char *item, const char *typed, double seen)
{
    return (struct editing){ .bed = b, .edit = { .year = 2025, .school = TEXT(SCHOOL), .typed = text_of(typed), .seen = seen,
                                                 .item = item_find(&house_edition(b->house)->items, text_of(item)) } };
}

TEST(edit, makes_a_new_version_and_keeps_the_old_one)
{
    struct county_bed b = county_bed_full(1);
    const double before = county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia");
    struct editing e = an_edit(&b, "classrooms_multimedia", " ９９ ", before);
    county_bed_write(&b, edit, &e);
    CHECK_NEAR(county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"), 99, 0);
    struct db_session *session;
    struct figure_version *versions;
    size_t n;
    CHECK_OK(db_read_begin(house_db(b.house), &session, &b.err), b.err);
    CHECK_OK(store_figure_versions(session, house_county(b.house), &house_edition(b.house)->items, 2025, TEXT(SCHOOL), e.edit.item, b.mem,
                                   &versions, &n, &b.err), b.err);
    db_read_end(&session);
    CHECK_INT(n, 2);
    CHECK(versions[0].typed);
    CHECK_NEAR(versions[0].number, 99, 0);
    CHECK_NEAR(versions[1].number, before, 0);
    CHECK_INT(versions[1].version_to, versions[0].version_from);
    CHECK_TEXT(versions[1].file, "样例");
    county_bed_end(&b);
}

TEST(house, has_a_state_at_hand_for_those_who_write)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *first, *at_hand, *latest;
    struct editing e = an_edit(&b, "classrooms_multimedia", "99", county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"));
    CHECK_OK(house_snapshot(b.house, &first, &b.err), b.err);
    county_bed_write(&b, edit, &e);
    CHECK_OK(house_snapshot_at_hand(b.house, &at_hand, &b.err), b.err);
    CHECK(at_hand == first);
    CHECK_OK(house_snapshot(b.house, &latest, &b.err), b.err);
    CHECK(latest->version > first->version);
    CHECK(latest->made > first->made);
    snapshot_release(&at_hand);
    CHECK_OK(house_snapshot_at_hand(b.house, &at_hand, &b.err), b.err);
    CHECK(at_hand == latest);
    snapshot_release(&first);
    snapshot_release(&at_hand);
    snapshot_release(&latest);
    county_bed_end(&b);
}

TEST(edit, refuses_in_the_words_of_the_importer)
{
    struct county_bed b = county_bed_full(1);
    struct editing e = an_edit(&b, "classrooms_multimedia", "12间", 0);
    const int64_t before = county_bed_version(&b);
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, edit, &e, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(err.what), "12间");
    CHECK_INT(county_bed_version(&b), before);
    county_bed_end(&b);
}

TEST(edit, overwrites_nothing_that_was_not_seen)
{
    struct county_bed b = county_bed_full(1);
    const double before = county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia");
    struct editing first = an_edit(&b, "classrooms_multimedia", "98", before), second = an_edit(&b, "classrooms_multimedia", "97", before);
    county_bed_write(&b, edit, &first);
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, edit, &second, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    CHECK_CONTAINS(text_of(err.what), "98");
    CHECK_CONTAINS(text_of(err.what), "97");
    county_bed_end(&b);
}

TEST(edit, takes_a_figure_away_where_nothing_is_typed)
{
    struct county_bed b = county_bed_full(1);
    struct editing e = an_edit(&b, "classrooms_multimedia", "", county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"));
    county_bed_write(&b, edit, &e);
    CHECK_BLANK(county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"));
    county_bed_end(&b);
}

TEST(edit, refuses_who_may_not)
{
    struct county_bed b = county_bed_full(1);
    b.actor = (struct actor){ .role = ROLE_supervisor, .permissions = MAY_SEE | MAY_EXPORT | MAY_TRY, .place = { .kind = PLACE_COUNTY } };
    struct editing e = an_edit(&b, "classrooms_multimedia", "5", 0);
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, edit, &e, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    county_bed_end(&b);
}

/* ---- imports ------------------------------------------------------------------------------ */

struct undoing { struct county_bed *bed; struct text id; struct import_undone out; };

static bool undo(void *context, struct db_session *session, struct err *err)
{
    struct undoing *const u = context;
    return app_import_undo(u->bed->house, session, &u->bed->actor, u->id, 1790000200, &u->out, err);
}

static struct returns *changed_returns(struct county_bed *b, double rooms)
{
    struct returns *r = returns_copy(county_bed_returns(b, 1), b->mem);
    const uint16_t item = item_find(r->items, TEXT("classrooms_multimedia"));
    for (size_t row = 0; row < r->n; row++)
        if (!is_blank(returns_number(r, row, item)))
            returns_put_number(r, row, item, rooms);
    return r;
}

TEST(import, is_undone_as_a_whole)
{
    struct county_bed b = county_bed_full(1);
    const double before = county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia");
    struct undoing u = { .bed = &b, .id = county_bed_stage(&b, changed_returns(&b, 500), NULL) };
    CHECK(county_bed_confirm(&b, u.id).figures > 100);
    CHECK_NEAR(county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"), 500, 0);
    county_bed_write(&b, undo, &u);
    CHECK_NEAR(county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"), before, 0);
    CHECK_INT(u.out.kept, 0);
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, undo, &u, &err)); /* once */
    CHECK_INT(err.kind, ERR_CONFLICT);
    county_bed_end(&b);
}

TEST(import, leaves_no_school_behind_when_the_first_one_is_undone)
{
    struct county_bed b = county_bed_empty();
    struct undoing u = { .bed = &b, .id = county_bed_stage(&b, county_bed_returns(&b, 2), NULL) };
    county_bed_confirm(&b, u.id);
    county_bed_write(&b, undo, &u);
    const struct snapshot *s;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    CHECK_INT(s->returns->n, 0);
    snapshot_release(&s);
    county_bed_end(&b);
}

TEST(import, keeps_what_was_changed_since_when_it_is_undone)
{
    struct county_bed b = county_bed_full(1);
    struct undoing u = { .bed = &b, .id = county_bed_stage(&b, changed_returns(&b, 500), NULL) };
    county_bed_confirm(&b, u.id);
    struct editing e = an_edit(&b, "classrooms_multimedia", "501", 500);
    county_bed_write(&b, edit, &e);
    county_bed_write(&b, undo, &u);
    CHECK_INT(u.out.kept, 1);
    CHECK_NEAR(county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia"), 501, 0);
    county_bed_end(&b);
}

static bool confirm_seen(void *context, struct db_session *session, struct err *err)
{
    struct undoing *const u = context;
    struct import_done done;
    return app_import_confirm(u->bed->house, session, &u->bed->actor, u->id,
                              &(struct import_decision){ .errors = IMPORT_NO_ERRORS, .seen_version = 0 }, 1790000300, &done, err);
}

TEST(import, is_not_confirmed_when_data_changed_since_it_was_looked_at)
{
    struct county_bed b = county_bed_full(1);
    struct undoing u = { .bed = &b, .id = county_bed_stage(&b, changed_returns(&b, 500), NULL) };
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, confirm_seen, &u, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    CHECK_INT(county_bed_version(&b), 1);
    county_bed_end(&b);
}

static bool confirm_seen_at_one(void *context, struct db_session *session, struct err *err)
{
    struct undoing *const u = context;
    struct import_done done;
    return app_import_confirm(u->bed->house, session, &u->bed->actor, u->id,
                              &(struct import_decision){ .errors = IMPORT_NO_ERRORS, .seen_version = 1 }, 1790000300, &done, err);
}

TEST(import, is_confirmed_though_others_changed_what_it_does_not_speak_of)
{
    struct county_bed b = county_bed_full(1);
    struct returns *r = returns_copy(county_bed_returns(&b, 1), b.mem);
    for (size_t s = 0; s < r->n_sources; s++) /* only the rooms */
        for (size_t i = 0; i < r->items->n; i++)
            if (i != item_find(r->items, TEXT("classrooms_multimedia"))) {
                r->sources[s].place[i] = 0;
                if (r->items->at[i].level == ITEM_SCHOOL)
                    r->number[i] = NULL, r->text[i] = NULL;
            }
    struct undoing u = { .bed = &b, .id = county_bed_stage(&b, r, NULL) };
    struct editing other = an_edit(&b, "area_outdoor_sports_m2", "9999", county_bed_figure(&b, 2025, SCHOOL, "area_outdoor_sports_m2"));
    county_bed_write(&b, edit, &other);
    struct err err = { .kind = ERR_NONE };
    CHECK_OK(house_write(b.house, confirm_seen_at_one, &u, &err), err);
    county_bed_end(&b);
}

static bool drop(void *context, struct db_session *session, struct err *err)
{
    struct undoing *const u = context;
    return app_import_drop(u->bed->house, session, &u->bed->actor, u->id, 1790000300, err);
}

TEST(import, that_was_dropped_changes_nothing_and_cannot_be_confirmed)
{
    struct county_bed b = county_bed_full(1);
    struct undoing u = { .bed = &b, .id = county_bed_stage(&b, changed_returns(&b, 500), NULL) };
    county_bed_write(&b, drop, &u);
    CHECK(county_bed_figure(&b, 2025, SCHOOL, "classrooms_multimedia") < 500);
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, drop, &u, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    county_bed_end(&b);
}

/* ---- what-if ------------------------------------------------------------------------------ */

TEST(try_out, says_what_assess_would_say_and_stores_nothing)
{
    struct county_bed b = county_bed_full(2);
    const struct snapshot *s;
    struct tried tried;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    const uint16_t item = item_find(&s->edition->items, TEXT("classrooms_multimedia"));
    const struct scenario_change change = { TEXT(SCHOOL), item, 1 };
    const size_t year = snapshot_year(s, 2025);
    CHECK_OK(app_try(s, year, &b.actor, &change, 1, b.mem, &tried, &b.err), b.err);
    struct returns *changed = returns_copy(s->returns, b.mem);
    returns_put_number(changed, snapshot_school(s, year, TEXT(SCHOOL), &b.actor), item, 1);
    struct assessment whole;
    assess(changed, &(struct assess_request){ .edition = s->edition, .by = NO_ITEM }, b.mem, &whole);
    for (size_t l = 0; l < 7; l++)
        CHECK_NEAR(tried.assessment->counties[year].stages[0].cv[l].cv, whole.counties[year].stages[0].cv[l].cv, 0);
    CHECK(tried.assessment->counties[year].stages[0].passing < s->assessment->counties[year].stages[0].passing);
    CHECK_NEAR(tried.what_if.changes[0].after, 1, 0);
    CHECK_INT(county_bed_version(&b), 1);
    snapshot_release(&s);
    county_bed_end(&b);
}

struct saving { struct county_bed *bed; struct text id, name, id_out; double number; };

static bool save(void *context, struct db_session *session, struct err *err)
{
    struct saving *const s = context;
    const struct scenario_change change = { TEXT(SCHOOL), item_find(&house_edition(s->bed->house)->items, TEXT("classrooms_multimedia")), s->number };
    return app_scenario_save(s->bed->house, session, &s->bed->actor, s->id, s->name, 2025, &change, 1, 1790000400, s->bed->mem, &s->id_out, err);
}

TEST(scenario, is_kept_under_its_name_and_changed_as_a_whole)
{
    struct county_bed b = county_bed_full(1);
    struct saving s = { .bed = &b, .id = TEXT(""), .name = TEXT(" 补教室 "), .number = 40 };
    county_bed_write(&b, save, &s);
    struct saving again = { .bed = &b, .id = s.id_out, .name = TEXT("补教室"), .number = 41 };
    county_bed_write(&b, save, &again);
    struct scenario_record record;
    struct scenario_change *changes;
    size_t n;
    CHECK_OK(app_scenario(b.house, &b.actor, s.id_out, b.mem, &record, &changes, &n, &b.err), b.err);
    CHECK_TEXT(record.name, "补教室");
    CHECK_INT(n, 1);
    CHECK_NEAR(changes[0].number, 41, 0);
    struct saving same = { .bed = &b, .id = TEXT(""), .name = TEXT("补教室"), .number = 1 };
    struct err err = { .kind = ERR_NONE };
    CHECK(!house_write(b.house, save, &same, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    county_bed_end(&b);
}
