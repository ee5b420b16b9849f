#include "import/grid_caps.h"
#include "import/ods_cell.h"
#include "import/xml.h"

#include <string.h>

/* One row, kept until it ends: number-rows-repeated may ask for it many times. */
struct row_cell { uint32_t column, repeat; struct ods_value value; };

struct ods_reading {
    struct arena *mem, *scratch;
    struct workbook *out;
    struct xml *xml;
    struct grid_caps caps;
    struct text style;                  /* the style being declared */
    struct text *hidden_styles;
    size_t n_hidden, hidden_capacity;
    unsigned spreadsheet, table, skip;  /* depth of these elements; 0: not inside */
    struct grid *grid;
    uint64_t row, column;               /* at hand, from 1; beyond the limits where nothing stands there */
    uint64_t row_repeat;
    struct row_cell *cells;
    size_t n_cells, cells_capacity;
    struct ods_cell cell;               /* open where cell.depth > 0 */
    uint64_t cell_repeat;
};

static struct err *err_of(const struct ods_reading *ods)
{
    return xml_err(ods->xml);
}

static void *grown(struct arena *mem, void *old, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity)
        return old;
    const size_t more = *capacity ? *capacity * 2 : 32;
    old = arena_grow(mem, old, n * size, more * size);
    *capacity = more;
    return old;
}

/* Styles come before the tables that use them: remember those that hide a table. */
static void note_style(struct ods_reading *ods, const char *name, const char **attributes)
{
    if (strcmp(name, "style") == 0) {
        const char *const family = xml_attribute(attributes, "family"), *const called = xml_attribute(attributes, "name");
        ods->style = TEXT("");
        if (family && called && strcmp(family, "table") == 0)
            ods->style = text_copy(ods->scratch, text_of(called));
    } else if (strcmp(name, "table-properties") == 0 && ods->style.size) {
        const char *const display = xml_attribute(attributes, "display");
        if (!display || strcmp(display, "false") != 0)
            return;
        ods->hidden_styles = grown(ods->scratch, ods->hidden_styles, ods->n_hidden, &ods->hidden_capacity, sizeof ods->style);
        ods->hidden_styles[ods->n_hidden++] = ods->style;
    }
}

static void open_table(struct ods_reading *ods, const char **attributes)
{
    const char *const name = xml_attribute(attributes, "name"), *const style = xml_attribute(attributes, "style-name");
    if (ods->out->n == GRID_MAX_SHEETS) {
        err_set(err_of(ods), ERR_LIMIT, "工作簿的工作表超过 %d 张。", GRID_MAX_SHEETS);
        err_hint(err_of(ods), "请删去与填报无关的工作表，或拆成几个文件。");
        xml_fail(ods->xml);
        return;
    }
    ods->grid = grid_new(ods->mem, text_of(name));
    for (size_t i = 0; i < ods->n_hidden && style; i++)
        ods->grid->hidden |= text_equal(ods->hidden_styles[i], text_of(style));
    ods->out->sheets[ods->out->n++] = ods->grid;
    ods->table = xml_depth(ods->xml);
    ods->row = ods->row_repeat = 0;
}

/* How often an element stands for itself: at most UINT32_MAX, so that sums stay in 64 bits. */
static uint64_t repeated(const char **attributes, const char *name)
{
    uint32_t n;
    if (!xml_attribute(attributes, name))
        return 1;
    return xml_count(attributes, name, UINT32_MAX, &n) && n ? n : 1;
}

static void open_row(struct ods_reading *ods, const char **attributes)
{
    ods->row += ods->row_repeat ? ods->row_repeat : 1;
    ods->row_repeat = repeated(attributes, "number-rows-repeated");
    ods->column = 0;
    ods->n_cells = 0;
}

static void refuse_outside(struct ods_reading *ods, const char *what)
{
    package_damaged(err_of(ods), "工作表“%.*s”里有%s不在 %d 行、%d 列之内", TEXT_ARG(ods->grid->name), what, GRID_MAX_ROWS,
                    GRID_MAX_COLUMNS);
    xml_fail(ods->xml);
}

static void open_cell(struct ods_reading *ods, const char **attributes, bool covered)
{
    ods->column++;
    ods->cell_repeat = repeated(attributes, "number-columns-repeated");
    const uint64_t columns = repeated(attributes, "number-columns-spanned"), rows = repeated(attributes, "number-rows-spanned");
    ods_cell_open(&ods->cell, xml_depth(ods->xml), attributes, covered);
    if (columns == 1 && rows == 1)
        return;
    if (!ods->row || ods->row + rows - 1 > GRID_MAX_ROWS || ods->column + columns - 1 > GRID_MAX_COLUMNS)
        refuse_outside(ods, "合并区域");
    else if (!grid_caps_merge(ods->grid, err_of(ods)))
        xml_fail(ods->xml);
    else
        grid_add_merge(ods->grid, (struct merge){ (uint32_t)ods->row, (uint32_t)ods->column,
                                                  (uint32_t)(ods->row + rows - 1), (uint32_t)(ods->column + columns - 1) });
}

static void close_cell(struct ods_reading *ods)
{
    const struct ods_value value = ods_cell_close(&ods->cell, ods->scratch);
    const uint64_t first = ods->column;
    ods->column += ods->cell_repeat - 1;
    if (!value.any)
        return;
    if (ods->column > GRID_MAX_COLUMNS || !ods->row || ods->row + ods->row_repeat - 1 > GRID_MAX_ROWS) {
        refuse_outside(ods, "单元格");
        return;
    }
    ods->cells = grown(ods->scratch, ods->cells, ods->n_cells, &ods->cells_capacity, sizeof *ods->cells);
    ods->cells[ods->n_cells++] = (struct row_cell){ (uint32_t)first, (uint32_t)ods->cell_repeat, value };
}

static bool add(struct ods_reading *ods, uint32_t row, uint32_t column, const struct ods_value *value)
{
    const bool is_text = value->kind == CELL_TEXT || value->kind == CELL_ERROR || value->kind == CELL_UNKNOWN;
    if (!grid_caps_cell(&ods->caps, ods->grid, row, column, is_text ? value->text.size : 0, err_of(ods)))
        return false;
    if (is_text)
        grid_add_text(ods->grid, row, column, value->kind, value->text);
    else
        grid_add_number(ods->grid, row, column, value->kind, value->number, value->percent);
    return true;
}

static void close_row(struct ods_reading *ods)
{
    const uint64_t repeat = ods->n_cells ? ods->row_repeat : 0;
    for (uint64_t r = 0; r < repeat; r++)
        for (size_t i = 0; i < ods->n_cells; i++)
            for (uint32_t c = 0; c < ods->cells[i].repeat; c++)
                if (!add(ods, (uint32_t)(ods->row + r), ods->cells[i].column + c, &ods->cells[i].value)) {
                    xml_fail(ods->xml);
                    return;
                }
}

static void open_in_table(struct ods_reading *ods, const char *name, const char **attributes)
{
    static const char *const NO_CELLS[] = { "shapes", "forms", "title", "desc", "named-expressions", "scenario",
                                            "table-source", "dde-source", "table", "event-listeners" };
    if (strcmp(name, "table-cell") == 0) {
        open_cell(ods, attributes, false);
    } else if (strcmp(name, "covered-table-cell") == 0) {
        open_cell(ods, attributes, true);
    } else if (strcmp(name, "table-row") == 0) {
        open_row(ods, attributes);
    } else {
        for (size_t i = 0; i < COUNT(NO_CELLS); i++)
            if (strcmp(name, NO_CELLS[i]) == 0)
                ods->skip = xml_depth(ods->xml);
    }
}

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct ods_reading *const ods = context;
    ods->xml = xml;
    if (ods->skip)
        return;
    if (ods->cell.depth)
        ods_cell_element(&ods->cell, xml_depth(xml), name, attributes);
    else if (ods->table)
        open_in_table(ods, name, attributes);
    else if (ods->spreadsheet && strcmp(name, "table") == 0 && xml_depth(xml) == ods->spreadsheet + 1)
        open_table(ods, attributes);
    else if (!ods->spreadsheet && strcmp(name, "spreadsheet") == 0)
        ods->spreadsheet = xml_depth(xml);
    else
        note_style(ods, name, attributes);
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    struct ods_reading *const ods = context;
    const unsigned depth = xml_depth(xml);
    if (ods->skip) {
        if (ods->skip == depth)
            ods->skip = 0;
    } else if (ods->cell.depth) {
        if (ods->cell.depth == depth)
            close_cell(ods);
        else
            ods_cell_element_end(&ods->cell, depth);
    } else if (ods->table == depth) {
        grid_finish(ods->grid);
        ods->table = 0;
    } else if (ods->table && strcmp(name, "table-row") == 0) {
        close_row(ods);
    }
}

static void on_text(void *context, struct xml *xml, struct text text)
{
    struct ods_reading *const ods = context;
    if (!ods->cell.depth || ods->skip)
        return;
    ods_cell_text(&ods->cell, text);
    if (ods->cell.text.size > 3 * GRID_MAX_TEXT &&
        !grid_caps_cell(&ods->caps, ods->grid, (uint32_t)ods->row, (uint32_t)ods->column, ods->cell.text.size, xml_err(xml)))
        xml_fail(xml);
}

/* The manifest says of each part how it is encrypted, if it is. */
static void on_manifest(void *context, struct xml *xml, const char *name, const char **attributes)
{
    (void)context, (void)attributes;
    if (strcmp(name, "encryption-data") != 0)
        return;
    err_set(xml_err(xml), ERR_INPUT, "这个 OpenDocument 表格设了打开密码，读不了。");
    err_hint(xml_err(xml), "请在 LibreOffice 或 WPS 中用密码打开它，点“文件 → 另存为”，不勾选“使用密码保存”，类型选“Excel 工作簿 (*.xlsx)”，用新存的文件。");
    xml_fail(xml);
}

static void on_manifest_close(void *context, struct xml *xml, const char *name)
{
    (void)context, (void)xml, (void)name;
}

static bool check_unlocked(struct package *package, struct err *err)
{
    static const struct xml_handler handler = { on_manifest, on_manifest_close, NULL };
    const size_t manifest = package_find(package, TEXT("META-INF/manifest.xml"));
    return manifest == NO_PART || xml_read(package, manifest, &handler, NULL, err);
}

static bool check_any(const struct ods_reading *ods, struct err *err)
{
    if (ods->out->n)
        return true;
    if (ods->spreadsheet)
        err_set(err, ERR_INPUT, "这个 OpenDocument 表格里没有工作表。");
    else
        err_set(err, ERR_INPUT, "这个 OpenDocument 文件不是表格（是文字文档、演示文稿或图）。");
    return err_hint(err, "请检查是不是选错了文件；空白表可用 junheng template school -o 模板.xlsx 生成。");
}

bool ods_read(struct arena *mem, struct text bytes, struct workbook *out, struct err *err)
{
    static const struct xml_handler handler = { on_open, on_close, on_text };
    struct arena *scratch = arena_new("ods");
    struct workbook made = { .sheets = arena_array(mem, GRID_MAX_SHEETS, struct grid *) };
    struct ods_reading ods = { .mem = mem, .scratch = scratch, .out = &made, .cell.text.mem = scratch };
    struct package *package;
    *out = (struct workbook){ 0 };
    bool ok = package_open(scratch, bytes, &package, err) && check_unlocked(package, err);
    if (ok) {
        const size_t content = package_find(package, TEXT("content.xml"));
        ok = content != NO_PART ? xml_read(package, content, &handler, &ods, err) && check_any(&ods, err)
                                : package_damaged(err, "缺少 content.xml，不是 OpenDocument 表格");
    }
    if (ok)
        *out = made;
    arena_free(&scratch);
    return ok;
}
