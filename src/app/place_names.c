#include "app/place_names.h"

#include "app/units.h"
#include "base/day.h"

#include <stdlib.h>

enum { N_KINDS = PLACE_COUNTY + 1 };

/* ---- the list ----------------------------------------------------------------------------- */

struct listing {
    struct arena *mem;
    struct place_choice *at;
    size_t n, capacity;
};

/* What was said first of a place stands: the tree before the returns. */
static void add(struct listing *l, enum place_kind kind, struct text named_by, struct text name, struct text township, bool stands)
{
    if (!named_by.size && kind != PLACE_COUNTY)
        return;
    ARENA_ROOM(l->mem, l->at, l->n, l->capacity);
    l->at[l->n++] = (struct place_choice){ { kind, named_by }, TEXT(""), name.size ? name : named_by, township, stands };
}

static bool is_place(enum unit_kind kind, enum place_kind *out)
{
    switch (kind) {
    case UNIT_TOWNSHIP: *out = PLACE_TOWNSHIP; return true;
    case UNIT_DISTRICT: *out = PLACE_DISTRICT; return true;
    case UNIT_SCHOOL:
    case UNIT_CAMPUS: *out = PLACE_SCHOOL; return true;
    case UNIT_DEPARTMENT: *out = PLACE_DEPARTMENT; return true;
    case UNIT_COUNTY:
    case UNIT_GROUP:
    case UNIT_OFFICE:
    case N_UNIT_KINDS: break;
    }
    return false;
}

static struct text township_of(const struct snapshot *s, const struct unit_row *row, struct text day)
{
    const struct unit_row *up = row;
    for (int steps = 0; up && steps < N_UNIT_KINDS; steps++) {
        if (up->kind == UNIT_TOWNSHIP)
            return up->name;
        up = unit_at(s->units, s->n_units, up->parent, day);
    }
    return TEXT("");
}

static bool add_tree(struct listing *l, const struct snapshot *s, struct text day)
{
    bool departments = false;
    for (size_t i = 0; i < s->n_units; i++) {
        if (i && text_equal(s->units[i - 1].code, s->units[i].code))
            continue;
        /* One that is set up later has no other name yet. */
        const struct unit_row *now = unit_at(s->units, s->n_units, s->units[i].code, day);
        const bool stands = now && now->is_open;
        enum place_kind kind;
        if (!now)
            now = &s->units[i];
        if (!is_place(now->kind, &kind))
            continue;
        departments |= kind == PLACE_DEPARTMENT;
        add(l, kind, kind == PLACE_TOWNSHIP ? now->name : now->code, now->name, kind == PLACE_SCHOOL ? township_of(s, now, day) : TEXT(""), stands);
    }
    return departments;
}

static void add_returned(struct listing *l, const struct snapshot *s)
{
    const struct item_list *const items = &s->edition->items;
    for (size_t y = s->n_years; y-- > 0;) {   /* the latest first: its names stand */
        const struct county_year *const c = &s->returns->counties[y];
        for (size_t row = c->first; row < c->first + c->n; row++) {
            const struct text township = returns_text(s->returns, row, items->township);
            add(l, PLACE_SCHOOL, returns_text(s->returns, row, items->school_code), returns_text(s->returns, row, items->school_name), township, y >= s->usual_year);
            if (row == c->first || !text_equal(township, returns_text(s->returns, row - 1, items->township)))
                add(l, PLACE_TOWNSHIP, township, township, TEXT(""), y >= s->usual_year);
        }
    }
    for (size_t i = 0; i < s->n_lacking; i++) {
        add(l, PLACE_SCHOOL, s->lacking[i].code, s->lacking[i].name, s->lacking[i].township, true);
        add(l, PLACE_TOWNSHIP, s->lacking[i].township, s->lacking[i].township, TEXT(""), true);
    }
}

static void add_plan(struct listing *l)
{
    struct text rest = units_carried("departments.csv"), line, code;
    text_split(&rest, '\n', &line);
    while (text_split(&rest, '\n', &line))
        if (text_split(&line, ',', &code) && code.size)
            add(l, PLACE_DEPARTMENT, code, line, TEXT(""), true);
}

struct order { const struct place_choice *of; size_t said; };

static int compare(struct place a, struct place b)
{
    return a.kind != b.kind ? (a.kind < b.kind ? -1 : 1) : text_compare(a.name, b.name);
}

static int by_place(const void *a, const void *b)
{
    const struct order *const x = a, *const y = b;
    const int c = compare(x->of->place, y->of->place);
    return c ? c : x->said < y->said ? -1 : x->said > y->said;
}

static void list_on(const struct snapshot *s, struct text day, struct arena *mem, struct place_names *out)
{
    struct listing l = { .mem = mem };
    *out = (struct place_names){ .all = { NULL, 0 } };
    add(&l, PLACE_COUNTY, TEXT(""), s->county_name.size ? s->county_name : TEXT("全县"), TEXT(""), true);
    if (!add_tree(&l, s, day))
        add_plan(&l);
    add_returned(&l, s);
    struct order *const order = arena_array(mem, l.n, struct order);
    for (size_t i = 0; i < l.n; i++)
        order[i] = (struct order){ &l.at[i], i };
    qsort(order, l.n, sizeof *order, by_place);
    struct place_choice *const all = arena_array(mem, l.n, struct place_choice), *const standing = arena_array(mem, l.n, struct place_choice);
    size_t n_standing = 0;
    for (size_t i = 0; i < l.n; i++) {
        if (out->all.n && compare(all[out->all.n - 1].place, order[i].of->place) == 0)
            continue;
        struct place_choice *const one = &all[out->all.n++];
        *one = *order[i].of;
        one->value = place_value(one->place, mem);
        if (!one->stands)
            continue;
        struct place_list *const list = &out->standing[one->place.kind];
        if (!list->n++)
            list->at = &standing[n_standing];
        standing[n_standing++] = *one;
    }
    out->all.at = all;
}

void place_names_of(const struct snapshot *s, int64_t now, struct arena *mem, struct place_names *out)
{
    list_on(s, day_shown(now, mem), mem, out);
}

void place_names_last(const struct snapshot *s, struct arena *mem, struct place_names *out)
{
    list_on(s, TEXT("9999-12-31"), mem, out);
}

/* ---- looking ------------------------------------------------------------------------------ */

const struct place_choice *place_find(const struct place_names *names, struct place place)
{
    size_t low = 0, high = names->all.n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = compare(names->all.at[middle].place, place);
        if (order == 0)
            return &names->all.at[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct text place_name(const struct place_names *names, struct place place)
{
    const struct place_choice *const found = place_find(names, place);
    return found ? found->name : place.name;
}

struct text place_value(struct place place, struct arena *mem)
{
    const struct text word = place_word(place.kind);
    return place.kind == PLACE_COUNTY ? word : text_printf(mem, "%.*s:%.*s", TEXT_ARG(word), TEXT_ARG(place.name));
}

const struct place_choice *place_department_named(const struct place_names *names, struct text name)
{
    const struct place_list *const list = &names->standing[PLACE_DEPARTMENT];
    const struct place_choice *short_of = NULL;
    for (size_t i = 0; i < list->n && name.size; i++) {
        if (text_equal(list->at[i].name, name))
            return &list->at[i];
        if (text_ends(list->at[i].name, name) && (!short_of || list->at[i].name.size < short_of->name.size))
            short_of = &list->at[i];
    }
    return short_of;
}

/* ---- as written --------------------------------------------------------------------------- */

static const char *const KINDS_ZH[N_KINDS] = { [PLACE_SCHOOL] = "学校", [PLACE_DISTRICT] = "学区", [PLACE_TOWNSHIP] = "乡镇",
                                               [PLACE_DEPARTMENT] = "部门", [PLACE_COUNTY] = "县" };

static bool nothing(struct err *err)
{
    err_set(err, ERR_INPUT, "没有说是哪个单位。");
    return err_hint(err, "请从列表里选一个部门、乡镇、学区或学校。");
}

static bool standing(const struct place_choice *found, struct place *out, struct err *err)
{
    if (!found->stands) {
        err_set(err, ERR_CONFLICT, "%s“%.*s”已经撤销、合并，或还没有设立。", KINDS_ZH[found->place.kind], TEXT_ARG(found->name));
        return err_hint(err, "请选一个现在还在的单位；要恢复它，请到“单位”页。");
    }
    *out = found->place;
    return true;
}

static bool absent(enum place_kind kind, struct text said, struct err *err)
{
    err_set(err, ERR_ABSENT, kind == PLACE_TOWNSHIP ? "没有叫“%.*s”的%s。" : "没有代码或名称是“%.*s”的%s。", TEXT_ARG(said), KINDS_ZH[kind]);
    return err_hint(err, "请照“单位”页上的写法；还没有的单位请先在那里设立。");
}

bool place_parse(const struct place_names *names, struct text value, struct place *out, struct err *err)
{
    struct text rest = text_trim(value), kind;
    struct place place;
    if (!rest.size)
        return nothing(err);
    (void)text_split(&rest, ':', &kind);
    if (!place_of_words(kind, rest, &place)) {
        err_set(err, ERR_INPUT, "读不懂单位“%.*s”。", TEXT_ARG(value));
        return err_hint(err, "请从列表里选一个部门、乡镇、学区或学校。");
    }
    const struct place_choice *const found = place_find(names, place);
    return found ? standing(found, out, err) : absent(place.kind, place.name, err);
}

/* Cuts off "部门:" or "department:", the colon full-width or not. */
static bool kind_said(struct text *said, enum place_kind *out)
{
    for (int k = 0; k < PLACE_COUNTY; k++) {
        const struct text words[] = { text_of(KINDS_ZH[k]), place_word((enum place_kind)k) };
        for (size_t w = 0; w < COUNT(words); w++) {
            if (!text_starts(*said, words[w]))
                continue;
            const struct text rest = { said->at + words[w].size, said->size - words[w].size };
            const size_t colon = text_starts(rest, TEXT(":")) ? 1 : text_starts(rest, TEXT("：")) ? strlen("：") : 0;
            if (!colon)
                continue;
            *said = text_trim((struct text){ rest.at + colon, rest.size - colon });
            *out = (enum place_kind)k;
            return true;
        }
    }
    return false;
}

static bool called_so(const struct place_names *names, const enum place_kind *kind, struct text said, struct place *out, struct err *err)
{
    const struct place_choice *found = NULL, *closed = NULL;
    size_t n = 0;
    for (size_t i = 0; i < names->all.n; i++) {
        const struct place_choice *const one = &names->all.at[i];
        if ((kind && one->place.kind != *kind) || !(text_equal(one->name, said) || text_equal(one->place.name, said)))
            continue;
        if (!one->stands) {
            closed = one;
            continue;
        }
        found = one;
        n++;
    }
    if (!n && (!kind || *kind == PLACE_DEPARTMENT)) {
        found = place_department_named(names, said);
        n = found != NULL;
    }
    if (n > 1) {
        err_set(err, ERR_CONFLICT, "有 %zu 个单位叫“%.*s”。", n, TEXT_ARG(said));
        return err_hint(err, "请写它的代码，例如 学校:3141000001。");
    }
    if (!found && closed)
        found = closed;
    if (found)
        return standing(found, out, err);
    if (kind)
        return absent(*kind, said, err);
    err_set(err, ERR_ABSENT, "没有代码或名称是“%.*s”的单位。", TEXT_ARG(said));
    return err_hint(err, "请照“单位”页上的写法；还没有的单位请先在那里设立。");
}

bool place_said(const struct place_names *names, struct text said, struct place *out, struct err *err)
{
    enum place_kind kind;
    said = text_trim(said);
    if (!said.size)
        return nothing(err);
    if (text_equal(said, TEXT("全县")) || text_equal(said, place_word(PLACE_COUNTY))) {
        *out = (struct place){ PLACE_COUNTY, TEXT("") };
        return true;
    }
    const bool has_kind = kind_said(&said, &kind);
    return said.size ? called_so(names, has_kind ? &kind : NULL, said, out, err) : nothing(err);
}
