/* evidence_catalogue.h — the index of proofs (佐证材料目录) of a year: what is asked in the order of folders, and what lies there.
 * The page, the workbook and the zip are made of the same lines. */
#pragma once
#include "app/evidence.h"
#include "app/judgement.h"
#include "model/sheet.h"

struct catalogue_line {
    const struct evidence_asked *asked;
    const struct evidence *evidence;     /* that stands; NULL: nothing lies there */
    struct text unit;                    /* 全县, 柳林镇中心小学; empty where nothing lies there */
    struct text path;                    /* 「03-G1 规划布局/G1-1 布局专项规划/柳林镇/布局.pdf」 */
};
/* A row of evidence.csv that concerns the actor. */
struct catalogue_row {
    const struct evidence_asked *asked;
    size_t first, n;                     /* of the lines: its files, or the one that says there is none */
    size_t files, units, units_with;     /* files; units that are asked, and that have at least one */
};
struct catalogue {
    int year;
    struct catalogue_line *lines;
    size_t n_lines;
    struct catalogue_row *rows;
    size_t n_rows;
    struct evidence *evidence;           /* withdrawn ones too */
    size_t n_evidence;
    struct judgement *judgements;
    size_t n_judgements;
    struct evidence_school *schools;     /* that the actor sees */
    size_t n_schools;
    struct text *townships;
    size_t n_townships;
};
bool app_evidence_catalogue(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                            struct catalogue *out, struct err *err) MUST_CHECK;
/* 规划布局; the rule's own name where it is none of the 32. */
struct text indicator_brief(const struct edition *edition, struct text indicator, bool english);

/* As sheets 佐证材料目录 and 评判. */
enum { CATALOGUE_SHEETS = 2 };
void catalogue_sheets(const struct catalogue *catalogue, const struct snapshot *snapshot, struct arena *mem, struct sheet *sheets[CATALOGUE_SHEETS]);
/* The workbook, with its line in the audit.   Errors  ERR_DENIED */
bool app_evidence_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, int64_t now,
                           struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

enum { CATALOGUE_MOST_ZIP = 240 << 20 };
/* Everything in its folders under 佐证材料/, the workbook before it; the same proofs give the same bytes.
 *   Given   indicator  only of one ("G1"); empty: of all
 *   Errors  ERR_DENIED; ERR_LIMIT: more than CATALOGUE_MOST_ZIP */
bool app_evidence_zip(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct text indicator,
                      int64_t now, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
