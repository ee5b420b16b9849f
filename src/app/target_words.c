/* What a line of the board is called, and what is said of it. */
#include "app/targets.h"

#include "base/unicode.h"
#include "report/say.h"
#include "report/words.h"

static const struct { enum target_alarm alarm; const char *code, *zh, *en; } ALARMS[N_TARGET_ALARMS] = {
    { TARGET_MISSED, "missed", "未达年度目标", "Target missed" },
    { TARGET_FALLS, "falls", "将下滑", "Will fall" },
    { TARGET_TOO_LATE, "late", "赶不上", "Too slow" },
    { TARGET_NO_PATH, "unset", "没有目标", "No target" },
    { TARGET_NO_DATA, "no_data", "缺数据", "No data" },
};

struct text target_alarm_name(enum target_alarm alarm, bool english)
{
    for (size_t i = 0; i < COUNT(ALARMS); i++)
        if (ALARMS[i].alarm == alarm)
            return text_of(english ? ALARMS[i].en : ALARMS[i].zh);
    return TEXT("");
}

struct text target_alarm_code(enum target_alarm alarm)
{
    for (size_t i = 0; i < COUNT(ALARMS); i++)
        if (ALARMS[i].alarm == alarm)
            return text_of(ALARMS[i].code);
    return TEXT("");
}

unsigned target_alarm_of(struct text code)
{
    for (size_t i = 0; i < COUNT(ALARMS); i++)
        if (text_equal(code, text_of(ALARMS[i].code)))
            return ALARMS[i].alarm;
    return 0;
}

struct text target_name(const struct edition *edition, const struct target_line *line, bool english)
{
    if (line->rule)
        return say_rule_name(edition, line->rule, english);
    return say_level(line->level, english);
}

struct text target_stage(const struct target_line *line, bool english)
{
    return line->level ? say_stage(text_equal(line->of.stage, TEXT("junior")) ? STAGE_JUNIOR : STAGE_PRIMARY, english) : TEXT("");
}

static bool is_share(const struct target_line *line)
{
    return line->rule && line->rule->scope == SCOPE_COUNTY && text_equal(line->rule->unit, TEXT("ratio"));
}

struct text target_value(const struct target_line *line, double value, bool english, struct arena *mem)
{
    if (is_blank(value))
        return TEXT("");
    if (line->is_cv)
        return words_fixed(mem, value, 3);
    if (line->level)
        return words_fixed(mem, value, 2);
    if (is_share(line)) {
        /* 95%, 94.9%: no digit that says nothing. */
        const double percent = value * 100;
        return text_printf(mem, "%.*s%%", TEXT_ARG(words_fixed(mem, percent, number_round(percent, 0) == number_round(percent, 1) ? 0 : 1)));
    }
    (void)english;
    return words_count(mem, number_round(value, 2));
}

struct text target_unit(const struct target_line *line, bool english, struct arena *mem)
{
    (void)mem;
    if (line->is_cv || is_share(line))
        return TEXT("");
    if (line->rule && line->rule->scope == SCOPE_SCHOOL)
        return english ? TEXT("schools that fail") : TEXT("所不合要求");
    return say_unit(line->rule ? line->rule->unit : line->level->unit, english);
}

/* ---- sentences ---------------------------------------------------------------------------- */

static struct text year_words(const struct target_board *board, size_t at, bool english, struct arena *mem)
{
    return say_year(mem, board->first + (int)at, english);
}

/* By what it was looked ahead; a phrase at the head of a sentence. */
static const char *way_words(const struct target_line *line, bool english)
{
    if (line->planned)
        return english ? "By the work planned and enrolment" : "按台账已列的计划和入学变化";
    switch (line->by) {
    case FORECAST_GRADES: return english ? "By the grades moving up" : "按各年级在校生顺推";
    case FORECAST_LINE: return english ? "By the trend of enrolment" : "按现有入学趋势";
    case FORECAST_LEVEL:
    case FORECAST_NOTHING:
    default: return english ? "With enrolment as it is" : "按入学不变";
    }
}

static struct text falls_words(const struct target_board *board, const struct target_line *line, bool english, struct arena *mem)
{
    /* Rounded so that it does not read as if it passed. */
    const double ahead = line->ahead[line->falls];
    const struct text value = line->is_cv ? words_cv(mem, ahead, line->goal.threshold, STATE_BELOW) : words_level(mem, ahead, line->level, STATE_BELOW);
    const struct text year = year_words(board, line->falls, english, mem),
                      limit = target_value(line, line->goal.threshold, english, mem), unit = target_unit(line, english, mem);
    if (english)
        return text_printf(mem, "%s, %.*s%s%.*s will be %.*s in %.*s, %s %.*s %.*s (estimated).", way_words(line, true), TEXT_ARG(line->where),
                           line->where.size ? ": " : "", TEXT_ARG(target_name(NULL, line, true)), TEXT_ARG(value), TEXT_ARG(year),
                           line->goal.at_most ? "above" : "below", TEXT_ARG(limit), TEXT_ARG(unit));
    return text_printf(mem, "%s，%.*s%.*s%.*s%s %.*s%s到 %.*s，%s %.*s%s%.*s（推算）。", way_words(line, false), TEXT_ARG(line->where),
                       TEXT_ARG(target_stage(line, false)), TEXT_ARG(target_name(NULL, line, false)), line->is_cv ? "的差异系数" : "", TEXT_ARG(year),
                       line->goal.at_most ? "升" : "降", TEXT_ARG(value), line->goal.at_most ? "高于" : "低于", TEXT_ARG(limit), unit.size ? " " : "",
                       TEXT_ARG(unit));
}

struct text target_alarm_words(const struct target_board *board, const struct target_line *line, enum target_alarm alarm, bool english, struct arena *mem)
{
    const struct text final = year_words(board, board->n_years - 1, english, mem);
    switch (alarm) {
    case TARGET_MISSED:
        return text_printf(mem, english ? "%.*s: %.*s, the target was %.*s." : "%.*s没有达到目标：%.*s，目标 %.*s。",
                           TEXT_ARG(year_words(board, line->last, english, mem)), TEXT_ARG(target_value(line, line->measured[line->last], english, mem)),
                           TEXT_ARG(target_value(line, line->target[line->last], english, mem)));
    case TARGET_FALLS:
        return falls_words(board, line, english, mem);
    case TARGET_TOO_LATE:
        if (line->planned)
            return text_printf(mem, english ? "The work planned does not reach it by %.*s." : "台账已列的计划做完，到%.*s也达不到。", TEXT_ARG(final));
        return text_printf(mem, english ? "At the pace of the years measured it is not reached by %.*s." : "照近几年的快慢，到%.*s也达不到。", TEXT_ARG(final));
    case TARGET_NO_PATH:
        return english ? TEXT("It does not pass, and no target is set.") : TEXT("还没有达标，也没有定目标。");
    case TARGET_NO_DATA:
    default:
        return english ? TEXT("No figure yet.") : TEXT("还没有数，要先填报。");
    }
}

struct text target_pass_words(const struct target_board *board, const struct target_line *line, bool english, struct arena *mem)
{
    if (line->passes || line->pass == board->n_years)
        return TEXT("");
    const struct text year = year_words(board, line->pass, english, mem);
    if (line->planned)
        return text_printf(mem, english ? "%.*s (by the work planned)" : "%.*s（按已列计划）", TEXT_ARG(year));
    return text_printf(mem, english ? "%.*s (by the trend)" : "%.*s（按近年快慢）", TEXT_ARG(year));
}

bool target_typed(const struct edition *edition, const struct target_of *of, struct text typed, double *out, struct err *err)
{
    struct path_goal goal;
    struct target_line line = { .of = *of };
    struct text digits = text_trim(typed);
    *out = BLANK;
    if (!digits.size)
        return true;
    if (!target_goal_of(edition, of, &goal, &line.level, &line.rule, &line.is_cv))
        return err_set(err, ERR_INPUT, "“%.*s”没有年度目标可定。", TEXT_ARG(of->subject));
    const bool percent = text_ends(digits, TEXT("%"));
    digits.size -= percent;
    if (!number_parse(digits, out) || *out < 0 || *out > 1e9 || (percent && !is_share(&line))) {
        err_set(err, ERR_INPUT, "年度目标读到“%.*s”，应为不小于 0 的数。", (int)(typed.size > 40 ? 40 : typed.size), typed.at);
        return err_hint(err, "请写数字，例如 4.5；比例可以写 95%%。");
    }
    /* A share typed as 95 means 95%. */
    if (is_share(&line) && (percent || *out > 1.5))
        *out /= 100;
    return true;
}
