/* write_findings_list.h — findings (问题清单) as sentences, rows or objects.  `scratch` is rewound: it is
 * not the memory that `out` collects in. */
#pragma once
#include "base/out.h"
#include "model/finding.h"

/* One line a finding, errors first, then warnings, then notes: 「错误 学校.xlsx Sheet“小学”D17 读到
 * “12人”，应为整数。删去“人”字。」; at most `most` of each rule, then how many more there are. */
void findings_as_lines(struct out *out, const struct findings *findings, size_t most, bool colour, struct arena *scratch);
/* Beside a result: errors, then warnings, then guesses, at most `most` of each rule; the headings
 * that were not read in one line; other notes counted. */
void findings_in_short(struct out *out, const struct findings *findings, size_t most, bool colour, struct arena *scratch);
void findings_as_csv(struct out *out, const struct findings *findings, struct arena *scratch);
/* An array of objects under `key`. */
void findings_as_json(struct out *out, const char *key, const struct findings *findings, struct arena *scratch);
/* 「12 处错误、3 处提醒、1 处说明」; 「没有发现问题」 */
struct text findings_tally(struct arena *mem, const struct findings *findings);
struct text finding_level_code(enum finding_level level);  /* "error", "warning", "note" */
