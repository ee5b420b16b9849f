/* lineage_walk.h — one walk down a chain: for the files lineage_*.c alone. */
#pragma once
#include "app/lineage.h"
#include "indicator/told.h"
#include "report/composing.h"

struct walked { size_t row; uint16_t item; };   /* row SIZE_MAX: the county's own */

struct walk {
    struct arena *mem;
    const struct lineage_request *request;
    const struct snapshot *snapshot;
    const struct edition *edition;
    struct db_session *session;
    struct composing composing;          /* of the year of the key */
    const struct county_assessment *county;
    const struct told *told;
    bool english;
    enum lang lang;
    struct lineage *out;
    size_t capacity;
    struct walked *walked;               /* figures whose grounds stand in the chain already */
    size_t n_walked, walked_capacity;
};

struct walk walk_begin(const struct lineage_request *request, struct arena *mem, struct lineage *out);
/* The year's place and what the engine saw.   Errors  ERR_ABSENT: no data of the year */
bool walk_year(struct walk *w, int year, struct err *err) MUST_CHECK;
/* The next step; valid until the one after. */
struct lineage_step *walk_step(struct walk *w, unsigned depth, enum lineage_kind kind);
void walk_note(struct walk *w, unsigned depth, const char *zh, const char *en);
void walk_heading(struct walk *w, unsigned depth, struct text label);
struct text walk_key(struct walk *w, struct lineage_key key);
struct text walk_either(const struct walk *w, const char *zh, const char *en);
bool walk_visible(const struct walk *w, size_t row);
/* The row of a school of the year.   Errors  ERR_ABSENT, also where it may not be seen */
bool walk_school(struct walk *w, struct text code, size_t *row_out, struct err *err) MUST_CHECK;
bool walk_level(struct walk *w, enum stage stage, struct text id, const struct stage_assessment **stage_out, size_t *level_out,
                struct err *err) MUST_CHECK;
/* The unit of a school in a stage.   Errors  ERR_ABSENT, with the host where it is a campus */
bool walk_unit(struct walk *w, enum stage stage, struct text code, const struct stage_assessment **stage_out, size_t *unit_out,
               struct err *err) MUST_CHECK;
struct text walk_unit_name(struct walk *w, const struct stage_assessment *stage, size_t unit);  /* 柳林镇中心小学（小学） */

/* lineage_figure.c: a figure that was returned, or told; with its grounds. */
bool walk_figure(struct walk *w, unsigned depth, size_t row, uint16_t item, struct err *err) MUST_CHECK;
bool walk_county_figure(struct walk *w, unsigned depth, uint16_t item, struct err *err) MUST_CHECK;
/* All items of a formula, of a row or (SIZE_MAX) the county's; and what its builtins rest on. */
bool walk_items(struct walk *w, unsigned depth, const struct expression *e, size_t row, struct err *err) MUST_CHECK;

/* lineage_unit.c, lineage_stage.c, lineage_rule.c: the steps of one kind of number. */
bool walk_level_of(struct walk *w, unsigned depth, const struct stage_assessment *stage, size_t unit, size_t level, struct err *err) MUST_CHECK;
/* The number alone, with its key. */
void walk_level_brief(struct walk *w, unsigned depth, const struct stage_assessment *stage, size_t unit, size_t level);
void walk_cv_brief(struct walk *w, unsigned depth, const struct stage_assessment *stage, size_t level);
void walk_mean_brief(struct walk *w, unsigned depth, const struct stage_assessment *stage, size_t level);
void walk_unit_brief(struct walk *w, unsigned depth, const struct stage_assessment *stage, size_t unit);
void walk_stage_brief(struct walk *w, unsigned depth, const struct stage_assessment *stage);
void walk_rule_brief(struct walk *w, unsigned depth, const struct rule_result *result);
bool walk_unit_number(struct walk *w, const struct lineage_key *key, struct err *err) MUST_CHECK;   /* level need share unit pupils */
bool walk_stage_number(struct walk *w, const struct lineage_key *key, struct err *err) MUST_CHECK;  /* cv mean combined count passing */
bool walk_rule(struct walk *w, const struct lineage_key *key, struct err *err) MUST_CHECK;          /* rule */
/* A formula of the county: itself, its sums, its items, what each school brings (keys of the kind `of`, the rule's id). */
bool walk_county_formula(struct walk *w, enum lineage_of of, const struct rule *rule, const struct expression *value, double result,
                         struct err *err) MUST_CHECK;
/* A formula of one school, with its figures; and the items it rests on, those of merged campuses too. */
void walk_school_formula(struct walk *w, struct text source, size_t row, bool merged);
bool walk_school_items(struct walk *w, const struct expression *e, size_t row, bool merged, struct err *err) MUST_CHECK;
bool walk_official(struct walk *w, const struct lineage_key *key, struct err *err) MUST_CHECK;      /* lineage_official.c */
bool walk_verdict(struct walk *w, const struct lineage_key *key, struct err *err) MUST_CHECK;
