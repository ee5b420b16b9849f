#include "intake/collect_row.h"

static bool is_gap(const struct county_year *county)
{
    return !county->code.size || !county->year;
}

/* The one county and year that the county files name; without one, that all other rows name. */
static bool only_county(const struct returns *r, uint32_t *out)
{
    for (int of_files = 1; of_files >= 0; of_files--) {
        size_t n = 0;
        for (size_t i = 0; i < r->n_counties; i++)
            if (!is_gap(&r->counties[i]) && (r->counties[i].figure || !of_files)) {
                *out = (uint32_t)i;
                n++;
            }
        if (n)
            return n == 1;
    }
    return false;
}

static bool fits(const struct county_year *gap, const struct county_year *whole)
{
    return !gap->figure && (!gap->code.size || text_equal(gap->code, whole->code)) && (!gap->year || gap->year == whole->year);
}

static bool lacks_keys(const struct collect *c, bool code, bool year, struct err *err)
{
    err_set(err, ERR_INPUT, "“%.*s”里没有%s%s%s，不知道是哪个县、哪一年的。", TEXT_ARG(c->lacking), code ? "“县代码”（county_code）" : "",
            code && year ? "和" : "", year ? "“学年”（year）" : "");
    return err_hint(err, "请在表中加上%s%s%s列，每行都填；或在命令后加上%s%s%s。", code ? "“县代码”" : "", code && year ? "和" : "", year ? "“学年”" : "",
                    code ? " --county 六位县代码" : "", code && year ? " 和" : "", year ? " --year 年份" : "");
}

/* About the row's cell that should have told. */
static void say(struct collect *c, size_t row, uint16_t item, enum finding_level level, struct text rule, struct text expected, struct text mend)
{
    const struct returns *r = c->returns;
    const struct cell_address at = returns_cell(r, row, item);
    finding_add(c->order.findings, &(struct finding){
        .level = level, .rule = rule, .file = at.file, .sheet = at.sheet, .row = at.row ? at.row : r->origin[row].row, .column = at.column,
        .school = returns_text(r, row, c->items->school_code), .item = c->items->at[item].code, .expected = expected, .mend = mend });
}

/* A row of `gap` becomes one of `home`, unless its school is there already.  True: it stays. */
static bool take_in(struct collect *c, size_t row, const struct county_year *gap, uint32_t home)
{
    struct returns *r = c->returns;
    const struct county_year *whole = &r->counties[home];
    struct arena *const mem = c->order.findings->mem;
    const struct source *source = &r->sources[r->origin[row].source];
    const uint16_t item = gap->code.size ? c->items->year : c->items->county_code;
    if (known_school(&c->known, home, returns_text(r, row, c->items->school_code)) != NO_ROW) {
        say(c, row, c->items->school_code, FINDING_ERROR, TEXT("school.twice"), TEXT("一所学校一年只填一行，这所学校已有一行"),
            TEXT("这一行没有采用；请核对县代码和学年，或删去重复的一行"));
        return false;
    }
    if (source->place[item])
        say(c, row, item, FINDING_WARNING, TEXT("row.no_county"), gap->code.size ? TEXT("应填学年") : TEXT("应填县代码"),
            text_printf(mem, "暂按其他各行的 %.*s、%d 学年计入；请补填", TEXT_ARG(whole->code), whole->year));
    r->county[row] = home;
    known_add(&c->known, (uint32_t)row);
    return true;
}

bool collect_fill_gaps(struct collect *c, struct err *err)
{
    struct returns *r = c->returns;
    uint32_t home = 0;
    const bool any = only_county(r, &home);
    bool *const keep = arena_array(c->run, r->n + 1, bool);
    for (size_t i = 0; i < r->n_counties; i++)
        if (is_gap(&r->counties[i]) && r->counties[i].figure)
            return lacks_keys(c, !r->counties[i].code.size, !r->counties[i].year, err);
    for (size_t row = 0; row < r->n; row++) {
        const struct county_year *const gap = &r->counties[r->county[row]];
        keep[row] = true;
        if (!is_gap(gap))
            continue;
        const struct source *source = &r->sources[r->origin[row].source];
        if (any && fits(gap, &r->counties[home])) {
            keep[row] = take_in(c, row, gap, home);
            continue;
        }
        const bool no_code = !gap->code.size && !source->place[c->items->county_code], no_year = !gap->year && !source->place[c->items->year];
        if (no_code || no_year) {
            c->lacking = source->file;
            return lacks_keys(c, no_code, no_year, err);
        }
        const uint16_t item = gap->code.size ? c->items->year : c->items->county_code;
        say(c, row, item, FINDING_ERROR, TEXT("row.no_county"), gap->code.size ? TEXT("应填学年，如 2025") : TEXT("应填六位县代码"),
            TEXT("这一行没有采用；请补填"));
        keep[row] = false;
    }
    returns_keep(r, keep);
    uint32_t *const place = arena_array(c->run, r->n_counties + 1, uint32_t);
    size_t kept = 0;
    for (size_t i = 0; i < r->n_counties; i++)
        if (!is_gap(&r->counties[i])) {
            place[i] = (uint32_t)kept;
            r->counties[kept++] = r->counties[i];
        }
    for (size_t row = 0; row < r->n; row++)
        r->county[row] = place[r->county[row]];
    r->n_counties = kept;
    return true;
}
