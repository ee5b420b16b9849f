/* The lists that a frozen assessment keeps as they stood: the index of proofs, judgements, registers. */
#include "app/frozen_inside.h"

#include "app/evidence_catalogue.h"
#include "app/register.h"
#include "base/day.h"

static const char *const VERDICTS[N_JUDGED] = { "符合", "不符合", "尚不能判" };
static const char *const STATES[N_JUDGEMENT_STATES] = { "等第二人复核", "已复核确认", "复核退回", "已收回" };

static struct word_list list_new(struct arena *mem, const char *name, const char *const *heads, size_t n_columns, size_t most)
{
    struct word_list list = { .name = text_of(name), .n_rows = 1, .n_columns = n_columns, .cells = arena_array(mem, (most + 1) * n_columns, struct text) };
    for (size_t i = 0; i < n_columns; i++)
        list.cells[i] = text_of(heads[i]);
    return list;
}

static void put_row(struct word_list *list, const struct text *words)
{
    for (size_t i = 0; i < list->n_columns; i++)
        list->cells[list->n_rows * list->n_columns + i] = words[i];
    list->n_rows++;
}

static struct text day_or_none(int64_t at, struct arena *mem)
{
    return at ? day_shown(at, mem) : TEXT("");
}

static struct word_list evidence(const struct catalogue *c, struct arena *mem)
{
    static const char *const HEADS[] = { "编号", "材料要求", "单位", "文件", "说明", "版本", "大小（字节）", "SHA-256", "上传人", "日期", "位置" };
    struct word_list list = list_new(mem, "evidence", HEADS, COUNT(HEADS), c->n_lines);
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct catalogue_line *const l = &c->lines[i];
        const struct evidence *const e = l->evidence;
        const struct text none = TEXT(""), missing = TEXT("没有材料");
        put_row(&list, (const struct text[]){ l->asked->id, l->asked->zh, l->unit, e ? e->latest.name : missing, e ? e->description : none,
                                              e ? text_printf(mem, "%lld", (long long)e->latest.version) : none,
                                              e ? text_printf(mem, "%lld", (long long)e->latest.size) : none, e ? e->latest.sha256 : none,
                                              e ? e->latest.stamp.who : none, e ? day_or_none(e->latest.stamp.at, mem) : none, e ? l->path : none });
    }
    return list;
}

static struct word_list judgements(const struct catalogue *c, struct arena *mem)
{
    static const char *const HEADS[] = { "指标", "对象", "结论", "理由", "评判人", "日期", "状态", "复核人", "复核日期", "复核意见" };
    struct word_list list = list_new(mem, "judgement", HEADS, COUNT(HEADS), c->n_judgements);
    for (size_t i = 0; i < c->n_judgements; i++) {
        const struct judgement *const j = &c->judgements[i];
        put_row(&list, (const struct text[]){ j->indicator, j->place_name.size ? j->place_name : TEXT("全县"), text_of(VERDICTS[j->verdict]), j->reason,
                                              j->first.who, day_or_none(j->first.at, mem), text_of(STATES[j->state]), j->second.who,
                                              day_or_none(j->second.at, mem), j->second_reason });
    }
    return list;
}

static struct word_list registers(const struct case_list *cases, int year, struct arena *mem)
{
    static const char *const HEADS[] = { "登记簿", "发生日期", "地点", "事项", "从哪个学年起计", "登记人", "了结日期", "怎样了结", "了结人" };
    struct word_list list = list_new(mem, "register", HEADS, COUNT(HEADS), cases->n);
    for (size_t i = 0; i < cases->n; i++) {
        const struct register_case *const c = &cases->cases[i];
        if (c->year <= year)
            put_row(&list, (const struct text[]){ c->item, c->happened_on, c->place_shown, c->what, text_printf(mem, "%d", c->year), c->opened.who,
                                                  c->closed_on, c->closed_how, c->closed.who });
    }
    return list;
}

bool frozen_lists(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem, struct word_list *out,
                  size_t *n_out, struct frozen_file **proofs_out, size_t *n_proofs_out, struct err *err)
{
    struct catalogue catalogue;
    struct case_list cases;
    if (!app_evidence_catalogue(house, snapshot, actor, year, mem, &catalogue, err) || !app_cases(house, actor, mem, &cases, err))
        return false;
    out[0] = evidence(&catalogue, mem);
    out[1] = judgements(&catalogue, mem);
    out[2] = registers(&cases, year, mem);
    *n_out = 3;
    struct frozen_file *const proofs = arena_array(mem, catalogue.n_lines + 1, struct frozen_file);
    *n_proofs_out = 0;
    for (size_t i = 0; i < catalogue.n_lines; i++) {
        const struct catalogue_line *const l = &catalogue.lines[i];
        if (l->evidence)
            proofs[(*n_proofs_out)++] = (struct frozen_file){ FROZEN_PROOF, text_printf(mem, "06-佐证材料/%.*s", TEXT_ARG(l->path)), l->evidence->latest.sha256,
                                                              l->evidence->latest.size };
    }
    *proofs_out = proofs;
    return true;
}
