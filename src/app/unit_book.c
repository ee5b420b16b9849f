#include "app/unit_book.h"

#include "app/written.h"
#include "base/day.h"
#include "intake/handover.h"
#include "model/edition.h"
#include "model/sheet.h"
#include "report/write_workbook.h"

enum column { CODE, NAME, KIND, PARENT, DISTRICT, STATE, SUCCESSOR, DAY, REASON, N_FIELDS };
static const char *const HEADS[N_FIELDS] = { "代码", "名称", "类别", "上级代码", "学区代码", "状态", "并入代码", "生效日期", "依据" };
enum standing { STANDING, CLOSED, MERGED, N_STANDINGS };
static const char *const STATES[N_STANDINGS] = { "在", "撤销", "合并" };

/* ---- the sheets --------------------------------------------------------------------------- */

static struct sheet *explained(struct arena *mem)
{
    static const char *const WORDS[N_FIELDS] = {
        [CODE] = "学校写学校标识码，乡镇写行政区划代码，部门、学区自定；用过的代码不能再给别的单位",
        [NAME] = "单位的全称，最多 60 个字；和系统里不同，就是更名",
        [KIND] = "下面列出的一种；设立之后不能改",
        [PARENT] = "上级单位的代码：学校的上级是乡镇（街道），校区的上级是学校；不写，直属于县；和系统里不同，就是改隶属",
        [DISTRICT] = "学校所属学区的代码；不属于学区的不写",
        [STATE] = "在、撤销、合并；不写就是“在”。撤销过的写“在”，就是恢复",
        [SUCCESSOR] = "状态是“合并”时，写并入的单位的代码",
        [DAY] = "从哪天起这样，写作 2026-09-01；不写，用导入时填的日期。没有变动的行不看这一列",
        [REASON] = "批复文号或缘由；撤销、合并、恢复必须写",
    };
    struct sheet *const how = sheet_new(mem, TEXT("怎么填"));
    uint32_t row = 1;
    for (int c = 0; c < N_FIELDS; c++, row++) {
        sheet_put_text(how, row, 1, LOOK_HEADING, text_of(HEADS[c]));
        sheet_put_text(how, row, 2, LOOK_TEXT, text_of(WORDS[c]));
    }
    row++;
    sheet_put_text(how, row++, 2, LOOK_TEXT, TEXT("工作簿里没有写的单位不动，不会因此撤销。先看变动，确认后才生效；有一处不对，就一个也不改。"));
    row++;
    sheet_put_text(how, row++, 1, LOOK_HEADING, TEXT("可以写的类别"));
    for (int k = 0; k < N_UNIT_KINDS; k++)
        sheet_put_text(how, row++, 1, LOOK_TEXT, unit_kind_zh((enum unit_kind)k));
    how->width[1] = 20;
    how->width[2] = 90;
    return how;
}

static enum standing state_of(const struct unit_row *row)
{
    return row->is_open ? STANDING : row->successor.size ? MERGED : CLOSED;
}

void unit_book_sheets(const struct unit_row *rows, size_t n, struct arena *mem, struct sheet *out[2])
{
    static const double WIDTHS[N_FIELDS] = { 16, 34, 16, 16, 16, 8, 16, 13, 34 };
    struct sheet *const fill = out[0] = sheet_new(mem, TEXT("单位"));
    struct unit *units;
    size_t n_units;
    out[1] = explained(mem);
    for (uint32_t c = 0; c < N_FIELDS; c++) {
        sheet_put_text(fill, 1, c + 1, LOOK_HEADING, text_of(HEADS[c]));
        fill->width[c + 1] = WIDTHS[c];
    }
    fill->frozen_rows = 1;
    fill->frozen_columns = 2;
    units_at(rows, n, TEXT("9999-12-31"), mem, &units, &n_units);   /* as each stands last, what is to come too */
    for (size_t i = 0; i < n_units; i++) {
        const struct unit_row *const r = units[i].row;
        const struct text value[N_FIELDS] = { r->code, r->name, unit_kind_zh(r->kind), r->parent, r->district, text_of(STATES[state_of(r)]),
                                              r->is_open ? TEXT("") : r->successor, TEXT(""), TEXT("") };   /* day and ground are of what is to change */
        for (uint32_t c = 0; c < N_FIELDS; c++)
            if (value[c].size)
                sheet_put_text(fill, (uint32_t)i + 2, c + 1, LOOK_TEXT, value[c]);
    }
}

static bool write_both(const char *path, void *context, struct err *err)
{
    return write_workbook(path, context, 2, err);
}

static bool tree(struct house *house, struct arena *mem, struct unit_row **rows, size_t *n, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_units(session, house_county(house), mem, rows, n, err);
    db_read_end(&session);
    return ok;
}

bool app_unit_book(struct house *house, const struct actor *actor, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct unit_row *rows;
    struct sheet *sheets[2];
    size_t n;
    if (!actor_may(actor, MAY_UNITS, err) || !tree(house, mem, &rows, &n, err))
        return false;
    unit_book_sheets(rows, n, mem, sheets);
    return app_written(write_both, sheets, mem, bytes_out, err);
}

/* ---- a row, and how the unit stands ------------------------------------------------------- */

struct comparing {
    struct arena *mem;
    struct unit_book *out;
    struct filled_rows filled;
    const struct unit_row *rows;     /* the tree as it stands */
    size_t n_rows;
    struct text day;
    size_t capacity;
};

static void fault_at(struct comparing *c, uint32_t row, enum column column, struct text what, struct text hint)
{
    filled_fault_add(&c->out->faults, c->out->sheet, filled_cell(&c->filled, row, column, c->mem), what, hint);
}

static const struct unit_row *last_of(const struct comparing *c, struct text code)
{
    return unit_at(c->rows, c->n_rows, code, TEXT("9999-12-31"));
}

/* 青阳镇（410185101）, for who reads what changes; a code that is not there yet stands alone. */
static struct text called(const struct comparing *c, struct text code)
{
    const struct unit_row *const r = last_of(c, code);
    return !code.size ? TEXT("无") : r ? text_printf(c->mem, "%.*s（%.*s）", TEXT_ARG(r->name), TEXT_ARG(code)) : code;
}

static void change(struct comparing *c, const struct filled_row *at, enum column column, struct unit_wish wish, struct text was, struct text becomes)
{
    struct unit_book *const out = c->out;
    ARENA_ROOM(c->mem, out->changes, out->n, c->capacity);
    out->changes[out->n++] = (struct unit_change){ wish, filled_cell(&c->filled, at->row, column, c->mem), at->value[NAME], was, becomes };
}

static bool state_read(struct text said, enum standing *out)
{
    *out = STANDING;
    for (int s = 0; said.size && s < N_STANDINGS; s++)
        if (text_equal(said, text_of(STATES[s]))) {
            *out = (enum standing)s;
            return true;
        }
    return said.size == 0;
}

static void compare_open(struct comparing *c, const struct filled_row *at, const struct unit_row *stands, struct unit_wish wish)
{
    const struct text *const value = at->value;
    if (!stands->is_open) {
        wish.act = UNIT_REOPEN;
        change(c, at, STATE, wish, text_of(STATES[state_of(stands)]), TEXT("在"));
    }
    if (!text_equal(stands->name, value[NAME])) {
        wish.act = UNIT_RENAME;
        change(c, at, NAME, wish, stands->name, value[NAME]);
    }
    if (!text_equal(stands->parent, value[PARENT]) || !text_equal(stands->district, value[DISTRICT])) {
        const bool up = !text_equal(stands->parent, value[PARENT]);
        wish.act = UNIT_MOVE;
        change(c, at, up ? PARENT : DISTRICT, wish,
               text_printf(c->mem, "上级 %.*s，学区 %.*s", TEXT_ARG(called(c, stands->parent)), TEXT_ARG(called(c, stands->district))),
               text_printf(c->mem, "上级 %.*s，学区 %.*s", TEXT_ARG(called(c, value[PARENT])), TEXT_ARG(called(c, value[DISTRICT]))));
    }
}

static void compare_row(struct comparing *c, const struct filled_row *at)
{
    const struct text *const value = at->value;
    const struct unit_row *const stands = last_of(c, value[CODE]);
    struct unit_wish wish = { .code = value[CODE], .day = value[DAY].size ? value[DAY] : c->day, .reason = value[REASON], .name = value[NAME],
                              .parent = value[PARENT], .district = value[DISTRICT], .successor = value[SUCCESSOR] };
    struct day day;
    enum standing state;
    if (!value[CODE].size) {
        fault_at(c, at->row, CODE, TEXT("没有写代码。"), TEXT("每行都要写单位的代码。"));
        return;
    }
    for (size_t i = 0; &c->filled.rows[i] != at; i++)
        if (text_equal(c->filled.rows[i].value[CODE], value[CODE])) {
            fault_at(c, at->row, CODE, text_printf(c->mem, "代码“%.*s”在第 %u 行已经写过。", TEXT_ARG(value[CODE]), c->filled.rows[i].row),
                     TEXT("一个单位只写一行；请删去一行，或者改正代码。"));
            return;
        }
    if (!unit_kind_of(value[KIND], &wish.kind)) {
        fault_at(c, at->row, KIND, text_printf(c->mem, "没有“%.*s”这种类别。", TEXT_ARG(value[KIND])), TEXT("请照“怎么填”那一页列出的类别写。"));
        return;
    }
    if (!state_read(value[STATE], &state)) {
        fault_at(c, at->row, STATE, text_printf(c->mem, "读不懂状态“%.*s”。", TEXT_ARG(value[STATE])), TEXT("请写 在、撤销 或 合并；不写就是“在”。"));
        return;
    }
    if (!day_read(wish.day, &day)) {
        fault_at(c, at->row, DAY, text_printf(c->mem, "读不懂日期“%.*s”。", TEXT_ARG(wish.day)), TEXT("写作 2026-09-01，或者用表格软件的日期。"));
        return;
    }
    if (state == MERGED && !value[SUCCESSOR].size) {
        fault_at(c, at->row, SUCCESSOR, TEXT("没有写并入哪个单位。"), TEXT("状态是“合并”时，请写并入的单位的代码。"));
        return;
    }
    if (!stands && state == STANDING) {
        wish.act = UNIT_ADD;
        /* What it was in the workbook of another tree is not why it is set up here, but it does no harm. */
        change(c, at, CODE, wish, TEXT(""), text_printf(c->mem, "%.*s，%.*s", TEXT_ARG(unit_kind_zh(wish.kind)), TEXT_ARG(called(c, value[PARENT]))));
    } else if (!stands) {
        fault_at(c, at->row, STATE, text_printf(c->mem, "还没有代码是“%.*s”的单位，不能写“%s”。", TEXT_ARG(value[CODE]), STATES[state]),
                 TEXT("请核对代码；从前就撤并了的单位，先写“在”导入一次，再写撤并。"));
    } else if (stands->kind != wish.kind) {
        fault_at(c, at->row, KIND, text_printf(c->mem, "“%.*s”是%.*s，不能改成%.*s。", TEXT_ARG(stands->name), TEXT_ARG(unit_kind_zh(stands->kind)), TEXT_ARG(unit_kind_zh(wish.kind))),
                 TEXT("类别不能改：请改回来，或者撤销它，用新的代码设立。"));
    } else if (state == STANDING) {
        compare_open(c, at, stands, wish);
    } else if (stands->is_open) {
        wish.act = state == MERGED ? UNIT_MERGE : UNIT_CLOSE;
        change(c, at, STATE, wish, TEXT("在"), state == MERGED ? text_printf(c->mem, "并入 %.*s", TEXT_ARG(called(c, value[SUCCESSOR]))) : TEXT("撤销"));
    } else if (state != state_of(stands) || (state == MERGED && !text_equal(stands->successor, value[SUCCESSOR]))) {
        fault_at(c, at->row, STATE, text_printf(c->mem, "“%.*s”已经%s。", TEXT_ARG(stands->name), state_of(stands) == MERGED ? "合并" : "撤销"),
                 TEXT("历史不能改写：要改撤并的去向，请先恢复它。"));
    }
}

/* ---- in an order in which they can be done ------------------------------------------------ */

/* First what makes places, then what leaves them; inside a kind as often as something can still be done: a parent may stand below its
 * children in the workbook. */
static void put_in_order(struct comparing *c)
{
    static const enum unit_act ORDER[] = { UNIT_REOPEN, UNIT_ADD, UNIT_RENAME, UNIT_MOVE, UNIT_MERGE, UNIT_CLOSE };
    struct unit_book *const out = c->out;
    struct unit_change *const sorted = arena_array(c->mem, out->n + 1, struct unit_change);
    bool *const done = arena_array(c->mem, out->n + 1, bool);
    struct unit_plan plan = unit_plan_of(c->rows, c->n_rows, out->n, c->mem);
    size_t n = 0;
    for (size_t o = 0; o < COUNT(ORDER); o++) {
        for (bool moved = true; moved;) {
            moved = false;
            for (size_t i = 0; i < out->n; i++) {
                struct unit_row made;
                struct err unheeded = { 0 };
                if (done[i] || out->changes[i].wish.act != ORDER[o] || !unit_plan_add(&plan, &out->changes[i].wish, (struct stamp){ 0 }, &made, &unheeded))
                    continue;
                done[i] = moved = true;
                out->of[ORDER[o]]++;
                sorted[n++] = out->changes[i];
            }
        }
        for (size_t i = 0; i < out->n; i++) {
            struct unit_row made;
            struct err err = { 0 };
            if (!done[i] && out->changes[i].wish.act == ORDER[o] && !unit_plan_add(&plan, &out->changes[i].wish, (struct stamp){ 0 }, &made, &err))
                filled_fault_add(&out->faults, out->sheet, out->changes[i].cell, text_copy(c->mem, text_of(err.what)),
                                 err.hint[0] ? text_copy(c->mem, text_of(err.hint)) : TEXT("请改正这一行。"));
        }
    }
    out->changes = sorted;
    out->n = n;
}

void unit_book_read(const struct cell_source *sources, size_t n, const struct unit_row *rows, size_t n_rows, struct text day, struct arena *mem,
                    struct unit_book *out)
{
    struct comparing c = { .mem = mem, .out = out, .rows = rows, .n_rows = n_rows, .day = day };
    filled_rows_read(sources, n, HEADS, N_FIELDS, KIND, UNIT_BOOK_MOST, mem, &c.filled);
    *out = (struct unit_book){ .sheet = c.filled.sheet, .n_rows = c.filled.n, .n_tree = n_rows, .faults = { .mem = mem } };
    if (!c.filled.head_row) {
        filled_fault_add(&out->faults, out->sheet, TEXT("A1"), TEXT("没有找到有“代码”“名称”的表头。"), TEXT("请用这一页上下载的工作簿，不要改表头。"));
        return;
    }
    for (int h = 0; h < N_FIELDS; h++)
        if (!c.filled.column[h])
            fault_at(&c, c.filled.head_row, (enum column)h, text_printf(mem, "表头里没有“%s”这一列。", HEADS[h]), TEXT("请用这一页上下载的工作簿，不要改表头。"));
    if (c.filled.too_many)
        fault_at(&c, c.filled.head_row, CODE, text_printf(mem, "一次最多导入 %d 行。", UNIT_BOOK_MOST), TEXT("请分成几个文件。"));
    if (!c.filled.n)
        fault_at(&c, c.filled.head_row, CODE, TEXT("表头下面没有填单位。"), TEXT("一行写一个单位。"));
    for (size_t i = 0; i < c.filled.n && !c.filled.too_many; i++)
        compare_row(&c, &c.filled.rows[i]);
    put_in_order(&c);
}

bool app_unit_book_read(struct house *house, const struct actor *actor, struct text name, struct text bytes, struct text day, struct arena *mem,
                        struct unit_book *out, struct err *err)
{
    const struct handover_file file = { handover_name(mem, name), bytes };
    const struct handover_window all = { 0 };
    struct cell_source *sources;
    struct unit_row *rows;
    struct day read;
    size_t n, n_rows;
    if (!actor_may(actor, MAY_UNITS, err))
        return false;
    if (!day_read(day, &read)) {
        err_set(err, ERR_INPUT, "生效日期读到“%.*s”，不是一个日期。", TEXT_ARG(day));
        return err_hint(err, "请写成 2026-09-01 这样。");
    }
    if (!tree(house, mem, &rows, &n_rows, err) || !handover_cells(NULL, &file, &house_edition(house)->items, &all, mem, &sources, &n, err))
        return false;
    unit_book_read(sources, n, rows, n_rows, day, mem, out);
    return true;
}
