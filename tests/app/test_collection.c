/* A year is opened, filled in, sent back, approved, locked, corrected: what counts, and when. */
#include "county_bed.h"

#include "app/correction.h"
#include "app/edit.h"
#include "app/return_act.h"
#include "model/waiting.h"
#include "model/returns_overlay.h"
#include "report/compose_county.h"
#include "store/returns_store.h"

enum { NOW = 1790000000, YEAR = 2026, DAY = 86400 };   /* the bed's latest year is 2025 */

struct year_bed {
    struct county_bed county;
    const struct snapshot *snapshot;
    const char *school;                 /* of the latest year, the first */
    const char *other;
    struct actor clerk, principal, checker, bureau, second, office;
    int64_t typed_at, explained_at;
};

static struct actor person(int64_t account, enum role role, enum place_kind kind, const char *place)
{
    return (struct actor){ .account = account, .name = text_of(role_info(role)->id), .shown = text_of(role_info(role)->zh), .role = role,
                           .permissions = role_info(role)->permissions, .place = { kind, text_of(place) }, .channel = CHANNEL_WEB,
                           .address = TEXT("127.0.0.1") };
}

static void look(struct year_bed *b)
{
    if (b->snapshot)
        snapshot_release(&b->snapshot);
    CHECK_OK(house_snapshot(b->county.house, &b->snapshot, &b->county.err), b->county.err);
}

struct opening { struct year_bed *bed; struct collection_wish wish; };
static bool open_it(void *context, struct db_session *session, struct err *err)
{
    struct opening *const o = context;
    return app_collection_open(o->bed->county.house, session, &o->bed->office, &o->wish, NOW, err);
}

static struct year_bed opened(bool check_asked)
{
    struct year_bed b = { .county = county_bed_full(2), .typed_at = NOW + 60, .explained_at = NOW + 120 };
    look(&b);
    const struct returns *const r = b.snapshot->returns;
    const struct county_year *const last = &r->counties[r->n_counties - 1];
    CHECK_INT(last->year, 2025);
    /* One that is a unit of its own with all its figures, so that a return as last year's is sound. */
    b.school = text_string(b.county.mem, returns_text(r, last->first, r->items->school_code));
    b.other = text_string(b.county.mem, returns_text(r, last->first + 1, r->items->school_code));
    const char *const town = text_string(b.county.mem, returns_text(r, last->first, r->items->township));
    b.clerk = person(1, ROLE_clerk, PLACE_SCHOOL, b.school);
    b.principal = person(2, ROLE_principal, PLACE_SCHOOL, b.school);
    b.checker = person(3, ROLE_township, PLACE_TOWNSHIP, town);
    b.bureau = person(4, ROLE_statistician, PLACE_COUNTY, "");
    b.second = person(5, ROLE_supervisor, PLACE_COUNTY, "");
    b.office = person(6, ROLE_office, PLACE_COUNTY, "");
    struct opening o = { &b, { .year = YEAR, .check_asked = check_asked } };
    county_bed_write(&b.county, open_it, &o);
    look(&b);
    return b;
}

static void end(struct year_bed *b)
{
    snapshot_release(&b->snapshot);
    county_bed_end(&b->county);
}

/* ---- typing ------------------------------------------------------------------------------- */

struct typing { struct year_bed *bed; const struct actor *who; struct entry_save save; struct entry_saved saved; bool ok; struct err err; };
static bool type_it(void *context, struct db_session *session, struct err *err)
{
    struct typing *const t = context;
    t->ok = app_entry_save(t->bed->county.house, session, t->who, &t->save, t->bed->typed_at, t->bed->county.mem, &t->saved, &t->err);
    *err = t->err;
    return t->ok;
}

static struct typing type(struct year_bed *b, const struct actor *who, const char *school, const char *item, const char *typed, int64_t seen)
{
    struct typing t = { .bed = b, .who = who,
                        .save = { YEAR, text_of(school), item_find(&b->snapshot->edition->items, text_of(item)), text_of(typed), seen } };
    struct err ignored;
    (void)!house_write(b->county.house, type_it, &t, &ignored);
    return t;
}

/* Last year's figures typed in again, cell by cell. */
static void type_last_year(struct year_bed *b)
{
    const struct returns *const r = b->snapshot->returns;
    const size_t row = returns_row(r, b->snapshot->county_code, 2025, text_of(b->school));
    for (uint16_t i = 0; i < r->items->n; i++) {
        const struct item *const item = &r->items->at[i];
        if (item->level != ITEM_SCHOOL)
            continue;
        const struct text typed = entry_typed(b->county.mem, item, item->type == ITEM_TEXT ? BLANK : returns_number(r, row, i),
                                              item->type == ITEM_TEXT ? returns_text(r, row, i) : TEXT(""));
        if (typed.size)
            CHECK_INT(type(b, &b->clerk, b->school, text_string(b->county.mem, item->code), text_string(b->county.mem, typed), 0).saved.outcome, ENTRY_SAVED); /* who it is stands there already: the same is no conflict */
    }
}

static struct entry_page page_of(struct year_bed *b, const struct actor *who)
{
    struct entry_page page;
    CHECK_OK(app_entry(b->county.house, b->snapshot, who, YEAR, text_of(b->school), NOW, LANG_ZH, b->county.mem, &page, &b->county.err), b->county.err);
    return page;
}

struct explaining { struct year_bed *bed; struct text item, rule; };
static bool explain_it(void *context, struct db_session *session, struct err *err)
{
    const struct explaining *const e = context;
    return app_entry_explain(e->bed->county.house, session, &e->bed->clerk, YEAR, text_of(e->bed->school), e->item, e->rule, TEXT("核对过，就是这样"), e->bed->explained_at, err);
}

static void explain_all(struct year_bed *b)
{
    const struct entry_page page = page_of(b, &b->clerk);
    for (size_t i = 0; i < page.n_findings; i++)
        if (page.findings[i].level == FINDING_WARNING) {
            struct explaining e = { b, page.findings[i].item, page.findings[i].rule };
            county_bed_write(&b->county, explain_it, &e);
        }
}

static bool step(struct year_bed *b, const struct actor *who, enum return_step what, const char *reason, struct return_done *done)
{
    struct return_done other;
    const struct return_act act = { .year = YEAR, .school = text_of(b->school), .step = what, .reason = text_of(reason) };
    const bool ok = app_return_step(b->county.house, b->snapshot, who, &act, NOW, b->county.mem, done ? done : &other, &b->county.err);
    look(b);
    return ok;
}

static void to_approval(struct year_bed *b, bool check)
{
    type_last_year(b);
    explain_all(b);
    CHECK_OK(step(b, &b->clerk, STEP_SUBMIT, "", NULL), b->county.err);
    CHECK_OK(step(b, &b->principal, STEP_CONFIRM, "", NULL), b->county.err);
    if (check)
        CHECK_OK(step(b, &b->checker, STEP_CHECK, "", NULL), b->county.err);
    CHECK_OK(step(b, &b->bureau, STEP_APPROVE, "", NULL), b->county.err);
}

static bool counts(const struct year_bed *b)
{
    return returns_row(b->snapshot->returns, b->snapshot->county_code, YEAR, text_of(b->school)) != SIZE_MAX;
}

/* ---- tests -------------------------------------------------------------------------------- */

TEST(collection, asks_every_school_of_the_year_before_and_shows_that_year_until_it_is_complete)
{
    struct year_bed b = opened(true);
    struct collection_status status;
    CHECK_OK(app_collection_status(b.county.house, &b.office, YEAR, NOW, b.county.mem, &status, &b.county.err), b.county.err);
    CHECK_INT(status.n, b.snapshot->returns->counties[b.snapshot->n_years - 1].n);
    CHECK_INT(status.in_state[RETURN_DRAFT], status.n);
    CHECK_INT(b.snapshot->n_lacking, status.n);
    CHECK_INT(b.snapshot->years[snapshot_year(b.snapshot, 0)], 2025);
    CHECK_OK(app_collection_status(b.county.house, &b.clerk, YEAR, NOW + 31 * DAY, b.county.mem, &status, &b.county.err), b.county.err);
    CHECK_INT(status.n, 1); /* the clerk sees his own */
    CHECK_INT(status.late, 1);
    end(&b);
}

TEST(collection, lets_nothing_count_that_is_not_approved)
{
    struct year_bed b = opened(true);
    const int64_t version = (int64_t)b.snapshot->version;
    type_last_year(&b);
    explain_all(&b);
    look(&b);
    CHECK_INT(b.snapshot->version, version); /* typing touches no data version */
    CHECK(!counts(&b));
    CHECK_OK(step(&b, &b.clerk, STEP_SUBMIT, "", NULL), b.county.err);
    CHECK(!counts(&b));
    CHECK_OK(step(&b, &b.principal, STEP_CONFIRM, "", NULL), b.county.err);
    CHECK_OK(step(&b, &b.checker, STEP_CHECK, "", NULL), b.county.err);
    CHECK(!counts(&b));
    struct return_done done;
    CHECK_OK(step(&b, &b.bureau, STEP_APPROVE, "", &done), b.county.err);
    CHECK_INT(done.state, RETURN_APPROVED);
    CHECK_INT(done.data_version, version + 1);
    CHECK(counts(&b));
    const struct county_assessment *const county = &b.snapshot->assessment->counties[snapshot_year(b.snapshot, YEAR)];
    CHECK(county->lacking + 1 == b.snapshot->returns->counties[snapshot_year(b.snapshot, 2025)].n);
    CHECK_INT(county->verdict, STATE_NO_DATA); /* whatever the approved ones say: the others may change every mean */
    const struct blocks blocks = compose_blocks(b.county.mem, b.snapshot->assessment, snapshot_year(b.snapshot, YEAR));
    CHECK_CONTAINS(compose_county_sentence(b.county.mem, county, &blocks), "所学校的数据没有审定");
    CHECK_OK(step(&b, &b.bureau, STEP_REOPEN, "在校生与学籍不符", NULL), b.county.err);
    CHECK(!counts(&b)); /* and no longer, once it is reopened */
    end(&b);
}

TEST(collection, leaves_out_the_check_where_the_county_does)
{
    struct year_bed b = opened(false);
    to_approval(&b, false);
    CHECK(counts(&b));
    end(&b);
}

TEST(collection, bars_errors_blanks_and_warnings_without_a_reason)
{
    struct year_bed b = opened(true);
    CHECK(!step(&b, &b.clerk, STEP_SUBMIT, "", NULL)); /* nothing is filled in */
    CHECK_CONTAINS(text_of(b.county.err.what), "必填");
    type_last_year(&b);
    struct typing t = type(&b, &b.clerk, b.school, "classrooms_multimedia", "十二间", 1);
    CHECK_INT(t.saved.outcome, ENTRY_INVALID);
    CHECK_CONTAINS(t.saved.words, "十二间");
    CHECK(!step(&b, &b.clerk, STEP_SUBMIT, "", NULL));
    CHECK_CONTAINS(text_of(b.county.err.what), "错误");
    t = type(&b, &b.clerk, b.school, "classrooms_multimedia", "900", t.saved.stamp);
    CHECK_INT(t.saved.outcome, ENTRY_SAVED);
    const struct entry_page page = page_of(&b, &b.clerk);
    CHECK(page.unexplained > 0);
    CHECK(!step(&b, &b.clerk, STEP_SUBMIT, "", NULL));
    CHECK_CONTAINS(text_of(b.county.err.what), "没有说明原因");
    explain_all(&b);
    CHECK_INT(page_of(&b, &b.clerk).unexplained, 0);
    b.typed_at = NOW + 180; /* another figure than the one that was explained */
    t = type(&b, &b.clerk, b.school, "classrooms_multimedia", "950", t.saved.stamp);
    CHECK_INT(t.saved.outcome, ENTRY_SAVED);
    CHECK(page_of(&b, &b.clerk).unexplained > 0);
    t = type(&b, &b.clerk, b.school, "classrooms_multimedia", "900", t.saved.stamp);
    b.explained_at = NOW + 240;
    explain_all(&b);
    CHECK_OK(step(&b, &b.clerk, STEP_SUBMIT, "", NULL), b.county.err);
    end(&b);
}

struct asking_more { struct year_bed *bed; };
static bool ask_more(void *context, struct db_session *session, struct err *err)
{
    const struct asking_more *const a = context;
    return app_collection_ask(a->bed->county.house, session, &a->bed->office, YEAR, TEXT("2419900999"), TEXT("新城小学（虚构）"), TEXT("城关街道"), NOW, err);
}

TEST(collection, lacks_a_school_as_soon_as_it_is_asked)
{
    struct year_bed b = opened(true);
    const size_t before = b.snapshot->n_lacking;
    struct asking_more a = { &b };
    county_bed_write(&b.county, ask_more, &a);
    look(&b);
    CHECK_INT(b.snapshot->n_lacking, before + 1);
    bool told = false;
    for (size_t i = 0; i < b.snapshot->n_lacking; i++)
        told |= text_equal(b.snapshot->lacking[i].name, TEXT("新城小学（虚构）"));
    CHECK(told);
    end(&b);
}

TEST(collection, overwrites_nothing_unseen)
{
    struct year_bed b = opened(true);
    struct actor other = b.clerk;
    other.account = 77;
    other.shown = TEXT("王敏");
    CHECK_INT(type(&b, &other, b.school, "classrooms_multimedia", "36", 0).saved.outcome, ENTRY_SAVED);
    const struct typing t = type(&b, &b.clerk, b.school, "classrooms_multimedia", "34", 0);
    CHECK_INT(t.saved.outcome, ENTRY_CONFLICT);
    CHECK_CONTAINS(t.saved.words, "由王敏改为 36，您填的是 34");
    CHECK_INT(type(&b, &b.clerk, b.school, "classrooms_multimedia", "36", 0).saved.outcome, ENTRY_SAVED); /* the same is no conflict */
    CHECK_INT(type(&b, &b.clerk, b.school, "classrooms_multimedia", "34", t.saved.stamp).saved.outcome, ENTRY_SAVED);
    end(&b);
}

struct pasting { struct year_bed *bed; const struct entry_typed_cell *cells; size_t n; struct entry_saved saved[8]; };
static bool paste_it(void *context, struct db_session *session, struct err *err)
{
    struct pasting *const p = context;
    return app_entry_save_many(p->bed->county.house, session, &p->bed->clerk, YEAR, text_of(p->bed->school), p->cells, p->n, NOW + 60,
                               p->bed->county.mem, p->saved, err);
}

TEST(collection, saves_many_cells_at_once_each_by_itself)
{
    struct year_bed b = opened(true);
    const struct item_list *const items = &b.snapshot->edition->items;
    const uint16_t rooms = item_find(items, TEXT("classrooms_multimedia")), pupils = item_find(items, TEXT("pupils_primary"));
    CHECK_INT(type(&b, &b.clerk, b.school, "classrooms_multimedia", "36", 0).saved.outcome, ENTRY_SAVED);
    const struct entry_typed_cell cells[] = { { rooms, TEXT("34"), 0 }, { pupils, TEXT("三百"), 0 }, { NO_ITEM, TEXT("1"), 0 },
                                              { item_find(items, TEXT("area_outdoor_sports_m2")), TEXT("12000"), 0 } };
    struct pasting p = { &b, cells, COUNT(cells), { { 0 } } };
    county_bed_write(&b.county, paste_it, &p);
    CHECK_INT(p.saved[0].outcome, ENTRY_CONFLICT);
    CHECK_TEXT(p.saved[0].typed, "36");
    CHECK_INT(p.saved[1].outcome, ENTRY_INVALID);
    CHECK_INT(p.saved[2].outcome, ENTRY_REFUSED);
    CHECK_INT(p.saved[3].outcome, ENTRY_SAVED);
    county_bed_write(&b.county, paste_it, &p); /* sent again: done once, and what was invalid is no conflict with itself */
    CHECK_INT(p.saved[1].outcome, ENTRY_INVALID);
    CHECK_INT(p.saved[3].outcome, ENTRY_SAVED);
    CHECK_INT(p.saved[3].stamp, 1);
    struct entry_now now;
    CHECK_OK(app_entry_now(b.county.house, &b.clerk, YEAR, text_of(b.school), NOW, b.county.mem, &now, &b.county.err), b.county.err);
    size_t seen = 0;
    for (size_t i = 0; i < now.n; i++) {
        seen += text_equal(now.cells[i].item, TEXT("area_outdoor_sports_m2")) && text_equal(now.cells[i].typed, TEXT("12000"));
        seen += text_equal(now.cells[i].item, TEXT("pupils_primary")) && now.cells[i].unread && text_equal(now.cells[i].typed, TEXT("三百"));
    }
    CHECK_INT(seen, 2);
    end(&b);
}

TEST(collection, gives_a_workbook_and_takes_it_back)
{
    struct year_bed b = opened(true);
    struct text name, bytes;
    struct entry_uploaded up;
    type_last_year(&b);
    CHECK_OK(app_entry_workbook(b.county.house, &b.clerk, YEAR, text_of(b.school), NOW, b.county.mem, &name, &bytes, &b.county.err), b.county.err);
    CHECK_CONTAINS(name, "2026学年-填报.xlsx");
    CHECK_OK(app_entry_upload(b.county.house, &b.clerk, YEAR, text_of(b.school), name, bytes, NOW, b.county.mem, &up, &b.county.err), b.county.err);
    CHECK_INT(up.n_changes, 0); /* as it was given */
    CHECK_INT(up.n_findings, 0);
    CHECK(up.same > 20);
    const struct entry_page before = page_of(&b, &b.clerk);
    const int64_t stamp = before.note[item_find(&b.snapshot->edition->items, TEXT("classrooms_multimedia"))].stamp;
    CHECK_INT(type(&b, &b.clerk, b.school, "classrooms_multimedia", "91", stamp).saved.outcome, ENTRY_SAVED);
    CHECK_OK(app_entry_upload(b.county.house, &b.clerk, YEAR, text_of(b.school), name, bytes, NOW, b.county.mem, &up, &b.county.err), b.county.err);
    CHECK_INT(up.n_changes, 1); /* told what was there and what stands now */
    CHECK_TEXT(up.changes[0].item, "classrooms_multimedia");
    CHECK_TEXT(up.changes[0].before, "91");
    const struct text rows = text_printf(b.county.mem, "学年,学校代码,网络多媒体教室间数,运动场地面积\n2026,%s,12间,4321\n2026,%s,7,8\n", b.school, b.other);
    CHECK_OK(app_entry_upload(b.county.house, &b.clerk, YEAR, text_of(b.school), TEXT("a.csv"), rows, NOW, b.county.mem, &up, &b.county.err), b.county.err);
    CHECK_INT(up.n_changes, 1);
    CHECK_TEXT(up.changes[0].after, "4321");
    CHECK_INT(up.others, 1);
    CHECK(up.n_findings > 0);
    CHECK_TEXT(up.findings[0].read, "12间");
    const struct text strange = text_printf(b.county.mem, "学年,学校代码,运动场地面积\n2026,%s,8\n", b.other);
    CHECK(!app_entry_upload(b.county.house, &b.clerk, YEAR, text_of(b.school), TEXT("a.csv"), strange, NOW, b.county.mem, &up, &b.county.err));
    CHECK_CONTAINS(text_of(b.county.err.what), "没有本校");
    CHECK(!app_entry_upload(b.county.house, &b.bureau, YEAR, text_of(b.school), TEXT("a.csv"), rows, NOW, b.county.mem, &up, &b.county.err));
    CHECK_INT(b.county.err.kind, ERR_DENIED);
    end(&b);
}

TEST(collection, is_filled_in_at_one_s_own_school_alone_and_as_a_draft_alone)
{
    struct year_bed b = opened(true);
    struct typing t = type(&b, &b.clerk, b.other, "classrooms_multimedia", "34", 0);
    CHECK(!t.ok && t.err.kind == ERR_ABSENT);
    t = type(&b, &b.bureau, b.school, "classrooms_multimedia", "34", 0);
    CHECK(!t.ok && t.err.kind == ERR_DENIED);
    to_approval(&b, true);
    t = type(&b, &b.clerk, b.school, "classrooms_multimedia", "34", 1);
    CHECK(!t.ok && t.err.kind == ERR_CONFLICT);
    end(&b);
}

TEST(collection, sends_back_with_cells_and_reasons)
{
    struct year_bed b = opened(true);
    type_last_year(&b);
    explain_all(&b);
    CHECK_OK(step(&b, &b.clerk, STEP_SUBMIT, "", NULL), b.county.err);
    CHECK(!step(&b, &b.principal, STEP_SEND_BACK, " ", NULL));
    CHECK_CONTAINS(text_of(b.county.err.what), "原因");
    const struct sent_back_cell cell = { TEXT("pupils_primary"), TEXT("与学籍不符，差 12 人") };
    const struct return_act act = { .year = YEAR, .school = text_of(b.school), .step = STEP_SEND_BACK, .cells = &cell, .n_cells = 1 };
    struct return_done done;
    CHECK_OK(app_return_step(b.county.house, b.snapshot, &b.principal, &act, NOW, b.county.mem, &done, &b.county.err), b.county.err);
    CHECK_INT(done.state, RETURN_DRAFT);
    const struct entry_page page = page_of(&b, &b.clerk);
    CHECK(page.way.record.sent_back);
    CHECK(page.note[item_find(&b.snapshot->edition->items, TEXT("pupils_primary"))].commented);
    CHECK_TEXT(page.remarks[page.n_remarks - 1].remark, "与学籍不符，差 12 人");
    struct waiting_list waiting = { .mem = b.county.mem };
    CHECK_OK(app_returns_waiting(b.county.house, &b.clerk, NOW, &waiting, &b.county.err), b.county.err);
    CHECK_INT(waiting.n, 1);
    CHECK_CONTAINS(waiting.at[0].came_back, "与学籍不符");
    end(&b);
}

TEST(collection, is_not_confirmed_by_who_submitted)
{
    struct year_bed b = opened(true);
    type_last_year(&b);
    explain_all(&b);
    CHECK_OK(step(&b, &b.clerk, STEP_SUBMIT, "", NULL), b.county.err);
    struct actor both = b.principal;
    both.account = b.clerk.account;
    CHECK(!step(&b, &both, STEP_CONFIRM, "", NULL));
    CHECK_INT(b.county.err.kind, ERR_DENIED);
    CHECK_OK(step(&b, &b.principal, STEP_CONFIRM, "", NULL), b.county.err);
    CHECK_OK(step(&b, &b.checker, STEP_CHECK, "", NULL), b.county.err);
    both = b.bureau; /* nor does who checked it approve it, whatever his role is now */
    both.account = b.checker.account;
    CHECK(!step(&b, &both, STEP_APPROVE, "", NULL));
    CHECK_CONTAINS(text_of(b.county.err.what), "不能是同一个人");
    end(&b);
}

struct locking { struct year_bed *bed; const struct actor *who; const char *reason; };
static bool lock_it(void *context, struct db_session *session, struct err *err)
{
    const struct locking *const l = context;
    return app_collection_lock(l->bed->county.house, session, l->who, YEAR, text_of(l->reason), NOW, err);
}

struct asking { struct year_bed *bed; const struct actor *who; const char *typed; struct text id; };
static bool ask_it(void *context, struct db_session *session, struct err *err)
{
    struct asking *const a = context;
    const struct correction_cell_wish cell = { item_find(&a->bed->snapshot->edition->items, TEXT("classrooms_multimedia")), text_of(a->typed) };
    const struct correction_wish wish = { .year = YEAR, .school = text_of(a->bed->school), .reason = TEXT("漏报了综合楼的两间"), .cells = &cell, .n = 1 };
    return app_correction_ask(a->bed->county.house, session, a->who, &wish, NOW, a->bed->county.mem, &a->id, err);
}

struct deciding { struct year_bed *bed; const struct actor *who; struct text id; enum correction_decision what; const char *reason; };
static bool decide_it(void *context, struct db_session *session, struct err *err)
{
    const struct deciding *const d = context;
    return app_correction_decide(d->bed->county.house, session, d->who, d->id, d->what, text_of(d->reason), NOW, err);
}

struct mending { struct year_bed *bed; };
static bool edit_it(void *context, struct db_session *session, struct err *err)
{
    const struct mending *const m = context;
    const struct figure_edit edit = { .year = YEAR, .school = text_of(m->bed->school),
                                      .item = item_find(&m->bed->snapshot->edition->items, TEXT("classrooms_multimedia")), .typed = TEXT("3"),
                                      .seen = BLANK, .seen_text = TEXT(""), .reason = TEXT("") };
    struct figure_edited edited;
    return app_figure_edit(m->bed->county.house, session, &m->bed->office, &edit, NOW, m->bed->county.mem, &edited, err);
}

TEST(collection, changes_after_the_lock_by_two_people_alone)
{
    struct year_bed b = opened(true);
    struct err err;
    to_approval(&b, true);
    CHECK(!house_write(b.county.house, lock_it, &(struct locking){ &b, &b.office, "" }, &err));
    CHECK_CONTAINS(text_of(err.what), "没有审定");
    CHECK(!house_write(b.county.house, lock_it, &(struct locking){ &b, &b.bureau, "缺的学校已经停办" }, &err)); /* not the statistician */
    county_bed_write(&b.county, lock_it, &(struct locking){ &b, &b.office, "缺的学校已经停办" });
    look(&b);
    CHECK(counts(&b));
    CHECK_INT(b.snapshot->years[snapshot_year(b.snapshot, 0)], YEAR); /* complete now, as far as it goes */
    CHECK(!house_write(b.county.house, edit_it, &(struct mending){ &b }, &err));
    CHECK_CONTAINS(text_of(err.what), "已经锁定");
    struct asking ask = { &b, &b.office, "35", { 0 } };
    county_bed_write(&b.county, ask_it, &ask);
    look(&b);
    const double before = county_bed_figure(&b.county, YEAR, b.school, "classrooms_multimedia");
    CHECK(before != 35);
    CHECK(!house_write(b.county.house, decide_it, &(struct deciding){ &b, &b.office, ask.id, CORRECTION_AGREE, "" }, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    CHECK(!house_write(b.county.house, decide_it, &(struct deciding){ &b, &b.second, ask.id, CORRECTION_REFUSE, "" }, &err)); /* without a reason */
    county_bed_write(&b.county, decide_it, &(struct deciding){ &b, &b.second, ask.id, CORRECTION_AGREE, "" });
    look(&b);
    CHECK_NEAR(county_bed_figure(&b.county, YEAR, b.school, "classrooms_multimedia"), 35, 0);
    CHECK(!house_write(b.county.house, decide_it, &(struct deciding){ &b, &b.second, ask.id, CORRECTION_AGREE, "" }, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    /* Both versions can be read, and compared cell by cell. */
    struct version_cell *cells;
    size_t n, differing = 0;
    CHECK_OK(app_return_compare(b.county.house, &b.office, text_of(b.school), YEAR, 1, YEAR, 2, LANG_ZH, b.county.mem, &cells, &n, &b.county.err), b.county.err);
    for (size_t i = 0; i < n; i++)
        if (cells[i].differs) {
            CHECK_TEXT(cells[i].code, "classrooms_multimedia");
            CHECK_TEXT(cells[i].after, "35");
            differing++;
        }
    CHECK_INT(differing, 1);
    end(&b);
}

TEST(collection, can_be_assessed_again_as_it_stood_at_any_version)
{
    struct year_bed b = opened(true);
    const int64_t opened_at = (int64_t)b.snapshot->version;
    to_approval(&b, true);
    const int64_t approved_at = (int64_t)b.snapshot->version;
    CHECK_OK(step(&b, &b.bureau, STEP_REOPEN, "再核一遍", NULL), b.county.err);
    struct db_session *session;
    CHECK_OK(db_read_begin(house_db(b.county.house), &session, &b.county.err), b.county.err);
    for (int at = 0; at < 3; at++) {
        const int64_t version = at == 0 ? opened_at : at == 1 ? approved_at : (int64_t)b.snapshot->version;
        struct returns *r;
        CHECK_OK(store_returns(session, b.snapshot->county_code, &b.snapshot->edition->items, version, b.county.mem, &r, &b.county.err), b.county.err);
        CHECK((returns_row(r, b.snapshot->county_code, YEAR, text_of(b.school)) != SIZE_MAX) == (at == 1));
    }
    db_read_end(&session);
    end(&b);
}

TEST(collection, takes_windows_in_their_order_alone)
{
    struct year_bed b = opened(true);
    struct err err;
    struct opening o = { &b, { .year = 2027, .check_asked = true, .fill_until = NOW + 9 * DAY, .confirm_until = NOW + 3 * DAY } };
    CHECK(!house_write(b.county.house, open_it, &o, &err));
    CHECK_CONTAINS(text_of(err.what), "先后");
    o.wish = (struct collection_wish){ .year = YEAR };
    CHECK(!house_write(b.county.house, open_it, &o, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
    o.wish = (struct collection_wish){ .year = 2027, .reference_day = TEXT("九月一日") };
    CHECK(!house_write(b.county.house, open_it, &o, &err));
    CHECK_CONTAINS(text_of(err.what), "不是一个日期");
    end(&b);
}

TEST(collection, cannot_be_submitted_without_the_pupils_of_a_stage)
{
    struct year_bed b = opened(true);
    const size_t row = returns_row(b.snapshot->returns, b.snapshot->county_code, 2025, text_of(b.school));
    const uint16_t primary = item_find(&b.snapshot->edition->items, TEXT("pupils_primary"));
    CHECK(!is_blank(returns_number(b.snapshot->returns, row, primary)));
    type_last_year(&b);
    const struct typing t = type(&b, &b.clerk, b.school, "pupils_primary", "", 1);
    CHECK_INT(t.saved.outcome, ENTRY_SAVED);
    explain_all(&b);
    CHECK(page_of(&b, &b.clerk).note[primary].compulsory);
    CHECK(!step(&b, &b.clerk, STEP_SUBMIT, "", NULL));
    CHECK_CONTAINS(text_of(b.county.err.what), "必填");
    end(&b);
}
