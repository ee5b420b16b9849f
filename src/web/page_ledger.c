/* The ledger: narrowed, sorted, added up; chosen rows changed together and the change taken back. */
#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/ledger_view.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { PAGE = 100, MOST_PAGES = 100000 };

static const struct { const char *word; enum text_key name; } BYS[] = {
    { "", T_LEDGER_BY_NONE }, { "township", T_LEDGER_BY_TOWNSHIP }, { "owner", T_LEDGER_BY_OWNER }, { "subject", T_LEDGER_BY_SUBJECT },
    { "kind", T_LEDGER_BY_KIND }, { "state", T_LEDGER_BY_STATE }, { "due_year", T_LEDGER_BY_DUE_YEAR }, { "fund", T_LEDGER_BY_FUND },
    { "place", T_LEDGER_BY_PLACE },
};

struct listing {
    const struct request *request;
    struct ledger_filter filter;
    struct text by;
    struct ledger_word *words;
    size_t n_words;
    struct text today;
};

static struct text path_of(const struct listing *l, struct ledger_filter filter)
{
    return ledger_path(l->request, &filter, l->by, 1);
}

/* ---- tabs and choices ----------------------------------------------------------------------- */

static void put_tabs(const struct listing *l, struct view_ledger *view)
{
    static const struct { const char *word; enum text_key name; } TABS[] = {
        { "", T_LEDGER_T_ALL }, { "open", T_LEDGER_T_OPEN }, { "overdue", T_LEDGER_T_OVERDUE }, { "to_verify", T_LEDGER_T_TO_VERIFY },
        { "to_claim", T_LEDGER_T_TO_CLAIM }, { "fallen", T_LEDGER_T_FALLEN }, { "verified", T_LEDGER_T_VERIFIED },
    };
    const struct request *const request = l->request;
    view->tabs = arena_array(request->mem, COUNT(TABS), struct ledger_tab);
    for (size_t i = 0; i < COUNT(TABS); i++) {
        struct ledger_filter f = l->filter;
        f.state = text_of(TABS[i].word);
        view->tabs[view->n_tabs++] = (struct ledger_tab){ SAYS(TABS[i].name), path_of(l, f), TEXT(""), text_equal(f.state, l->filter.state) };
    }
    view->by = arena_array(request->mem, COUNT(BYS), struct ledger_tab);
    for (size_t i = 0; i < COUNT(BYS); i++)
        view->by[view->n_by++] = (struct ledger_tab){ SAYS(BYS[i].name), ledger_path(request, &l->filter, text_of(BYS[i].word), 1), TEXT(""),
                                                      text_equal(text_of(BYS[i].word), l->by) };
}

static struct text shown_word(const struct listing *l, const struct ledger_word *w)
{
    return text_equal(w->list, TEXT("owner")) ? w->shown : text_equal(w->list, TEXT("subject")) ? ledger_subject_said(l->request, w->word) : w->word;
}

/* What the ledger itself holds of a list. */
static void put_listed(const struct listing *l, const char *name, const char *list, enum text_key label, struct text chosen, struct view_ledger *view)
{
    const struct request *const request = l->request;
    struct ledger_choice *const c = &view->choices[view->n_choices];
    *c = (struct ledger_choice){ .name = name, .label = SAYS(label), .options = arena_array(request->mem, l->n_words + 2, struct ledger_option) };
    c->all = SAYS_OF(T_LEDGER_ALL_OF, c->label);
    for (size_t i = 0; i < l->n_words; i++)
        if (text_equal(l->words[i].list, text_of(list)) && !(c->n && text_equal(c->options[c->n - 1].value, l->words[i].word)))
            c->options[c->n++] = (struct ledger_option){ l->words[i].word, shown_word(l, &l->words[i]), text_equal(chosen, l->words[i].word) };
    if (text_equal(text_of(list), TEXT("owner")))
        c->options[c->n++] = (struct ledger_option){ TEXT("none"), SAYS(T_LEDGER_NO_OWNER), text_equal(chosen, TEXT("none")) };
    view->n_choices += c->n > 0;
}

static void put_choices(const struct listing *l, struct view_ledger *view)
{
    static const struct { const char *word; enum text_key name; } SORTS[] = {
        { "due", T_LEDGER_O_DUE }, { "cost", T_LEDGER_O_COST }, { "missing", T_LEDGER_O_MISSING }, { "owner", T_LEDGER_O_OWNER },
        { "changed", T_LEDGER_O_CHANGED },
    };
    const struct request *const request = l->request;
    const struct ledger_filter *const f = &l->filter;
    view->choices = arena_array(request->mem, 10, struct ledger_choice);
    struct ledger_choice *const kinds = &view->choices[view->n_choices++];
    *kinds = (struct ledger_choice){ .name = "kind", .label = SAYS(T_LEDGER_C_KIND), .options = arena_array(request->mem, N_LEDGER_KINDS, struct ledger_option) };
    kinds->all = SAYS_OF(T_LEDGER_ALL_OF, kinds->label);
    for (int k = 0; k < N_LEDGER_KINDS; k++)
        kinds->options[kinds->n++] = (struct ledger_option){ ledger_kind_word((enum ledger_kind)k), ledger_kind_said(request, (enum ledger_kind)k),
                                                             text_equal(f->kind, ledger_kind_word((enum ledger_kind)k)) };
    const struct text owner = f->owner_name.size ? text_printf(request->mem, "%.*s:%.*s", TEXT_ARG(f->owner_kind), TEXT_ARG(f->owner_name))
                                                 : text_equal(f->owner_kind, TEXT("county")) ? TEXT("county:") : f->owner_kind;
    put_listed(l, "subject", "subject", T_LEDGER_C_SUBJECT, f->subject, view);
    put_listed(l, "township", "township", T_LEDGER_C_TOWNSHIP, f->township, view);
    put_listed(l, "owner", "owner", T_LEDGER_C_OWNER, owner, view);
    put_listed(l, "due_year", "due_year", T_LEDGER_C_DUE_YEAR, f->due_year, view);
    put_listed(l, "fund", "fund", T_LEDGER_C_FUND, f->fund, view);
    struct ledger_choice *const sorts = &view->choices[view->n_choices++];
    *sorts = (struct ledger_choice){ .name = "sort", .label = SAYS(T_LEDGER_C_SORT), .all = SAYS(T_LEDGER_O_PLACE),
                                     .options = arena_array(request->mem, COUNT(SORTS), struct ledger_option) };
    for (size_t i = 0; i < COUNT(SORTS); i++)
        sorts->options[sorts->n++] = (struct ledger_option){ text_of(SORTS[i].word), SAYS(SORTS[i].name), text_equal(f->sort, text_of(SORTS[i].word)) };
    view->hidden = arena_array(request->mem, 4, struct ledger_option);
    if (f->state.size)
        view->hidden[view->n_hidden++] = (struct ledger_option){ f->state, TEXT("state"), false };
    if (f->place_kind.size)
        view->hidden[view->n_hidden++] = (struct ledger_option){ text_printf(request->mem, "%.*s:%.*s", TEXT_ARG(f->place_kind), TEXT_ARG(f->place_name)),
                                                                 TEXT("place"), false };
    if (l->by.size)
        view->hidden[view->n_hidden++] = (struct ledger_option){ l->by, TEXT("by"), false };
}

/* The filter in force as a sentence, for paper and for whoever was sent the link. */
static struct text filter_said(const struct listing *l, const struct view_ledger *view, const struct ledger_page *page)
{
    const struct request *const request = l->request;
    struct text parts[16];
    size_t n = 0;
    for (size_t i = 1; i < view->n_tabs; i++)
        if (view->tabs[i].current)
            parts[n++] = view->tabs[i].name;
    for (size_t c = 0; c + 1 < view->n_choices; c++)
        for (size_t i = 0; i < view->choices[c].n; i++)
            if (view->choices[c].options[i].chosen)
                parts[n++] = view->choices[c].options[i].name;
    if (l->filter.stage.size)
        parts[n++] = ledger_stage_said(request, l->filter.stage);
    if (l->filter.place_kind.size)
        parts[n++] = page->n ? page->rows[0].now.place_shown : l->filter.place_name;
    if (l->filter.words.size)
        parts[n++] = text_printf(request->mem, "“%.*s”", TEXT_ARG(l->filter.words));
    return n ? say_list(request->mem, parts, n, request->lang == LANG_EN) : TEXT("");
}

/* ---- sums ----------------------------------------------------------------------------------- */

static struct text group_name(const struct listing *l, struct text word)
{
    const struct request *const request = l->request;
    enum ledger_state state;
    enum ledger_kind kind;
    if (text_equal(l->by, TEXT("state")) && ledger_state_of(word, &state))
        return ledger_state_said(request, state);
    if (text_equal(l->by, TEXT("kind")) && ledger_kind_of(word, &kind))
        return ledger_kind_said(request, kind);
    if (text_equal(l->by, TEXT("subject")))
        return ledger_kind_of(word, &kind) ? ledger_kind_said(request, kind) : ledger_subject_said(request, word);
    if (text_equal(l->by, TEXT("owner")) && text_equal(word, TEXT(":")))
        return SAYS(T_LEDGER_NO_OWNER);
    for (size_t i = 0; i < l->n_words && text_equal(l->by, TEXT("owner")); i++)
        if (text_equal(l->words[i].list, TEXT("owner")) && text_equal(l->words[i].word, word))
            return l->words[i].shown;
    if (text_equal(l->by, TEXT("township")) && !word.size)
        return SAYS(T_LEDGER_G_COUNTY);
    return word.size ? word : SAYS(T_LEDGER_G_EMPTY);
}

static struct text group_path(const struct listing *l, struct text word)
{
    struct ledger_filter f = l->filter;
    size_t at;
    const bool split = text_find(word, TEXT(":"), &at);
    const struct text before = split ? (struct text){ word.at, at } : TEXT(""), behind = split ? (struct text){ word.at + at + 1, word.size - at - 1 } : TEXT("");
    if (text_equal(l->by, TEXT("owner"))) {
        f.owner_kind = before.size ? before : TEXT("none");
        f.owner_name = behind;
    } else if (text_equal(l->by, TEXT("place"))) {
        f.place_kind = before;
        f.place_name = behind;
    } else if (!word.size) {
        return TEXT("");
    } else if (text_equal(l->by, TEXT("state"))) {
        f.state = word;
    } else if (text_equal(l->by, TEXT("kind"))) {
        f.kind = word;
    } else if (text_equal(l->by, TEXT("subject"))) {
        enum ledger_kind kind;
        *(ledger_kind_of(word, &kind) ? &f.kind : &f.subject) = word;
    } else if (text_equal(l->by, TEXT("township"))) {
        f.township = word;
    } else if (text_equal(l->by, TEXT("due_year"))) {
        f.due_year = word;
    } else {
        f.fund = word;
    }
    return ledger_path(l->request, &f, TEXT(""), 1);
}

/* The names of schools, for who adds up by them: those of the snapshot. */
static struct text place_shown_of(const struct listing *l, const struct place_names *names, struct text word)
{
    size_t at;
    struct place place;
    if (!text_find(word, TEXT(":"), &at) || !place_of_words((struct text){ word.at, at }, (struct text){ word.at + at + 1, word.size - at - 1 }, &place))
        return group_name(l, word);
    return place_name(names, place);
}

static bool put_groups(const struct listing *l, struct view_ledger *view, struct err *err)
{
    const struct request *const request = l->request;
    struct ledger_sum *sums;
    size_t n;
    struct place_names names;
    if (!app_ledger_summary(request->house, &request->actor, &l->filter, text_string(request->mem, l->by), request->now, request->mem, &sums, &n, err))
        return false;
    const bool by_place = text_equal(l->by, TEXT("place"));
    if (by_place)
        place_names_of(request->snapshot, request->now, request->mem, &names);
    view->groups = arena_array(request->mem, n + 1, struct ledger_group);
    for (size_t i = 0; i < n;) {
        struct ledger_sum all = { .word = sums[i].word };
        struct buf missing = { .mem = request->mem };
        for (; i < n && text_equal(sums[i].word, all.word); i++) {
            all.n += sums[i].n, all.open += sums[i].open, all.overdue += sums[i].overdue, all.verified += sums[i].verified;
            all.cost_yuan += sums[i].cost_yuan, all.open_cost_yuan += sums[i].open_cost_yuan;
            if (sums[i].quantity.size && sums[i].missing > 0)
                buf_printf(&missing, "%s%.*s", missing.size ? " · " : "",
                           TEXT_ARG(say_quantity(request->mem, sums[i].quantity, sums[i].missing, request->lang == LANG_EN)));
        }
        view->groups[view->n_groups++] = (struct ledger_group){
            by_place ? place_shown_of(l, &names, all.word) : group_name(l, all.word), group_path(l, all.word), say_count(request->mem, all.n),
            say_count(request->mem, all.open), all.overdue ? say_count(request->mem, all.overdue) : TEXT(""), say_count(request->mem, all.verified),
            ledger_cost_said(request, all.cost_yuan), ledger_cost_said(request, all.open_cost_yuan), buf_text(&missing) };
    }
    for (size_t i = 0; i < view->n_by; i++)
        if (view->by[i].current)
            view->group_name = view->by[i].name;
    return true;
}

/* ---- the page ------------------------------------------------------------------------------- */

static bool known_by(struct text by)
{
    for (size_t i = 0; i < COUNT(BYS); i++)
        if (text_equal(by, text_of(BYS[i].word)))
            return true;
    return false;
}

static void put_sentence(const struct listing *l, const struct ledger_sum *total, struct view_ledger *view)
{
    const struct request *const request = l->request;
    const struct ledger_sum *const t = total;
    view->empty = !t->n && !view->filtered.size;
    view->sentence = !t->n ? SAYS(view->filtered.size ? T_LEDGER_FOUND_NONE : T_LEDGER_NONE)
                           : SAYS_OF(T_LEDGER_SENTENCE, say_count(request->mem, t->n), say_count(request->mem, t->open), say_count(request->mem, t->overdue),
                                     say_count(request->mem, t->reopened), say_count(request->mem, t->verified));
}

static void put_pages(const struct listing *l, size_t page, struct view_ledger *view)
{
    const struct request *const request = l->request;
    view->first = (page - 1) * PAGE + 1;
    view->last = view->first + view->n - 1;
    if (page > 1)
        view->previous_path = ledger_path(request, &l->filter, l->by, page - 1);
    if (view->last < view->all)
        view->next_path = ledger_path(request, &l->filter, l->by, page + 1);
    view->clear_path = ledger_path(request, &(struct ledger_filter){ .sort = l->filter.sort }, l->by, 1);
    const struct text query = path_of(l, l->filter);
    const struct text rest = { query.at + sizeof "/ledger" - 1, query.size - (sizeof "/ledger" - 1) };
    view->bulk_path = text_printf(request->mem, "/ledger/bulk%.*s", TEXT_ARG(rest));
    view->export_path = text_printf(request->mem, "/ledger/workbook%.*s", TEXT_ARG(rest));
}

bool page_ledger(struct request *request, struct response *response, struct err *err)
{
    struct listing l = { .request = request, .filter = ledger_filter_asked(request), .by = request_query(request, "by"),
                         .today = day_shown(request->now, request->mem) };
    struct ledger_page page;
    int64_t number, followed;
    if (!known_by(l.by))
        l.by = TEXT("");
    if (!request_query_number(request, "page", 1, MOST_PAGES, 1, &number, err))
        return false;
    l.filter.skip = (size_t)(number - 1) * PAGE;
    l.filter.most = PAGE;
    if (!app_ledger_list(request->house, &request->actor, &l.filter, request->now, request->mem, &page, err) ||
        !app_ledger_words(request->house, &request->actor, request->mem, &l.words, &l.n_words, &followed, err))
        return false;
    struct view_ledger view = { .frame = frame_of(request, SAYS(T_LEDGER_TITLE), "ledger"), .words = l.filter.words, .all = (size_t)page.total.n,
                                .lines = arena_array(request->mem, page.n + 1, struct ledger_line), .n = page.n,
                                .may_edit = (request->actor.permissions & MAY_LEDGER) && request->actor.place.kind == PLACE_COUNTY,
                                .may_export = (request->actor.permissions & MAY_EXPORT) != 0, .batch = request_query(request, "done"),
                                .county_path = actor_covers_county(&request->actor) ? TEXT("/ledger/county") : TEXT("") };
    for (size_t i = 0; i < page.n; i++)
        view.lines[i] = ledger_line_of(request, &page.rows[i], l.today);
    put_tabs(&l, &view);
    put_choices(&l, &view);
    view.filtered = filter_said(&l, &view, &page);
    put_sentence(&l, &page.total, &view);
    put_pages(&l, (size_t)number, &view);
    if (followed)
        view.followed = SAYS_OF(T_LEDGER_FOLLOWED, time_shown(followed, request->mem));
    if (l.by.size && !put_groups(&l, &view, err))
        return false;
    if (view.may_edit) {
        ledger_inputs(request, NULL, &view.inputs, &view.n_inputs);
        ledger_owners(request, TEXT(""), &view.owners, &view.n_owners);
    }
    struct html html = html_begin(request->mem, request->lang);
    template_ledger(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- changing many -------------------------------------------------------------------------- */

/* The chosen rows, or all of the filter. */
static bool chosen_rows(struct request *request, int64_t **out, size_t *n_out, struct err *err)
{
    enum { ALL = 20000 };
    struct ledger_filter filter = ledger_filter_asked(request);
    struct ledger_page page;
    *n_out = 0;
    if (request_field(request, "all").size) {
        filter.most = ALL;
        if (!app_ledger_list(request->house, &request->actor, &filter, request->now, request->mem, &page, err))
            return false;
        *out = arena_array(request->mem, page.n + 1, int64_t);
        for (size_t i = 0; i < page.n; i++)
            (*out)[(*n_out)++] = page.rows[i].id;
        return true;
    }
    *out = arena_array(request->mem, request->fields.n + 1, int64_t);
    for (size_t i = 0; i < request->fields.n; i++) {
        double id;
        if (text_equal(request->fields.pair[i].name, TEXT("row")) && number_parse(request->fields.pair[i].value, &id) && id >= 1 && id < 1e15)
            (*out)[(*n_out)++] = (int64_t)id;
    }
    return *n_out || (err_set(err, ERR_INPUT, "没有选中要改的事项。") || err_hint(err, "请在表里勾选，或者勾“改符合筛选的全部”。"));
}

bool page_ledger_bulk(struct request *request, struct response *response, struct err *err)
{
    const struct ledger_filter filter = ledger_filter_asked(request);
    int64_t *rows;
    size_t n, n_cells = 0;
    struct ledger_edited done;
    response->back = ledger_path(request, &filter, request_query(request, "by"), 1);
    if (!chosen_rows(request, &rows, &n, err))
        return false;
    struct ledger_cell *const cells = arena_array(request->mem, n * N_LEDGER_FIELDS + 1, struct ledger_cell);
    for (size_t i = 0; i < n; i++)
        for (int f = 0; f < N_LEDGER_FIELDS; f++) {
            const struct text typed = text_trim(request_field(request, text_string(request->mem, ledger_field_word((enum ledger_field)f))));
            if (typed.size)
                cells[n_cells++] = (struct ledger_cell){ rows[i], (enum ledger_field)f, typed };
        }
    if (!n_cells) {
        err_set(err, ERR_INPUT, "没有填要改成什么。");
        return err_hint(err, "请在“批量修改”里填要改的栏。");
    }
    const struct ledger_edit edit = { cells, n_cells, "bulk", 0 };
    if (!app_ledger_edit(request->house, request->writing, request->snapshot, &request->actor, &edit, request->now, request->mem, &done, err))
        return false;
    response_redirect(response, done.batch.size ? text_printf(request->mem, "%.*s%sdone=%.*s", TEXT_ARG(response->back),
                                                              text_find(response->back, TEXT("?"), NULL) ? "&" : "?", TEXT_ARG(done.batch))
                                                : response->back);
    return true;
}

bool page_ledger_undo(struct request *request, struct response *response, struct err *err)
{
    struct ledger_undone undone;
    const struct text back = request_field(request, "back");
    response->back = text_starts(back, TEXT("/ledger")) ? back : TEXT("/ledger");
    if (!app_ledger_undo(request->house, request->writing, request->snapshot, &request->actor, request_field(request, "batch"), request->now,
                         request->mem, &undone, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_ledger_follow(struct request *request, struct response *response, struct err *err)
{
    struct ledger_followed done;
    response->back = TEXT("/ledger");
    if (!app_ledger_follow(request->house, request->writing, request->snapshot, request->now, request->mem, &done, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_ledger_add(struct request *request, struct response *response, struct err *err)
{
    struct place_names names;
    struct place place;
    int64_t id;
    response->back = TEXT("/ledger");
    place_names_of(request->snapshot, request->now, request->mem, &names);
    if (!place_parse(&names, request_field(request, "place"), &place, err))
        return false;
    const struct place_choice *const found = place_find(&names, place);
    const struct ledger_row row = {
        .of = { place_word(place.kind), place.name, TEXT(""), TEXT("other") }, .kind = LEDGER_OTHER,
        .now = { .place_shown = place_name(&names, place), .township = place.kind == PLACE_TOWNSHIP ? place.name : found ? found->township : TEXT(""),
                 .problem = text_trim(request_field(request, "problem")), .basis = text_trim(request_field(request, "basis")) },
        .plan = { .cost_yuan = -1, .planned = BLANK } };
    if (!app_ledger_add(request->house, request->writing, &request->actor, &row, request->now, request->mem, &id, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/ledger/%lld", (long long)id));
    return true;
}
