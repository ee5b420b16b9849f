#include "standard/official_text.h"

#include "base/number.h"

static const struct text BLANK_MARK = TEXT("＿＿");

struct places {
    const struct official_form *form;
    struct err *err;
};

static bool unknown(const struct places *p, struct text place)
{
    err_set(p->err, ERR_INPUT, "不认识“{%.*s}”。", TEXT_ARG(place));
    return err_hint(p->err, "可以写什么，见 official_cells.csv 表头的说明。");
}

static bool find_figure(const struct places *p, struct text id, size_t *out)
{
    for (size_t i = 0; i < p->form->n_figures; i++)
        if (text_equal(p->form->figures[i].id, id)) {
            *out = i;
            return true;
        }
    return false;
}

static bool find_rule(const struct places *p, struct text id, size_t *out)
{
    for (size_t i = 0; i < p->form->edition->n_rules; i++)
        if (text_equal(p->form->edition->rules[i].id, id)) {
            *out = i;
            return true;
        }
    return false;
}

static bool find_plain(const struct places *p, struct text plain)
{
    for (size_t i = 0; i < p->form->edition->n_rules; i++)
        if (text_equal(p->form->edition->rules[i].plain, plain))
            return true;
    return false;
}

static bool find_level(const struct places *p, enum stage stage, struct text id, size_t *out)
{
    const struct stage_rule *rule = &p->form->edition->stages[stage];
    for (size_t i = 0; i < rule->n_levels; i++)
        if (text_equal(rule->levels[i].id, id)) {
            *out = i;
            return true;
        }
    return false;
}

/* {primary.met}, {primary.met.L1} … */
static bool read_stage_place(const struct places *p, enum stage stage, struct text rest, struct official_piece *out)
{
    static const struct { struct text word; enum official_kind whole, level; } words[] = {
        { TEXT("units"), FILL_UNITS, FILL_UNITS },
        { TEXT("combined"), FILL_COMBINED, FILL_COMBINED },
        { TEXT("met"), FILL_MET, FILL_LEVEL_MET },
        { TEXT("met_share"), FILL_MET_SHARE, FILL_LEVEL_MET_SHARE },
        { TEXT("mean"), FILL_MEAN, FILL_MEAN },
        { TEXT("cv"), FILL_CV, FILL_CV },
    };
    struct text word;
    out->stage = stage;
    if (!text_split(&rest, '.', &word))
        return false;
    for (size_t i = 0; i < COUNT(words); i++) {
        const bool is_of_level = i >= 2, is_of_all = i < 4;
        if (!text_equal(word, words[i].word))
            continue;
        out->kind = rest.size ? words[i].level : words[i].whole;
        return rest.size ? is_of_level && find_level(p, stage, rest, &out->which) : is_of_all;
    }
    return false;
}

/* {unit.name}, {unit.value.L1}, {unit.levels.7}, {unit.<figure>}; the stage is the row's. */
static bool read_unit_place(const struct places *p, enum official_each each, struct text rest, struct official_piece *out)
{
    static const struct { struct text word; enum official_kind kind; } words[] = {
        { TEXT("serial"), FILL_UNIT_SERIAL },   { TEXT("name"), FILL_UNIT_NAME },       { TEXT("sponsor"), FILL_UNIT_SPONSOR },
        { TEXT("pupils"), FILL_UNIT_PUPILS }, { TEXT("verdict"), FILL_UNIT_VERDICT },
    };
    double number;
    if (each != EACH_PRIMARY && each != EACH_JUNIOR)
        return false;
    out->stage = each == EACH_PRIMARY ? STAGE_PRIMARY : STAGE_JUNIOR;
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_equal(rest, words[i].word)) {
            out->kind = words[i].kind;
            return true;
        }
    if (text_starts(rest, TEXT("value."))) {
        out->kind = FILL_UNIT_VALUE;
        return find_level(p, out->stage, (struct text){ rest.at + 6, rest.size - 6 }, &out->which);
    }
    if (text_starts(rest, TEXT("levels."))) {
        out->kind = FILL_UNIT_LEVELS;
        if (!number_parse((struct text){ rest.at + 7, rest.size - 7 }, &number) || !(number >= 1 && number <= 99))
            return false;
        out->which = (size_t)number;
        return true;
    }
    out->kind = FILL_UNIT_FIGURE;
    return find_figure(p, rest, &out->which) && p->form->figures[out->which].scope == OFFICIAL_UNIT;
}

static bool read_item_place(const struct places *p, struct text rest, struct official_piece *out)
{
    struct text code;
    out->kind = FILL_ITEM;
    if (!text_split(&rest, '-', &code))
        return false;
    out->cut = rest;
    out->which = item_find(&p->form->edition->items, code);
    return out->which != NO_ITEM && p->form->edition->items.at[out->which].level == ITEM_COUNTY;
}

static bool read_place(const struct places *p, enum official_each each, struct text place, struct official_piece *out)
{
    struct text rest = place, first;
    out->fill = true;
    if (!text_split(&rest, '.', &first))
        return unknown(p, place);
    out->name = rest;
    bool known = false;
    if (text_equal(first, TEXT("state"))) {
        out->kind = FILL_STATE;
        known = find_plain(p, rest);
    } else if (text_equal(first, TEXT("share")) || text_equal(first, TEXT("failing"))) {
        out->kind = text_equal(first, TEXT("share")) ? FILL_SHARE : FILL_FAILING;
        known = find_rule(p, rest, &out->which);
    } else if (text_equal(first, TEXT("item"))) {
        known = read_item_place(p, rest, out);
    } else if (text_equal(first, TEXT("unit"))) {
        known = read_unit_place(p, each, rest, out);
    } else if (text_equal(first, TEXT("primary")) || text_equal(first, TEXT("junior"))) {
        known = read_stage_place(p, text_equal(first, TEXT("primary")) ? STAGE_PRIMARY : STAGE_JUNIOR, rest, out);
    } else {
        out->kind = FILL_FIGURE;
        known = !rest.size && find_figure(p, place, &out->which) && p->form->figures[out->which].scope != OFFICIAL_UNIT;
    }
    return known || unknown(p, place);
}

static bool unpaired(const struct places *p)
{
    err_set(p->err, ERR_INPUT, "“{”“}”或“[”“]”没有配对。");
    return err_hint(p->err, "请核对括号；可以写什么，见 official_cells.csv 表头的说明。");
}

bool official_text_read(struct arena *mem, const struct official_form *form, struct official_cell *cell, struct text text,
                        struct err *err)
{
    const struct places p = { form, err };
    unsigned group = 0, groups = 0;
    size_t places = 0;
    for (size_t i = 0; i < text.size; i++)
        places += text.at[i] == '{' || text.at[i] == '[' || text.at[i] == ']';
    cell->pieces = arena_array(mem, 2 * places + 1, struct official_piece);
    for (size_t from = 0, i = 0; i <= text.size; i++) {
        const char c = i < text.size ? text.at[i] : '{';
        if (c != '{' && c != '}' && c != '[' && c != ']')
            continue;
        if (c == '}' || (c == '[' && group) || (c == ']' && !group))
            return unpaired(&p);
        if (i > from)
            cell->pieces[cell->n++] = (struct official_piece){ .words = { text.at + from, i - from }, .group = group };
        if (c == '[')
            group = ++groups;
        if (c == ']')
            group = 0;
        from = i + 1;
        if (c != '{' || i == text.size)
            continue;
        struct text rest = { text.at + from, text.size - from }, inside, place;
        if (!text_find(rest, TEXT("}"), &inside.size))
            return unpaired(&p);
        inside.at = rest.at;
        from += inside.size + 1;
        i = from - 1;
        struct official_piece *piece = &cell->pieces[cell->n++];
        piece->group = group;
        if (!inside.size || !text_split(&inside, '|', &place))
            return unpaired(&p);
        if (!read_place(&p, cell->each, place, piece))
            return false;
        piece->words = inside.size ? inside : BLANK_MARK;
    }
    return !group || unpaired(&p);
}
