#include "import/xlsx_sheet.h"

#include "base/number.h"
#include "base/unicode.h"
#include "import/xml.h"
#include "model/finding.h"

#include <string.h>

enum { LONGEST_FORMULA = 8192 };

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_INLINE, TYPE_TEXT, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DATE };

enum catching { NOTHING, VALUE, FORMULA, PIECE };   /* where text goes: <v>, <f>, <t> of <is> */

struct sheet_reading {
    struct xlsx_book *book;
    struct grid *grid;
    struct xml *xml;
    uint32_t row, column;      /* of the cell at hand, or the last one */
    bool in_data, in_cell, in_inline, phonetic, preserve;
    enum cell_type type;
    uint32_t style;
    bool has_formula;
    enum catching catching;
    size_t piece_start;
    struct buf value, formula;
};

bool xlsx_place(struct text reference, uint32_t *row_out, uint32_t *column_out)
{
    uint32_t column = 0;
    size_t i = 0;
    for (; i < reference.size; i++) {
        const unsigned letter = (unsigned char)(reference.at[i] | 32) - (unsigned)'a';
        if (letter >= 26)
            break;
        column = column * 26 + letter + 1;
        if (column > GRID_MAX_COLUMNS)
            return false;
    }
    *column_out = column;
    return column && digits_count((struct text){ reference.at + i, reference.size - i }, GRID_MAX_ROWS, row_out) && *row_out;
}

static void fail(struct sheet_reading *sheet)
{
    xml_fail(sheet->xml);
}

/* A text of the file as it may stand in a sentence. */
static struct text shortened(const char *from)
{
    enum { LONGEST = 24 };
    struct text text = text_of(from);
    if (text.size > LONGEST)
        for (text.size = LONGEST; text.size && ((unsigned char)text.at[text.size] & 0xC0) == 0x80;)
            text.size--;
    return text;
}

static void refuse_place(struct sheet_reading *sheet, const char *what, const char *reference)
{
    const struct text shown = shortened(reference);
    package_damaged(xml_err(sheet->xml), "工作表“%.*s”里有%s“%.*s”，不在 %d 行、%d 列之内", TEXT_ARG(sheet->grid->name), what,
                    TEXT_ARG(shown), GRID_MAX_ROWS, GRID_MAX_COLUMNS);
    fail(sheet);
}

static void open_row(struct sheet_reading *sheet, const char **attributes)
{
    const char *const row = xml_attribute(attributes, "r");
    sheet->column = 0;
    if (!row)
        sheet->row++;
    else if (!digits_count(text_of(row), GRID_MAX_ROWS, &sheet->row) || !sheet->row)
        refuse_place(sheet, "行号", row);
    if (sheet->row > GRID_MAX_ROWS)
        refuse_place(sheet, "行号", "1048577");
}

static enum cell_type type_of(const char *type)
{
    static const struct { const char *name; enum cell_type type; } TYPES[] = {
        { "s", TYPE_SHARED }, { "str", TYPE_TEXT }, { "inlineStr", TYPE_INLINE },
        { "b", TYPE_BOOLEAN }, { "e", TYPE_ERROR }, { "d", TYPE_DATE },
    };
    for (size_t i = 0; i < COUNT(TYPES); i++)
        if (strcmp(type, TYPES[i].name) == 0)
            return TYPES[i].type;
    return TYPE_NUMBER;
}

static void open_cell(struct sheet_reading *sheet, const char **attributes)
{
    const char *reference = NULL, *type = NULL, *style = NULL;
    for (; *attributes; attributes += 2) {  /* one walk: this is the commonest element by far */
        const char *const name = attributes[0];
        if (name[0] != '\0' && name[1] == '\0') {
            if (name[0] == 'r')
                reference = attributes[1];
            else if (name[0] == 't')
                type = attributes[1];
            else if (name[0] == 's')
                style = attributes[1];
        }
    }
    sheet->in_cell = true;
    sheet->has_formula = sheet->in_inline = false;
    sheet->catching = NOTHING;
    sheet->value.size = sheet->formula.size = 0;
    sheet->type = type ? type_of(type) : TYPE_NUMBER;
    if (!style || !digits_count(text_of(style), UINT32_MAX, &sheet->style))
        sheet->style = 0;
    if (!reference) {
        if (!sheet->row)
            sheet->row = 1;
        if (++sheet->column > GRID_MAX_COLUMNS)
            refuse_place(sheet, "列号", "16385");
    } else if (!xlsx_place(text_of(reference), &sheet->row, &sheet->column)) {
        refuse_place(sheet, "单元格编号", reference);
    }
}

static void add_merge(struct sheet_reading *sheet, const char **attributes)
{
    const char *const range = xml_attribute(attributes, "ref");
    struct text rest = text_of(range), first = TEXT(""), last = TEXT("");
    struct merge merge;
    if (!range || !text_split(&rest, ':', &first) || !text_split(&rest, ':', &last))
        return; /* one cell alone */
    if (!xlsx_place(first, &merge.row, &merge.column) || !xlsx_place(last, &merge.last_row, &merge.last_column) ||
        merge.row > merge.last_row || merge.column > merge.last_column) {
        refuse_place(sheet, "合并区域", range);
    } else if (!grid_caps_merge(sheet->grid, xml_err(sheet->xml))) {
        fail(sheet);
    } else {
        grid_add_merge(sheet->grid, merge);
    }
}

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct sheet_reading *const sheet = context;
    sheet->xml = xml;
    if (sheet->in_cell) {
        if (strcmp(name, "v") == 0) {
            sheet->catching = VALUE;
        } else if (strcmp(name, "f") == 0) {
            sheet->catching = FORMULA;
            sheet->has_formula = true;
        } else if (strcmp(name, "is") == 0) {
            sheet->in_inline = true;
        } else if (strcmp(name, "rPh") == 0) {
            sheet->phonetic = true;
        } else if (strcmp(name, "t") == 0 && sheet->in_inline && !sheet->phonetic) {
            const char *const space = xml_attribute(attributes, "space");
            sheet->preserve = space && strcmp(space, "preserve") == 0;
            sheet->piece_start = sheet->value.size;
            sheet->catching = PIECE;
        }
    } else if (sheet->in_data) {
        if (strcmp(name, "c") == 0)
            open_cell(sheet, attributes);
        else if (strcmp(name, "row") == 0)
            open_row(sheet, attributes);
    } else if (strcmp(name, "sheetData") == 0) {
        sheet->in_data = true;
    } else if (strcmp(name, "mergeCell") == 0) {
        add_merge(sheet, attributes);
    }
}

/* Refused cells end the reading; an empty text is no cell. */
static void add_text(struct sheet_reading *sheet, enum cell_kind kind, struct text text)
{
    if (!text.size && kind != CELL_UNKNOWN)
        return;
    if (grid_caps_cell(&sheet->book->caps, sheet->grid, sheet->row, sheet->column, text.size, xml_err(sheet->xml)))
        grid_add_text(sheet->grid, sheet->row, sheet->column, kind, text);
    else
        fail(sheet);
}

static void add_number(struct sheet_reading *sheet, enum cell_kind kind, double number, bool percent)
{
    if (grid_caps_cell(&sheet->book->caps, sheet->grid, sheet->row, sheet->column, 0, xml_err(sheet->xml)))
        grid_add_number(sheet->grid, sheet->row, sheet->column, kind, number, percent);
    else
        fail(sheet);
}

static void add_shared(struct sheet_reading *sheet, struct text index)
{
    const struct xlsx_strings *const strings = &sheet->book->strings;
    uint32_t i;
    if (digits_count(index, UINT32_MAX, &i) && i < strings->n) {
        add_text(sheet, CELL_TEXT, xlsx_string(strings, i));
        return;
    }
    char cell[16];
    package_damaged(xml_err(sheet->xml), "工作表“%.*s”的 %s 指向第 %.*s 条共享文字，而文件里只有 %zu 条", TEXT_ARG(sheet->grid->name),
                    cell_name(cell, sheet->row, sheet->column), index.size > 10 ? 10 : (int)index.size, index.at, strings->n);
    fail(sheet);
}

static void add_plain(struct sheet_reading *sheet, struct text digits)
{
    const struct styles *const styles = &sheet->book->styles;
    const struct number_format format =
        sheet->style < styles->n ? styles->formats[sheet->style] : (struct number_format){ 0 };
    double number, date;
    if (!number_parse(digits, &number))
        add_text(sheet, CELL_TEXT, digits); /* a finding will say that it is no number */
    else if (format.date && date_of_serial(number, sheet->book->from_1904, &date))
        add_number(sheet, CELL_DATE, date, false);
    else
        add_number(sheet, CELL_NUMBER, number, format.percent);
}

static void add_date(struct sheet_reading *sheet, struct text text)   /* t="d": strict OOXML */
{
    double date;
    if (iso_date(text, &date))
        add_number(sheet, CELL_DATE, date, false);
    else
        add_text(sheet, CELL_TEXT, text);
}

static void close_cell(struct sheet_reading *sheet)
{
    const bool is_text = sheet->type == TYPE_TEXT || sheet->type == TYPE_INLINE;
    sheet->in_cell = false;
    if (is_text)
        xlsx_unescape(&sheet->value, 0);
    const struct text value = is_text ? buf_text(&sheet->value) : text_trim(buf_text(&sheet->value));
    if (!value.size) {
        /* A formula that gave the empty text is t="str"; without that nobody has computed it. */
        if (sheet->has_formula && !is_text)
            add_text(sheet, CELL_UNKNOWN, buf_text(&sheet->formula));
        return;
    }
    switch (sheet->type) {
    case TYPE_SHARED: add_shared(sheet, value); break;
    case TYPE_INLINE:
    case TYPE_TEXT: add_text(sheet, CELL_TEXT, value); break;
    case TYPE_ERROR: add_text(sheet, CELL_ERROR, value); break;
    case TYPE_DATE: add_date(sheet, value); break;
    case TYPE_NUMBER: add_plain(sheet, value); break;
    case TYPE_BOOLEAN:
        if (text_equal(value, TEXT("1")) || text_equal(value, TEXT("true")))
            add_number(sheet, CELL_BOOLEAN, 1, false);
        else if (text_equal(value, TEXT("0")) || text_equal(value, TEXT("false")))
            add_number(sheet, CELL_BOOLEAN, 0, false);
        else
            add_text(sheet, CELL_TEXT, value);
        break;
    }
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    (void)xml;
    struct sheet_reading *const sheet = context;
    if (sheet->in_cell) {
        if (strcmp(name, "c") == 0) {
            close_cell(sheet);
        } else if (strcmp(name, "v") == 0 || strcmp(name, "f") == 0) {
            sheet->catching = NOTHING;
        } else if (strcmp(name, "t") == 0) {
            if (sheet->catching == PIECE && !sheet->preserve)
                xlsx_trim(&sheet->value, sheet->piece_start);
            sheet->catching = NOTHING;
        } else if (strcmp(name, "is") == 0) {
            sheet->in_inline = false;
        } else if (strcmp(name, "rPh") == 0) {
            sheet->phonetic = false;
        }
    } else if (strcmp(name, "sheetData") == 0) {
        sheet->in_data = false;
    }
}

static void on_text(void *context, struct xml *xml, struct text text)
{
    struct sheet_reading *const sheet = context;
    switch (sheet->catching) {
    case NOTHING: return;
    case FORMULA:
        if (sheet->formula.size + text.size <= LONGEST_FORMULA)
            buf_add(&sheet->formula, text);
        return;
    case VALUE:
    case PIECE: buf_add(&sheet->value, text); break;
    }
    if (sheet->value.size > 3 * GRID_MAX_TEXT &&
        !grid_caps_cell(&sheet->book->caps, sheet->grid, sheet->row, sheet->column, sheet->value.size, xml_err(xml)))
        xml_fail(xml);
}

bool xlsx_sheet_read(struct xlsx_book *book, size_t part, struct grid *grid, struct err *err)
{
    static const struct xml_handler handler = { on_open, on_close, on_text };
    struct arena *scratch = arena_new("xlsx sheet");
    struct sheet_reading sheet = { .book = book, .grid = grid, .value = { .mem = scratch }, .formula = { .mem = scratch } };
    const bool ok = xml_read(book->package, part, &handler, &sheet, err);
    arena_free(&scratch);
    if (ok)
        grid_finish(grid);
    return ok;
}
