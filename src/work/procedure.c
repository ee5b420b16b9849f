#include "work/procedure.h"

#include "base/day.h"

/* `after`: what must have been passed before it begins; N_PROC_STEPS: nothing.  `aside`: not on the way itself. */
static const struct { const char *code, *zh, *en; enum procedure_level level; enum procedure_step after; bool aside; } STEPS[N_PROC_STEPS] = {
    [PROC_SELF] = { "self", "县级自评", "Self-assessment", PROC_COUNTY, N_PROC_STEPS, false },
    [PROC_CITY] = { "city", "申请市级复核", "Review by the prefecture", PROC_PREFECTURE, PROC_SELF, false },
    [PROC_PROVINCE] = { "province", "省级督导评估", "Evaluation by the province", PROC_OF_PROVINCE, PROC_CITY, false },
    [PROC_QUALIFY] = { "qualify", "资格审查", "Check of qualification", PROC_OF_NATION, PROC_PROVINCE, false },
    [PROC_MONITOR] = { "monitor", "质量监测", "Quality monitoring", PROC_OF_NATION, PROC_QUALIFY, false },
    [PROC_SURVEY] = { "survey", "社会认可度调查", "Survey of recognition", PROC_OF_NATION, PROC_QUALIFY, false },
    [PROC_FIGURES] = { "figures", "指标审核", "Check of the indicators", PROC_OF_NATION, PROC_QUALIFY, false },
    [PROC_VISIT] = { "visit", "核查评估", "Visit", PROC_OF_NATION, PROC_FIGURES, false },
    [PROC_COUNCIL] = { "council", "集中审议", "Deliberation", PROC_OF_NATION, PROC_VISIT, false },
    [PROC_LIST] = { "list", "名单公布", "Published list", PROC_OF_NATION, PROC_COUNCIL, false },
    [PROC_FIX_PLAN] = { "fix_plan", "提交整改方案", "Plan of rectification", PROC_OF_NATION, N_PROC_STEPS, true },
    [PROC_FIX_REPORT] = { "fix_report", "提交整改情况报告", "Report of rectification", PROC_OF_NATION, PROC_FIX_PLAN, true },
    [PROC_REVIEW] = { "review", "监测和复查", "Monitoring and review", PROC_OF_NATION, PROC_LIST, true },
};
static const struct { const char *code, *zh, *en; } WHATS[N_PROC_WHATS] = {
    [PROC_BEGUN] = { "begun", "开始（申请、启动）", "Begun" },
    [PROC_PASSED] = { "passed", "通过（完成）", "Passed" },
    [PROC_FAILED] = { "failed", "没有通过", "Not passed" },
    [PROC_NOTED] = { "noted", "记一件事", "Noted" },
};
static const char *const LEVELS[N_PROC_LEVELS][2] = {
    [PROC_COUNTY] = { "县级", "County" }, [PROC_PREFECTURE] = { "市级", "Prefecture" },
    [PROC_OF_PROVINCE] = { "省级", "Province" }, [PROC_OF_NATION] = { "国家级", "Nation" },
};

/* Whether a step lies behind another on the way. */
static bool lies_behind(enum procedure_step step, enum procedure_step other)
{
    for (enum procedure_step at = STEPS[step].after; at != N_PROC_STEPS; at = STEPS[at].after)
        if (at == other)
            return true;
    return false;
}

void procedure_standings(const struct procedure_event *events, size_t n, struct procedure_standing out[N_PROC_STEPS])
{
    for (size_t s = 0; s < N_PROC_STEPS; s++)
        out[s] = (struct procedure_standing){ PROC_NOT_YET, SIZE_MAX };
    for (size_t i = 0; i < n; i++) {
        enum procedure_step step;
        enum procedure_what what;
        if (events[i].crossed_out.size || !procedure_step_of(events[i].step, &step) || !procedure_what_of(events[i].what, &what) || what == PROC_NOTED)
            continue;
        /* The yearly self-assessment begun again takes nothing back; a review applied for again does. */
        if (what == PROC_BEGUN && step != PROC_SELF && !STEPS[step].aside)
            for (size_t s = 0; s < N_PROC_STEPS; s++)
                if (lies_behind((enum procedure_step)s, step) && out[s].event != SIZE_MAX)
                    out[s] = (struct procedure_standing){ PROC_NOT_YET, SIZE_MAX };
        out[step] = (struct procedure_standing){ what == PROC_BEGUN ? PROC_UNDER_WAY : what == PROC_PASSED ? PROC_DONE : PROC_BACK, i };
    }
}

enum procedure_step procedure_at(const struct procedure_standing standings[N_PROC_STEPS])
{
    int furthest = -1;
    for (int s = 0; s < N_PROC_STEPS; s++)
        if (!STEPS[s].aside && standings[s].stands != PROC_NOT_YET)
            furthest = s;
    /* A self-assessment of a later year, under way while the review goes on, does not set the county back. */
    for (int s = furthest > PROC_SELF ? PROC_CITY : PROC_SELF; s < N_PROC_STEPS; s++)
        if (!STEPS[s].aside && standings[s].stands != PROC_DONE)
            return (enum procedure_step)s;
    return N_PROC_STEPS;
}

/* The day of the event by which a step was passed, in this round or (of the self-assessment, begun again every year) ever. */
static bool passed_on(const struct procedure_event *events, size_t n, const struct procedure_standing *standing, enum procedure_step step, struct text *day)
{
    if (standing->stands == PROC_DONE) {
        *day = events[standing->event].day;
        return true;
    }
    for (size_t i = 0; i < n && step == PROC_SELF; i++)
        if (!events[i].crossed_out.size && text_equal(events[i].step, TEXT("self")) && text_equal(events[i].what, TEXT("passed"))) {
            *day = events[i].day;
            return true;
        }
    return false;
}

bool procedure_may(const struct procedure_event *events, size_t n, enum procedure_step step, enum procedure_what what, struct text day, struct err *err)
{
    struct procedure_standing all[N_PROC_STEPS];
    struct text not_before = TEXT("");
    procedure_standings(events, n, all);
    if (what == PROC_NOTED)
        return true;
    const enum procedure_step after = STEPS[step].after;
    if (after != N_PROC_STEPS && !passed_on(events, n, &all[after], after, &not_before)) {
        err_set(err, ERR_CONFLICT, "“%s”还没有通过，“%s”不能开始。", STEPS[after].zh, STEPS[step].zh);
        return err_hint(err, "请先记下“%s”通过的日期和文号。", STEPS[after].zh);
    }
    if (what == PROC_BEGUN && all[step].stands == PROC_UNDER_WAY)
        return err_set(err, ERR_CONFLICT, "“%s”已经在进行（%.*s 开始）。", STEPS[step].zh, TEXT_ARG(events[all[step].event].day));
    if (what == PROC_BEGUN && all[step].stands == PROC_DONE && step != PROC_SELF && step != PROC_REVIEW && step != PROC_FIX_PLAN && step != PROC_FIX_REPORT) {
        err_set(err, ERR_CONFLICT, "“%s”已经通过（%.*s）。", STEPS[step].zh, TEXT_ARG(events[all[step].event].day));
        return err_hint(err, "记错了的，请在那一条上划掉，并写明原因。");
    }
    if (what != PROC_BEGUN && all[step].stands != PROC_UNDER_WAY) {
        err_set(err, ERR_CONFLICT, "“%s”还没有开始，不能记“%s”。", STEPS[step].zh, WHATS[what].zh);
        return err_hint(err, "请先记它开始的日期。");
    }
    if (what != PROC_BEGUN)
        not_before = events[all[step].event].day;
    if (not_before.size && text_compare(day, not_before) < 0)
        return err_set(err, ERR_INPUT, "日期 %.*s 早于上一步的日期 %.*s。", TEXT_ARG(day), TEXT_ARG(not_before));
    return true;
}

int procedure_recognised(const struct procedure_event *events, size_t n)
{
    struct procedure_standing all[N_PROC_STEPS];
    struct day day;
    procedure_standings(events, n, all);
    return all[PROC_LIST].stands == PROC_DONE && day_read(events[all[PROC_LIST].event].day, &day) ? day.year : 0;
}

struct text procedure_step_code(enum procedure_step step) { return text_of(STEPS[step].code); }
struct text procedure_step_said(enum procedure_step step, bool english) { return text_of(english ? STEPS[step].en : STEPS[step].zh); }
enum procedure_level procedure_level_of(enum procedure_step step) { return STEPS[step].level; }
struct text procedure_level_said(enum procedure_level level, bool english) { return text_of(LEVELS[level][english]); }
struct text procedure_what_code(enum procedure_what what) { return text_of(WHATS[what].code); }
struct text procedure_what_said(enum procedure_what what, bool english) { return text_of(english ? WHATS[what].en : WHATS[what].zh); }

bool procedure_step_of(struct text code, enum procedure_step *out)
{
    for (int s = 0; s < N_PROC_STEPS; s++)
        if (text_equal(code, text_of(STEPS[s].code))) {
            *out = (enum procedure_step)s;
            return true;
        }
    return false;
}

bool procedure_what_of(struct text code, enum procedure_what *out)
{
    for (int w = 0; w < N_PROC_WHATS; w++)
        if (text_equal(code, text_of(WHATS[w].code))) {
            *out = (enum procedure_what)w;
            return true;
        }
    return false;
}
