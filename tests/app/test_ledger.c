/* The ledger on the made-up county: found, planned, claimed, measured, verified, fallen back; its workbook; who sees what. */
#include "county_bed.h"

#include "app/edit.h"
#include "app/ledger_book.h"
#include "app/ledger_paper.h"
#include "app/units.h"
#include "report/write_doc.h"

enum { NOW = 1790000000 /* 2026-09-21 */, DAY = 86400 };

struct scene {
    struct county_bed bed;
    const struct snapshot *s;
    struct actor office, inspector, other, outside;
    struct ledger_followed followed;
    int64_t now;
};

static struct actor person(int64_t account, const char *name, enum role role, enum place_kind kind, struct text place)
{
    return (struct actor){ .account = account, .name = text_of(name), .shown = text_of(name), .role = role, .permissions = role_info(role)->permissions,
                           .place = { kind, place }, .channel = CHANNEL_WEB };
}

/* One act in the writer. */
struct doing {
    struct scene *c;
    const struct actor *actor;
    enum { FOLLOW, STEP, VERIFY, EDIT, UNDO, ADD, FIGURE, SEED, MERGE, TAKE } what;
    int64_t id;
    enum ledger_step step;
    struct text words, day;
    struct ledger_edit edit;
    struct ledger_edited edited;
    struct ledger_undone undone;
    struct ledger_row row;
    struct figure_edit figure;
    struct unit_wish wish;
    struct ledger_coming *coming;
};

static bool work(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    struct scene *const c = d->c;
    struct house *const h = c->bed.house;
    struct arena *const mem = c->bed.mem;
    struct figure_edited edited;
    size_t n;
    switch (d->what) {
    case FOLLOW: return app_ledger_follow(h, session, c->s, c->now, mem, &c->followed, err);
    case STEP: return app_ledger_step(h, session, d->actor, d->id, d->step, d->words, c->now, mem, err);
    case VERIFY:
        return app_ledger_verify(h, session, c->s, d->actor, d->id, &(struct ledger_visit){ d->day, d->words, TEXT("") }, c->now, mem, err);
    case EDIT: return app_ledger_edit(h, session, c->s, d->actor, &d->edit, c->now, mem, &d->edited, err);
    case UNDO: return app_ledger_undo(h, session, c->s, d->actor, d->words, c->now, mem, &d->undone, err);
    case ADD: return app_ledger_add(h, session, d->actor, &d->row, c->now, mem, &d->id, err);
    case FIGURE: return app_figure_edit(h, session, &c->bed.actor, &d->figure, c->now, mem, &edited, err);
    case SEED: return app_units_seed(h, session, c->s, &c->bed.actor, TEXT("2020-09-01"), c->now, mem, &n, err);
    case MERGE: return app_unit_act(h, session, &c->bed.actor, &d->wish, c->now, mem, err);
    case TAKE: return app_ledger_book_take(h, session, c->s, d->actor, d->coming, c->now, mem, &d->edited, err);
    }
    return false;
}

static void look_again(struct scene *c)
{
    snapshot_release(&c->s);
    CHECK_OK(house_snapshot(c->bed.house, &c->s, &c->bed.err), c->bed.err);
}

static bool try(struct scene *c, struct doing *d)
{
    d->c = c;
    c->bed.err = (struct err){ .kind = ERR_NONE };
    const bool ok = house_write(c->bed.house, work, d, &c->bed.err);
    look_again(c);
    return ok;
}

static void must(struct scene *c, struct doing d)
{
    CHECK_OK(try(c, &d), c->bed.err);
}

static void must_not(struct scene *c, struct doing d, enum err_kind kind, const char *says)
{
    CHECK(!try(c, &d));
    CHECK_CONTAINS(text_of(c->bed.err.what), says);
    CHECK_INT(c->bed.err.kind, kind);
}

static struct scene scene_new(void)
{
    struct scene c = { .bed = county_bed_full(1), .now = NOW };
    CHECK_OK(house_snapshot(c.bed.house, &c.s, &c.bed.err), c.bed.err);
    c.office = person(11, "王敏", ROLE_office, PLACE_COUNTY, TEXT(""));
    c.inspector = person(12, "李督", ROLE_supervisor, PLACE_COUNTY, TEXT(""));
    c.other = person(13, "赵局", ROLE_department, PLACE_DEPARTMENT, TEXT("D99"));
    c.outside = person(14, "小红", ROLE_clerk, PLACE_SCHOOL, TEXT("none"));
    must(&c, (struct doing){ .what = FOLLOW });
    return c;
}

static void scene_end(struct scene *c)
{
    snapshot_release(&c->s);
    county_bed_end(&c->bed);
}

static struct ledger_page page_of(struct scene *c, const struct actor *actor, struct ledger_filter filter)
{
    struct ledger_page page;
    filter.most = 1000;
    CHECK_OK(app_ledger_list(c->bed.house, actor, &filter, c->now, c->bed.mem, &page, &c->bed.err), c->bed.err);
    return page;
}

static struct ledger_row row_of(struct scene *c, int64_t id)
{
    struct ledger_row row;
    CHECK_OK(app_ledger_get(c->bed.house, &c->office, id, c->bed.mem, &row, &c->bed.err), c->bed.err);
    return row;
}

/* A row of a school of one stage that lacks multimedia rooms: one figure mends it. */
static struct ledger_row rooms_row(struct scene *c)
{
    const struct ledger_page page = page_of(c, &c->office, (struct ledger_filter){ .subject = TEXT("L7") });
    CHECK(page.n > 0);
    return page.rows[0];
}

static void put_rooms(struct scene *c, const struct ledger_row *row, const char *typed)
{
    const uint16_t item = item_find(&c->s->edition->items, TEXT("classrooms_multimedia"));
    const size_t at = snapshot_school(c->s, 0, row->of.place_name, &c->office);
    must(c, (struct doing){ .what = FIGURE, .figure = { 2025, row->of.place_name, item, text_of(typed), returns_number(c->s->returns, at, item), TEXT(""), TEXT("补报") } });
    must(c, (struct doing){ .what = FOLLOW });
}

/* ---- finding ---- */

TEST(ledger, has_a_row_for_every_shortfall_the_engine_finds_and_no_other)
{
    struct scene c = scene_new();
    const struct county_assessment *const county = &c.s->assessment->counties[0];
    size_t levels = 0, spread = 0, oversized = 0;
    for (size_t s = 0; s < county->n_stages; s++)
        for (size_t l = 0; l < county->stages[s].n_levels; l++) {
            spread += county->stages[s].cv[l].met == STATE_BELOW;
            for (size_t u = 0; u < county->stages[s].n; u++)
                levels += county->stages[s].state[l][u] == STATE_BELOW ||
                          (county->stages[s].state[l][u] == STATE_NEAR && county->stages[s].unit_verdict[u] != STATE_MET);
        }
    for (size_t r = 0; r < county->n_rules; r++)
        if (text_equal(county->rules[r].rule->id, TEXT("G5")))
            oversized = county->rules[r].failing;
    CHECK_INT(page_of(&c, &c.office, (struct ledger_filter){ .kind = TEXT("level") }).n, levels);
    CHECK_INT(page_of(&c, &c.office, (struct ledger_filter){ .kind = TEXT("cv") }).n, spread);
    const struct ledger_page g5 = page_of(&c, &c.office, (struct ledger_filter){ .subject = TEXT("G5") });
    CHECK_INT(g5.n, oversized);
    for (size_t i = 0; i < g5.n; i++) {
        CHECK(g5.rows[i].now.missing >= 1);
        CHECK_TEXT(g5.rows[i].now.quantity, "classes");
    }
    const struct ledger_page all = page_of(&c, &c.office, (struct ledger_filter){ 0 });
    CHECK_INT(c.followed.found, all.n);
    for (size_t i = 0; i < all.n; i++)
        CHECK(all.rows[i].plan.owner_kind.size && all.rows[i].now.problem.size && all.rows[i].now.basis.size && !all.rows[i].now.passes);
    scene_end(&c);
}

TEST(ledger, follows_only_what_has_changed)
{
    struct scene c = scene_new();
    CHECK(c.followed.looked && c.followed.found > 0);
    must(&c, (struct doing){ .what = FOLLOW });
    CHECK(!c.followed.looked);
    struct ledger_row row = rooms_row(&c);
    const size_t before = page_of(&c, &c.office, (struct ledger_filter){ 0 }).n;
    put_rooms(&c, &row, "0");
    CHECK(c.followed.looked && c.followed.found == 0 && c.followed.changed >= 1);
    CHECK_INT(page_of(&c, &c.office, (struct ledger_filter){ 0 }).n, before);
    CHECK_NEAR(row_of(&c, row.id).now.value, 0, 0);
    scene_end(&c);
}

/* ---- closing ---- */

TEST(ledger, closes_when_it_is_measured_and_another_person_was_there_and_opens_itself_when_the_data_fall_back)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    must_not(&c, (struct doing){ .what = VERIFY, .actor = &c.inspector, .id = row.id, .day = TEXT("2026-09-21"), .words = TEXT("看过") }, ERR_CONFLICT, "不能核验销号");
    must_not(&c, (struct doing){ .what = STEP, .actor = &c.other, .id = row.id, .step = LEDGER_CLAIM, .words = TEXT("做完") }, ERR_DENIED, "责任单位");
    must_not(&c, (struct doing){ .what = STEP, .actor = &c.office, .id = row.id, .step = LEDGER_CLAIM, .words = TEXT(" ") }, ERR_INPUT, "做了什么");
    must(&c, (struct doing){ .what = STEP, .actor = &c.office, .id = row.id, .step = LEDGER_CLAIM, .words = TEXT("设备装好了") });
    /* Claimed but not measured. */
    must_not(&c, (struct doing){ .what = VERIFY, .actor = &c.inspector, .id = row.id, .day = TEXT("2026-09-21"), .words = TEXT("看过") }, ERR_CONFLICT, "数据还没有达标");
    put_rooms(&c, &row, "900");
    CHECK(row_of(&c, row.id).now.passes);
    CHECK_TEXT(row_of(&c, row.id).state, "claimed");
    /* Measured: by another person, on a day that was, with what was seen. */
    must_not(&c, (struct doing){ .what = VERIFY, .actor = &c.office, .id = row.id, .day = TEXT("2026-09-21"), .words = TEXT("看过") }, ERR_DENIED, "另一个人");
    must_not(&c, (struct doing){ .what = VERIFY, .actor = &c.inspector, .id = row.id, .day = TEXT("2026-09-20"), .words = TEXT("看过") }, ERR_INPUT, "早于报完成");
    must_not(&c, (struct doing){ .what = VERIFY, .actor = &c.inspector, .id = row.id, .day = TEXT("2026-09-23"), .words = TEXT("看过") }, ERR_INPUT, "还没有到");
    must_not(&c, (struct doing){ .what = VERIFY, .actor = &c.inspector, .id = row.id, .day = TEXT("2026-09-21"), .words = TEXT("") }, ERR_INPUT, "现场看到了什么");
    must(&c, (struct doing){ .what = VERIFY, .actor = &c.inspector, .id = row.id, .day = TEXT("2026-09-21"), .words = TEXT("教室都在用") });
    struct ledger_row now = row_of(&c, row.id);
    CHECK_TEXT(now.state, "verified");
    CHECK_TEXT(now.verified.who, "李督");
    CHECK_TEXT(now.verified_day, "2026-09-21");
    /* Next the data fall back. */
    put_rooms(&c, &row, "0");
    now = row_of(&c, row.id);
    CHECK_INT(c.followed.fallen, 1);
    CHECK_TEXT(now.state, "reopened");
    CHECK_INT(now.fallen, 1);
    CHECK_INT(page_of(&c, &c.office, (struct ledger_filter){ .state = TEXT("fallen") }).n, 1);
    scene_end(&c);
}

TEST(ledger, is_not_dropped_by_hand_while_the_data_fail)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    must_not(&c, (struct doing){ .what = STEP, .actor = &c.office, .id = row.id, .step = LEDGER_DROP, .words = TEXT("算了") }, ERR_CONFLICT, "数据还不达标");
    scene_end(&c);
}

TEST(ledger, asks_nothing_more_of_a_school_that_was_merged_and_says_where_it_went)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    const struct county_year *const last = &c.s->returns->counties[0];
    const uint16_t code = c.s->edition->items.school_code;
    struct text into = returns_text(c.s->returns, last->first, code);
    if (text_equal(into, row.of.place_name))
        into = returns_text(c.s->returns, last->first + 1, code);
    into = text_copy(c.bed.mem, into);
    must(&c, (struct doing){ .what = SEED });
    must(&c, (struct doing){ .what = MERGE, .wish = { .act = UNIT_MERGE, .code = row.of.place_name, .successor = into, .day = TEXT("2026-09-01"), .reason = TEXT("布局调整") } });
    must(&c, (struct doing){ .what = FOLLOW });
    const struct ledger_row now = row_of(&c, row.id);
    CHECK_TEXT(now.state, "not_asked");
    CHECK_CONTAINS(now.dropped, "并入");
    CHECK(c.followed.dropped >= 1);
    must(&c, (struct doing){ .what = FOLLOW });
    CHECK(!c.followed.looked);
    scene_end(&c);
}

/* ---- writing ---- */

TEST(ledger, is_changed_in_many_rows_at_once_and_the_change_is_taken_back)
{
    struct scene c = scene_new();
    const struct ledger_page page = page_of(&c, &c.office, (struct ledger_filter){ .kind = TEXT("level") });
    struct ledger_cell cells[6] = { 0 };
    CHECK(page.n >= 2);
    for (size_t i = 0; i < 2; i++) {
        cells[i * 3] = (struct ledger_cell){ page.rows[i].id, LEDGER_MEASURE, TEXT("补充设备") };
        cells[i * 3 + 1] = (struct ledger_cell){ page.rows[i].id, LEDGER_COST, TEXT("1,038.6") };
        cells[i * 3 + 2] = (struct ledger_cell){ page.rows[i].id, LEDGER_DUE, TEXT("2027-02") };
    }
    must_not(&c, (struct doing){ .what = EDIT, .actor = &c.inspector, .edit = { cells, 6, "bulk", 0 } }, ERR_DENIED, "县级办公室");
    struct doing d = { .what = EDIT, .actor = &c.office, .edit = { cells, 6, "bulk", 0 } };
    CHECK_OK(try(&c, &d), c.bed.err);
    CHECK_INT(d.edited.rows, 2);
    CHECK_INT(d.edited.cells, 6);
    struct ledger_row row = row_of(&c, page.rows[0].id);
    CHECK_INT(row.plan.cost_yuan, 10386000);
    CHECK_TEXT(row.plan.due, "2027-02-28");
    CHECK_TEXT(row.state, "planned");
    /* Somebody changes one of them since: that stays. */
    const struct ledger_cell since = { page.rows[0].id, LEDGER_MEASURE, TEXT("换新设备") };
    must(&c, (struct doing){ .what = EDIT, .actor = &c.office, .edit = { &since, 1, "page", row.stamp } });
    must_not(&c, (struct doing){ .what = EDIT, .actor = &c.office, .edit = { &since, 1, "page", row.stamp } }, ERR_CONFLICT, "由别人改过");
    struct doing undo = { .what = UNDO, .actor = &c.office, .words = d.edited.batch };
    CHECK_OK(try(&c, &undo), c.bed.err);
    CHECK_INT(undo.undone.restored, 5);
    CHECK_INT(undo.undone.kept, 1);
    row = row_of(&c, page.rows[0].id);
    CHECK_TEXT(row.plan.measure, "换新设备");
    CHECK_INT(row.plan.cost_yuan, -1);
    must_not(&c, (struct doing){ .what = UNDO, .actor = &c.office, .words = d.edited.batch }, ERR_CONFLICT, "已经撤销");
    scene_end(&c);
}

TEST(ledger, lets_its_owner_write_progress_and_result_alone)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    struct place owner;
    CHECK(place_of_words(row.plan.owner_kind, row.plan.owner_name, &owner));
    const struct actor own = person(21, "责任人", ROLE_department, owner.kind, owner.name);
    const struct ledger_cell progress = { row.id, LEDGER_PROGRESS, TEXT("已招标") }, cost = { row.id, LEDGER_COST, TEXT("1") };
    must(&c, (struct doing){ .what = EDIT, .actor = &own, .edit = { &progress, 1, "page", 0 } });
    must_not(&c, (struct doing){ .what = EDIT, .actor = &own, .edit = { &cost, 1, "page", 0 } }, ERR_DENIED, "经费");
    const struct ledger_cell more = { row.id, LEDGER_PROGRESS, TEXT("已开工") };
    must_not(&c, (struct doing){ .what = EDIT, .actor = &c.other, .edit = { &more, 1, "page", 0 } }, ERR_DENIED, "进展");
    scene_end(&c);
}

TEST(ledger, names_what_cannot_be_read)
{
    struct scene c = scene_new();
    const int64_t id = rooms_row(&c).id;
    static const struct { enum ledger_field field; const char *typed, *says; } BAD[] = {
        { LEDGER_COST, "三十万", "“经费（万元）”读到“三十万”" }, { LEDGER_COST, "-3", "应为数字" }, { LEDGER_DUE, "明年", "应为日期" },
        { LEDGER_DUE, "2027-02-30", "应为日期" },
    };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        const struct ledger_cell cell = { id, BAD[i].field, text_of(BAD[i].typed) };
        must_not(&c, (struct doing){ .what = EDIT, .actor = &c.office, .edit = { &cell, 1, "page", 0 } }, ERR_INPUT, BAD[i].says);
    }
    const struct ledger_cell nobody = { id, LEDGER_OWNER, TEXT("没有这个局") };
    CHECK(!try(&c, &(struct doing){ .what = EDIT, .actor = &c.office, .edit = { &nobody, 1, "page", 0 } }));
    scene_end(&c);
}

/* ---- seeing ---- */

TEST(ledger, shows_a_school_and_a_township_their_own_rows)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    const struct actor clerk = person(31, "小明", ROLE_clerk, PLACE_SCHOOL, row.of.place_name), town = person(32, "老张", ROLE_township, PLACE_TOWNSHIP, row.now.township);
    struct ledger_row seen;
    struct err err = { 0 };
    const struct ledger_page of_school = page_of(&c, &clerk, (struct ledger_filter){ 0 }), of_town = page_of(&c, &town, (struct ledger_filter){ 0 });
    CHECK(of_school.n > 0 && of_town.n >= of_school.n && of_town.n < page_of(&c, &c.office, (struct ledger_filter){ 0 }).n);
    for (size_t i = 0; i < of_school.n; i++)
        CHECK(text_equal(of_school.rows[i].of.place_name, row.of.place_name));
    for (size_t i = 0; i < of_town.n; i++)
        CHECK(text_equal(of_town.rows[i].now.township, row.now.township) || text_equal(of_town.rows[i].plan.owner_name, row.now.township));
    CHECK_INT(page_of(&c, &c.outside, (struct ledger_filter){ 0 }).n, 0);
    CHECK(app_ledger_get(c.bed.house, &clerk, row.id, c.bed.mem, &seen, &err));
    CHECK(!app_ledger_get(c.bed.house, &c.outside, row.id, c.bed.mem, &seen, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    scene_end(&c);
}

TEST(ledger, adds_up_to_the_same_by_every_word)
{
    static const char *const BY[] = { "", "state", "kind", "subject", "owner", "township", "place", "stage", "due_year", "year", "fund" };
    struct scene c = scene_new();
    const size_t all = page_of(&c, &c.office, (struct ledger_filter){ 0 }).n;
    for (size_t b = 0; b < COUNT(BY); b++) {
        struct ledger_sum *sums;
        size_t n, total = 0;
        CHECK_OK(app_ledger_summary(c.bed.house, &c.office, &(struct ledger_filter){ 0 }, BY[b], c.now, c.bed.mem, &sums, &n, &c.bed.err), c.bed.err);
        for (size_t i = 0; i < n; i++)
            total += (size_t)sums[i].n;
        CHECK_INT(total, all);
    }
    scene_end(&c);
}

/* ---- the workbook ---- */

static void look(struct scene *c, struct text bytes, struct ledger_coming *out)
{
    CHECK_OK(app_ledger_book_look(c->bed.house, c->s, &c->office, TEXT("台账.xlsx"), bytes, c->now, c->bed.mem, out, &c->bed.err), c->bed.err);
}

TEST(ledger, goes_out_as_a_workbook_and_comes_back_without_a_change)
{
    struct scene c = scene_new();
    const struct ledger_page page = page_of(&c, &c.office, (struct ledger_filter){ 0 });
    const struct ledger_cell cells[] = {
        { page.rows[0].id, LEDGER_MEASURE, TEXT("新建教室，\n分两期") }, { page.rows[0].id, LEDGER_COST, TEXT("386.25") }, { page.rows[0].id, LEDGER_DUE, TEXT("2027-08-31") },
        { page.rows[0].id, LEDGER_AMOUNT, TEXT("12.5") }, { page.rows[0].id, LEDGER_PERSON, TEXT("007") }, { page.rows[1].id, LEDGER_FUND, TEXT("县级财政") },
    };
    struct ledger_coming coming;
    struct text xlsx;
    must(&c, (struct doing){ .what = EDIT, .actor = &c.office, .edit = { cells, COUNT(cells), "bulk", 0 } });
    CHECK_OK(app_ledger_book(c.bed.house, c.s, &c.office, &(struct ledger_filter){ 0 }, c.now, c.bed.mem, &xlsx, &c.bed.err), c.bed.err);
    look(&c, xlsx, &coming);
    if (coming.n_faults)
        fail_msg("%.*s: %.*s", TEXT_ARG(coming.faults[0].at), TEXT_ARG(coming.faults[0].what));
    if (coming.n_changes)
        fail_msg("%.*s %.*s: %.*s -> %.*s", TEXT_ARG(coming.changes[0].at), TEXT_ARG(coming.changes[0].field), TEXT_ARG(coming.changes[0].before), TEXT_ARG(coming.changes[0].after));
    CHECK_INT(coming.n_added, 0);
    scene_end(&c);
}

TEST(ledger, takes_a_workbook_s_changes_and_new_problems_but_closes_no_row_by_it)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    struct ledger_coming coming;
    const char *const head = "编号,单位,单位代码,问题,措施,责任人,经费（万元）,状态,销号\n";
    const struct text good = text_printf(c.bed.mem, "%s%lld,,,,加装设备,陈工,18.6,,\n,,%.*s,校门口没有减速带,安装减速带,,5.2,,\n", head, (long long)row.id, TEXT_ARG(row.of.place_name));
    CHECK_OK(app_ledger_book_look(c.bed.house, c.s, &c.office, TEXT("台账.csv"), good, c.now, c.bed.mem, &coming, &c.bed.err), c.bed.err);
    if (coming.n_faults)
        fail_msg("%.*s: %.*s", TEXT_ARG(coming.faults[0].at), TEXT_ARG(coming.faults[0].what));
    CHECK_INT(coming.n_changes, 3);
    CHECK_INT(coming.n_added, 1);
    must(&c, (struct doing){ .what = TAKE, .actor = &c.office, .coming = &coming });
    CHECK_TEXT(row_of(&c, row.id).plan.measure, "加装设备");
    const struct ledger_page added = page_of(&c, &c.office, (struct ledger_filter){ .kind = TEXT("other") });
    CHECK_INT(added.n, 1);
    CHECK_TEXT(added.rows[0].state, "found");
    CHECK_INT(added.rows[0].plan.cost_yuan, 52000);

    const struct text bad = text_printf(c.bed.mem, "%s%lld,,,,,,十万,已销号,\n99999,,,,,,,,\n,,%.*s,栏杆松动,,,,已销号,2026-01-01\n%lld,,,,,,,,\n", head, (long long)row.id,
                                        TEXT_ARG(row.of.place_name), (long long)row.id);
    CHECK_OK(app_ledger_book_look(c.bed.house, c.s, &c.office, TEXT("台账.csv"), bad, c.now, c.bed.mem, &coming, &c.bed.err), c.bed.err);
    static const char *const SAYS[] = { "状态不能在工作簿里改", "十万", "没有编号“99999”", "不能是已经办过、已经销号的", "出现了两次" };
    for (size_t i = 0; i < COUNT(SAYS); i++) {
        bool found = false;
        for (size_t k = 0; k < coming.n_faults; k++)
            found |= text_find(coming.faults[k].what, text_of(SAYS[i]), NULL) && coming.faults[k].at.size && coming.faults[k].hint.size;
        if (!found)
            fail_msg("no fault says %s", SAYS[i]);
    }
    must_not(&c, (struct doing){ .what = TAKE, .actor = &c.office, .coming = &coming }, ERR_INPUT, "处错误");
    scene_end(&c);
}

/* ---- papers ---- */

TEST(ledger, is_printed_for_a_school_and_for_the_county)
{
    struct scene c = scene_new();
    const struct ledger_row row = rooms_row(&c);
    const struct actor clerk = person(31, "小明", ROLE_clerk, PLACE_SCHOOL, row.of.place_name);
    struct doc *doc;
    struct err err = { 0 };
    CHECK_OK(app_ledger_school_paper(c.bed.house, c.s, &clerk, row.of.place_name, c.now, c.bed.mem, &doc, &c.bed.err), c.bed.err);
    const struct text words = write_doc_text(doc, c.bed.mem);
    CHECK_CONTAINS(words, "一校一策");
    CHECK(text_find(words, row.now.problem, NULL));
    CHECK(!app_ledger_school_paper(c.bed.house, c.s, &c.outside, row.of.place_name, c.now, c.bed.mem, &doc, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    CHECK_OK(app_ledger_county_paper(c.bed.house, c.s, &c.office, c.now, c.bed.mem, &doc, &c.bed.err), c.bed.err);
    CHECK(text_find(write_doc_text(doc, c.bed.mem), row.now.problem, NULL));
    CHECK(!app_ledger_county_paper(c.bed.house, c.s, &clerk, c.now, c.bed.mem, &doc, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    scene_end(&c);
}
