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

struct reading { struct arena *mem; struct account_import *out; struct filled_rows rows; int64_t now; };

static void fault_at(struct reading *r, uint32_t row, enum column column, struct text what, const char *hint)
{
    filled_fault_add(&r->out->faults, r->out->sheet, filled_cell(&r->rows, row, column, r->mem), what, text_of(hint));
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

static void take_row(struct reading *r, const struct filled_row *at)
{
    struct account_import *const out = r->out;
    const struct text *const value = at->value;
    struct account_wish wish = { .name = value[NAME], .shown = value[SHOWN], .role = role_named(value[ROLE]) };
    struct err err = { 0 };
    if (!wish.name.size)
        fault_at(r, at->row, NAME, TEXT("没有写登录名。"), "每行都要写登录名。");
    if (!wish.shown.size)
        fault_at(r, at->row, SHOWN, TEXT("没有写姓名。"), "每行都要写姓名。");
    if (wish.role == ROLE_NONE)
        fault_at(r, at->row, ROLE, text_printf(r->mem, "没有“%.*s”这种角色。", TEXT_ARG(value[ROLE])), "请照“怎么填”那一页列出的角色写。");
    if (!place_named(value[PLACE], &wish.place))
        fault_at(r, at->row, PLACE, text_printf(r->mem, "读不懂范围“%.*s”。", TEXT_ARG(value[PLACE])), "写作 全县、乡镇:柳林镇、学校:学校代码、学区:代码、部门:财政局。");
    if (value[UNTIL].size && !grant_end_of_day(value[UNTIL], &wish.valid_until, &err))
        fault_at(r, at->row, UNTIL, text_copy(r->mem, text_of(err.what)), "日期写作 2026-08-31，或者用表格软件的日期。");
    else if (wish.valid_until && wish.valid_until <= r->now)
        fault_at(r, at->row, UNTIL, TEXT("到期的日子已经过去。"), "请写将来的一天，或者不写。");
    out->cells[out->n] = filled_cell(&r->rows, at->row, NAME, r->mem);
    out->wishes[out->n++] = wish;
}

void account_import_read(const struct cell_source *sources, size_t n, int64_t now, struct arena *mem, struct account_import *out)
{
    struct reading r = { .mem = mem, .out = out, .now = now };
    filled_rows_read(sources, n, HEADS, N_FIELDS, ROLE, ACCOUNT_IMPORT_MOST, mem, &r.rows);
    *out = (struct account_import){ .sheet = r.rows.sheet, .faults = { .mem = mem }, .wishes = arena_array(mem, r.rows.n + 1, struct account_wish),
                                    .cells = arena_array(mem, r.rows.n + 1, struct text) };
    if (!r.rows.head_row) {
        filled_fault_add(&out->faults, out->sheet, TEXT("A1"), TEXT("没有找到有“姓名”“登录名”的表头。"), TEXT("请用这一页上下载的空白工作簿，不要改表头。"));
        return;
    }
    for (size_t i = 0; i < r.rows.n; i++)
        take_row(&r, &r.rows.rows[i]);
    for (int c = 0; c < UNTIL; c++)
        if (!r.rows.column[c])
            fault_at(&r, r.rows.head_row, (enum column)c, text_printf(mem, "表头里没有“%s”这一列。", HEADS[c]), "请用这一页上下载的空白工作簿，不要改表头。");
    if (r.rows.too_many)
        fault_at(&r, r.rows.rows[r.rows.n - 1].row, NAME, TEXT("一次最多导入 2000 行。"), "请分成几个文件。");
    if (!out->n && !out->faults.n)
        fault_at(&r, r.rows.head_row, NAME, TEXT("表头下面没有填账号。"), "一行写一个角色。");
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
    filled_fault_add(&import->faults, import->sheet, i < import->n ? import->cells[i] : TEXT(""), text_copy(mem, text_of(fault->what)),
                     text_copy(mem, text_of(fault->hint)));
}
