/* edition_parts.h — the tables of an edition, one function each, called by edition_load in this
 * order: every one may look at what the former have made. */
#pragma once
#include "model/edition.h"
#include "standard/edition_load.h"
#include "standard/edition_table.h"
#include "standard/expression.h"

enum table_name {
    TABLE_EDITION, TABLE_ITEMS, TABLE_TYPES, TABLE_INDICATORS, TABLE_LEVELS,
    TABLE_RULES, TABLE_DERIVATIONS, TABLE_RELAXATIONS, TABLE_CHECKS, TABLE_SHORTFALLS,
    N_TABLES
};

/* What an edition is while it is being made. */
struct edition_draft {
    struct arena *mem;
    struct edition *edition;
    struct edition_table tables[N_TABLES];
    struct err *err;
};

/* Finds each table among the files and reads its rows; a table that may lack stays empty. */
bool edition_read_tables(struct edition_draft *draft, struct text folder, const struct edition_file *files, size_t n) MUST_CHECK;
const char *edition_table_file(enum table_name table);

bool load_head(struct edition_draft *draft) MUST_CHECK;        /* edition.csv: names, weights, goals */
bool load_items(struct edition_draft *draft) MUST_CHECK;
bool load_types(struct edition_draft *draft) MUST_CHECK;
bool load_indicators(struct edition_draft *draft) MUST_CHECK;
bool load_levels(struct edition_draft *draft) MUST_CHECK;
bool load_rules(struct edition_draft *draft) MUST_CHECK;
bool load_derivations(struct edition_draft *draft) MUST_CHECK;
bool load_relaxations(struct edition_draft *draft) MUST_CHECK;
bool load_checks(struct edition_draft *draft) MUST_CHECK;
bool load_shortfalls(struct edition_draft *draft) MUST_CHECK;

/* The columns of each table, in the order of these enumerations. */
enum { HEAD_KEY, HEAD_VALUE };
enum { ITEM_CODE, ITEM_LEVEL, ITEM_UNIT, ITEM_KIND, ITEM_MERGE, ITEM_ZH, ITEM_ALIASES, ITEM_VALUES, ITEM_NOTE };
enum { TYPE_CODE, TYPE_PRIMARY, TYPE_JUNIOR, TYPE_SENIOR, TYPE_EVALUATED, TYPE_ATTACHED, TYPE_LEAST };
enum { IND_ID, IND_ZH, IND_EN, IND_SHORT, IND_SHORT_EN, IND_CLAUSE, IND_FORM };
enum { LEVEL_ID, LEVEL_STAGE, LEVEL_AMOUNT, LEVEL_SHARED, LEVEL_PER, LEVEL_UNIT, LEVEL_QUANTITY, LEVEL_AT_LEAST,
       LEVEL_FLOOR, LEVEL_STEP, LEVEL_CV_LIMIT };
enum { RULE_ID, RULE_PLAIN, RULE_KIND, RULE_SCOPE, RULE_WHERE, RULE_VALUE, RULE_ALSO, RULE_NOT_APPLICABLE, RULE_UNIT,
       RULE_COMPARE, RULE_THRESHOLD, RULE_JUDGED, RULE_OFF, RULE_ZH, RULE_EN, RULE_CLAUSE };
enum { DER_ID, DER_ITEM, DER_WHEN, DER_FORMULA, DER_ESTIMATE };
enum { REL_ID, REL_TARGET, REL_STAGE, REL_FORMULA, REL_ZH, REL_CLAUSE };
enum { CHECK_ID, CHECK_LEVEL, CHECK_SCOPE, CHECK_WHERE, CHECK_HOLDS, CHECK_ITEM, CHECK_YEAR, CHECK_EXPECTED, CHECK_MEND };
enum { SHORT_RULE, SHORT_MISSING, SHORT_QUANTITY };

/* ---- small help ------------------------------------------------------------------------- */

/* Compiles a cell; an empty one gives NULL where that is allowed. */
bool cell_expression(struct edition_draft *draft, const struct edition_table *t, size_t row, size_t column,
                     enum expression_place place, struct text unit, bool may_be_empty,
                     const struct expression **out) MUST_CHECK;
/* The item a cell names. */
bool cell_item(struct edition_draft *draft, const struct edition_table *t, size_t row, size_t column,
               uint16_t *out) MUST_CHECK;
const struct indicator *indicator_find(const struct edition *edition, struct text id);
