/* The plan revised: row by row on the page, or as a workbook; looked at; adopted. */
#include "web/page_plan.h"

#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* What can be typed for a row; the names of fields are c0 … c16. */
static const enum plan_column OF_TASK[] = { PLAN_ID, PLAN_NAME, PLAN_OWNERS, PLAN_HELPERS, PLAN_PRODUCT, PLAN_PRODUCT_NAME, PLAN_OFTEN, PLAN_BEGINS, PLAN_DUE, PLAN_RECHECK, PLAN_SUBJECTS, PLAN_PHASE, PLAN_PAGE, PLAN_NOTE },
    OF_ITEM[] = { PLAN_NAME, PLAN_TEXT, PLAN_SOURCE, PLAN_OWNERS, PLAN_HELPERS, PLAN_SUBJECTS, PLAN_PHASE, PLAN_PAGE, PLAN_NOTE },
    OF_OTHER[] = { PLAN_NAME, PLAN_TEXT, PLAN_SOURCE, PLAN_BEGINS, PLAN_DUE, PLAN_NOTE };

static struct text field_name(struct arena *mem, enum plan_column column)
{
    return text_printf(mem, "c%d", (int)column);
}

static struct text seen_of(const struct request *request, const struct plan_page *page)
{
    return text_printf(request->mem, "%lld", page->draft.plan ? (long long)page->draft.row.made.at : 0LL);
}

static const struct work_plan *written(const struct plan_page *page)
{
    return page->draft.plan ? page->draft.plan : page->plan;
}

/* ---- looking ------------------------------------------------------------------------------------------ */

static void put_list(const struct request *request, const struct plan_page *page, struct view_plan_edit *view)
{
    const struct work_plan *const plan = written(page);
    view->parts = arena_array(request->mem, plan->n_groups, struct plan_part);
    for (size_t g = 0; g < plan->n_groups; g++) {
        const struct plan_group *const group = &plan->groups[g];
        struct plan_part *const part = &view->parts[view->n_parts++];
        *part = (struct plan_part){ .id = group->id, .name = group->name, .rows = arena_array(request->mem, group->n, struct plan_row) };
        for (size_t i = group->first; i < group->first + group->n; i++) {
            const struct plan_item *const item = &plan->items[i];
            struct plan_row *const row = &part->rows[part->n_rows++];
            *row = (struct plan_row){ .id = item->id, .name = item->name, .owners = plan_owners_said(&item->owners, &page->names, request->mem),
                                      .lines = arena_array(request->mem, item->n, struct plan_line) };
            for (size_t k = item->first; k < item->first + item->n; k++)
                row->lines[row->n_lines++] = (struct plan_line){ .id = plan->tasks[k].id, .name = plan->tasks[k].name, .due = plan_due_said(request, &plan->tasks[k]),
                                                                 .owners = plan_owners_said(&plan->tasks[k].owners, &page->names, request->mem),
                                                                 .product = plan_product_said(request, &plan->tasks[k]) };
        }
    }
}

static void put_changes(const struct request *request, const struct plan_page *page, struct view_plan_edit *view)
{
    struct plan_difference *d;
    size_t n;
    if (!page->draft.plan)
        return;
    plan_compare(page->plan, page->draft.plan, request->mem, &d, &n);
    view->changes = arena_array(request->mem, n + 1, struct plan_change_line);
    for (size_t i = 0; i < n; i++)
        view->changes[view->n_changes++] = (struct plan_change_line){
            .id = d[i].id, .what = d[i].name, .before = d[i].before, .after = d[i].after,
            .column = d[i].change == PLAN_ADDED ? SAYS(T_PLAN_ADDED) : d[i].change == PLAN_REMOVED ? SAYS(T_PLAN_REMOVED) : text_of(plan_column_info(d[i].column)->zh) };
}

static bool put_versions(const struct request *request, struct view_plan_edit *view, struct err *err)
{
    struct plan_kept *rows;
    size_t n;
    if (!app_plan_versions(request->house, request->mem, &rows, &n, err))
        return false;
    view->versions = arena_array(request->mem, n + 1, struct plan_version_line);
    for (size_t i = 0; i < n; i++)
        view->versions[view->n_versions++] = (struct plan_version_line){
            .name = SAYS_OF(T_PLAN_VERSION, say_count(request->mem, rows[i].version)),
            .who = SAYS_OF(T_PLAN_BY, rows[i].made.who, time_shown(rows[i].made.at, request->mem)), .reason = rows[i].reason,
            .adopted = rows[i].adopted.at ? SAYS_OF(T_PLAN_ADOPTED_BY, rows[i].adopted.who, time_shown(rows[i].adopted.at, request->mem), rows[i].from_day) : SAYS(T_PLAN_WRITING) };
    return true;
}

static struct task_option *options_of(const struct request *request, const struct work_plan *plan, enum plan_column column, struct text chosen, size_t *n_out)
{
    struct task_option *const list = arena_array(request->mem, plan->n_spans + N_PLAN_PRODUCTS + 2, struct task_option);
    size_t n = 0;
    if (column == PLAN_OFTEN) {
        list[n++] = (struct task_option){ TEXT("一次"), SAYS(T_PLAN_ONCE), false };
        list[n++] = (struct task_option){ TEXT("每年"), SAYS(T_PLAN_EVERY_YEAR), false };
    } else if (column == PLAN_RECHECK) {
        list[n++] = (struct task_option){ TEXT(""), SAYS(T_PLAN_NO), false };
        list[n++] = (struct task_option){ TEXT("是"), SAYS(T_PLAN_YES), false };
    } else if (column == PLAN_PRODUCT) {
        for (enum plan_product p = PRODUCT_NONE; p < N_PLAN_PRODUCTS; p++)
            list[n++] = (struct task_option){ plan_product_zh(p), plan_product_zh(p), false };
    } else if (column == PLAN_PHASE) {
        list[n++] = (struct task_option){ TEXT(""), SAYS(T_PLAN_AS_ITEM), false };
        for (size_t i = 0; i < plan->n_spans; i++)
            list[n++] = (struct task_option){ plan->spans[i].id, plan->spans[i].name, false };
    }
    for (size_t i = 0; i < n; i++)
        list[i].chosen = text_equal(list[i].value, chosen);
    *n_out = n;
    return list;
}

/* The fields of a row, of a new task where `row` is NULL. */
static void put_fields(const struct request *request, const struct plan_page *page, const struct text *row, const enum plan_column *columns, size_t n,
                       struct view_plan_edit *view)
{
    view->fields = arena_array(request->mem, n, struct plan_field);
    for (size_t i = 0; i < n; i++) {
        const enum plan_column c = columns[i];
        const struct text name = field_name(request->mem, c), typed = request_field(request, text_string(request->mem, name));
        if (row && c == PLAN_ID)
            continue;
        struct plan_field *const f = &view->fields[view->n_fields++];
        *f = (struct plan_field){ .name = name, .label = text_of(plan_column_info(c)->zh), .help = text_of(plan_column_info(c)->help),
                                  .value = view->fault.size ? typed : row ? row[c] : TEXT(""), .wide = c == PLAN_TEXT || c == PLAN_NOTE };
        f->options = options_of(request, written(page), c, f->value, &f->n_options);
    }
}

static bool put_row(const struct request *request, const struct plan_page *page, struct text id, struct view_plan_edit *view, struct err *err)
{
    const struct cell_table table = plan_table(written(page), request->mem);
    for (size_t r = 1; r < table.n; r++) {
        const struct text *const row = table.rows[r].at;
        if (!text_equal(row[PLAN_ID], id))
            continue;
        const bool task = text_equal(row[PLAN_ROW], TEXT("任务")), item = text_equal(row[PLAN_ROW], TEXT("事项"));
        view->id = id;
        view->row_name = row[PLAN_NAME];
        view->removing = task;
        if (task)
            put_fields(request, page, row, OF_TASK, COUNT(OF_TASK), view);
        else
            put_fields(request, page, row, item ? OF_ITEM : OF_OTHER, item ? COUNT(OF_ITEM) : COUNT(OF_OTHER), view);
        return true;
    }
    return err_set(err, ERR_ABSENT, "方案里没有“%.*s”这一行。", (int)(id.size < 40 ? id.size : 40), id.at);
}

static bool put_new(const struct request *request, const struct plan_page *page, struct text id, struct view_plan_edit *view, struct err *err)
{
    const struct plan_item *const item = plan_item_of(written(page), id);
    if (!item)
        return err_set(err, ERR_ABSENT, "方案里没有事项“%.*s”。", (int)(id.size < 40 ? id.size : 40), id.at);
    view->adding = true;
    view->item = item->id;
    view->row_name = item->name;
    put_fields(request, page, NULL, OF_TASK, COUNT(OF_TASK), view);
    if (!view->fault.size)
        view->fields[0].value = text_printf(request->mem, "%.*s-%zu", TEXT_ARG(item->id), item->n + 1);
    return true;
}

static bool show(struct request *request, struct response *response, const struct err *fault, const struct plan_sent *sent, struct text row, struct text add,
                 struct err *err)
{
    struct plan_page page;
    if (!plan_page(request, false, &page, err))
        return false;
    struct view_plan_edit view = { .frame = frame_of(request, SAYS(T_PLAN_EDIT), "plan"), .head = plan_head(request, &page, PLAN_TAB_ITEMS),
                                   .seen = seen_of(request, &page), .today = page.today, .first = !plan_adopted(&page.holds),
                                   .fault = fault ? text_of(fault->what) : TEXT(""), .hint = fault ? text_of(fault->hint) : TEXT("") };
    if (sent && sent->faults.n) {
        view.faults = arena_alloc_array(request->mem, sent->faults.n, sizeof *view.faults);
        for (size_t i = 0; i < sent->faults.n; i++) {
            view.faults[i].place = plan_fault_place(&sent->faults.at[i], request->mem);
            view.faults[i].what = sent->faults.at[i].what;
            view.faults[i].mend = sent->faults.at[i].mend;
        }
        view.n_faults = sent->faults.n;
    }
    put_changes(request, &page, &view);
    view.sentence = view.n_changes ? SAYS_OF(T_PLAN_EDIT_CHANGED, say_count(request->mem, (int64_t)view.n_changes)) : SAYS(T_PLAN_EDIT_SENTENCE);
    if (row.size ? !put_row(request, &page, row, &view, err) : add.size ? !put_new(request, &page, add, &view, err) : !put_versions(request, &view, err))
        return false;
    put_list(request, &page, &view);
    if (fault || view.n_faults)
        response->status = 422;
    struct html html = html_begin(request->mem, request->lang);
    template_plan_edit(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_plan_edit(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, NULL, request_query(request, "row"), request_query(request, "add"), err);
}

/* ---- acting ------------------------------------------------------------------------------------------- */

static bool mendable(struct err *err, struct err *fault_out)
{
    if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT && err->kind != ERR_USAGE && err->kind != ERR_CONFLICT)
        return false;
    *fault_out = *err;
    *err = (struct err){ .kind = ERR_NONE };
    return true;
}

struct doing { struct request *request; const struct plan_edit *edit; const struct work_plan *plan; int64_t seen; };

static bool do_edit(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    struct request *const r = d->request;
    const struct text reason = request_field(r, "reason");
    if (d->plan)
        return app_plan_keep(r->house, session, &r->actor, d->plan, reason, d->seen, r->now, r->mem, err);
    return app_plan_edit(r->house, session, r->snapshot, &r->actor, d->edit, reason, d->seen, r->now, r->mem, err);
}

static void take_cells(const struct request *request, struct plan_edit *edit)
{
    for (size_t c = 0; c < N_PLAN_COLUMNS; c++) {
        const struct text name = field_name(request->mem, (enum plan_column)c);
        for (size_t i = 0; i < request->fields.n; i++)
            if (text_equal(request->fields.pair[i].name, name)) {
                edit->cells[c] = text_trim(request->fields.pair[i].value);
                edit->set[c] = true;
            }
        if (!edit->set[c])
            edit->cells[c] = TEXT("");
    }
}

bool page_plan_edit_put(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_field(request, "row"), item = request_field(request, "item"), act = request_field(request, "act");
    struct plan_edit edit = { .kind = text_equal(act, TEXT("remove")) ? PLAN_EDIT_REMOVE : item.size ? PLAN_EDIT_ADD : PLAN_EDIT_SET, .id = item.size ? item : id };
    struct doing doing = { .request = request, .edit = &edit };
    struct err fault;
    if (!request_field_number(request, "seen", 0, INT64_MAX, 0, &doing.seen, err))
        return false;
    take_cells(request, &edit);
    if (edit.kind == PLAN_EDIT_ADD)
        edit.cells[PLAN_ROW] = TEXT("任务");
    if (!house_write(request->house, do_edit, &doing, err))
        return mendable(err, &fault) && show(request, response, &fault, NULL, item.size ? TEXT("") : id, item, err);
    response_redirect(response, text_printf(request->mem, "/plan/edit#r-%.*s", TEXT_ARG(edit.id)));
    return true;
}

bool page_plan_upload(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const file = request_file(request, "file");
    struct plan_sent sent;
    struct doing doing = { .request = request };
    struct err fault;
    if (!request_field_number(request, "seen", 0, INT64_MAX, 0, &doing.seen, err))
        return false;
    if (!app_plan_read(request->house, request->snapshot, file ? file->name : TEXT(""), file ? file->bytes : TEXT(""), request->now, request->mem, &sent, err))
        return mendable(err, &fault) && show(request, response, &fault, NULL, TEXT(""), TEXT(""), err);
    if (!sent.plan)
        return show(request, response, NULL, &sent, TEXT(""), TEXT(""), err);
    doing.plan = sent.plan;
    if (!house_write(request->house, do_edit, &doing, err))
        return mendable(err, &fault) && show(request, response, &fault, NULL, TEXT(""), TEXT(""), err);
    response_redirect(response, TEXT("/plan/edit#changes"));
    return true;
}

struct adopting { struct request *request; struct plan_done done; };

static bool do_adopt(void *context, struct db_session *session, struct err *err)
{
    struct adopting *const a = context;
    struct request *const r = a->request;
    if (text_equal(request_field(r, "act"), TEXT("drop")))
        return app_plan_drop(r->house, session, &r->actor, r->now, err);
    return app_plan_adopt(r->house, session, r->snapshot, &r->actor, request_field(r, "from"), r->now, r->mem, &a->done, err);
}

bool page_plan_adopt(struct request *request, struct response *response, struct err *err)
{
    struct adopting adopting = { .request = request };
    struct err fault;
    if (!house_write(request->house, do_adopt, &adopting, err))
        return mendable(err, &fault) && show(request, response, &fault, NULL, TEXT(""), TEXT(""), err);
    response_redirect(response, text_equal(request_field(request, "act"), TEXT("drop")) ? TEXT("/plan/edit") : TEXT("/plan"));
    return true;
}
