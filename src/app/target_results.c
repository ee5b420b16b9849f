#include "app/target_results.h"

#include "app/audit.h"
#include "app/export.h"
#include "app/ledger.h"
#include "app/task.h"
#include "base/day.h"
#include "base/unicode.h"
#include "model/sheet.h"
#include "store/target_store.h"

#include <stdlib.h>

enum { OF_TARGETS, OF_LEDGER, OF_TASKS, N_WEIGHTS, LONGEST_DOCUMENT = 60 };
static const char *const WEIGHT_WORDS[N_WEIGHTS] = { "targets", "ledger", "tasks" };

struct gathering {
    struct target_results *out;
    const struct target_board *board;
    struct arena *mem;
    size_t capacity;
};

static struct target_result *row_of(struct gathering *g, struct place owner)
{
    struct target_results *const o = g->out;
    for (size_t i = 0; i < o->n; i++)
        if (place_same(o->rows[i].owner, owner))
            return &o->rows[i];
    ARENA_ROOM(g->mem, o->rows, o->n, g->capacity);
    o->rows[o->n] = (struct target_result){ .owner = owner, .name = place_name(&g->board->names, owner), .person = owner_person(g->board->owners, owner),
                                            .weighted = BLANK };
    return &o->rows[o->n++];
}

/* ---- targets ------------------------------------------------------------------------------ */

static void count_mark(struct target_count *c, enum path_mark mark)
{
    c->due += mark != PATH_NO_TARGET;
    c->in_time += mark == PATH_IN_TIME;
    c->late += mark == PATH_LATE;
    c->open += mark == PATH_OPEN;
    c->overdue += mark == PATH_OVERDUE;
}

static void count_line(struct gathering *g, const struct target_line *l, size_t at)
{
    struct target_result *const r = row_of(g, l->owner.place);
    count_mark(&r->targets, path_mark(&l->goal, l->target, l->measured, g->board->n_years, at));
    g->out->measured |= !is_blank(l->measured[at]);
    if (!at || is_blank(l->measured[at]) || is_blank(l->measured[at - 1]))
        return;
    const bool before = path_passes(&l->goal, l->measured[at - 1]), now = path_passes(&l->goal, l->measured[at]);
    r->passed_before += before;
    r->passed += now;
    r->gained += now && !before;
    r->lost += before && !now;
}

/* ---- the ledger and the tasks whose day lies in the year ------------------------------------ */

static bool count_ledger(struct gathering *g, struct house *house, const struct actor *actor, int64_t now, struct err *err)
{
    const struct ledger_filter filter = { .due_year = text_printf(g->mem, "%d", g->out->year) };
    struct ledger_sum *sums;
    size_t n;
    if (!app_ledger_summary(house, actor, &filter, "owner", now, g->mem, &sums, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct place owner;
        if (!sums[i].word.size || !owner_place_of_key(text_equal(sums[i].word, TEXT("county")) ? TEXT("") : sums[i].word, &owner))
            continue;
        struct target_count *const c = &row_of(g, owner)->ledger;
        c->due += sums[i].n;
        c->in_time += sums[i].verified;
        c->overdue += sums[i].overdue;
        c->open += sums[i].n - sums[i].verified - sums[i].overdue;
    }
    return true;
}

static bool count_tasks(struct gathering *g, struct house *house, const struct actor *actor, int64_t now, struct err *err)
{
    const struct task_filter filter = { .open = -1, .due_from = text_printf(g->mem, "%d-09-02", g->out->year - 1),
                                        .due_until = text_printf(g->mem, "%d-09-01", g->out->year) };
    struct task_count *counts;
    size_t n;
    if (!(actor->permissions & (MAY_TALK | MAY_WORK)))   /* assessors see no tasks */
        return true;
    if (!app_task_counts(house, NULL, actor, &filter, false, TASK_BY_OWNER, now, g->mem, &counts, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct place owner;
        if (!place_of_words(counts[i].kind, counts[i].name, &owner))
            continue;
        struct target_count *const c = &row_of(g, owner)->tasks;
        c->due += counts[i].all - counts[i].withdrawn;
        c->in_time += counts[i].in_time;
        c->late += counts[i].done_late;
        c->overdue += counts[i].late;
        c->open += counts[i].open - counts[i].late;
    }
    return true;
}

/* ---- weights ------------------------------------------------------------------------------ */

static bool weights_read(struct text words, double out[N_WEIGHTS])
{
    struct text word, kind;
    double sum = 0;
    memset(out, 0, N_WEIGHTS * sizeof *out);
    while (text_split(&words, ' ', &word)) {
        double number;
        size_t k = 0;
        if (!word.size)
            continue;
        if (!text_split(&word, '=', &kind) || !number_parse(word, &number) || !(number >= 0 && number <= 1000))
            return false;
        while (k < N_WEIGHTS && !text_equal(kind, text_of(WEIGHT_WORDS[k])))
            k++;
        if (k == N_WEIGHTS)
            return false;
        out[k] = number;
        sum += number;
    }
    return sum > 0;
}

static double weigh(const struct target_result *r, const double weights[N_WEIGHTS])
{
    const struct target_count *const counts[N_WEIGHTS] = { &r->targets, &r->ledger, &r->tasks };
    double sum = 0, of = 0;
    for (size_t k = 0; k < N_WEIGHTS; k++) {
        if (!counts[k]->due)
            continue;     /* nothing was asked: it counts neither way */
        sum += weights[k] * (double)counts[k]->in_time / (double)counts[k]->due;
        of += weights[k];
    }
    return of > 0 ? sum / of : BLANK;
}

bool app_target_weights(struct house *house, struct db_session *session, const struct actor *actor, const struct target_weights *weights, int64_t now,
                        struct arena *mem, struct err *err)
{
    double read[N_WEIGHTS];
    struct day ignored;
    struct target_weights put = { text_trim(weights->document), text_trim(weights->day), text_trim(weights->weights), actor_stamp(actor, now) };
    if (!actor_may(actor, MAY_TARGET, err))
        return false;
    if (put.weights.size && !weights_read(put.weights, read)) {
        err_set(err, ERR_INPUT, "权重读到“%.*s”。", (int)(put.weights.size > 60 ? 60 : put.weights.size), put.weights.at);
        return err_hint(err, "请写三个不小于 0 的数：年度目标、台账、任务，至少一个大于 0。");
    }
    if (put.weights.size && (!put.document.size || utf8_length(put.document) > LONGEST_DOCUMENT || !day_read(put.day, &ignored))) {
        err_set(err, ERR_INPUT, "权重要有县里的文件：请写文号和印发日期。");
        return err_hint(err, "国家办法没有加权的总分；没有文件，就只列数，不加权。");
    }
    return store_target_weights_put(session, house_county(house), &put, err) &&
           audit_write(session, actor, "target.weights", put.document, text_printf(mem, "weights=%.*s", TEXT_ARG(put.weights)), now, err);
}

/* ---- the whole ---------------------------------------------------------------------------- */

static int by_owner(const void *a, const void *b)
{
    const struct target_result *const x = a, *const y = b;
    if (x->owner.kind != y->owner.kind)     /* departments, townships, schools; the county itself first */
        return (int)y->owner.kind - (int)x->owner.kind;
    return text_compare(x->owner.name, y->owner.name);
}

static void add_count(struct target_count *to, const struct target_count *of)
{
    to->due += of->due;
    to->in_time += of->in_time;
    to->late += of->late;
    to->open += of->open;
    to->overdue += of->overdue;
}

static void sum_up(struct target_results *o)
{
    o->all = (struct target_result){ .owner = { PLACE_COUNTY, TEXT("") }, .weighted = BLANK };
    for (size_t i = 0; i < o->n; i++) {
        const struct target_result *const r = &o->rows[i];
        add_count(&o->all.targets, &r->targets);
        add_count(&o->all.ledger, &r->ledger);
        add_count(&o->all.tasks, &r->tasks);
        o->all.passed_before += r->passed_before;
        o->all.passed += r->passed;
        o->all.gained += r->gained;
        o->all.lost += r->lost;
    }
}

static bool read_weights(struct house *house, struct arena *mem, struct target_weights *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_target_weights(session, house_county(house), mem, out, err);
    db_read_end(&session);
    return ok;
}

bool app_target_results(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, int64_t now, struct arena *mem,
                        struct target_results *out, struct err *err)
{
    struct target_board board;
    double weights[N_WEIGHTS];
    *out = (struct target_results){ .year = year };
    if (!app_targets(house, snapshot, actor, &(struct target_filter){ 0 }, now, mem, &board, err) || !read_weights(house, mem, &out->weights, err))
        return false;
    const int at = year - board.first;
    if (at < 0 || (size_t)at >= board.n_years)
        return err_set(err, ERR_USAGE, "没有%d学年的目标，应在 %d—%d 之间。", year, board.first, board.first + (int)board.n_years - 1);
    struct gathering g = { .out = out, .board = &board, .mem = mem };
    for (size_t i = 0; i < board.n; i++)
        count_line(&g, &board.lines[i], (size_t)at);
    if (!count_ledger(&g, house, actor, now, err) || !count_tasks(&g, house, actor, now, err))
        return false;
    if (out->n)
        qsort(out->rows, out->n, sizeof *out->rows, by_owner);
    for (size_t i = 0; out->weights.weights.size && weights_read(out->weights.weights, weights) && i < out->n; i++)
        out->rows[i].weighted = weigh(&out->rows[i], weights);
    sum_up(out);
    return true;
}

/* ---- as a workbook ------------------------------------------------------------------------ */

static void put_count(struct sheet *sheet, uint32_t row, uint32_t column, const struct target_count *c)
{
    const int64_t numbers[] = { c->due, c->in_time, c->late, c->open, c->overdue };
    for (uint32_t i = 0; i < COUNT(numbers); i++)
        sheet_put_number(sheet, row, column + i, LOOK_WHOLE, (double)numbers[i]);
}

static void put_row(struct sheet *sheet, uint32_t row, struct text name, const struct target_result *r)
{
    sheet_put_text(sheet, row, 1, LOOK_TEXT, name);
    sheet_put_text(sheet, row, 2, LOOK_TEXT, r->person);
    put_count(sheet, row, 3, &r->targets);
    put_count(sheet, row, 8, &r->ledger);
    put_count(sheet, row, 13, &r->tasks);
    const size_t effects[] = { r->passed_before, r->passed, r->gained, r->lost };
    for (uint32_t i = 0; i < COUNT(effects); i++)
        sheet_put_number(sheet, row, 18 + i, LOOK_WHOLE, (double)effects[i]);
    if (!is_blank(r->weighted))
        sheet_put_number(sheet, row, 22, LOOK_PERCENT, r->weighted);
}

bool app_target_results_workbook(struct house *house, const struct actor *actor, const struct target_results *results, int64_t now, struct arena *mem,
                                 struct text *bytes_out, struct err *err)
{
    static const char *const HEADS[] = { "责任单位", "责任人", "到期", "按期", "逾期完成", "未到", "逾期", "到期", "已销号", "逾期完成", "在办", "逾期",
                                         "到期", "按期", "逾期完成", "在办", "逾期", "上年达标", "本年达标", "新达标", "滑坡", "加权" };
    struct sheet *const sheet = sheet_new(mem, text_printf(mem, "%d学年结果", results->year));
    const bool weighted = results->weights.weights.size > 0;
    sheet_put_merged(sheet, 1, 1, 1, 2, LOOK_GROUP, text_printf(mem, "%d学年", results->year));
    sheet_put_merged(sheet, 1, 3, 1, 7, LOOK_GROUP, TEXT("年度目标"));
    sheet_put_merged(sheet, 1, 8, 1, 12, LOOK_GROUP, TEXT("台账"));
    sheet_put_merged(sheet, 1, 13, 1, 17, LOOK_GROUP, TEXT("任务和整改"));
    sheet_put_merged(sheet, 1, 18, 1, 21, LOOK_GROUP, TEXT("指标（两年都有数的）"));
    for (uint32_t i = 0; i < COUNT(HEADS) - !weighted; i++)
        sheet_put_text(sheet, 2, i + 1, LOOK_HEADING, text_of(HEADS[i]));
    for (size_t i = 0; i < results->n; i++)
        put_row(sheet, (uint32_t)i + 3, results->rows[i].name, &results->rows[i]);
    put_row(sheet, (uint32_t)results->n + 3, TEXT("合计"), &results->all);
    if (weighted)
        sheet_put_text(sheet, (uint32_t)results->n + 5, 1, LOOK_NOTE,
                       text_printf(mem, "权重依据%.*s（%.*s）：%.*s", TEXT_ARG(results->weights.document), TEXT_ARG(results->weights.day), TEXT_ARG(results->weights.weights)));
    sheet->width[1] = 22;
    sheet->frozen_rows = 2;
    sheet->frozen_columns = 1;
    sheet->print.on = true;
    return app_export_sheets(house, actor, (struct sheet *const[]){ sheet }, 1, TEXT("targets/results"), results->n, results->n, now, mem, bytes_out, err);
}
