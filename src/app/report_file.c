#include "app/report_file.h"

#include "app/audit.h"
#include "app/official_export.h"
#include "app/written.h"
#include "model/sheet.h"
#include "report/write_workbook.h"

static const struct text XLSX = TEXT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/* ---- tables as sheets --------------------------------------------------------------------- */

/* A table of the report, each cell with the key of its first figure. */
static struct sheet *sheet_of(const struct doc_table *table, size_t number, struct text address, struct arena *mem)
{
    struct sheet *const sheet = sheet_new(mem, text_printf(mem, "表%zu", number));
    sheet->address = address;
    sheet_put_merged(sheet, 1, 1, 1, (uint32_t)table->n_columns, LOOK_TITLE, table->caption);
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t c = 0; c < table->n_columns; c++) {
            const struct doc_cell *const cell = &table->cells[r * table->n_columns + c];
            if (!cell->across || !cell->down)
                continue;
            const enum sheet_look look = r < table->n_heads ? LOOK_HEADING : LOOK_TEXT;
            const uint32_t row = (uint32_t)r + 2, column = (uint32_t)c + 1;
            struct sheet_cell *const put = cell->across * cell->down > 1
                                               ? sheet_put_merged(sheet, row, column, row + cell->down - 1, column + cell->across - 1, look, doc_plain(mem, &cell->spans))
                                               : sheet_put_text(sheet, row, column, look, doc_plain(mem, &cell->spans));
            for (size_t i = 0; i < cell->spans.n && !put->trace.size; i++)
                put->trace = doc_key(cell->spans.at[i].key);
        }
    for (size_t c = 0; c < table->n_columns && c < SHEET_MOST_COLUMNS && table->width; c++)
        sheet->width[c + 1] = table->width[c] * 1.6 + 2;
    return sheet;
}

struct book { struct sheet **sheets; size_t n; };

static bool write_book(const char *path, void *context, struct err *err)
{
    const struct book *const book = context;
    return write_workbook(path, book->sheets, book->n, err);
}

bool app_report_tables(const struct doc *doc, struct arena *mem, struct text *out, struct err *err)
{
    struct book book = { 0 };
    size_t most = 0;
    for (size_t s = 0; s < doc->n; s++)
        most += doc->sections[s]->n;
    book.sheets = arena_array(mem, most + 1, struct sheet *);
    for (size_t s = 0; s < doc->n; s++)
        for (size_t b = 0; b < doc->sections[s]->n; b++)
            if (doc->sections[s]->blocks[b].kind == DOC_TABLE) {
                book.sheets[book.n] = sheet_of(doc->sections[s]->blocks[b].table, book.n + 1, doc->address, mem);
                book.n++;
            }
    if (!book.n)
        return err_set(err, ERR_ABSENT, "这份报告里没有表，写不出工作簿。");
    return app_written(write_book, &book, mem, out, err);
}

/* ---- the file ----------------------------------------------------------------------------- */

struct noting { const struct actor *actor; struct text object, detail; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.report", n->object, n->detail, n->now, err);
}

static bool write_as(struct doc *doc, struct text as, struct arena *mem, struct report_file *out, struct err *err)
{
    if (text_equal(as, TEXT("xlsx"))) {
        out->type = XLSX;
        return app_report_tables(doc, mem, &out->bytes, err);
    }
    const enum report_form form = report_form_of(text_printf(mem, ".%.*s", TEXT_ARG(as)));
    if (form != REPORT_DOCX && form != REPORT_PDF) {
        err_set(err, ERR_USAGE, "报告不能写成“%.*s”。", (int)(as.size > 20 ? 20 : as.size), as.at);
        return err_hint(err, "可以是 docx、pdf、xlsx。");
    }
    out->type = report_form_type(form);
    return app_report_write(doc, form, mem, &out->bytes, err);
}

bool app_report_file(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, const struct report_of *of,
                     const struct report_terms *terms, struct text as, int64_t now, struct arena *mem, struct report_file *out, struct err *err)
{
    struct report report;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_report(house, snapshot, actor, year, of, terms, mem, &report, err))
        return false;
    out->name = text_printf(mem, "%.*s%.*s.%.*s", TEXT_ARG(report.doc->title), TEXT_ARG(report.doc->subtitle), TEXT_ARG(as));
    if (of->kind == REPORT_COUNTY && text_equal(as, TEXT("xlsx"))) {
        out->type = XLSX;
        return app_official_write(house, actor, snapshot, year, terms->address, now, mem, &out->bytes, err);
    }
    if (!report_is_whole(&report, err) || !write_as(report.doc, as, mem, out, err))
        return false;
    struct noting noting = { actor, text_printf(mem, "%d/%.*s", snapshot->years[year], TEXT_ARG(report_of_word(of, mem))),
                             text_printf(mem, "version=%llu as=%.*s", (unsigned long long)snapshot->version, TEXT_ARG(as)), now };
    return db_write(house_db(house), note, &noting, err);
}
