/* compose_county.h — what is said of a county: its verdict in one sentence, and every thing that stands
 * between it and 达标 (domain specification §6.3: the county's verdict lists every blocking row). */
#pragma once
#include "model/what_if.h"

enum block_kind {
    BLOCK_SCHOOLS,   /* schools of a stage that do not pass, or lack data */
    BLOCK_CV,        /* a coefficient over its limit, or undecided */
    BLOCK_COMBINED,  /* the combined coefficient, in an edition where it decides */
    BLOCK_RULE,      /* an indicator of the county, a precondition, a veto */
    BLOCK_NO_UNITS,  /* nothing to assess */
};

struct block {
    enum block_kind kind;
    enum state state;       /* STATE_BELOW: it fails; STATE_NO_DATA: it cannot be told */
    int stage;              /* −1: of the county */
    struct text id;         /* "L5", "G11a", "combined", "units" */
    struct text words;      /* 「初中生均体育运动场馆面积：差异系数 0.527，高于上限 0.450」 */
};

struct blocks {
    struct block *at;       /* what fails first, then what is not known; each in the order of the edition */
    size_t n, failing, unknown;
};

struct blocks compose_blocks(struct arena *mem, const struct assessment *assessment, size_t county);
/* 「2025学年，青禾县还不能申报认定，差 7 件事。」 */
struct text compose_county_sentence(struct arena *mem, const struct county_assessment *county, const struct blocks *blocks);
/* 「差异系数 0.527，高于上限 0.500；3 所学校占其中 41%」, 「缺 2 所学校。无论它们报多少，都在 0.47 和 0.49
 * 之间，不超限」.  Without the closing 。 */
struct text compose_cv_words(struct arena *mem, const struct stage_assessment *stage, size_t level, const struct level *asked);
/* 「8.2%，应不低于 10%」, 「12 所学校不符合」, 「还没有人判定」. */
struct text compose_rule_words(struct arena *mem, const struct assessment *assessment, size_t county,
                               const struct rule_result *result);
/* What a trial did: 「达标学校 89 → 96 所」, 「初中网络多媒体教室的差异系数 0.412 → 0.418，略升」; names what
 * gets worse.  Sentences without 。, *n_out of them. */
struct text *compose_effects(struct arena *mem, const struct assessment *after, const struct what_if *what_if, size_t county,
                             size_t *n_out);
/* 「柳林镇中心小学 运动场地面积：4,200 平方米 → 6,200 平方米」 */
struct text compose_change(struct arena *mem, const struct assessment *assessment, const struct change *change);
