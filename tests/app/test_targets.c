/* Targets: proposed from what is measured, typed, issued, locked; missed, falling; results and letters by owner. */
#include "county_bed.h"

#include "app/target_letter.h"
#include "app/target_results.h"
#include "base/day.h"
#include "report/write_doc.h"

enum { NOW = 1790000000 };

struct scene {
    struct county_bed bed;
    const struct snapshot *s;
    struct target_board board;
};

static struct scene scene_new(int years)
{
    struct scene c = { .bed = county_bed_full(years) };
    CHECK_OK(house_snapshot(c.bed.house, &c.s, &c.bed.err), c.bed.err);
    return c;
}
static void scene_end(struct scene *c)
{
    snapshot_release(&c->s);
    county_bed_end(&c->bed);
}
static void look(struct scene *c, struct target_filter filter)
{
    CHECK_OK(app_targets(c->bed.house, c->s, &c->bed.actor, &filter, NOW, c->bed.mem, &c->board, &c->bed.err), c->bed.err);
}
static struct target_proposed propose(struct scene *c, int from, bool overwrite)
{
    struct target_proposed done;
    CHECK_OK(app_targets_propose(c->bed.house, c->s, &c->bed.actor, &(struct target_proposal){ .basis = "linear", .from_year = from, .overwrite = overwrite },
                                 NOW, c->bed.mem, &done, &c->bed.err), c->bed.err);
    return done;
}
static bool issue(struct scene *c, const char *document)
{
    return app_targets_issue(c->bed.house, c->s, &c->bed.actor, text_of(document), TEXT("2026-03-01"), NOW, c->bed.mem, &c->bed.err);
}
/* The first line that is so. */
static const struct target_line *line_of(const struct scene *c, bool passes, bool county)
{
    for (size_t i = 0; i < c->board.n; i++) {
        const struct target_line *const l = &c->board.lines[i];
        if (l->passes == passes && (l->row == SIZE_MAX) == county && l->last < c->board.n_years)
            return l;
    }
    fail_msg("no such line");
    return NULL;
}

TEST(targets, have_a_line_for_every_indicator_of_every_unit_and_every_county_figure)
{
    struct scene c = scene_new(3);
    look(&c, (struct target_filter){ 0 });
    CHECK_INT(c.board.first, 2023);
    CHECK_INT((int)c.board.n_years, 7);     /* to 2029 */
    size_t units = 0, cvs = 0, rules = 0;
    for (size_t i = 0; i < c.board.n; i++) {
        units += c.board.lines[i].row != SIZE_MAX;
        cvs += c.board.lines[i].is_cv;
        rules += c.board.lines[i].rule != NULL;
    }
    const struct county_assessment *const last = &c.s->assessment->counties[c.s->usual_year];
    CHECK_INT((int)units, (int)(7 * (last->stages[0].n + last->stages[1].n)));
    CHECK_INT((int)cvs, 14);
    CHECK(rules >= 15);
    CHECK(!c.board.locked && c.board.n_paths == 0);
    scene_end(&c);
}

TEST(targets, are_proposed_in_equal_steps_from_what_was_measured_to_the_standard)
{
    struct scene c = scene_new(3);
    const struct target_proposed done = propose(&c, 0, false);
    look(&c, (struct target_filter){ 0 });
    CHECK_INT((int)(done.made + done.blank), (int)c.board.n);
    const struct target_line *const l = line_of(&c, false, false);
    CHECK(l->path != NULL);
    CHECK_NEAR(l->path->from_value, l->measured[2], 1e-12);
    CHECK_NEAR(l->target[6], l->goal.threshold, 1e-9);
    double by_hand[4];
    path_linear(&l->goal, l->measured[2], 4, 4, by_hand);
    for (size_t i = 0; i < 4; i++)
        CHECK_NEAR(l->target[3 + i], by_hand[i], 1e-9);
    CHECK(is_blank(l->target[2]));
    /* What passes is held. */
    const struct target_line *const held = line_of(&c, true, false);
    CHECK_NEAR(held->target[3], held->goal.threshold, 1e-9);
    scene_end(&c);
}

TEST(targets, tell_what_was_missed_once_the_year_is_measured)
{
    struct scene c = scene_new(3);
    propose(&c, 2024, false);
    look(&c, (struct target_filter){ .alarms = TARGET_MISSED });
    CHECK(c.board.n > 0);
    for (size_t i = 0; i < c.board.n; i++) {
        const struct target_line *const l = &c.board.lines[i];
        CHECK(!path_reaches(&l->goal, l->measured[2], l->target[2]));
        CHECK_INT(path_mark(&l->goal, l->target, l->measured, c.board.n_years, 2), PATH_OVERDUE);
        CHECK_CONTAINS(target_alarm_words(&c.board, l, TARGET_MISSED, false, c.bed.mem), "2025学年没有达到目标");
    }
    scene_end(&c);
}

TEST(targets, warn_before_a_figure_falls_with_enrolment)
{
    struct scene c = scene_new(3);
    look(&c, (struct target_filter){ .alarms = TARGET_FALLS, .kind = 2 });
    CHECK(c.board.n > 0);
    for (size_t i = 0; i < c.board.n; i++) {
        const struct target_line *const l = &c.board.lines[i];
        CHECK(l->passes && l->falls > l->last && l->falls < c.board.n_years);
        /* What the school has stays; its pupils do not. */
        CHECK_NEAR(l->ahead[l->falls], l->measured[l->last] * l->pupils[l->last] / l->pupils[l->falls], 1e-9);
        CHECK(l->ahead[l->falls] < l->goal.threshold);
        const struct text words = target_alarm_words(&c.board, l, TARGET_FALLS, false, c.bed.mem);
        CHECK_CONTAINS(words, "按现有入学趋势");
        CHECK_CONTAINS(words, "降到");
    }
    scene_end(&c);
}

struct doing { struct scene *c; struct target_edit edit; struct text reason; };
static bool edit(void *context, struct db_session *session, struct err *err)
{
    const struct doing *const d = context;
    return app_targets_edit(d->c->bed.house, session, d->c->s, &d->c->bed.actor, &d->edit, 1, NOW, d->c->bed.mem, err);
}
static bool open_again(void *context, struct db_session *session, struct err *err)
{
    const struct doing *const d = context;
    return app_targets_open(d->c->bed.house, session, &d->c->bed.actor, d->reason, NOW, d->c->bed.mem, err);
}

TEST(targets, typed_by_the_office_stay_when_the_rest_is_proposed_anew_and_nobody_overwrites_unseen)
{
    struct scene c = scene_new(3);
    propose(&c, 0, false);
    look(&c, (struct target_filter){ .kind = 2 });
    const struct target_line *const l = line_of(&c, false, false);
    struct doing d = { &c, { .of = l->of, .seen = l->path->stamp, .first_year = 2026, .n = 2, .value = (double[]){ l->goal.threshold, l->goal.threshold },
                             .person = TEXT("王校长") }, TEXT("") };
    CHECK_OK(house_write(c.bed.house, edit, &d, &c.bed.err), c.bed.err);
    CHECK(!house_write(c.bed.house, edit, &d, &c.bed.err));     /* with the stamp of before */
    CHECK_INT(c.bed.err.kind, ERR_CONFLICT);
    const struct target_proposed again = propose(&c, 0, false);
    CHECK_INT((int)again.kept, 1);
    look(&c, (struct target_filter){ .school = d.edit.of.school, .stage = d.edit.of.stage, .subject = d.edit.of.subject });
    CHECK_INT((int)c.board.n, 1);
    CHECK_NEAR(c.board.lines[0].target[3], c.board.lines[0].goal.threshold, 1e-9);
    CHECK_TEXT(c.board.lines[0].person, "王校长");
    CHECK_INT((int)propose(&c, 0, true).kept, 0);
    scene_end(&c);
}

TEST(targets, once_issued_are_locked_until_they_are_opened_for_a_reason)
{
    struct scene c = scene_new(3);
    CHECK(!issue(&c, "青政办〔2026〕12号"));     /* nothing to issue */
    propose(&c, 0, false);
    CHECK(!issue(&c, " "));
    CHECK_INT(c.bed.err.kind, ERR_INPUT);
    CHECK_OK(issue(&c, "青政办〔2026〕12号"), c.bed.err);
    CHECK(!issue(&c, "青政办〔2026〕13号"));
    CHECK_INT(c.bed.err.kind, ERR_CONFLICT);
    look(&c, (struct target_filter){ .kind = 2 });
    CHECK(c.board.locked);
    CHECK_TEXT(c.board.issue.document, "青政办〔2026〕12号");
    struct target_proposed none;
    CHECK(!app_targets_propose(c.bed.house, c.s, &c.bed.actor, &(struct target_proposal){ .basis = "linear" }, NOW, c.bed.mem, &none, &c.bed.err));
    CHECK_CONTAINS(text_of(c.bed.err.what), "已经以青政办〔2026〕12号下达");
    const struct target_line *const l = line_of(&c, false, false);
    struct doing d = { &c, { .of = l->of, .seen = l->path->stamp, .first_year = 2029, .n = 1, .value = (double[]){ l->measured[2] } }, TEXT("") };
    CHECK(!house_write(c.bed.house, edit, &d, &c.bed.err));
    CHECK(!house_write(c.bed.house, open_again, &d, &c.bed.err));     /* without a reason */
    d.reason = TEXT("两所学校合并");
    CHECK_OK(house_write(c.bed.house, open_again, &d, &c.bed.err), c.bed.err);
    CHECK_OK(house_write(c.bed.house, edit, &d, &c.bed.err), c.bed.err);
    /* A path that does not reach the standard is not issued. */
    CHECK(!issue(&c, "青政办〔2026〕20号"));
    CHECK_CONTAINS(text_of(c.bed.err.what), "没有定到标准");
    struct target_issue *issues;
    size_t n;
    CHECK_OK(app_target_issues(c.bed.house, &c.bed.actor, c.bed.mem, &issues, &n, &c.bed.err), c.bed.err);
    CHECK_INT((int)n, 1);
    CHECK_TEXT(issues[0].reason, "两所学校合并");
    scene_end(&c);
}

TEST(targets, are_counted_by_owner_without_weights_of_ours)
{
    struct scene c = scene_new(3);
    struct target_results r;
    propose(&c, 2024, false);
    CHECK_OK(app_target_results(c.bed.house, c.s, &c.bed.actor, 2025, NOW, c.bed.mem, &r, &c.bed.err), c.bed.err);
    CHECK(r.measured && r.n > 3);
    int64_t due = 0;
    for (size_t i = 0; i < r.n; i++) {
        const struct target_count *const t = &r.rows[i].targets;
        CHECK_INT((int)t->due, (int)(t->in_time + t->late + t->open + t->overdue));
        CHECK(is_blank(r.rows[i].weighted));
        CHECK_INT((int)(r.rows[i].passed - r.rows[i].passed_before), (int)r.rows[i].gained - (int)r.rows[i].lost);
        due += t->due;
    }
    CHECK_INT((int)r.all.targets.due, (int)due);
    CHECK(r.all.targets.in_time > 0 && r.all.targets.overdue > 0);
    /* A year that is not measured yet is open. */
    CHECK_OK(app_target_results(c.bed.house, c.s, &c.bed.actor, 2027, NOW, c.bed.mem, &r, &c.bed.err), c.bed.err);
    CHECK(!r.measured);
    CHECK_INT((int)r.all.targets.due, (int)r.all.targets.open);
    CHECK(!app_target_results(c.bed.house, c.s, &c.bed.actor, 2040, NOW, c.bed.mem, &r, &c.bed.err));
    scene_end(&c);
}

struct weighing { struct scene *c; struct target_weights weights; };
static bool weigh(void *context, struct db_session *session, struct err *err)
{
    const struct weighing *const w = context;
    return app_target_weights(w->c->bed.house, session, &w->c->bed.actor, &w->weights, NOW, w->c->bed.mem, err);
}

TEST(targets, are_weighted_only_by_a_countys_own_document)
{
    struct scene c = scene_new(3);
    struct target_results r;
    propose(&c, 2024, false);
    struct weighing w = { &c, { TEXT(""), TEXT("2026-03-01"), TEXT("targets=60 ledger=40"), { 0 } } };
    CHECK(!house_write(c.bed.house, weigh, &w, &c.bed.err));
    CHECK_CONTAINS(text_of(c.bed.err.what), "文号");
    w.weights.document = TEXT("青政办〔2026〕12号");
    CHECK_OK(house_write(c.bed.house, weigh, &w, &c.bed.err), c.bed.err);
    CHECK_OK(app_target_results(c.bed.house, c.s, &c.bed.actor, 2025, NOW, c.bed.mem, &r, &c.bed.err), c.bed.err);
    for (size_t i = 0; i < r.n; i++)     /* no ledger here: its weight counts neither way */
        if (r.rows[i].targets.due)
            CHECK_NEAR(r.rows[i].weighted, (double)r.rows[i].targets.in_time / (double)r.rows[i].targets.due, 1e-12);
    w.weights.weights = TEXT("beauty=3");
    CHECK(!house_write(c.bed.house, weigh, &w, &c.bed.err));
    scene_end(&c);
}

TEST(targets, go_out_as_letters_of_responsibility)
{
    struct scene c = scene_new(3);
    struct target_file file;
    CHECK(!app_target_letters(c.bed.house, c.s, &c.bed.actor, TEXT("department:D11"), TEXT("docx"), TEXT(""), NOW, c.bed.mem, &file, &c.bed.err));
    propose(&c, 0, false);
    CHECK_OK(issue(&c, "青政办〔2026〕12号"), c.bed.err);
    look(&c, (struct target_filter){ 0 });
    const struct text words = write_doc_text(target_letter(c.s, &c.board, (struct place){ PLACE_DEPARTMENT, TEXT("D11") }, TEXT(""), c.bed.mem), c.bed.mem);
    CHECK_CONTAINS(words, "目标责任书");
    CHECK_CONTAINS(words, "市财政局");
    CHECK_CONTAINS(words, "青政办〔2026〕12号");
    CHECK_CONTAINS(words, "2026年3月1日");
    CHECK_OK(app_target_letters(c.bed.house, c.s, &c.bed.actor, TEXT("department:D11"), TEXT("docx"), TEXT(""), NOW, c.bed.mem, &file, &c.bed.err), c.bed.err);
    CHECK(file.bytes.size > 5000);
    CHECK(!app_target_letters(c.bed.house, c.s, &c.bed.actor, TEXT("department:D01"), TEXT("docx"), TEXT(""), NOW, c.bed.mem, &file, &c.bed.err));
    CHECK_INT(c.bed.err.kind, ERR_ABSENT);
    CHECK(!app_target_letters(c.bed.house, c.s, &c.bed.actor, TEXT("department:D11"), TEXT("odt"), TEXT(""), NOW, c.bed.mem, &file, &c.bed.err));
    scene_end(&c);
}

TEST(targets, of_a_township_are_those_of_its_schools)
{
    struct scene c = scene_new(1);
    look(&c, (struct target_filter){ .kind = 2 });
    const struct text township = c.board.lines[0].township;
    c.bed.actor.role = ROLE_township;
    c.bed.actor.channel = CHANNEL_WEB;
    c.bed.actor.permissions = role_info(ROLE_township)->permissions;
    c.bed.actor.place = (struct place){ PLACE_TOWNSHIP, township };
    look(&c, (struct target_filter){ 0 });
    CHECK(c.board.n > 0);
    for (size_t i = 0; i < c.board.n; i++)
        CHECK(c.board.lines[i].row != SIZE_MAX && text_equal(c.board.lines[i].township, township));
    struct target_proposed none;
    CHECK(!app_targets_propose(c.bed.house, c.s, &c.bed.actor, &(struct target_proposal){ .basis = "linear" }, NOW, c.bed.mem, &none, &c.bed.err));
    CHECK_INT(c.bed.err.kind, ERR_DENIED);
    scene_end(&c);
}

TEST(targets, typed_as_a_share_may_be_written_in_percent)
{
    struct scene c = scene_new(1);
    double value;
    const struct target_of share = { TEXT(""), TEXT(""), TEXT("S1") }, rooms = { TEXT("1"), TEXT("primary"), TEXT("L4") };
    CHECK_OK(target_typed(c.s->edition, &share, TEXT(" 95% "), &value, &c.bed.err), c.bed.err);
    CHECK_NEAR(value, 0.95, 1e-12);
    CHECK_OK(target_typed(c.s->edition, &share, TEXT("0.9"), &value, &c.bed.err), c.bed.err);
    CHECK_NEAR(value, 0.9, 1e-12);
    CHECK_OK(target_typed(c.s->edition, &rooms, TEXT(""), &value, &c.bed.err), c.bed.err);
    CHECK(is_blank(value));
    CHECK(!target_typed(c.s->edition, &rooms, TEXT("约4.5"), &value, &c.bed.err));
    CHECK(!target_typed(c.s->edition, &rooms, TEXT("4.5%"), &value, &c.bed.err));
    scene_end(&c);
}
