#include "survey/form_table.h"

#include "base/csv.h"
#include "base/unicode.h"

static const struct form_column_info COLUMNS[N_DEF_COLUMNS] = {
    [DEF_ROW] = { "行", "表、节、题、结论；以 # 开头的行不读", 8 },
    [DEF_ID] = { "编号", "表的编号用小写字母、数字和-；题的编号用字母、数字和-，同一张表里不重复", 14 },
    [DEF_NAME] = { "名称", "表、节、题的名称，照原样显示", 44 },
    [DEF_TYPE] = { "类型", "表：学校、乡镇、部门、全县（谁填）；题：单行、多行、数字、日期、单选、多选、等级、是否、照片、表格", 10 },
    [DEF_CHOICES] = { "选项", "题：选项用；分开，表格写各列的名称；表：每学年一份、每次一份 或 督导检查；结论：不能有的等级", 30 },
    [DEF_UNIT] = { "单位", "数字的单位", 8 },
    [DEF_LEAST] = { "最小", "数字的下限", 8 },
    [DEF_MOST] = { "最大", "数字的上限；表格最多的行数", 8 },
    [DEF_REQUIRED] = { "必填", "是，或空着", 8 },
    [DEF_CONDITION] = { "条件", "什么情况下才问：Q1=是，Q2≠不适用，Q3>0；几个条件用“且”连接，几个值用“|”分开", 20 },
    [DEF_PROOF] = { "佐证", "空着：不附；可附；必附；或者写哪些答案必须附佐证，用；分开", 14 },
    [DEF_FIGURE] = { "取数", "旁边显示的已算好的数，写它的来源链代码，{年}、{单位} 会换成实际的", 24 },
    [DEF_SOURCE] = { "依据", "文件、条款", 24 },
    [DEF_NOTE] = { "说明", "怎么填", 40 },
};

const struct form_column_info *form_column_info(enum form_column column)
{
    return &COLUMNS[column];
}

bool form_table_csv(struct text file, struct text csv, struct arena *mem, struct form_table *out, struct err *err)
{
    struct csv_scanner scanner = { csv.at, csv.at + csv.size, ',' };
    struct csv_field fields[FORM_MOST_COLUMNS];
    size_t capacity = 0, n = 0;
    *out = (struct form_table){ .file = file };
    if (text_starts(csv, TEXT("\xEF\xBB\xBF")))
        scanner.at += 3;
    if (csv.size > FORM_LARGEST) {
        err_set(err, ERR_LIMIT, "“%.*s”超过 1 MB，不像一张表的定义。", TEXT_ARG(file));
        return err_hint(err, "请只保留定义这张表的行。");
    }
    if (!utf8_valid(csv)) {
        err_set(err, ERR_INPUT, "“%.*s”不是 UTF-8 编码的 CSV。", TEXT_ARG(file));
        return err_hint(err, "请在表格软件里另存为“CSV UTF-8”，或者直接传 .xlsx。");
    }
    for (;;) {
        const enum csv_status status = csv_next(&scanner, fields, COUNT(fields), &n);
        if (status == CSV_END)
            return true;
        if (status != CSV_ROW) {
            err_set(err, ERR_INPUT, status == CSV_OPEN_QUOTE ? "“%.*s”第 %zu 行的引号没有结束。" : "“%.*s”第 %zu 行的列太多。", TEXT_ARG(file), out->n + 1);
            return err_hint(err, "请对照模板改这一行。");
        }
        if (out->n == FORM_MOST_ROWS) {
            err_set(err, ERR_LIMIT, "“%.*s”超过 %d 行。", TEXT_ARG(file), FORM_MOST_ROWS);
            return err_hint(err, "请把它拆成几张表。");
        }
        ARENA_ROOM(mem, out->rows, out->n, capacity);
        struct text *const cells = arena_array(mem, n + 1, struct text);
        for (size_t i = 0; i < n; i++)
            cells[i] = csv_value(mem, fields[i]);
        out->rows[out->n++] = (struct form_cells){ cells, n };
    }
}

struct text form_table_write(const struct form_table *table, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    for (size_t r = 0; r < table->n; r++) {
        for (size_t c = 0; c < table->rows[r].n; c++) {
            if (c)
                buf_byte(&buf, ',');
            csv_add(&buf, table->rows[r].at[c], ',');
        }
        buf_byte(&buf, '\n');
    }
    return buf_text(&buf);
}
