/* Targets proposed, typed, issued, opened again. */
#include "app/targets.h"

#include "app/audit.h"
#include "app/notice.h"
#include "base/day.h"
#include "base/unicode.h"
#include "report/words.h"
#include "store/target_store.h"

enum { LONGEST_DOCUMENT = 60, LONGEST_REASON = 200, LONGEST_NAME = 30 };

/* ---- what stands -------------------------------------------------------------------------- */

static bool latest_issue(struct house *house, struct db_session *session, struct arena *mem, struct target_issue *out, struct err *err)
{
    struct target_issue *list;
    size_t n;
    *out = (struct target_issue){ 0 };
    if (!store_target_issues(session, house_county(house), mem, &list, &n, err))
        return false;
    if (n)
        *out = list[0];
    return true;
}

static bool not_issued(struct house *house, struct db_session *session, struct arena *mem, struct err *err)
{
    struct target_issue issue;
    if (!latest_issue(house, session, mem, &issue, err))
        return false;
    if (!issue.issue || issue.opened.at)
        return true;
    err_set(err, ERR_CONFLICT, "目标已经以%.*s下达，不能改。", TEXT_ARG(issue.document));
    return err_hint(err, "要改，请先“打开修订”并写明原因；改好后用新的文号下达。");
}

bool app_target_issues(struct house *house, const struct actor *actor, struct arena *mem, struct target_issue **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_target_issues(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

/* ---- proposing ---------------------------------------------------------------------------- */

struct proposing {
    struct house *house;
    const struct actor *actor;
    const struct target_proposal *wish;
    const struct target_board *board;
    int64_t now;
    struct arena *mem;
    struct target_proposed *out;
};

/* At most `from`, the latest that is measured. */
static size_t begins_at(const struct target_board *b, const struct target_line *l, size_t from)
{
    for (size_t y = from + 1; y-- > 0;)
        if (!is_blank(l->measured[y]))
            return y;
    return b->n_years;
}

static bool propose_one(struct proposing *p, const struct target_line *l, struct db_session *session, struct err *err)
{
    const struct target_board *const b = p->board;
    const size_t from = p->wish->from_year ? (size_t)(p->wish->from_year - b->first) : b->now, at = begins_at(b, l, from);
    const size_t by = p->wish->by_year ? (size_t)(p->wish->by_year - b->first) : b->n_years - 1;
    const bool ledger = !strcmp(p->wish->basis, "ledger");
    if (l->path && !p->wish->overwrite && text_equal(l->path->basis, TEXT("office"))) {
        p->out->kept++;
        return true;
    }
    if (at == b->n_years || at + 1 >= b->n_years) {
        p->out->blank++;
        return true;
    }
    struct target_path path = { .of = l->of, .basis = text_of(p->wish->basis), .from_year = b->first + (int)at, .from_value = l->measured[at],
                                .person = l->path ? l->path->person : TEXT(""), .stamp = l->path ? l->path->stamp : 0,
                                .by = actor_stamp(p->actor, p->now) };
    for (size_t i = 0; i < TARGET_MOST_YEARS; i++)
        path.value[i] = BLANK;
    if (ledger && l->planned && l->last == at)
        path_planned(&l->goal, l->measured[at], &l->ahead[at + 1], b->n_years - at - 1, path.value);
    else
        path_linear(&l->goal, l->measured[at], b->n_years - at - 1, by > at ? by - at : 1, path.value);
    p->out->made++;
    return store_target_put(session, house_county(p->house), &path, err);
}

static bool propose(void *context, struct db_session *session, struct err *err)
{
    struct proposing *const p = context;
    if (!not_issued(p->house, session, p->mem, err))
        return false;
    for (size_t i = 0; i < p->board->n; i++)
        if (!propose_one(p, &p->board->lines[i], session, err))
            return false;
    return audit_write(session, p->actor, "target.propose", text_of(p->wish->basis),
                       text_printf(p->mem, "made=%zu kept=%zu blank=%zu from=%d by=%d", p->out->made, p->out->kept, p->out->blank, p->wish->from_year,
                                   p->wish->by_year), p->now, err);
}

bool app_targets_propose(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct target_proposal *wish,
                         int64_t now, struct arena *mem, struct target_proposed *out, struct err *err)
{
    struct target_board board;
    *out = (struct target_proposed){ 0 };
    if (!actor_may(actor, MAY_TARGET, err) || !app_targets(house, snapshot, actor, &wish->of, now, mem, &board, err))
        return false;
    const int last = board.first + (int)board.n_years - 1;
    if (strcmp(wish->basis, "linear") != 0 && strcmp(wish->basis, "ledger") != 0)
        return err_set(err, ERR_USAGE, "目标的提法读到“%s”，应为 linear（按直线）或 ledger（按台账计划）。", wish->basis);
    if ((wish->from_year && (wish->from_year < board.first || wish->from_year >= last)) ||
        (wish->by_year && (wish->by_year <= board.first + (int)board.now || wish->by_year > last))) {
        err_set(err, ERR_USAGE, "目标从哪个学年起、到哪个学年达到，年份不对。");
        return err_hint(err, "起点应在 %d—%d 之间，达到应在 %d—%d 之间。", board.first, last - 1, board.first + (int)board.now + 1, last);
    }
    struct proposing p = { house, actor, wish, &board, now, mem, out };
    return house_write(house, propose, &p, err);
}

/* ---- typing ------------------------------------------------------------------------------- */

static const struct target_path *kept_path(const struct target_path *paths, size_t n, const struct target_of *of)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(paths[i].of.stage, of->stage) && text_equal(paths[i].of.subject, of->subject))
            return &paths[i];
    return NULL;
}

static bool edit_one(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, const struct target_edit *e,
                     int64_t now, struct arena *mem, struct err *err)
{
    struct path_goal goal;
    const struct level *level;
    const struct rule *rule;
    bool is_cv;
    struct target_path *paths;
    size_t n;
    if (!target_goal_of(s->edition, &e->of, &goal, &level, &rule, &is_cv))
        return err_set(err, ERR_INPUT, "“%.*s”没有年度目标可定。", TEXT_ARG(e->of.subject));
    if (utf8_length(e->person) > LONGEST_NAME)
        return err_set(err, ERR_INPUT, "责任人的姓名太长（最多 %d 字）。", LONGEST_NAME);
    if (!store_targets(session, house_county(house), &e->of.school, mem, &paths, &n, err))
        return false;
    const struct target_path *const before = kept_path(paths, n, &e->of);
    struct target_path path = { .of = e->of, .basis = TEXT("office"), .from_year = before ? before->from_year : e->first_year - 1,
                                .from_value = before ? before->from_value : BLANK, .person = e->person, .stamp = e->seen, .by = actor_stamp(actor, now) };
    for (size_t i = 0; i < TARGET_MOST_YEARS; i++)
        path.value[i] = before ? before->value[i] : BLANK;
    for (size_t i = 0; i < e->n; i++) {
        const int at = e->first_year + (int)i - path.from_year - 1;
        if (at >= 0 && at < TARGET_MOST_YEARS)
            path.value[at] = e->value[i];
    }
    return store_target_put(session, house_county(house), &path, err);
}

bool app_targets_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct target_edit *edits, size_t n, int64_t now, struct arena *mem, struct err *err)
{
    if (!actor_may(actor, MAY_TARGET, err) || !not_issued(house, session, mem, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!edit_one(house, session, snapshot, actor, &edits[i], now, mem, err))
            return false;
    const struct target_of *const of = n ? &edits[0].of : &(struct target_of){ 0 };
    return audit_write(session, actor, "target.edit", text_printf(mem, "%.*s/%.*s/%.*s", TEXT_ARG(of->school), TEXT_ARG(of->stage), TEXT_ARG(of->subject)),
                       text_printf(mem, "paths=%zu", n), now, err);
}

/* ---- issuing ------------------------------------------------------------------------------ */

struct issuing {
    struct house *house;
    const struct actor *actor;
    const struct target_board *board;
    struct target_issue issue;
    int64_t now;
    struct arena *mem;
};

static struct text line_named(const struct snapshot *s, const struct target_line *l, struct arena *mem)
{
    return text_printf(mem, "%.*s%s%.*s%.*s%s", TEXT_ARG(l->where), l->where.size ? " " : "全县", TEXT_ARG(target_stage(l, false)),
                       TEXT_ARG(target_name(s->edition, l, false)), l->is_cv ? "的差异系数" : "");
}

/* Every path ends at what the standard asks. */
static bool all_reach(const struct snapshot *s, const struct target_board *b, struct arena *mem, struct err *err)
{
    size_t short_of = 0, paths = 0;
    const struct target_line *first = NULL;
    for (size_t i = 0; i < b->n; i++) {
        const struct target_line *const l = &b->lines[i];
        if (!l->path)
            continue;
        paths++;
        if (path_reaches(&l->goal, l->target[b->n_years - 1], path_end(&l->goal)))
            continue;
        first = first ? first : l;
        short_of++;
    }
    if (!paths) {
        err_set(err, ERR_CONFLICT, "还没有目标可以下达。");
        return err_hint(err, "请先“提出方案”。");
    }
    if (!first)
        return true;
    const struct text last = target_value(first, first->target[b->n_years - 1], false, mem);
    err_set(err, ERR_CONFLICT, "%zu 条目标到%d学年没有定到标准，例如%.*s：%.*s，标准 %.*s。", short_of, b->first + (int)b->n_years - 1,
            TEXT_ARG(line_named(s, first, mem)), TEXT_ARG(last.size ? last : TEXT("没有定")), TEXT_ARG(target_value(first, first->goal.threshold, false, mem)));
    return err_hint(err, "请改好这些目标再下达。");
}

/* Every owner that has a role to hear of it. */
static bool tell_owners(const struct issuing *w, struct db_session *session, struct err *err)
{
    struct place *const told = arena_array(w->mem, w->board->n + 1, struct place);
    size_t n = 0;
    for (size_t i = 0; i < w->board->n; i++) {
        const struct target_line *const l = &w->board->lines[i];
        const enum role role = l->owner.place.kind == PLACE_DEPARTMENT ? ROLE_department : l->owner.place.kind == PLACE_TOWNSHIP ? ROLE_township
                             : l->owner.place.kind == PLACE_SCHOOL     ? ROLE_principal  : ROLE_office;
        bool there = !l->path;
        for (size_t k = 0; k < n; k++)
            there = there || place_same(told[k], l->owner.place);
        if (there)
            continue;
        told[n++] = l->owner.place;
        const struct notice notice = { .role = role, .place = l->owner.place, .kind = "told",
                                       .title = text_printf(w->mem, "目标责任已下达：%.*s", TEXT_ARG(w->issue.document)),
                                       .text = TEXT("您单位负责的年度目标和责任书在“目标”里。"), .link = TEXT("/targets/tree"),
                                       .by = w->issue.by };
        if (!app_notice_put(session, house_county(w->house), &notice, w->now, err))
            return false;
    }
    return true;
}

static bool issue(void *context, struct db_session *session, struct err *err)
{
    const struct issuing *const w = context;
    return not_issued(w->house, session, w->mem, err) && store_target_issue_put(session, house_county(w->house), &w->issue, err) &&
           tell_owners(w, session, err) &&
           audit_write(session, w->actor, "target.issue", w->issue.document, text_printf(w->mem, "day=%.*s", TEXT_ARG(w->issue.day)), w->now, err);
}

static bool document_sound(struct text document, struct text day, struct err *err)
{
    struct day ignored;
    if (!document.size || utf8_length(document) > LONGEST_DOCUMENT) {
        err_set(err, ERR_INPUT, document.size ? "文号太长（最多 %d 字）。" : "没有写文号（最多 %d 字）。", LONGEST_DOCUMENT);
        return err_hint(err, "请写印发的文件的文号，例如 青政办〔2026〕12号。");
    }
    if (!day_read(day, &ignored)) {
        err_set(err, ERR_INPUT, "印发日期读到“%.*s”，不是一个日期。", (int)(day.size > 40 ? 40 : day.size), day.at);
        return err_hint(err, "请写成 2026-03-01 这样。");
    }
    return true;
}

bool app_targets_issue(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text document, struct text day,
                       int64_t now, struct arena *mem, struct err *err)
{
    struct target_board board;
    const struct text number = text_trim(document), on = text_trim(day);
    if (!actor_may(actor, MAY_TARGET, err) || !document_sound(number, on, err) ||
        !app_targets(house, snapshot, actor, &(struct target_filter){ 0 }, now, mem, &board, err) || !all_reach(snapshot, &board, mem, err))
        return false;
    struct issuing w = { house, actor, &board, { .document = number, .day = on, .final_year = board.first + (int)board.n_years - 1,
                         .by = actor_stamp(actor, now) }, now, mem };
    return house_write(house, issue, &w, err);
}

bool app_targets_open(struct house *house, struct db_session *session, const struct actor *actor, struct text reason, int64_t now,
                      struct arena *mem, struct err *err)
{
    const struct stamp by = actor_stamp(actor, now);
    struct target_issue issue;
    const struct text why = text_trim(reason);
    if (!actor_may(actor, MAY_TARGET, err) || !latest_issue(house, session, mem, &issue, err))
        return false;
    if (!why.size || utf8_length(why) > LONGEST_REASON)
        return err_set(err, ERR_INPUT, why.size ? "修订的原因太长（最多 %d 字）。" : "请写明为什么要修订（最多 %d 字）。", LONGEST_REASON);
    return store_target_issue_open(session, house_county(house), &by, why, err) &&
           audit_write(session, actor, "target.open", issue.document, text_printf(mem, "reason=%.*s", TEXT_ARG(why)), now, err);
}

/* ---- what waits --------------------------------------------------------------------------- */

static bool office_waits(const struct target_board *b, const struct actor *actor, struct waiting_list *into)
{
    if (!(actor->permissions & MAY_TARGET))
        return false;
    if (!b->n_paths)
        waiting_add(into, &(struct waiting){ .what = TEXT("到 2029 学年的年度目标还没有定"), .why = TEXT("目标责任制由县级办公室编制"), .link = TEXT("/targets"),
                                             .button = TEXT("提出方案") });
    else if (!b->locked)
        waiting_add(into, &(struct waiting){ .what = TEXT("年度目标还没有下达"), .why = TEXT("下达后各单位按责任书办"), .link = TEXT("/targets"),
                                             .button = TEXT("下达") });
    return true;
}

bool app_targets_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct waiting_list *into,
                         struct err *err)
{
    struct target_board board;
    struct target_filter filter = { 0 };
    size_t missed = 0;
    if (!snapshot->n_years || !(actor->permissions & (MAY_TARGET | MAY_WORK)) || actor->channel == CHANNEL_CONSOLE)
        return true;
    if (!app_targets(house, snapshot, actor, &filter, now, into->mem, &board, err))
        return false;
    if (office_waits(&board, actor, into) || !board.locked)
        return true;
    for (size_t i = 0; i < board.n; i++)
        missed += (board.lines[i].alarms & TARGET_MISSED) && place_same(board.lines[i].owner.place, actor->place);
    if (missed)
        waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "您单位负责的目标有 %zu 条没有达到当年的数", missed),
                                             .why = text_printf(into->mem, "责任书：%.*s", TEXT_ARG(board.issue.document)),
                                             .link = text_printf(into->mem, "/targets?owner=%.*s&alarm=missed", TEXT_ARG(owner_key(actor->place, into->mem))),
                                             .button = TEXT("查看") });
    return true;
}
