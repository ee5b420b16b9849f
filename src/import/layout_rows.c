#include "import/layout_rows.h"

#include "base/number.h"
#include "import/value.h"

#include <stdlib.h>

/* ---- one row on its way into a batch ---- */

struct fault {
    uint16_t item;
    uint32_t row, column;
    struct text read;
    struct value_fault what;
};

struct row {
    const struct item_list *items;
    const struct binding *binding;
    uint16_t *placed; /* the items the table holds */
    size_t n_placed;
    double number[MAX_ITEMS];
    struct text text[MAX_ITEMS];
    struct fault *faults; /* [n_placed] */
    size_t n_faults;
};

static struct row *row_new(struct arena *mem, const struct binding *binding, const struct item_list *items)
{
    struct row *row = arena_make(mem, struct row);
    row->items = items;
    row->binding = binding;
    row->placed = arena_array(mem, items->n + 1, uint16_t);
    for (size_t i = 0; i < items->n; i++)
        if (binding->table.place[i])
            row->placed[row->n_placed++] = (uint16_t)i;
    row->faults = arena_array(mem, row->n_placed + 1, struct fault);
    return row;
}

static bool is_empty(const struct grid *grid, const struct cell *cell)
{
    return !cell || (cell->kind == CELL_TEXT && !text_trim(grid_text(grid, cell)).size);
}

/* Reads one cell into the row; a fault waits until the school's name is known. */
static void row_take(struct row *row, uint16_t index, const struct grid *grid, const struct cell *cell,
                     uint32_t at_row, uint32_t at_column, struct arena *scratch)
{
    const struct item *item = &row->items->at[index];
    struct value_fault fault = { .rule = TEXT("") };
    row->number[index] = BLANK;
    row->text[index] = TEXT("");
    if (is_empty(grid, cell))
        return;
    if (item->type == ITEM_TEXT)
        row->text[index] = value_text(scratch, item, grid, cell, &fault);
    else
        row->number[index] = value_number(scratch, item, grid, cell, &fault);
    if (fault.rule.size) {
        struct text read = grid_shown(scratch, grid, cell);
        if (read.size > 120) { /* enough to know the cell by; cut between characters */
            read.size = 120;
            while (read.size && ((unsigned char)read.at[read.size] & 0xC0) == 0x80)
                read.size--;
        }
        row->faults[row->n_faults++] = (struct fault){ index, at_row, at_column, read, fault };
    }
}

static struct text named_text(const struct row *row, uint16_t item)
{
    return item != NO_ITEM && row->binding->table.place[item] ? row->text[item] : TEXT("");
}

static void report_faults(struct row *row, const struct table_sink *sink, struct arena *scratch)
{
    const bool schools = row->binding->table.kind == TABLE_SCHOOLS;
    const struct text code = named_text(row, schools ? row->items->school_code : row->items->county_code);
    const struct text name = named_text(row, schools ? row->items->school_name : row->items->county_name);
    const struct text school = !row->n_faults ? TEXT("")
                               : code.size && name.size
                                   ? text_printf(scratch, "%.*s %.*s", TEXT_ARG(code), TEXT_ARG(name))
                               : code.size ? code
                                           : name;
    for (size_t i = 0; i < row->n_faults; i++) {
        const struct fault *fault = &row->faults[i];
        const struct finding finding = {
            .level = fault->what.level,
            .rule = fault->what.rule,
            .file = row->binding->table.file,
            .sheet = row->binding->table.sheet,
            .row = fault->row,
            .column = fault->column,
            .school = school,
            .item = row->items->at[fault->item].code,
            .read = fault->read,
            .expected = fault->what.expected,
            .mend = fault->what.mend,
        };
        sink->finding(sink->context, &finding);
    }
    row->n_faults = 0;
}

/* ---- batches ---- */

struct out {
    const struct table_sink *sink;
    struct batch *batch;
};

static bool ship(struct out *out, struct err *err)
{
    struct batch *const full = out->batch;
    out->batch = NULL;
    return !full || !full->n || out->sink->ship(out->sink->context, full, err);
}

/* Writes the row behind those of the batch; false when its texts found no room. */
static bool row_write(const struct row *row, struct batch *batch, uint32_t at_row,
                      const struct table_sink *sink)
{
    for (size_t i = 0; i < row->n_placed; i++) {
        const uint16_t item = row->placed[i];
        if (row->items->at[item].type != ITEM_TEXT) {
            batch->number[item][batch->n] = row->number[item];
            continue;
        }
        struct text kept = row->text[item];
        if (kept.size) {
            kept = sink->keep_text(sink->context, batch, kept);
            if (!kept.at)
                return false;
        }
        batch->text[item][batch->n] = kept;
    }
    batch->row[batch->n++] = at_row;
    return true;
}

static bool row_send(struct row *row, uint32_t at_row, struct out *out, struct err *err)
{
    for (int tries = 0; tries < 2; tries++) {
        if (out->batch && out->batch->n >= out->batch->capacity && !ship(out, err))
            return false;
        if (!out->batch)
            out->batch = out->sink->room(out->sink->context);
        if (row_write(row, out->batch, at_row, out->sink))
            return true;
        if (!ship(out, err))
            return false;
    }
    err_set(err, ERR_LIMIT, "%.*s 第 %u 行的文字太长，读不下。", TEXT_ARG(row->binding->table.file), at_row);
    return err_hint(err, "把学校名称等文字缩短到一百字以内再导入。");
}

/* ---- cells merged over several rows ---- */

/* 乡镇 merged down beside its schools holds for each of them; a figure merged over several
 * schools is nobody's. */
struct spans {
    const struct merge *of[MAX_ITEMS];
    const struct merge **by_row;
    size_t n, next;
};

static int by_first_row(const void *a, const void *b)
{
    const struct merge *const x = *(const struct merge *const *)a, *const y = *(const struct merge *const *)b;
    return (x->row > y->row) - (x->row < y->row);
}

static void spans_find(struct spans *spans, const struct grid *grid, uint32_t after, struct arena *mem)
{
    *spans = (struct spans){ .by_row = arena_array(mem, grid->n_merges + 1, const struct merge *) };
    for (size_t i = 0; i < grid->n_merges; i++)
        if (grid->merges[i].row > after && grid->merges[i].last_row > grid->merges[i].row)
            spans->by_row[spans->n++] = &grid->merges[i];
    if (spans->n)
        qsort(spans->by_row, spans->n, sizeof spans->by_row[0], by_first_row);
}

static void spans_move_to(struct spans *spans, uint32_t at_row, const struct row *row)
{
    for (; spans->next < spans->n && spans->by_row[spans->next]->row <= at_row; spans->next++) {
        const struct merge *merge = spans->by_row[spans->next];
        for (size_t i = 0; i < row->n_placed; i++) {
            const uint32_t column = row->binding->table.place[row->placed[i]];
            if (column >= merge->column && column <= merge->last_column)
                spans->of[row->placed[i]] = merge;
        }
    }
}

static void take_merged(struct row *row, struct spans *spans, uint16_t item, const struct grid *grid,
                        uint32_t at_row, const struct cell *cell, struct arena *scratch)
{
    const struct merge *merge = spans->of[item];
    const uint32_t column = row->binding->table.place[item];
    if (!merge || at_row > merge->last_row) {
        row_take(row, item, grid, cell, at_row, column, scratch);
        return;
    }
    cell = grid_at(grid, merge->row, merge->column);
    const struct item *what = &row->items->at[item];
    const bool own = item == row->items->school_code || item == row->items->school_name;
    if (!cell || ((what->type == ITEM_TEXT || what->type == ITEM_ENUM || what->level == ITEM_KEY) && !own)) {
        row_take(row, item, grid, cell, at_row, column, scratch);
        return;
    }
    row->number[item] = BLANK;
    row->text[item] = TEXT("");
    if (own && at_row == merge->row)
        row_take(row, item, grid, cell, at_row, column,
                 scratch); /* two rows of one school: the first has its name */
    else if (!own && at_row == merge->row)
        row->faults[row->n_faults++] =
            (struct fault){ item,
                            at_row,
                            column,
                            grid_shown(scratch, grid, cell),
                            { TEXT("cell.merged"), TEXT("一个数合并在几行里，不知道属于哪一行，没有读取"),
                              TEXT("取消合并单元格，每行各填各的数"), FINDING_ERROR } };
}

/* ---- rows under a header ---- */

/* What bind_row and the notes need: the row's cells as texts, [column − 1]. */
static struct text *fields_of(const struct grid *grid, const struct cell *cells, size_t n, size_t *n_out,
                              struct arena *scratch)
{
    *n_out = n ? cells[n - 1].column : 0;
    struct text *fields = arena_array(scratch, *n_out + 1, struct text);
    for (size_t i = 0; i < n; i++)
        fields[cells[i].column - 1] =
            cells[i].kind == CELL_NUMBER ? TEXT("0") : grid_shown(scratch, grid, &cells[i]);
    return fields;
}

/* A row of texts that are items' names, yet not those of this header: another table starts. */
static bool starts_another(const struct grid *grid, const struct cell *cells, size_t n,
                           const struct binding *binding, const struct bind_request *request,
                           struct arena *scratch)
{
    size_t others = 0;
    for (size_t i = 0; i < n && i < 64; i++) {
        if (cells[i].kind != CELL_TEXT)
            return false;
        const uint16_t item = item_named(request->names, grid_text(grid, &cells[i]), scratch);
        others += item != NO_ITEM && binding->table.place[item] != cells[i].column;
    }
    return others >= 2;
}

/* Cells under no heading, said once a column. */
static void report_bare_column(const struct cell *cell, const struct binding *binding,
                               const struct grid *grid, const struct table_sink *sink, struct arena *scratch)
{
    const struct finding finding = {
        .level = FINDING_NOTE,
        .rule = TEXT("header.blank"),
        .file = binding->table.file,
        .sheet = binding->table.sheet,
        .row = cell->row,
        .column = cell->column,
        .school = TEXT(""),
        .item = TEXT(""),
        .read = grid_shown(scratch, grid, cell),
        .expected = TEXT("这一列没有表头，没有读取"),
        .mend = TEXT("如果是指标，在表头写上它的名称"),
    };
    sink->finding(sink->context, &finding);
}

enum { MOST_BARE = 50 };

static void look_at_bare_columns(const struct cell *cells, size_t n, const struct binding *binding,
                                 const struct grid *grid, bool *known, size_t *said,
                                 const struct table_sink *sink, struct arena *scratch)
{
    for (size_t i = 0; i < n; i++)
        if (!known[cells[i].column] && cells[i].kind == CELL_NUMBER && *said < MOST_BARE) {
            known[cells[i].column] = true;
            ++*said;
            report_bare_column(&cells[i], binding, grid, sink, scratch);
        }
}

static const struct cell *cell_of(const struct cell *cells, size_t n, uint32_t column)
{
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (cells[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && cells[low].column == column ? &cells[low] : NULL;
}

/* One row of cells: read and sent, or left out with a note. */
static bool row_read(const struct grid *grid, const struct cell *cells, size_t n, struct row *row,
                     struct spans *spans, const struct bind_request *request, struct out *out,
                     struct arena *scratch, struct err *err)
{
    const struct binding *binding = row->binding;
    const uint32_t at_row = cells[0].row;
    bool all_blank = true;
    size_t n_fields, at = 0;
    const uint16_t key =
        binding->table.kind == TABLE_SCHOOLS ? row->items->school_code : row->items->county_code;
    const struct cell *code =
        key != NO_ITEM && binding->table.place[key] ? cell_of(cells, n, binding->table.place[key]) : NULL;
    if (!code || code->kind != CELL_NUMBER) {
        const struct text *fields = fields_of(grid, cells, n, &n_fields, scratch);
        enum row_kind kind = bind_row(binding, request, fields, n_fields, scratch);
        if (kind != ROW_DATA) {
            while (at < n_fields && !fields[at].size)
                at++;
            struct text shown = at < n_fields ? fields[at] : TEXT("");
            if (shown.size > 90)
                shown = TEXT("");
            bind_report_row(binding, at_row, kind, shown, out->sink);
            return true;
        }
    }
    spans_move_to(spans, at_row, row);
    for (size_t i = 0; i < row->n_placed; i++) {
        const uint16_t item = row->placed[i];
        const struct cell *cell = cell_of(cells, n, binding->table.place[item]);
        take_merged(row, spans, item, grid, at_row, cell, scratch);
        all_blank = all_blank && is_empty(grid, cell);
    }
    if (all_blank) {
        row->n_faults = 0;
        return true;
    }
    report_faults(row, out->sink, scratch);
    return row_send(row, at_row, out, err);
}

bool rows_read(const struct grid *grid, const struct binding *binding, const struct bind_request *request,
               const struct table_sink *sink, uint32_t *next_out, struct arena *scratch, struct err *err)
{
    struct out out = { .sink = sink };
    struct spans spans;
    struct row *row = row_new(scratch, binding, item_names_list(request->names));
    bool *known = arena_array(scratch, UINT16_MAX + 1, bool), well = true;
    size_t said = 0;
    const struct cell *cell;
    *next_out = UINT32_MAX;
    for (size_t i = 0; i < binding->n_bound; i++)
        known[binding->bound[i].column] = true;
    spans_find(&spans, grid, binding->table.header_row, scratch);
    if (!sink->begin(sink->context, &binding->table, err))
        return false;
    grid_row(grid, binding->table.header_row + 1, &cell);
    for (const struct cell *const end = grid->cells + grid->n; cell < end && well;) {
        const struct arena_mark mark = arena_mark(scratch);
        size_t n = 1;
        while (cell + n < end && cell[n].row == cell->row)
            n++;
        if (n >= 2 && starts_another(grid, cell, n, binding, request, scratch)) {
            *next_out = cell->row;
            arena_rewind(scratch, mark);
            break;
        }
        look_at_bare_columns(cell, n, binding, grid, known, &said, sink, scratch);
        well = row_read(grid, cell, n, row, &spans, request, &out, scratch, err);
        arena_rewind(scratch, mark);
        cell += n;
    }
    return well && ship(&out, err) && sink->end(sink->context, err);
}

/* ---- items that run down ---- */

bool lines_read(const struct grid *grid, struct binding *binding, const struct bind_request *request,
                const struct table_sink *sink, struct arena *scratch, struct err *err)
{
    struct row *row = row_new(scratch, binding, item_names_list(request->names));
    for (size_t v = 0; v < binding->n_value_columns; v++) {
        const struct arena_mark mark = arena_mark(scratch);
        struct out out = { .sink = sink };
        bool filled = false, well = true;
        binding->table.value_column = binding->value_columns[v];
        if (!sink->begin(sink->context, &binding->table, err))
            return false;
        for (size_t i = 0; i < row->n_placed; i++) {
            const uint16_t item = row->placed[i];
            const uint32_t at_row = binding->table.place[item];
            const struct cell *cell = grid_at_merged(grid, at_row, binding->table.value_column);
            filled = filled || (!is_empty(grid, cell) && at_row >= binding->first_row);
            row_take(row, item, grid, cell, at_row, binding->table.value_column, scratch);
        }
        report_faults(row, sink, scratch);
        if (filled) {
            well = row_send(row, binding->first_row, &out, err) && ship(&out, err);
        } else {
            const struct finding blank = {
                .level = FINDING_WARNING,
                .rule = TEXT("layout.blank_form"),
                .file = binding->table.file,
                .sheet = binding->table.sheet,
                .row = binding->first_row,
                .column = binding->table.value_column,
                .school = TEXT(""),
                .item = TEXT(""),
                .read = TEXT(""),
                .expected = TEXT("这张表一个数也没有填"),
                .mend = TEXT("填写后再导入"),
            };
            sink->finding(sink->context, &blank);
        }
        if (!well || !sink->end(sink->context, err))
            return false;
        arena_rewind(scratch, mark);
    }
    return true;
}
