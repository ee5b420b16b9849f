/* A report in the office's words, frozen, made again: the same to the byte, whatever happens to the data afterwards. */
#include "county_bed.h"

#include "app/backup.h"
#include "app/edit.h"
#include "app/frozen.h"
#include "app/readiness.h"
#include "app/report_words.h"
#include "made/queries.h"
#include "report/doc_words.h"

#include <stdlib.h>

enum { NOW = 1767229200, YEAR = 2025 };

struct frozen_bed { struct county_bed bed; const struct snapshot *snapshot; };

static struct frozen_bed frozen_bed(void)
{
    struct frozen_bed f = { .bed = county_bed_full(2) };
    CHECK_OK(house_snapshot(f.bed.house, &f.snapshot, &f.bed.err), f.bed.err);
    return f;
}

static void look_again(struct frozen_bed *f)
{
    snapshot_release(&f->snapshot);
    CHECK_OK(house_snapshot(f->bed.house, &f->snapshot, &f->bed.err), f->bed.err);
}

static void end(struct frozen_bed *f)
{
    snapshot_release(&f->snapshot);
    county_bed_end(&f->bed);
}

/* ---- acts inside the writer ---- */

static const struct report_of COUNTY = { .kind = REPORT_COUNTY };

struct doing { struct frozen_bed *f; struct report_place place; struct text words, key; bool take; struct figure_edit edit; struct err err; };

static bool write_words(void *context, struct db_session *session, struct err *err)
{
    struct doing *const a = context;
    struct frozen_bed *const f = a->f;
    return a->take ? app_report_take(f->bed.house, session, f->snapshot, &f->bed.actor, &a->place, a->key, NOW, f->bed.mem, err)
                   : app_report_edit(f->bed.house, session, f->snapshot, &f->bed.actor, &a->place, a->words, NOW, f->bed.mem, err);
}

static struct doing edit_of(struct frozen_bed *f, const char *section, int64_t seen, struct text words)
{
    return (struct doing){ .f = f, .place = { .year = snapshot_year(f->snapshot, YEAR), .of = &COUNTY, .section = text_of(section), .seen = seen }, .words = words };
}

static bool edit_figure(void *context, struct db_session *session, struct err *err)
{
    struct doing *const a = context;
    struct figure_edited done;
    return app_figure_edit(a->f->bed.house, session, &a->f->bed.actor, &a->edit, NOW, a->f->bed.mem, &done, err);
}

/* Gives the first school more pupils than it had, and looks again. */
static void change_a_figure(struct frozen_bed *f)
{
    const struct edition *const e = f->snapshot->edition;
    const struct county_year *const c = &f->snapshot->returns->counties[snapshot_year(f->snapshot, YEAR)];
    const uint16_t item = e->pupils[STAGE_PRIMARY];
    size_t row = c->first;
    while (!(returns_number(f->snapshot->returns, row, item) > 100))
        row++;
    struct doing act = { .f = f, .edit = { YEAR, returns_text(f->snapshot->returns, row, e->items.school_code), item, TEXT("3777"),
                                         returns_number(f->snapshot->returns, row, item), TEXT(""), TEXT("测试") } };
    CHECK_OK(house_write(f->bed.house, edit_figure, &act, &f->bed.err), f->bed.err);
    look_again(f);
}

static struct report report_now(struct frozen_bed *f)
{
    struct report report;
    const struct report_terms terms = { .today = day_of(NOW) };
    CHECK_OK(app_report(f->bed.house, f->snapshot, &f->bed.actor, snapshot_year(f->snapshot, YEAR), &COUNTY, &terms, f->bed.mem, &report, &f->bed.err), f->bed.err);
    return report;
}

static struct text freeze(struct frozen_bed *f, int64_t now)
{
    struct text id;
    const struct freeze_wish wish = { .year = YEAR, .reason = TEXT("报送市级复核"), .address = TEXT("https://jh.example.cn") };
    CHECK_OK(app_freeze(f->bed.house, f->snapshot, &f->bed.actor, &wish, now, f->bed.mem, &id, &f->bed.err), f->bed.err);
    return id;
}

static void is_the_same(struct frozen_bed *f, struct text id)
{
    struct frozen_verified v;
    CHECK_OK(app_frozen_verify(f->bed.house, &f->bed.actor, id, f->bed.mem, &v, &f->bed.err), f->bed.err);
    for (size_t i = 0; i < v.n; i++)
        if (v.files[i].check != FROZEN_SAME)
            fail_msg("%.*s: %.*s, made again %.*s", TEXT_ARG(v.files[i].path), TEXT_ARG(v.files[i].recorded), TEXT_ARG(v.files[i].found));
    CHECK(v.n > 12);
    CHECK(v.chained);
}

/* ---- words ---- */

/* The first section that has a figure, and that figure. */
static const struct doc_section *section_with_figure(const struct doc *doc, struct doc_span *out)
{
    for (size_t s = 0; s < doc->n; s++)
        for (size_t b = 0; b < doc->sections[s]->n; b++)
            for (size_t i = 0; i < doc->sections[s]->blocks[b].spans.n; i++)
                if (text_starts(doc->sections[s]->blocks[b].spans.at[i].key, TEXT("pupils")) || text_starts(doc->sections[s]->blocks[b].spans.at[i].key, TEXT("mean:"))) {
                    *out = doc->sections[s]->blocks[b].spans.at[i];
                    return doc->sections[s];
                }
    fail_msg("no figure");
    return NULL;
}

TEST(report_words, flags_a_figure_that_has_moved_and_takes_the_new_one_only_when_told)
{
    struct frozen_bed f = frozen_bed();
    struct report before = report_now(&f);
    struct doc_span figure;
    const struct doc_section *section = section_with_figure(before.draft, &figure);
    const char *const id = text_string(f.bed.mem, section->id);
    const struct text words = text_printf(f.bed.mem, "%.*s\n办公室写的一句：〔%.*s｜%.*s〕。", TEXT_ARG(doc_words_write(f.bed.mem, section)), TEXT_ARG(figure.text), TEXT_ARG(figure.key));
    struct doing act = edit_of(&f, id, 0, words);
    CHECK_OK(house_write(f.bed.house, write_words, &act, &f.bed.err), f.bed.err);
    struct report mine = report_now(&f);
    CHECK_INT(mine.edited, 1);
    CHECK_INT(mine.moved, 0);

    change_a_figure(&f);
    struct report after = report_now(&f);
    CHECK(after.moved >= 1);
    struct text now, seen;
    CHECK(doc_worded(after.draft, figure.key, &now));
    CHECK(!text_equal(now, figure.text));
    CHECK(doc_worded(after.doc, figure.key, &seen));
    CHECK(text_find(doc_words_write(f.bed.mem, doc_find(after.doc, section->id)), figure.text, NULL)); /* what the office saw stands */

    act = edit_of(&f, id, 1, TEXT(""));
    act.take = true;
    CHECK_OK(house_write(f.bed.house, write_words, &act, &f.bed.err), f.bed.err);
    struct report taken = report_now(&f);
    CHECK_INT(taken.edited, 1);
    CHECK_INT(taken.moved, 0);
    CHECK(text_find(doc_words_write(f.bed.mem, doc_find(taken.doc, section->id)), TEXT("办公室写的一句"), NULL));
    end(&f);
}

TEST(report_words, refuses_what_somebody_else_changed_first_and_goes_back_to_the_draft)
{
    struct frozen_bed f = frozen_bed();
    struct err err = { 0 };
    struct doing first = edit_of(&f, "verdict", 0, TEXT("第一个人写的。")), second = edit_of(&f, "verdict", 0, TEXT("第二个人写的。"));
    CHECK_OK(house_write(f.bed.house, write_words, &first, &f.bed.err), f.bed.err);
    CHECK(!house_write(f.bed.house, write_words, &second, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    struct doing none = edit_of(&f, "no-such-section", 0, TEXT("写在哪里？"));
    CHECK(!house_write(f.bed.house, write_words, &none, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    struct doing back = edit_of(&f, "verdict", 1, TEXT(""));
    CHECK_OK(house_write(f.bed.house, write_words, &back, &f.bed.err), f.bed.err);
    CHECK_INT(report_now(&f).edited, 0);
    struct section_words *versions;
    size_t n;
    CHECK_OK(app_report_versions(f.bed.house, f.snapshot, &f.bed.actor, &back.place, f.bed.mem, &versions, &n, &f.bed.err), f.bed.err);
    CHECK_INT(n, 2);
    CHECK_TEXT(versions[1].words, "第一个人写的。");
    end(&f);
}

/* ---- frozen ---- */

TEST(frozen, is_made_again_byte_for_byte_after_edits_a_restart_and_a_restore)
{
    struct frozen_bed f = frozen_bed();
    struct doing act = edit_of(&f, "verdict", 0, TEXT("办公室自己写的结论。"));
    CHECK_OK(house_write(f.bed.house, write_words, &act, &f.bed.err), f.bed.err);
    const struct text id = freeze(&f, NOW + 60);
    is_the_same(&f, id);

    change_a_figure(&f);
    act = edit_of(&f, "verdict", 1, TEXT("后来又改了。"));
    CHECK_OK(house_write(f.bed.house, write_words, &act, &f.bed.err), f.bed.err);
    is_the_same(&f, id);

    snapshot_release(&f.snapshot);
    county_bed_reopen(&f.bed);
    CHECK_OK(house_snapshot(f.bed.house, &f.snapshot, &f.bed.err), f.bed.err);
    is_the_same(&f, id);

    /* Elsewhere, out of a backup. */
    struct backup_info info;
    struct text kept;
    const char *const file = arena_printf(f.bed.mem, "%s.backup", f.bed.folder), *const folder = arena_printf(f.bed.mem, "%s.restored", f.bed.folder);
    CHECK_OK(app_backup(f.bed.house, file, NOW, f.bed.mem, &info, &f.bed.err), f.bed.err);
    CHECK_OK(app_restore(file, folder, false, NOW, f.bed.mem, &info, &kept, &f.bed.err), f.bed.err);
    struct house *other;
    const struct actor console = actor_console();
    struct frozen_verified v;
    CHECK_OK(house_open(&(struct house_options){ .folder = folder }, &other, &f.bed.err), f.bed.err);
    CHECK_OK(app_frozen_verify(other, &console, id, f.bed.mem, &v, &f.bed.err), f.bed.err);
    CHECK_INT(v.differing + v.not_made, 0);
    house_close(&other);
    CHECK(system(arena_printf(f.bed.mem, "rm -rf '%s' '%s'", file, folder)) == 0);
    end(&f);
}

TEST(frozen, keeps_its_own_figures_while_the_data_go_on)
{
    struct frozen_bed f = frozen_bed();
    const struct text id = freeze(&f, NOW);
    const double pupils = f.snapshot->assessment->counties[snapshot_year(f.snapshot, YEAR)].stages[0].pupils;
    change_a_figure(&f);
    CHECK(f.snapshot->assessment->counties[snapshot_year(f.snapshot, YEAR)].stages[0].pupils != pupils);
    struct snapshot then;
    size_t year;
    CHECK_OK(app_frozen_state(f.bed.house, &f.bed.actor, id, f.bed.mem, &then, &year, &f.bed.err), f.bed.err);
    CHECK_NEAR(then.assessment->counties[year].stages[0].pupils, pupils, 0);
    struct readiness_facts facts;
    CHECK_OK(app_readiness_facts(f.bed.house, f.snapshot, &f.bed.actor, snapshot_year(f.snapshot, YEAR), f.bed.mem, &facts, &f.bed.err), f.bed.err);
    CHECK(facts.frozen && facts.frozen_stale);
    end(&f);
}

TEST(frozen, gives_the_same_files_when_frozen_twice_and_the_same_zip)
{
    struct frozen_bed f = frozen_bed();
    struct frozen frozen;
    struct frozen_inside a, b;
    const struct text first = freeze(&f, NOW), second = freeze(&f, NOW);
    CHECK(!text_equal(first, second));
    CHECK_OK(app_frozen(f.bed.house, &f.bed.actor, first, f.bed.mem, &frozen, &a, &f.bed.err), f.bed.err);
    CHECK_OK(app_frozen(f.bed.house, &f.bed.actor, second, f.bed.mem, &frozen, &b, &f.bed.err), f.bed.err);
    CHECK_INT(a.n_files, b.n_files);
    for (size_t i = 0; i < a.n_files; i++)
        CHECK(text_equal(a.files[i].sha256, b.files[i].sha256) && text_equal(a.files[i].path, b.files[i].path));
    struct text name, one, two;
    CHECK_OK(app_frozen_zip(f.bed.house, &f.bed.actor, first, NOW, f.bed.mem, &name, &one, &f.bed.err), f.bed.err);
    CHECK_OK(app_frozen_zip(f.bed.house, &f.bed.actor, first, NOW + 9, f.bed.mem, &name, &two, &f.bed.err), f.bed.err);
    CHECK(one.size > 10000 && text_equal(one, two));
    end(&f);
}

TEST(frozen, is_refused_without_a_reason_to_who_may_not_and_for_no_year)
{
    struct frozen_bed f = frozen_bed();
    struct text id;
    struct err err = { 0 };
    CHECK(!app_freeze(f.bed.house, f.snapshot, &f.bed.actor, &(struct freeze_wish){ .year = YEAR, .reason = TEXT(" ") }, NOW, f.bed.mem, &id, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK(!app_freeze(f.bed.house, f.snapshot, &f.bed.actor, &(struct freeze_wish){ .year = 1999, .reason = TEXT("报送") }, NOW, f.bed.mem, &id, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    struct actor supervisor = { .account = 9, .name = TEXT("s"), .shown = TEXT("督导"), .role = ROLE_supervisor, .permissions = role_info(ROLE_supervisor)->permissions,
                                .place = { .kind = PLACE_COUNTY } };
    CHECK(!app_freeze(f.bed.house, f.snapshot, &supervisor, &(struct freeze_wish){ .year = YEAR, .reason = TEXT("报送") }, NOW, f.bed.mem, &id, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    end(&f);
}

TEST(frozen, is_not_packed_before_every_condition_is_met)
{
    struct frozen_bed f = frozen_bed();
    struct text name, bytes;
    struct err err = { 0 };
    freeze(&f, NOW);
    CHECK(!app_application_pack(f.bed.house, f.snapshot, &f.bed.actor, snapshot_year(f.snapshot, YEAR), NOW, f.bed.mem, &name, &bytes, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    CHECK_CONTAINS(text_of(err.what), "还不能生成申请材料");
    end(&f);
}

/* Nothing that is frozen can be changed or taken away: there is no statement for it. */
TEST(frozen, has_no_query_that_changes_it)
{
    for (size_t i = 0; i < N_QUERIES; i++) {
        const struct text said = text_of(QUERIES[i].sqlite);
        const bool changes = text_find(said, TEXT("UPDATE frozen"), NULL) || text_find(said, TEXT("DELETE FROM frozen"), NULL) || text_find(said, TEXT("REPLACE INTO frozen"), NULL);
        if (changes)
            fail_msg("%s changes what is frozen", QUERIES[i].name);
    }
}
