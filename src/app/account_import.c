#include "app/account_import.h"

#include "base/day.h"
#include "intake/handover.h"
#include "model/edition.h"

enum column { SHOWN, NAME, ROLE, PLACE, UNTIL, MAIL, N_FIELDS };
static const char *const HEADS[N_FIELDS] = { "姓名", "登录名", "角色", "范围", "到期日", "邮箱" };

/* ---- the blank ---------------------------------------------------------------------------- */

void account_import_template(struct arena *mem, struct sheet *out[2])
{
    struct sheet *const fill = sheet_new(mem, TEXT("账号")), *const how = sheet_new(mem, TEXT("怎么填"));
    for (uint32_t c = 0; c < N_FIELDS; c++) {
        sheet_put_text(fill, 1, c + 1, LOOK_HEADING, text_of(HEADS[c]));
        fill->width[c + 1] = c == PLACE || c == MAIL ? 28 : 16;
    }
    fill->frozen_rows = 1;
    static const char *const WORDS[][2] = {
        { "姓名", "页面和记录上怎样称呼这个人，例如 王敏" },
        { "登录名", "2 到 32 个字母、数字、汉字；同一个人写几行，登录名相同，就有几个角色" },
        { "角色", "下面列出的一个" },
        { "范围", "全县写“全县”；乡镇写“乡镇:柳林镇”；学校写“学校:学校代码”；学区、部门写“学区:代码”“部门:财政局”，写代码或名称" },
        { "到期日", "最后一天，写作 2026-08-31；不写：一直有效（再给的角色到本学年 8 月 31 日）" },
        { "邮箱", "可不写；本系统不保存，只为您分发邀请链接时对照" },
    };
    uint32_t row = 1;
    for (size_t i = 0; i < COUNT(WORDS); i++, row++) {
        sheet_put_text(how, row, 1, LOOK_HEADING, text_of(WORDS[i][0]));
        sheet_put_text(how, row, 2, LOOK_TEXT, text_of(WORDS[i][1]));
    }
    how->width[1] = 16;
    how->width[2] = 80;
    row++;
    sheet_put_text(how, row++, 1, LOOK_HEADING, TEXT("可以写的角色"));
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++)
        if (!role_is_administrator((enum role)r))
            sheet_put_text(how, row++, 1, LOOK_TEXT, text_of(role_info((enum role)r)->zh));
    out[0] = fill;
    out[1] = how;
}

/* ---- reading ------------------------------------------------------------------------------ */

struct reading {
    struct arena *mem;
    struct account_import *out;
    int64_t now;
    uint32_t head_row;
    uint32_t column[N_FIELDS];       /* 0: not there */
    struct text value[N_FIELDS];
    uint32_t row;                    /* of the values; 0: none yet */
    size_t capacity, fault_capacity;
};

static struct text cell_said(uint32_t row, uint32_t column, struct arena *mem)
{
    char letters[4] = { 0 };
    size_t n = 0;
    for (uint32_t c = column; c && n < 3; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    struct buf name = { .mem = mem };
    while (n--)
        buf_byte(&name, letters[n]);
    buf_printf(&name, "%u", row);
    return buf_text(&name);
}

static void add_fault(struct account_import *out, struct text cell, struct text what, struct text hint, struct arena *mem)
{
    out->faults = arena_grow(mem, out->faults, out->n_faults * sizeof *out->faults, (out->n_faults + 1) * sizeof *out->faults);
    out->faults[out->n_faults++] = (struct account_fault){ out->sheet, cell, what, hint };
}

static void fault_at(struct reading *r, enum column column, struct text what, const char *hint)
{
    add_fault(r->out, cell_said(r->row ? r->row : 1, r->column[column] ? r->column[column] : 1, r->mem), what, text_of(hint), r->mem);
}

static struct text said(const struct shown_cell *cell, struct arena *mem)
{
    switch (cell->kind) {
    case SHOWN_TEXT: return text_copy(mem, text_trim(cell->text));
    case SHOWN_DATE: {
        const int day = (int)cell->number;
        return text_printf(mem, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
    }
    case SHOWN_NUMBER:
    case SHOWN_PERCENT:
    case SHOWN_BOOLEAN: return text_printf(mem, "%.15g", cell->number);
    }
    return TEXT("");
}

static enum role role_named(struct text said)
{
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++)
        if (text_equal(text_of(role_info((enum role)r)->zh), said) || text_equal(text_of(role_info((enum role)r)->id), said))
            return (enum role)r;
    return ROLE_NONE;
}

/* "乡镇:柳林镇"; the colon may be full-width. */
static bool place_named(struct text said, struct place *out)
{
    static const struct { const char *word; enum place_kind kind; } KINDS[] = {
        { "乡镇", PLACE_TOWNSHIP }, { "学校", PLACE_SCHOOL }, { "学区", PLACE_DISTRICT }, { "部门", PLACE_DEPARTMENT },
    };
    if (!said.size || text_equal(said, TEXT("全县"))) {
        *out = (struct place){ PLACE_COUNTY, TEXT("") };
        return true;
    }
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        const struct text word = text_of(KINDS[i].word);
        if (!text_starts(said, word))
            continue;
        struct text rest = { said.at + word.size, said.size - word.size };
        if (text_starts(rest, TEXT(":")))
            rest = (struct text){ rest.at + 1, rest.size - 1 };
        else if (text_starts(rest, TEXT("：")))
            rest = (struct text){ rest.at + 3, rest.size - 3 };
        else
            continue;
        *out = (struct place){ KINDS[i].kind, text_trim(rest) };
        return out->name.size > 0;
    }
    return false;
}

static void end_row(struct reading *r)
{
    struct account_import *const out = r->out;
    bool any = false;
    for (int c = 0; c < N_FIELDS; c++)
        any |= r->value[c].size > 0;
    if (any && r->row > r->head_row) {
        struct account_wish wish = { .name = r->value[NAME], .shown = r->value[SHOWN], .role = role_named(r->value[ROLE]) };
        struct err err = { 0 };
        if (!wish.name.size)
            fault_at(r, NAME, TEXT("没有写登录名。"), "每行都要写登录名。");
        if (!wish.shown.size)
            fault_at(r, SHOWN, TEXT("没有写姓名。"), "每行都要写姓名。");
        if (wish.role == ROLE_NONE)
            fault_at(r, ROLE, text_printf(r->mem, "没有“%.*s”这种角色。", TEXT_ARG(r->value[ROLE])), "请照“怎么填”那一页列出的角色写。");
        if (!place_named(r->value[PLACE], &wish.place))
            fault_at(r, PLACE, text_printf(r->mem, "读不懂范围“%.*s”。", TEXT_ARG(r->value[PLACE])), "写作 全县、乡镇:柳林镇、学校:学校代码、学区:代码、部门:财政局。");
        if (r->value[UNTIL].size && !grant_end_of_day(r->value[UNTIL], &wish.valid_until, &err))
            fault_at(r, UNTIL, text_copy(r->mem, text_of(err.what)), "日期写作 2026-08-31，或者用表格软件的日期。");
        else if (wish.valid_until && wish.valid_until <= r->now)
            fault_at(r, UNTIL, TEXT("到期的日子已经过去。"), "请写将来的一天，或者不写。");
        if (out->n == ACCOUNT_IMPORT_MOST) {
            fault_at(r, NAME, TEXT("一次最多导入 2000 行。"), "请分成几个文件。");
        } else if (out->n < ACCOUNT_IMPORT_MOST) {
            if (out->n == r->capacity) {
                const size_t more = r->capacity ? r->capacity * 2 : 64;
                out->wishes = arena_grow(r->mem, out->wishes, out->n * sizeof *out->wishes, more * sizeof *out->wishes);
                out->cells = arena_grow(r->mem, out->cells, out->n * sizeof *out->cells, more * sizeof *out->cells);
                r->capacity = more;
            }
            out->cells[out->n] = cell_said(r->row, r->column[NAME], r->mem);
            out->wishes[out->n++] = wish;
        }
    }
    for (int c = 0; c < N_FIELDS; c++)
        r->value[c] = TEXT("");
}

static void take(struct reading *r, const struct shown_cell *cell)
{
    const struct text value = said(cell, r->mem);
    if (!r->head_row || cell->row == r->head_row) {
        for (int c = 0; c < N_FIELDS; c++)
            if (text_equal(value, text_of(HEADS[c]))) {
                r->column[c] = cell->column;
                r->head_row = cell->row;
            }
        return;
    }
    if (cell->row != r->row)
        end_row(r);
    r->row = cell->row;
    for (int c = 0; c < N_FIELDS; c++)
        if (r->column[c] == cell->column)
            r->value[c] = value;
}

void account_import_read(const struct cell_source *sources, size_t n, int64_t now, struct arena *mem, struct account_import *out)
{
    *out = (struct account_import){ .sheet = TEXT("") };
    for (size_t s = 0; s < n; s++) {
        struct reading r = { .mem = mem, .out = out, .now = now };
        struct shown_cell cell;
        for (int c = 0; c < N_FIELDS; c++)
            r.value[c] = TEXT("");
        out->sheet = sources[s].sheet;
        /* The sheet that explains has the words one below the other: a head has them side by side. */
        while (sources[s].next(sources[s].context, &cell)) {
            if (r.head_row && cell.row != r.head_row && !(r.column[NAME] && r.column[SHOWN]))
                break;
            take(&r, &cell);
        }
        if (!r.column[NAME] || !r.column[SHOWN])
            continue;
        end_row(&r);
        r.row = r.head_row;
        for (int c = 0; c < UNTIL; c++)
            if (!r.column[c])
                fault_at(&r, (enum column)c, text_printf(mem, "表头里没有“%s”这一列。", HEADS[c]), "请用这一页上下载的空白工作簿，不要改表头。");
        if (!out->n && !out->n_faults)
            fault_at(&r, NAME, TEXT("表头下面没有填账号。"), "一行写一个角色。");
        return;
    }
    add_fault(out, TEXT("A1"), TEXT("没有找到有“姓名”“登录名”的表头。"), TEXT("请用这一页上下载的空白工作簿，不要改表头。"), mem);
}

bool account_import_file(struct house *house, struct text name, struct text bytes, int64_t now, struct arena *mem, struct account_import *out,
                         struct err *err)
{
    const struct handover_file file = { handover_name(mem, name), bytes };
    const struct handover_window all = { 0 };
    struct cell_source *sources;
    size_t n;
    if (!handover_cells(NULL, &file, &house_edition(house)->items, &all, mem, &sources, &n, err))
        return false;
    account_import_read(sources, n, now, mem, out);
    return true;
}

void account_import_fault(struct account_import *import, size_t i, const struct err *fault, struct arena *mem)
{
    add_fault(import, i < import->n ? import->cells[i] : TEXT(""), text_copy(mem, text_of(fault->what)), text_copy(mem, text_of(fault->hint)), mem);
}
