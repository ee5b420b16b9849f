/* One figure: as it was returned, with the change that put it there and its cell; or told from others. */
#include "app/lineage_walk.h"

#include "app/formula_words.h"
#include "base/day.h"
#include "model/finding.h"
#include "report/say.h"
#include "report/words.h"
#include "store/returns_store.h"

enum { DEEPEST = 12, MOST_EARLIER = 20 };

/* ---- cells ---------------------------------------------------------------------------------- */

bool cell_parse(struct text name, uint32_t *row_out, uint32_t *column_out)
{
    enum { MOST_LETTERS = 3, MOST_DIGITS = 7 };
    uint32_t column = 0, row = 0;
    size_t at = 0;
    for (; at < name.size && at < MOST_LETTERS + 1 && ((name.at[at] | 32) >= 'a' && (name.at[at] | 32) <= 'z'); at++)
        column = column * 26 + (uint32_t)((name.at[at] | 32) - 'a' + 1);
    const size_t letters = at;
    for (; at < name.size && at < letters + MOST_DIGITS && name.at[at] >= '0' && name.at[at] <= '9'; at++)
        row = row * 10 + (uint32_t)(name.at[at] - '0');
    *row_out = row;
    *column_out = column;
    return letters && letters <= MOST_LETTERS && at == name.size && row > 0;
}

static struct text cell_text(struct arena *mem, uint32_t row, uint32_t column)
{
    char name[16];
    return text_copy(mem, text_of(cell_name(name, row, column)));
}

static void put_cell(struct walk *w, struct lineage_step *step, const struct figure_version *v)
{
    step->file = v->file;
    step->sheet = v->sheet;
    step->sha256 = v->sha256;
    step->import_id = v->import_id;
    step->row = v->row;
    step->column = v->column;
    step->cell = cell_text(w->mem, v->row, v->column);
}

/* 「柳林镇.xlsx › 小学 › D17」 */
static struct text cell_words(struct walk *w, const struct figure_version *v)
{
    const struct text cell = v->row && v->column ? cell_text(w->mem, v->row, v->column) : walk_either(w, "不知道哪一格", "cell not known");
    return v->sheet.size ? text_printf(w->mem, "%.*s › %.*s › %.*s", TEXT_ARG(v->file), TEXT_ARG(v->sheet), TEXT_ARG(cell))
                         : text_printf(w->mem, "%.*s › %.*s", TEXT_ARG(v->file), TEXT_ARG(cell));
}

/* ---- changes -------------------------------------------------------------------------------- */

static struct text change_words(struct walk *w, const struct figure_version *v)
{
    const struct text when = time_shown(v->at, w->mem), who = v->who.size ? v->who : walk_either(w, "控制台", "the console");
    static const struct { struct text kind; const char *zh, *en; } KINDS[] = {
        { TEXT("import"), "确认导入", "confirmed the import" },
        { TEXT("edit"), "在页面上填写", "typed it in" },
        { TEXT("undo"), "撤销一次改动", "undid a change" },
        { TEXT("return"), "审定学校的填报", "approved the school's return" },
        { TEXT("correction"), "同意锁定之后的更正", "agreed to a correction after the lock" },
        { TEXT("judgement"), "复核确认评判", "confirmed the judgement" },
        { TEXT("register"), "登记或了结", "by the register" },
    };
    const char *what = "";
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (text_equal(v->kind, KINDS[i].kind))
            what = w->english ? KINDS[i].en : KINDS[i].zh;
    if (w->english)
        return text_printf(w->mem, "%.*s %s, %.*s%s%.*s", TEXT_ARG(who), what, TEXT_ARG(when), v->reason.size ? ": " : "",
                           TEXT_ARG(v->reason));
    return text_printf(w->mem, "%.*s %.*s %s%s%.*s", TEXT_ARG(who), TEXT_ARG(when), what, v->reason.size ? "：" : "", TEXT_ARG(v->reason));
}

static void put_change(struct walk *w, struct lineage_step *step, const struct figure_version *v)
{
    step->label = text_printf(w->mem, w->english ? "Data version %lld" : "数据第 %lld 版", (long long)v->version_from);
    step->version = v->version_from;
    step->at = v->at;
    step->change = v->kind;
    step->who = v->who;
    step->reason = v->reason;
    step->import_id = v->change_import;
}

static void add_earlier(struct walk *w, unsigned depth, const struct item *item, const struct figure_version *v, int64_t shown)
{
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_EARLIER);
    put_change(w, step, v);
    const struct text figure = words_figure(w->mem, item, v->number, v->text);
    const char *later = v->version_from <= shown ? "" : w->english ? " (later than this page)" : "（晚于本页）";
    step->value = v->number;
    step->words = text_printf(w->mem, w->english ? "%.*s%s, %.*s" : "%.*s%s，%.*s", TEXT_ARG(figure), later, TEXT_ARG(change_words(w, v)));
    if (v->typed)
        return;
    put_cell(w, step, v);
    step->figures = cell_words(w, v);
}

/* Who put it there and from which cell; then what stood there before. */
static bool add_versions(struct walk *w, unsigned depth, struct text school, uint16_t item, bool told, struct err *err)
{
    const int64_t shown = (int64_t)w->snapshot->version;
    struct figure_version *list;
    size_t n, used = SIZE_MAX;
    if (!store_figure_versions(w->session, w->snapshot->county_code, &w->edition->items, w->county->county->year, school, item, w->mem,
                               &list, &n, err))
        return false;
    for (size_t i = 0; i < n && used == SIZE_MAX; i++)
        if (list[i].version_from <= shown && (!list[i].version_to || list[i].version_to > shown))
            used = i;
    if (used == SIZE_MAX && !told) {
        walk_note(w, depth, "从来没有填报过。", "It was never returned.");
    } else if (used != SIZE_MAX) {
        const struct figure_version *const v = &list[used];
        struct lineage_step *change = walk_step(w, depth, LINEAGE_CHANGE);
        put_change(w, change, v);
        change->words = change_words(w, v);
        if (!v->typed) {
            struct lineage_step *const cell = walk_step(w, depth, LINEAGE_CELL);
            put_cell(w, cell, v);
            cell->value = v->number;
            cell->unit = w->edition->items.at[item].unit;
            cell->label = walk_either(w, "文件、表、格", "File, sheet, cell");
            cell->words = cell_words(w, v);
        }
    }
    for (size_t i = 0, shown_n = 0; i < n && shown_n < MOST_EARLIER; i++)
        if (i != used) {
            add_earlier(w, depth, &w->edition->items.at[item], &list[i], shown);
            shown_n++;
        }
    return true;
}

/* ---- a figure ------------------------------------------------------------------------------- */

static bool walked_before(struct walk *w, size_t row, uint16_t item)
{
    for (size_t i = 0; i < w->n_walked; i++)
        if (w->walked[i].row == row && w->walked[i].item == item)
            return true;
    ARENA_ROOM(w->mem, w->walked, w->n_walked, w->walked_capacity);
    w->walked[w->n_walked++] = (struct walked){ row, item };
    return false;
}

static bool add_told(struct walk *w, unsigned depth, size_t row, const struct item *item, const struct told_figure *told, struct err *err)
{
    size_t at;
    const struct frame *const frame = told_own(w->told, row, &at);
    const struct formula_figures figures = { .frame = frame, .row = at, .county = w->told->figures };
    const struct text source = expression_source(told->by->formula);
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_TOLD);
    step->label = told->estimate ? walk_either(w, "没有填报，估算得出", "Not returned; estimated")
                                 : walk_either(w, "没有填报，由其他项得出", "Not returned; told from other items");
    step->estimate = told->estimate;
    step->words = formula_words(w->mem, &w->edition->items, source, item, NULL, w->lang);
    const struct text filled = formula_words(w->mem, &w->edition->items, source, item, &figures, w->lang);
    const bool number = item->type != ITEM_ENUM && item->type != ITEM_BOOLEAN;
    const struct text result = number ? formula_figure(w->mem, told->value, w->lang) : words_figure(w->mem, item, told->value, TEXT(""));
    step->figures = text_printf(w->mem, "%.*s = %.*s", TEXT_ARG(filled), TEXT_ARG(result));
    if (told->by->when) {
        const struct text when = expression_source(told->by->when);
        walk_step(w, depth + 1, LINEAGE_NOTE)->words =
            text_printf(w->mem, w->english ? "where %.*s" : "条件：%.*s", TEXT_ARG(formula_words(w->mem, &w->edition->items, when, NULL, NULL, w->lang)));
    }
    return walk_items(w, depth + 1, told->by->formula, row, err) && (!told->by->when || walk_items(w, depth + 1, told->by->when, row, err));
}

static bool add_grounds(struct walk *w, unsigned depth, size_t row, uint16_t item, const struct told_figure *told, struct err *err)
{
    const struct item *const asked = &w->edition->items.at[item];
    if (told->how == TOLD_DERIVED && !add_told(w, depth, row, asked, told, err))
        return false;
    if (told->how == TOLD_BY_TYPE) {
        walk_note(w, depth, "没有填报；学校类型没有这个学段，按 0 计。", "Not returned; the school's type lacks this stage: 0.");
        if (w->edition->items.school_type != NO_ITEM && !walk_figure(w, depth, row, w->edition->items.school_type, err))
            return false;
    }
    return add_versions(w, depth, composing_code(&w->composing, row), item, told->how == TOLD_DERIVED || told->how == TOLD_BY_TYPE, err);
}

bool walk_figure(struct walk *w, unsigned depth, size_t row, uint16_t item, struct err *err)
{
    const struct item *const asked = &w->edition->items.at[item];
    struct told_figure told = { .value = BLANK, .how = TOLD_RETURNED };
    const struct text text = returns_text(w->snapshot->returns, row, item);
    if (asked->type != ITEM_TEXT)
        told = told_school(w->told, row, item);
    const struct text code = composing_code(&w->composing, row), name = composing_name(&w->composing, row);
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(name), TEXT_ARG(asked->zh));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_SCHOOL, .id = asked->code, .school = code });
    step->value = told.value;
    step->unit = asked->unit;
    step->estimate = told.estimate;
    step->words = asked->type != ITEM_TEXT && is_blank(told.value) ? say_blank(w->english) : words_figure(w->mem, asked, told.value, text);
    if (walked_before(w, row, item) || depth >= DEEPEST)
        return true;
    return add_grounds(w, depth + 1, row, item, &told, err);
}

bool walk_county_figure(struct walk *w, unsigned depth, uint16_t item, struct err *err)
{
    const struct item *const asked = &w->edition->items.at[item];
    const double value = w->told->figures[item];
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(say_county(w->mem, w->county->county, w->english)), TEXT_ARG(asked->zh));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_COUNTY, .id = asked->code });
    step->value = value;
    step->unit = asked->unit;
    step->words = is_blank(value) ? say_blank(w->english) : words_figure(w->mem, asked, value, TEXT(""));
    return walked_before(w, SIZE_MAX, item) || add_versions(w, depth + 1, TEXT(""), item, false, err);
}

/* ---- the items of a formula ----------------------------------------------------------------- */

/* share_primary and its like rest on the pupils of all stages, and on the school's type. */
static bool walk_builtins(struct walk *w, unsigned depth, const struct expression *e, size_t row, struct err *err)
{
    const struct text source = expression_source(e);
    const bool shares = text_find(source, TEXT("share_"), NULL);
    const bool stages = shares || text_find(source, TEXT("has_"), NULL) || text_find(source, TEXT("n_stages"), NULL) ||
                        text_find(source, TEXT("assessed"), NULL);
    const uint16_t type = w->edition->items.school_type;
    if (stages && type != NO_ITEM && !walk_figure(w, depth, row, type, err))
        return false;
    for (size_t k = 0; k < N_STAGES && shares; k++)
        if (w->edition->pupils[k] != NO_ITEM && !walk_figure(w, depth, row, w->edition->pupils[k], err))
            return false;
    return true;
}

bool walk_items(struct walk *w, unsigned depth, const struct expression *e, size_t row, struct err *err)
{
    size_t n;
    const uint16_t *const items = expression_items(e, &n);
    for (size_t i = 0; i < n; i++) {
        const bool of_school = w->edition->items.at[items[i]].level == ITEM_SCHOOL;
        if (of_school && row != SIZE_MAX && !walk_figure(w, depth, row, items[i], err))
            return false;
        if (!of_school && items[i] != w->edition->items.year && !walk_county_figure(w, depth, items[i], err))
            return false;
    }
    return row == SIZE_MAX || walk_builtins(w, depth, e, row, err);
}
