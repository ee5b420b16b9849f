/* page_targets.h — what the pages of targets share. */
#pragma once
#include "app/targets.h"
#include "web/request.h"
#include "web/view_targets.h"

/* The filter that an address asks for.   Errors  ERR_USAGE */
bool targets_asked(const struct request *request, struct target_filter *out, struct err *err) MUST_CHECK;
/* A line as a row; typed: with inputs for the years to come, numbered `index`. */
struct target_row target_row_of(const struct request *request, const struct target_board *board, const struct target_line *line, size_t index, bool typed);
/* Heads of the years; those measured first. */
struct target_head *target_heads(const struct request *request, const struct target_board *board, size_t *n_out);
struct target_option *target_stages(const struct request *request, struct text chosen, size_t *n_out);
/* Years after the usual one, for "by when". */
struct target_option *target_years_ahead(const struct request *request, const struct target_board *board, size_t *n_out);
