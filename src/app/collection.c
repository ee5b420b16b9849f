#include "app/collection.h"

#include "app/audit.h"
#include "app/units.h"
#include "base/day.h"
#include "base/number.h"
#include "model/returns_overlay.h"
#include "report/compose_figures.h"
#include "store/entry_store.h"
#include "store/returns_store.h"

enum { FILL_DAYS = 30, CONFIRM_DAYS = 37, CHECK_DAYS = 51, APPROVE_DAYS = 65, FIRST_YEAR = 2000, LAST_YEAR = 2100 };

static struct text object_of(struct arena *mem, int year)
{
    return text_printf(mem, "year/%d", year);
}

/* ---- opening ------------------------------------------------------------------------------ */

static bool windows_right(const struct collection_record *c, struct err *err)
{
    if (c->fill_until <= c->confirm_until && (!c->check_asked || c->confirm_until <= c->check_until) &&
        (c->check_asked ? c->check_until : c->confirm_until) <= c->approve_until)
        return true;
    err_set(err, ERR_INPUT, "几个截止日期的先后不对。");
    return err_hint(err, "应当是：填报不晚于确认，确认不晚于审核，审核不晚于审定。");
}

static bool record_of(const struct collection_wish *wish, int64_t now, struct arena *mem, struct collection_record *out, struct err *err)
{
    struct day day;
    if (wish->year < FIRST_YEAR || wish->year > LAST_YEAR)
        return err_set(err, ERR_INPUT, "学年要写开始的年份，例如 2026。");
    *out = (struct collection_record){
        .year = wish->year, .check_asked = wish->check_asked,
        .reference_day = wish->reference_day.size ? wish->reference_day : text_printf(mem, "%d-09-01", wish->year),
        .fill_until = wish->fill_until ? wish->fill_until : now + (int64_t)FILL_DAYS * DAY_SECONDS,
        .confirm_until = wish->confirm_until ? wish->confirm_until : now + (int64_t)CONFIRM_DAYS * DAY_SECONDS,
        .check_until = wish->check_until ? wish->check_until : now + (int64_t)CHECK_DAYS * DAY_SECONDS,
        .approve_until = wish->approve_until ? wish->approve_until : now + (int64_t)APPROVE_DAYS * DAY_SECONDS,
    };
    if (!day_read(out->reference_day, &day)) {
        err_set(err, ERR_INPUT, "“%.*s”不是一个日期。", TEXT_ARG(out->reference_day));
        return err_hint(err, "请写成 %d-09-01 这样。", wish->year);
    }
    return windows_right(out, err);
}

/* Of a school in the returns, its name and township as returned. */
static struct way_record way_of_row(const struct returns *r, size_t row)
{
    return (struct way_record){ .school = returns_text(r, row, r->items->school_code), .name = returns_text(r, row, r->items->school_name),
                                .township = r->items->township == NO_ITEM ? TEXT("") : returns_text(r, row, r->items->township) };
}

/* Who a school is stays from year to year: name, type, township … are there to begin with, and can be changed like any cell. */
static bool carry_over(struct house *house, struct db_session *session, const struct returns *r, size_t row, int year, int64_t now, struct err *err)
{
    const struct entry_place at = { house_county(house), year, returns_text(r, row, r->items->school_code) };
    for (uint16_t i = 0; i < r->items->n; i++) {
        const struct item *const item = &r->items->at[i];
        if (item->level != ITEM_SCHOOL || compose_group_of(item) != 0)
            continue;
        struct entry_cell_record cell = { .item = i, .number = BLANK, .stamp = 1, .by = { 0, TEXT("沿用去年"), now } };
        if (item->type == ITEM_TEXT)
            cell.text = returns_text(r, row, i);
        else
            cell.number = returns_number(r, row, i);
        if ((cell.text.size || !is_blank(cell.number)) && !store_entry_put(session, &at, r->items, &cell, err))
            return false;
    }
    return true;
}

/* Those of the year itself (brought by an import before it was opened) and of the latest year before. */
static bool ask_schools(struct house *house, struct db_session *session, int year, struct text day, int64_t now, struct arena *mem, struct err *err)
{
    struct returns *r;
    struct unit_row *units;
    size_t n_units;
    if (!store_units(session, house_county(house), mem, &units, &n_units, err) ||
        !store_returns(session, house_county(house), &house_edition(house)->items, VERSION_STANDING, mem, &r, err))
        return false;
    int before = 0;
    for (size_t c = 0; c < r->n_counties; c++)
        if (r->counties[c].year < year && r->counties[c].n && r->counties[c].year > before)
            before = r->counties[c].year;
    for (size_t c = 0; c < r->n_counties; c++) {
        const struct county_year *const of = &r->counties[c];
        if (of->year != year && of->year != before)
            continue;
        for (size_t row = of->first; row < of->first + of->n; row++) {
            const struct way_record way = way_of_row(r, row);
            if (of->year != year && !units_expect(units, n_units, way.school, day))
                continue;   /* merged or closed since */
            if (!store_way_add(session, house_county(house), year, &way, now, err) ||
                (of->year == before && returns_row(r, house_county(house), year, way.school) == SIZE_MAX &&
                 !carry_over(house, session, r, row, year, now, err)))
                return false;
        }
    }
    return true;
}

bool app_collection_open(struct house *house, struct db_session *session, const struct actor *actor, const struct collection_wish *wish,
                         int64_t now, struct err *err)
{
    struct arena *mem = arena_new("open year");
    const struct stamp by = actor_stamp(actor, now);
    struct collection_record c;
    const struct change_record change = { .kind = CHANGE_COLLECT, .stamp = by, .reason = text_printf(mem, "开启%d学年的填报", wish->year) };
    /* Asked before the year is governed: what stands of it was brought by imports, and each of those schools is to be asked. */
    const bool ok = actor_may(actor, MAY_YEAR, err) && record_of(wish, now, mem, &c, err) &&
                    ask_schools(house, session, wish->year, c.reference_day, now, mem, err) &&
                    store_change_begin(session, house_county(house), &change, &c.version_from, err) &&
                    store_collection_add(session, house_county(house), &c, &by, err) &&
                    audit_write(session, actor, "year.open", object_of(mem, wish->year),
                                text_printf(mem, "reference=%.*s check=%d", TEXT_ARG(c.reference_day), c.check_asked), now, err);
    arena_free(&mem);
    return ok;
}

static bool open_year(struct house *house, struct db_session *session, int year, struct arena *mem, struct collection_record *out, struct err *err)
{
    bool found;
    if (!store_collection(session, house_county(house), year, mem, out, &found, err))
        return false;
    if (!found) {
        err_set(err, ERR_ABSENT, "%d学年还没有开启填报。", year);
        return err_hint(err, "请县级办公室在填报页上开启。");
    }
    return true;
}

static bool unlocked_year(struct house *house, struct db_session *session, int year, struct arena *mem, struct collection_record *out,
                          struct err *err)
{
    if (!open_year(house, session, year, mem, out, err))
        return false;
    if (!out->locked_at)
        return true;
    err_set(err, ERR_CONFLICT, "%d学年已经锁定。", year);
    return err_hint(err, "锁定之后只能更正：一人提出并说明原因，另一人同意。");
}

bool app_collection_set(struct house *house, struct db_session *session, const struct actor *actor, const struct collection_wish *wish,
                        int64_t now, struct err *err)
{
    struct arena *mem = arena_new("set year");
    struct collection_record was, c;
    bool ok = actor_may(actor, MAY_YEAR, err) && unlocked_year(house, session, wish->year, mem, &was, err);
    if (ok) {
        struct collection_wish whole = *wish; /* what is not said stays */
        whole.reference_day = wish->reference_day.size ? wish->reference_day : was.reference_day;
        whole.fill_until = wish->fill_until ? wish->fill_until : was.fill_until;
        whole.confirm_until = wish->confirm_until ? wish->confirm_until : was.confirm_until;
        whole.check_until = wish->check_until ? wish->check_until : was.check_until;
        whole.approve_until = wish->approve_until ? wish->approve_until : was.approve_until;
        ok = record_of(&whole, now, mem, &c, err) && store_collection_set(session, house_county(house), &c, err) &&
             audit_write(session, actor, "year.set", object_of(mem, wish->year), text_printf(mem, "check=%d", c.check_asked), now, err);
    }
    arena_free(&mem);
    return ok;
}

bool app_collection_ask(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                        struct text name, struct text township, int64_t now, struct err *err)
{
    struct arena *mem = arena_new("ask school");
    struct collection_record c;
    const struct way_record way = { .school = text_trim(school), .name = text_trim(name), .township = text_trim(township) };
    bool ok = actor_may(actor, MAY_YEAR, err) && unlocked_year(house, session, year, mem, &c, err);
    if (ok && !way.school.size) {
        err_set(err, ERR_INPUT, "没有写学校代码。");
        ok = err_hint(err, "请填学校标识码。");
    } else if (ok && !way.name.size) {
        err_set(err, ERR_INPUT, "没有写学校 %.*s 的名称。", TEXT_ARG(way.school));
        ok = err_hint(err, "请填全称，例如“柳林镇第二小学”。");
    }
    bool asked = false;
    struct way_record there;
    ok = ok && store_way(session, house_county(house), year, way.school, mem, &there, &asked, err);
    if (ok && asked) {
        err_set(err, ERR_CONFLICT, "%d学年的名单里已经有学校 %.*s（%.*s）。", year, TEXT_ARG(way.school), TEXT_ARG(there.name));
        ok = err_hint(err, "核对学校标识码；改校名请到“单位”。");
    }
    /* A change, though no figure is another: the assessment lacks one school more. */
    const struct stamp by = actor_stamp(actor, now);
    const struct change_record change = { .kind = CHANGE_COLLECT, .stamp = by, .reason = text_printf(mem, "%d学年加一所学校：%.*s", year, TEXT_ARG(way.school)) };
    int64_t version = 0;
    ok = ok && store_change_begin(session, house_county(house), &change, &version, err) && store_way_add(session, house_county(house), year, &way, now, err) &&
         audit_write(session, actor, "year.ask", text_printf(mem, "return/%d/%.*s", year, TEXT_ARG(way.school)), way.name, now, err);
    arena_free(&mem);
    return ok;
}

/* ---- locking ------------------------------------------------------------------------------ */

static bool lock_returns(struct house *house, struct db_session *session, const struct actor *actor, int year, const struct way_record *ways,
                         size_t n, int64_t now, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!text_equal(ways[i].state, return_state_code(RETURN_APPROVED)))
            continue;
        const struct return_event_record event = { .step = return_step_code(STEP_LOCK), .state = return_state_code(RETURN_LOCKED),
                                                   .version = ways[i].version, .by = actor_stamp(actor, now),
                                                   .role = text_of(role_info(actor->role)->id), .reason = TEXT("") };
        if (!store_way_move(session, house_county(house), year, ways[i].school, ways[i].state, return_state_code(RETURN_LOCKED),
                            ways[i].version, false, now, err) ||
            !store_return_event_add(session, house_county(house), year, ways[i].school, &event, err))
            return false;
    }
    return true;
}

bool app_collection_lock(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text reason,
                         int64_t now, struct err *err)
{
    struct arena *mem = arena_new("lock year");
    const struct stamp by = actor_stamp(actor, now);
    struct collection_record c;
    struct way_record *ways;
    size_t n, lacking = 0;
    bool ok = actor_may(actor, MAY_LOCK, err) && unlocked_year(house, session, year, mem, &c, err) &&
              store_ways(session, house_county(house), year, mem, &ways, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        lacking += !text_equal(ways[i].state, return_state_code(RETURN_APPROVED));
    if (ok && lacking && !text_trim(reason).size) {
        err_set(err, ERR_INPUT, "还有 %zu 所学校的填报没有审定。", lacking);
        ok = err_hint(err, "请先审定；确要锁定，请写明原因，评估中会注明缺这些学校。");
    }
    /* A change, though no figure is another: from here on the year is complete, and what is shown first may be it. */
    const struct change_record change = { .kind = CHANGE_COLLECT, .stamp = by, .reason = text_printf(mem, "锁定%d学年", year) };
    int64_t version = 0;
    ok = ok && store_change_begin(session, house_county(house), &change, &version, err) && lock_returns(house, session, actor, year, ways, n, now, err) &&
         store_collection_lock(session, house_county(house), year, &by, text_trim(reason), err) &&
         audit_write(session, actor, "year.lock", object_of(mem, year), text_printf(mem, "lacking=%zu", lacking), now, err);
    arena_free(&mem);
    return ok;
}

/* ---- looking ------------------------------------------------------------------------------ */

bool app_collections(struct house *house, struct arena *mem, struct collection_record **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_collections(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

static int64_t due_of(const struct collection_record *c, enum return_hand next)
{
    switch (next) {
    case HAND_CLERK: return c->fill_until;
    case HAND_PRINCIPAL: return c->confirm_until;
    case HAND_CHECKER: return c->check_until;
    case HAND_BUREAU: return c->approve_until;
    case HAND_LOCKER:
    case HAND_CORRECTOR:
    case N_RETURN_HANDS: break;
    }
    return 0;
}

static struct way way_as_seen(const struct collection_record *c, const struct way_record *record, int64_t now)
{
    struct way way = { .record = *record, .state = RETURN_DRAFT };
    (void)!return_state_of(record->state, &way.state); /* the store holds no other */
    way.next = c->locked_at ? N_RETURN_HANDS : return_next_hand(way.state, c->check_asked);
    way.due = due_of(c, way.next);
    way.late = way.due && now > way.due;
    return way;
}

bool app_collection_status(struct house *house, const struct actor *actor, int year, int64_t now, struct arena *mem,
                           struct collection_status *out, struct err *err)
{
    struct db_session *session;
    struct way_record *records;
    size_t n;
    *out = (struct collection_status){ 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = open_year(house, session, year, mem, &out->collection, err) &&
                    store_ways(session, house_county(house), year, mem, &records, &n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    out->ways = arena_array(mem, n, struct way);
    for (size_t i = 0; i < n; i++) {
        if (!actor_covers(actor, records[i].school, records[i].township))
            continue;
        const struct way way = way_as_seen(&out->collection, &records[i], now);
        out->ways[out->n++] = way;
        out->in_state[way.state]++;
        out->late += way.late;
        out->sent_back += way.record.sent_back && way.state == RETURN_DRAFT;
    }
    return true;
}

bool app_way(struct db_session *session, struct house *house, const struct actor *actor, int year, struct text school, int64_t now,
             struct arena *mem, struct collection_record *collection_out, struct way *out, struct err *err)
{
    struct way_record record;
    bool found;
    if (!open_year(house, session, year, mem, collection_out, err) ||
        !store_way(session, house_county(house), year, school, mem, &record, &found, err))
        return false;
    if (!found || !actor_covers(actor, record.school, record.township)) {
        err_set(err, ERR_ABSENT, "%d学年的填报里没有学校 %.*s。", year, TEXT_ARG(school));
        return err_hint(err, "请核对学校代码；新学校由县级办公室加进来。");
    }
    *out = way_as_seen(collection_out, &record, now);
    return true;
}

/* ---- past the return ---------------------------------------------------------------------- */

bool app_year_guard(struct house *house, struct db_session *session, int year, struct text school, enum change_past by, struct err *err)
{
    struct arena *mem = arena_new("year guard");
    struct collection_record c;
    struct way_record way = { 0 };
    bool collected, asked = false, ok = store_collection(session, house_county(house), year, mem, &c, &collected, err);
    if (ok && collected && c.locked_at) {
        err_set(err, ERR_CONFLICT, "%d学年的数据已经锁定，不能直接改。", year);
        ok = err_hint(err, "请在填报页提出更正：说明原因，由另一人同意。");
    } else if (ok && collected && school.size) {
        ok = store_way(session, house_county(house), year, school, mem, &way, &asked, err);
        enum return_state state = RETURN_DRAFT;
        (void)!(asked && return_state_of(way.state, &state));
        /* An import fills in beforehand what the school then completes; past the draft it would change what others have seen. */
        if (ok && asked && (by == PAST_BY_EDIT || !return_open(state))) {
            err_set(err, ERR_CONFLICT, "%d学年正在填报，%.*s的数要经它的填报来改（现在是“%.*s”）。", year,
                    TEXT_ARG(way.name.size ? way.name : school), TEXT_ARG(return_state_zh(state)));
            ok = err_hint(err, return_open(state) ? "请学校在填报页上改。" : "请先退回或重开这份填报。");
        }
    }
    arena_free(&mem);
    return ok;
}
