/* Which plan holds; revisions of it. */
#include "app/plan.h"

#include "app/audit.h"
#include "app/embedded.h"
#include "app/export.h"
#include "app/tables_sent.h"
#include "model/sheet.h"

enum { MOST_PARTS = 16, LONGEST_REASON = 600 };
static const char SHIPPED[] = "dengfeng-2022";

/* ---- the program's own -------------------------------------------------------------------- */

static bool first_fault(const struct plan_faults *faults, enum err_kind kind, struct arena *mem, struct err *err)
{
    const struct plan_fault *const f = &faults->at[0];
    err_set(err, kind, "方案的%.*s：%.*s。", TEXT_ARG(plan_fault_place(f, mem)), TEXT_ARG(f->what));
    return err_hint(err, "%.*s", TEXT_ARG(f->mend));
}

static bool shipped_plan(struct arena *mem, const struct work_plan **out, struct err *err)
{
    struct cell_table *const tables = arena_array(mem, MOST_PARTS, struct cell_table);
    struct plan_faults faults = { .mem = mem };
    size_t n = 0;
    for (const struct embedded_file *f = EMBEDDED_PLANS; f->name && n < MOST_PARTS; f++)
        if (text_equal(text_of(f->folder), text_of(SHIPPED)) &&
            !cell_table_csv(text_of(f->name), (struct text){ (const char *)f->at, f->size }, mem, &tables[n++], err))
            return false;
    *out = plan_read(tables, n, NULL, mem, &faults);
    return *out || first_fault(&faults, ERR_INPUT, mem, err);
}

static bool read_kept(struct text definition, struct arena *mem, const struct work_plan **out, struct err *err)
{
    struct cell_table *const table = arena_make(mem, struct cell_table);
    struct plan_faults faults = { .mem = mem };
    if (!cell_table_csv(TEXT(""), definition, mem, table, err))
        return false;
    *out = plan_read(table, 1, NULL, mem, &faults);
    return *out || first_fault(&faults, ERR_INPUT, mem, err);
}

/* ---- which holds -------------------------------------------------------------------------- */

bool plan_adopted(const struct plan_info *info)
{
    return info->kept && info->row.adopted.at;
}

static bool take(struct db_session *session, struct text county, const struct plan_kept *row, struct arena *mem, struct plan_info *out, struct err *err)
{
    struct text definition;
    *out = (struct plan_info){ .kept = true, .row = *row };
    return store_plan_definition(session, county, row->version, mem, &definition, err) && read_kept(definition, mem, &out->plan, err);
}

static bool both(struct db_session *session, struct text county, struct arena *mem, struct plan_info *out, struct plan_info *draft, struct err *err)
{
    struct plan_kept *rows;
    size_t n, at = 0;
    *draft = (struct plan_info){ .kept = false };
    *out = (struct plan_info){ .kept = false };
    if (!store_plans(session, county, mem, &rows, &n, err))
        return false;
    /* Newest first: at most one stands before the adopted ones. */
    if (n && !rows[0].adopted.at) {
        if (!take(session, county, &rows[0], mem, draft, err))
            return false;
        at = 1;
    }
    return at < n ? take(session, county, &rows[at], mem, out, err) : shipped_plan(mem, &out->plan, err);
}

bool app_plan(struct house *house, struct db_session *session, struct arena *mem, struct plan_info *out, struct plan_info *draft_out, struct err *err)
{
    struct db_session *own = NULL;
    struct plan_info draft;
    if (!session && !db_read_begin(house_db(house), &own, err))
        return false;
    const bool ok = both(session ? session : own, house_county(house), mem, out, draft_out ? draft_out : &draft, err);
    db_read_end(&own);
    return ok;
}

bool app_plan_versions(struct house *house, struct arena *mem, struct plan_kept **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_plans(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

/* ---- revising ----------------------------------------------------------------------------- */

/* Units and subjects that a plan may name: those of the county, of its edition. */
static struct plan_known known_of(struct house *house, const struct snapshot *snapshot, int64_t now, struct arena *mem)
{
    static const char *const OTHERS[] = { "CV", "other" };
    const struct edition *const edition = house_edition(house);
    struct place_names names;
    place_names_of(snapshot, now, mem, &names);
    struct text *const units = arena_array(mem, names.all.n + 1, struct text);
    struct text *const subjects = arena_array(mem, edition->n_indicators + edition->n_rules + COUNT(OTHERS), struct text);
    struct plan_known known = { .units = units, .subjects = subjects };
    for (size_t i = 0; i < names.all.n; i++)
        if (names.all.at[i].place.kind != PLACE_COUNTY)
            units[known.n_units++] = names.all.at[i].place.name;
    for (size_t i = 0; i < edition->n_indicators; i++)
        subjects[known.n_subjects++] = edition->indicators[i].id;
    for (size_t i = 0; i < edition->n_rules; i++)
        subjects[known.n_subjects++] = edition->rules[i].id;
    for (size_t i = 0; i < COUNT(OTHERS); i++)
        subjects[known.n_subjects++] = text_of(OTHERS[i]);
    return known;
}

bool app_plan_read(struct house *house, const struct snapshot *snapshot, struct text name, struct text bytes, int64_t now, struct arena *mem,
                   struct plan_sent *out, struct err *err)
{
    struct cell_table *tables;
    size_t n;
    *out = (struct plan_sent){ .faults = { .mem = mem } };
    if (!app_tables_sent(house, name, bytes, mem, &tables, &n, err))
        return false;
    const struct plan_known known = known_of(house, snapshot, now, mem);
    out->plan = plan_read(tables, n, &known, mem, &out->faults);
    return true;
}

bool app_plan_keep(struct house *house, struct db_session *session, const struct actor *actor, const struct work_plan *plan, struct text reason,
                   int64_t seen_at, int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house);
    const struct cell_table table = plan_table(plan, mem);
    const struct text definition = cell_table_write(&table, mem);
    struct plan_info holds, draft;
    if (!actor_may(actor, MAY_ASSIGN, err) || !both(session, county, mem, &holds, &draft, err))
        return false;
    if (reason.size > LONGEST_REASON)
        return err_set(err, ERR_INPUT, "修改的原因太长，最多 200 字。");
    if ((draft.plan ? draft.row.made.at : 0) != seen_at) {
        err_set(err, ERR_CONFLICT, "方案刚刚由%.*s改过，没有覆盖。", TEXT_ARG(draft.plan ? draft.row.made.who : TEXT("别人")));
        return err_hint(err, "请刷新页面，看过再改。");
    }
    if (plan_adopted(&holds)) {
        struct plan_difference *changes;
        size_t n;
        plan_compare(holds.plan, plan, mem, &changes, &n);
        if (!n) {
            err_set(err, ERR_INPUT, "和现在的方案一样，没有修改。");
            return err_hint(err, "要放弃已经存下的修改，请点“丢弃修改”。");
        }
    }
    struct plan_kept row = { .version = draft.row.version, .title = plan->title, .reason = text_trim(reason), .made = actor_stamp(actor, now) };
    /* The stamp tells one writing from another, also within a second. */
    if (draft.plan && row.made.at <= seen_at)
        row.made.at = seen_at + 1;
    if (draft.plan ? !store_plan_rewrite(session, county, &row, definition, seen_at, err) : !store_plan_add(session, county, &row, definition, err))
        return false;
    return audit_write(session, actor, "plan.keep", plan->id, row.reason, now, err);
}

bool app_plan_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct plan_edit *edit, struct text reason, int64_t seen_at, int64_t now, struct arena *mem, struct err *err)
{
    struct plan_info holds, draft;
    struct plan_faults faults = { .mem = mem };
    bool there = true;
    if (!actor_may(actor, MAY_ASSIGN, err) || !both(session, house_county(house), mem, &holds, &draft, err))
        return false;
    struct cell_table *const table = arena_make(mem, struct cell_table);
    *table = plan_table(draft.plan ? draft.plan : holds.plan, mem);
    if (edit->kind == PLAN_EDIT_ADD)
        there = plan_table_add_task(table, edit->id, edit->cells, mem);
    else if (edit->kind == PLAN_EDIT_REMOVE)
        there = plan_table_remove(table, edit->id);
    else
        for (size_t c = 0; c < N_PLAN_COLUMNS; c++)
            if (edit->set[c])
                there &= plan_table_set(table, edit->id, (enum plan_column)c, edit->cells[c], mem);
    if (!there)
        return err_set(err, ERR_ABSENT, "方案里没有“%.*s”这一行。", TEXT_ARG(edit->id));
    const struct plan_known known = known_of(house, snapshot, now, mem);
    const struct work_plan *const plan = plan_read(table, 1, &known, mem, &faults);
    if (!plan) {
        const struct plan_fault *const f = &faults.at[0];
        const struct text column = f->column ? text_of(plan_column_info((enum plan_column)(f->column - 1))->zh) : TEXT("这一行");
        err_set(err, ERR_INPUT, "%.*s：%.*s。", TEXT_ARG(column), TEXT_ARG(f->what));
        return err_hint(err, "%.*s", TEXT_ARG(f->mend));
    }
    return app_plan_keep(house, session, actor, plan, reason, seen_at, now, mem, err);
}

bool app_plan_drop(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct err *err)
{
    struct arena *mem = arena_new("plan");
    struct plan_info holds, draft;
    bool ok = actor_may(actor, MAY_ASSIGN, err) && both(session, house_county(house), mem, &holds, &draft, err);
    if (ok && !draft.plan)
        ok = err_set(err, ERR_ABSENT, "没有正在修改的方案。");
    ok = ok && store_plan_drop(session, house_county(house), draft.row.version, err) &&
         audit_write(session, actor, "plan.drop", draft.plan->id, TEXT(""), now, err);
    arena_free(&mem);
    return ok;
}

/* ---- 我的事 ------------------------------------------------------------------------------- */

bool app_plan_waiting(struct house *house, const struct actor *actor, struct waiting_list *into, struct err *err)
{
    struct plan_kept *rows;
    size_t n;
    if (!(actor->permissions & MAY_ASSIGN) || !app_plan_versions(house, into->mem, &rows, &n, err))
        return !(actor->permissions & MAY_ASSIGN);
    if (!n || rows[0].adopted.at)
        return true;
    waiting_add(into, &(struct waiting){ .whose = WAITING_FOR_ME, .link = TEXT("/plan/edit"), .button = TEXT("去看"), .why = TEXT("采用以后才下达任务"), .came_back = TEXT(""),
                                         .what = TEXT("工作方案有修改，等着采用"), .since = rows[0].made.at });
    return true;
}

/* ---- given out ---------------------------------------------------------------------------- */

struct text plan_csv(const struct work_plan *plan, struct arena *mem)
{
    const struct cell_table table = plan_table(plan, mem);
    return text_printf(mem, "\xEF\xBB\xBF%.*s", TEXT_ARG(cell_table_write(&table, mem)));
}

bool app_plan_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct plan_info *info, int64_t now,
                       struct arena *mem, struct text *bytes_out, struct err *err)
{
    const struct cell_table table = plan_table(info->plan, mem);
    struct sheet *sheets[2] = { sheet_new(mem, TEXT("方案")), sheet_new(mem, TEXT("怎么填")) };
    struct place_names names;
    place_names_of(snapshot, now, mem, &names);
    for (size_t r = 0; r < table.n; r++)
        for (uint32_t c = 0; c < N_PLAN_COLUMNS; c++)
            if (table.rows[r].at[c].size)
                sheet_put_text(sheets[0], (uint32_t)r + 1, c + 1, r ? LOOK_TEXT : LOOK_HEADING, table.rows[r].at[c]);
    sheets[0]->frozen_rows = 1;
    sheets[0]->frozen_columns = 3;
    sheet_put_text(sheets[1], 1, 1, LOOK_HEADING, TEXT("列"));
    sheet_put_text(sheets[1], 1, 2, LOOK_HEADING, TEXT("写什么"));
    sheets[1]->width[1] = 12;
    sheets[1]->width[2] = 90;
    uint32_t row = 2;
    for (uint32_t c = 0; c < N_PLAN_COLUMNS; c++) {
        const struct plan_column_info *const column = plan_column_info((enum plan_column)c);
        sheets[0]->width[c + 1] = column->width;
        sheet_put_text(sheets[1], row, 1, LOOK_TEXT, text_of(column->zh));
        sheet_put_text(sheets[1], row++, 2, LOOK_TEXT, text_of(column->help));
    }
    sheet_put_text(sheets[1], ++row, 1, LOOK_HEADING, TEXT("代码"));
    sheet_put_text(sheets[1], row++, 2, LOOK_HEADING, TEXT("部门"));
    for (size_t i = 0; i < names.standing[PLACE_DEPARTMENT].n; i++) {
        sheet_put_text(sheets[1], row, 1, LOOK_TEXT, names.standing[PLACE_DEPARTMENT].at[i].place.name);
        sheet_put_text(sheets[1], row++, 2, LOOK_TEXT, names.standing[PLACE_DEPARTMENT].at[i].name);
    }
    return app_export_sheets(house, actor, sheets, COUNT(sheets), TEXT("/plan"), table.n, table.n, now, mem, bytes_out, err);
}
