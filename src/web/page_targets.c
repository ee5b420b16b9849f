/* Yearly targets: the list with its alarms; proposing, issuing, opening them. */
#include "web/page_targets.h"

#include "app/target_letter.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/svg_path.h"

enum { PAGE_ROWS = 100 };

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

/* ---- what is asked ------------------------------------------------------------------------ */

bool targets_asked(const struct request *request, struct target_filter *out, struct err *err)
{
    const struct text alarm = request_query(request, "alarm");
    *out = (struct target_filter){ .stage = request_query(request, "stage"), .subject = request_query(request, "subject"),
                                   .township = request_query(request, "township"), .owner = request_query(request, "owner"),
                                   .words = text_trim(request_query(request, "q")), .unmet = text_equal(alarm, TEXT("unmet")) };
    out->alarms = out->unmet ? 0 : target_alarm_of(alarm);
    if (alarm.size && !out->alarms && !out->unmet)
        return err_set(err, ERR_USAGE, "没有“%.*s”这种提醒。", (int)(alarm.size > 40 ? 40 : alarm.size), alarm.at);
    return true;
}

static void add_query(struct buf *path, const char *name, struct text value)
{
    if (!value.size)
        return;
    buf_printf(path, "%s%s=", path->size && memchr(path->at, '?', path->size) ? "&" : "?", name);
    for (size_t i = 0; i < value.size; i++) {
        const unsigned char c = (unsigned char)value.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.')
            buf_byte(path, (char)c);
        else
            buf_printf(path, "%%%02X", c);
    }
}

static struct text path_with(const struct request *request, const char *page, const struct target_filter *f, struct text alarm, int64_t at)
{
    struct buf path = { .mem = request->mem };
    buf_printf(&path, "%s", page);
    add_query(&path, "stage", f->stage);
    add_query(&path, "subject", f->subject);
    add_query(&path, "township", f->township);
    add_query(&path, "owner", f->owner);
    add_query(&path, "q", f->words);
    add_query(&path, "alarm", alarm);
    if (at > 1)
        add_query(&path, "page", text_printf(request->mem, "%lld", (long long)at));
    return buf_text(&path);
}

/* ---- rows --------------------------------------------------------------------------------- */

static struct text source_path(const struct request *request, const struct target_board *b, const struct target_line *l)
{
    struct arena *const mem = request->mem;
    const int year = b->first + (int)l->last;
    if (l->is_cv)
        return lineage_path(mem, text_printf(mem, "cv:%.*s:%.*s:%d", TEXT_ARG(l->of.stage), TEXT_ARG(l->level->id), year));
    if (l->rule)
        return lineage_path(mem, text_printf(mem, "rule:%.*s:%d", TEXT_ARG(l->of.subject), year));
    return lineage_path(mem, text_printf(mem, "level:%.*s:%.*s:%.*s:%d", TEXT_ARG(l->of.stage), TEXT_ARG(l->of.subject), TEXT_ARG(l->of.school), year));
}

static const char *tone_of(const struct target_board *b, const struct target_line *l, size_t y)
{
    if (is_blank(l->measured[y]))
        return "";
    if (!is_blank(l->target[y]))
        return path_reaches(&l->goal, l->measured[y], l->target[y]) ? "met" : "unmet";
    return y == b->now && !path_passes(&l->goal, l->measured[y]) ? "near" : "";
}

static void put_years(const struct request *request, const struct target_board *b, const struct target_line *l, struct target_row *row, bool typed)
{
    row->years = arena_array(request->mem, b->n_years, struct target_field);
    row->n_years = b->n_years;
    for (size_t y = 0; y < b->n_years; y++) {
        struct target_field *const f = &row->years[y];
        const struct text measured = target_value(l, l->measured[y], english(request), request->mem), target = target_value(l, l->target[y], english(request), request->mem);
        f->measured = measured.size > 0;
        f->tone = tone_of(b, l, y);
        f->words = measured.size ? measured : target;
        f->target = measured.size && target.size ? SAYS_OF(T_TARGETS_WAS, target) : TEXT("");
        if (typed && y > b->now) {
            f->name = text_printf(request->mem, "y%.*s_%d", TEXT_ARG(row->index), b->first + (int)y);
            f->value = target;
        }
    }
}

static void put_alarms(const struct request *request, const struct target_board *b, const struct target_line *l, struct target_row *row)
{
    row->alarms = arena_array(request->mem, N_TARGET_ALARMS, struct text);
    for (unsigned a = 1; a < 1u << N_TARGET_ALARMS; a <<= 1)
        if (l->alarms & a)
            row->alarms[row->n_alarms++] = target_alarm_words(b, l, (enum target_alarm)a, english(request), request->mem);
}

struct target_row target_row_of(const struct request *request, const struct target_board *b, const struct target_line *l, size_t index, bool typed)
{
    struct arena *const mem = request->mem;
    const bool en = english(request);
    const struct text name = target_name(request->snapshot->edition, l, en), key = owner_key(l->owner.place, mem);
    struct target_row row = {
        .where = l->where, .stage = target_stage(l, en), .owner = place_name(&b->names, l->owner.place), .person = l->person,
        .name = name,
        .where_path = l->of.school.size ? text_printf(mem, "/targets/schools/%.*s", TEXT_ARG(l->of.school)) : TEXT(""),
        .name_path = text_printf(mem, "/targets/subjects/%.*s%s%.*s", TEXT_ARG(l->of.subject), l->of.stage.size ? "?stage=" : "", TEXT_ARG(l->of.stage)),
        .standard = text_printf(mem, "%s%.*s", l->goal.strictly ? "<" : l->goal.at_most ? "≤" : "≥", TEXT_ARG(target_value(l, l->goal.threshold, en, mem))),
        .pass = target_pass_words(b, l, en, mem), .tone = "", .index = text_printf(mem, "%zu", index),
        .key = text_printf(mem, "%.*s|%.*s|%.*s", TEXT_ARG(l->of.school), TEXT_ARG(l->of.stage), TEXT_ARG(l->of.subject)),
        .seen = text_printf(mem, "%lld", l->path ? (long long)l->path->stamp : 0LL),
    };
    if (l->is_cv)
        row.name = SAYS_OF(T_TARGETS_CV_OF, row.stage, name);
    struct target_filter mine = { .owner = key.size ? key : TEXT("county") };
    row.owner_path = path_with(request, "/targets", &mine, TEXT(""), 1);
    if (l->last < b->n_years) {
        row.now = target_value(l, l->measured[l->last], en, mem);
        row.now_path = source_path(request, b, l);
        row.tone = l->passes ? "met" : "unmet";
    }
    row.label = SAYS_OF(T_TARGETS_CHART, l->where.size ? l->where : SAYS(T_TARGETS_COUNTY), row.name, row.now.size ? row.now : say_blank(en), row.standard);
    row.chart = svg_path(mem, &(struct svg_path){ l->measured, l->target, l->ahead, b->n_years, l->goal.threshold, NULL }, row.label);
    put_years(request, b, l, &row, typed);
    put_alarms(request, b, l, &row);
    return row;
}

struct target_head *target_heads(const struct request *request, const struct target_board *b, size_t *n_out)
{
    struct target_head *const out = arena_array(request->mem, b->n_years, struct target_head);
    for (size_t y = 0; y < b->n_years; y++)
        out[y] = (struct target_head){ text_printf(request->mem, "%d", b->first + (int)y), y <= b->now };
    *n_out = b->n_years;
    return out;
}

/* ---- what can be chosen ------------------------------------------------------------------- */

struct target_option *target_stages(const struct request *request, struct text chosen, size_t *n_out)
{
    struct target_option *const out = arena_array(request->mem, N_EVALUATED, struct target_option);
    for (int s = 0; s < N_EVALUATED; s++)
        out[s] = (struct target_option){ stage_code((enum stage)s), say_stage((enum stage)s, english(request)), text_equal(chosen, stage_code((enum stage)s)) };
    *n_out = N_EVALUATED;
    return out;
}

struct target_option *target_years_ahead(const struct request *request, const struct target_board *b, size_t *n_out)
{
    struct target_option *const out = arena_array(request->mem, b->n_years, struct target_option);
    *n_out = 0;
    for (size_t y = b->now + 1; y < b->n_years; y++) {
        const struct text year = text_printf(request->mem, "%d", b->first + (int)y);
        out[(*n_out)++] = (struct target_option){ year, say_year(request->mem, b->first + (int)y, english(request)), y + 1 == b->n_years };
    }
    return out;
}

static void put_choices(const struct request *request, const struct target_board *b, const struct target_filter *f, struct view_targets *v)
{
    struct arena *const mem = request->mem;
    const struct place_list townships = b->names.standing[PLACE_TOWNSHIP], departments = b->names.standing[PLACE_DEPARTMENT];
    v->stages = target_stages(request, f->stage, &v->n_stages);
    v->townships = arena_array(mem, townships.n + 1, struct target_option);
    for (size_t i = 0; i < townships.n; i++)
        v->townships[v->n_townships++] = (struct target_option){ townships.at[i].place.name, townships.at[i].name, text_equal(f->township, townships.at[i].place.name) };
    v->owners = arena_array(mem, departments.n + townships.n + 1, struct target_option);
    for (size_t i = 0; i < departments.n + townships.n; i++) {
        const struct place_choice *const c = i < departments.n ? &departments.at[i] : &townships.at[i - departments.n];
        const struct text key = owner_key(c->place, mem);
        v->owners[v->n_owners++] = (struct target_option){ key, c->name, text_equal(f->owner, key) };
    }
    const struct edition *const e = request->snapshot->edition;
    v->subjects = arena_array(mem, MAX_LEVELS + 1, struct target_option);
    for (size_t l = 0; l < e->stages[STAGE_PRIMARY].n_levels; l++)
        v->subjects[v->n_subjects++] = (struct target_option){ e->stages[STAGE_PRIMARY].levels[l].id, say_level(&e->stages[STAGE_PRIMARY].levels[l], english(request)),
                                                               text_equal(f->subject, e->stages[STAGE_PRIMARY].levels[l].id) };
    v->years = target_years_ahead(request, b, &v->n_years);
    v->from_years = arena_array(mem, b->n_years, struct target_option);
    for (size_t y = 0; y <= b->now && y < b->n_years; y++)
        v->from_years[v->n_from_years++] = (struct target_option){ text_printf(mem, "%d", b->first + (int)y),
                                                                  say_year(mem, b->first + (int)y, english(request)), y == b->now };
}

/* The whole board is counted, whatever the alarm chosen: the chips say what there is. */
static void put_chips(const struct request *request, const struct target_board *whole, const struct target_filter *f, struct view_targets *v)
{
    const size_t counts[N_TARGET_ALARMS] = { whole->tally.missed, whole->tally.falling, whole->tally.too_late, whole->tally.no_path, whole->tally.no_data };
    v->chips = arena_array(request->mem, N_TARGET_ALARMS + 2, struct target_chip);
    v->chips[v->n_chips++] = (struct target_chip){ SAYS(T_TARGETS_ALL), path_with(request, "/targets", f, TEXT(""), 1), (int64_t)whole->tally.n, !f->alarms && !f->unmet };
    v->chips[v->n_chips++] = (struct target_chip){ SAYS(T_TARGETS_UNMET), path_with(request, "/targets", f, TEXT("unmet"), 1),
                                                   (int64_t)(whole->tally.n - whole->tally.passing), f->unmet };
    for (size_t i = 0; i < N_TARGET_ALARMS; i++) {
        const enum target_alarm alarm = (enum target_alarm)(1u << i);
        if (counts[i] || f->alarms == (unsigned)alarm)
            v->chips[v->n_chips++] = (struct target_chip){ target_alarm_name(alarm, english(request)), path_with(request, "/targets", f, target_alarm_code(alarm), 1),
                                                           (int64_t)counts[i], f->alarms == (unsigned)alarm };
    }
}

static struct text filter_words(const struct request *request, const struct target_filter *f, const struct view_targets *v)
{
    struct text parts[8];
    size_t n = 0;
    const struct { const struct target_option *at; size_t n; } lists[] = { { v->stages, v->n_stages }, { v->townships, v->n_townships },
                                                                            { v->owners, v->n_owners }, { v->subjects, v->n_subjects } };
    for (size_t k = 0; k < COUNT(lists); k++)
        for (size_t i = 0; i < lists[k].n; i++)
            if (lists[k].at[i].chosen)
                parts[n++] = lists[k].at[i].name;
    if (f->unmet || f->alarms)
        parts[n++] = f->unmet ? SAYS(T_TARGETS_UNMET) : target_alarm_name((enum target_alarm)f->alarms, english(request));
    if (f->words.size)
        parts[n++] = f->words;
    return n ? say_list(request->mem, parts, n, english(request)) : TEXT("");
}

/* ---- the list ----------------------------------------------------------------------------- */

static bool wanted(const struct target_line *l, const struct target_filter *f)
{
    return (!f->alarms || (f->alarms & l->alarms)) && (!f->unmet || !l->passes);
}

static void put_rows(struct request *request, const struct target_board *b, const struct target_filter *f, int64_t page, struct view_targets *v)
{
    size_t schools = 0, shown = 0;
    v->county = arena_array(request->mem, 80, struct target_row);
    v->rows = arena_array(request->mem, PAGE_ROWS, struct target_row);
    for (size_t i = 0; i < b->n; i++) {
        const struct target_line *const l = &b->lines[i];
        if (!wanted(l, f))
            continue;
        shown++;
        if (l->row == SIZE_MAX) {
            if (v->n_county < 80)
                v->county[v->n_county++] = target_row_of(request, b, l, i, false);
            continue;
        }
        if (schools >= (size_t)(page - 1) * PAGE_ROWS && v->n_rows < PAGE_ROWS)
            v->rows[v->n_rows++] = target_row_of(request, b, l, i, false);
        schools++;
    }
    const struct text alarm = f->unmet ? TEXT("unmet") : f->alarms ? target_alarm_code((enum target_alarm)f->alarms) : TEXT("");
    if (page > 1)
        v->previous_path = path_with(request, "/targets", f, alarm, page - 1);
    if (schools > (size_t)page * PAGE_ROWS)
        v->next_path = path_with(request, "/targets", f, alarm, page + 1);
    v->count = SAYS_OF(T_TARGETS_COUNT, say_count(request->mem, (int64_t)shown), say_count(request->mem, (int64_t)schools));
    v->export_path = path_with(request, "/targets/export", f, alarm, 1);
}

static bool put_issues(const struct request *request, struct view_targets *v, struct err *err)
{
    struct target_issue *list;
    size_t n;
    if (!app_target_issues(request->house, &request->actor, request->mem, &list, &n, err))
        return false;
    v->issues = arena_alloc_array(request->mem, n + 1, sizeof *v->issues);
    for (size_t i = 0; i < n; i++) {
        v->issues[i].document = list[i].document;
        v->issues[i].day = list[i].day;
        v->issues[i].by = SAYS_OF(T_TARGETS_ISSUED_BY, list[i].by.who, day_shown(list[i].by.at, request->mem));
        v->issues[i].reason = list[i].reason;
        v->issues[i].opened = list[i].opened.at ? SAYS_OF(T_TARGETS_OPENED_BY, list[i].opened.who, day_shown(list[i].opened.at, request->mem)) : TEXT("");
    }
    v->n_issues = n;
    return true;
}

static struct text sentence_of(const struct request *request, const struct target_board *b)
{
    const struct text now = say_year(request->mem, b->first + (int)b->now, english(request)), n = say_count(request->mem, (int64_t)b->tally.n),
                      passing = say_count(request->mem, (int64_t)b->tally.passing), final = say_year(request->mem, b->first + (int)b->n_years - 1, english(request));
    if (!b->n_paths)
        return SAYS_OF(T_TARGETS_SENTENCE_NONE, now, n, passing, final);
    return SAYS_OF(T_TARGETS_SENTENCE, now, n, passing, say_count(request->mem, (int64_t)b->tally.missed), say_count(request->mem, (int64_t)b->tally.falling), final);
}

bool page_targets(struct request *request, struct response *response, struct err *err)
{
    struct target_filter filter, all;
    struct target_board board;
    int64_t page;
    if (!request->snapshot->n_years) {
        empty_page(request, response, SAYS(T_TARGETS_TITLE), "targets");
        return true;
    }
    if (!targets_asked(request, &filter, err) || !request_query_number(request, "page", 1, 10000, 1, &page, err))
        return false;
    all = filter;
    all.alarms = 0;
    all.unmet = false;
    if (!app_targets(request->house, request->snapshot, &request->actor, &all, request->now, request->mem, &board, err))
        return false;
    struct view_targets v = { .frame = frame_of(request, SAYS(T_TARGETS_TITLE), "targets"), .sentence = sentence_of(request, &board),
                              .may = (request->actor.permissions & MAY_TARGET) != 0, .locked = board.locked, .has_paths = board.n_paths > 0,
                              .today = day_shown(request->now, request->mem), .words = filter.words,
                              .final_year = say_year(request->mem, board.first + (int)board.n_years - 1, english(request)),
                              .clear_path = TEXT("/targets") };
    v.state = board.locked         ? SAYS_OF(T_TARGETS_LOCKED, board.issue.document, board.issue.day)
              : board.issue.issue  ? SAYS_OF(T_TARGETS_OPENED, board.issue.document, board.issue.reason)
              : board.n_paths      ? SAYS(T_TARGETS_DRAFT)
                                   : TEXT("");
    v.heads = target_heads(request, &board, &v.n_heads);
    put_choices(request, &board, &filter, &v);
    put_chips(request, &board, &filter, &v);
    put_rows(request, &board, &filter, page, &v);
    v.filter_words = filter_words(request, &filter, &v);
    v.narrowed = v.filter_words.size > 0;
    if (!(request->actor.permissions & MAY_EXPORT))
        v.export_path = TEXT("");
    if (!put_issues(request, &v, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_targets(&html, &v);
    response_html(response, &html);
    return true;
}

bool page_targets_export(struct request *request, struct response *response, struct err *err)
{
    struct target_filter filter;
    struct text bytes;
    if (!targets_asked(request, &filter, err) ||
        !app_targets_workbook(request->house, request->snapshot, &request->actor, &filter, request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  SAYS_OF(T_TARGETS_FILE, request->snapshot->county_name, day_shown(request->now, request->mem)));
    return true;
}

/* ---- acts --------------------------------------------------------------------------------- */

bool page_targets_propose(struct request *request, struct response *response, struct err *err)
{
    int64_t from, by;
    struct target_proposed done;
    response->back = TEXT("/targets");
    if (!request_field_number(request, "from", 0, 2100, 0, &from, err) || !request_field_number(request, "by", 0, 2100, 0, &by, err))
        return false;
    const struct target_proposal proposal = { .of = { .stage = request_field(request, "stage") },
                                              .basis = text_string(request->mem, request_field(request, "basis")), .from_year = (int)from,
                                              .by_year = (int)by, .overwrite = text_equal(request_field(request, "overwrite"), TEXT("yes")) };
    if (!app_targets_propose(request->house, request->snapshot, &request->actor, &proposal, request->now, request->mem, &done, err))
        return false;
    response_redirect(response, TEXT("/targets"));
    return true;
}

bool page_targets_issue(struct request *request, struct response *response, struct err *err)
{
    response->back = TEXT("/targets");
    if (!app_targets_issue(request->house, request->snapshot, &request->actor, request_field(request, "document"), request_field(request, "day"),
                           request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/targets"));
    return true;
}

bool page_targets_open(struct request *request, struct response *response, struct err *err)
{
    response->back = TEXT("/targets");
    if (!app_targets_open(request->house, request->writing, &request->actor, request_field(request, "reason"), request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/targets"));
    return true;
}
