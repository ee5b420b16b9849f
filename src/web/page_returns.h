/* page_returns.h — what the pages of returns share. */
#pragma once
#include "app/return_act.h"
#include "web/request.h"
#include "web/view_returns.h"

/* The collected year of ?year=, else the one being collected, else the latest; 0: none was ever opened.
 *   Returns  *all_out[*n_out]: every collected year, the latest first
 *   Errors   ERR_ABSENT: ?year= names a year that was never opened */
bool returns_year(const struct request *request, int *year_out, struct collection_record **all_out, size_t *n_out, struct err *err) MUST_CHECK;
/* The frame of such a page: its years are those that are collected. */
struct view_frame *returns_frame(struct request *request, struct text title, const struct collection_record *all, size_t n, int year);
/* "/returns/3141…" + tail + "?year=2026" */
struct text return_path(const struct request *request, struct text code, const char *tail, int year);
struct text return_year_said(const struct request *request, int year);
/* 草稿, 已提交 … in the reader's language. */
struct text return_state_said(const struct request *request, enum return_state state);
/* 「等校长确认」; empty when nothing follows. */
struct text return_next_said(const struct request *request, const struct way *way);
/* 10月15日 */
struct text return_day_said(const struct request *request, int64_t at);
