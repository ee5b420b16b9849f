#include "cli/assessing.h"

static bool read_wishes(struct command_context *run, const struct words *words, struct app_assess_request *request, struct err *err)
{
    request->n_wishes = words->n;
    request->wishes = arena_array(run->mem, words->n, struct wish);
    for (size_t i = 0; i < words->n; i++)
        if (!app_wish(request->edition, words->at[i], run->mem, &request->wishes[i], err))
            return false;
    return true;
}

static bool find_by(const char *by, struct app_assess_request *request, struct err *err)
{
    request->by = by[0] ? item_find(&request->edition->items, text_of(by)) : NO_ITEM;
    if (!by[0] || request->by != NO_ITEM)
        return true;
    err_set(err, ERR_USAGE, "标准 %.*s 没有 %s 这一指标项，不能按它分组。", TEXT_ARG(request->edition->id), by);
    return err_hint(err, "去掉 --by，或换一版标准。");
}

bool cmd_assess(struct command_context *run, struct err *err)
{
    struct reading reading = READING_START;
    struct words wishes = { 0 }, relaxations = { 0 };
    const char *by = "";
    bool brief = false, all = false;
    const struct option options[] = {
        READING_OPTIONS(&reading),
        OPTION_CHOICE("by", 0, &by, "district|township|area_kind|ownership", "也按学区、乡镇、城乡或办别分组评估"),
        OPTION_LIST("set", 0, &wishes, "学校:指标项=数值", "试算：改一个数再评估，不影响原始数据；可以有几个"),
        OPTION_LIST("relax", 0, &relaxations, "编号:文号:日期", "启用一条放宽条款，要有文号和日期；可以有几个"),
        OPTION_FLAG("brief", 0, &brief, "只要县和学段的结果，不列学校"),
        OPTION_FLAG("all", 0, &all, "列全：不止差得最多的 10 所学校，缺数据的县级指标逐项说明"),
        OPTION_FORMAT(run),
    };
    if (!options_parse(run, options, COUNT(options), &reading.files, 1, MANY, err) || !reading_prepare(run, &reading, err))
        return false;
    struct app_assess_request request = assessing_request(&reading);
    request.units = !brief;
    if (!read_wishes(run, &wishes, &request, err) || !assessing_relax(run, &relaxations, &request, err) ||
        !find_by(by, &request, err))
        return false;
    const struct assessing work = {
        .writer = run->format == FORMAT_JSON ? &assessment_as_json : run->format == FORMAT_CSV ? &assessment_as_csv : &assessment_as_table,
        .says_no = assessing_county_fails,
        .all = all,
    };
    return assessing_run(run, &work, &request, err);
}
