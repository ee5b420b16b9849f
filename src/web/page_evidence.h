/* page_evidence.h — what the pages of proofs share. */
#pragma once
#include "app/evidence_catalogue.h"
#include "app/judgement.h"
#include "web/request.h"
#include "web/view_evidence.h"

/* The data year the page is of: of the address, a year being collected too; where there are no data yet, the school year that runs. */
int evidence_year(const struct request *request);
/* 2025学年, School year 2025. */
struct text evidence_year_said(const struct request *request, int year);
/* "year=2025"; "for=2026" of a year that is being collected and has no figures yet, which no other page can show. */
struct text evidence_year_query(const struct request *request, int year);
/* Where a year is being collected that the top line cannot offer: the years there are to choose from, the latest first. */
struct evidence_link *evidence_years(const struct request *request, const char *path, int year, size_t *n_out);
/* "school:3141…", "township:柳林镇"; empty: the county.   Errors  ERR_ABSENT */
bool evidence_unit_read(const struct request *request, struct text word, struct place *out, struct err *err) MUST_CHECK;
struct text evidence_unit_word(const struct request *request, struct place unit);
/* "/evidence/G1?year=2025&unit=school%3A3141" */
struct text evidence_box_path(const struct request *request, struct text indicator, int year, struct place unit);
/* 12 KB, 3.4 MB */
struct text evidence_size_said(const struct request *request, int64_t size);
struct evidence_file_line evidence_file_said(const struct request *request, const struct evidence *evidence);
/* What is said of a verdict: 符合, with the class of its ink. */
struct text verdict_said(const struct request *request, enum judgement_verdict verdict);
const char *judged_class(enum judgement_verdict verdict);
/* The files of a form, as the acts take them. */
struct evidence_upload *evidence_uploads(const struct request *request, size_t *n_out);
/* Whether the fault is one that the page says itself; then it is taken out of err. */
bool evidence_fault(struct err *err, struct err *fault_out);
/* Somebody's file as the answer, shut in: to keep, or (where a browser may show its kind) to be shown where it stands. */
void evidence_give(struct response *response, struct text bytes, struct text kind, struct text name, bool show);
