#include "app/ledger_book.h"

#include "app/audit.h"
#include "app/ledger_inside.h"
#include "app/place_names.h"
#include "app/written.h"
#include "base/day.h"
#include "intake/handover.h"
#include "model/sheet.h"
#include "report/words.h"
#include "report/write_workbook.h"


enum { MOST_ROWS = 20000, HEAD_ROW = 2, MOST_FAULTS = 200 };

/* The columns of the sheet.  Those with a field come back; the others are read to be compared alone. */
enum column {
    C_ID, C_PLACE, C_CODE, C_STAGE, C_KIND, C_PROBLEM, C_BASIS, C_MISSING, C_QUANTITY, C_MEASURE, C_PROJECT, C_OWNER, C_HELPERS, C_PERSON, C_COST,
    C_FUND, C_AMOUNT, C_DUE, C_PROGRESS, C_RESULT, C_STATE, C_CLOSED, N_COLUMNS
};
static const struct { const char *head; int field; double width; } COLUMNS[N_COLUMNS] = {
    [C_ID] = { "编号", -1, 8 },           [C_PLACE] = { "单位", -1, 22 },        [C_CODE] = { "单位代码", -1, 13 },  [C_STAGE] = { "学段", -1, 6 },
    [C_KIND] = { "类别", -1, 10 },        [C_PROBLEM] = { "问题", -1, 40 },      [C_BASIS] = { "依据", -1, 20 },     [C_MISSING] = { "缺多少", -1, 9 },
    [C_QUANTITY] = { "计量单位", -1, 9 }, [C_MEASURE] = { "措施", LEDGER_MEASURE, 28 }, [C_PROJECT] = { "项目", LEDGER_PROJECT, 18 },
    [C_OWNER] = { "责任单位", LEDGER_OWNER, 18 }, [C_HELPERS] = { "协办单位", LEDGER_HELPERS, 18 }, [C_PERSON] = { "责任人", LEDGER_PERSON, 10 },
    [C_COST] = { "经费（万元）", LEDGER_COST, 12 }, [C_FUND] = { "资金来源", LEDGER_FUND, 14 }, [C_AMOUNT] = { "计划增加", LEDGER_AMOUNT, 9 },
    [C_DUE] = { "时限", LEDGER_DUE, 12 }, [C_PROGRESS] = { "进展", LEDGER_PROGRESS, 24 }, [C_RESULT] = { "结果", LEDGER_RESULT, 24 },
    [C_STATE] = { "状态", -1, 10 },       [C_CLOSED] = { "销号", -1, 16 },
};

/* ---- out ------------------------------------------------------------------------------------ */

static struct text owner_code(const struct ledger_row *row)
{
    return row->of.place_name;
}

static struct text stage_said(struct text stage)
{
    return text_equal(stage, TEXT("primary")) ? TEXT("小学") : text_equal(stage, TEXT("junior")) ? TEXT("初中") : TEXT("");
}

/* An owner or helper as it is read again for sure: by name, with its kind and code where names are shared. */
static struct text place_written(const struct place_names *names, struct place place, struct arena *mem)
{
    const struct text name = place_name(names, place);
    struct place again;
    struct err ignored = { 0 };
    return place_said(names, name, &again, &ignored) && again.kind == place.kind && text_equal(again.name, place.name) ? name : place_value(place, mem);
}

static struct text places_written(const struct place_names *names, struct text values, struct arena *mem)
{
    struct buf out = { .mem = mem };
    for (struct text one; text_split(&values, ';', &one);) {
        struct place place;
        size_t at;
        const bool split = text_find(one, TEXT(":"), &at);
        const struct text kind = split ? (struct text){ one.at, at } : one;
        const struct text name = split ? (struct text){ one.at + at + 1, one.size - at - 1 } : TEXT("");
        buf_printf(&out, "%s%.*s", out.size ? "；" : "", TEXT_ARG(place_of_words(kind, name, &place) ? place_written(names, place, mem) : one));
    }
    return buf_text(&out);
}

static struct text closed_said(const struct ledger_row *row, struct arena *mem)
{
    if (ledger_row_state(row) == LEDGER_NOT_ASKED)
        return row->dropped;
    return ledger_row_state(row) == LEDGER_VERIFIED ? text_printf(mem, "%.*s %.*s", TEXT_ARG(row->verified_day), TEXT_ARG(row->verified.who)) : TEXT("");
}

static struct text cell_text(const struct place_names *names, const struct ledger_row *row, enum column c, struct arena *mem)
{
    switch (c) {
    case C_PLACE: return row->now.place_shown;
    case C_CODE: return owner_code(row);
    case C_STAGE: return stage_said(row->of.stage);
    case C_KIND: return ledger_kind_zh(row->kind);
    case C_PROBLEM: return row->now.problem;
    case C_BASIS: return row->now.basis;
    case C_QUANTITY: return is_blank(row->now.missing) ? TEXT("") : unit_zh(row->now.quantity);
    case C_OWNER: return places_written(names, ledger_field_text(&row->plan, LEDGER_OWNER, mem), mem);
    case C_HELPERS: return places_written(names, row->plan.helpers, mem);
    case C_STATE: return ledger_state_zh(ledger_row_state(row));
    case C_CLOSED: return closed_said(row, mem);
    default: return COLUMNS[c].field >= 0 ? ledger_field_text(&row->plan, (enum ledger_field)COLUMNS[c].field, mem) : TEXT("");
    }
}

static void put_row(struct sheet *sheet, uint32_t at, const struct place_names *names, const struct ledger_row *row, struct arena *mem)
{
    for (uint32_t c = 0; c < N_COLUMNS; c++) {
        const double number = c == C_ID        ? (double)row->id
                              : c == C_MISSING ? (row->now.passes ? BLANK : row->now.missing)
                              : c == C_COST    ? (row->plan.cost_yuan < 0 ? BLANK : (double)row->plan.cost_yuan / 10000)
                              : c == C_AMOUNT  ? row->plan.planned
                                               : BLANK;
        if (!is_blank(number)) {
            struct sheet_cell *const cell = sheet_put_number(sheet, at, c + 1, c == C_ID ? LOOK_WHOLE : LOOK_PLAIN, number);
            cell->decimals = c == C_ID ? DECIMALS_NONE : DECIMALS_ALL;
        } else if (c != C_MISSING && c != C_COST && c != C_AMOUNT) {
            const struct text words = cell_text(names, row, (enum column)c, mem);
            if (words.size)
                sheet_put_text(sheet, at, c + 1, LOOK_TEXT, words);
        }
    }
}

static struct sheet *sheet_of(const struct snapshot *s, const struct ledger_row *rows, size_t n, int64_t now, struct arena *mem)
{
    struct place_names names;
    struct sheet *const sheet = sheet_new(mem, TEXT("台账"));
    place_names_of(s, now, mem, &names);
    sheet_put_text(sheet, 1, 1, LOOK_NOTE,
                   text_printf(mem, "%.*s标准化建设台账，%.*s导出%s。措施到结果各栏可以改，改好传回；编号不要动。没有编号的一行是新登记的问题。销号不能从工作簿导入。",
                               TEXT_ARG(s->county_name), TEXT_ARG(day_shown(now, mem)), s->fictional ? "（虚构数据）" : ""));
    for (uint32_t c = 0; c < N_COLUMNS; c++) {
        sheet_put_text(sheet, HEAD_ROW, c + 1, LOOK_HEADING, text_of(COLUMNS[c].head));
        sheet->width[c + 1] = COLUMNS[c].width;
    }
    for (size_t i = 0; i < n; i++)
        put_row(sheet, (uint32_t)i + HEAD_ROW + 1, &names, &rows[i], mem);
    sheet->frozen_rows = HEAD_ROW;
    sheet->frozen_columns = 2;
    sheet->print = (struct sheet_print){ true, HEAD_ROW, HEAD_ROW, s->fictional ? TEXT("虚构数据") : TEXT("") };
    return sheet;
}

static bool write_book(const char *path, void *context, struct err *err)
{
    struct sheet *const sheet = context;
    return write_workbook(path, &sheet, 1, err);
}

struct noting { const struct actor *actor; struct text detail; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.ledger", TEXT("xlsx"), n->detail, n->now, err);
}

struct text ledger_book_name(const struct house *house, int64_t now, struct arena *mem)
{
    return text_printf(mem, "%.*s标准化建设台账 %.*s.xlsx", TEXT_ARG(house_county(house)), TEXT_ARG(day_shown(now, mem)));
}

bool app_ledger_book(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct ledger_filter *filter, int64_t now,
                     struct arena *mem, struct text *xlsx_out, struct err *err)
{
    struct ledger_filter all = *filter;
    struct ledger_page page;
    all.skip = 0;
    all.most = MOST_ROWS * 5;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_ledger_list(house, actor, &all, now, mem, &page, err) ||
        !app_written(write_book, sheet_of(snapshot, page.rows, page.n, now, mem), mem, xlsx_out, err))
        return false;
    struct noting noting = { actor, text_printf(mem, "rows=%zu", page.n), now };
    return db_write(house_db(house), note, &noting, err);
}

/* ---- back ----------------------------------------------------------------------------------- */

struct reading {
    struct house *house;
    const struct snapshot *s;
    const struct actor *actor;
    struct place_names names;
    struct arena *mem;
    struct ledger_coming *out;
    const struct ledger_row **rows;  /* by number */
    size_t n_rows;
    bool *seen;                      /* [number] it stands in this file */
    struct text sheet;
    uint32_t head_row, row;
    uint32_t column[N_COLUMNS];      /* 0: not there */
    struct text value[N_COLUMNS];
    size_t fault_room, change_room, cell_room, added_room;
};

static struct text place_of_cell(const struct reading *r, enum column c)
{
    char letters[4] = { 0 };
    size_t n = 0;
    for (uint32_t column = r->column[c] ? r->column[c] : 1; column && n < 3; column = (column - 1) / 26)
        letters[n++] = (char)('A' + (column - 1) % 26);
    struct buf name = { .mem = r->mem };
    buf_printf(&name, "%.*s ", TEXT_ARG(r->sheet));
    while (n--)
        buf_byte(&name, letters[n]);
    buf_printf(&name, "%u", r->row ? r->row : r->head_row ? r->head_row : 1);
    return buf_text(&name);
}

static void fault(struct reading *r, enum column c, struct text what, struct text hint)
{
    ARENA_ROOM(r->mem, r->out->faults, r->out->n_faults, r->fault_room);
    r->out->faults[r->out->n_faults++] = (struct ledger_fault){ place_of_cell(r, c), what, hint };
}

static void fault_of(struct reading *r, enum column c, const struct err *err)
{
    fault(r, c, text_copy(r->mem, text_of(err->what)), text_copy(r->mem, text_of(err->hint)));
}

/* One column of a row that is there: read into the plan; a change where it differs. */
static void compare(struct reading *r, const struct ledger_row *row, struct ledger_plan *plan, enum column c, bool *changed)
{
    const enum ledger_field field = (enum ledger_field)COLUMNS[c].field;
    struct err err = { 0 };
    if (!ledger_field_put(&r->names, field, r->value[c], plan, r->mem, &err)) {
        fault_of(r, c, &err);
        return;
    }
    const struct text before = ledger_field_text(&row->plan, field, r->mem), after = ledger_field_text(plan, field, r->mem);
    if (text_equal(before, after))
        return;
    ARENA_ROOM(r->mem, r->out->changes, r->out->n_changes, r->change_room);
    r->out->changes[r->out->n_changes++] =
        (struct ledger_change){ place_of_cell(r, c), text_printf(r->mem, "%lld %.*s，%.*s", (long long)row->id, TEXT_ARG(row->now.place_shown), TEXT_ARG(row->now.problem)),
                                text_of(COLUMNS[c].head), ledger_field_shown(&row->plan, field, r->mem), ledger_field_shown(plan, field, r->mem) };
    ARENA_ROOM(r->mem, r->out->cells, r->out->n_cells, r->cell_room);
    r->out->cells[r->out->n_cells++] = (struct ledger_cell){ row->id, field, after };
    *changed = true;
}

static void known_row(struct reading *r, const struct ledger_row *row)
{
    static const enum column SAME[] = { C_PLACE, C_CODE, C_PROBLEM, C_STATE };
    struct ledger_plan plan = row->plan;
    bool changed = false;
    for (size_t i = 0; i < COUNT(SAME); i++) {
        const struct text there = text_trim(cell_text(&r->names, row, SAME[i], r->mem));
        if (!r->column[SAME[i]] || !r->value[SAME[i]].size || text_equal(r->value[SAME[i]], there))
            continue;
        if (SAME[i] == C_STATE)
            fault(r, C_STATE, text_printf(r->mem, "状态不能在工作簿里改：现在是“%.*s”，写的是“%.*s”。", TEXT_ARG(there), TEXT_ARG(r->value[C_STATE])),
                  TEXT("报完成、核验、销号请在台账那一行的页面上做；这一格改回原样。"));
        else if (SAME[i] == C_CODE)
            fault(r, C_CODE, text_printf(r->mem, "编号 %lld 是“%.*s”的，代码写的是“%.*s”。", (long long)row->id, TEXT_ARG(row->now.place_shown), TEXT_ARG(r->value[C_CODE])),
                  TEXT("编号和单位要对得上；排序时请整行一起排。"));
        else if (SAME[i] == C_PROBLEM && !ledger_kind_measured(row->kind))
            fault(r, C_PROBLEM, TEXT("问题不能在工作簿里改。"), TEXT("请把这一格改回原样；问题变了的，另起一行登记。"));
    }
    for (int c = 0; c < N_COLUMNS; c++)
        if (COLUMNS[c].field >= 0 && r->column[c])
            compare(r, row, &plan, (enum column)c, &changed);
    r->out->rows += changed;
}

static void new_row(struct reading *r)
{
    struct ledger_row row = { .kind = LEDGER_OTHER, .plan = { .cost_yuan = -1, .planned = BLANK } };
    struct place place;
    struct err err = { 0 };
    enum ledger_state state;
    const size_t before = r->out->n_faults;
    if (!place_said(&r->names, r->value[C_CODE].size ? r->value[C_CODE] : r->value[C_PLACE], &place, &err)) {
        fault_of(r, C_PLACE, &err);
        return;
    }
    if (!r->value[C_PROBLEM].size)
        fault(r, C_PROBLEM, TEXT("新登记的一行没有写问题。"), TEXT("请写清楚是什么问题，或者删去这一行。"));
    if (r->value[C_CLOSED].size || (r->value[C_STATE].size && !(ledger_state_of(r->value[C_STATE], &state) && state == LEDGER_FOUND)))
        fault(r, r->value[C_CLOSED].size ? C_CLOSED : C_STATE, TEXT("新登记的一行不能是已经办过、已经销号的。"),
              TEXT("请把“状态”“销号”留空；登记以后按步骤办理。"));
    for (int c = 0; c < N_COLUMNS; c++)
        if (COLUMNS[c].field >= 0 && r->column[c] && !ledger_field_put(&r->names, (enum ledger_field)COLUMNS[c].field, r->value[c], &row.plan, r->mem, &err))
            fault_of(r, (enum column)c, &err);
    const struct place_choice *const found = place_find(&r->names, place);
    row.of = (struct ledger_identity){ place_word(place.kind), place.name, TEXT(""), TEXT("other") };
    row.now.place_shown = place_name(&r->names, place);
    row.now.township = place.kind == PLACE_TOWNSHIP ? place.name : found ? found->township : TEXT("");
    row.now.problem = r->value[C_PROBLEM];
    row.now.basis = r->value[C_BASIS];
    if (r->out->n_faults > before)
        return;
    ARENA_ROOM(r->mem, r->out->added, r->out->n_added, r->added_room);
    r->out->added[r->out->n_added++] = (struct ledger_new_row){ place_of_cell(r, C_PROBLEM), row };
}

static void end_row(struct reading *r)
{
    double id;
    bool any = false;
    for (int c = 0; c < N_COLUMNS; c++)
        any |= r->value[c].size > 0;
    if (any && r->row > r->head_row && r->out->n_faults < MOST_FAULTS) {
        const struct text written = r->value[C_ID];
        if (!written.size) {
            new_row(r);
        } else if (!number_parse(written, &id) || id < 1 || id != (double)(int64_t)id || (size_t)id > r->n_rows || !r->rows[(size_t)id]) {
            fault(r, C_ID, text_printf(r->mem, "台账里没有编号“%.*s”，或者不在您的范围里。", TEXT_ARG(written)), TEXT("编号不要改；新登记的问题不写编号。"));
        } else if (r->seen[(size_t)id]) {
            fault(r, C_ID, text_printf(r->mem, "编号 %.*s 在表里出现了两次。", TEXT_ARG(written)), TEXT("请删去多出来的一行。"));
        } else {
            r->seen[(size_t)id] = true;
            known_row(r, r->rows[(size_t)id]);
        }
    }
    for (int c = 0; c < N_COLUMNS; c++)
        r->value[c] = TEXT("");
}

static void take_cell(struct reading *r, const struct shown_cell *cell)
{
    const struct text value = cell_said(cell, r->mem);
    if (!r->column[C_ID] || cell->row == r->head_row) {
        for (int c = 0; c < N_COLUMNS; c++)
            if (text_equal(value, text_of(COLUMNS[c].head))) {
                r->column[c] = cell->column;
                r->head_row = cell->row;
            }
        return;
    }
    if (cell->row != r->row)
        end_row(r);
    r->row = cell->row;
    for (int c = 0; c < N_COLUMNS; c++)
        if (r->column[c] == cell->column)
            r->value[c] = value;
}

/* Every row the actor may see, by number. */
static bool take_rows(struct reading *r, int64_t now, struct err *err)
{
    const struct ledger_filter all = { .most = MOST_ROWS * 5 };
    struct ledger_page page;
    if (!app_ledger_list(r->house, r->actor, &all, now, r->mem, &page, err))
        return false;
    for (size_t i = 0; i < page.n; i++)
        r->n_rows = (size_t)page.rows[i].id > r->n_rows ? (size_t)page.rows[i].id : r->n_rows;
    r->rows = arena_array(r->mem, r->n_rows + 1, const struct ledger_row *);
    r->seen = arena_array(r->mem, r->n_rows + 1, bool);
    for (size_t i = 0; i < page.n; i++)
        r->rows[page.rows[i].id] = &page.rows[i];
    return true;
}

bool app_ledger_book_look(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text name, struct text bytes, int64_t now,
                          struct arena *mem, struct ledger_coming *out, struct err *err)
{
    const struct handover_file file = { handover_name(mem, name), bytes };
    const struct handover_window all = { 0 };
    struct cell_source *sources;
    size_t n;
    struct reading r = { .house = house, .s = snapshot, .actor = actor, .mem = mem, .out = out };
    *out = (struct ledger_coming){ 0 };
    if (!actor_may(actor, MAY_LEDGER, err) || !handover_cells(NULL, &file, &house_edition(house)->items, &all, mem, &sources, &n, err) ||
        !take_rows(&r, now, err))
        return false;
    place_names_of(snapshot, now, mem, &r.names);
    for (size_t s = 0; s < n; s++) {
        struct shown_cell cell;
        r.sheet = sources[s].sheet;
        r.head_row = r.row = 0;
        memset(r.column, 0, sizeof r.column);
        while (sources[s].next(sources[s].context, &cell))
            take_cell(&r, &cell);
        if (!r.column[C_ID])
            continue;
        end_row(&r);
        return true;
    }
    r.sheet = n ? sources[0].sheet : TEXT("");
    r.head_row = r.row = 0;
    fault(&r, C_ID, TEXT("没有找到有“编号”的表头。"), TEXT("请先导出台账的工作簿，在它上面改；不要改表头。"));
    return true;
}

bool app_ledger_book_take(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                          const struct ledger_coming *coming, int64_t now, struct arena *mem, struct ledger_edited *out, struct err *err)
{
    const struct ledger_edit edit = { coming->cells, coming->n_cells, "workbook", 0 };
    if (coming->n_faults) {
        err_set(err, ERR_INPUT, "工作簿里还有 %zu 处错误，没有导入。", coming->n_faults);
        return err_hint(err, "请改好再传。");
    }
    if (!app_ledger_edit(house, session, snapshot, actor, &edit, now, mem, out, err))
        return false;
    for (size_t i = 0; i < coming->n_added; i++) {
        int64_t id;
        if (!app_ledger_add(house, session, actor, &coming->added[i].row, now, mem, &id, err))
            return false;
    }
    return true;
}
