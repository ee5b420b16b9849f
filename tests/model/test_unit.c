/* The county's units over time. */
#include "check.h"

#include "base/arena.h"
#include "model/unit.h"

static struct unit_row row(const char *code, enum unit_kind kind, const char *day, const char *name, const char *parent)
{
    return (struct unit_row){ .code = text_of(code), .kind = kind, .from_day = text_of(day), .name = text_of(name), .parent = text_of(parent), .is_open = true };
}

TEST(unit, shows_any_day_as_it_was)
{
    struct arena *mem = arena_new("units");
    struct unit_row rows[] = { row("A", UNIT_TOWNSHIP, "2020-01-01", "甲镇", ""), row("S1", UNIT_SCHOOL, "2020-01-01", "一小", "A"),
                               row("S1", UNIT_SCHOOL, "2026-09-01", "一小", "A"), row("S2", UNIT_SCHOOL, "2021-01-01", "二小", "A") };
    struct unit *units;
    size_t n;
    rows[2].is_open = false, rows[2].successor = TEXT("S2"), rows[2].act = UNIT_MERGE;
    units_at(rows, COUNT(rows), TEXT("2020-06-01"), mem, &units, &n);
    CHECK_INT((int)n, 2);
    CHECK_INT((int)units[1].depth, 1);
    CHECK(units[1].row->is_open);
    units_at(rows, COUNT(rows), TEXT("2026-09-01"), mem, &units, &n);
    CHECK_INT((int)n, 3);
    CHECK(!unit_at(rows, COUNT(rows), TEXT("S1"), TEXT("2026-09-01"))->is_open);
    CHECK(unit_at(rows, COUNT(rows), TEXT("S1"), TEXT("2026-08-31"))->is_open);
    arena_free(&mem);
}

TEST(unit, keeps_its_history_and_refuses_what_would_break_the_tree)
{
    const struct unit_row rows[] = { row("A", UNIT_TOWNSHIP, "2020-01-01", "甲镇", ""), row("S1", UNIT_SCHOOL, "2020-01-01", "一小", "A"),
                                     row("S2", UNIT_SCHOOL, "2021-01-01", "二小", "A") };
    const size_t n = COUNT(rows);
    struct unit_row out;
    struct err err;
    const struct { struct unit_wish wish; enum err_kind kind; } WRONG[] = {
        { { .act = UNIT_ADD, .code = TEXT("S1"), .day = TEXT("2026-09-01"), .name = TEXT("x"), .kind = UNIT_SCHOOL }, ERR_CONFLICT },
        { { .act = UNIT_RENAME, .code = TEXT("S1"), .day = TEXT("2019-01-01"), .name = TEXT("x") }, ERR_CONFLICT },
        { { .act = UNIT_RENAME, .code = TEXT("S1"), .day = TEXT("2026-9-1"), .name = TEXT("x") }, ERR_INPUT },
        { { .act = UNIT_RENAME, .code = TEXT("S1"), .day = TEXT("2026-09-01"), .name = TEXT("") }, ERR_INPUT },
        { { .act = UNIT_RENAME, .code = TEXT("S9"), .day = TEXT("2026-09-01"), .name = TEXT("x") }, ERR_ABSENT },
        { { .act = UNIT_MOVE, .code = TEXT("A"), .day = TEXT("2026-09-01"), .parent = TEXT("S1") }, ERR_INPUT },
        { { .act = UNIT_CLOSE, .code = TEXT("S1"), .day = TEXT("2026-09-01") }, ERR_INPUT },
        { { .act = UNIT_CLOSE, .code = TEXT("A"), .day = TEXT("2026-09-01"), .reason = TEXT("x") }, ERR_CONFLICT },
        { { .act = UNIT_MERGE, .code = TEXT("S1"), .day = TEXT("2026-09-01"), .reason = TEXT("x"), .successor = TEXT("S1") }, ERR_INPUT },
        { { .act = UNIT_MERGE, .code = TEXT("S1"), .day = TEXT("2026-09-01"), .reason = TEXT("x"), .successor = TEXT("A") }, ERR_INPUT },
        { { .act = UNIT_REOPEN, .code = TEXT("S1"), .day = TEXT("2026-09-01"), .reason = TEXT("x") }, ERR_CONFLICT },
    };
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        CHECK(!unit_wished(rows, n, &WRONG[i].wish, &out, &err));
        CHECK_INT(err.kind, WRONG[i].kind);
    }
    const struct unit_wish merge = { .act = UNIT_MERGE, .code = TEXT("S1"), .day = TEXT("2026-09-01"), .reason = TEXT("布局调整"), .successor = TEXT("S2") };
    CHECK_OK(unit_wished(rows, n, &merge, &out, &err), err);
    CHECK(!out.is_open);
    CHECK_TEXT(out.successor, "S2");
    CHECK_TEXT(out.name, "一小");
}
