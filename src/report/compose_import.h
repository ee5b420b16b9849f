/* compose_import.h — what an import would change, in words: single figures, and the county as a whole. */
#pragma once
#include "model/assessment.h"
#include "model/sheet.h"
#include "model/finding.h"

/* One figure that an import would change. */
struct import_change {
    struct text kind;                     /* 新增, 改动, 清空, 冲突 */
    int year;
    struct text school, name;             /* empty: the county's own */
    const struct item *item;
    double before, base, after;           /* BLANK: a blank; enums: ordinals */
    struct text before_text, base_text, after_text;
    /* filled by compose_import_change */
    struct text item_words;               /* 运动场地面积（平方米） */
    struct text before_words, base_words, after_words, difference_words;
};
void compose_import_change(struct arena *mem, struct import_change *change, bool english);

/* A coefficient that moves. */
struct effect_level {
    struct text name, stage;              /* 骨干教师, 小学 */
    struct text before, after, limit;     /* 0.481, 0.503, 0.450 */
    enum state before_state, after_state;
};
struct effect_stage {
    enum stage stage;
    struct text name;
    size_t before_units, after_units, before_passing, after_passing;
    size_t before_within, after_within, of;   /* coefficients that hold */
};
struct effect_year {
    int year;
    struct text name;                     /* 2025学年 */
    bool is_new;                          /* nothing stands in that year */
    enum state before, after;             /* the county's verdict */
    struct effect_stage *stages;
    size_t n_stages;
    struct effect_level *levels;          /* those whose shown value or state changes, of both stages */
    size_t n_levels;
};
/* The years that `after` has and that differ from `before` in anything above, latest first; both of one county,
 * assessed by one edition, years in order. */
struct effect_year *compose_import_effect(struct arena *mem, const struct assessment *before, const struct assessment *after,
                                          bool english, size_t *n_out);

/* All findings and all changes as two sheets, to be looked through at leisure; the last line of each says how many
 * there are. */
void import_sheets(struct arena *mem, const struct findings *findings, const struct item_list *items, const struct import_change *changes,
                   size_t n_changes, bool english, struct sheet *sheets[2]);
