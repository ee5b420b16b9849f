#include "import/bind_down.h"

#include "base/number.h"
#include "base/unicode.h"
#include "import/bind_inside.h"
#include "import/layout_path.h"
#include "import/unit_name.h"
#include "import/value.h"

static bool is_one_of(struct text folded, const struct text *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(folded, words[i]))
            return true;
    return false;
}

/* Headings over figures, whatever the form is called. */
static bool is_value_heading(struct text folded)
{
    static const struct text WORDS[] = {
        TEXT("填报值"),   TEXT("填报数据"), TEXT("填报内容"), TEXT("填报数"),   TEXT("填写值"),
        TEXT("填写内容"), TEXT("填写"),     TEXT("数值"),     TEXT("实际值"),   TEXT("实际数"),
        TEXT("值"),       TEXT("数据"),     TEXT("指标值"),   TEXT("数量"),     TEXT("本校"),
        TEXT("本年"),     TEXT("本年数"),   TEXT("本学年"),   TEXT("学校填报"), TEXT("区县填报"),
        TEXT("value"),
    };
    return is_one_of(folded, WORDS, COUNT(WORDS)) || text_ends(folded, TEXT("填报值")) ||
           text_ends(folded, TEXT("实际值"));
}

/* Headings over what explains the items and is never a figure of them. */
static bool is_other_heading(struct text folded)
{
    static const struct text WORDS[] = {
        TEXT("序号"),     TEXT("类别"),     TEXT("分类"),     TEXT("单位"),     TEXT("计量单位"),
        TEXT("是否必填"), TEXT("必填"),     TEXT("备注"),     TEXT("备注说明"), TEXT("说明"),
        TEXT("填报说明"), TEXT("填表说明"), TEXT("注释"),     TEXT("控件类型"), TEXT("输入限制"),
        TEXT("选项"),     TEXT("占比"),     TEXT("关联参数"), TEXT("关联关系"), TEXT("达标标准"),
        TEXT("标准"),     TEXT("标准值"),   TEXT("计算公式"), TEXT("公式"),     TEXT("数据来源"),
        TEXT("来源"),     TEXT("责任科室"), TEXT("代码"),     TEXT("指标代码"), TEXT("编码"),
        TEXT("行次"),     TEXT("类型"),     TEXT("示例"),     TEXT("填写示例"), TEXT("例"),
        TEXT("样例"),     TEXT("别名"),     TEXT("unit"),     TEXT("note"),     TEXT("code"),
        TEXT("type"),
    };
    static const struct text STARTS[] = { TEXT("占位符"), TEXT("上年"), TEXT("去年"),  TEXT("上学年"),
                                          TEXT("上一"),   TEXT("备注"), TEXT("repeat") };
    for (size_t i = 0; i < COUNT(STARTS); i++)
        if (text_starts(folded, STARTS[i]))
            return true;
    return is_one_of(folded, WORDS, COUNT(WORDS));
}

/* ---- the column of names ---- */

/* The categories to the left of a name, from the left, and the name itself. */
static size_t line_parts(const struct window *window, uint32_t row, uint32_t column,
                         struct text parts[MAX_PATH])
{
    size_t n = 0;
    double number;
    const struct cell *const name = window_cell(window, row, column);
    for (uint32_t left = column > MAX_PATH - 2 ? column - (MAX_PATH - 2) : 1; left < column; left++) {
        const struct text text = window_text(window, row, left);
        if (text.size && !number_parse(text, &number) && window_cell(window, row, left) != name)
            parts[n++] = text;
    }
    parts[n++] = window_text(window, row, column);
    return n;
}

size_t down_find(struct arena *mem, const struct bind_request *request, const struct window *window,
                 struct binding *out)
{
    enum { MOST_PATHS = 8000 };
    struct text parts[MAX_PATH];
    size_t best = 0, paths = 0;
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        bool seen[MAX_ITEMS] = { false };
        size_t n = 0;
        double number;
        for (uint32_t row = 0; row < window->n_rows; row++) {
            const struct merge *merge = window_merge(window, row, column);
            const struct text text = window_text(window, row, column);
            if (!text.size || text.size > 300 || number_parse(text, &number) ||
                (merge && (column > merge->column || window->first_row + row > merge->row)))
                continue;
            const struct arena_mark mark = arena_mark(mem);
            struct heading heading = heading_read(request->names, text, mem);
            if (heading.match == HEADING_UNKNOWN && column > 1 && paths++ < MOST_PATHS)
                heading = path_read(request->names, parts, line_parts(window, row, column, parts), mem);
            if ((heading.match == HEADING_EXACT || heading.match == HEADING_WRONG_UNIT) &&
                !seen[heading.item]) {
                seen[heading.item] = true;
                n++;
            }
            arena_rewind(mem, mark);
        }
        if (n > best) {
            best = n;
            out->name_column = column;
        }
    }
    return best;
}

/* ---- the columns of values ---- */

struct lines {
    struct heading *heading; /* [row] of the window */
    uint32_t first, last;    /* rows that name items */
    uint32_t headings;       /* the row above with headings; UINT32_MAX: none */
    uint32_t units;          /* the column of units; 0: none */
};

static struct text column_heading(const struct window *window, const struct lines *lines,
                                  uint32_t name_column, uint32_t column)
{
    if (lines->headings == UINT32_MAX ||
        window_cell(window, lines->headings, column) == window_cell(window, lines->headings, name_column))
        return TEXT("");
    return window_text(window, lines->headings, column);
}

static bool is_unit_column(const struct window *window, const struct lines *lines, uint32_t column,
                           struct arena *scratch)
{
    struct unit_name unit;
    size_t units = 0, others = 0;
    for (uint32_t row = lines->first; row <= lines->last; row++) {
        if (!window_cell(window, row, column))
            continue;
        const struct arena_mark mark = arena_mark(scratch);
        const struct text text = window_text(window, row, column);
        if (text.size && text.size < 40 && unit_named(text_fold(scratch, text), &unit))
            units++;
        else
            others++;
        arena_rewind(scratch, mark);
    }
    return units > 0 && units >= others;
}

/* Whether what stands in the column beside the items can be read as their values. */
static bool holds_values(const struct window *window, const struct lines *lines,
                         const struct item_list *items, uint32_t column, struct arena *scratch)
{
    size_t good = 0, bad = 0;
    for (uint32_t row = lines->first; row <= lines->last; row++) {
        const struct cell *cell = window_cell(window, row, column);
        if (!cell || lines->heading[row].match != HEADING_EXACT)
            continue;
        const struct item *item = &items->at[lines->heading[row].item];
        const struct arena_mark mark = arena_mark(scratch);
        struct value_fault fault;
        if (item->type == ITEM_TEXT)
            good +=
                cell->kind == CELL_NUMBER && value_text(scratch, item, window->grid, cell, &fault).size > 0;
        else if (is_blank(value_number(scratch, item, window->grid, cell, &fault)))
            bad++;
        else
            good++;
        arena_rewind(scratch, mark);
    }
    return good > 0 && good >= bad;
}

static void find_value_columns(struct arena *mem, const struct bind_request *request,
                               const struct window *window, const struct lines *lines, struct binding *out)
{
    const struct item_list *items = item_names_list(request->names);
    out->value_columns = arena_array(mem, window->n_columns + 1, uint32_t);
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct text heading = text_fold(mem, column_heading(window, lines, out->name_column, column));
        struct text unit;
        if (column != out->name_column && is_value_heading(heading_without_unit(heading, &unit)))
            out->value_columns[out->n_value_columns++] = column;
    }
    if (out->n_value_columns)
        return;
    bool named = true;
    for (uint32_t column = out->name_column + 1; column <= window->n_columns; column++) {
        const struct text heading = text_fold(mem, column_heading(window, lines, out->name_column, column));
        if (column == lines->units || is_other_heading(heading) ||
            !holds_values(window, lines, items, column, mem))
            continue;
        out->value_columns[out->n_value_columns++] = column;
        named = named && heading.size > 0;
    }
    out->names_on_top = named && out->n_value_columns > 0;
}

/* The schools' names, or codes, stand above their columns. */
static void take_names_on_top(const struct window *window, const struct lines *lines,
                              const struct item_list *items, struct binding *out)
{
    bool codes = true;
    double number;
    for (size_t i = 0; i < out->n_value_columns; i++) {
        const struct cell *cell = window_cell(window, lines->headings, out->value_columns[i]);
        const struct text text = window_text(window, lines->headings, out->value_columns[i]);
        codes =
            codes && ((cell && cell->kind == CELL_NUMBER) || (text.size >= 6 && number_parse(text, &number)));
    }
    const uint16_t item = codes ? items->school_code : items->school_name;
    out->names_on_top = item != NO_ITEM && !out->table.place[item];
    if (out->names_on_top)
        out->table.place[item] = window->first_row + lines->headings;
}

void down_bind(struct arena *mem, const struct bind_request *request, const struct window *window,
               struct binding *out)
{
    const struct item_list *items = item_names_list(request->names);
    const uint32_t name_column = out->name_column;
    struct lines lines = { .heading = arena_array(mem, window->n_rows, struct heading),
                           .first = UINT32_MAX,
                           .headings = UINT32_MAX };
    struct text parts[MAX_PATH];
    for (uint32_t row = 0; row < window->n_rows; row++) {
        lines.heading[row] = (struct heading){ NO_ITEM, HEADING_UNKNOWN };
        if (!window_text(window, row, name_column).size)
            continue;
        lines.heading[row] =
            path_read(request->names, parts, line_parts(window, row, name_column, parts), mem);
        if (lines.heading[row].item == NO_ITEM)
            continue;
        lines.first = lines.first == UINT32_MAX ? row : lines.first;
        lines.last = row;
    }
    if (lines.first == UINT32_MAX)
        return;
    for (uint32_t row = lines.first; row-- > 0 && lines.first - row <= 3;)
        if (window_text(window, row, name_column).size) {
            lines.headings = row;
            break;
        }
    for (uint32_t column = name_column + 1; column <= window->n_columns && !lines.units; column++)
        if (is_unit_column(window, &lines, column, mem))
            lines.units = column;
    out->table.down = true;
    out->first_row = window->first_row + lines.first;
    out->last_row = window->first_row + lines.last;
    out->bound = arena_array(mem, window->n_rows, struct bound);
    find_value_columns(mem, request, window, &lines, out);
    out->table.value_column = out->n_value_columns ? out->value_columns[0] : 0;
    for (uint32_t row = lines.first; row < window->n_rows; row++) {
        const struct merge *merge = window_merge(window, row, name_column);
        const struct text name = window_text(window, row, name_column);
        if (!name.size || (merge && window->first_row + row > merge->row))
            continue;
        bool filled = lines.units && window_text(window, row, lines.units).size > 0;
        for (size_t i = 0; i < out->n_value_columns && !filled; i++)
            filled = window_cell(window, row, out->value_columns[i]) &&
                     window_cell(window, row, out->value_columns[i]) != window_cell(window, row, name_column);
        if (lines.heading[row].item == NO_ITEM && !filled)
            continue; /* 一、基本情况: a line that asks nothing */
        size_t n = line_parts(window, row, name_column, parts);
        const struct text shown = path_shown(mem, &parts[n - 1], 1);
        if (lines.units && n < MAX_PATH)
            parts[n++] = window_text(window, row, lines.units);
        struct unit_name unit;
        if (lines.units && !unit_named(text_fold(mem, window_text(window, row, lines.units)), &unit))
            n--; /* 是/否, 小学/初中: no unit */
        const struct bound bound = { .row = window->first_row + row, .column = name_column, .shown = shown };
        bind_enter(out, request, path_read(request->names, parts, n, mem), bound, window->first_row + row,
                   mem);
    }
    if (out->names_on_top)
        take_names_on_top(window, &lines, items, out);
}
