#include "survey/form_table.h"

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
