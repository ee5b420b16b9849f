/* ledger_view.h — what the ledger's pages share: filters in addresses, rows in words. */
#pragma once
#include "app/place_names.h"
#include "web/request.h"
#include "web/view_ledger.h"

/* The filter of an address. */
struct ledger_filter ledger_filter_asked(const struct request *request);
/* /ledger?… with this filter; by: how it is added up, may be empty; page 1 is left out. */
struct text ledger_path(const struct request *request, const struct ledger_filter *filter, struct text by, size_t page);
struct ledger_line ledger_line_of(const struct request *request, const struct ledger_row *row, struct text today);
const char *ledger_state_class(const struct ledger_row *row);
struct text ledger_state_said(const struct request *request, enum ledger_state state);
struct text ledger_kind_said(const struct request *request, enum ledger_kind kind);
struct text ledger_stage_said(const struct request *request, struct text stage);
struct text ledger_cost_said(const struct request *request, int64_t yuan);      /* 386.00; empty: not known */
/* L4 体育运动场馆; plan:… and other as they are. */
struct text ledger_subject_said(const struct request *request, struct text subject);
/* The fields to write, and owners to choose from. */
void ledger_inputs(const struct request *request, const struct ledger_row *row, struct ledger_input **out, size_t *n_out);
void ledger_owners(const struct request *request, struct text chosen, struct ledger_option **out, size_t *n_out);
