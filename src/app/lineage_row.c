#include "app/lineage_row.h"

#include "intake/handover.h"
#include "model/finding.h"
#include "report/words.h"
#include "store/import_store.h"
#include "store/returns_store.h"

enum { FIRST_COLUMNS = 2, AROUND = 3, HEADING_WITHIN = 12, MOST_COLUMNS = 16384 };

struct looking {
    const struct lineage_request *request;
    struct arena *mem;
    struct text sha256, sheet;
    uint32_t row, column;
    uint32_t name_column;      /* where the school's name stands in the row; 0: elsewhere */
    struct text file, bytes;
};

static bool find_name(struct looking *l, struct db_session *session, const struct figure_place *place, struct err *err)
{
    const struct snapshot *const s = l->request->snapshot;
    struct figure_version *versions;
    size_t n;
    if (!place->school.size || s->edition->items.school_name == NO_ITEM)
        return true;
    if (!store_figure_versions(session, s->county_code, &s->edition->items, place->year, place->school, s->edition->items.school_name, l->mem,
                               &versions, &n, err))
        return false;
    for (size_t i = 0; i < n && !l->name_column; i++)
        if (text_equal(versions[i].sha256, l->sha256) && text_equal(versions[i].sheet, l->sheet) && versions[i].row == l->row)
            l->name_column = versions[i].column;
    return true;
}

/* Who may see no figure of the cell may not see its row. */
static bool find_file(struct looking *l, struct db_session *session, struct err *err)
{
    const struct snapshot *const s = l->request->snapshot;
    const struct item_list *const items = &s->edition->items;
    struct figure_place *places;
    struct figure_version *versions;
    size_t n, n_versions, seen = SIZE_MAX;
    if (!store_figures_at_cell(session, s->county_code, items, l->sha256, l->sheet, l->row, l->column, l->mem, &places, &n, err))
        return false;
    for (size_t i = 0; i < n && seen == SIZE_MAX; i++)
        if (!places[i].school.size || snapshot_school(s, snapshot_year(s, places[i].year), places[i].school, l->request->actor) != SIZE_MAX)
            seen = i;
    if (seen == SIZE_MAX) {
        err_set(err, ERR_ABSENT, "没有哪个现用的数取自这一格。");
        return err_hint(err, "这一格也许是表头、空格，或者它的数后来改过；也可能是您看不到的学校。");
    }
    if (!store_figure_versions(session, s->county_code, items, places[seen].year, places[seen].school, places[seen].item, l->mem, &versions,
                               &n_versions, err))
        return false;
    for (size_t i = 0; i < n_versions && !l->file.size; i++)
        if (text_equal(versions[i].sha256, l->sha256))
            l->file = versions[i].file;
    return find_name(l, session, &places[seen], err) && store_file_get(session, s->county_code, l->sha256, l->mem, &l->bytes, err);
}

/* ---- cells --------------------------------------------------------------------------------- */

static struct text cell_words(struct arena *mem, const struct shown_cell *cell)
{
    switch (cell->kind) {
    case SHOWN_NUMBER: return words_count(mem, cell->number);
    case SHOWN_PERCENT: return text_printf(mem, "%.*s%%", TEXT_ARG(words_count(mem, number_round(cell->number * 100, 6))));
    case SHOWN_DATE: return text_printf(mem, "%04d-%02d-%02d", (int)cell->number / 10000, (int)cell->number / 100 % 100, (int)cell->number % 100);
    case SHOWN_BOOLEAN: return cell->number != 0 ? TEXT("是") : TEXT("否");
    case SHOWN_TEXT: break;
    }
    return text_copy(mem, cell->text);
}

struct line { uint32_t row; struct text *words; double *number; size_t texts, figures; };

static bool shown(const struct looking *l, uint32_t column)
{
    return (l->name_column ? column == l->name_column : column <= FIRST_COLUMNS) || (column + AROUND >= l->column && column <= l->column + AROUND);
}

static void take(const struct looking *l, struct line *line, const struct shown_cell *cell, struct stood *out)
{
    line->row = cell->row;
    line->texts += cell->kind == SHOWN_TEXT;
    line->figures += cell->kind != SHOWN_TEXT;
    if (!shown(l, cell->column)) {
        out->cut |= cell->row == l->row;
        return;
    }
    line->words[cell->column] = cell_words(l->mem, cell);
    line->number[cell->column] = cell->kind == SHOWN_TEXT ? BLANK : cell->number;
}

static uint32_t last_shown(const struct looking *l)
{
    const uint32_t last = l->name_column > l->column ? l->name_column : l->column;
    return (last > FIRST_COLUMNS ? last : FIRST_COLUMNS) + AROUND;
}

static struct line line_new(const struct looking *l)
{
    struct line line = { .words = arena_array(l->mem, last_shown(l) + 1, struct text),
                         .number = arena_array(l->mem, last_shown(l) + 1, double) };
    for (size_t i = 0; i <= last_shown(l); i++)
        line.number[i] = BLANK;
    return line;
}

/* The heading: of the first rows the one with most texts and nothing else.  (A school's row holds figures: another
 * school's is never taken for it.) */
static void walk_cells(const struct looking *l, struct cell_source *source, struct stood *out)
{
    struct line best = line_new(l), now = line_new(l), hit = line_new(l);
    struct shown_cell cell;
    for (bool more = true; more;) {
        more = source->next(source->context, &cell);
        if (!more || cell.row != now.row) {
            if (now.row && now.row < l->row && !now.figures && now.texts > 1 && now.texts >= best.texts)
                best = now;
            now = line_new(l);
        }
        if (!more || cell.row > l->row)
            break;
        if (cell.row <= HEADING_WITHIN && cell.row < l->row)
            take(l, &now, &cell, out);
        if (cell.row == l->row)
            take(l, &hit, &cell, out);
    }
    out->heading_row = best.row;
    out->cells = arena_array(l->mem, FIRST_COLUMNS + 2 * AROUND + 1, struct stood_cell);
    for (uint32_t c = 1; c <= last_shown(l); c++) {
        char name[16];
        if (!shown(l, c) || (c != l->column && !hit.words[c].size && !best.words[c].size))
            continue;
        cell_name(name, 1, c);
        out->cells[out->n++] = (struct stood_cell){ .column = text_copy(l->mem, (struct text){ name, strlen(name) - 1 }),
                                                    .heading = best.words[c], .words = hit.words[c], .number = hit.number[c],
                                                    .hit = c == l->column };
    }
}

bool lineage_row(const struct lineage_request *request, struct text sha256, struct text sheet, uint32_t row, uint32_t column,
                 struct arena *mem, struct stood *out, struct err *err)
{
    struct looking l = { .request = request, .mem = mem, .sha256 = sha256, .sheet = sheet, .row = row, .column = column };
    struct db_session *session = NULL;
    struct cell_source *sources;
    size_t n;
    char name[16];
    if (column > MOST_COLUMNS)
        return err_set(err, ERR_ABSENT, "没有这一格。");
    if (!actor_may(request->actor, MAY_SEE, err) || !db_read_begin(house_db(request->house), &session, err))
        return false;
    const bool found = find_file(&l, session, err);
    db_read_end(&session);
    const struct handover_file file = { handover_name(mem, l.file), l.bytes };
    const struct handover_window window = { &sheet, 1, row };
    if (!found || !handover_cells(NULL, &file, &request->snapshot->edition->items, &window, mem, &sources, &n, err))
        return false;
    *out = (struct stood){ .file = l.file, .sheet = sheet, .row = row, .cell = text_copy(mem, text_of(cell_name(name, row, column))) };
    for (size_t i = 0; i < n; i++)
        if (text_equal(sources[i].sheet, sheet)) {
            walk_cells(&l, &sources[i], out);
            return true;
        }
    return err_set(err, ERR_ABSENT, "文件里没有这张表。");
}
