#include "import/annotate_sheet.h"

#include "import/annotate_edit.h"
#include "import/grid_caps.h"
#include "import/xlsx_sheet.h"
#include "import/xml.h"

#include <string.h>

/* A walk over the cells of a sheet: the places as the reader counts them. */
struct walk {
    struct xml *xml;
    bool in_data, in_cell;
    uint32_t row, column;
};

enum step { STEP_OTHER, STEP_DATA, STEP_ROW, STEP_CELL };

static enum step step_into(struct walk *walk, struct xml *xml, const char *name, const char **attributes)
{
    walk->xml = xml;
    if (!walk->in_data) {
        walk->in_data = strcmp(name, "sheetData") == 0;
        return walk->in_data ? STEP_DATA : STEP_OTHER;
    }
    const char *const reference = xml_attribute(attributes, "r");
    if (walk->in_cell)
        return STEP_OTHER;
    if (strcmp(name, "row") == 0) {
        walk->column = 0;
        if (!reference || !digits_count(text_of(reference), GRID_MAX_ROWS, &walk->row))
            walk->row++;
        return STEP_ROW;
    }
    if (strcmp(name, "c") != 0)
        return STEP_OTHER;
    walk->in_cell = true;
    if (!reference || !xlsx_place(text_of(reference), &walk->row, &walk->column))
        walk->column++;
    if (!walk->row)
        walk->row = 1;
    return STEP_CELL;
}

static enum step step_out(struct walk *walk, const char *name)
{
    if (walk->in_cell) {
        walk->in_cell = strcmp(name, "c") != 0;
        return walk->in_cell ? STEP_OTHER : STEP_CELL;
    }
    if (walk->in_data && strcmp(name, "row") == 0)
        return STEP_ROW;
    if (!walk->in_data || strcmp(name, "sheetData") != 0)
        return STEP_OTHER;
    walk->in_data = false;
    return STEP_DATA;
}

/* --- merged ranges --- */

static void on_merge(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct grid *const grid = context;
    const char *const range = strcmp(name, "mergeCell") == 0 ? xml_attribute(attributes, "ref") : NULL;
    struct text rest = text_of(range), first, last;
    struct merge merge;
    if (!range || !text_split(&rest, ':', &first) || !text_split(&rest, ':', &last) ||
        !xlsx_place(first, &merge.row, &merge.column) || !xlsx_place(last, &merge.last_row, &merge.last_column))
        return;
    if (grid_caps_merge(grid, xml_err(xml)))
        grid_add_merge(grid, merge);
    else
        xml_fail(xml);
}

static void on_nothing(void *context, struct xml *xml, const char *name)
{
    (void)context, (void)xml, (void)name;
}

bool annotate_merges(struct text part, const char *shown, struct grid *into, struct err *err)
{
    static const struct xml_handler handler = { on_merge, on_nothing, NULL };
    const bool ok = xml_read_text(part, shown, &handler, into, err);
    if (ok)
        grid_finish(into);
    return ok;
}

/* --- what stands at the places --- */

struct column_style { uint32_t first, last, style; };

struct survey {
    struct walk walk;
    struct marks *marks;
    struct arena *scratch;
    struct column_style *columns;
    size_t n_columns, columns_capacity;
};

static void note_columns(struct survey *survey, const char **attributes)
{
    struct column_style column;
    if (!xml_count(attributes, "min", GRID_MAX_COLUMNS, &column.first) ||
        !xml_count(attributes, "max", GRID_MAX_COLUMNS, &column.last) ||
        !xml_count(attributes, "style", UINT32_MAX, &column.style) || survey->n_columns >= GRID_MAX_COLUMNS)
        return;
    ARENA_ROOM(survey->scratch, survey->columns, survey->n_columns, survey->columns_capacity);
    survey->columns[survey->n_columns++] = column;
}

static void on_surveyed(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct survey *const survey = context;
    struct marks *const marks = survey->marks;
    const struct walk *const walk = &survey->walk;
    uint32_t style = 0;
    switch (step_into(&survey->walk, xml, name, attributes)) {
    case STEP_ROW: {
        const bool own = xml_flag(attributes, "customFormat", false) && xml_count(attributes, "s", UINT32_MAX, &style);
        for (size_t i = marks_from(marks, walk->row, 0); i < marks->n && marks->at[i].row == walk->row; i++) {
            marks->at[i].row_there = true;
            if (own && !marks->at[i].cell_there)
                marks->at[i].style = style;
        }
        break;
    }
    case STEP_CELL: {
        const size_t i = marks_from(marks, walk->row, walk->column);
        if (i == marks->n || marks->at[i].row != walk->row || marks->at[i].column != walk->column)
            break;
        if (!xml_count(attributes, "s", UINT32_MAX, &style))
            style = 0;
        marks->at[i].cell_there = marks->at[i].row_there = true;
        marks->at[i].style = style;
        break;
    }
    case STEP_DATA:     /* the columns are known, no row is yet: their styles hold where nothing else does */
        for (size_t i = 0; i < marks->n; i++)
            for (size_t c = 0; c < survey->n_columns; c++)
                if (survey->columns[c].first <= marks->at[i].column && marks->at[i].column <= survey->columns[c].last)
                    marks->at[i].style = survey->columns[c].style;
        break;
    case STEP_OTHER:
        if (strcmp(name, "col") == 0)
            note_columns(survey, attributes);
        break;
    }
}

static void on_surveyed_close(void *context, struct xml *xml, const char *name)
{
    (void)xml;
    step_out(&((struct survey *)context)->walk, name);
}

bool annotate_survey(struct text part, const char *shown, struct marks *marks, struct err *err)
{
    static const struct xml_handler handler = { on_surveyed, on_surveyed_close, NULL };
    struct arena *scratch = arena_new("annotate survey");
    struct survey survey = { .marks = marks, .scratch = scratch };
    const bool ok = xml_read_text(part, shown, &handler, &survey, err);
    arena_free(&scratch);
    return ok;
}

/* --- the marks put in --- */

struct putting {
    struct walk walk;
    struct arena *mem;
    struct text part;
    const struct marks *marks;
    struct edits *edits;
    size_t row_mark;         /* the next mark whose row is not there */
    size_t cell_mark;        /* the next mark of this row whose cell is not there */
    struct text data_tag, row_tag, prefix;
    size_t data_start, row_start;
};

static struct text tag_here(const struct putting *putting, struct xml *xml)
{
    const size_t start = xml_start(xml);
    return (struct text){ putting->part.at + start, xml_end(xml) - start };
}

static bool wants_cell(const struct mark *mark)
{
    return mark->fill && !mark->cell_there;
}

static void add_cell(struct buf *into, const struct putting *putting, const struct mark *mark)
{
    char cell[16];
    buf_printf(into, "<%.*sc r=\"%s\" s=\"%u\"/>", TEXT_ARG(putting->prefix), cell_name(cell, mark->row, mark->column),
               mark->marked_style);
}

/* The rows that are not there, above `row`. */
static struct text missing_rows(struct putting *putting, uint32_t row)
{
    const struct marks *const marks = putting->marks;
    struct buf rows = { .mem = putting->mem };
    size_t i = putting->row_mark;
    while (i < marks->n && marks->at[i].row < row) {
        const struct mark *const first = &marks->at[i];
        struct buf cells = { .mem = putting->mem };
        for (; i < marks->n && marks->at[i].row == first->row; i++)
            if (wants_cell(&marks->at[i]))
                add_cell(&cells, putting, &marks->at[i]);
        if (!first->row_there && cells.size)
            buf_printf(&rows, "<%.*srow r=\"%u\">%.*s</%.*srow>", TEXT_ARG(putting->prefix), first->row,
                       TEXT_ARG(buf_text(&cells)), TEXT_ARG(putting->prefix));
    }
    putting->row_mark = i;
    return buf_text(&rows);
}

/* The cells of this row that are not there, left of `column`. */
static struct text missing_cells(struct putting *putting, uint32_t column)
{
    const struct marks *const marks = putting->marks;
    struct buf cells = { .mem = putting->mem };
    size_t i = putting->cell_mark;
    for (; i < marks->n && marks->at[i].row == putting->walk.row && marks->at[i].column < column; i++)
        if (wants_cell(&marks->at[i]))
            add_cell(&cells, putting, &marks->at[i]);
    putting->cell_mark = i;
    return buf_text(&cells);
}

static void open_row(struct putting *putting, struct xml *xml)
{
    const struct marks *const marks = putting->marks;
    const struct text above = missing_rows(putting, putting->walk.row);
    putting->row_start = xml_start(xml);
    putting->row_tag = tag_here(putting, xml);
    if (above.size)
        edit_add(putting->edits, putting->row_start, 0, above);
    putting->cell_mark = marks_from(marks, putting->walk.row, 0);
    bool more = false;
    for (size_t i = putting->cell_mark; i < marks->n && marks->at[i].row == putting->walk.row; i++)
        more |= wants_cell(&marks->at[i]);
    /* spans="1:5" would be wrong with a cell beyond; it is a hint and may be left out. */
    const struct text tag = more ? tag_without(putting->mem, putting->row_tag, "spans") : putting->row_tag;
    if (more && tag_is_empty(putting->row_tag)) {
        const struct text opened = tag_opened(putting->mem, tag), end = tag_end(putting->mem, tag);
        const struct text cells = missing_cells(putting, UINT32_MAX);
        edit_add(putting->edits, putting->row_start, putting->row_tag.size,
                 text_printf(putting->mem, "%.*s%.*s%.*s", TEXT_ARG(opened), TEXT_ARG(cells), TEXT_ARG(end)));
    } else if (!text_equal(tag, putting->row_tag)) {
        edit_add(putting->edits, putting->row_start, putting->row_tag.size, tag);
    }
}

static void open_cell(struct putting *putting, struct xml *xml)
{
    const struct marks *const marks = putting->marks;
    const struct text left = missing_cells(putting, putting->walk.column);
    if (left.size)
        edit_add(putting->edits, xml_start(xml), 0, left);
    const size_t i = marks_from(marks, putting->walk.row, putting->walk.column);
    if (i == marks->n || marks->at[i].row != putting->walk.row || marks->at[i].column != putting->walk.column ||
        !marks->at[i].fill)
        return;
    const struct text tag = tag_here(putting, xml);
    edit_add(putting->edits, xml_start(xml), tag.size,
             tag_with(putting->mem, tag, "s", arena_printf(putting->mem, "%u", marks->at[i].marked_style)));
}

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct putting *const putting = context;
    switch (step_into(&putting->walk, xml, name, attributes)) {
    case STEP_DATA:
        putting->data_start = xml_start(xml);
        putting->data_tag = tag_here(putting, xml);
        putting->prefix = tag_prefix(putting->data_tag);
        break;
    case STEP_ROW: open_row(putting, xml); break;
    case STEP_CELL: open_cell(putting, xml); break;
    case STEP_OTHER: break;
    }
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    struct putting *const putting = context;
    const enum step step = step_out(&putting->walk, name);
    if (step == STEP_ROW && !tag_is_empty(putting->row_tag)) {
        const struct text rest = missing_cells(putting, UINT32_MAX);
        if (rest.size)
            edit_add(putting->edits, xml_start(xml), 0, rest);
    } else if (step == STEP_DATA) {
        const struct text rows = missing_rows(putting, UINT32_MAX);
        if (rows.size && tag_is_empty(putting->data_tag)) {
            const struct text opened = tag_opened(putting->mem, putting->data_tag), end = tag_end(putting->mem, putting->data_tag);
            edit_add(putting->edits, putting->data_start, putting->data_tag.size,
                     text_printf(putting->mem, "%.*s%.*s%.*s", TEXT_ARG(opened), TEXT_ARG(rows), TEXT_ARG(end)));
        } else if (rows.size) {
            edit_add(putting->edits, xml_start(xml), 0, rows);
        }
    }
}

/* ECMA-376 18.3.1.99: the order of a worksheet's children is fixed; these come behind legacyDrawing. */
static void add_drawing(const struct outline *outline, const char *id, bool strict, struct edits *edits)
{
    static const char *const BEHIND[] = { "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
                                          "AlternateContent", "webPublishItems", "tableParts", "extLst" };
    const struct element *const root = &outline->at[0], *before = NULL;
    const struct element *const data = outline_find(outline, 2, "sheetData");
    for (size_t i = 0; i < COUNT(BEHIND); i++) {
        const struct element *const found = outline_find(outline, 2, BEHIND[i]);
        if (found && data && found->start > data->start && (!before || found->start < before->start))
            before = found;
    }
    const struct text prefix = tag_prefix(outline_tag(outline, root));
    const struct text put = text_printf(edits->mem, "<%.*slegacyDrawing xmlns:r=\"%s\" r:id=\"%s\"/>", TEXT_ARG(prefix),
        strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
               : "http://schemas.openxmlformats.org/officeDocument/2006/relationships", id);
    if (before)
        edit_add(edits, before->start, 0, put);
    else
        outline_append(outline, root, put, edits);
}

bool annotate_sheet(struct arena *mem, struct text part, const char *shown, const struct marks *marks, const char *drawing,
                    bool strict, struct text *out, struct err *err)
{
    static const struct xml_handler handler = { on_open, on_close, NULL };
    struct edits edits = { .mem = mem };
    struct putting putting = { .mem = mem, .part = part, .marks = marks, .edits = &edits };
    struct outline outline;
    if (!xml_read_text(part, shown, &handler, &putting, err) || !outline_read(mem, part, shown, 2, &outline, err))
        return false;
    if (drawing)
        add_drawing(&outline, drawing, strict, &edits);
    *out = edits_apply(mem, part, &edits);
    return true;
}
