/* The engine against oracle.sql: the same thousand made-up counties, hostile ones among them, assessed
 * natively and by SQL that was written from the specification. */
#include "bed.h"

#include "base/file.h"

#include <sqlite3.h>
#include <stdio.h>

static const char *const COLUMNS[] = {
    "pupils_primary", "pupils_junior", "pupils_senior", "pupils_total", "teachers_above_degree_primary",
    "teachers_above_degree_junior", "teachers_backbone_primary", "teachers_backbone_junior", "teachers_pe_primary",
    "teachers_pe_junior", "teachers_arts_primary", "teachers_arts_junior", "area_teaching_m2", "area_indoor_sports_m2",
    "area_outdoor_sports_m2", "equipment_value_10k_yuan", "classrooms_multimedia",
};

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
}

static sqlite3_stmt *ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    return s;
}

static void bind_text(sqlite3_stmt *s, int at, struct text text)
{
    sqlite3_bind_text(s, at, text.at, (int)text.size, SQLITE_TRANSIENT);
}

static void fill(sqlite3 *db, const struct bed *bed)
{
    const struct returns *const r = bed->returns;
    const struct item_list *const items = &bed->edition->items;
    run(db, "CREATE TABLE school (county TEXT, year INT, code TEXT, type TEXT, host TEXT, n_p REAL, n_j REAL, n_s REAL, whole REAL,"
            " deg_p REAL, deg_j REAL, bb_p REAL, bb_j REAL, pe_p REAL, pe_j REAL, art_p REAL, art_j REAL, area REAL, hall REAL,"
            " field REAL, equip REAL, rooms REAL); BEGIN");
    sqlite3_stmt *s = ask(db, "INSERT INTO school VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    for (size_t row = 0; row < r->n; row++) {
        const struct county_year *const c = &r->counties[r->county[row]];
        const double type = returns_number(r, row, items->school_type);
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
        bind_text(s, 1, c->code);
        sqlite3_bind_int(s, 2, c->year);
        bind_text(s, 3, returns_text(r, row, items->school_code));
        if (!is_blank(type))
            bind_text(s, 4, items->at[items->school_type].values[(size_t)type - 1].code);
        bind_text(s, 5, returns_text(r, row, items->host_school_code));
        for (size_t i = 0; i < COUNT(COLUMNS); i++) {
            const double figure = returns_number(r, row, bed_item(bed, COLUMNS[i]));
            if (!is_blank(figure))
                sqlite3_bind_double(s, 6 + (int)i, figure);
        }
        if (sqlite3_step(s) != SQLITE_DONE)
            fail_msg("%s", sqlite3_errmsg(db));
    }
    sqlite3_finalize(s);
    run(db, "COMMIT");
}

static double number(sqlite3_stmt *s, int at)
{
    return sqlite3_column_type(s, at) == SQLITE_NULL ? BLANK : sqlite3_column_double(s, at);
}

static void check_near(double got, double expected, const char *what, const struct county_assessment *c, size_t l, size_t k)
{
    const double off = fabs(got - expected);
    if (is_blank(got) != is_blank(expected) || !(is_blank(got) || off <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("county %.*s %s level %zu unit %zu is %.17g, SQL says %.17g", TEXT_ARG(c->county->code), what, l + 1, k, got, expected);
}

static void check_word(struct text got, sqlite3_stmt *s, int at, const char *what, const struct county_assessment *c, size_t k)
{
    const char *expected = (const char *)sqlite3_column_text(s, at);
    if (!text_equal(got, text_of(expected)))
        fail_msg("county %.*s %s %zu is %.*s, SQL says %s", TEXT_ARG(c->county->code), what, k, TEXT_ARG(got), expected);
}

struct oracle { sqlite3_stmt *unit, *measured, *spread, *stage; };

static void next(sqlite3_stmt *s)
{
    if (sqlite3_step(s) != SQLITE_ROW)
        fail_msg("SQL knows less");
}

static void check_stage(const struct bed *bed, const struct county_assessment *c, const struct stage_assessment *got, struct oracle *o)
{
    for (size_t k = 0; k < got->n; k++) {
        next(o->unit);
        const char *code = (const char *)sqlite3_column_text(o->unit, 0);
        if (!text_equal(returns_text(bed->returns, got->row[k], bed->edition->items.school_code), text_of(code)))
            fail_msg("county %.*s: unit %zu is not %s", TEXT_ARG(c->county->code), k, code);
        check_near(got->unit_pupils[k], number(o->unit, 1), "pupils", c, 0, k);
        check_word(verdict_code((enum state)got->unit_verdict[k]), o->unit, 2, "unit verdict", c, k);
        assert_int_equal(got->unit_met[k], sqlite3_column_int(o->unit, 3));
        for (size_t l = 0; l < got->n_levels; l++) {
            next(o->measured);
            check_near(got->value[l][k], number(o->measured, 0), "value", c, l, k);
            check_word(state_code((enum state)got->state[l][k]), o->measured, 1, "state of unit", c, k);
        }
    }
    bool undecided = false;
    for (size_t l = 0; l < got->n_levels; l++) {
        next(o->spread);
        const struct cv_result *const cv = &got->cv[l];
        check_near(cv->mean, number(o->spread, 0), "mean", c, l, 0);
        check_near(cv->sd, number(o->spread, 1), "sd", c, l, 0);
        check_near(cv->cv, number(o->spread, 2), "cv", c, l, 0);
        assert_int_equal(cv->units_missing, sqlite3_column_int(o->spread, 4));
        const double met = number(o->spread, 3);
        undecided |= is_blank(met) && cv->met != STATE_NO_DATA; /* decided by its limits, of which SQL knows nothing */
        if (!is_blank(met))
            assert_int_equal(cv->met, met > 0 ? STATE_MET : STATE_BELOW);
    }
    next(o->stage);
    check_near(got->combined_cv, number(o->stage, 0), "combined", c, 0, 0);
    check_near(got->pupils, number(o->stage, 1), "stage pupils", c, 0, 0);
    assert_int_equal(got->passing, sqlite3_column_int(o->stage, 2));
    if (!undecided || !strcmp((const char *)sqlite3_column_text(o->stage, 3), "unmet"))
        check_word(verdict_code(got->verdict), o->stage, 3, "stage", c, (size_t)got->stage);
}

static void compare(struct bed *bed)
{
    const struct assessment a = bed_assess(bed);
    struct text sql;
    struct err err = { 0 };
    CHECK_OK(file_read(bed->mem, check_path(bed->mem, "tests/indicator/oracle.sql"), 1 << 20, &sql, &err), err);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    fill(db, bed);
    run(db, text_string(bed->mem, sql));
    struct oracle o = {
        .unit = ask(db, "SELECT root, n, verdict, met FROM unit ORDER BY county, year, stage = 'junior', root"),
        .measured = ask(db, "SELECT x, state FROM measured ORDER BY county, year, stage = 'junior', root, l"),
        .spread = ask(db, "SELECT mean, sd, cv, met, missing FROM spread ORDER BY county, year, stage = 'junior', l"),
        .stage = ask(db, "SELECT combined, pupils, passing, verdict FROM stage_result ORDER BY county, year, stage = 'junior'"),
    };
    for (size_t c = 0; c < a.n_counties; c++)
        for (size_t s = 0; s < a.counties[c].n_stages; s++)
            check_stage(bed, &a.counties[c], &a.counties[c].stages[s], &o);
    assert_int_equal(sqlite3_step(o.unit), SQLITE_DONE); /* and no more */
    assert_int_equal(sqlite3_step(o.stage), SQLITE_DONE);
    sqlite3_finalize(o.unit);
    sqlite3_finalize(o.measured);
    sqlite3_finalize(o.spread);
    sqlite3_finalize(o.stage);
    sqlite3_close(db);
}

TEST(oracle, agrees_on_a_thousand_counties)
{
    struct dice dice = { 20250901 };
    struct bed bed = bed_new("cn-2017");
    for (unsigned number = 0; number < 1000; number++) {
        if (number % 4 == 0)
            bed_ordinary_county(&bed, &dice, number, (size_t)throw_between(&dice, 20, 90));
        else
            bed_hostile_county(&bed, &dice, number);
    }
    compare(&bed);
    bed_free(&bed);
}
