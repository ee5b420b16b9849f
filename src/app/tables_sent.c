#include "app/tables_sent.h"

#include "base/number.h"
#include "intake/handover.h"
#include "model/cells.h"

/* Words are kept as they stand: a question may begin with a blank. */
static struct text cell_words(const struct shown_cell *cell, struct arena *mem)
{
    return cell->kind == SHOWN_TEXT ? text_copy(mem, cell->text) : cell_said(cell, mem);
}

static struct cell_table table_of(struct cell_source *source, struct arena *mem)
{
    struct cell_table table = { .file = source->file, .sheet = source->sheet, .rows = arena_array(mem, CELL_MOST_ROWS, struct cell_row) };
    struct shown_cell cell;
    while (source->next(source->context, &cell)) {
        if (cell.row > CELL_MOST_ROWS || cell.column > CELL_MOST_COLUMNS)
            continue;
        struct cell_row *const row = &table.rows[cell.row - 1];
        if (!row->at) {
            row->at = arena_array(mem, CELL_MOST_COLUMNS, struct text);
            row->n = CELL_MOST_COLUMNS;
        }
        ((struct text *)row->at)[cell.column - 1] = cell_words(&cell, mem);
        if (cell.row > table.n)
            table.n = cell.row;
    }
    return table;
}

bool app_tables_sent(struct house *house, struct text name, struct text bytes, struct arena *mem, struct cell_table **out, size_t *n_out,
                     struct err *err)
{
    const struct handover_file file = { handover_name(mem, name), bytes };
    const struct handover_window all = { NULL, 0, 0 };
    struct cell_source *sources;
    size_t n;
    if (!bytes.size) {
        err_set(err, ERR_USAGE, "还没有选文件。");
        return err_hint(err, "请选填好的模板（.xlsx 或 .csv），再上传。");
    }
    if (!text_starts(bytes, TEXT("PK")) && !text_starts(bytes, TEXT("\xD0\xCF\x11\xE0"))) {
        *out = arena_make(mem, struct cell_table);
        *n_out = 1;
        return cell_table_csv(file.name, bytes, mem, *out, err);
    }
    if (!handover_cells(NULL, &file, &house_edition(house)->items, &all, mem, &sources, &n, err))
        return false;
    if (!n) {
        err_set(err, ERR_INPUT, "“%.*s”里没有工作表。", TEXT_ARG(file.name));
        return err_hint(err, "请用下载的模板填写。");
    }
    *out = arena_array(mem, n, struct cell_table);
    *n_out = n;
    for (size_t i = 0; i < n; i++)
        (*out)[i] = table_of(&sources[i], mem);
    return true;
}
