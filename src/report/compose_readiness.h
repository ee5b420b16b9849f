/* compose_readiness.h — may the county apply (申报条件)?  Every condition in a list: met, or what blocks it, who sees to it, by when.
 *
 *   Rule    county passes = PRE ∧ no veto ∧ every unit passes ∧ every CV within its limit ∧ G ∧ Q ∧ S1; besides: no school lacking,
 *           the year locked, every judgement confirmed by a second person, the report frozen.   Source  domain specification §1.7 */
#pragma once
#include "report/composing.h"
#include "report/plan.h"

enum readiness_group {
    READINESS_PRECONDITIONS, READINESS_VETOES, READINESS_SCHOOLS, READINESS_SPREAD, READINESS_GOVERNMENT, READINESS_QUALITY,
    READINESS_RECOGNITION, READINESS_WORK, N_READINESS_GROUPS
};

/* Where a row leads. */
enum readiness_place {
    READINESS_AT_REGISTER, READINESS_AT_INDICATOR, READINESS_AT_PROOF, READINESS_AT_SCHOOLS, READINESS_AT_RETURNS, READINESS_AT_PROOFS,
    READINESS_AT_FROZEN,
};

struct readiness_row {
    enum readiness_group group;
    struct text id;              /* "PRE1", "units", "L5", "G11", "lacking", "locked", "judged", "frozen" */
    int stage;                   /* −1: of the county */
    struct text name, words;     /* 「运动场地（初中）」; 「差异系数 0.527，高于上限 0.450」 */
    enum state state;            /* STATE_MET, _NOT_APPLICABLE: nothing blocks; _BELOW; _NO_DATA */
    struct text who, when;       /* empty where nothing blocks */
    enum readiness_place place;
};

/* What does not stand in the figures. */
struct readiness_judged { struct text indicator; bool confirmed, waiting; };
struct readiness_facts {
    const struct text *lacking;          /* names of schools asked whose return nobody has approved */
    size_t n_lacking;
    bool collected, locked;              /* the year was opened for returns; it is locked */
    struct text locked_words;            /* 「王敏 2026-12-01」 */
    const struct readiness_judged *judged;   /* each indicator that a person judges */
    size_t n_judged;
    bool frozen, frozen_stale;           /* the report was frozen; data or words changed since */
    struct text frozen_words;            /* 「王敏 2026-12-20，第 31 版数据」 */
};

struct readiness {
    struct text sentence;                /* 「2025学年，青禾县已具备申报条件。」 「……还不能申报：43 条中 7 条没有达到，2 条还不能判定。」 */
    bool ready;
    struct readiness_row *rows;          /* group by group, in the order of the edition */
    size_t n, failing, unknown;
    size_t met[N_READINESS_GROUPS], of[N_READINESS_GROUPS];
};

struct readiness *compose_readiness(const struct composing *c, const struct readiness_facts *facts, const struct plan *plan,
                                    const struct prices *prices, struct day today);
/* 申报前提, 一票否决, 学校达标 … */
struct text readiness_group_name(enum readiness_group group, bool english);
