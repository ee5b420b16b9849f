#include "report/template_maker.h"

#include "base/number.h"
#include "base/unicode.h"
#include "report/template_item.h"

void template_make_looks(struct template_maker *m)
{
    enum { INK = 0x1F4E79, PALE = 0xDDEBF7, GREY = 0xF2F2F2, FAINT = 0x595959, WHITE = 0xFFFFFF };
    m->looks = (struct template_looks){
        .title = xlsx_format(&m->x, (struct xlsx_look){ .size = 16, .bold = true, .colour = INK }),
        .note = xlsx_format(&m->x, (struct xlsx_look){ .size = 10, .wrap = true, .colour = FAINT }),
        .key = xlsx_format(&m->x, (struct xlsx_look){ .bold = true, .wrap = true, .centre = true, .border = true, .fill = INK, .colour = WHITE }),
        .heading = xlsx_format(&m->x, (struct xlsx_look){ .bold = true, .wrap = true, .centre = true, .border = true, .fill = PALE }),
        .unit = xlsx_format(&m->x, (struct xlsx_look){ .size = 10, .centre = true, .border = true, .fill = GREY, .colour = FAINT }),
        .plain = xlsx_format(&m->x, (struct xlsx_look){ .centre = true, .border = true, .fill = GREY }),
        .wrapped = xlsx_format(&m->x, (struct xlsx_look){ .wrap = true, .border = true, .fill = GREY }),
        .input = xlsx_format(&m->x, (struct xlsx_look){ .unlocked = true, .border = true }),
        .input_text = xlsx_format(&m->x, (struct xlsx_look){ .unlocked = true, .border = true, .pattern = "@" }),
        .input_whole = xlsx_format(&m->x, (struct xlsx_look){ .unlocked = true, .border = true, .pattern = "0" }),
    };
}

static lxw_format *input_look(const struct template_maker *m, const struct item *item)
{
    return item->type == ITEM_TEXT ? m->looks.input_text : item->type == ITEM_INTEGER ? m->looks.input_whole : m->looks.input;
}

static void choose_items(struct template_maker *m, enum item_level level)
{
    m->n = 0;
    m->asked = arena_array(m->x.mem, m->items->n + 1, const struct item *);
    for (size_t i = 0; i < m->items->n; i++) {
        const struct item *item = &m->items->at[i];
        const bool key = item->level == ITEM_KEY && (level == ITEM_SCHOOL || i != m->items->school_code);
        if (key || item->level == level)
            m->asked[m->n++] = item;
    }
}

void template_write(const struct template_maker *m, lxw_worksheet *sheet, size_t row, size_t column, struct text text, lxw_format *look)
{
    enum { MOST = 2000 };
    xlsx.worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, xlsx_text(m->x.mem, text, MOST), look);
}

/* In a column so wide; Chinese breaks nearly anywhere, so that lines are full. */
static size_t lines_of(struct text text, double width)
{
    return (size_t)(1.03 * (double)text_width(text) / width) + 1;
}

/* The title and how to fill it in, over columns that are `width` wide together: on a wide sheet
 * those that stay in view. */
static void write_top(struct template_maker *m, lxw_worksheet *sheet, const char *title, const char *how, lxw_col_t last_column, double width)
{
    const struct text whole = text_printf(m->x.mem, "%.*s %s", TEXT_ARG(m->edition->zh), title);
    if (last_column) {
        xlsx.worksheet_merge_range(sheet, 0, 0, 0, last_column, "", m->looks.title);
        xlsx.worksheet_merge_range(sheet, 1, 0, 1, last_column, "", m->looks.note);
    }
    template_write(m, sheet, 0, 0, whole, m->looks.title);
    template_write(m, sheet, 1, 0, text_of(how), m->looks.note);
    xlsx.worksheet_set_row(sheet, 0, 28, m->looks.note); /* the row's look goes before the columns' */
    xlsx.worksheet_set_row(sheet, 1, (double)(14 * lines_of(text_of(how), width) + 6), m->looks.note);
}

/* Inputs are open, the rest is not; there is no password: it guards against slips, not people. */
static void protect(lxw_worksheet *sheet)
{
    lxw_protection may = { .format_columns = LXW_TRUE, .format_rows = LXW_TRUE, .insert_rows = LXW_TRUE, .delete_rows = LXW_TRUE,
                           .sort = LXW_TRUE, .autofilter = LXW_TRUE };
    xlsx.worksheet_protect(sheet, NULL, &may);
}

static void set_page(lxw_worksheet *sheet, uint16_t pages_wide)
{
    enum { A4 = 9 };
    xlsx.worksheet_set_landscape(sheet);
    xlsx.worksheet_set_paper(sheet, A4);
    xlsx.worksheet_set_margins(sheet, 0.4, 0.4, 0.6, 0.6);
    xlsx.worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页");
    if (pages_wide)
        xlsx.worksheet_fit_to_pages(sheet, pages_wide, 0);
}

/* What is said of an item: 「必填。从下拉列表中选一项：公办、民办。…」 */
static struct text explanation(const struct template_maker *m, const struct item *item)
{
    struct buf out = { .mem = m->x.mem };
    const struct text choices = ask_choices(m->x.mem, item);
    if (ask_is_needed(m->items, item))
        buf_add(&out, TEXT("必填。"));
    buf_add(&out, ask_in_words(m->items, item));
    if (choices.size)
        buf_printf(&out, "：%.*s", TEXT_ARG(choices));
    buf_add(&out, TEXT("。"));
    if (item->note.size)
        buf_printf(&out, "%.*s%s", TEXT_ARG(item->note), text_ends(item->note, TEXT("。")) ? "" : "。");
    return buf_text(&out);
}

static void comment_on(struct template_maker *m, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct item *item)
{
    enum { WIDE = 280, LINE = 18 };
    const struct text unit = unit_zh(item->unit), said = explanation(m, item);
    const struct text whole = text_printf(m->x.mem, "%.*s\n%s%.*s%s%.*s", TEXT_ARG(item->zh), unit.size ? "单位：" : "", TEXT_ARG(unit),
                                          unit.size ? "\n" : "", TEXT_ARG(said));
    lxw_comment_options look = { .author = (char *)"均衡", .font_name = (char *)"宋体", .font_size = 9, .width = WIDE,
                                 .height = (uint16_t)(LINE * (3 + lines_of(said, 40))) };
    xlsx.worksheet_write_comment_opt(sheet, row, column, xlsx_text(m->x.mem, whole, 1000), &look);
}

static double column_width(const struct template_maker *m, const struct item *item)
{
    const size_t name = text_width(item->zh);
    if (m->items->school_name != NO_ITEM && item == &m->items->at[m->items->school_name])
        return 26;
    if (item->type == ITEM_TEXT)
        return 15;
    return name <= 24 ? 11 : name <= 36 ? 14 : 20;
}

/* ---- what was returned ---- */

static uint16_t index_of(const struct template_maker *m, const struct item *item)
{
    return (uint16_t)(item - m->items->at);
}

/* An item's figure as our readers take it: choices and flags by their names, numbers as numbers; a blank stays blank. */
static void put_figure(struct template_maker *m, lxw_worksheet *sheet, size_t row, size_t column, const struct item *item,
                       double number, struct text text)
{
    lxw_format *look = input_look(m, item);
    if (item->type == ITEM_TEXT && !text.size)
        return;
    if (item->type == ITEM_TEXT)
        template_write(m, sheet, row, column, text, look);
    else if (is_blank(number))
        return;
    else if (item->type == ITEM_BOOLEAN)
        template_write(m, sheet, row, column, number != 0.0 ? TEXT("是") : TEXT("否"), look);
    else if (item->type == ITEM_ENUM && number >= 1.0 && number <= (double)item->n_values)
        template_write(m, sheet, row, column, item->values[(size_t)number - 1].zh, look);
    else
        xlsx.worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, number, look);
}

/* What the row's county and year say of a key: the returns hold it with them, not with the row. */
static bool put_key(struct template_maker *m, lxw_worksheet *sheet, size_t row, size_t column, const struct item *item)
{
    const struct county_year *county = &m->returns->counties[m->county];
    const uint16_t i = index_of(m, item);
    if (i == m->items->county_code)
        put_figure(m, sheet, row, column, item, BLANK, county->code);
    else if (i == m->items->county_name)
        put_figure(m, sheet, row, column, item, BLANK, county->name);
    else if (i == m->items->year)
        put_figure(m, sheet, row, column, item, county->year, TEXT(""));
    else
        return false;
    return true;
}

static void put_school(struct template_maker *m, lxw_worksheet *sheet, size_t row, size_t school)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct item *item = m->asked[i];
        if (!put_key(m, sheet, row, i, item))
            put_figure(m, sheet, row, i, item, returns_number(m->returns, school, index_of(m, item)),
                       returns_text(m->returns, school, index_of(m, item)));
    }
}

/* Every school of the county and year that may be seen.  Returns how many. */
static size_t put_schools(struct template_maker *m, lxw_worksheet *sheet, size_t first_row)
{
    size_t n = 0;
    if (!m->returns)
        return 0;
    const struct county_year *county = &m->returns->counties[m->county];
    for (size_t i = county->first; i < county->first + county->n; i++)
        if (!m->visible || m->visible[i])
            put_school(m, sheet, first_row + n++, i);
    return n;
}

static void put_county_value(struct template_maker *m, lxw_worksheet *sheet, size_t row, size_t column, const struct item *item)
{
    xlsx.worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column, input_look(m, item));
    if (m->returns && !put_key(m, sheet, row, column, item))
        put_figure(m, sheet, row, column, item, returns_county_number(m->returns, m->county, index_of(m, item)), TEXT(""));
}

/* ---- the sheets ---- */

void template_schools(struct template_maker *m)
{
    enum { HEADER = 2, UNITS = 3, FIRST = 4, LAST = 5003 /* the rules reach so far */, PRINTED = 33 };
    lxw_worksheet *sheet = xlsx_add_sheet(&m->x, TEXT("学校填报表"));
    choose_items(m, ITEM_SCHOOL);
    const lxw_col_t last = (lxw_col_t)(m->n ? m->n - 1 : 0);
    lxw_col_t frozen = 0;
    double whole = 0, frozen_width = 0;
    size_t lines = 1;
    for (size_t i = 0; i < m->n; i++) {
        const struct item *item = m->asked[i];
        const lxw_col_t column = (lxw_col_t)i;
        const double width = column_width(m, item);
        const struct text unit = unit_zh(item->unit);
        xlsx.worksheet_set_column(sheet, column, column, width, input_look(m, item));
        template_write(m, sheet, HEADER, i, item->zh, ask_is_needed(m->items, item) ? m->looks.key : m->looks.heading);
        template_write(m, sheet, UNITS, i, unit, m->looks.unit);
        comment_on(m, sheet, HEADER, column, item);
        ask_by_rule(m->x.mem, sheet, m->items, item, FIRST, LAST, column);
        if (lines_of(item->zh, width) > lines)
            lines = lines_of(item->zh, width);
        whole += width;
        if (m->items->school_name != NO_ITEM && item == &m->items->at[m->items->school_name] && i < 6) {
            frozen = (lxw_col_t)(i + 1);
            frozen_width = whole;
        }
    }
    write_top(m, sheet, "学校填报表",
              "每所学校填一行，从第 5 行填起。没有的填 0；暂缺的留空，空白按“缺数据”处理，不算达标。深色表头必填；"
              "表头和单位请勿改动，把光标移到表头上可看该项说明，全部说明见“填报说明”表。",
              frozen ? (lxw_col_t)(frozen - 1) : last, frozen ? frozen_width : whole);
    xlsx.worksheet_set_row(sheet, HEADER, (double)(16 * lines + 6), NULL);
    xlsx.worksheet_freeze_panes(sheet, FIRST, frozen);
    xlsx.worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A5:XFD1048576");
    xlsx.worksheet_set_selection(sheet, FIRST, 0, FIRST, 0);
    protect(sheet);
    set_page(sheet, 0);
    xlsx.worksheet_set_print_scale(sheet, 70);
    xlsx.worksheet_repeat_rows(sheet, HEADER, UNITS);
    if (frozen)
        xlsx.worksheet_repeat_columns(sheet, 0, (lxw_col_t)(frozen - 1));
    m->written = put_schools(m, sheet, FIRST);
    xlsx.worksheet_print_area(sheet, 0, 0, m->written ? (lxw_row_t)(FIRST + m->written - 1) : PRINTED, last);
}

void template_county(struct template_maker *m)
{
    enum { NUMBER, NAME, UNIT, VALUE, SAID, REMARK, N_COLUMNS, HEADER = 2, FIRST = 3 };
    static const struct { struct text heading; double width; } COLUMNS[N_COLUMNS] = {
        [NUMBER] = { TEXT("序号"), 6 },   [NAME] = { TEXT("填报项目"), 46 }, [UNIT] = { TEXT("单位"), 9 },
        [VALUE] = { TEXT("填报值"), 20 }, [SAID] = { TEXT("说明"), 56 },     [REMARK] = { TEXT("备注"), 22 },
    };
    lxw_worksheet *sheet = xlsx_add_sheet(&m->x, TEXT("区县填报表"));
    choose_items(m, ITEM_COUNTY);
    write_top(m, sheet, "区县填报表",
              "全县填一张，只填“填报值”一列（白色格）；“备注”可填可不填。没有的填 0；暂缺的留空，空白按“缺数据”处理，不算达标。"
              "项目名称请勿改动。",
              REMARK, 150);
    for (size_t c = 0; c < N_COLUMNS; c++) {
        xlsx.worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, COLUMNS[c].width, NULL);
        template_write(m, sheet, HEADER, c, COLUMNS[c].heading, c == VALUE ? m->looks.key : m->looks.heading);
    }
    xlsx.worksheet_set_row(sheet, HEADER, 24, NULL);
    for (size_t i = 0; i < m->n; i++) {
        const struct item *item = m->asked[i];
        const lxw_row_t row = (lxw_row_t)(FIRST + i);
        const struct text unit = unit_zh(item->unit), said = explanation(m, item);
        const size_t lines = lines_of(said, COLUMNS[SAID].width), name_lines = lines_of(item->zh, COLUMNS[NAME].width);
        xlsx.worksheet_set_row(sheet, row, (double)(15 * (lines > name_lines ? lines : name_lines) + 5), NULL);
        xlsx.worksheet_write_number(sheet, row, NUMBER, (double)(i + 1), m->looks.plain);
        template_write(m, sheet, row, NAME, item->zh, m->looks.wrapped);
        template_write(m, sheet, row, UNIT, unit, m->looks.plain);
        put_county_value(m, sheet, row, VALUE, item);
        template_write(m, sheet, row, SAID, said, m->looks.wrapped);
        xlsx.worksheet_write_blank(sheet, row, REMARK, m->looks.input);
        ask_by_rule(m->x.mem, sheet, m->items, item, row, row, VALUE);
    }
    xlsx.worksheet_freeze_panes(sheet, FIRST, 0);
    xlsx.worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "D4:D1000");
    xlsx.worksheet_set_selection(sheet, FIRST, VALUE, FIRST, VALUE);
    protect(sheet);
    set_page(sheet, 1);
    xlsx.worksheet_repeat_rows(sheet, HEADER, HEADER);
}

/* All items with all that is known of them.  Its columns are none in which our readers look for
 * figures (import/bind_down.c). */
void template_explanations(struct template_maker *m, enum item_level level)
{
    enum { NUMBER, NAME, CODE, UNIT, SAID, ALSO, N_COLUMNS, HEADER = 0, FIRST = 1 };
    static const struct { struct text heading; double width; } COLUMNS[N_COLUMNS] = {
        [NUMBER] = { TEXT("序号"), 6 }, [NAME] = { TEXT("填报项目"), 42 }, [CODE] = { TEXT("代码"), 34 },
        [UNIT] = { TEXT("单位"), 9 },   [SAID] = { TEXT("说明"), 60 },     [ALSO] = { TEXT("别名"), 42 },
    };
    lxw_worksheet *sheet = xlsx_add_sheet(&m->x, TEXT("填报说明"));
    choose_items(m, level);
    for (size_t c = 0; c < N_COLUMNS; c++) {
        xlsx.worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, COLUMNS[c].width, NULL);
        template_write(m, sheet, HEADER, c, COLUMNS[c].heading, m->looks.heading);
    }
    for (size_t i = 0; i < m->n; i++) {
        const struct item *item = m->asked[i];
        const lxw_row_t row = (lxw_row_t)(FIRST + i);
        struct buf also = { .mem = m->x.mem };
        for (size_t a = 0; a < item->n_aliases; a++)
            buf_printf(&also, "%s%.*s", a ? "；" : "", TEXT_ARG(item->aliases[a]));
        const struct text said = explanation(m, item);
        size_t lines = lines_of(said, COLUMNS[SAID].width);
        if (lines_of(buf_text(&also), COLUMNS[ALSO].width) > lines)
            lines = lines_of(buf_text(&also), COLUMNS[ALSO].width);
        if (lines_of(item->zh, COLUMNS[NAME].width) > lines)
            lines = lines_of(item->zh, COLUMNS[NAME].width);
        xlsx.worksheet_set_row(sheet, row, (double)(15 * lines + 5), NULL);
        xlsx.worksheet_write_number(sheet, row, NUMBER, (double)(i + 1), m->looks.plain);
        template_write(m, sheet, row, NAME, item->zh, m->looks.wrapped);
        template_write(m, sheet, row, CODE, item->code, m->looks.wrapped);
        template_write(m, sheet, row, UNIT, unit_zh(item->unit), m->looks.plain);
        template_write(m, sheet, row, SAID, said, m->looks.wrapped);
        template_write(m, sheet, row, ALSO, buf_text(&also), m->looks.wrapped);
    }
    xlsx.worksheet_freeze_panes(sheet, FIRST, 0);
    protect(sheet);
    set_page(sheet, 1);
    xlsx.worksheet_repeat_rows(sheet, HEADER, HEADER);
}
