/* Who answers for what: the tree of targets with its sums, letters of responsibility, the yearly result, the table of owners. */
#include "web/page_targets.h"

#include "app/target_letter.h"
#include "app/target_results.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"

#include <stdlib.h>

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

/* ---- the tree ----------------------------------------------------------------------------- */

static void add_to(struct tree_node *node, const struct target_line *l)
{
    node->n++;
    node->passing += l->passes;
    node->missed += (l->alarms & TARGET_MISSED) != 0;
    node->falling += (l->alarms & TARGET_FALLS) != 0;
    node->late += (l->alarms & TARGET_TOO_LATE) != 0;
}

/* The owner's schools, one line each, and 全县 for its county figures; unless all are asked for, those alone that need looking at. */
static void put_branch(const struct request *request, const struct target_board *b, const struct target_owner *owner, bool all, struct view_target_tree *v)
{
    const size_t first = v->n;
    size_t kept = first;
    for (size_t i = 0; i < b->n; i++) {
        const struct target_line *const l = &b->lines[i];
        if (!l->path || !place_same(l->owner.place, owner->place))
            continue;
        struct tree_node *const last = v->n > first ? &v->nodes[v->n - 1] : NULL;
        const struct text name = l->where.size ? l->where : SAYS(T_TARGETS_COUNTY);
        if (!last || !text_equal(last->name, name))
            v->nodes[v->n++] = (struct tree_node){ .name = name, .depth = 2, .person = l->person,
                                                   .path = l->of.school.size ? text_printf(request->mem, "/targets/schools/%.*s", TEXT_ARG(l->of.school))
                                                                             : text_printf(request->mem, "/targets?owner=%.*s", TEXT_ARG(owner->key)) };
        add_to(&v->nodes[v->n - 1], l);
    }
    for (size_t i = first; i < v->n; i++)
        if (all || v->nodes[i].missed || v->nodes[i].falling || v->nodes[i].late)
            v->nodes[kept++] = v->nodes[i];
    v->nodes[first - 1].below = (int64_t)(v->n - first);
    v->nodes[first - 1].shown_all = all;
    v->n = kept;
}

bool page_targets_tree(struct request *request, struct response *response, struct err *err)
{
    struct target_board board;
    struct target_owner *owners;
    size_t n;
    if (!request->snapshot->n_years) {
        empty_page(request, response, SAYS(T_TARGETS_TREE_TITLE), "targets");
        return true;
    }
    if (!app_targets(request->house, request->snapshot, &request->actor, &(struct target_filter){ 0 }, request->now, request->mem, &board, err))
        return false;
    target_owners(&board, request->mem, &owners, &n);
    struct view_target_tree v = { .frame = frame_of(request, SAYS(T_TARGETS_TREE_TITLE), "targets"), .nodes = arena_array(request->mem, board.n + n + 1, struct tree_node),
                                  .may_export = (request->actor.permissions & MAY_EXPORT) != 0 && actor_covers_county(&request->actor) };
    for (size_t o = 0; o < n; o++) {
        struct tree_node *const node = &v.nodes[v.n++];
        *node = (struct tree_node){ .name = owners[o].name, .person = owners[o].person, .depth = 1,
                                    .path = text_printf(request->mem, "/targets?owner=%.*s", TEXT_ARG(owners[o].key)),
                                    .open_path = text_printf(request->mem, "/targets/tree?open=%.*s", TEXT_ARG(owners[o].key)),
                                    .docx_path = text_printf(request->mem, "/targets/letters?owner=%.*s&as=docx", TEXT_ARG(owners[o].key)),
                                    .pdf_path = text_printf(request->mem, "/targets/letters?owner=%.*s&as=pdf", TEXT_ARG(owners[o].key)) };
        for (size_t i = 0; i < board.n; i++)
            if (board.lines[i].path && place_same(board.lines[i].owner.place, owners[o].place))
                add_to(node, &board.lines[i]);
        put_branch(request, &board, &owners[o], text_equal(request_query(request, "open"), owners[o].key), &v);
    }
    v.sentence = n ? SAYS_OF(T_TARGETS_TREE_SENTENCE, say_count(request->mem, (int64_t)n), say_count(request->mem, (int64_t)board.n_paths)) : SAYS(T_TARGETS_TREE_NONE);
    struct html html = html_begin(request->mem, request->lang);
    template_targets_tree(&html, &v);
    response_html(response, &html);
    return true;
}

bool page_targets_letters(struct request *request, struct response *response, struct err *err)
{
    struct target_file file;
    response->back = TEXT("/targets/tree");
    if (!app_target_letters(request->house, request->snapshot, &request->actor, request_query(request, "owner"), request_query(request, "as"), request->here,
                            request->now, request->mem, &file, err))
        return false;
    response_file(response, file.bytes, file.type, file.name);
    return true;
}

/* ---- the yearly result -------------------------------------------------------------------- */

static void put_counts(int64_t out[5], const struct target_count *c)
{
    const int64_t numbers[5] = { c->due, c->in_time, c->late, c->open, c->overdue };
    memcpy(out, numbers, sizeof numbers);
}

static struct result_row result_row_of(const struct request *request, const struct target_result *r)
{
    const struct text key = owner_key(r->owner, request->mem);
    struct result_row row = { .name = r->name, .person = r->person, .path = text_printf(request->mem, "/targets?owner=%.*s", TEXT_ARG(key.size ? key : TEXT("county"))),
                              .before = (int64_t)r->passed_before, .passed = (int64_t)r->passed, .gained = (int64_t)r->gained, .lost = (int64_t)r->lost,
                              .weighted = is_blank(r->weighted) ? TEXT("") : say_share(request->mem, r->weighted, false) };
    put_counts(row.targets, &r->targets);
    put_counts(row.ledger, &r->ledger);
    put_counts(row.tasks, &r->tasks);
    return row;
}

static void put_weights(const struct target_results *r, struct view_target_results *v)
{
    static const char *const WORDS[] = { "targets=", "ledger=", "tasks=" };
    struct text rest = r->weights.weights, word;
    while (rest.size && text_split(&rest, ' ', &word))
        for (size_t k = 0; k < COUNT(WORDS); k++)
            if (text_starts(word, text_of(WORDS[k])))
                v->weight[k] = (struct text){ word.at + strlen(WORDS[k]), word.size - strlen(WORDS[k]) };
}

/* ?of= the year of targets; the page's own year is that of the data. */
static bool results_asked(const struct request *request, struct target_results *out, struct err *err)
{
    int64_t year;
    const int usual = request->snapshot->years[request->snapshot->usual_year];
    return request_query_number(request, "of", 2000, 2100, usual, &year, err) &&
           app_target_results(request->house, request->snapshot, &request->actor, (int)year, request->now, request->mem, out, err);
}

bool page_targets_results(struct request *request, struct response *response, struct err *err)
{
    struct target_results r;
    if (!request->snapshot->n_years) {
        empty_page(request, response, SAYS(T_TARGETS_RESULTS_TITLE), "targets");
        return true;
    }
    if (!results_asked(request, &r, err))
        return false;
    struct view_target_results v = { .frame = frame_of(request, SAYS(T_TARGETS_RESULTS_TITLE), "targets"), .may = (request->actor.permissions & MAY_TARGET) != 0,
                                     .weighted = r.weights.weights.size > 0, .document = r.weights.document, .day = r.weights.day,
                                     .rows = arena_array(request->mem, r.n + 1, struct result_row) };
    for (size_t i = 0; i < r.n; i++)
        v.rows[v.n++] = result_row_of(request, &r.rows[i]);
    v.all = result_row_of(request, &r.all);
    put_weights(&r, &v);
    const struct text year = say_year(request->mem, r.year, english(request));
    v.sentence = !r.all.targets.due ? SAYS_OF(T_TARGETS_RESULTS_NONE, year)
               : !r.measured        ? SAYS_OF(T_TARGETS_RESULTS_OPEN, year, say_count(request->mem, r.all.targets.due))
                                    : SAYS_OF(T_TARGETS_RESULTS_SENTENCE, year, say_count(request->mem, r.all.targets.due), say_count(request->mem, r.all.targets.in_time),
                                              say_count(request->mem, r.all.targets.late), say_count(request->mem, r.all.targets.overdue));
    v.years = arena_array(request->mem, 40, struct target_option);
    for (int y = request->snapshot->years[0]; y <= target_final_year() && v.n_years < 40; y++)
        v.years[v.n_years++] = (struct target_option){ text_printf(request->mem, "%d", y), say_year(request->mem, y, english(request)), y == r.year };
    if (request->actor.permissions & MAY_EXPORT)
        v.export_path = text_printf(request->mem, "/targets/results/export?of=%d", r.year);
    struct html html = html_begin(request->mem, request->lang);
    template_targets_results(&html, &v);
    response_html(response, &html);
    return true;
}

bool page_targets_results_export(struct request *request, struct response *response, struct err *err)
{
    struct target_results r;
    struct text bytes;
    if (!results_asked(request, &r, err) ||
        !app_target_results_workbook(request->house, &request->actor, &r, request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  SAYS_OF(T_TARGETS_RESULTS_FILE, request->snapshot->county_name, say_year(request->mem, r.year, english(request))));
    return true;
}

bool page_targets_weights(struct request *request, struct response *response, struct err *err)
{
    static const char *const WORDS[] = { "targets", "ledger", "tasks" };
    struct buf words = { .mem = request->mem };
    response->back = TEXT("/targets/results");
    for (size_t k = 0; k < COUNT(WORDS); k++) {
        const struct text typed = text_trim(request_field(request, WORDS[k]));
        if (typed.size)
            buf_printf(&words, "%s%s=%.*s", words.size ? " " : "", WORDS[k], TEXT_ARG(typed));
    }
    const struct target_weights weights = { request_field(request, "document"), request_field(request, "day"), words.size ? buf_text(&words) : TEXT(""), { 0 } };
    if (!app_target_weights(request->house, request->writing, &request->actor, &weights, request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/targets/results"));
    return true;
}

/* ---- who answers for what ----------------------------------------------------------------- */

static struct text word_shown(const struct request *request, const struct place_names *names, struct text word)
{
    struct place place;
    if (text_equal(word, TEXT("school")))
        return SAYS(T_OWNERS_SCHOOL);
    if (text_equal(word, TEXT("township")))
        return SAYS(T_OWNERS_TOWNSHIP);
    if (text_equal(word, TEXT("county")))
        return SAYS(T_OWNERS_COUNTY);
    if (!owner_place_of_key(word, &place))
        place = (struct place){ PLACE_DEPARTMENT, word };
    return place_name(names, place);
}

static struct text words_shown(const struct request *request, const struct place_names *names, struct text words)
{
    struct text parts[OWNER_MOST_HELPERS], word;
    size_t n = 0;
    while (words.size && n < OWNER_MOST_HELPERS && text_split(&words, ' ', &word))
        if (word.size)
            parts[n++] = word_shown(request, names, word);
    return say_list(request->mem, parts, n, english(request));
}

/* 「L4 教学用房」; a kind by its name. */
static struct text subject_shown(const struct request *request, struct text subject)
{
    static const struct { const char *word; enum text_key key; } KINDS[] = {
        { "level", T_OWNERS_K_LEVEL }, { "cv", T_OWNERS_K_CV }, { "government", T_OWNERS_K_GOVERNMENT }, { "quality", T_OWNERS_K_QUALITY },
        { "recognition", T_OWNERS_K_RECOGNITION }, { "precondition", T_OWNERS_K_PRECONDITION }, { "veto", T_OWNERS_K_VETO }, { "plan", T_OWNERS_K_PLAN },
        { "money", T_OWNERS_K_MONEY }, { "posts", T_OWNERS_K_POSTS }, { "land", T_OWNERS_K_LAND }, { "surroundings", T_OWNERS_K_SURROUNDINGS },
        { "trip", T_OWNERS_K_TRIP }, { "teaching", T_OWNERS_K_TEACHING }, { "other", T_OWNERS_K_OTHER },
    };
    const struct edition *const e = request->snapshot->edition;
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (text_equal(subject, text_of(KINDS[i].word)))
            return SAYS(KINDS[i].key);
    const bool cv = text_starts(subject, TEXT("cv-"));
    const struct text id = cv ? (struct text){ subject.at + 3, subject.size - 3 } : subject;
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, id)) {
            const struct text brief = english(request) ? e->indicators[i].brief_en : e->indicators[i].brief;
            return cv ? SAYS_OF(T_OWNERS_CV, brief) : brief;
        }
    for (size_t i = 0; i < e->n_rules; i++)
        if (text_equal(e->rules[i].plain, id))
            return english(request) ? e->rules[i].en : e->rules[i].zh;
    return subject;
}

bool page_owners(struct request *request, struct response *response, struct err *err)
{
    const struct owners *owners;
    struct place_names names;
    size_t n;
    if (!app_owners(request->house, request->mem, &owners, err))
        return false;
    place_names_of(request->snapshot, request->now, request->mem, &names);
    const struct owner_rule *const rules = owner_rules(owners, &n);
    const struct place_list departments = names.standing[PLACE_DEPARTMENT], townships = names.standing[PLACE_TOWNSHIP];
    struct view_owners v = { .frame = frame_of(request, SAYS(T_OWNERS_TITLE), "targets"), .may = (request->actor.permissions & MAY_TARGET) != 0,
                             .lines = arena_array(request->mem, n + 1, struct owner_line), .choices = arena_array(request->mem, departments.n + 4, struct target_option),
                             .persons = arena_array(request->mem, departments.n + townships.n + 1, struct person_line) };
    for (size_t i = 0; i < n; i++)
        v.lines[v.n++] = (struct owner_line){
            .subject = rules[i].subject, .name = subject_shown(request, rules[i].subject), .stage = rules[i].stage,
            .stage_word = !rules[i].stage.size ? TEXT("") : say_stage(text_equal(rules[i].stage, TEXT("junior")) ? STAGE_JUNIOR : STAGE_PRIMARY, english(request)),
            .owner = word_shown(request, &names, rules[i].owner), .owner_value = rules[i].owner, .helpers = words_shown(request, &names, rules[i].helpers),
            .helpers_value = rules[i].helpers, .basis = rules[i].basis, .edited = rules[i].by.at != 0, .id = text_printf(request->mem, "%zu", i),
            .by = rules[i].by.at ? SAYS_OF(T_OWNERS_BY, rules[i].by.who, day_shown(rules[i].by.at, request->mem)) : TEXT("") };
    static const struct { const char *word; enum text_key key; } CONCERNED[] = { { "school", T_OWNERS_SCHOOL }, { "township", T_OWNERS_TOWNSHIP }, { "county", T_OWNERS_COUNTY } };
    for (size_t i = 0; i < COUNT(CONCERNED); i++)
        v.choices[v.n_choices++] = (struct target_option){ text_of(CONCERNED[i].word), SAYS(CONCERNED[i].key), false };
    for (size_t i = 0; i < departments.n; i++)
        v.choices[v.n_choices++] = (struct target_option){ departments.at[i].place.name, departments.at[i].name, false };
    for (size_t i = 0; i < departments.n + townships.n; i++) {
        const struct place_choice *const c = i < departments.n ? &departments.at[i] : &townships.at[i - departments.n];
        v.persons[v.n_persons++] = (struct person_line){ owner_key(c->place, request->mem), c->name, owner_person(owners, c->place), text_printf(request->mem, "%zu", i) };
    }
    struct html html = html_begin(request->mem, request->lang);
    template_owners(&html, &v);
    response_html(response, &html);
    return true;
}

bool page_owner_put(struct request *request, struct response *response, struct err *err)
{
    const bool back_to_default = text_equal(request_field(request, "act"), TEXT("default"));
    const struct owner_rule rule = { .subject = text_trim(request_field(request, "subject")), .stage = request_field(request, "stage"),
                                     .owner = back_to_default ? TEXT("") : text_trim(request_field(request, "owner")),
                                     .helpers = text_trim(request_field(request, "helpers")), .basis = text_trim(request_field(request, "basis")) };
    response->back = TEXT("/targets/owners");
    if (!back_to_default && !rule.owner.size)
        return err_set(err, ERR_INPUT, "没有选责任单位。");
    if (!app_owner_put(request->house, request->writing, &request->actor, &rule, request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/targets/owners"));
    return true;
}

bool page_owner_person(struct request *request, struct response *response, struct err *err)
{
    struct place place;
    struct place_names names;
    response->back = TEXT("/targets/owners");
    place_names_of(request->snapshot, request->now, request->mem, &names);
    if (!place_parse(&names, request_field(request, "place"), &place, err) ||
        !app_owner_person_put(request->house, request->writing, &request->actor, place, request_field(request, "person"), request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/targets/owners#persons"));
    return true;
}
