/* Import: a file back with its faults marked, a row of it as it stood, everything found and changed as a workbook. */
#include "app/annotate.h"
#include "app/export.h"
#include "app/import_row.h"
#include "app/written.h"
#include "made/templates.h"
#include "report/write_workbook.h"
#include "web/frame.h"
#include "web/page_import.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_import.h"

static const char XLSX[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
enum { MOST_ROW = 1 << 20, MOST_COLUMN = 1 << 14 };

static bool number_of(const struct request *request, const char *capture, size_t *out, struct err *err)
{
    const struct text said = request_capture(request, capture);
    size_t n = 0;
    for (size_t i = 0; i < said.size && i < 4; i++) {
        if (said.at[i] < '0' || said.at[i] > '9')
            return err_set(err, ERR_ABSENT, "这次导入没有这个文件。");
        n = n * 10 + (size_t)(said.at[i] - '0');
    }
    *out = n;
    return true;
}

/* ---- the workbook marked ------------------------------------------------------------------- */

static struct text without_ending(struct text name)
{
    const char *const dot = name.size ? memrchr(name.at, '.', name.size) : NULL;
    return dot ? (struct text){ name.at, (size_t)(dot - name.at) } : name;
}

bool page_import_marked(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id");
    struct import_view import;
    struct text name, bytes, marked;
    size_t file;
    if (!number_of(request, "n", &file, err) || !app_import_view(request->house, &request->actor, id, request->mem, &import, err) ||
        !app_import_file(request->house, &request->actor, id, file, request->mem, &name, &bytes, err) ||
        !app_annotate_upload(name, bytes, request->snapshot->edition, &import.findings, request->mem, &marked, err) ||
        !app_export_note(request->house, &request->actor, text_printf(request->mem, "import:%.*s", TEXT_ARG(id)),
                         text_printf(request->mem, "marked file=%zu", file), request->now, err))
        return false;
    response_file(response, marked, XLSX, text_printf(request->mem, "%.*s-批注.xlsx", TEXT_ARG(without_ending(name))));
    return true;
}

/* ---- everything ---------------------------------------------------------------------------- */

static bool write_list(const char *path, void *context, struct err *err)
{
    return write_workbook(path, context, 2, err);
}

bool page_import_list(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id");
    struct import_view import;
    struct sheet *sheets[2];
    struct text bytes;
    size_t ignored;
    if (!app_import_view(request->house, &request->actor, id, request->mem, &import, err))
        return false;
    import_sheets(request->mem, &import.findings, &request->snapshot->edition->items, import_changes_said(request, &import.difference, &ignored),
                  import.difference.n, request->lang == LANG_EN, sheets);
    if (!app_written(write_list, sheets, request->mem, &bytes, err) ||
        !app_export_note(request->house, &request->actor, text_printf(request->mem, "import:%.*s", TEXT_ARG(id)),
                         text_printf(request->mem, "list findings=%zu changes=%zu", import.findings.n, import.difference.n), request->now, err))
        return false;
    response_file(response, bytes, XLSX, text_printf(request->mem, "%.*s-核对清单.xlsx", TEXT_ARG(import.n_files ? without_ending(import.files[0].name) : id)));
    return true;
}

/* ---- a row as it stood ---------------------------------------------------------------------- */

static struct text column_name(struct arena *mem, uint32_t column)
{
    char name[16];
    struct text said = text_copy(mem, text_of(cell_name(name, 1, column)));
    said.size -= said.size > 0; /* without the row */
    return said;
}

static void add_cells(struct view_import_row *v, const struct import_row *row, uint32_t hit, struct arena *mem)
{
    v->cells = arena_array(mem, row->n, struct strip_cell);
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].text.size || row->cells[i].column == hit)
            v->cells[v->n++] = (struct strip_cell){ column_name(mem, row->cells[i].column), row->cells[i].head, row->cells[i].text,
                                                row->cells[i].column == hit };
}

static void add_sentences(struct view_import_row *v, const struct import_view *import, struct text file, struct text sheet, int64_t row,
                          int64_t column, struct arena *mem)
{
    v->sentences = arena_array(mem, import->findings.n, struct strip_sentence);
    for (size_t i = 0; i < import->findings.n; i++) {
        const struct finding *const f = &import->findings.at[i];
        if (f->row == row && (!column || f->column == column) && text_equal(f->file, file) && text_equal(f->sheet, sheet))
            v->sentences[v->n_sentences++] = (struct strip_sentence){ finding_sentence(mem, f), f->level == FINDING_ERROR };
    }
}

bool page_import_row(struct request *request, struct response *response, struct err *err)
{
    struct arena *const mem = request->mem;
    const struct text id = request_capture(request, "id"), sheet = request_query(request, "sheet");
    struct import_view import;
    struct import_row row;
    int64_t at, column;
    size_t file;
    char cell[16];
    if (!number_of(request, "n", &file, err) || !request_query_number(request, "row", 1, MOST_ROW, 1, &at, err) ||
        !request_query_number(request, "column", 0, MOST_COLUMN, 0, &column, err) ||
        !app_import_view(request->house, &request->actor, id, mem, &import, err) ||
        !app_import_row(request->house, &request->actor, id, file, sheet, (uint32_t)at, mem, &row, err))
        return false;
    cell_name(cell, (uint32_t)at, (uint32_t)column);
    struct view_import_row view = { .id = id, .title = cell[0] ? text_copy(mem, text_of(cell)) : SAID(mem, request->lang, T_IMPORT_ROW_ONLY, text_printf(mem, "%lld", (long long)at)),
                                    .place = sheet.size ? text_printf(mem, "%.*s · %.*s", TEXT_ARG(row.file), TEXT_ARG(sheet)) : row.file,
                                    .part = request->htmx };
    add_cells(&view, &row, (uint32_t)column, mem);
    add_sentences(&view, &import, row.file, sheet, at, column, mem);
    struct html html = html_begin(mem, request->lang);
    if (view.part) {
        template_import_row_part(&html, &view);
    } else {
        view.frame = frame_of(request, say(mem, request->lang, T_IMPORT_TITLE, NULL, 0), "import");
        template_import_row(&html, &view);
    }
    response_html(response, &html);
    return true;
}
