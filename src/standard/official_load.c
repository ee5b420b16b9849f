#include "standard/official_load.h"

#include "standard/edition_table.h"
#include "standard/expression.h"
#include "standard/official_text.h"

enum { SHEET_NAME, SHEET_LABEL, SHEET_WIDTHS, SHEET_HEIGHTS, SHEET_REPEAT };
enum { CELL_SHEET, CELL_AT, CELL_LAST, CELL_LOOK, CELL_EACH, CELL_WORDS };
enum { FIGURE_ID, FIGURE_SCOPE, FIGURE_WHERE, FIGURE_VALUE, FIGURE_DECIMALS, FIGURE_ITEM };
enum { MOST_ROWS = 1000 };

static const struct { const char *file; size_t n; const char *columns[8]; } TABLES[] = {
    { "official_sheets.csv", 5, { "sheet", "label", "widths", "heights", "repeat" } },
    { "official_cells.csv", 6, { "sheet", "cell", "last", "look", "each", "text" } },
    { "official_figures.csv", 7, { "id", "scope", "where", "value", "decimals", "item", "note" } },
};
enum { SHEETS, CELLS, FIGURES, N_OFFICIAL };

struct loading {
    struct arena *mem;
    struct official_form *form;
    struct edition_table tables[N_OFFICIAL];
    struct err *err;
};

/* ---- figures ---- */

static bool compile(struct loading *l, size_t row, size_t column, enum expression_place place, bool may_be_empty,
                    const struct expression **out)
{
    const struct edition_table *t = &l->tables[FIGURES];
    const struct text source = table_cell(t, row, column), any_unit = { NULL, 0 };
    if (!source.size && may_be_empty)
        return true;
    return expression_compile(l->mem, source, &l->form->edition->items, place, any_unit, out, l->err) ||
           table_fault_inside(t, row, column);
}

static bool load_figure(struct loading *l, size_t row, struct official_figure *figure)
{
    static const char *const scopes[] = { "county", "schools", "unit" };
    const struct edition_table *t = &l->tables[FIGURES];
    int scope;
    double decimals;
    if (!table_new_code(t, row, FIGURE_ID, &figure->id) ||
        !table_word(t, row, FIGURE_SCOPE, scopes, COUNT(scopes), &scope) ||
        !compile(l, row, FIGURE_WHERE, EXPRESSION_SCHOOL, true, &figure->where) ||
        !compile(l, row, FIGURE_VALUE, scope == OFFICIAL_COUNTY ? EXPRESSION_COUNTY : EXPRESSION_SCHOOL, false, &figure->value) ||
        !table_number_or_blank(t, row, FIGURE_DECIMALS, &decimals))
        return false;
    if (!is_blank(decimals) && !(decimals >= 0 && decimals <= 9))
        return table_fault(t, row, FIGURE_DECIMALS, " 0 到 9 的整数，或空白");
    figure->scope = (enum official_scope)scope;
    figure->decimals = is_blank(decimals) ? -1 : (int)decimals;
    figure->where_text = table_cell(t, row, FIGURE_WHERE);
    figure->formula = expression_source(figure->value);
    figure->rests_on = expression_items(figure->value, &figure->n_rests_on);
    figure->item = item_find(&l->form->edition->items, table_cell(t, row, FIGURE_ITEM));
    return figure->item != NO_ITEM || !table_cell(t, row, FIGURE_ITEM).size ||
           table_fault(t, row, FIGURE_ITEM, " items.csv 中的指标项代码，或空白");
}

/* ---- sheets ---- */

/* "BC12" → 12, 55; a column or a row alone leaves the other 0. */
static bool read_address(struct text text, uint32_t *row, uint32_t *column)
{
    size_t i = 0;
    *row = *column = 0;
    for (; i < text.size && i < 3 && text.at[i] >= 'A' && text.at[i] <= 'Z'; i++)
        *column = *column * 26 + (uint32_t)(text.at[i] - 'A' + 1);
    for (size_t digits = 0; i < text.size && digits < 4 && text.at[i] >= '0' && text.at[i] <= '9'; i++, digits++)
        *row = *row * 10 + (uint32_t)(text.at[i] - '0');
    return text.size && i == text.size && *column <= SHEET_MOST_COLUMNS && *row <= MOST_ROWS;
}

/* "A=14;B=9.5" or "2=64;3=20": sizes of columns or of rows. */
static bool load_sizes(struct loading *l, size_t row, size_t column, bool columns, void **out, size_t *n_out)
{
    struct { uint32_t at; double size; } *sizes;
    const struct edition_table *t = &l->tables[SHEETS];
    struct text rest = table_cell(t, row, column), part, name;
    sizes = arena_alloc_array(l->mem, rest.size / 2 + 1, sizeof *sizes);
    *out = sizes;
    while (rest.size && text_split(&rest, ';', &part)) {
        uint32_t r, c;
        double size;
        if (!text_split(&part, '=', &name) || !read_address(text_trim(name), &r, &c) || (columns ? r || !c : c || !r) ||
            !number_parse(text_trim(part), &size) || !(size > 0 && size < 400))
            return table_fault(t, row, column, columns ? "“A=12;B=9.5”这样的列宽" : "“1=24;2=64”这样的行高");
        sizes[*n_out].at = columns ? c : r;
        sizes[(*n_out)++].size = size;
    }
    return true;
}

static bool load_sheet(struct loading *l, size_t row)
{
    const struct edition_table *t = &l->tables[SHEETS];
    if (l->form->n_sheets == MOST_OFFICIAL_SHEETS)
        return table_fault(t, row, SHEET_NAME, "不超过 16 张表");
    struct official_sheet *sheet = &l->form->sheets[l->form->n_sheets++];
    struct text repeat = table_cell(t, row, SHEET_REPEAT), first;
    void *widths, *heights;
    uint32_t none, one;
    for (size_t above = 0; above < row; above++)
        if (text_equal(table_cell(t, above, SHEET_NAME), table_cell(t, row, SHEET_NAME)))
            return table_fault(t, row, SHEET_NAME, "不重复的表名");
    if (!table_text(t, row, SHEET_NAME, &sheet->name) || !table_text(t, row, SHEET_LABEL, &sheet->label) ||
        !load_sizes(l, row, SHEET_WIDTHS, true, &widths, &sheet->n_widths) ||
        !load_sizes(l, row, SHEET_HEIGHTS, false, &heights, &sheet->n_heights))
        return false;
    sheet->widths = widths;
    sheet->heights = heights;
    if (!repeat.size)
        return true;
    return (text_split(&repeat, ':', &first) && read_address(first, &sheet->first_repeated, &none) && !none &&
            read_address(repeat, &sheet->last_repeated, &one) && !one && sheet->first_repeated >= 1 &&
            sheet->first_repeated <= sheet->last_repeated) ||
           table_fault(t, row, SHEET_REPEAT, "“1:3”这样的行号，或空白");
}

/* ---- cells ---- */

static struct official_sheet *find_sheet(struct loading *l, struct text name)
{
    for (size_t i = 0; i < l->form->n_sheets; i++)
        if (text_equal(l->form->sheets[i].name, name))
            return &l->form->sheets[i];
    return NULL;
}

/* Cells come by row and column, so that what is written down is in order too; a cell of a repeated
 * row and the sample's cell may stand in the same place. */
static bool is_in_order(const struct official_sheet *sheet, const struct official_cell *cell)
{
    if (!sheet->n)
        return true;
    const struct official_cell *before = &sheet->cells[sheet->n - 1];
    return cell->row > before->row ||
           (cell->row == before->row && (cell->column > before->column || (cell->column == before->column && cell->each != before->each)));
}

static bool load_cell(struct loading *l, size_t row)
{
    static const char *const looks[] = { "title", "head", "code", "label", "value", "text", "note" };
    static const enum sheet_look LOOKS[] = { LOOK_FORM_TITLE, LOOK_FORM_HEAD, LOOK_FORM_CODE, LOOK_FORM_LABEL,
                                             LOOK_FORM_VALUE, LOOK_FORM_TEXT, LOOK_FORM_NOTE };
    static const char *const eachs[] = { "", "primary", "junior", "primary blank", "junior blank" };
    const struct edition_table *t = &l->tables[CELLS];
    struct official_sheet *sheet = find_sheet(l, table_cell(t, row, CELL_SHEET));
    struct official_cell cell = { 0 };
    int look, each;
    if (!sheet)
        return table_fault(t, row, CELL_SHEET, " official_sheets.csv 中的表名");
    if (!read_address(table_cell(t, row, CELL_AT), &cell.row, &cell.column) || !cell.row || !cell.column)
        return table_fault(t, row, CELL_AT, "“B12”这样的位置");
    cell.last_row = cell.row;
    cell.last_column = cell.column;
    if (table_cell(t, row, CELL_LAST).size &&
        (!read_address(table_cell(t, row, CELL_LAST), &cell.last_row, &cell.last_column) || cell.last_row < cell.row ||
         cell.last_column < cell.column))
        return table_fault(t, row, CELL_LAST, "合并区域右下角的位置，或空白");
    if (!table_word(t, row, CELL_LOOK, looks, COUNT(looks), &look) || !table_word(t, row, CELL_EACH, eachs, COUNT(eachs), &each))
        return false;
    cell.look = LOOKS[look];
    cell.each = (enum official_each)each;
    if (!is_in_order(sheet, &cell))
        return table_fault(t, row, CELL_AT, "同一张表中先行后列、不重复的位置");
    if (!official_text_read(l->mem, l->form, &cell, table_cell(t, row, CELL_WORDS), l->err))
        return table_fault_inside(t, row, CELL_WORDS);
    sheet->cells[sheet->n++] = cell;
    return true;
}

/* ---- all three ---- */

static bool read_tables(struct loading *l, struct text folder, const struct edition_file *files, size_t n, bool *found)
{
    *found = false;
    for (size_t t = 0; t < N_OFFICIAL; t++) {
        const struct edition_file *file = NULL;
        for (size_t f = 0; f < n && !file; f++)
            if (text_equal(files[f].name, text_of(TABLES[t].file)))
                file = &files[f];
        if (!file && !*found && t == 0)
            return true;
        if (!file) {
            err_set(l->err, ERR_INPUT, "%.*s 中没有 %s。", TEXT_ARG(folder), TABLES[t].file);
            return err_hint(l->err, "申报表的三张表 official_sheets、official_cells、official_figures 应齐全，或一张也没有。");
        }
        *found = true;
        if (!edition_table_read(l->mem, folder, file->name, file->bytes, TABLES[t].columns, TABLES[t].n, &l->tables[t], l->err))
            return false;
    }
    return true;
}

bool official_load(struct arena *mem, const struct edition *edition, struct text folder, const struct edition_file *files,
                   size_t n, const struct official_form **out, struct err *err)
{
    struct loading l = { .mem = mem, .form = arena_make(mem, struct official_form), .err = err };
    bool found;
    l.form->edition = edition;
    *out = NULL;
    if (!read_tables(&l, folder, files, n, &found))
        return false;
    if (!found)
        return true;
    l.form->figures = arena_array(mem, l.tables[FIGURES].n, struct official_figure);
    for (; l.form->n_figures < l.tables[FIGURES].n; l.form->n_figures++)
        if (!load_figure(&l, l.form->n_figures, &l.form->figures[l.form->n_figures]))
            return false;
    for (size_t row = 0; row < l.tables[SHEETS].n; row++)
        if (!load_sheet(&l, row))
            return false;
    for (size_t i = 0; i < l.form->n_sheets; i++) {
        size_t cells = 0;
        for (size_t row = 0; row < l.tables[CELLS].n; row++)
            cells += text_equal(table_cell(&l.tables[CELLS], row, CELL_SHEET), l.form->sheets[i].name);
        l.form->sheets[i].cells = arena_array(mem, cells, struct official_cell);
    }
    for (size_t row = 0; row < l.tables[CELLS].n; row++)
        if (!load_cell(&l, row))
            return false;
    *out = l.form;
    return true;
}
