/* Proofs, judgements of two people, registers: on the made-up county. */
#include "county_bed.h"

#include "app/collection.h"
#include "app/evidence_catalogue.h"
#include "app/judgement.h"
#include "app/register.h"
#include "store/returns_store.h"

enum { YEAR = 2025, NOW = 1790000000 };

static const char PNG[] = "\x89PNG\r\n\x1A\n picture";

static struct actor person(int64_t account, const char *name, enum role role, enum place_kind kind, struct text place)
{
    return (struct actor){ .account = account, .name = text_of(name), .shown = text_of(name), .role = role, .permissions = role_info(role)->permissions,
                           .place = { kind, place }, .channel = CHANNEL_WEB };
}

/* One act in the writer. */
struct doing {
    struct county_bed *bed;
    const struct snapshot *s;
    const struct actor *actor;
    enum { PUT, RENEW, DESCRIBE, WITHDRAW, JUDGE, SECOND, TAKE_BACK, OPEN, CLOSE } what;
    struct evidence_box box;
    const struct evidence_ready *file;
    struct judgement_wish wish;
    struct case_wish open;
    struct text id, words, day;
    bool agree;
    int64_t seen, version;
};

static bool work(void *context, struct db_session *session, struct err *err)
{
    struct doing *const a = context;
    struct county_bed *const b = a->bed;
    switch (a->what) {
    case PUT: return app_evidence_put(b->house, session, a->s, a->actor, &a->box, a->file, a->words, NOW, b->mem, &a->id, err);
    case RENEW: return app_evidence_renew(b->house, session, a->s, a->actor, a->id, a->seen, a->file, NOW, b->mem, err);
    case DESCRIBE: return app_evidence_describe(b->house, session, a->s, a->actor, a->id, a->words, NOW, err);
    case WITHDRAW: return app_evidence_withdraw(b->house, session, a->s, a->actor, a->id, a->words, NOW, err);
    case JUDGE: return app_judge(b->house, session, a->s, a->actor, &a->wish, NOW, b->mem, &a->id, err);
    case SECOND: return app_judgement_second(b->house, session, a->actor, a->id, a->agree, a->words, NOW, b->mem, &a->version, err);
    case TAKE_BACK: return app_judgement_take_back(b->house, session, a->actor, a->id, NOW, b->mem, err);
    case OPEN: return app_case_open(b->house, session, a->s, a->actor, &a->open, NOW, b->mem, &a->id, err);
    case CLOSE: return app_case_close(b->house, session, a->actor, a->id, a->day, a->words, NOW, b->mem, err);
    }
    return false;
}

struct scene { struct county_bed bed; const struct snapshot *s; struct actor office, inspector, clerk, other, township; struct text school, township_name; };

static struct scene scene_new(int years)
{
    struct scene c = { .bed = county_bed_full(years) };
    CHECK_OK(house_snapshot(c.bed.house, &c.s, &c.bed.err), c.bed.err);
    const struct county_year *const last = &c.s->returns->counties[c.s->n_years - 1];
    const struct item_list *const items = &c.s->edition->items;
    c.school = text_copy(c.bed.mem, returns_text(c.s->returns, last->first, items->school_code));
    c.township_name = text_copy(c.bed.mem, returns_text(c.s->returns, last->first, items->township));
    struct text far = TEXT("");
    for (size_t row = last->first; row < last->first + last->n; row++)
        if (!text_equal(returns_text(c.s->returns, row, items->township), c.township_name))
            far = text_copy(c.bed.mem, returns_text(c.s->returns, row, items->school_code));
    c.office = person(11, "王敏", ROLE_office, PLACE_COUNTY, TEXT(""));
    c.inspector = person(12, "李督", ROLE_supervisor, PLACE_COUNTY, TEXT(""));
    c.clerk = person(13, "小明", ROLE_clerk, PLACE_SCHOOL, c.school);
    c.other = person(14, "小红", ROLE_clerk, PLACE_SCHOOL, far);
    c.township = person(15, "老张", ROLE_township, PLACE_TOWNSHIP, c.township_name);
    return c;
}

static void look_again(struct scene *c)
{
    snapshot_release(&c->s);
    CHECK_OK(house_snapshot(c->bed.house, &c->s, &c->bed.err), c->bed.err);
}

static void scene_end(struct scene *c)
{
    snapshot_release(&c->s);
    county_bed_end(&c->bed);
}

static bool try(struct scene *c, struct doing *a)
{
    a->bed = &c->bed;
    a->s = c->s;
    c->bed.err = (struct err){ .kind = ERR_NONE };
    const bool ok = house_write(c->bed.house, work, a, &c->bed.err);
    look_again(c);
    return ok;
}

static void must(struct scene *c, struct doing *a)
{
    CHECK_OK(try(c, a), c->bed.err);
}

static void must_not(struct scene *c, struct doing *a, enum err_kind kind, const char *says)
{
    CHECK(!try(c, a));
    CHECK_INT(c->bed.err.kind, kind);
    CHECK_CONTAINS(text_of(c->bed.err.what), says);
}

static struct evidence_ready ready(struct scene *c, const char *name, const char *text)
{
    return (struct evidence_ready){ .name = text_of(name), .bytes = text_of(text), .kind = TEXT("docx"), .text_state = TEXT("read"), .text = text_of(text),
                                    .sha256 = text_printf(c->bed.mem, "%064lx", text_hash(text_of(text))) };
}

static struct text put(struct scene *c, const struct actor *actor, const char *asked, struct place unit, const struct evidence_ready *file)
{
    struct doing a = { .what = PUT, .actor = actor, .box = { YEAR, text_of(asked), unit, TEXT("") }, .file = file, .words = TEXT("") };
    must(c, &a);
    return a.id;
}

static size_t found(struct scene *c, const struct actor *actor, const char *query)
{
    struct evidence_hit *hits;
    size_t n, all;
    CHECK_OK(app_evidence_search(c->bed.house, c->s, actor, text_of(query), 10, c->bed.mem, &hits, &n, &all, &c->bed.err), c->bed.err);
    return all;
}

static double county_figure(struct scene *c, int year, const char *item)
{
    return returns_county_number(c->s->returns, snapshot_year(c->s, year), item_find(&c->s->edition->items, text_of(item)));
}

static const struct place COUNTY = { PLACE_COUNTY, { "", 0 } };

/* ---- proofs ---- */

TEST(evidence, is_put_where_it_is_asked_by_whom_it_is_asked)
{
    struct scene c = scene_new(1);
    const struct evidence_ready file = ready(&c, "章程.docx", "学校章程全文");
    const struct place school = { PLACE_SCHOOL, c.school }, township = { PLACE_TOWNSHIP, c.township_name };
    put(&c, &c.clerk, "Q3-1", school, &file);
    put(&c, &c.office, "Q3-1", school, &file);
    put(&c, &c.township, "G15-2", township, &file);
    put(&c, &c.office, "G1-1", COUNTY, &file);
    struct doing wrong = { .what = PUT, .actor = &c.other, .box = { YEAR, TEXT("Q3-1"), school, TEXT("") }, .file = &file, .words = TEXT("") };
    must_not(&c, &wrong, ERR_DENIED, "别的单位");
    wrong.actor = &c.inspector;
    must_not(&c, &wrong, ERR_DENIED, "");
    wrong.actor = &c.clerk;
    wrong.box.asked = TEXT("G1-1");
    must_not(&c, &wrong, ERR_ABSENT, "不由这个单位提供");
    wrong.box.asked = TEXT("Z9-1");
    must_not(&c, &wrong, ERR_ABSENT, "没有编号");
    wrong.box.asked = TEXT("Q3-1");
    wrong.box.year = 1999;
    must_not(&c, &wrong, ERR_ABSENT, "1999");
    const struct actor department = person(16, "财政", ROLE_department, PLACE_DEPARTMENT, TEXT("caizheng"));
    put(&c, &department, "G2-3", COUNTY, &file);
    wrong = (struct doing){ .what = PUT, .actor = &department, .box = { YEAR, TEXT("G1-1"), COUNTY, TEXT("") }, .file = &file, .words = TEXT("") };
    must_not(&c, &wrong, ERR_DENIED, "部门联络员不能放");
    scene_end(&c);
}

TEST(evidence, is_seen_and_found_by_the_school_its_township_and_the_county_alone)
{
    struct scene c = scene_new(1);
    const struct evidence_ready file = ready(&c, "章程.docx", "学校坚持立德树人");
    const struct text id = put(&c, &c.clerk, "Q3-1", (struct place){ PLACE_SCHOOL, c.school }, &file);
    struct evidence_view view;
    CHECK_INT(found(&c, &c.clerk, "立德"), 1);
    CHECK_INT(found(&c, &c.township, "立德"), 1);
    CHECK_INT(found(&c, &c.office, "立德 章程"), 1);
    CHECK_INT(found(&c, &c.other, "立德"), 0);
    CHECK_INT(found(&c, &c.office, "德立"), 0);
    CHECK(app_evidence_view(c.bed.house, c.s, &c.township, id, c.bed.mem, &view, &c.bed.err));
    CHECK(!app_evidence_view(c.bed.house, c.s, &c.other, id, c.bed.mem, &view, &c.bed.err));
    CHECK_INT(c.bed.err.kind, ERR_ABSENT);
    const struct actor admin = person(17, "管", ROLE_system_admin, PLACE_COUNTY, TEXT(""));
    CHECK(!app_evidence_view(c.bed.house, c.s, &admin, id, c.bed.mem, &view, &c.bed.err));
    CHECK_INT(c.bed.err.kind, ERR_DENIED);
    scene_end(&c);
}

TEST(evidence, keeps_every_version_and_searches_the_latest)
{
    struct scene c = scene_new(1);
    const struct evidence_ready first = ready(&c, "规划.docx", "城镇学位供给"), second = ready(&c, "规划二.docx", "寄宿学校建设");
    const struct text id = put(&c, &c.office, "G1-1", COUNTY, &first);
    struct doing renew = { .what = RENEW, .actor = &c.office, .id = id, .seen = 1, .file = &second };
    must(&c, &renew);
    struct doing late = renew; /* who saw the first version comes too late */
    const struct evidence_ready third = ready(&c, "规划三.docx", "另一份");
    late.file = &third;
    must_not(&c, &late, ERR_CONFLICT, "别人");
    late.seen = 2;
    late.file = &second;
    must_not(&c, &late, ERR_INPUT, "一模一样");
    CHECK_INT(found(&c, &c.office, "学位"), 0);
    CHECK_INT(found(&c, &c.office, "寄宿"), 1);
    struct evidence_version version;
    struct text bytes;
    CHECK(app_evidence_bytes(c.bed.house, c.s, &c.office, id, 1, c.bed.mem, &version, &bytes, &c.bed.err));
    CHECK_TEXT(bytes, "城镇学位供给");
    struct doing describe = { .what = DESCRIBE, .actor = &c.office, .id = id, .words = TEXT("县政府批准稿") };
    must(&c, &describe);
    CHECK_INT(found(&c, &c.office, "批准稿"), 1);
    struct doing withdraw = { .what = WITHDRAW, .actor = &c.office, .id = id, .words = TEXT("") };
    must_not(&c, &withdraw, ERR_INPUT, "撤回的理由");
    withdraw.words = TEXT("传错了");
    must(&c, &withdraw);
    CHECK_INT(found(&c, &c.office, "寄宿"), 0);
    must_not(&c, &withdraw, ERR_CONFLICT, "撤回");
    scene_end(&c);
}

TEST(evidence, is_found_by_its_text_once_a_program_could_read_it)
{
    struct scene c = scene_new(1);
    struct evidence_ready blind = ready(&c, "规划.pdf", "寄宿学校建设");
    blind.kind = TEXT("pdf");
    blind.text_state = TEXT("no_program");
    blind.text = TEXT("");
    const struct text id = put(&c, &c.office, "G1-1", COUNTY, &blind);
    CHECK_INT(found(&c, &c.office, "寄宿"), 0);
    struct evidence_ready read = blind;
    read.text_state = TEXT("read");
    read.text = TEXT("寄宿学校建设");
    put(&c, &c.office, "G1-2", COUNTY, &read);
    CHECK_INT(found(&c, &c.office, "寄宿"), 2);
    struct doing withdraw = { .what = WITHDRAW, .actor = &c.office, .id = id, .words = TEXT("重复了") };
    must(&c, &withdraw);
    CHECK_INT(found(&c, &c.office, "寄宿"), 1);
    scene_end(&c);
}

TEST(evidence, index_lists_in_the_order_of_folders_and_zips_the_same_bytes)
{
    struct scene c = scene_new(1);
    struct catalogue catalogue;
    struct text one, two;
    const struct evidence_ready file = ready(&c, "章程.docx", "章程"), again = ready(&c, "章程.docx", "另一份章程");
    put(&c, &c.clerk, "Q3-1", (struct place){ PLACE_SCHOOL, c.school }, &file);
    put(&c, &c.clerk, "Q3-1", (struct place){ PLACE_SCHOOL, c.school }, &again);
    put(&c, &c.office, "G1-1", COUNTY, &file);
    CHECK_OK(app_evidence_catalogue(c.bed.house, c.s, &c.office, YEAR, c.bed.mem, &catalogue, &c.bed.err), c.bed.err);
    size_t at = 0, places[3], n = 0;
    for (; at < catalogue.n_lines; at++)
        if (catalogue.lines[at].evidence)
            places[n++] = at;
    CHECK_INT(n, 3);
    CHECK_CONTAINS(catalogue.lines[places[0]].path, "03-G1 规划布局/G1-1 中小学布局专项规划/章程.docx");
    CHECK(!text_equal(catalogue.lines[places[1]].path, catalogue.lines[places[2]].path));
    CHECK(text_ends(catalogue.lines[places[2]].path, TEXT("章程（2）.docx")));
    CHECK_OK(app_evidence_zip(c.bed.house, c.s, &c.office, YEAR, TEXT(""), NOW, c.bed.mem, &one, &c.bed.err), c.bed.err);
    CHECK_OK(app_evidence_zip(c.bed.house, c.s, &c.office, YEAR, TEXT(""), NOW + 9, c.bed.mem, &two, &c.bed.err), c.bed.err);
    CHECK(text_equal(one, two));
    CHECK(!app_evidence_zip(c.bed.house, c.s, &c.clerk, YEAR, TEXT(""), NOW, c.bed.mem, &one, &c.bed.err));
    /* A school's own index has nothing of the county's. */
    CHECK_OK(app_evidence_catalogue(c.bed.house, c.s, &c.clerk, YEAR, c.bed.mem, &catalogue, &c.bed.err), c.bed.err);
    for (at = 0; at < catalogue.n_lines; at++)
        CHECK_INT(catalogue.lines[at].asked->who, EVIDENCE_SCHOOL);
    scene_end(&c);
}

TEST(evidence, looks_into_what_was_sent_before_it_is_kept)
{
    struct arena *mem = arena_new("test");
    struct evidence_ready *files;
    struct err err = { 0 };
    const struct evidence_upload good = { TEXT("C:\\资料\\校园.png"), { PNG, sizeof PNG - 1 } }, bad = { TEXT("x.png"), TEXT("<html>") };
    CHECK_OK(evidence_look(&good, 1, mem, &files, &err), err);
    CHECK_TEXT(files[0].name, "校园.png");
    CHECK_TEXT(files[0].kind, "png");
    CHECK_TEXT(files[0].text_state, "none");
    CHECK_INT(files[0].sha256.size, 64);
    CHECK(!evidence_look(&bad, 1, mem, &files, &err));
    CHECK_CONTAINS(text_of(err.what), "x.png");
    CHECK(!evidence_look(NULL, 0, mem, &files, &err));
    char *const large = arena_alloc(mem, EVIDENCE_MOST_FILE + 1);
    CHECK(!evidence_look(&(struct evidence_upload){ TEXT("大.pdf"), { large, EVIDENCE_MOST_FILE + 1 } }, 1, mem, &files, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    arena_free(&mem);
}

static bool open_year(void *context, struct db_session *session, struct err *err)
{
    struct scene *const c = context;
    return app_collection_open(c->bed.house, session, &c->office, &(struct collection_wish){ .year = YEAR + 1, .reference_day = TEXT("") }, NOW, err);
}

TEST(evidence, is_gathered_in_a_year_that_is_being_collected_and_has_no_figures_yet)
{
    struct scene c = scene_new(1);
    struct evidence_school *schools;
    struct evidence *list;
    size_t before, n;
    evidence_schools(c.s, &c.office, YEAR, c.bed.mem, &schools, &before);
    CHECK_OK(house_write(c.bed.house, open_year, &c, &c.bed.err), c.bed.err);
    look_again(&c);
    evidence_schools(c.s, &c.office, YEAR + 1, c.bed.mem, &schools, &n);
    CHECK_INT(n, before);
    const struct evidence_ready file = ready(&c, "章程.docx", "章程");
    struct doing put_it = { .what = PUT, .actor = &c.clerk, .box = { YEAR + 1, TEXT("Q3-1"), { PLACE_SCHOOL, c.school }, TEXT("") }, .file = &file, .words = TEXT("") };
    must(&c, &put_it);
    CHECK(app_evidence_of_year(c.bed.house, c.s, &c.office, YEAR + 1, c.bed.mem, &list, &n, &c.bed.err));
    CHECK_INT(n, 1);
    struct waiting_list clerk = { .mem = c.bed.mem };
    CHECK(app_evidence_waiting(c.bed.house, c.s, &c.clerk, NOW, &clerk, &c.bed.err));
    CHECK_CONTAINS(clerk.at[0].link, "/evidence?for=2026");
    scene_end(&c);
}

/* ---- judgements ---- */

static struct text judge(struct scene *c, const struct actor *actor, enum judgement_verdict verdict, const char *reason)
{
    struct doing a = { .what = JUDGE, .actor = actor, .wish = { YEAR, TEXT("G2"), COUNTY, verdict, text_of(reason) } };
    must(c, &a);
    return a.id;
}

TEST(judgement, moves_the_assessment_once_a_second_person_has_confirmed_it)
{
    struct scene c = scene_new(1);
    const struct text id = judge(&c, &c.inspector, JUDGED_UNMET, "定额没有统一");
    const double before = county_figure(&c, YEAR, "judged_G2");
    struct doing second = { .what = SECOND, .actor = &c.inspector, .id = id, .agree = true, .words = TEXT("") };
    must_not(&c, &second, ERR_DENIED, "您自己作的");
    const struct actor may_nothing = person(12, "李督", ROLE_clerk, PLACE_SCHOOL, c.school); /* the same person in another role */
    second.actor = &may_nothing;
    must_not(&c, &second, ERR_DENIED, "您自己作的");
    second.actor = &c.clerk;
    must_not(&c, &second, ERR_DENIED, "");
    CHECK(before == county_figure(&c, YEAR, "judged_G2") || (is_blank(before) && is_blank(county_figure(&c, YEAR, "judged_G2"))));
    second.actor = &c.office;
    must(&c, &second);
    CHECK_INT(county_figure(&c, YEAR, "judged_G2"), 2); /* unmet */
    must_not(&c, &second, ERR_CONFLICT, "复核过");
    /* Who judged stands with the figure. */
    struct db_session *session;
    struct figure_version *versions;
    size_t n;
    CHECK(db_read_begin(house_db(c.bed.house), &session, &c.bed.err));
    CHECK(store_figure_versions(session, house_county(c.bed.house), &c.s->edition->items, YEAR, TEXT(""), judgement_item(c.s->edition, TEXT("G2")), c.bed.mem,
                                &versions, &n, &c.bed.err));
    db_read_end(&session);
    CHECK_TEXT(versions[0].kind, "judgement");
    CHECK_TEXT(versions[0].who, "王敏");
    CHECK_TEXT(versions[0].reason, "李督评为“不符合”，理由：定额没有统一。复核：王敏");
    scene_end(&c);
}

TEST(judgement, of_not_yet_takes_the_figure_away)
{
    struct scene c = scene_new(1);
    struct doing second = { .what = SECOND, .actor = &c.office, .id = judge(&c, &c.inspector, JUDGED_MET, "四统一有文件"), .agree = true, .words = TEXT("") };
    must(&c, &second);
    CHECK_INT(county_figure(&c, YEAR, "judged_G2"), 1);
    second.id = judge(&c, &c.inspector, JUDGED_OPEN, "文件还在修订");
    must(&c, &second);
    CHECK_BLANK(county_figure(&c, YEAR, "judged_G2"));
    scene_end(&c);
}

TEST(judgement, is_refused_with_a_reason_taken_back_by_its_maker_and_waits_alone)
{
    struct scene c = scene_new(1);
    const struct text id = judge(&c, &c.inspector, JUDGED_MET, "有文件");
    struct doing again = { .what = JUDGE, .actor = &c.office, .wish = { YEAR, TEXT("G2"), COUNTY, JUDGED_UNMET, TEXT("没有文件") } };
    must_not(&c, &again, ERR_CONFLICT, "等第二人复核");
    struct doing refuse = { .what = SECOND, .actor = &c.office, .id = id, .agree = false, .words = TEXT("") };
    must_not(&c, &refuse, ERR_INPUT, "退回的理由");
    struct doing back = { .what = TAKE_BACK, .actor = &c.office, .id = id };
    must_not(&c, &back, ERR_DENIED, "本人");
    refuse.words = TEXT("缺第三项");
    must(&c, &refuse);
    const struct text other = judge(&c, &c.inspector, JUDGED_MET, "补了第三项");
    back = (struct doing){ .what = TAKE_BACK, .actor = &c.inspector, .id = other };
    must(&c, &back);
    struct doing wrong = { .what = JUDGE, .actor = &c.inspector, .wish = { YEAR, TEXT("G3"), COUNTY, JUDGED_MET, TEXT("不由人评") } };
    must_not(&c, &wrong, ERR_ABSENT, "不由人评判");
    wrong.wish.indicator = TEXT("G2");
    wrong.wish.reason = TEXT(" ");
    must_not(&c, &wrong, ERR_INPUT, "评判的理由");
    scene_end(&c);
}

TEST(judgement, of_a_school_is_shown_and_decides_nothing)
{
    struct scene c = scene_new(1);
    const int64_t before = county_bed_version(&c.bed);
    const struct place school = { PLACE_SCHOOL, c.school };
    struct doing a = { .what = JUDGE, .actor = &c.inspector, .wish = { YEAR, TEXT("Q6"), school, JUDGED_UNMET, TEXT("没有德育方案") } };
    must(&c, &a);
    struct doing second = { .what = SECOND, .actor = &c.office, .id = a.id, .agree = true, .words = TEXT("") };
    must(&c, &second);
    CHECK_INT(second.version, 0);
    CHECK_INT(county_bed_version(&c.bed), before);
    struct judgement *list;
    size_t n;
    CHECK(app_judgements(c.bed.house, c.s, &c.clerk, YEAR, c.bed.mem, &list, &n, &c.bed.err));
    CHECK_INT(n, 1);
    CHECK_INT(judgement_now(list, n, TEXT("Q6"), school).confirmed->verdict, JUDGED_UNMET);
    CHECK(app_judgements(c.bed.house, c.s, &c.other, YEAR, c.bed.mem, &list, &n, &c.bed.err));
    CHECK_INT(n, 0);
    scene_end(&c);
}

/* ---- registers ---- */

TEST(register_case, counts_in_its_year_and_all_later_ones_until_another_person_closes_it)
{
    struct scene c = scene_new(3);
    struct doing open = { .what = OPEN, .actor = &c.office,
                        .open = { TEXT("X3"), 2024, TEXT("2024-10-08"), { PLACE_SCHOOL, c.school }, TEXT("设了实验班") } };
    must(&c, &open);
    CHECK(!(county_figure(&c, 2023, "veto_X3") > 0));
    CHECK_INT(county_figure(&c, 2024, "veto_X3"), 1);
    CHECK_INT(county_figure(&c, 2025, "veto_X3"), 1);
    struct doing close = { .what = CLOSE, .actor = &c.office, .id = open.id, .day = TEXT("2024-12-01"), .words = TEXT("重新编班") };
    must_not(&c, &close, ERR_DENIED, "您自己登记的");
    close.actor = &c.clerk;
    must_not(&c, &close, ERR_DENIED, "");
    close.actor = &c.inspector;
    close.day = TEXT("2024-09-01");
    must_not(&c, &close, ERR_INPUT, "早于");
    close.day = TEXT("2124-09-01");
    must_not(&c, &close, ERR_INPUT, "还没有到");
    close.day = TEXT("2024-12-01");
    must(&c, &close);
    CHECK_INT(county_figure(&c, 2024, "veto_X3"), 0);
    CHECK_INT(county_figure(&c, 2025, "veto_X3"), 0);
    must_not(&c, &close, ERR_CONFLICT, "了结");
    scene_end(&c);
}

TEST(register_case, fails_the_county_while_it_is_open)
{
    struct scene c = scene_new(1);
    struct doing open = { .what = OPEN, .actor = &c.office, .open = { TEXT("X1"), YEAR, TEXT("2025-07-08"), COUNTY, TEXT("一所学校以考试招生") } };
    must(&c, &open);
    const struct edition *const e = c.s->edition;
    const struct county_assessment *const county = &c.s->assessment->counties[0];
    size_t at = 0;
    while (at < e->n_rules && !text_equal(e->rules[at].id, TEXT("X1")))
        at++;
    CHECK_INT(county->rules[at].state, STATE_BELOW);
    scene_end(&c);
}

TEST(register_case, of_a_recognition_gives_its_year_and_of_figures_cannot_be_opened)
{
    struct scene c = scene_new(1);
    struct doing open = { .what = OPEN, .actor = &c.office, .open = { TEXT("PRE1"), YEAR, TEXT("2018-12-20"), COUNTY, TEXT("国家认定公告") } };
    must(&c, &open);
    CHECK_INT(county_figure(&c, YEAR, "recognised_basic_year"), 2018);
    open.open.item = TEXT("X7");
    must_not(&c, &open, ERR_ABSENT, "由数据判定");
    open.open.item = TEXT("X9");
    must_not(&c, &open, ERR_ABSENT, "没有 X9");
    open.open.item = TEXT("X2");
    open.open.happened_on = TEXT("去年");
    must_not(&c, &open, ERR_INPUT, "2025-09-01");
    open.open.happened_on = TEXT("2025-09-01");
    open.open.unit = (struct place){ PLACE_SCHOOL, TEXT("0000") };
    must_not(&c, &open, ERR_ABSENT, "没有这个学校");
    open.open.unit = COUNTY;
    open.open.what = TEXT("");
    must_not(&c, &open, ERR_INPUT, "发生了什么");
    open.actor = &c.clerk;
    must_not(&c, &open, ERR_DENIED, "");
    scene_end(&c);
}

/* ---- what waits ---- */

TEST(evidence, waits_for_whom_the_next_step_is)
{
    struct scene c = scene_new(1);
    judge(&c, &c.inspector, JUDGED_MET, "有文件");
    struct doing open = { .what = OPEN, .actor = &c.office, .open = { TEXT("X1"), YEAR, TEXT("2025-07-08"), COUNTY, TEXT("以考试招生") } };
    must(&c, &open);
    struct waiting_list office = { .mem = c.bed.mem }, inspector = { .mem = c.bed.mem }, clerk = { .mem = c.bed.mem };
    CHECK(app_evidence_waiting(c.bed.house, c.s, &c.office, NOW, &office, &c.bed.err));
    CHECK(app_evidence_waiting(c.bed.house, c.s, &c.inspector, NOW, &inspector, &c.bed.err));
    CHECK(app_evidence_waiting(c.bed.house, c.s, &c.clerk, NOW, &clerk, &c.bed.err));
    CHECK_INT(office.n, 2);
    CHECK_CONTAINS(office.at[0].what, "李督的评判等您复核");
    CHECK_INT(office.at[1].whose, WAITING_FOR_OTHERS);
    CHECK_INT(inspector.n, 2);
    CHECK_INT(inspector.at[0].whose, WAITING_FOR_OTHERS);
    CHECK_CONTAINS(inspector.at[1].what, "还没有了结");
    CHECK_INT(clerk.n, 1);
    CHECK_CONTAINS(clerk.at[0].what, "没有上传");
    scene_end(&c);
}
