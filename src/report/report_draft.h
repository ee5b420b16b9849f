/* report_draft.h — a report in the making: for the files compose_report_*.c alone. */
#pragma once
#include "report/compose_indicator.h"
#include "report/compose_overview.h"
#include "report/compose_report.h"
#include "report/compose_school.h"

struct draft {
    const struct report_request *request;
    const struct composing *c;
    struct arena *mem;
    struct doc *doc;
    int year;
};

/* 「某某小学优质均衡发展情况报告」, in two lines where one is too short for it. */
struct text draft_title(struct arena *mem, struct text subject, const char *what);
/* A document with its head, header and signature. */
struct draft draft_begin(const struct report_request *request, struct text title);
/* The county's name, without the mark of fictional data. */
struct text draft_county(const struct composing *c);
/* Where the figures come from: the last section of every report. */
void draft_data(struct draft *d);

/* ── keys ── */

/* "passing:primary:2025"; facet NULL: none. */
struct text key_stage(const struct draft *d, const char *kind, enum stage stage, int year, const char *facet);
/* "cv:primary:L4:2025" */
struct text key_level(const struct draft *d, const char *kind, enum stage stage, struct text id, int year, const char *facet);
struct text key_count(const struct draft *d, enum stage stage, struct text id, enum state state, int year);
/* "level:primary:L4:CODE:2025" */
struct text key_unit(const struct draft *d, const char *kind, enum stage stage, struct text id, struct text school, int year, const char *facet);
/* "unit:primary:CODE:2025", "pupils:…" */
struct text key_school(const struct draft *d, const char *kind, enum stage stage, struct text school, int year, const char *facet);
/* "rule:G11:2025" */
struct text key_rule(const struct draft *d, struct text id, int year, const char *facet);
struct text key_rule_school(const struct draft *d, struct text id, struct text school, int year, const char *facet);
struct text key_verdict(const struct draft *d, int year, const char *facet);
struct text key_item(const struct draft *d, struct text school, struct text item, int year);

/* ── sentences ── */

static inline struct doc_span fig(struct text words, struct text key) { return (struct doc_span){ DOC_FIGURE, words, key }; }
static inline struct doc_span said(struct text words) { return (struct doc_span){ DOC_TEXT, words, { "", 0 } }; }
static inline struct doc_span strong(struct text words) { return (struct doc_span){ DOC_STRONG, words, { "", 0 } }; }
/* Puts the spans in the places {} of a pattern. */
void draft_fill(struct draft *d, struct doc_spans *into, const char *pattern, const struct doc_span *spans, size_t n);
#define FILL(d, into, pattern, ...) \
    draft_fill(d, into, pattern, (const struct doc_span[]){ __VA_ARGS__ }, sizeof((const struct doc_span[]){ __VA_ARGS__ }) / sizeof(struct doc_span))
struct text count_words(const struct draft *d, size_t n);
/* A count of something of a stage: "12" bound to passing:STAGE:YEAR#facet. */
struct doc_span stage_count(const struct draft *d, size_t n, enum stage stage, const char *facet);
/* 「比上年高 0.012」, 「与上年相同」; nothing where either is blank. */
void draft_change(struct draft *d, struct doc_spans *into, double now, double before, int decimals, struct text key_before);
/* The first row of a table, its cells parted by '|'. */
void draft_heads(struct draft *d, struct doc_table *table, const char *heads);
void draft_widths(struct doc_table *table, const double *widths);
#define WIDTHS(table, ...) draft_widths(table, (const double[]){ __VA_ARGS__ })

/* ── what several reports have ── */

/* What a unit lacks: 「骨干教师 0.62（标准 1）」 for each level below its threshold, with figures. */
void draft_lacks(struct draft *d, struct doc_spans *into, const struct stage_assessment *stage, size_t unit);
/* 「再配 2 名骨干教师、增 412 m² 运动场地」 of a school; false: nothing is needed, or nothing known. */
bool draft_needs(struct draft *d, struct doc_spans *into, uint32_t row);
/* A section on one school of a county's or township's report. */
void draft_school(struct draft *d, uint32_t row, unsigned level);
/* A table of the units of a stage that are not met, of all or of one township. */
size_t draft_unmet_table(struct draft *d, struct doc_section *section, const struct stage_assessment *stage, struct text township);
/* A table of a rule's failing schools; none where there is none. */
void draft_failing(struct draft *d, struct doc_section *section, const struct rule_part *part);
/* What is said of one level of a stage: spread, coefficient, change, who makes it. */
void draft_level(struct draft *d, struct doc_section *section, const struct level_view *view);
void draft_contributors(struct draft *d, struct doc_section *section, const struct level_view *view, size_t most);
/* What is said of an indicator that is no resource. */
void draft_rule(struct draft *d, struct doc_section *section, const struct rule_view *view);

/* ── charts ── */

struct drawing *chart_coefficients(struct arena *mem, const struct overview_stage *stage);
struct drawing *chart_states(struct arena *mem, const struct overview_stage *stage);
struct drawing *chart_trend(struct arena *mem, const struct trend_line *lines, size_t n);
struct drawing *chart_school(struct arena *mem, const struct school_stage *stage);
struct drawing *chart_spread(struct arena *mem, const struct level_view *view);
