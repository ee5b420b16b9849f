/* finding.h — what is wrong with what people sent (问题清单): never stops the reading, always
 * says where, what was read, what is expected and how to mend it. */
#pragma once
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum finding_level {
    FINDING_ERROR,    /* the figure cannot be used, or contradicts another */
    FINDING_WARNING,  /* usable, but asks for a reason */
    FINDING_NOTE,     /* worth knowing: an unused column, a guess offered */
};

struct finding {
    enum finding_level level;
    struct text rule;      /* what found it: "cell.number", "header.guess", "check.parts" … */
    struct text file;      /* as named on the command line */
    struct text sheet;     /* empty for CSV */
    uint32_t row, column;  /* from 1; 0 where the finding is about no single cell */
    struct text school;    /* code, and name if known; may be empty */
    struct text item;      /* item code; may be empty */
    struct text read;      /* what stands there; may be empty */
    struct text expected;  /* 「应为整数」 */
    struct text mend;      /* 「删去“人”字」 */
};

/* In order of appearance; all texts live in mem. */
struct findings {
    struct arena *mem;
    struct finding *at;
    size_t n, capacity;
    size_t most;           /* how many are kept; 0: MAX_FINDINGS */
    size_t dropped;        /* beyond those: counted, not kept */
};

enum { MAX_FINDINGS = 100000 };

/* True, and counted as dropped, when no more are kept: wording one would be in vain. */
bool findings_full(struct findings *findings);
/* Keeps a copy of the finding, its texts included. */
void finding_add(struct findings *findings, const struct finding *finding);
/* Those about one file, in the same order. */
struct findings findings_about(const struct findings *findings, struct text file, struct arena *mem);
size_t finding_count(const struct findings *findings, enum finding_level level);
/* By file, sheet, row, column, level; 0 when both stand in one place at one level. */
int finding_compare(const struct finding *a, const struct finding *b);
/* By file, sheet, row, column; errors before warnings before notes in one place. */
void findings_sort(struct findings *findings);
/* "D17" for column 4, row 17; writes at most 16 bytes, zero-ended; empty when either is 0. */
const char *cell_name(char into[16], uint32_t row, uint32_t column);
/* One sentence for people: 「学校.xlsx Sheet“小学”D17 读到“12人”，应为整数。删去“人”字。」 */
struct text finding_sentence(struct arena *mem, const struct finding *finding);
