#include "app/units.h"

#include "app/audit.h"
#include "app/embedded.h"
#include "base/day.h"

bool app_units_at(struct house *house, struct text day, struct arena *mem, struct unit_tree *out, struct err *err)
{
    struct db_session *session;
    *out = (struct unit_tree){ 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_units(session, house_county(house), mem, &out->rows, &out->n_rows, err);
    db_read_end(&session);
    if (ok)
        units_at(out->rows, out->n_rows, day, mem, &out->at, &out->n);
    return ok;
}

static bool put_act(struct house *house, struct db_session *session, const struct actor *actor, enum unit_act act, const struct unit_row *row, int64_t now,
                    struct arena *mem, struct err *err)
{
    const char *const verb = arena_printf(mem, "unit.%.*s", TEXT_ARG(unit_act_word(act)));
    return store_unit_put(session, house_county(house), row, err) &&
           audit_write(session, actor, verb, row->code,
                       text_printf(mem, "from=%.*s name=%.*s parent=%.*s successor=%.*s", TEXT_ARG(row->from_day), TEXT_ARG(row->name),
                                   TEXT_ARG(row->parent), TEXT_ARG(row->successor)), now, err);
}

bool app_unit_act(struct house *house, struct db_session *session, const struct actor *actor, const struct unit_wish *wish, int64_t now,
                  struct arena *mem, struct err *err)
{
    struct unit_row *rows, row;
    size_t n;
    if (!actor_may(actor, MAY_UNITS, err) || !store_units(session, house_county(house), mem, &rows, &n, err) ||
        !unit_wished(rows, n, wish, &row, err))
        return false;
    row.by = actor_stamp(actor, now);
    return put_act(house, session, actor, wish->act, &row, now, mem, err);
}

bool app_units_apply(struct house *house, struct db_session *session, const struct actor *actor, const struct unit_wish *wishes, size_t n, size_t n_seen,
                     int64_t now, struct arena *mem, struct err *err)
{
    struct unit_row *rows, row;
    size_t n_rows;
    if (!actor_may(actor, MAY_UNITS, err) || !store_units(session, house_county(house), mem, &rows, &n_rows, err))
        return false;
    if (n_rows != n_seen) {
        err_set(err, ERR_CONFLICT, "核对之后，有人改过单位。");
        return err_hint(err, "请再选一次文件，核对现在的变动。");
    }
    struct unit_plan plan = unit_plan_of(rows, n_rows, n, mem);
    for (size_t i = 0; i < n; i++)
        if (!unit_plan_add(&plan, &wishes[i], actor_stamp(actor, now), &row, err) || !put_act(house, session, actor, wishes[i].act, &row, now, mem, err))
            return false;
    return true;
}

bool units_expect(const struct unit_row *rows, size_t n, struct text school, struct text day)
{
    const struct unit_row *const at = unit_at(rows, n, school, day);
    if (at)
        return at->is_open;
    for (size_t i = 0; i < n; i++)   /* known, but not yet there on that day */
        if (text_equal(rows[i].code, school))
            return false;
    return true;
}

/* ---- the first list ----------------------------------------------------------------------- */

struct seeding {
    struct db_session *session;
    struct text county, day;
    const struct unit_row *rows;     /* there before */
    size_t n_rows, added;
    struct stamp by;
};

static bool put(struct seeding *s, enum unit_kind kind, struct text code, struct text name, struct text parent, struct text district, struct err *err)
{
    for (size_t i = 0; i < s->n_rows; i++)
        if (text_equal(s->rows[i].code, code))
            return true;
    const struct unit_row row = { .code = code, .from_day = s->day, .name = name, .parent = parent, .district = district, .successor = TEXT(""),
                                  .reason = TEXT("初始名单"), .kind = kind, .act = UNIT_ADD, .is_open = true, .by = s->by };
    s->added++;
    return store_unit_put(s->session, s->county, &row, err);
}

struct text units_carried(const char *name)
{
    for (const struct embedded_file *f = EMBEDDED_ADMIN; f->name; f++)
        if (text_equal(text_of(f->name), text_of(name)))
            return (struct text){ (const char *)f->at, f->size };
    return TEXT("");
}

/* The code of a township of the county by its name; its name where the codes do not know it. */
static struct text township_code(const struct seeding *s, struct text name)
{
    struct text rest = units_carried("townships.csv"), line;
    while (text_split(&rest, '\n', &line)) {
        struct text code;
        if (text_starts(line, s->county) && text_split(&line, ',', &code) && text_equal(line, name))
            return code;
    }
    return name;
}

static bool put_departments(struct seeding *s, struct err *err)
{
    struct text rest = units_carried("departments.csv"), line;
    text_split(&rest, '\n', &line);
    while (text_split(&rest, '\n', &line)) {
        struct text code;
        if (text_split(&line, ',', &code) && code.size && !put(s, UNIT_DEPARTMENT, code, line, s->county, TEXT(""), err))
            return false;
    }
    return put(s, UNIT_GROUP, TEXT("LXZ"), TEXT("义务教育优质均衡发展县创建工作领导小组"), s->county, TEXT(""), err) &&
           put(s, UNIT_OFFICE, TEXT("LXZ-BGS"), TEXT("领导小组办公室（设在教育局）"), TEXT("LXZ"), TEXT(""), err);
}

/* All townships that the codes know of the county: they stand before any school has returned anything. */
static bool put_townships(struct seeding *s, struct err *err)
{
    struct text rest = units_carried("townships.csv"), line;
    while (text_split(&rest, '\n', &line)) {
        struct text code;
        if (text_starts(line, s->county) && text_split(&line, ',', &code) && !put(s, UNIT_TOWNSHIP, code, line, s->county, TEXT(""), err))
            return false;
    }
    return true;
}

static bool seen_before(const struct returns *r, size_t first, size_t row, uint16_t item, struct text value)
{
    for (size_t i = first; i < row; i++)
        if (text_equal(returns_text(r, i, item), value))
            return true;
    return false;
}

static bool put_schools(struct seeding *s, const struct snapshot *snapshot, struct err *err)
{
    const struct returns *const r = snapshot->returns;
    const struct item_list *const items = &snapshot->edition->items;
    if (!snapshot->n_years)
        return true;
    const struct county_year *const last = &r->counties[snapshot->usual_year];
    for (size_t row = last->first; row < last->first + last->n; row++) {
        const struct text town = returns_text(r, row, items->township), host = returns_text(r, row, items->host_school_code),
                          code = returns_text(r, row, items->school_code),
                          district = items->district == NO_ITEM ? TEXT("") : returns_text(r, row, items->district);
        const struct text town_code = town.size ? township_code(s, town) : s->county;
        if (town.size && !text_equal(town_code, s->county) && text_equal(town_code, town) &&
            !seen_before(r, last->first, row, items->township, town) && !put(s, UNIT_TOWNSHIP, town, town, s->county, TEXT(""), err))
            return false;
        if (district.size && !seen_before(r, last->first, row, items->district, district) &&
            !put(s, UNIT_DISTRICT, district, district, s->county, TEXT(""), err))
            return false;
        if (!put(s, host.size ? UNIT_CAMPUS : UNIT_SCHOOL, code, returns_text(r, row, items->school_name), host.size ? host : town_code, district, err))
            return false;
    }
    return true;
}

bool app_units_seed(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    struct text day, int64_t now, struct arena *mem, size_t *n_out, struct err *err)
{
    struct unit_row *rows;
    struct day read;
    struct seeding s = { .session = session, .county = house_county(house), .day = day, .by = actor_stamp(actor, now) };
    if (!actor_may(actor, MAY_UNITS, err) || !store_units(session, s.county, mem, &rows, &s.n_rows, err))
        return false;
    if (!day_read(day, &read))
        return err_set(err, ERR_INPUT, "生效日期读到“%.*s”，请写成 2026-09-01 这样。", TEXT_ARG(day));
    s.rows = rows;
    if (!put(&s, UNIT_COUNTY, s.county, snapshot->county_name, TEXT(""), TEXT(""), err) || !put_townships(&s, err) ||
        !put_schools(&s, snapshot, err) || !put_departments(&s, err))
        return false;
    *n_out = s.added;
    return audit_write(session, actor, "unit.seed", s.county, text_printf(mem, "added=%zu", s.added), now, err);
}

/* ---- the leading group -------------------------------------------------------------------- */

bool app_unit_members(struct house *house, struct text unit, struct arena *mem, struct member_record **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_unit_members(session, house_county(house), unit, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_unit_member_add(struct house *house, struct db_session *session, const struct actor *actor, struct text unit,
                         const struct member_record *m, int64_t now, struct arena *mem, struct err *err)
{
    struct unit_row *rows;
    struct day day;
    size_t n;
    if (!actor_may(actor, MAY_UNITS, err) || !store_units(session, house_county(house), mem, &rows, &n, err))
        return false;
    if (!m->name.size || !m->part.size || !day_read(m->from_day, &day)) {
        err_set(err, ERR_INPUT, "成员要有姓名、职务和任职日期。");
        return err_hint(err, "例如：副组长，王敏，县教育局，2026-09-01。");
    }
    const struct unit_row *const at = unit_at(rows, n, unit, m->from_day);
    if (!at || (at->kind != UNIT_GROUP && at->kind != UNIT_OFFICE))
        return err_set(err, ERR_ABSENT, "“%.*s”在 %.*s 不是领导小组或它的办公室。", TEXT_ARG(unit), TEXT_ARG(m->from_day));
    return store_unit_member_put(session, house_county(house), unit, m, err) &&
           audit_write(session, actor, "unit.member", unit, text_printf(mem, "joined part=%.*s from=%.*s", TEXT_ARG(m->part), TEXT_ARG(m->from_day)), now, err);
}

bool app_unit_member_end(struct house *house, struct db_session *session, const struct actor *actor, struct text unit, int64_t position,
                         struct text day, int64_t now, struct arena *mem, struct err *err)
{
    struct day read;
    if (!actor_may(actor, MAY_UNITS, err))
        return false;
    if (!day_read(day, &read))
        return err_set(err, ERR_INPUT, "离任日期读到“%.*s”，请写成 2026-09-01 这样。", TEXT_ARG(day));
    return store_unit_member_end(session, house_county(house), unit, position, day, err) &&
           audit_write(session, actor, "unit.member", unit, text_printf(mem, "left position=%lld on=%.*s", (long long)position, TEXT_ARG(day)), now, err);
}
