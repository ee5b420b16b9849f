#include "app/assess.h"

#include "app/near.h"
#include "import/header.h"
#include "import/value.h"

/* Cuts *rest at the first of two marks (ASCII, full-width). */
static bool cut(struct text *rest, struct text ascii, struct text wide, struct text *part_out)
{
    size_t a = 0, w = 0;
    const bool has_a = text_find(*rest, ascii, &a), has_w = text_find(*rest, wide, &w);
    if (!has_a && !has_w)
        return false;
    const bool take_a = has_a && (!has_w || a < w);
    const size_t at = take_a ? a : w, size = take_a ? ascii.size : wide.size;
    *part_out = text_trim((struct text){ rest->at, at });
    *rest = (struct text){ rest->at + at + size, rest->size - at - size };
    return true;
}

static bool find_item(const struct item_list *items, struct text name, struct arena *mem, uint16_t *out, struct err *err)
{
    *out = item_named(item_names_new(mem, items), name, mem);
    if (*out == NO_ITEM) {
        struct near near = near_start(mem, name);
        for (size_t i = 0; i < items->n; i++) {
            near_try(&near, items->at[i].code);
            near_try(&near, items->at[i].zh);
        }
        err_set(err, ERR_USAGE, "--set 里的“%.*s”不是指标项。", TEXT_ARG(name));
        if (near.found)
            return err_hint(err, "是不是“%.*s”？", TEXT_ARG(near.best));
        return err_hint(err, "写指标项的代码或中文名，与报表表头相同。");
    }
    if (items->at[*out].level == ITEM_KEY) {
        err_set(err, ERR_USAGE, "--set 不能改“%.*s”：它说明这一行是谁。", TEXT_ARG(items->at[*out].zh));
        return err_hint(err, "试算只改报表里的数。");
    }
    return true;
}

bool app_wish(const struct edition *edition, const char *words, struct arena *mem, struct wish *out, struct err *err)
{
    struct text rest = text_of(words), name = TEXT("");
    *out = (struct wish){ .number = BLANK, .text = TEXT("") };
    if (!cut(&rest, TEXT(":"), TEXT("："), &out->place) || !cut(&rest, TEXT("="), TEXT("＝"), &name) ||
        !out->place.size || !name.size) {
        err_set(err, ERR_USAGE, "--set 读到“%s”，应为 学校:指标项=数值。", words);
        return err_hint(err, "例如 --set '柳林镇中心小学:运动场地面积=6200'；学校写代码或校名。");
    }
    if (!find_item(&edition->items, name, mem, &out->item, err))
        return false;
    const struct item *item = &edition->items.at[out->item];
    struct value_fault fault = { .rule = TEXT("") };
    if (item->type == ITEM_TEXT)
        out->text = value_text_text(mem, item, rest, &fault);
    else
        out->number = value_number_text(mem, item, rest, &fault);
    if (!fault.rule.size || fault.level != FINDING_ERROR)
        return true;
    err_set(err, ERR_USAGE, "--set 给“%.*s”的值读到“%.*s”，%.*s。", TEXT_ARG(item->zh), TEXT_ARG(rest),
            TEXT_ARG(fault.expected));
    return fault.mend.size ? err_hint(err, "%.*s。", TEXT_ARG(fault.mend)) : false;
}

static bool is_date(struct text t)
{
    if (t.size != 10 || t.at[4] != '-' || t.at[7] != '-')
        return false;
    for (size_t i = 0; i < t.size; i++)
        if (i != 4 && i != 7 && (t.at[i] < '0' || t.at[i] > '9'))
            return false;
    const int month = (t.at[5] - '0') * 10 + t.at[6] - '0', day = (t.at[8] - '0') * 10 + t.at[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool app_relaxation(const struct edition *edition, const char *words, struct arena *mem, struct relaxation_on *out,
                    struct err *err)
{
    struct text rest = text_of(words), id = TEXT("");
    *out = (struct relaxation_on){ .document = TEXT(""), .date = TEXT("") };
    if (!cut(&rest, TEXT(":"), TEXT("："), &id))
        id = rest;
    for (size_t i = 0; i < edition->n_relaxations; i++)
        if (text_equal(edition->relaxations[i].id, id))
            out->relaxation = &edition->relaxations[i];
    if (!out->relaxation) {
        struct near near = near_start(mem, id);
        for (size_t i = 0; i < edition->n_relaxations; i++)
            near_try(&near, edition->relaxations[i].id);
        err_set(err, ERR_USAGE, "标准 %.*s 没有“%.*s”这条放宽。", TEXT_ARG(edition->id), TEXT_ARG(id));
        if (near.found)
            return err_hint(err, "是不是 %.*s？", TEXT_ARG(near.best));
        struct buf all = { .mem = mem };
        for (size_t i = 0; i < edition->n_relaxations; i++)
            buf_printf(&all, "%s%.*s", i ? "、" : "", TEXT_ARG(edition->relaxations[i].id));
        if (!all.size)
            return err_hint(err, "这一版标准没有放宽条款。");
        return err_hint(err, "放宽条款有：%.*s。", TEXT_ARG(buf_text(&all)));
    }
    /* The date stands behind the last colon: a document's number may hold one. */
    size_t last = rest.size;
    while (last > 0 && rest.at[last - 1] != ':')
        last--;
    if (last > 0) {
        out->document = text_trim((struct text){ rest.at, last - 1 });
        out->date = text_trim((struct text){ rest.at + last, rest.size - last });
    }
    if (out->document.size && is_date(out->date))
        return true;
    err_set(err, ERR_USAGE, "--relax 读到“%s”，应为 编号:文号:日期。", words);
    return err_hint(err, "放宽要有依据，例如 --relax %.*s:豫教督〔2024〕8号:2024-05-01。", TEXT_ARG(id));
}
