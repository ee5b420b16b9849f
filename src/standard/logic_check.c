#include "standard/logic_check.h"

#include "base/number.h"
#include "standard/expression.h"

#include <math.h>

enum { ROWS = 4096 }; /* checked at a time */

struct checking {
    const struct edition *edition;
    const struct returns *returns;
    struct findings *findings;
    struct arena *mem;
    struct frame frame;
    const double **columns; /* of one county, behind a frame of its own */
    double *figures;        /* its figures, the year among them */
    double *holds, *where;
    uint32_t *year_before;  /* [row] the same school's row a year before */
    bool any_year_before;
};

/* ---- wording ------------------------------------------------------------------------------ */

static struct text figure_text(struct arena *mem, const struct item *item, double figure)
{
    char number[NUMBER_SIZE];
    if (is_blank(figure))
        return TEXT("");
    if (item->type == ITEM_ENUM && figure >= 1 && figure <= (double)item->n_values)
        return item->values[(size_t)figure - 1].zh;
    if (item->type == ITEM_BOOLEAN)
        return figure != 0 ? TEXT("是") : TEXT("否");
    number_shortest(number, isfinite(figure) ? figure : 0);
    return text_printf(mem, "%s", number);
}

static struct finding about_row(const struct checking *c, size_t row, uint16_t item)
{
    const struct returns *const r = c->returns;
    const struct cell_address cell = returns_cell(r, row, item);
    const struct text code = returns_text(r, row, r->items->school_code),
                      name = returns_text(r, row, r->items->school_name);
    return (struct finding){
        .file = cell.file,
        .sheet = cell.sheet,
        .row = cell.row ? cell.row : r->origin[row].row,
        .column = cell.column,
        .school = text_printf(c->mem, "%.*s%s%.*s", TEXT_ARG(code), code.size && name.size ? " " : "",
                              TEXT_ARG(name)),
        .item = item == NO_ITEM ? TEXT("") : r->items->at[item].code,
    };
}

static void add_check(const struct checking *c, const struct logic_check *check, struct finding finding,
                      struct text read)
{
    finding.level = check->warning ? FINDING_WARNING : FINDING_ERROR;
    finding.rule = check->id;
    finding.read = read;
    finding.expected = check->expected;
    finding.mend = check->mend;
    finding_add(c->findings, &finding);
}

static void add_row(const struct checking *c, const struct logic_check *check, size_t row)
{
    add_check(c, check, about_row(c, row, check->item),
              figure_text(c->mem, &c->returns->items->at[check->item],
                          returns_number(c->returns, row, check->item)));
}

static void add_county(const struct checking *c, const struct logic_check *check, size_t county)
{
    const struct cell_address cell = returns_county_cell(c->returns, county, check->item);
    const struct finding finding = { .file = cell.file,
                                     .sheet = cell.sheet,
                                     .row = cell.row,
                                     .column = cell.column,
                                     .item = c->returns->items->at[check->item].code };
    add_check(c, check, finding,
              figure_text(c->mem, &c->returns->items->at[check->item],
                          returns_county_number(c->returns, county, check->item)));
}

/* ---- relations within a row ----------------------------------------------------------------- */

static void check_rows(struct checking *c, const struct logic_check *check, const struct frame *frame,
                       size_t first, size_t n)
{
    for (size_t done = 0; done < n; done += ROWS) {
        const size_t from = first + done, rows = n - done < ROWS ? n - done : ROWS;
        bool broken = false;
        expression_eval(check->holds, frame, from, rows, c->holds);
        for (size_t i = 0; i < rows; i++)
            broken |= c->holds[i] == 0;
        if (!broken)
            continue;
        if (check->where)
            expression_eval(check->where, frame, from, rows, c->where);
        for (size_t i = 0; i < rows; i++)
            if (c->holds[i] == 0 && (!check->where || c->where[i] > 0) && !findings_full(c->findings))
                add_row(c, check, from + i);
    }
}

static bool speaks_of_county(const struct checking *c, const struct expression *e)
{
    size_t n = 0;
    const uint16_t *const items = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (c->edition->items.at[items[i]].level != ITEM_SCHOOL)
            return true;
    return false;
}

/* The county's figures with its year, which is no column of its own. */
static void set_figures(struct checking *c, const struct county_year *county)
{
    for (size_t i = 0; i < c->edition->items.n; i++)
        c->figures[i] = county->figure ? county->figure[i] : BLANK;
    c->figures[c->edition->items.year] = county->year;
}

static void check_school_rule(struct checking *c, const struct logic_check *check)
{
    const struct returns *const r = c->returns;
    if (!speaks_of_county(c, check->holds) && !speaks_of_county(c, check->where)) {
        if (!expression_hopeless(check->holds, &c->frame))
            check_rows(c, check, &c->frame, 0, r->n);
        return;
    }
    struct frame frame = c->frame;
    frame.county = c->figures;
    for (size_t k = 0; k < r->n_counties; k++) {
        set_figures(c, &r->counties[k]);
        if (!expression_hopeless(check->holds, &frame))
            check_rows(c, check, &frame, r->counties[k].first, r->counties[k].n);
    }
}

static void check_county_rule(struct checking *c, const struct logic_check *check)
{
    const struct returns *const r = c->returns;
    for (size_t k = 0; k < r->n_counties; k++) {
        const struct county_year *const county = &r->counties[k];
        if (!county->figure)
            continue;
        for (size_t i = 0; i < c->edition->items.n; i++)
            c->columns[i] = r->number[i] ? r->number[i] + county->first : NULL;
        set_figures(c, county);
        const struct frame frame = { .n = county->n, .item = c->columns, .county = c->figures };
        if (expression_eval_county(check->holds, &frame, NULL, c->figures) == 0 &&
            (!check->where || expression_eval_county(check->where, &frame, NULL, c->figures) > 0))
            add_county(c, check, k);
    }
}

/* ---- this year and last ---------------------------------------------------------------------- */

/* Beyond the share of last year's figure, but not by a rounding. */
static bool changed(const struct logic_check *check, double now, double was)
{
    return fabs(now - was) > check->year_on_year * fabs(was) * (1 + 1e-12);
}

static struct text change_text(const struct checking *c, const struct logic_check *check, double now,
                               double was)
{
    const struct item *const item = &c->returns->items->at[check->item];
    const struct text a = figure_text(c->mem, item, now), b = figure_text(c->mem, item, was);
    return text_printf(c->mem, "%.*s（上年 %.*s）", TEXT_ARG(a), TEXT_ARG(b));
}

enum { NO_ROW = UINT32_MAX };

static bool follows(const struct county_year *last, const struct county_year *this)
{
    return text_equal(last->code, this->code) && last->year + 1 == this->year;
}

/* Each row's school a year before, once for all checks.  Rows of both years stand by school code:
 * one walk over the two. */
static void match_years(struct checking *c)
{
    const struct returns *const r = c->returns;
    c->year_before = arena_array(c->mem, r->n, uint32_t);
    for (size_t row = 0; row < r->n; row++)
        c->year_before[row] = NO_ROW;
    const struct text *const codes = r->text[r->items->school_code];
    for (size_t k = 1; k < r->n_counties && codes; k++) {
        const struct county_year *const last = &r->counties[k - 1], *const this = &r->counties[k];
        if (!follows(last, this))
            continue;
        size_t before = last->first;
        const size_t end = last->first + last->n;
        for (size_t row = this->first; row < this->first + this->n; row++) {
            int order = -1;
            while (before < end && (order = text_compare(codes[before], codes[row])) < 0)
                before++;
            if (before == end)
                break;
            if (order == 0 && codes[row].size)
                c->year_before[row] = (uint32_t)before;
        }
        c->any_year_before = true;
    }
}

static void compare_schools(struct checking *c, const struct logic_check *check)
{
    const double *const column = c->returns->number[check->item];
    for (size_t row = 0; row < c->returns->n && column; row++) {
        const uint32_t before = c->year_before[row];
        /* a blank on either side compares as no change */
        if (before != NO_ROW && changed(check, column[row], column[before]) && !findings_full(c->findings))
            add_check(c, check, about_row(c, row, check->item), change_text(c, check, column[row], column[before]));
    }
}

static void check_years(struct checking *c, const struct logic_check *check)
{
    const struct returns *const r = c->returns;
    if (!c->any_year_before)
        return;
    if (check->scope == SCOPE_SCHOOL) {
        compare_schools(c, check);
        return;
    }
    for (size_t k = 1; k < r->n_counties; k++) {
        if (!follows(&r->counties[k - 1], &r->counties[k]))
            continue;
        const double now = returns_county_number(r, k, check->item),
                     was = returns_county_number(r, k - 1, check->item);
        if (is_blank(now) || is_blank(was) || !changed(check, now, was))
            continue;
        const struct cell_address cell = returns_county_cell(r, k, check->item);
        const struct finding finding = { .file = cell.file,
                                         .sheet = cell.sheet,
                                         .row = cell.row,
                                         .column = cell.column,
                                         .item = r->items->at[check->item].code };
        add_check(c, check, finding, change_text(c, check, now, was));
    }
}

/* ---- who is who ------------------------------------------------------------------------------- */

static void add_plain(const struct checking *c, size_t row, uint16_t item, enum finding_level level,
                      struct text rule, struct text read, struct text expected, struct text mend)
{
    if (findings_full(c->findings))
        return;
    struct finding finding = about_row(c, row, item);
    finding.level = level;
    finding.rule = rule;
    finding.read = read;
    finding.expected = expected;
    finding.mend = mend;
    finding_add(c->findings, &finding);
}

static void check_identity(struct checking *c, size_t row)
{
    const struct returns *const r = c->returns;
    const struct item_list *const items = r->items;
    if (!returns_text(r, row, items->school_code).size)
        add_plain(c, row, items->school_code, FINDING_ERROR, TEXT("row.school_code"), TEXT(""),
                  TEXT("应填学校代码"), TEXT("补填学校标识码；没有代码就无法与上年、与主校对应"));
    if (is_blank(returns_number(r, row, items->school_type)))
        add_plain(c, row, items->school_type, FINDING_ERROR, TEXT("row.school_type"), TEXT(""), TEXT("应填学校类型"),
                  TEXT("补填学校类型；没有类型就不知道有哪些学段"));
    /* A table without the column is not reproached row by row. */
    const uint32_t source = r->origin[row].source;
    if (source < r->n_sources && r->sources[source].place[items->school_name] && !returns_text(r, row, items->school_name).size)
        add_plain(c, row, items->school_name, FINDING_WARNING, TEXT("row.school_name"), TEXT(""), TEXT("应填学校名称"),
                  TEXT("补填学校名称"));
}

/* The first row of the county with this code, or its end. */
static size_t find_school(const struct returns *r, const struct county_year *county, struct text code)
{
    size_t low = county->first, high = county->first + county->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text_compare(returns_text(r, middle, r->items->school_code), code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const bool found =
        low < county->first + county->n && text_equal(returns_text(r, low, r->items->school_code), code);
    return found ? low : county->first + county->n;
}

/* A campus is merged into its host; a teaching point only names who manages it. */
static bool is_campus(const struct returns *r, size_t row)
{
    const struct item_list *const items = r->items;
    return returns_text(r, row, items->host_school_code).size > 0 &&
           returns_number(r, row, items->school_type) !=
               item_value(&items->at[items->school_type], TEXT("teaching_point"));
}

static void check_host(struct checking *c, size_t row)
{
    const struct returns *const r = c->returns;
    const uint16_t item = r->items->host_school_code;
    if (!is_campus(r, row))
        return;
    const struct county_year *const county = &r->counties[r->county[row]];
    const struct text host = returns_text(r, row, item);
    size_t found = find_school(r, county, host);
    const size_t end = county->first + county->n;
    if (found == end) {
        add_plain(c, row, item, FINDING_ERROR, TEXT("campus.host"), host, TEXT("应为本县同年填报的学校代码"),
                  TEXT("核对主校代码，或补报主校；在此之前本校区按独立学校计算"));
        return;
    }
    while (found < end && text_equal(returns_text(r, found, r->items->school_code), host) &&
           is_campus(r, found))
        found++;
    if (found == end || !text_equal(returns_text(r, found, r->items->school_code), host))
        add_plain(c, row, item, FINDING_ERROR, TEXT("campus.chain"), host, TEXT("主校自己不应又是校区"),
                  TEXT("填最终的主校代码；在此之前本校区按独立学校计算"));
}

void logic_checks(const struct edition *edition, const struct returns *returns, struct findings *findings)
{
    struct arena *mem = arena_new("logic checks");
    struct checking c = { .edition = edition, .returns = returns, .findings = findings, .mem = mem };
    c.frame = (struct frame){ .n = returns->n, .item = (const double *const *)returns->number };
    c.columns = arena_array(mem, edition->items.n, const double *);
    c.figures = arena_array(mem, edition->items.n, double);
    c.holds = arena_array(mem, ROWS, double);
    c.where = arena_array(mem, ROWS, double);
    match_years(&c);
    for (size_t row = 0; row < returns->n; row++)
        check_identity(&c, row);
    if (edition->items.host_school_code != NO_ITEM && returns->text[edition->items.host_school_code])
        for (size_t row = 0; row < returns->n; row++)
            check_host(&c, row);
    for (size_t k = 0; k < edition->n_checks; k++) {
        const struct logic_check *const check = &edition->checks[k];
        if (check->year_on_year > 0)
            check_years(&c, check);
        else if (check->scope == SCOPE_SCHOOL)
            check_school_rule(&c, check);
        else
            check_county_rule(&c, check);
    }
    arena_free(&mem);
}
