/* Deciding: a staged import is confirmed, dropped, undone; each inside the writer, with its line in the audit. */
#include "app/audit.h"
#include "app/collection.h"
#include "app/import.h"
#include "store/import_store.h"
#include "store/returns_store.h"

/* ---- confirming --------------------------------------------------------------------------- */

struct confirming {
    struct house *house;
    struct db_session *session;
    struct text county, id;
    const struct item_list *items;
    struct arena *mem;
    const struct import_decision *decision;
    struct returns *staged;
    struct import_difference difference;
    int64_t *source_ids;
    size_t n_source_ids;
    int64_t version;
    struct import_done *out;
};

/* Compared inside the writer's savepoint: nothing can come between looking and writing. */
static bool compare_again(struct confirming *c, const struct import_record *record, struct err *err)
{
    struct returns *standing, *base = NULL;
    struct findings findings = { .mem = c->mem };
    if (!store_staged_returns(c->session, c->county, c->id, c->items, c->mem, &c->staged, err) ||
        !store_returns(c->session, c->county, c->items, VERSION_STANDING, c->mem, &standing, err) ||
        (record->base_version && !store_returns(c->session, c->county, c->items, record->base_version, c->mem, &base, err)) ||
        !store_import_findings(c->session, c->county, c->id, &findings, err))
        return false;
    import_compare(c->staged, standing, base, &findings, c->mem, &c->difference);
    if (record->tally.errors && c->decision->errors == IMPORT_NO_ERRORS) {
        err_set(err, ERR_INPUT, "还有 %lld 处错误，不能全部导入。", (long long)record->tally.errors);
        return err_hint(err, "请改好文件再传一次；或者只导入无误的学校，或者略过有误的格。");
    }
    return store_source_ids(c->session, c->county, c->mem, &c->source_ids, &c->n_source_ids, err);
}

static bool taken(const struct confirming *c, const struct cell_difference *cell)
{
    if (cell->kind != CELL_CONFLICT)
        return true;
    const struct text code = c->items->at[cell->item].code;
    for (size_t i = 0; i < c->decision->n_take; i++) {
        const struct figure_choice *const choice = &c->decision->take[i];
        if (choice->year == cell->year && text_equal(choice->school, cell->school) && text_equal(choice->item, code))
            return true;
    }
    return false;
}

static bool left_out(const struct confirming *c, bool barred)
{
    return barred && c->decision->errors == IMPORT_CLEAN_SCHOOLS;
}

static int64_t stored_source(const struct confirming *c, size_t source)
{
    return source < c->n_source_ids ? c->source_ids[source] : 0;
}

static bool write_schools(struct confirming *c, struct err *err)
{
    for (size_t i = 0; i < c->difference.n_schools; i++) {
        const struct school_difference *const s = &c->difference.schools[i];
        if (left_out(c, s->barred))
            continue;
        c->out->schools += s->school.size > 0;
        if (s->is_new && !store_return_put(c->session, c->county, c->version, s->year, s->school, stored_source(c, s->source), s->row, err))
            return false;
    }
    return true;
}

static bool write_cells(struct confirming *c, struct err *err)
{
    for (size_t i = 0; i < c->difference.n; i++) {
        const struct cell_difference *const cell = &c->difference.cells[i];
        if (left_out(c, cell->barred) || !taken(c, cell))
            continue;
        const struct figure_record figure = { .year = cell->year, .school = cell->school, .item = cell->item, .number = cell->after,
                                              .text = cell->after_text, .source = stored_source(c, cell->from.source),
                                              .row = cell->from.row, .column = cell->from.column };
        if (!store_figure_put(c->session, c->county, c->items, c->version, &figure, err))
            return false;
        c->out->figures++;
    }
    return true;
}

/* Others may go on working: only what this import speaks of must be as it was when somebody looked. */
static bool as_seen(struct confirming *c, struct err *err)
{
    int64_t touched;
    if (c->decision->seen_version < 0)
        return true;
    if (!store_staged_touched(c->session, c->county, c->id, c->decision->seen_version, &touched, err))
        return false;
    if (!touched)
        return true;
    err_set(err, ERR_CONFLICT, "在您核对之后，这次导入涉及的格里有 %lld 个又有了变动。", (long long)touched);
    return err_hint(err, "请刷新页面，核对新的差异后再确认；您的文件还在，不用重新上传。");
}

/* Of no year that is locked, and of no school whose return is past its draft; cells come school by school. */
static bool may_be_brought(struct confirming *c, struct err *err)
{
    int year = 0;
    struct text school = TEXT("");
    for (size_t i = 0; i < c->difference.n; i++) {
        const struct cell_difference *const cell = &c->difference.cells[i];
        if (left_out(c, cell->barred) || !taken(c, cell) || (i && cell->year == year && text_equal(cell->school, school)))
            continue;
        year = cell->year;
        school = cell->school;
        if (!app_year_guard(c->house, c->session, year, school, PAST_BY_IMPORT, err))
            return false;
    }
    return true;
}

static bool confirm(struct confirming *c, const struct actor *actor, int64_t now, struct err *err)
{
    struct import_record record;
    if (!store_import(c->session, c->county, c->id, c->mem, &record, err))
        return false;
    const struct change_record change = { .kind = CHANGE_IMPORT, .stamp = actor_stamp(actor, now), .import_id = c->id };
    if (!as_seen(c, err) || !store_change_begin(c->session, c->county, &change, &c->version, err) ||
        !store_import_move(c->session, c->county, c->id, IMPORT_WAITING, IMPORT_CONFIRMED, c->version, err) ||
        !compare_again(c, &record, err) || !may_be_brought(c, err) || !write_schools(c, err) || !write_cells(c, err) ||
        !store_staged_drop(c->session, c->county, c->id, err))
        return false;
    c->out->version = c->version;
    return audit_write(c->session, actor, "import.confirm", c->id,
                       text_printf(c->mem, "version=%lld figures=%zu schools=%zu", (long long)c->version, c->out->figures, c->out->schools),
                       now, err);
}

bool app_import_confirm(struct house *house, struct db_session *session, const struct actor *actor, struct text id,
                        const struct import_decision *decision, int64_t now, struct import_done *out, struct err *err)
{
    if (!actor_may(actor, MAY_IMPORT, err))
        return false;
    *out = (struct import_done){ 0 };
    struct arena *mem = arena_new("confirm");
    struct confirming c = { .house = house, .session = session, .county = house_county(house), .id = id,
                            .items = &house_edition(house)->items, .mem = mem, .decision = decision, .out = out };
    const bool ok = confirm(&c, actor, now, err);
    arena_free(&mem);
    return ok;
}

/* ---- dropping, undoing -------------------------------------------------------------------- */

bool app_import_drop(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                     struct err *err)
{
    const struct text county = house_county(house);
    return actor_may(actor, MAY_IMPORT, err) && store_import_move(session, county, id, IMPORT_WAITING, IMPORT_DROPPED, 0, err) &&
           store_staged_drop(session, county, id, err) && audit_write(session, actor, "import.drop", id, TEXT(""), now, err);
}

static bool may_be_undone(struct house *house, struct db_session *session, int64_t version, struct arena *mem, struct err *err)
{
    struct figure_place *places;
    size_t n;
    if (!store_change_places(session, house_county(house), version, mem, &places, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!app_year_guard(house, session, places[i].year, places[i].school, PAST_BY_IMPORT, err))
            return false;
    return true;
}

bool app_import_undo(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                     struct import_undone *out, struct err *err)
{
    const struct text county = house_county(house);
    struct arena *mem = arena_new("undo import");
    struct import_record record;
    struct undo_tally tally = { 0, 0 };
    const struct change_record change = { .kind = CHANGE_UNDO, .stamp = actor_stamp(actor, now), .import_id = id };
    const bool ok = actor_may(actor, MAY_IMPORT, err) && store_import(session, county, id, mem, &record, err) &&
                    store_import_move(session, county, id, IMPORT_CONFIRMED, IMPORT_UNDONE, 0, err) &&
                    may_be_undone(house, session, record.version, mem, err) &&
                    store_change_begin(session, county, &change, &out->version, err) &&
                    store_change_undo(session, county, record.version, out->version, &tally, err) &&
                    audit_write(session, actor, "import.undo", id,
                                text_printf(mem, "version=%lld restored=%zu kept=%zu", (long long)out->version, tally.restored, tally.kept),
                                now, err);
    out->restored = tally.restored;
    out->kept = tally.kept;
    arena_free(&mem);
    return ok;
}
