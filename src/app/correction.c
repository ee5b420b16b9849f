#include "app/correction.h"

#include "app/audit.h"
#include "base/secret.h"
#include "base/unicode.h"
#include "import/value.h"
#include "report/compose_entry.h"
#include "report/say.h"
#include "store/correction_store.h"
#include "store/returns_store.h"

enum { ID_BYTES = 9, LONGEST_REASON = 1000, MOST_SHOWN = 200 };

static bool said(struct text reason, struct err *err)
{
    const struct text trimmed = text_trim(reason);
    if (!trimmed.size) {
        err_set(err, ERR_INPUT, "没有写原因。");
        return err_hint(err, "锁定之后的数不能无故改动，请写明为什么。");
    }
    return (trimmed.size <= LONGEST_REASON && utf8_valid(trimmed)) || err_set(err, ERR_INPUT, "原因写得太长，最多 300 字。");
}

static bool locked(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school, int64_t now,
                   struct arena *mem, struct way *way, struct err *err)
{
    struct collection_record collection;
    if (!app_way(session, house, actor, year, school, now, mem, &collection, way, err))
        return false;
    if (way->state == RETURN_LOCKED)
        return true;
    err_set(err, ERR_CONFLICT, "这份填报没有锁定（现在是“%.*s”），不用走更正。", TEXT_ARG(return_state_zh(way->state)));
    return err_hint(err, "请在填报页上退回或重开，由学校改。");
}

/* ---- asking ------------------------------------------------------------------------------- */

static bool same(const struct entry_figure *a, const struct entry_figure *b)
{
    return text_equal(a->text, b->text) && (is_blank(a->number) ? is_blank(b->number) : a->number == b->number);
}

static bool read_cells(const struct correction_wish *wish, const struct item_list *items, const struct entry_figure *standing, struct arena *mem,
                       struct correction_cell_record *cells, size_t *n_out, struct err *err)
{
    *n_out = 0;
    for (size_t i = 0; i < wish->n; i++) {
        const struct correction_cell_wish *const w = &wish->cells[i];
        struct value_fault fault = { .rule = TEXT("") };
        if (w->item >= items->n || items->at[w->item].level != ITEM_SCHOOL)
            return err_set(err, ERR_ABSENT, "没有这个指标项。");
        const struct item *const item = &items->at[w->item];
        struct correction_cell_record cell = { .item = w->item, .before = standing[w->item], .after = { .number = BLANK, .there = true } };
        if (item->type == ITEM_TEXT)
            cell.after.text = value_text_text(mem, item, text_trim(w->typed), &fault);
        else
            cell.after.number = value_number_text(mem, item, text_trim(w->typed), &fault);
        if (fault.rule.size && fault.level == FINDING_ERROR) {
            err_set(err, ERR_INPUT, "%.*s：填的是“%.*s”，%.*s。", TEXT_ARG(item->zh), TEXT_ARG(w->typed), TEXT_ARG(fault.expected));
            return err_hint(err, "%.*s。", TEXT_ARG(fault.mend));
        }
        if (!same(&cell.before, &cell.after))
            cells[(*n_out)++] = cell;
    }
    return *n_out || err_set(err, ERR_INPUT, "没有一个数和现在的不同。");
}

bool app_correction_ask(struct house *house, struct db_session *session, const struct actor *actor, const struct correction_wish *wish,
                        int64_t now, struct arena *mem, struct text *id_out, struct err *err)
{
    const struct item_list *const items = &house_edition(house)->items;
    const struct entry_place at = { house_county(house), wish->year, wish->school };
    struct entry_figure *standing;
    struct way way;
    unsigned char random[ID_BYTES];
    char id[2 * ID_BYTES + 1];
    size_t n;
    if (!actor_may(actor, MAY_CORRECT, err) || !said(wish->reason, err) ||
        !locked(house, session, actor, wish->year, wish->school, now, mem, &way, err))
        return false;
    if (wish->n > CORRECTION_CELLS)
        return err_set(err, ERR_LIMIT, "一份更正最多改 %d 个数。", CORRECTION_CELLS);
    struct correction_cell_record *const cells = arena_array(mem, wish->n + 1, struct correction_cell_record);
    if (!store_figures_of_school(session, &at, items, mem, &standing, err) || !read_cells(wish, items, standing, mem, cells, &n, err))
        return false;
    secret_random(random, ID_BYTES);
    secret_hex(random, ID_BYTES, id);
    const struct correction_record record = { .id = text_copy(mem, text_of(id)), .year = wish->year, .school = wish->school,
                                              .reason = text_trim(wish->reason), .asked = actor_stamp(actor, now) };
    *id_out = record.id;
    return store_correction_add(session, at.county, items, &record, cells, n, err) &&
           audit_write(session, actor, "correction.ask", text_printf(mem, "correction/%.*s", TEXT_ARG(record.id)),
                       text_printf(mem, "return/%d/%.*s cells=%zu", wish->year, TEXT_ARG(wish->school), n), now, err);
}

/* ---- deciding ----------------------------------------------------------------------------- */

struct deciding {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    struct correction_record record;
    struct entry_place at;
    struct way way;
    struct arena *mem;
    int64_t now, version;
};

static bool put_figures(struct deciding *d, struct err *err)
{
    const struct item_list *const items = &house_edition(d->house)->items;
    struct correction_cell_record *cells;
    struct entry_figure *standing;
    size_t n;
    const struct stamp by = actor_stamp(d->actor, d->now);
    /* Both are named wherever the figure's history is read. */
    const struct change_record change = { .kind = CHANGE_CORRECTION, .stamp = by,
                                          .reason = text_printf(d->mem, "%.*s提出：%.*s", TEXT_ARG(d->record.asked.who), TEXT_ARG(d->record.reason)) };
    if (!store_correction_cells(d->session, d->at.county, d->record.id, items, d->mem, &cells, &n, err) ||
        !store_figures_of_school(d->session, &d->at, items, d->mem, &standing, err) ||
        !store_change_begin(d->session, d->at.county, &change, &d->version, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct figure_record figure = { .year = d->at.year, .school = d->at.school, .item = cells[i].item,
                                              .number = cells[i].after.number, .text = cells[i].after.text };
        if (!same(&cells[i].before, &standing[cells[i].item])) {
            err_set(err, ERR_CONFLICT, "%.*s在提出更正之后又变了。", TEXT_ARG(items->at[cells[i].item].zh));
            return err_hint(err, "请不同意这份更正，由提出的人重新提出。");
        }
        if (!store_figure_put(d->session, d->at.county, items, d->version, &figure, err))
            return false;
        standing[cells[i].item] = cells[i].after;
    }
    const int64_t next = d->way.record.version + 1;
    const struct return_event_record event = { .step = return_step_code(STEP_CORRECT), .state = return_state_code(RETURN_LOCKED), .version = next,
                                               .by = by, .role = text_of(role_info(d->actor->role)->id), .reason = change.reason };
    return store_return_version_add(d->session, &d->at, items, next, TEXT("correct"), standing, &by, err) &&
           store_way_move(d->session, d->at.county, d->at.year, d->at.school, d->way.record.state, d->way.record.state, next, false, d->now, err) &&
           store_return_event_add(d->session, d->at.county, d->at.year, d->at.school, &event, err);
}

static bool may_decide(const struct deciding *d, enum correction_decision decision, struct err *err)
{
    if (decision == CORRECTION_DROP)
        return d->record.asked.account == d->actor->account || err_set(err, ERR_DENIED, "只有提出的人能撤回。");
    if (!actor_may(d->actor, MAY_AGREE, err))
        return false;
    if (d->record.asked.account != d->actor->account)
        return true;
    err_set(err, ERR_DENIED, "提出更正的人不能自己同意。");
    return err_hint(err, "请另一位有权的人来看。");
}

bool app_correction_decide(struct house *house, struct db_session *session, const struct actor *actor, struct text id,
                           enum correction_decision decision, struct text reason, int64_t now, struct err *err)
{
    static const char *const STATES[] = { [CORRECTION_AGREE] = "agreed", [CORRECTION_REFUSE] = "refused", [CORRECTION_DROP] = "dropped" };
    static const char *const VERBS[] = { [CORRECTION_AGREE] = "correction.agree", [CORRECTION_REFUSE] = "correction.refuse",
                                         [CORRECTION_DROP] = "correction.drop" };
    struct arena *mem = arena_new("decide");
    struct deciding d = { .house = house, .session = session, .actor = actor, .mem = mem, .now = now };
    bool ok = store_correction(session, house_county(house), id, mem, &d.record, err);
    if (ok && !text_equal(d.record.state, TEXT("asked")))
        ok = err_set(err, ERR_CONFLICT, "这份更正已经有了结果。");
    d.at = (struct entry_place){ house_county(house), d.record.year, d.record.school };
    ok = ok && locked(house, session, actor, d.record.year, d.record.school, now, mem, &d.way, err) && may_decide(&d, decision, err) &&
         (decision != CORRECTION_REFUSE || said(reason, err)) && (decision != CORRECTION_AGREE || put_figures(&d, err));
    const struct stamp by = actor_stamp(actor, now);
    ok = ok && store_correction_decide(session, d.at.county, id, text_of(STATES[decision]), &by, text_trim(reason), d.version, err) &&
         audit_write(session, actor, VERBS[decision], text_printf(mem, "correction/%.*s", TEXT_ARG(id)),
                     text_printf(mem, "version=%lld", (long long)d.version), now, err);
    arena_free(&mem);
    return ok;
}

/* ---- looking ------------------------------------------------------------------------------ */

static void put_words(const struct item_list *items, const struct correction_cell_record *cells, size_t n, struct arena *mem, struct correction *out)
{
    out->cells = arena_array(mem, n, struct correction_cell);
    out->n = n;
    for (size_t i = 0; i < n; i++) {
        const struct item *const item = &items->at[cells[i].item];
        out->cells[i] = (struct correction_cell){ item->code, item->zh, say_unit(item->unit, false),
                                                  entry_typed(mem, item, cells[i].before.number, cells[i].before.text),
                                                  entry_typed(mem, item, cells[i].after.number, cells[i].after.text) };
    }
}

static bool look(struct db_session *session, struct house *house, const struct actor *actor, struct arena *mem, struct correction **out,
                 size_t *n_out, struct err *err)
{
    const struct item_list *const items = &house_edition(house)->items;
    struct correction_record *records;
    struct err ignored;
    size_t n;
    *n_out = 0;
    if (!store_corrections(session, house_county(house), MOST_SHOWN, mem, &records, &n, err))
        return false;
    *out = arena_array(mem, n, struct correction);
    for (size_t i = 0; i < n; i++) {
        const struct correction_record *const r = &records[i];
        struct correction_cell_record *cells;
        size_t n_cells;
        struct way_record way = { 0 };
        bool asked;
        if (!store_way(session, house_county(house), r->year, r->school, mem, &way, &asked, err))
            return false;
        if (!actor_covers(actor, r->school, way.township))
            continue;
        if (!store_correction_cells(session, house_county(house), r->id, items, mem, &cells, &n_cells, err))
            return false;
        struct correction *const c = &(*out)[(*n_out)++];
        const bool waits = text_equal(r->state, TEXT("asked"));
        *c = (struct correction){ .id = r->id, .school = r->school, .name = way.name, .state = r->state, .reason = r->reason, .year = r->year,
                                  .who = r->asked.who, .account = r->asked.account, .at = r->asked.at, .decided_who = r->decided.who,
                                  .decided_reason = r->decided_reason, .decided_at = r->decided.at, .version = r->version,
                                  .may_drop = waits && r->asked.account == actor->account,
                                  .may_decide = waits && r->asked.account != actor->account && actor_may(actor, MAY_AGREE, &ignored) };
        put_words(items, cells, n_cells, mem, c);
    }
    return true;
}

bool app_corrections(struct house *house, const struct actor *actor, struct arena *mem, struct correction **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = look(session, house, actor, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}
