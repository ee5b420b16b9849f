#include "import/narrowing.h"

#include "base/err.h"
#include "base/unicode.h"

bool held_by_a_name(const struct item *item, struct text word, struct arena *scratch)
{
    if (text_find(text_fold(scratch, item->zh), word, NULL))
        return true;
    for (size_t i = 0; i < item->n_aliases; i++)
        if (text_find(text_fold(scratch, item->aliases[i]), word, NULL))
            return true;
    return false;
}

bool speaks_of_a_stage(struct text part, const struct item *item, struct arena *scratch)
{
    static const struct text STAGES[] = { TEXT("小学"), TEXT("初中"),     TEXT("初级中学"),
                                          TEXT("高中"), TEXT("高级中学"), TEXT("幼儿园"),
                                          TEXT("学前"), TEXT("中职"),     TEXT("特教") };
    size_t spoken = 0;
    struct text stage = TEXT("");
    for (size_t i = 0; i < COUNT(STAGES); i++)
        if (text_find(part, STAGES[i], NULL)) {
            spoken++;
            stage = STAGES[i];
        }
    return spoken == 1 && !text_find(part, TEXT("中小学"), NULL) && !held_by_a_name(item, stage, scratch);
}

bool narrows(struct text part, const struct item *item, struct arena *scratch)
{
    static const struct text WORDS[] = {
        TEXT("女"),   TEXT("男"),   TEXT("民族"), TEXT("寄宿"), TEXT("随迁"), TEXT("留守"),   TEXT("残疾"),
        TEXT("招生"), TEXT("新生"), TEXT("毕业"), TEXT("上年"), TEXT("去年"), TEXT("上学年"), TEXT("上一"),
        TEXT("前年"), TEXT("次年"), TEXT("预计"), TEXT("计划"), TEXT("规划"), TEXT("需"),     TEXT("缺"),
        TEXT("标准"), TEXT("应"),   TEXT("生均"), TEXT("每百"), TEXT("平均"), TEXT("比例"),   TEXT("占比"),
        TEXT("代课"), TEXT("兼任"), TEXT("兼职"), TEXT("外聘"), TEXT("编外"), TEXT("新增"),   TEXT("新建"),
        TEXT("在建"), TEXT("危房"), TEXT("租"),   TEXT("借"),   TEXT("增加"), TEXT("减少"),   TEXT("附设"),
        TEXT("非"),   TEXT("城区"), TEXT("镇区"), TEXT("乡村"), TEXT("农村"),
    };
    for (size_t i = 0; i < COUNT(WORDS); i++)
        if (text_find(part, WORDS[i], NULL) && !held_by_a_name(item, WORDS[i], scratch))
            return true;
    return false;
}
