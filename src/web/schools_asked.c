#include "web/schools_asked.h"

#include "report/say.h"
#include "web/percent.h"
#include "web/say.h"

enum { MOST_PAGES = 10000, MOST_BITS = 31 };

static const struct { enum matrix_sort sort; struct text code; } SORTS[] = {
    { SORT_VERDICT, TEXT("verdict") }, { SORT_GAP, TEXT("gap") },   { SORT_CODE, TEXT("code") },
    { SORT_NAME, TEXT("name") },       { SORT_TOWNSHIP, TEXT("township") }, { SORT_AREA, TEXT("area") },
    { SORT_TYPE, TEXT("type") },       { SORT_OWNERSHIP, TEXT("ownership") }, { SORT_PUPILS, TEXT("pupils") },
    { SORT_MET, TEXT("met") },         { SORT_LAST, TEXT("last") },
};

static bool unknown(struct text value, const char *what, struct err *err)
{
    err_set(err, ERR_USAGE, "网址里的%s“%.*s”不在可选的范围里。", what, value.size > 60 ? 60 : (int)value.size, value.at);
    return err_hint(err, "请从“学校”页面上重新选。");
}

static bool read_stage(const struct request *request, const struct composing *c, struct schools_asked *out, struct err *err)
{
    const struct text said = request_query(request, "stage");
    const struct county_assessment *const county = composing_county(c);
    out->stage_given = said.size > 0;
    for (int s = 0; s < N_EVALUATED; s++) {
        if (!text_equal(said, stage_code((enum stage)s)))
            continue;
        out->filter.stage = (enum stage)s;
        return true;
    }
    if (county->n_stages) /* the first that has schools */
        out->filter.stage = county->stages[0].stage;
    return !said.size || unknown(said, "学段", err);
}

static bool read_sort(const struct request *request, const struct composing *c, struct schools_asked *out, struct err *err)
{
    const struct text said = request_query(request, "sort"), order = request_query(request, "order");
    out->filter.reverse = text_equal(order, TEXT("desc"));
    if (!said.size)
        return true;
    for (size_t i = 0; i < COUNT(SORTS); i++) {
        if (!text_equal(SORTS[i].code, said))
            continue;
        out->filter.sort = SORTS[i].sort;
        return true;
    }
    if (!composing_level(c->assessment->edition, out->filter.stage, said, &out->filter.sort_level))
        return unknown(said, "排序", err);
    out->filter.sort = SORT_LEVEL;
    return true;
}

static bool add_value(const struct composing *c, uint16_t item, struct text said, const char *what, unsigned *bits, struct err *err)
{
    const unsigned value = item == NO_ITEM ? 0 : item_value(&c->assessment->edition->items.at[item], said);
    if (!value || value > MOST_BITS)
        return unknown(said, what, err);
    *bits |= 1u << value;
    return true;
}

static bool read_choices(const struct request *request, const struct composing *c, struct schools_asked *out, struct err *err)
{
    const struct item_list *const items = c->assessment->returns->items;
    struct text *const townships = arena_array(request->mem, request->query.n, struct text);
    for (size_t i = 0; i < request->query.n; i++) {
        const struct text name = request->query.pair[i].name, value = request->query.pair[i].value;
        if (!value.size)
            continue;
        if (text_equal(name, TEXT("township")))
            townships[out->filter.n_townships++] = value;
        if (text_equal(name, TEXT("type")) && !add_value(c, items->school_type, value, "学校类型", &out->filter.types, err))
            return false;
        if (text_equal(name, TEXT("area")) && !add_value(c, items->area_kind, value, "城乡类型", &out->filter.areas, err))
            return false;
        if (!text_equal(name, TEXT("verdict")))
            continue;
        const enum verdict_kind kind = verdict_kind_by_code(value);
        if (kind == N_VERDICTS)
            return unknown(value, "结论", err);
        out->filter.verdicts |= 1u << kind;
    }
    out->filter.townships = townships;
    return true;
}

bool schools_asked(const struct request *request, const struct composing *c, struct schools_asked *out, struct err *err)
{
    int64_t page;
    *out = (struct schools_asked){ .filter.search = text_trim(request_query(request, "q")), .year = request_query(request, "year") };
    if (!read_stage(request, c, out, err) || !read_sort(request, c, out, err) || !read_choices(request, c, out, err) ||
        !request_query_number(request, "page", 1, MOST_PAGES, 1, &page, err))
        return false;
    out->page = (size_t)page;
    return true;
}

struct text schools_sort_code(const struct composing *c, const struct matrix_filter *filter)
{
    if (filter->sort == SORT_LEVEL)
        return c->assessment->edition->stages[filter->stage].levels[filter->sort_level].id;
    size_t i = 0;
    while (SORTS[i].sort != filter->sort)
        i++;
    return SORTS[i].code;
}

/* ---- addresses ---------------------------------------------------------------------------- */

static void put(struct buf *out, const char *name, struct text value)
{
    if (value.size)
        buf_printf(out, "&%s=%.*s", name, TEXT_ARG(percent_encode_part(value, out->mem)));
}

static void put_values(struct buf *out, const struct composing *c, uint16_t item, unsigned bits, const char *name)
{
    const struct item *const of = item == NO_ITEM ? NULL : &c->assessment->edition->items.at[item];
    for (size_t v = 0; of && v < of->n_values && v < MOST_BITS; v++)
        if (bits >> (v + 1) & 1)
            put(out, name, of->values[v].code);
}

static struct text query_words(const struct composing *c, const struct schools_asked *asked)
{
    const struct item_list *const items = c->assessment->returns->items;
    const struct matrix_filter *const f = &asked->filter;
    struct buf out = { .mem = c->mem };
    buf_printf(&out, "?stage=%.*s", TEXT_ARG(stage_code(f->stage)));
    put(&out, "year", asked->year);
    put(&out, "q", f->search);
    for (size_t i = 0; i < f->n_townships; i++)
        put(&out, "township", f->townships[i]);
    put_values(&out, c, items->school_type, f->types, "type");
    put_values(&out, c, items->area_kind, f->areas, "area");
    for (int k = 0; k < N_VERDICTS; k++)
        if (f->verdicts >> k & 1)
            put(&out, "verdict", verdict_kind_code((enum verdict_kind)k));
    if (f->sort != SORT_VERDICT || f->reverse)
        put(&out, "sort", schools_sort_code(c, f));
    if (f->reverse)
        put(&out, "order", TEXT("desc"));
    if (asked->page > 1)
        buf_printf(&out, "&page=%zu", asked->page);
    return buf_text(&out);
}

struct text schools_path(const struct composing *c, const struct schools_asked *asked, const char *path)
{
    return text_printf(c->mem, "%s%.*s", path, TEXT_ARG(query_words(c, asked)));
}

struct text school_path(const struct composing *c, const struct schools_asked *asked, struct text code, const char *behind)
{
    struct schools_asked whole = *asked;
    whole.page = 1;
    return text_printf(c->mem, "/schools/%.*s%s%.*s", TEXT_ARG(percent_encode_part(code, c->mem)), behind, TEXT_ARG(query_words(c, &whole)));
}

/* ---- words -------------------------------------------------------------------------------- */

bool schools_narrowed(const struct schools_asked *asked)
{
    const struct matrix_filter *const f = &asked->filter;
    return f->search.size || f->n_townships || f->types || f->areas || f->verdicts;
}

static struct text chosen_names(const struct composing *c, const struct matrix_choice *choices, size_t n)
{
    struct text *const names = arena_array(c->mem, n, struct text);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (choices[i].chosen)
            names[k++] = choices[i].name;
    return say_list(c->mem, names, k, c->english);
}

static struct text order_words(const struct request *r, const struct composing *c, const struct matrix_filter *f)
{
    static const enum text_key NAMES[] = {
        [SORT_VERDICT] = T_SCHOOLS_VERDICT, [SORT_GAP] = T_SCHOOLS_GAP,   [SORT_CODE] = T_SCHOOLS_CODE,
        [SORT_NAME] = T_SCHOOLS_SCHOOL,     [SORT_TOWNSHIP] = T_SCHOOLS_TOWNSHIP, [SORT_AREA] = T_SCHOOLS_AREA,
        [SORT_TYPE] = T_SCHOOLS_TYPE,       [SORT_OWNERSHIP] = T_SCHOOLS_OWNERSHIP, [SORT_PUPILS] = T_SCHOOLS_PUPILS,
        [SORT_MET] = T_SCHOOLS_MET,         [SORT_LAST] = T_SCHOOLS_LAST,
    };
    const struct text name = f->sort == SORT_LEVEL ? say_level(&c->assessment->edition->stages[f->stage].levels[f->sort_level], c->english)
                                                   : say(r->mem, r->lang, NAMES[f->sort], NULL, 0);
    return SAID(r->mem, r->lang, f->reverse ? T_SCHOOLS_SORTED_DOWN : T_SCHOOLS_SORTED, name);
}

struct text schools_filter_words(const struct request *r, const struct composing *c, const struct schools_asked *asked,
                                 const struct matrix *matrix)
{
    const struct matrix_filter *const f = &asked->filter;
    struct { enum text_key key; struct text words; } parts[] = {
        { T_SCHOOLS_F_TOWNSHIP, f->n_townships ? chosen_names(c, matrix->townships, matrix->n_townships) : TEXT("") },
        { T_SCHOOLS_F_TYPE, f->types ? chosen_names(c, matrix->types, matrix->n_types) : TEXT("") },
        { T_SCHOOLS_F_AREA, f->areas ? chosen_names(c, matrix->areas, matrix->n_areas) : TEXT("") },
        { T_SCHOOLS_F_VERDICT, f->verdicts ? chosen_names(c, matrix->verdicts, N_VERDICTS) : TEXT("") },
        { T_SCHOOLS_F_SEARCH, f->search },
    };
    struct buf out = { .mem = r->mem };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].words.size)
            buf_printf(&out, "%.*s%s", TEXT_ARG(SAID(r->mem, r->lang, parts[i].key, parts[i].words)), c->english ? "; " : "；");
    buf_add(&out, order_words(r, c, f));
    return buf_text(&out);
}
