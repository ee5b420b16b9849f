/* The ledger follows the figures and the tree of units. */
#include "app/ledger_inside.h"
#include "app/ledger_measure.h"

#include "app/audit.h"
#include "app/notice.h"
#include "app/owner.h"
#include "app/place_names.h"
#include "app/upkeep.h"
#include "base/day.h"
#include "store/unit_store.h"

struct following {
    struct house *house;
    struct db_session *session;
    const struct snapshot *s;
    struct actor engine;
    int64_t now;
    struct text today;
    struct arena *mem;
    struct ledger_row *rows;       /* as they stand */
    size_t n;
    uint32_t *slots;               /* rows by identity: index + 1 */
    size_t room;
    int64_t next;                  /* the next number */
    struct text *closed;           /* codes of schools that are closed or merged today */
    struct text *why;              /* [closed] 「2028-07-01 并入第四小学：…」 */
    size_t n_closed;
    const struct owners *owners;
    struct place_names names;
    struct ledger_followed *done;
};

/* ---- finding a row by its identity ---------------------------------------------------------- */

static unsigned long hash_of(const struct ledger_identity *of)
{
    return text_hash(of->place_name) * 31 + text_hash(of->subject) * 7 + text_hash(of->stage) + of->place_kind.size;
}

static bool same(const struct ledger_identity *a, const struct ledger_identity *b)
{
    return text_equal(a->place_name, b->place_name) && text_equal(a->subject, b->subject) && text_equal(a->stage, b->stage) &&
           text_equal(a->place_kind, b->place_kind);
}

static void index_rows(struct following *f)
{
    f->room = 16;
    while (f->room < 2 * f->n + 2)
        f->room *= 2;
    f->slots = arena_array(f->mem, f->room, uint32_t);
    for (size_t i = 0; i < f->n; i++) {
        size_t at = hash_of(&f->rows[i].of) & (f->room - 1);
        while (f->slots[at])
            at = (at + 1) & (f->room - 1);
        f->slots[at] = (uint32_t)i + 1;
    }
}

static struct ledger_row *row_of(const struct following *f, const struct ledger_identity *of)
{
    for (size_t at = hash_of(of) & (f->room - 1); f->slots[at]; at = (at + 1) & (f->room - 1))
        if (same(&f->rows[f->slots[at] - 1].of, of))
            return &f->rows[f->slots[at] - 1];
    return NULL;
}

/* ---- what changes --------------------------------------------------------------------------- */

static bool equal(double a, double b)
{
    return (is_blank(a) && is_blank(b)) || a == b;
}

static bool differs(const struct ledger_measure *a, const struct ledger_measure *b)
{
    return !equal(a->value, b->value) || !equal(a->threshold, b->threshold) || !equal(a->missing, b->missing) ||
           !equal(a->missing_to_floor, b->missing_to_floor) || a->passes != b->passes || a->year != b->year || !text_equal(a->measured, b->measured) ||
           !text_equal(a->place_shown, b->place_shown) || !text_equal(a->township, b->township);
}

/* Who answers for it at first: by the table of duties (责任分工). */
static void put_owner(struct following *f, struct ledger_row *row)
{
    const bool school = text_equal(row->of.place_kind, TEXT("school"));
    const struct owner owner = owner_of(f->owners, row->of.subject, row->of.stage, school ? row->of.place_name : TEXT(""), row->now.township);
    struct buf helpers = { .mem = f->mem };
    row->plan.owner_kind = place_word(owner.place.kind);
    row->plan.owner_name = owner.place.name;
    row->plan.owner_shown = place_name(&f->names, owner.place);
    row->plan.person = owner.person;
    for (size_t i = 0; i < owner.n_helpers; i++)
        buf_printf(&helpers, "%s%.*s", i ? ";" : "", TEXT_ARG(place_value(owner.helpers[i], f->mem)));
    row->plan.helpers = buf_text(&helpers);
}

static bool add_row(struct following *f, const struct ledger_thing *thing, struct err *err)
{
    struct ledger_row row = { .id = f->next++, .of = thing->of, .kind = thing->kind, .now = thing->now, .found_year = thing->now.year,
                              .found_at = f->now, .plan = { .cost_yuan = -1, .planned = BLANK } };
    ledger_measure_words(f->s, thing, f->mem, &row.now.problem, &row.now.basis);
    put_owner(f, &row);
    f->done->found++;
    return store_ledger_add(f->session, house_county(f->house), &row, err);
}

/* Fell back: it says so, to its owner and to the office. */
static bool open_again(struct following *f, const struct ledger_row *row, struct err *err)
{
    const struct text title = text_printf(f->mem, "滑坡：%.*s，%.*s", TEXT_ARG(row->now.place_shown), TEXT_ARG(row->now.problem));
    const struct text words = text_printf(f->mem, "已经销号的又不达标了：%d学年，%.*s，%.*s。台账第 %lld 号自动重新打开。", row->now.year,
                                          TEXT_ARG(row->now.place_shown), TEXT_ARG(row->now.problem), (long long)row->id);
    const struct notice office = { .role = ROLE_office, .place = { PLACE_COUNTY, TEXT("") }, .kind = "told", .title = title, .text = words,
                                   .link = ledger_link(row, f->mem), .by = actor_stamp(&f->engine, f->now) };
    const struct text reason = text_printf(f->mem, "滑坡：%d学年，%.*s", row->now.year, TEXT_ARG(row->now.problem));
    f->done->fallen++;
    return ledger_put_state(f->house, f->session, &f->engine, row, LEDGER_REOPENED, reason, f->now, f->mem, err) &&
           ledger_tell_owner(f->house, f->session, &f->engine, row, "told", title, words, f->now, f->mem, err) &&
           app_notice_put(f->session, house_county(f->house), &office, f->now, err);
}

static bool drop_row(struct following *f, const struct ledger_row *row, struct text why, struct err *err)
{
    f->done->dropped++;
    return ledger_put_state(f->house, f->session, &f->engine, row, LEDGER_NOT_ASKED, why, f->now, f->mem, err) &&
           ledger_tell_owner(f->house, f->session, &f->engine, row, "told",
                             text_printf(f->mem, "不再要求：%.*s，%.*s", TEXT_ARG(row->now.place_shown), TEXT_ARG(row->now.problem)), why, f->now, f->mem, err);
}

static bool move_row(struct following *f, const struct ledger_row *row, const struct ledger_thing *thing, struct err *err)
{
    const enum ledger_state state = ledger_row_state(row);
    if (thing->not_there)
        return !ledger_open(state) ||
               drop_row(f, row, text_printf(f->mem, "%d学年该校没有这个学段的在校生", thing->now.year), err);
    if (!thing->fails)
        return true;
    if (state == LEDGER_VERIFIED)
        return open_again(f, row, err);
    if (state != LEDGER_NOT_ASKED)
        return true;
    f->done->asked_again++;
    return ledger_put_state(f->house, f->session, &f->engine, row, LEDGER_FOUND,
                            text_printf(f->mem, "%d学年：%.*s", thing->now.year, TEXT_ARG(row->now.problem)), f->now, f->mem, err);
}

static bool take(void *context, const struct ledger_thing *thing, struct err *err)
{
    struct following *const f = context;
    struct ledger_row *const row = row_of(f, &thing->of);
    if (!row)
        return !thing->fails || add_row(f, thing, err);
    if (thing->not_there)
        return move_row(f, row, thing, err);
    if (differs(&row->now, &thing->now)) {
        struct ledger_measure now = thing->now;
        ledger_measure_words(f->s, thing, f->mem, &now.problem, &now.basis);
        if (!store_ledger_measure(f->session, house_county(f->house), row->id, &now, err))
            return false;
        row->now = now;
        f->done->changed++;
    }
    return move_row(f, row, thing, err);
}

/* ---- schools that are there no more ---------------------------------------------------------- */

static bool find_closed(struct following *f, const struct unit_row *units, size_t n)
{
    struct unit *at;
    size_t n_at;
    units_at(units, n, f->today, f->mem, &at, &n_at);
    f->closed = arena_array(f->mem, n_at + 1, struct text);
    f->why = arena_array(f->mem, n_at + 1, struct text);
    for (size_t i = 0; i < n_at; i++) {
        const struct unit_row *const u = at[i].row;
        if (u->kind != UNIT_SCHOOL || u->is_open)
            continue;
        const struct unit_row *const into = u->successor.size ? unit_at(units, n, u->successor, f->today) : NULL;
        f->closed[f->n_closed] = u->code;
        f->why[f->n_closed++] =
            into ? text_printf(f->mem, "%.*s 并入%.*s%s%.*s", TEXT_ARG(u->from_day), TEXT_ARG(into->name), u->reason.size ? "：" : "", TEXT_ARG(u->reason))
                 : text_printf(f->mem, "%.*s 撤销%s%.*s", TEXT_ARG(u->from_day), u->reason.size ? "：" : "", TEXT_ARG(u->reason));
    }
    return f->n_closed > 0;
}

static bool drop_closed(struct following *f, struct err *err)
{
    for (size_t i = 0; i < f->n; i++) {
        if (!ledger_open(ledger_row_state(&f->rows[i])) || !text_equal(f->rows[i].of.place_kind, TEXT("school")))
            continue;
        for (size_t c = 0; c < f->n_closed; c++)
            if (text_equal(f->closed[c], f->rows[i].of.place_name)) {
                if (!drop_row(f, &f->rows[i], f->why[c], err))
                    return false;
                break;
            }
    }
    return true;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool follow(struct following *f, const struct unit_row *units, size_t n_units, struct err *err)
{
    if (!store_ledger_measured(f->session, house_county(f->house), f->mem, &f->rows, &f->n, err) ||
        !store_ledger_next(f->session, house_county(f->house), &f->next, err) || !app_owners_in(f->house, f->session, f->mem, &f->owners, err))
        return false;
    place_names_of(f->s, f->now, f->mem, &f->names);
    index_rows(f);
    if (find_closed(f, units, n_units) && !drop_closed(f, err))
        return false;
    return ledger_measure_all(f->s, f->closed, f->n_closed, f->mem, take, f, err);
}

/* What following depends on.  A school is closed from a day on: the day counts too where there are units. */
static bool state_of(struct house *house, struct db_session *session, const struct snapshot *s, int64_t now, struct arena *mem,
                     struct unit_row **units, size_t *n_units, struct text *state_out, bool *same_out, struct err *err)
{
    struct text seen;
    int64_t at;
    const struct text county = house_county(house);
    if (!store_units(session, county, mem, units, n_units, err) || !store_ledger_followed(session, county, mem, &seen, &at, err))
        return false;
    *state_out = text_printf(mem, "%llu %.*s %zu %.*s", (unsigned long long)s->version, TEXT_ARG(s->edition->id), *n_units,
                             TEXT_ARG(*n_units ? day_shown(now, mem) : TEXT("")));
    *same_out = text_equal(*state_out, seen);
    return true;
}

bool app_ledger_follow(struct house *house, struct db_session *session, const struct snapshot *snapshot, int64_t now, struct arena *mem,
                       struct ledger_followed *out, struct err *err)
{
    struct unit_row *units;
    struct text state;
    size_t n_units;
    bool same;
    *out = (struct ledger_followed){ 0 };
    if (!state_of(house, session, snapshot, now, mem, &units, &n_units, &state, &same, err))
        return false;
    if (same)
        return true;
    struct following f = { .house = house, .session = session, .s = snapshot, .engine = ledger_engine(), .now = now,
                           .today = day_shown(now, mem), .mem = mem, .done = out };
    out->looked = true;
    return follow(&f, units, n_units, err) && store_ledger_followed_put(session, house_county(house), state, now, err) &&
           (!(out->found + out->fallen + out->dropped + out->asked_again) ||
            audit_write(session, &f.engine, "ledger.follow", text_printf(mem, "%llu", (unsigned long long)snapshot->version),
                        text_printf(mem, "found=%zu changed=%zu fallen=%zu dropped=%zu again=%zu", out->found, out->changed, out->fallen, out->dropped,
                                    out->asked_again),
                        now, err));
}

/* ---- by itself ----------------------------------------------------------------------------- */

struct duty_work { struct house *house; const struct snapshot *s; int64_t now; struct arena *mem; struct ledger_followed done; };

static bool follow_now(void *context, struct db_session *session, struct err *err)
{
    struct duty_work *const w = context;
    return app_ledger_follow(w->house, session, w->s, w->now, w->mem, &w->done, err);
}

static bool follow_is_due(struct house *house, const struct snapshot *s, int64_t now, struct arena *mem, bool *due_out, struct err *err)
{
    struct db_session *session;
    struct unit_row *units;
    struct text state;
    size_t n_units;
    bool same = true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = state_of(house, session, s, now, mem, &units, &n_units, &state, &same, err);
    db_read_end(&session);
    *due_out = !same;
    return ok;
}

struct text ledger_followed_words(const struct ledger_followed *done, struct arena *mem)
{
    return text_printf(mem, "新发现 %zu 项，更新 %zu 项，滑坡 %zu 项，不再要求 %zu 项，重新要求 %zu 项", done->found, done->changed, done->fallen, done->dropped,
                       done->asked_again);
}

bool app_ledger_duty(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err)
{
    struct duty_work w = { .house = house, .now = now, .mem = mem };
    bool due;
    if (!house_snapshot(house, &w.s, err))
        return false;
    const bool ok = follow_is_due(house, w.s, now, mem, &due, err) && (!due || house_write(house, follow_now, &w, err));
    if (ok && w.done.found + w.done.changed + w.done.fallen + w.done.dropped + w.done.asked_again)
        *done_out = text_printf(mem, "台账：%.*s", TEXT_ARG(ledger_followed_words(&w.done, mem)));
    snapshot_release(&w.s);
    return ok;
}
