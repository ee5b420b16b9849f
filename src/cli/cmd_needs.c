#include "app/assess.h"
#include "cli/assessing.h"
#include "report/write_needs.h"

bool cmd_needs(struct command_context *run, struct err *err)
{
    struct reading reading = READING_START;
    struct words relaxations;
    const struct option options[] = {
        READING_OPTIONS(&reading),
        OPTION_LIST("relax", 0, &relaxations, "编号:文号:日期", "启用一条放宽条款，要有文号和日期；可以有几个"),
        OPTION_FORMAT(run),
    };
    if (!options_parse(run, options, COUNT(options), &reading.files, 1, MANY, err) || !reading_prepare(run, &reading, err))
        return false;
    struct app_assess_request request = assessing_request(&reading);
    if (!assessing_relax(run, &relaxations, &request, err))
        return false;
    const struct assessing work = {
        .writer = run->format == FORMAT_JSON ? &needs_as_json : run->format == FORMAT_CSV ? &needs_as_csv : &needs_as_table,
        .says_no = assessing_some_school_fails,
    };
    return assessing_run(run, &work, &request, err);
}
