/* page_plan.h — what the pages of the plan share. */
#pragma once
#include "app/plan.h"
#include "web/request.h"
#include "web/view_plan.h"

struct plan_page {
    struct plan_info holds, draft;
    const struct work_plan *plan;        /* that holds */
    struct place_names names;
    struct plan_state *by_task;          /* [task of the plan] over its years and units */
    struct text today;
    size_t issued, closed, late, open;
};
enum plan_tab_at { PLAN_TAB_ITEMS, PLAN_TAB_GANTT, PLAN_TAB_TREE, PLAN_TAB_UPLOADS, PLAN_TAB_CALENDAR };
/* counting: how its tasks stand too; else by_task and the sums stay 0. */
bool plan_page(const struct request *request, bool counting, struct plan_page *out, struct err *err) MUST_CHECK;
struct plan_head plan_head(const struct request *request, const struct plan_page *page, enum plan_tab_at tab);
/* 「3/37 销号，2 逾期」; its class.  Of nothing issued: 「还没有下达」. */
struct text plan_state_said(const struct request *request, const struct plan_state *state);
const char *plan_state_class(const struct plan_state *state);
void plan_state_add(struct plan_state *into, const struct plan_state *more);
struct plan_state plan_item_state(const struct plan_page *page, const struct plan_item *item);
double plan_day(struct day day);         /* days since 1970 */
/* 2027-06-30; 每年12月31日 */
struct text plan_due_said(const struct request *request, const struct plan_task *task);
struct text plan_product_said(const struct request *request, const struct plan_task *task);
