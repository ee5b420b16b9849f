/* The official tables 表Ⅰ–Ⅵ as they are printed, each number with its source; and as a workbook. */
#include "app/official_export.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/sheet_words.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/query.h"
#include "web/say.h"
#include "web/view_tables.h"

struct tables {
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n, chosen;
    struct official_written last;
    struct sheet_differences differences[MOST_OFFICIAL_SHEETS];  /* zero where nothing was exported */
    size_t changed, gone;
};

/* ---- parse and act ------------------------------------------------------------------------ */

static bool choose(const struct request *request, struct tables *t, struct err *err)
{
    const struct text wanted = request_query(request, "table");
    for (size_t i = 0; i < t->n; i++)
        if (text_equal(wanted, t->sheets[i]->name)) {
            t->chosen = i;
            return true;
        }
    t->chosen = 0;
    return !wanted.size || err_set(err, ERR_ABSENT, "没有“%.*s”这张表。", (int)(wanted.size > 40 ? 40 : wanted.size), wanted.at);
}

static bool compare(struct request *request, struct tables *t, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    struct sheet *then[MOST_OFFICIAL_SHEETS];
    size_t n = 0;
    if (!app_official_last(request->house, s->years[request->year], request->mem, &t->last, err))
        return false;
    if (!t->last.ever || t->last.version == (int64_t)s->version)
        return true;
    if (!app_official_then(request->house, s, s->years[request->year], t->last.version, request->mem, then, &n, err))
        return false;
    for (size_t i = 0; i < t->n && i < n; i++) {
        sheets_compare(request->mem, t->sheets[i], then[i], &t->differences[i]);
        t->changed += t->differences[i].n;
        t->gone += t->differences[i].gone;
    }
    return true;
}

/* ---- view: cells -------------------------------------------------------------------------- */

static const char *class_of(const struct sheet_cell *cell)
{
    switch (cell->look) {
    case LOOK_FORM_TITLE: return "title";
    case LOOK_FORM_CODE: return "code";
    case LOOK_FORM_LABEL:
    case LOOK_FORM_TEXT: return "words";
    case LOOK_FORM_NOTE: return "remark";
    default: return "c";
    }
}

static struct form_part part(struct arena *mem, struct text text, struct text trace)
{
    return (struct form_part){ text, trace.size ? text_printf(mem, "/lineage?of=%.*s", TEXT_ARG(percent_encode_part(trace, mem))) : (struct text){ 0 } };
}

static struct form_cell cell_of(struct arena *mem, const struct sheet_cell *from, size_t at, const struct sheet_differences *d)
{
    struct form_cell cell = {
        .rowspan = from->last_row - from->row + 1, .colspan = from->last_column - from->column + 1, .class = class_of(from),
        .head = from->look == LOOK_FORM_HEAD || from->look == LOOK_FORM_CODE, .missing = from->is_missing,
        .changed = d->changed && d->changed[at], .was = d->was ? d->was[at] : (struct text){ 0 },
        .n = from->n_parts ? from->n_parts : 1,
    };
    cell.parts = arena_array(mem, cell.n, struct form_part);
    if (!from->n_parts)
        cell.parts[0] = part(mem, sheet_cell_words(mem, from), from->trace);
    for (size_t i = 0; i < from->n_parts; i++)
        cell.parts[i] = part(mem, from->parts[i].text, from->parts[i].trace);
    return cell;
}

/* Every place of the grid is a cell, part of a merged one, or an empty cell. */
static struct form_row *rows_of(struct arena *mem, const struct sheet *sheet, const struct sheet_differences *d, size_t *n_out, unsigned *columns_out)
{
    uint32_t n = 0, columns = 0;
    for (size_t i = 0; i < sheet->n; i++) {
        n = sheet->cells[i].last_row > n ? sheet->cells[i].last_row : n;
        columns = sheet->cells[i].last_column > columns ? sheet->cells[i].last_column : columns;
    }
    struct form_row *const rows = arena_array(mem, n, struct form_row);
    bool *const taken = arena_array(mem, (size_t)n * columns, bool);
    for (size_t i = 0; i < sheet->n; i++)
        for (uint32_t r = sheet->cells[i].row; r <= sheet->cells[i].last_row; r++)
            for (uint32_t c = sheet->cells[i].column; c <= sheet->cells[i].last_column; c++)
                taken[(size_t)(r - 1) * columns + c - 1] = true;
    size_t next = 0;
    for (uint32_t r = 1; r <= n; r++) {
        struct form_row *const row = &rows[r - 1];
        row->cells = arena_array(mem, columns, struct form_cell);
        for (uint32_t c = 1; c <= columns; c++) {
            if (next < sheet->n && sheet->cells[next].row == r && sheet->cells[next].column == c) {
                const struct sheet_cell *const from = &sheet->cells[next];
                struct form_cell *const cell = &row->cells[row->n++];
                *cell = cell_of(mem, from, next++, d);
                /* Titles and remarks run on over the empty cells beside them, as they do in a spreadsheet. */
                const bool runs_on = from->look == LOOK_FORM_TITLE || from->look == LOOK_FORM_NOTE;
                while (runs_on && from->last_row == r && c + cell->colspan <= columns && !taken[(size_t)(r - 1) * columns + c + cell->colspan - 1])
                    cell->colspan++;
                c += runs_on ? cell->colspan - 1 : 0;
            } else if (!taken[(size_t)(r - 1) * columns + c - 1]) {
                row->cells[row->n++] = (struct form_cell){ .rowspan = 1, .colspan = 1, .class = "bare" };
            }
        }
    }
    *n_out = n;
    *columns_out = columns;
    return rows;
}

/* ---- view: what is said ------------------------------------------------------------------- */

static void count_places(const struct sheet *sheet, size_t *filled, size_t *missing)
{
    *filled = *missing = 0;
    for (size_t i = 0; i < sheet->n; i++) {
        *missing += sheet->cells[i].is_missing;
        *filled += sheet->cells[i].trace.size && !sheet->cells[i].is_missing;
        for (size_t k = 0; k < sheet->cells[i].n_parts; k++)
            *filled += sheet->cells[i].parts[k].trace.size > 0;
    }
}

static void say_exported(const struct request *request, const struct tables *t, struct view_tables *view)
{
    struct arena *const mem = request->mem;
    if (!t->last.ever)
        return;
    view->exported = SAID(mem, request->lang, T_TABLES_EXPORTED, time_shown(t->last.at, mem), t->last.who, say_count(mem, t->last.version));
    if (!t->changed && !t->gone)
        view->changes = say(mem, request->lang, T_TABLES_SAME, NULL, 0);
    else if (!t->gone)
        view->changes = SAID(mem, request->lang, T_TABLES_CHANGED, say_count(mem, (int64_t)t->changed));
    else
        view->changes = SAID(mem, request->lang, T_TABLES_CHANGED_GONE, say_count(mem, (int64_t)t->changed), say_count(mem, (int64_t)t->gone));
}

/* 表1 → 表Ⅰ, as it is called in the documents. */
static struct text label_of(const struct request *request, const struct text name)
{
    const struct official_form *const form = house_official(request->house);
    for (size_t i = 0; i < form->n_sheets; i++)
        if (text_equal(form->sheets[i].name, name))
            return form->sheets[i].label;
    return name;
}

static struct view_tables view_of(struct request *request, const struct tables *t)
{
    struct arena *const mem = request->mem;
    const struct sheet *const sheet = t->sheets[t->chosen];
    struct view_tables view = { .frame = frame_of(request, say(mem, request->lang, T_TABLES_TITLE, NULL, 0), "tables"), .year = year_digits(request),
                                .name = label_of(request, sheet->name), .table = sheet->name, .may_export = (request->actor.permissions & MAY_EXPORT) != 0 };
    size_t filled, missing, n;
    unsigned columns;
    count_places(sheet, &filled, &missing);
    view.sentence = missing ? SAID(mem, request->lang, T_TABLES_FILLED_MISSING, view.name, say_count(mem, (int64_t)filled), say_count(mem, (int64_t)missing))
                            : SAID(mem, request->lang, T_TABLES_FILLED, view.name, say_count(mem, (int64_t)filled));
    view.tabs = arena_array(mem, t->n, struct form_tab);
    view.n_tabs = t->n;
    for (size_t i = 0; i < t->n; i++) {
        const struct text query = query_with(request->raw_query, "table", t->sheets[i]->name, mem);
        view.tabs[i] = (struct form_tab){ text_printf(mem, "/tables%.*s", TEXT_ARG(query)), label_of(request, t->sheets[i]->name), i == t->chosen,
                                          t->differences[i].n };
    }
    view.rows = rows_of(mem, sheet, &t->differences[t->chosen], &n, &columns);
    view.wide = columns > 8;
    if (sheet->print.first_repeated == 1 && sheet->print.last_repeated < n) {
        view.head = view.rows;
        view.n_head = sheet->print.last_repeated;
        view.rows += view.n_head;
    }
    view.n_rows = n - view.n_head;
    say_exported(request, t, &view);
    return view;
}

/* ---- the whole ---------------------------------------------------------------------------- */

bool page_tables(struct request *request, struct response *response, struct err *err)
{
    if (request->year >= request->snapshot->n_years) {
        empty_page(request, response, say(request->mem, request->lang, T_TABLES_TITLE, NULL, 0), "tables");
        return true;
    }
    struct tables t = { 0 };
    if (!app_official_now(request->house, request->snapshot, request->year, request->mem, t.sheets, &t.n, err) || !choose(request, &t, err) ||
        !compare(request, &t, err))
        return false;
    const struct view_tables view = view_of(request, &t);
    struct html html = html_begin(request->mem, request->lang);
    template_tables(&html, &view);
    response_html(response, &html);
    response_shared(response); /* an export makes another snapshot: house_redraw */
    return true;
}

bool page_tables_export(struct request *request, struct response *response, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    struct text xlsx;
    int64_t year;
    if (!request_field_number(request, "year", 0, 9999, 0, &year, err))
        return false;
    const size_t at = snapshot_year(s, (int)year);
    if (at >= s->n_years)
        return err_set(err, ERR_ABSENT, "没有 %d 学年的数据，写不出申报表。", (int)year);
    if (!app_official_write(request->house, &request->actor, s, at, request->here, request->now, request->mem, &xlsx, err))
        return false;
    response_file(response, xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  text_printf(request->mem, "%.*s申报表%d学年.xlsx", TEXT_ARG(s->county_name), s->years[at]));
    return true;
}
