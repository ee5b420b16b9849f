/* targets.h — targets to 2030 (目标责任制): for every school's indicator and every county figure what is measured, what is asked year by
 * year, where it is likely to go, who answers for it.
 *
 * A board is read with four queries, whatever the number of schools; all else is worked out from the snapshot.
 *   Source  domain specification §5.1 S3.4, §5.5 S6.2a, §6.2; work/path.h, work/forecast.h */
#pragma once
#include "app/owner.h"
#include "app/place_names.h"
#include "model/target.h"
#include "model/waiting.h"
#include "work/forecast.h"
#include "work/path.h"

enum target_alarm {
    TARGET_MISSED = 1,       /* 未达年度目标: the latest measured year is short of its target */
    TARGET_FALLS = 2,        /* 将下滑: passes now, and will not before the last year */
    TARGET_TOO_LATE = 4,     /* 赶不上: on its present way it does not pass by the last year */
    TARGET_NO_PATH = 8,      /* 没有目标: it does not pass, and nobody has set a path */
    TARGET_NO_DATA = 16,     /* 缺数据 */
};
enum { N_TARGET_ALARMS = 5 };

struct target_line {
    struct target_of of;
    size_t row;                      /* of the returns, the school's latest; SIZE_MAX: the county */
    struct text where, township;     /* 柳林镇中心小学; empty: the county */
    const struct level *level;       /* of levels and coefficients */
    const struct rule *rule;         /* of rules */
    bool is_cv, allowed;             /* allowed: the one level of a passing school that may stay near (6/7): its goal is the floor */
    struct path_goal goal;
    const struct target_path *path;  /* NULL: none */
    struct owner owner;
    struct text person;              /* 责任人: the path's, else the unit's; may be empty */
    double *measured, *target, *ahead;   /* [n_years]; ahead: what is likely, from the year after the last measured; else blanks */
    double *pupils;                  /* [n_years] of a level: returned, then forecast; else NULL */
    size_t last;                     /* the latest measured year, an index; n_years: none */
    bool passes;                     /* then */
    unsigned alarms;                 /* of enum target_alarm */
    size_t falls, pass;              /* the year of the fall, the year from which on it passes; n_years: none is known */
    enum forecast_by by;             /* what `ahead` was made by: of pupils for levels and coefficients, of the figure itself for rules */
    bool planned;                    /* the ledger's planned quantities are in it */
    enum forecast_by pass_by;        /* FORECAST_LINE: by the years measured; FORECAST_LEVEL: by what is planned and enrolled */
};

struct target_filter {
    struct text stage, subject, school, township, owner, words;   /* owner: owner_key, "county" for the county; empty: all */
    unsigned alarms;                 /* any of them; 0: all lines */
    bool unmet;                      /* only what does not pass now */
    int kind;                        /* 0: all; 1: county figures alone; 2: schools alone */
};

struct target_board {
    int first;                       /* the year of index 0 */
    size_t n_years;                  /* to the last one, the final year */
    size_t now;                      /* the usual year, an index */
    struct target_line *lines;       /* county figures first, then schools by code, stage, indicator */
    size_t n;
    const struct owners *owners;
    struct place_names names;
    struct target_issue issue;       /* the latest; .issue 0: none */
    bool locked;                     /* it is in force */
    size_t n_paths;                  /* kept in all, whatever the filter */
    struct { size_t n, passing, kept, missed, falling, too_late, no_path, no_data; } tally;   /* of the lines here; kept: in time in the latest year */
};

/* What the actor may see of it: the county's figures for who sees the county, the schools of his place.
 *   Errors  ERR_DENIED; ERR_ABSENT: no data yet */
bool app_targets(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct target_filter *filter,
                 int64_t now, struct arena *mem, struct target_board *out, struct err *err) MUST_CHECK;
int target_final_year(void);         /* the 学年 by whose return all must be met: 2029 */
/* What is asked of a subject; false: it is none that has numbers. */
bool target_goal_of(const struct edition *edition, const struct target_of *of, struct path_goal *goal_out, const struct level **level_out,
                    const struct rule **rule_out, bool *is_cv_out);

/* ---- words (target_words.c) ---- */

struct text target_name(const struct edition *edition, const struct target_line *line, bool english);   /* 教学用房 · 教学用房的差异系数 · 交流轮岗 */
struct text target_value(const struct target_line *line, double value, bool english, struct arena *mem);   /* 4.50, 0.500, 95.0%, 3 */
struct text target_unit(const struct target_line *line, bool english, struct arena *mem);                  /* m²/生; empty */
/* 「2025学年未达到目标：4.02，应为 4.10」「按近几年入学的变化，2028学年降到 4.41，低于 4.50」 …; one sentence an alarm. */
struct text target_alarm_words(const struct target_board *board, const struct target_line *line, enum target_alarm alarm, bool english, struct arena *mem);
struct text target_alarm_name(enum target_alarm alarm, bool english);      /* 未达年度目标 */
struct text target_alarm_code(enum target_alarm alarm);                    /* "missed" */
unsigned target_alarm_of(struct text code);                                /* 0: none */
/* 「推算 2027学年达标（按台账已列计划）」; empty: it passes, or cannot be said. */
struct text target_pass_words(const struct target_board *board, const struct target_line *line, bool english, struct arena *mem);
struct text target_stage(const struct target_line *line, bool english);   /* 小学; empty */
/* What somebody typed: "4.5", "95%", "0.95"; empty: BLANK.   Errors  ERR_INPUT names it */
bool target_typed(const struct edition *edition, const struct target_of *of, struct text typed, double *out, struct err *err) MUST_CHECK;

/* ---- acts (target_acts.c) ---- */

struct target_proposal {
    struct target_filter of;         /* which lines */
    const char *basis;               /* "linear", "ledger" */
    int from_year;                   /* the measured year to begin at; 0: the usual one */
    int by_year;                     /* when all is to be met; 0: the last year */
    bool overwrite;                  /* typed ones too; else they stay */
};
struct target_proposed { size_t made, kept, blank; };   /* blank: nothing measured to begin at */
/* Works out paths and keeps them; writes by itself: never on the writer's thread.
 *   Errors  ERR_DENIED; ERR_CONFLICT: the targets are issued; ERR_USAGE */
bool app_targets_propose(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct target_proposal *proposal,
                         int64_t now, struct arena *mem, struct target_proposed *out, struct err *err) MUST_CHECK;

/* One path as somebody typed it. */
struct target_edit {
    struct target_of of;
    int64_t seen;                    /* the stamp he saw; 0: there was none */
    int first_year;                  /* of value[0]; later ones follow */
    size_t n;
    const double *value;             /* [n] BLANK: none */
    struct text person;
};
/* Inside the writer.   Errors  ERR_DENIED; ERR_CONFLICT: issued, or changed since; ERR_INPUT names what */
bool app_targets_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct target_edit *edits, size_t n, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Issues them by a document: locked from then on, every owner is told.  Each path must end at what the standard asks.  Writes by itself.
 *   Errors  ERR_DENIED; ERR_INPUT; ERR_CONFLICT: issued already, or a path does not reach (named) */
bool app_targets_issue(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text document, struct text day,
                       int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Opens them again to be revised; inside the writer.   Errors  ERR_DENIED; ERR_INPUT: no reason; ERR_CONFLICT: not issued */
bool app_targets_open(struct house *house, struct db_session *session, const struct actor *actor, struct text reason, int64_t now,
                      struct arena *mem, struct err *err) MUST_CHECK;
/* The issues, the latest first. */
bool app_target_issues(struct house *house, const struct actor *actor, struct arena *mem, struct target_issue **out, size_t *n_out,
                       struct err *err) MUST_CHECK;
/* What waits: for the office paths that were missed or are not issued, for an owner his own. */
bool app_targets_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct waiting_list *into,
                         struct err *err) MUST_CHECK;

/* ---- as a workbook (target_book.c) ---- */

/* The lines of a filter, all of them; with its line in the audit.   Errors  ERR_DENIED */
bool app_targets_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct target_filter *filter,
                          int64_t now, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
