#include "report/write_findings.h"

#include "base/unicode.h"
#include "report/xlsx_book.h"

#include <stdlib.h>

enum {
    N_KINDS = SHOWN_BOOLEAN + 1, N_LEVELS = 3,
    MAX_SHEETS = 64,
    MAX_CELL_TEXT = 32000, MAX_COMMENT = 2000,  /* characters; .xlsx holds 32,767 */
    MAX_COMMENTS = 5000,   /* a sheet; more make Excel slow to open, and the list holds them all */
    MAX_LINKS = 60000,     /* of the list; .xlsx allows 65,530 */
    WIDTHS = 1024,         /* so many columns are fitted to what they hold */
};

struct maker {
    struct xlsx_book x;
    const struct finding **by_place;                /* sorted by file, sheet, row, column, level */
    size_t n;
    lxw_format *plain[N_KINDS], *bad[N_LEVELS][N_KINDS];
    lxw_format *heading, *level[N_LEVELS], *wrapped, *link, *centred;
};

static const unsigned FILLS[N_LEVELS] = { [FINDING_ERROR] = 0xFFC7CE, [FINDING_WARNING] = 0xFFEB9C, [FINDING_NOTE] = 0xDDEBF7 };
static const struct text LEVELS[N_LEVELS] = { [FINDING_ERROR] = TEXT("错误"), [FINDING_WARNING] = TEXT("警告"), [FINDING_NOTE] = TEXT("提示") };

static void make_looks(struct maker *m)
{
    static const char *const PATTERNS[N_KINDS] = { [SHOWN_TEXT] = "@", [SHOWN_PERCENT] = "0.##%", [SHOWN_DATE] = "yyyy-mm-dd" };
    for (int kind = 0; kind < N_KINDS; kind++) {
        m->plain[kind] = xlsx_format(&m->x, (struct xlsx_look){ .pattern = PATTERNS[kind] });
        for (int level = 0; level < N_LEVELS; level++)
            m->bad[level][kind] = xlsx_format(&m->x, (struct xlsx_look){ .pattern = PATTERNS[kind], .border = true, .fill = FILLS[level] });
    }
    for (int level = 0; level < N_LEVELS; level++)
        m->level[level] = xlsx_format(&m->x, (struct xlsx_look){ .centre = true, .border = true, .fill = FILLS[level] });
    m->heading = xlsx_format(&m->x, (struct xlsx_look){ .bold = true, .centre = true, .border = true, .fill = 0xDDEBF7 });
    m->wrapped = xlsx_format(&m->x, (struct xlsx_look){ .wrap = true, .border = true });
    m->centred = xlsx_format(&m->x, (struct xlsx_look){ .centre = true, .border = true });
    m->link = xlsx_format(&m->x, (struct xlsx_look){ .centre = true, .border = true, .link = true, .colour = 0x0563C1 });
}

static int by_place(const void *a, const void *b)
{
    const struct finding *const x = *(const struct finding *const *)a, *const y = *(const struct finding *const *)b;
    const int order = finding_compare(x, y);
    return order ? order : (x > y) - (x < y);
}

static void sort_findings(struct maker *m, const struct findings *findings)
{
    m->n = findings->n;
    m->by_place = arena_array(m->x.mem, m->n + 1, const struct finding *);
    for (size_t i = 0; i < m->n; i++)
        m->by_place[i] = &findings->at[i];
    if (m->n)
        qsort(m->by_place, m->n, sizeof(const struct finding *), by_place);
}

/* ---- one sheet of what was read ---- */

struct page {
    struct maker *m;
    lxw_worksheet *sheet;
    size_t next, end;        /* findings of this sheet that are still to come, by place */
    size_t comments;
    struct arena *scratch;   /* libxlsxwriter copies what it is given */
    size_t widths[WIDTHS];
};

static bool is_of(const struct finding *finding, const struct cell_source *source)
{
    return text_equal(finding->file, source->file) && text_equal(finding->sheet, source->sheet);
}

/* −1, 0, 1: the finding's place is before, at, behind the cell. */
static int place_against(const struct finding *finding, uint32_t row, uint32_t column)
{
    if (finding->row != row)
        return finding->row < row ? -1 : 1;
    return (finding->column > column) - (finding->column < column);
}

/* All findings of one place as one comment; moves on behind them. */
static void comment(struct page *page, const struct finding *first)
{
    struct buf said = { .mem = page->scratch };
    for (; page->next < page->end; page->next++) {
        const struct finding *const f = page->m->by_place[page->next];
        if (place_against(f, first->row, first->column) != 0)
            break;
        if (said.size)
            buf_byte(&said, '\n');
        buf_add(&said, LEVELS[f->level]);
        buf_add(&said, TEXT("："));
        if (f->read.size)
            buf_printf(&said, "读到“%.*s”，", TEXT_ARG(f->read));
        buf_printf(&said, "%.*s%s", TEXT_ARG(f->expected), f->expected.size ? "。" : "");
        if (f->mend.size)
            buf_printf(&said, "%.*s。", TEXT_ARG(f->mend));
    }
    if (page->comments++ >= MAX_COMMENTS)
        return;
    const struct text whole = buf_text(&said);
    lxw_comment_options look = { .author = (char *)"均衡", .font_name = (char *)"宋体", .font_size = 9, .width = 260,
                                 .height = (uint16_t)(18 * (2 + (text_width(whole) < 1200 ? text_width(whole) : 1200) / 38)) };
    xlsx.worksheet_write_comment_opt(page->sheet, first->row - 1, (lxw_col_t)(first->column - 1),
                                xlsx_text(page->scratch, whole, MAX_COMMENT), &look);
}

static bool fits(struct page *page, uint32_t row, uint32_t column)
{
    const bool fit = row >= 1 && row <= LXW_ROW_MAX && column >= 1 && column <= LXW_COL_MAX;
    page->m->x.full |= !fit;
    return fit;
}

/* Places that hold nothing and are wrong all the same, up to the cell (row, column). */
static void fill_blanks_before(struct page *page, uint32_t row, uint32_t column)
{
    while (page->next < page->end && place_against(page->m->by_place[page->next], row, column) < 0) {
        const struct finding *const f = page->m->by_place[page->next];
        if (!f->row || !f->column) {
            page->next++; /* about a row or the whole sheet: only listed */
            continue;
        }
        if (fits(page, f->row, f->column))
            xlsx.worksheet_write_blank(page->sheet, f->row - 1, (lxw_col_t)(f->column - 1), page->m->bad[f->level][SHOWN_NUMBER]);
        comment(page, f);
    }
}

static void write_cell(struct page *page, const struct shown_cell *cell)
{
    const struct finding *bad = NULL;
    fill_blanks_before(page, cell->row, cell->column);
    if (page->next < page->end && place_against(page->m->by_place[page->next], cell->row, cell->column) == 0)
        bad = page->m->by_place[page->next];
    const lxw_row_t row = cell->row - 1;
    const lxw_col_t column = (lxw_col_t)(cell->column - 1);
    lxw_format *const look = bad ? page->m->bad[bad->level][cell->kind] : page->m->plain[cell->kind];
    size_t width = 10;
    switch (cell->kind) {
    case SHOWN_TEXT:
        width = text_width(cell->text);
        xlsx.worksheet_write_string(page->sheet, row, column, xlsx_text(page->scratch, cell->text, MAX_CELL_TEXT), look);
        break;
    case SHOWN_NUMBER:
    case SHOWN_PERCENT: xlsx.worksheet_write_number(page->sheet, row, column, cell->number, look); break;
    case SHOWN_BOOLEAN: xlsx.worksheet_write_boolean(page->sheet, row, column, cell->number != 0, look); break;
    case SHOWN_DATE: {
        const int date = (int)cell->number;
        lxw_datetime when = { .year = date / 10000, .month = date / 100 % 100, .day = date % 100 };
        xlsx.worksheet_write_datetime(page->sheet, row, column, &when, look);
        break;
    }
    }
    if (column < WIDTHS && width > page->widths[column])
        page->widths[column] = width;
    if (bad)
        comment(page, bad);
}

static void write_source(struct maker *m, const struct cell_source *source, lxw_worksheet *sheet, struct arena *scratch)
{
    struct page page = { .m = m, .sheet = sheet, .scratch = scratch };
    while (page.next < m->n && !is_of(m->by_place[page.next], source))
        page.next++;
    for (page.end = page.next; page.end < m->n && is_of(m->by_place[page.end], source);)
        page.end++;
    struct shown_cell cell;
    const struct arena_mark mark = arena_mark(scratch);
    while (!m->x.full && source->next(source->context, &cell)) {
        if (fits(&page, cell.row, cell.column))
            write_cell(&page, &cell);
        arena_rewind(scratch, mark);
    }
    fill_blanks_before(&page, UINT32_MAX, UINT32_MAX);
    for (size_t c = 0; c < WIDTHS; c++)
        if (page.widths[c] > 8)
            xlsx.worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, page.widths[c] > 38 ? 40 : (double)page.widths[c] + 2, NULL);
}

/* ---- the list ---- */

static const char *sheet_of(const struct cell_source *sources, size_t n, const char *const *names, const struct finding *f)
{
    for (size_t i = 0; i < n; i++)
        if (is_of(f, &sources[i]))
            return names[i];
    return NULL;
}

static void write_list(struct maker *m, lxw_worksheet *list, const struct findings *findings, const struct cell_source *sources,
                       size_t n_sources, const char *const *names, struct arena *scratch)
{
    enum { LEVEL, FILE_, SHEET, CELL, SCHOOL, READ, EXPECTED, MEND, N_COLUMNS };
    static const struct { const char *heading; double width; } COLUMNS[N_COLUMNS] = {
        [LEVEL] = { "级别", 7 },   [FILE_] = { "文件", 24 }, [SHEET] = { "表", 16 },      [CELL] = { "格", 9 },
        [SCHOOL] = { "学校", 28 }, [READ] = { "读到", 24 },  [EXPECTED] = { "应为", 40 }, [MEND] = { "怎么改", 44 },
    };
    for (lxw_col_t c = 0; c < N_COLUMNS; c++) {
        xlsx.worksheet_set_column(list, c, c, COLUMNS[c].width, NULL);
        xlsx.worksheet_write_string(list, 0, c, COLUMNS[c].heading, m->heading);
    }
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *const f = &findings->at[i];
        const struct arena_mark mark = arena_mark(scratch);
        const lxw_row_t row = (lxw_row_t)(i + 1);
        const struct text texts[N_COLUMNS] = { [FILE_] = f->file, [SHEET] = f->sheet, [SCHOOL] = f->school, [READ] = f->read,
                                               [EXPECTED] = f->expected, [MEND] = f->mend };
        for (lxw_col_t c = FILE_; c < N_COLUMNS; c++)
            if (c != CELL)
                xlsx.worksheet_write_string(list, row, c, xlsx_text(scratch, texts[c], MAX_COMMENT), m->wrapped);
        xlsx.worksheet_write_string(list, row, LEVEL, LEVELS[f->level].at, m->level[f->level]);
        char cell[16];
        const char *place = cell_name(cell, f->row, f->column), *name = sheet_of(sources, n_sources, names, f);
        if (!*place && f->row)
            place = arena_printf(scratch, "第 %u 行", f->row);
        if (*cell && name && i < MAX_LINKS)
            xlsx.worksheet_write_url_opt(list, row, CELL, arena_printf(scratch, "internal:'%s'!%s", name, cell), m->link, place, NULL);
        else
            xlsx.worksheet_write_string(list, row, CELL, place, m->centred);
        arena_rewind(scratch, mark);
    }
    if (findings->dropped)
        xlsx.worksheet_write_string(list, (lxw_row_t)(findings->n + 1), EXPECTED,
                               arena_printf(scratch, "另有 %zu 个问题没有列出：先改正以上各项，再检查一次", findings->dropped), m->wrapped);
    xlsx.worksheet_freeze_panes(list, 1, 0);
    xlsx.worksheet_autofilter(list, 0, 0, (lxw_row_t)findings->n, N_COLUMNS - 1);
    xlsx.worksheet_set_landscape(list);
    xlsx.worksheet_set_paper(list, 9); /* A4 */
    xlsx.worksheet_fit_to_pages(list, 1, 0);
    xlsx.worksheet_repeat_rows(list, 0, 0);
    xlsx.worksheet_activate(list);
}

bool write_findings(const char *path, const struct cell_source *sources, size_t n, const struct findings *findings,
                    struct err *err)
{
    struct arena *mem = arena_new("findings"), *scratch = arena_new("findings cells");
    struct maker m = { 0 };
    const char *names[MAX_SHEETS];
    lxw_worksheet *pages[MAX_SHEETS];
    bool ok = false;
    if (n > MAX_SHEETS) {
        err_set(err, ERR_LIMIT, "要写的工作表有 %zu 张，超过 %d 张。", n, MAX_SHEETS);
        err_hint(err, "请分几次检查，每次少给几个文件。");
        goto done;
    }
    if (!xlsx_begin(&m.x, mem, path, err))
        goto done;
    make_looks(&m);
    sort_findings(&m, findings);
    lxw_worksheet *list = xlsx_add_sheet(&m.x, TEXT("问题清单"));
    for (size_t i = 0; i < n; i++) {
        pages[i] = xlsx_add_sheet(&m.x, sources[i].sheet.size ? sources[i].sheet : sources[i].file);
        names[i] = xlsx_sheet_name(&m.x);
    }
    for (size_t i = 0; i < n && !m.x.full; i++)
        write_source(&m, &sources[i], pages[i], scratch);
    if (!m.x.full)
        write_list(&m, list, findings, sources, n, names, scratch);
    ok = xlsx_end(&m.x, err);
done:
    arena_free(&scratch);
    arena_free(&mem);
    return ok;
}
