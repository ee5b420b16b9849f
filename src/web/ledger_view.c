#include "web/ledger_view.h"

#include "base/day.h"
#include "report/say.h"
#include "report/words.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- filters ------------------------------------------------------------------------------- */

struct ledger_filter ledger_filter_asked(const struct request *request)
{
    struct ledger_filter f = {
        .state = request_query(request, "state"), .kind = request_query(request, "kind"), .subject = request_query(request, "subject"),
        .stage = request_query(request, "stage"), .township = request_query(request, "township"), .fund = request_query(request, "fund"),
        .due_year = request_query(request, "due_year"), .words = text_trim(request_query(request, "q")), .sort = request_query(request, "sort"),
    };
    struct text owner = request_query(request, "owner"), place = request_query(request, "place");
    size_t at;
    if (text_find(owner, TEXT(":"), &at)) {
        f.owner_kind = (struct text){ owner.at, at };
        f.owner_name = (struct text){ owner.at + at + 1, owner.size - at - 1 };
    } else {
        f.owner_kind = owner;
    }
    if (text_find(place, TEXT(":"), &at)) {
        f.place_kind = (struct text){ place.at, at };
        f.place_name = (struct text){ place.at + at + 1, place.size - at - 1 };
    } else {
        f.place_kind = place;
    }
    return f;
}

static void add(struct buf *path, const char *name, struct text value, struct arena *mem)
{
    if (value.size)
        buf_printf(path, "%s%s=%.*s", path->size ? "&" : "?", name, TEXT_ARG(percent_encode_part(value, mem)));
}

static struct text joined(struct text kind, struct text name, struct arena *mem)
{
    return name.size ? text_printf(mem, "%.*s:%.*s", TEXT_ARG(kind), TEXT_ARG(name)) : kind;
}

struct text ledger_path(const struct request *request, const struct ledger_filter *f, struct text by, size_t page)
{
    struct arena *const mem = request->mem;
    struct buf query = { .mem = mem };
    add(&query, "state", f->state, mem);
    add(&query, "kind", f->kind, mem);
    add(&query, "subject", f->subject, mem);
    add(&query, "stage", f->stage, mem);
    add(&query, "township", f->township, mem);
    add(&query, "place", joined(f->place_kind, f->place_name, mem), mem);
    add(&query, "owner", joined(f->owner_kind, f->owner_name, mem), mem);
    add(&query, "fund", f->fund, mem);
    add(&query, "due_year", f->due_year, mem);
    add(&query, "q", f->words, mem);
    add(&query, "sort", f->sort, mem);
    add(&query, "by", by, mem);
    if (page > 1)
        add(&query, "page", text_printf(mem, "%zu", page), mem);
    return text_printf(mem, "/ledger%.*s", TEXT_ARG(buf_text(&query)));
}

/* ---- words --------------------------------------------------------------------------------- */

struct text ledger_state_said(const struct request *request, enum ledger_state state)
{
    static const enum text_key WORDS[N_LEDGER_STATES] = {
        [LEDGER_FOUND] = T_LEDGER_S_FOUND, [LEDGER_PLANNED] = T_LEDGER_S_PLANNED, [LEDGER_IN_HAND] = T_LEDGER_S_IN_HAND,
        [LEDGER_CLAIMED] = T_LEDGER_S_CLAIMED, [LEDGER_VERIFIED] = T_LEDGER_S_VERIFIED, [LEDGER_REOPENED] = T_LEDGER_S_REOPENED,
        [LEDGER_NOT_ASKED] = T_LEDGER_S_NOT_ASKED,
    };
    return SAYS(WORDS[state]);
}

struct text ledger_kind_said(const struct request *request, enum ledger_kind kind)
{
    static const enum text_key WORDS[N_LEDGER_KINDS] = {
        [LEDGER_LEVEL] = T_LEDGER_K_LEVEL, [LEDGER_CV] = T_LEDGER_K_CV, [LEDGER_GOVERNMENT] = T_LEDGER_K_GOVERNMENT,
        [LEDGER_QUALITY] = T_LEDGER_K_QUALITY, [LEDGER_RECOGNITION] = T_LEDGER_K_RECOGNITION, [LEDGER_VETO] = T_LEDGER_K_VETO,
        [LEDGER_PRECONDITION] = T_LEDGER_K_PRECONDITION, [LEDGER_PLAN_ITEM] = T_LEDGER_K_PLAN, [LEDGER_OTHER] = T_LEDGER_K_OTHER,
    };
    return SAYS(WORDS[kind]);
}

struct text ledger_stage_said(const struct request *request, struct text stage)
{
    for (int s = 0; s < N_EVALUATED; s++)
        if (text_equal(stage, stage_code((enum stage)s)))
            return say_stage((enum stage)s, request->lang == LANG_EN);
    return TEXT("");
}

struct text ledger_cost_said(const struct request *request, int64_t yuan)
{
    return yuan < 0 ? TEXT("") : words_fixed(request->mem, (double)yuan / 10000, 2);
}

struct text ledger_subject_said(const struct request *request, struct text subject)
{
    const struct edition *const e = request->snapshot->edition;
    const bool cv = text_starts(subject, TEXT("cv-"));
    const struct text id = cv ? (struct text){ subject.at + 3, subject.size - 3 } : subject;
    for (int s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < e->stages[s].n_levels; l++)
            if (text_equal(e->stages[s].levels[l].id, id)) {
                const struct text name = say_level(&e->stages[s].levels[l], request->lang == LANG_EN);
                return cv ? SAYS_OF(T_LEDGER_CV_OF, name) : text_printf(request->mem, "%.*s %.*s", TEXT_ARG(id), TEXT_ARG(name));
            }
    for (size_t r = 0; r < e->n_rules; r++)
        if (text_equal(e->rules[r].id, subject))
            return text_printf(request->mem, "%.*s %.*s", TEXT_ARG(subject), TEXT_ARG(say_rule_name(e, &e->rules[r], request->lang == LANG_EN)));
    return subject;
}

const char *ledger_state_class(const struct ledger_row *row)
{
    switch (ledger_row_state(row)) {
    case LEDGER_VERIFIED: return "st met";
    case LEDGER_REOPENED: return "st unmet";
    case LEDGER_CLAIMED: return "st near";
    case LEDGER_NOT_ASKED: return "na";
    default: return "";
    }
}

struct ledger_line ledger_line_of(const struct request *request, const struct ledger_row *row, struct text today)
{
    const enum ledger_state state = ledger_row_state(row);
    const struct ledger_measure *const m = &row->now;
    struct ledger_line line = {
        .id = ledger_key(row, request->mem), .path = ledger_link(row, request->mem), .place = m->place_shown,
        .stage = ledger_stage_said(request, row->of.stage), .problem = m->problem, .basis = m->basis,
        .missing = is_blank(m->missing) || m->passes ? TEXT("") : say_quantity(request->mem, m->quantity, m->missing, request->lang == LANG_EN),
        .measure = row->plan.measure.size ? row->plan.measure : row->plan.project, .owner = row->plan.owner_shown, .person = row->plan.person,
        .cost = ledger_cost_said(request, row->plan.cost_yuan), .fund = row->plan.fund, .due = row->plan.due, .progress = row->plan.progress,
        .result = row->plan.result, .state = ledger_state_said(request, state), .class = ledger_state_class(row), .mark = TEXT(""),
        .late = ledger_open(state) && row->plan.due.size && text_compare(row->plan.due, today) < 0,
    };
    if (state == LEDGER_VERIFIED)
        line.mark = SAYS_OF(T_LEDGER_MARK_VERIFIED, row->verified_day, row->verified.who);
    else if (state == LEDGER_NOT_ASKED)
        line.mark = row->dropped;
    else if (m->passes)
        line.mark = SAYS(state == LEDGER_CLAIMED ? T_LEDGER_MARK_TO_VERIFY : T_LEDGER_MARK_TO_CLAIM);
    else if (state == LEDGER_CLAIMED && ledger_kind_measured(row->kind))
        line.mark = SAYS(T_LEDGER_MARK_TO_MEASURE);
    else if (row->fallen)
        line.mark = SAYS_OF(T_LEDGER_MARK_FALLEN, say_count(request->mem, row->fallen));
    return line;
}

/* ---- fields -------------------------------------------------------------------------------- */

void ledger_inputs(const struct request *request, const struct ledger_row *row, struct ledger_input **out, size_t *n_out)
{
    enum { NONE = -1 };
    static const struct { enum ledger_field field; enum text_key label; int hint; bool area, select, date; } FIELDS[] = {
        { LEDGER_MEASURE, T_LEDGER_F_MEASURE, NONE, true, false, false },
        { LEDGER_PROJECT, T_LEDGER_F_PROJECT, NONE, false, false, false },
        { LEDGER_OWNER, T_LEDGER_F_OWNER, NONE, false, true, false },
        { LEDGER_PERSON, T_LEDGER_F_PERSON, NONE, false, false, false },
        { LEDGER_COST, T_LEDGER_F_COST, NONE, false, false, false },
        { LEDGER_FUND, T_LEDGER_F_FUND, T_LEDGER_H_OF_FUND, false, false, false },
        { LEDGER_AMOUNT, T_LEDGER_F_AMOUNT, T_LEDGER_H_OF_AMOUNT, false, false, false },
        { LEDGER_DUE, T_LEDGER_F_DUE, NONE, false, false, true },
        { LEDGER_PROGRESS, T_LEDGER_F_PROGRESS, NONE, true, false, false },
        { LEDGER_RESULT, T_LEDGER_F_RESULT, NONE, true, false, false },
    };
    const bool keeps = (request->actor.permissions & MAY_LEDGER) && request->actor.place.kind == PLACE_COUNTY;
    *out = arena_array(request->mem, COUNT(FIELDS), struct ledger_input);
    *n_out = 0;
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        const enum ledger_field f = FIELDS[i].field;
        if (!row && f == LEDGER_AMOUNT)
            continue;
        (*out)[(*n_out)++] = (struct ledger_input){
            .name = text_string(request->mem, ledger_field_word(f)), .label = SAYS(FIELDS[i].label), .hint = FIELDS[i].hint == NONE ? TEXT("") : SAYS((enum text_key)FIELDS[i].hint),
            .value = !row ? TEXT("") : f == LEDGER_AMOUNT || f != LEDGER_OWNER ? ledger_field_text(&row->plan, f, request->mem) : row->plan.owner_shown,
            .area = FIELDS[i].area && row, .select = FIELDS[i].select, .date = FIELDS[i].date,
            .locked = row && !keeps && f != LEDGER_PERSON && f != LEDGER_PROGRESS && f != LEDGER_RESULT,
        };
    }
}

void ledger_owners(const struct request *request, struct text chosen, struct ledger_option **out, size_t *n_out)
{
    struct place_names names;
    place_names_of(request->snapshot, request->now, request->mem, &names);
    *out = arena_array(request->mem, names.all.n + 2, struct ledger_option);
    *n_out = 0;
    for (int kind = PLACE_COUNTY; kind >= 0; kind--)
        for (size_t i = 0; i < names.standing[kind].n; i++) {
            const struct place_choice *const c = &names.standing[kind].at[i];
            (*out)[(*n_out)++] = (struct ledger_option){ c->value, c->name, text_equal(c->value, chosen) };
        }
}
