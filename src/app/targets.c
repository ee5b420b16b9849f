/* The board: what is measured, what is asked, where it is likely to go. */
#include "app/targets.h"

#include "app/ledger.h"
#include "indicator/cv.h"
#include "report/plan.h"
#include "report/say.h"
#include "store/target_store.h"

#include <stdlib.h>

enum { MOST_PAST = 12 };

struct place_row { struct text code; size_t year, row; };   /* a school's latest return that counts */
struct planned { struct text key; int year; double amount; };
struct boarding {
    const struct snapshot *s;
    const struct actor *actor;
    const struct target_filter *filter;
    struct arena *mem;
    struct target_board *out;
    size_t capacity;
    struct target_path *paths;       /* by school, stage, subject */
    size_t n_paths;
    struct planned *planned;         /* by key */
    size_t n_planned;
};

int target_final_year(void)
{
    return plan_usual()->goal_year;
}

/* ---- what is asked ------------------------------------------------------------------------ */

static const struct level *level_of(const struct edition *edition, struct text stage, struct text id)
{
    for (int s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < edition->stages[s].n_levels; l++)
            if (text_equal(stage_code((enum stage)s), stage) && text_equal(edition->stages[s].levels[l].id, id))
                return &edition->stages[s].levels[l];
    return NULL;
}

static bool has_number(const struct rule *rule)
{
    return !rule->off && (rule->kind == RULE_GOVERNMENT || rule->kind == RULE_QUALITY || rule->kind == RULE_RECOGNITION) && rule->value &&
           (rule->scope == SCOPE_SCHOOL || rule->compare != COMPARE_NONE);
}

static struct path_goal goal_of_rule(const struct rule *rule)
{
    if (rule->scope == SCOPE_SCHOOL)
        return (struct path_goal){ .threshold = 0, .at_most = true };
    return (struct path_goal){ .threshold = rule->threshold, .at_most = rule->compare != COMPARE_AT_LEAST, .strictly = rule->compare == COMPARE_BELOW,
                               .decimals = text_equal(rule->unit, TEXT("ratio")) ? 3 : 0 };
}

bool target_goal_of(const struct edition *edition, const struct target_of *of, struct path_goal *goal_out, const struct level **level_out,
                    const struct rule **rule_out, bool *is_cv_out)
{
    *level_out = NULL;
    *rule_out = NULL;
    *is_cv_out = !of->school.size && text_starts(of->subject, TEXT("cv-"));
    if (of->stage.size) {
        const struct text id = *is_cv_out ? (struct text){ of->subject.at + 3, of->subject.size - 3 } : of->subject;
        const struct level *const level = of->school.size || *is_cv_out ? level_of(edition, of->stage, id) : NULL;
        *level_out = level;
        if (!level || is_blank(*is_cv_out ? level->cv_limit : level->at_least))
            return false;
        *goal_out = *is_cv_out ? (struct path_goal){ .threshold = level->cv_limit, .at_most = true, .decimals = 3 }
                               : (struct path_goal){ .threshold = level->at_least, .decimals = 2 };
        return true;
    }
    for (size_t i = 0; i < edition->n_rules && !of->school.size; i++)
        if (text_equal(edition->rules[i].id, of->subject) && has_number(&edition->rules[i])) {
            *rule_out = &edition->rules[i];
            *goal_out = goal_of_rule(&edition->rules[i]);
            return true;
        }
    return false;
}

/* ---- what is kept ------------------------------------------------------------------------- */

static int compare_of(const struct target_of *a, const struct target_of *b)
{
    const int school = text_compare(a->school, b->school), stage = school ? school : text_compare(a->stage, b->stage);
    return stage ? stage : text_compare(a->subject, b->subject);
}

static int by_of(const void *a, const void *b)
{
    return compare_of(&((const struct target_path *)a)->of, &((const struct target_path *)b)->of);
}

static const struct target_path *path_of(const struct boarding *b, const struct target_of *of)
{
    const struct target_path wanted = { .of = *of };
    return b->n_paths ? bsearch(&wanted, b->paths, b->n_paths, sizeof *b->paths, by_of) : NULL;
}

static int by_key(const void *a, const void *b)
{
    const struct planned *const x = a, *const y = b;
    const int order = text_compare(x->key, y->key);
    return order ? order : x->year - y->year;
}

static struct text planned_key(struct text school, struct text stage, struct text subject, struct arena *mem)
{
    return text_printf(mem, "%.*s %.*s %.*s", TEXT_ARG(school), TEXT_ARG(stage), TEXT_ARG(subject));
}

static bool read_planned(struct boarding *b, struct house *house, struct err *err)
{
    struct ledger_planned *list;
    size_t n;
    if (!app_ledger_planned(house, b->mem, &list, &n, err))
        return false;
    b->planned = arena_array(b->mem, n + 1, struct planned);
    for (size_t i = 0; i < n; i++)
        if (list[i].year && !is_blank(list[i].amount) && text_equal(list[i].of.place_kind, TEXT("school")))
            b->planned[b->n_planned++] = (struct planned){ planned_key(list[i].of.place_name, list[i].of.stage, list[i].of.subject, b->mem),
                                                           list[i].year, list[i].amount };
    qsort(b->planned, b->n_planned, sizeof *b->planned, by_key);
    return true;
}

/* What the planned work adds until a year, from the year after `since`; *any_out says whether there is any at all. */
static void add_planned(const struct boarding *b, const struct target_of *of, double *added, size_t since, bool *any_out)
{
    size_t low = 0, high = b->n_planned;
    *any_out = false;
    if (!high)
        return;
    const struct text key = planned_key(of->school, of->stage, of->subject, b->mem);
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (text_compare(b->planned[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < b->n_planned && text_equal(b->planned[low].key, key); low++) {
        *any_out = true;
        for (size_t y = since + 1; y < b->out->n_years; y++)
            if (b->out->first + (int)y >= b->planned[low].year)
                added[y] += b->planned[low].amount;
    }
}

static bool read_kept(struct boarding *b, struct house *house, struct err *err)
{
    struct db_session *session;
    struct target_issue *issues;
    size_t n_issues;
    const struct text *const school = b->filter->school.size ? &b->filter->school : NULL;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_targets(session, house_county(house), school, b->mem, &b->paths, &b->n_paths, err) &&
                    store_target_issues(session, house_county(house), b->mem, &issues, &n_issues, err) &&
                    app_owners_in(house, session, b->mem, &b->out->owners, err);
    db_read_end(&session);
    if (!ok)
        return false;
    if (n_issues)
        b->out->issue = issues[0];
    b->out->locked = n_issues && !issues[0].opened.at;
    b->out->n_paths = b->n_paths;
    return read_planned(b, house, err);
}

/* ---- lines -------------------------------------------------------------------------------- */

static double *blanks(const struct boarding *b)
{
    double *const out = arena_array(b->mem, b->out->n_years, double);
    for (size_t y = 0; y < b->out->n_years; y++)
        out[y] = BLANK;
    return out;
}

static struct target_line *add_line(struct boarding *b, const struct target_line *line)
{
    struct target_board *const o = b->out;
    ARENA_ROOM(b->mem, o->lines, o->n, b->capacity);
    struct target_line *const l = &o->lines[o->n++];
    *l = *line;
    l->measured = blanks(b);
    l->target = blanks(b);
    l->ahead = blanks(b);
    l->last = l->falls = l->pass = o->n_years;
    l->path = path_of(b, &l->of);
    l->owner = owner_of(o->owners, l->of.subject, l->of.stage, l->of.school, l->township);
    l->person = l->path && l->path->person.size ? l->path->person : l->owner.person;
    if (l->path)
        for (size_t i = 0; i < TARGET_MOST_YEARS; i++) {
            const int year = l->path->from_year + 1 + (int)i - o->first;
            if (year >= 0 && (size_t)year < o->n_years)
                l->target[year] = l->path->value[i];
        }
    return l;
}

static size_t years_measured(const struct boarding *b)
{
    return b->s->n_years;
}

/* The index on the board of the snapshot's year; n_years: it is not on it. */
static size_t board_year(const struct boarding *b, size_t year)
{
    const int at = b->s->years[year] - b->out->first;
    return at >= 0 && (size_t)at < b->out->n_years ? (size_t)at : b->out->n_years;
}

static void set_alarms(struct boarding *b, struct target_line *l)
{
    struct target_board *const o = b->out;
    if (l->last == o->n_years) {
        l->alarms |= TARGET_NO_DATA;
    } else {
        if (!is_blank(l->target[l->last]) && !path_reaches(&l->goal, l->measured[l->last], l->target[l->last]))
            l->alarms |= TARGET_MISSED;
        if (l->falls < o->n_years)
            l->alarms |= TARGET_FALLS;
        if (!l->passes && l->pass == o->n_years && (l->planned || l->pass_by == FORECAST_LINE))
            l->alarms |= TARGET_TOO_LATE;
        if (!l->passes && !l->path)
            l->alarms |= TARGET_NO_PATH;
    }
}

/* When it will pass: by the planned work where there is any, else by the line through the years measured. */
static void look_ahead(struct boarding *b, struct target_line *l)
{
    struct target_board *const o = b->out;
    double trend[TARGET_MOST_YEARS];
    const size_t more = l->last < o->n_years ? o->n_years - l->last - 1 : 0;
    if (l->last == o->n_years)
        return;
    l->passes = path_passes(&l->goal, l->measured[l->last]);
    if (!l->rule) {
        const size_t falls = forecast_fall(l->measured[l->last], &l->ahead[l->last + 1], more, l->goal.threshold, l->goal.at_most);
        l->falls = falls < more ? l->last + 1 + falls : o->n_years;
    }
    if (l->passes)
        return;
    const double *way = &l->ahead[l->last + 1];
    l->pass_by = FORECAST_LEVEL;
    if (!l->planned) {
        l->pass_by = forecast_line(l->measured, l->last + 1, more, trend);
        way = trend;
    }
    if (l->rule && l->pass_by != FORECAST_NOTHING)
        for (size_t y = 0; y < more; y++)
            l->ahead[l->last + 1 + y] = l->goal.at_most && trend[y] < 0 ? 0 : trend[y];
    const size_t pass = forecast_pass(way, more, l->goal.threshold, l->goal.at_most);
    l->pass = pass < more ? l->last + 1 + pass : o->n_years;
}

/* ---- schools ------------------------------------------------------------------------------ */

static int by_code(const void *a, const void *b)
{
    const struct place_row *const x = a, *const y = b;
    const int order = text_compare(x->code, y->code);
    return order ? order : x->year > y->year ? -1 : x->year < y->year;   /* the latest first */
}

/* Schools as the board's filter has them, each by its latest return from the usual year on. */
static struct place_row *schools_of(const struct boarding *b, size_t *n_out)
{
    const struct item_list *const items = &b->s->edition->items;
    struct place_row *const all = arena_array(b->mem, b->s->returns->n + 1, struct place_row);
    size_t n = 0, kept = 0;
    for (size_t y = b->s->usual_year; y < b->s->n_years; y++)
        for (size_t r = b->s->returns->counties[y].first; r < b->s->returns->counties[y].first + b->s->returns->counties[y].n; r++) {
            const struct text code = returns_text(b->s->returns, r, items->school_code);
            if ((!b->filter->school.size || text_equal(code, b->filter->school)) &&
                (!b->filter->township.size || text_equal(returns_text(b->s->returns, r, items->township), b->filter->township)) &&
                snapshot_visible(b->s, r, b->actor))
                all[n++] = (struct place_row){ code, y, r };
        }
    qsort(all, n, sizeof *all, by_code);
    for (size_t i = 0; i < n; i++)
        if (!kept || !text_equal(all[kept - 1].code, all[i].code))
            all[kept++] = all[i];
    *n_out = kept;
    return all;
}

static const struct stage_assessment *stage_of(const struct boarding *b, size_t year, enum stage stage)
{
    const struct county_assessment *const county = &b->s->assessment->counties[year];
    for (size_t i = 0; i < county->n_stages; i++)
        if (county->stages[i].stage == stage)
            return &county->stages[i];
    return NULL;
}

/* Pupils by grade where the edition asks for them: pupils_grade_1 … 9. */
static size_t grades_of(const struct boarding *b, size_t row, enum stage stage, double grade[FORECAST_MOST_GRADES])
{
    const int from = stage == STAGE_JUNIOR ? 7 : 1, to = stage == STAGE_JUNIOR ? 9 : 6;
    size_t n = 0;
    for (int g = from; g <= to; g++) {
        const uint16_t item = item_find(&b->s->edition->items, text_printf(b->mem, "pupils_grade_%d", g));
        grade[n++] = item == NO_ITEM ? BLANK : returns_number(b->s->returns, row, item);
    }
    return n;
}

struct ahead_unit { struct place_row place; enum stage stage; double *pupils; enum forecast_by by; size_t *units /* [snapshot year] */; size_t last; };

static void know_pupils(const struct boarding *b, struct ahead_unit *u)
{
    struct target_board *const o = b->out;
    double grade[FORECAST_MOST_GRADES];
    u->pupils = blanks(b);
    u->last = o->n_years;
    for (size_t y = 0; y < years_measured(b); y++) {
        const size_t at = board_year(b, y);
        if (u->units[y] == SIZE_MAX || at == o->n_years)
            continue;
        u->pupils[at] = stage_of(b, y, u->stage)->unit_pupils[u->units[y]];
        u->last = at;
    }
    if (u->last == o->n_years)
        return;
    const struct enrolment known = { .pupils = u->pupils, .n = u->last + 1, .grade = grade, .n_grades = grades_of(b, u->place.row, u->stage, grade) };
    u->by = forecast_pupils(&known, o->n_years - u->last - 1, &u->pupils[u->last + 1]);
}

static void add_level(struct boarding *b, const struct ahead_unit *u, size_t l)
{
    struct target_board *const o = b->out;
    const struct item_list *const items = &b->s->edition->items;
    const struct text name = returns_text(b->s->returns, u->place.row, items->school_name);
    struct target_line fresh = { .of = { u->place.code, stage_code(u->stage), b->s->edition->stages[u->stage].levels[l].id }, .row = u->place.row,
                                 .where = name.size ? name : u->place.code, .township = returns_text(b->s->returns, u->place.row, items->township) };
    if (!target_goal_of(b->s->edition, &fresh.of, &fresh.goal, &fresh.level, &fresh.rule, &fresh.is_cv))
        return;
    struct target_line *const line = add_line(b, &fresh);
    line->pupils = u->pupils;
    line->by = u->by;
    for (size_t y = 0; y < years_measured(b); y++) {
        const size_t at = board_year(b, y);
        if (u->units[y] == SIZE_MAX || at == o->n_years)
            continue;
        const struct stage_assessment *const stage = stage_of(b, y, u->stage);
        line->measured[at] = stage->value[l][u->units[y]];
        line->allowed = stage->state[l][u->units[y]] == STATE_NEAR && stage->unit_verdict[u->units[y]] == STATE_MET;
        line->last = is_blank(line->measured[at]) ? line->last : at;
    }
    if (line->allowed)
        line->goal.threshold *= line->level->floor;
    if (line->last == o->n_years)
        return;
    double *const added = arena_array(b->mem, o->n_years, double);
    add_planned(b, &line->of, added, line->last, &line->planned);
    const double amount = line->measured[line->last] * u->pupils[line->last] / line->level->per;
    for (size_t y = line->last + 1; y < o->n_years; y++)
        if (u->pupils[y] > 0)
            line->ahead[y] = (amount + added[y]) * line->level->per / u->pupils[y];
}

static void add_schools(struct boarding *b)
{
    size_t n;
    const struct place_row *const places = schools_of(b, &n);
    for (size_t i = 0; i < n; i++)
        for (int s = 0; s < N_EVALUATED; s++) {
            struct ahead_unit u = { .place = places[i], .stage = (enum stage)s, .units = arena_array(b->mem, years_measured(b), size_t) };
            if (b->filter->stage.size && b->filter->kind != 1 && !text_equal(b->filter->stage, stage_code(u.stage)))
                continue;
            if (stage_unit_of(stage_of(b, u.place.year, u.stage), b->s->returns, u.place.code) == SIZE_MAX)
                continue;
            for (size_t y = 0; y < years_measured(b); y++)
                u.units[y] = stage_unit_of(stage_of(b, y, u.stage), b->s->returns, u.place.code);
            know_pupils(b, &u);
            for (size_t l = 0; l < b->s->edition->stages[s].n_levels; l++)
                add_level(b, &u, l);
        }
}

/* ---- the county --------------------------------------------------------------------------- */

/* The coefficient of a coming year, of the schools as they are likely to be. */
static double cv_ahead(const struct boarding *b, const struct target_line *cv, size_t year, enum forecast_by *by, bool *planned)
{
    double *const pupils = arena_array(b->mem, b->out->n + 1, double), *const amount = arena_array(b->mem, b->out->n + 1, double),
           *const value = arena_array(b->mem, b->out->n + 1, double);
    size_t n = 0;
    for (size_t i = 0; i < b->out->n; i++) {
        const struct target_line *const l = &b->out->lines[i];
        if (l->level != cv->level || l->is_cv)
            continue;
        const double ahead = year > l->last ? l->ahead[year] : l->measured[year];
        if (!(l->pupils[year] > 0) || is_blank(ahead))
            continue;     /* nobody will be there, or nothing is known of it */
        pupils[n] = l->pupils[year];
        value[n] = ahead;
        amount[n++] = ahead * l->pupils[year] / l->level->per;
        *by = l->by > *by ? l->by : *by;
        *planned |= l->planned;
    }
    return n ? cv_between_schools(pupils, amount, value, n, cv->level->per).cv : BLANK;
}

static void add_cv(struct boarding *b, enum stage stage, size_t l)
{
    struct target_board *const o = b->out;
    struct target_line fresh = { .of = { TEXT(""), stage_code(stage), text_printf(b->mem, "cv-%.*s", TEXT_ARG(b->s->edition->stages[stage].levels[l].id)) },
                                 .row = SIZE_MAX };
    if (!target_goal_of(b->s->edition, &fresh.of, &fresh.goal, &fresh.level, &fresh.rule, &fresh.is_cv))
        return;
    struct target_line *const line = add_line(b, &fresh);
    for (size_t y = 0; y <= b->s->usual_year; y++) {
        const struct stage_assessment *const assessed = stage_of(b, y, stage);
        const size_t at = board_year(b, y);
        if (!assessed || at == o->n_years || is_blank(assessed->cv[l].cv))
            continue;
        line->measured[at] = assessed->cv[l].cv;
        line->last = at;
    }
    for (size_t y = line->last + 1; line->last < o->n_years && y < o->n_years; y++)
        line->ahead[y] = cv_ahead(b, line, y, &line->by, &line->planned);
}

static void add_rule(struct boarding *b, size_t which)
{
    struct target_board *const o = b->out;
    struct target_line fresh = { .of = { TEXT(""), TEXT(""), b->s->edition->rules[which].id }, .row = SIZE_MAX };
    if (!target_goal_of(b->s->edition, &fresh.of, &fresh.goal, &fresh.level, &fresh.rule, &fresh.is_cv))
        return;
    struct target_line *line = NULL;
    for (size_t y = 0; y <= b->s->usual_year; y++) {
        const struct county_assessment *const county = &b->s->assessment->counties[y];
        const size_t at = board_year(b, y);
        for (size_t i = 0; i < county->n_rules && at < o->n_years; i++) {
            if (county->rules[i].rule != fresh.rule || county->rules[i].state == STATE_NOT_APPLICABLE)
                continue;
            line = line ? line : add_line(b, &fresh);
            if (county->rules[i].unknown && fresh.rule->scope == SCOPE_SCHOOL)
                continue;     /* how many fail is not known while some cannot be judged */
            line->measured[at] = county->rules[i].value;
            line->last = is_blank(line->measured[at]) ? line->last : at;
        }
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

static bool wanted(const struct boarding *b, const struct target_line *l)
{
    const struct target_filter *const f = b->filter;
    const bool county = l->row == SIZE_MAX;
    if ((f->kind == 1 && !county) || (f->kind == 2 && county) || (county && (f->school.size || f->township.size || !actor_covers_county(b->actor))) ||
        (f->stage.size && l->of.stage.size && !text_equal(f->stage, l->of.stage)) || (f->subject.size && !text_equal(f->subject, l->of.subject)) ||
        (f->alarms && !(f->alarms & l->alarms)) || (f->unmet && l->passes))
        return false;
    if (f->owner.size) {
        const struct text key = l->owner.place.kind == PLACE_COUNTY ? TEXT("county") : owner_key(l->owner.place, b->mem);
        if (!text_equal(key, f->owner))
            return false;
    }
    return !f->words.size || text_find(l->where, f->words, NULL) || text_equal(l->of.school, f->words);
}

static void keep_wanted(struct boarding *b, size_t schools)
{
    struct target_board *const o = b->out;
    struct target_line *const lines = arena_array(b->mem, o->n + 1, struct target_line);
    size_t n = 0;
    for (int part = 0; part < 2; part++)     /* the county's figures stand first */
        for (size_t i = part ? 0 : schools; i < (part ? schools : o->n); i++)
            if (wanted(b, &o->lines[i]))
                lines[n++] = o->lines[i];
    o->lines = lines;
    o->n = n;
    for (size_t i = 0; i < n; i++) {
        const struct target_line *const l = &lines[i];
        o->tally.n++;
        o->tally.passing += l->passes;
        o->tally.kept += l->last < o->n_years && !is_blank(l->target[l->last]) && !(l->alarms & TARGET_MISSED);
        o->tally.missed += (l->alarms & TARGET_MISSED) != 0;
        o->tally.falling += (l->alarms & TARGET_FALLS) != 0;
        o->tally.too_late += (l->alarms & TARGET_TOO_LATE) != 0;
        o->tally.no_path += (l->alarms & TARGET_NO_PATH) != 0;
        o->tally.no_data += (l->alarms & TARGET_NO_DATA) != 0;
    }
}

bool app_targets(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct target_filter *filter,
                 int64_t now, struct arena *mem, struct target_board *out, struct err *err)
{
    *out = (struct target_board){ 0 };
    if (!actor_may(actor, MAY_SEE, err))
        return false;
    if (!snapshot->n_years) {
        err_set(err, ERR_ABSENT, "还没有数据，定不了目标。");
        return err_hint(err, "请先导入工作簿，或请学校填报。");
    }
    struct boarding b = { .s = snapshot, .actor = actor, .filter = filter, .mem = mem, .out = out };
    const int final = target_final_year() > snapshot->years[snapshot->n_years - 1] ? target_final_year() : snapshot->years[snapshot->n_years - 1];
    out->first = snapshot->years[0] > final - MOST_PAST ? snapshot->years[0] : final - MOST_PAST;
    out->n_years = (size_t)(final - out->first) + 1;
    out->now = board_year(&b, snapshot->usual_year);
    if (!read_kept(&b, house, err))
        return false;
    place_names_of(snapshot, now, mem, &out->names);
    /* Coefficients are looked ahead by the schools: those are worked out whenever county figures are asked for. */
    add_schools(&b);
    const size_t schools = out->n;
    if (!filter->school.size && !filter->township.size && filter->kind != 2 && actor_covers_county(actor)) {
        for (int s = 0; s < N_EVALUATED; s++)
            for (size_t l = 0; l < snapshot->edition->stages[s].n_levels; l++)
                if (stage_of(&b, snapshot->usual_year, (enum stage)s))
                    add_cv(&b, (enum stage)s, l);
        for (size_t i = 0; i < snapshot->edition->n_rules; i++)
            add_rule(&b, i);
    }
    for (size_t i = 0; i < out->n; i++) {
        look_ahead(&b, &out->lines[i]);
        set_alarms(&b, &out->lines[i]);
    }
    keep_wanted(&b, schools);
    return true;
}
