/* lineage.h — where does this number come from?  (来源链)  From a key (lineage_key.h) down to file, sheet and
 * cell, and back from a cell to all that moves with it.
 *
 * A chain is a list of steps with depths, as an outline is: a step's grounds follow it, one deeper.  Every step
 * that is a number of its own carries its own key, so that a reader can walk on from there. */
#pragma once
#include "app/house.h"
#include "app/lineage_key.h"
#include "base/lang.h"
#include "base/out.h"

enum lineage_kind {
    LINEAGE_NUMBER,    /* a number: label names it, words say it */
    LINEAGE_BASIS,     /* edition, clause, threshold */
    LINEAGE_FORMULA,   /* words: in names; figures: with the figures put in */
    LINEAGE_TOLD,      /* a blank that was told from others: by which formula, whether an estimate */
    LINEAGE_PART,      /* a campus's part of its host's unit */
    LINEAGE_REST,      /* what the reader may not see by name, in one sum */
    LINEAGE_HEADING,   /* of the list that follows, one deeper */
    LINEAGE_CHANGE,    /* the change that put a figure there: version, who, when, why */
    LINEAGE_CELL,      /* file, sheet, cell */
    LINEAGE_EARLIER,   /* a version of the figure before (or, rarely, after) the one that was used */
    LINEAGE_NOTE,
};

struct lineage_step {
    unsigned depth;
    enum lineage_kind kind;
    struct text label, words, figures;    /* in the reader's language; may be empty */
    struct text key;                      /* empty: not a number of its own */
    double value;                         /* BLANK: none */
    struct text unit;                     /* of the value, as the edition writes it */
    struct text state;                    /* state_code; empty: none */
    bool estimate;                        /* 估算 */
    /* of a change, an earlier version */
    int64_t version, at;                  /* data version; seconds since 1970; 0: none */
    struct text change, who, reason;      /* import, edit, undo */
    /* of a cell, and of an earlier version that had one */
    struct text file, sheet, sha256, import_id, cell;   /* "D17" */
    uint32_t row, column;                 /* from 1; 0: no cell */
};

struct lineage {
    struct text key, title;               /* 「柳林镇中心小学（小学）· 生均教学及辅助用房面积」 */
    int64_t version;                      /* of the data */
    struct lineage_step *steps;
    size_t n;
};

struct lineage_request {
    struct house *house;
    const struct snapshot *snapshot;
    const struct actor *actor;
    enum lang lang;
};

/* The chain of a key.
 *   Owns    everything lives in mem; it points into the snapshot too
 *   Errors  ERR_DENIED; ERR_USAGE: no key; ERR_ABSENT: there is no such number, or the actor may not see the school */
bool lineage_of(const struct lineage_request *request, struct text key, struct arena *mem, struct lineage *out, struct err *err) MUST_CHECK;

/* The way back: the figures that were read from a cell, and what moves with each.
 *   Errors  ERR_ABSENT: no figure that stands was read from it, or none that the actor may see */
bool lineage_of_cell(const struct lineage_request *request, struct text sha256, struct text sheet, uint32_t row, uint32_t column,
                     struct arena *mem, struct lineage *out, struct err *err) MUST_CHECK;

/* 「来源链」 as plain text, an indented line a step: to be copied. */
struct text lineage_text(struct arena *mem, const struct lineage *lineage, enum lang lang);
/* One JSON object; docs: web/api/openapi.json. */
void lineage_as_json(struct out *out, const struct lineage *lineage);

/* The row and column, from 1, of "D17" (model/finding.h writes it); false when it is none. */
bool cell_parse(struct text name, uint32_t *row_out, uint32_t *column_out);
