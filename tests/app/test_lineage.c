/* From every kind of number to its cell, and back. */
#include "stocked.h"

#include "app/edit.h"
#include "app/lineage.h"

static struct lineage walk_as(const struct stocked *s, const struct actor *actor, const char *key, struct err *err, bool *ok)
{
    struct lineage lineage = { 0 };
    const struct lineage_request request = { s->house, s->snapshot, actor, LANG_ZH };
    *ok = lineage_of(&request, text_of(key), s->mem, &lineage, err);
    return lineage;
}

static struct lineage walk(const struct stocked *s, struct text key)
{
    const struct actor console = actor_console();
    struct err err = { 0 };
    bool ok;
    const struct lineage lineage = walk_as(s, &console, text_string(s->mem, key), &err, &ok);
    if (!ok)
        fail_msg("%.*s: %s", TEXT_ARG(key), err.what);
    return lineage;
}

static const struct lineage_step *find(const struct lineage *lineage, enum lineage_kind kind)
{
    for (size_t i = 0; i < lineage->n; i++)
        if (lineage->steps[i].kind == kind)
            return &lineage->steps[i];
    fail_msg("no step of kind %d in %.*s", (int)kind, TEXT_ARG(lineage->key));
    return NULL;
}

static struct text code_of(const struct stocked *s, size_t row)
{
    return returns_text(s->snapshot->returns, row, s->snapshot->edition->items.school_code);
}

/* The latest year's units of a stage. */
static const struct stage_assessment *stage_of(const struct stocked *s, enum stage stage)
{
    return &s->snapshot->assessment->counties[s->snapshot->n_years - 1].stages[stage];
}

static int latest(const struct stocked *s)
{
    return s->snapshot->years[s->snapshot->n_years - 1];
}

TEST(lineage, keys_come_back_as_they_were)
{
    static const char *const KEYS[] = { "school:3141:area_teaching_m2:2025", "county:rotation_moved:2025", "level:primary:L4:3141:2025",
                                        "need:junior:L7:3141:2025", "share:junior:L7:3141:2025", "cv:primary:L5:2025", "mean:primary:L5:2025",
                                        "combined:junior:2025", "count:primary:L4:no_data:2025", "passing:junior:2025", "unit:primary:3141:2025", "pupils:primary:3141:2025",
                                        "rule:G11a:2025", "rule:G4:3141:2025", "verdict:2025", "official:n_primary:2025", "official:n_primary:3141:2025", "school:3%3A1%25:pupils_primary:2025" };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(KEYS); i++) {
        struct lineage_key key;
        struct err err = { 0 };
        CHECK_OK(lineage_key_parse(text_of(KEYS[i]), mem, &key, &err), err);
        CHECK_TEXT(lineage_key_format(mem, &key), KEYS[i]);
    }
    arena_free(&mem);
}

TEST(lineage, refuses_what_is_no_key)
{
    static const char *const WRONG[] = { "", ":", "level", "level:primary:L4:2025", "level:senior:L4:1:2025", "cv:primary:L4:25", "cv:primary:L4:2025:",
                                         "verdict:2025:x", "count:primary:L4:good:2025", "school:::2025", "rule::2025", "nothing:2025", "verdict:20.5" };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        struct lineage_key key;
        struct err err = { 0 };
        if (lineage_key_parse(text_of(WRONG[i]), mem, &key, &err))
            fail_msg("took %s", WRONG[i]);
        CHECK_INT(err.kind, ERR_USAGE);
    }
    arena_free(&mem);
}

TEST(lineage, cells_are_named_as_spreadsheets_do)
{
    uint32_t row, column;
    CHECK(cell_parse(TEXT("AB12"), &row, &column));
    CHECK_INT(row, 12);
    CHECK_INT(column, 28);
    CHECK(!cell_parse(TEXT("12"), &row, &column));
    CHECK(!cell_parse(TEXT("A"), &row, &column));
    CHECK(!cell_parse(TEXT("A0"), &row, &column));
    CHECK(!cell_parse(TEXT("A1 "), &row, &column));
}

/* Every unit and level of the county: a formula with figures, and each returned item down to a cell of a stored file. */
TEST(lineage, of_every_level_ends_in_cells)
{
    struct stocked s = stocked_shared();
    size_t looked = 0, cells = 0;
    for (int stage = 0; stage < N_EVALUATED; stage++) {
        const struct stage_assessment *const st = stage_of(&s, (enum stage)stage);
        for (size_t u = 0; u < st->n; u += 9)
            for (size_t l = 0; l < st->n_levels; l++) {
                const struct lineage_key key = { .of = LINEAGE_OF_LEVEL, .stage = st->stage, .school = code_of(&s, st->row[u]), .year = latest(&s),
                                                 .id = s.snapshot->edition->stages[stage].levels[l].id };
                const struct lineage lineage = walk(&s, lineage_key_format(s.mem, &key));
                CHECK_INT(lineage.steps[0].depth, 0);
                CHECK(is_blank(lineage.steps[0].value) == is_blank(st->value[l][u]));
                if (!is_blank(st->value[l][u]))
                    CHECK_NEAR(lineage.steps[0].value, st->value[l][u], 0);
                CHECK(find(&lineage, LINEAGE_FORMULA)->figures.size > 0);
                CHECK(find(&lineage, LINEAGE_BASIS)->words.size > 0);
                for (size_t i = 0; i < lineage.n; i++) {
                    const struct lineage_step *const step = &lineage.steps[i];
                    if (i)
                        CHECK(step->depth <= lineage.steps[i - 1].depth + 1 && step->depth > 0);
                    if (step->kind != LINEAGE_CELL)
                        continue;
                    CHECK_INT(step->sha256.size, 64);
                    CHECK(step->cell.size > 1 && step->file.size > 0);
                    CHECK_TEXT(step->import_id, "IMPORT-1");
                    cells++;
                }
                looked++;
            }
    }
    CHECK(looked > 100);
    CHECK(cells > 2 * looked);
}

TEST(lineage, puts_the_figures_into_the_formula)
{
    struct stocked s = stocked_shared();
    const struct stage_assessment *const st = stage_of(&s, STAGE_PRIMARY);
    size_t unit = 0;
    while (st->state[3][unit] == STATE_NO_DATA || is_blank(returns_number(s.snapshot->returns, st->row[unit], stocked_item(&s, "area_teaching_m2"))))
        unit++;
    const struct lineage_key key = { .of = LINEAGE_OF_LEVEL, .id = TEXT("L4"), .school = code_of(&s, st->row[unit]), .year = latest(&s) };
    const struct lineage lineage = walk(&s, lineage_key_format(s.mem, &key));
    const struct lineage_step *const formula = find(&lineage, LINEAGE_FORMULA);
    CHECK_TEXT(formula->words, "max(教学及辅助用房面积 − 室内体育用房面积; 0) × 小学分摊比例 ÷ 小学在校生数");
    CHECK_CONTAINS(formula->figures, "max(");
    CHECK_CONTAINS(formula->figures, " × 1.0 ÷ ");
    CHECK_CONTAINS(find(&lineage, LINEAGE_BASIS)->words, "第六条（四）");
    CHECK_CONTAINS(find(&lineage, LINEAGE_BASIS)->words, "标准 4.5");
    const struct lineage_step *const change = find(&lineage, LINEAGE_CHANGE);
    CHECK_TEXT(change->label, "数据第 1 版");
    CHECK_CONTAINS(change->words, "确认导入");
    CHECK_CONTAINS(lineage_text(s.mem, &lineage, LANG_ZH), "来源链（数据第 1 版）");
}

/* Every number that a chain offers leads on: the whole of what hangs below the verdict, a part of it. */
TEST(lineage, every_key_in_a_chain_can_be_walked_on)
{
    struct stocked s = stocked_shared();
    struct text todo[600];
    size_t n = 0, done = 0;
    todo[n++] = text_printf(s.mem, "verdict:%d", latest(&s));
    todo[n++] = text_printf(s.mem, "combined:junior:%d", latest(&s));
    todo[n++] = text_printf(s.mem, "rule:G11:%d", latest(&s)); /* of two rules */
    todo[n++] = text_printf(s.mem, "count:primary:L4:below:%d", latest(&s));
    for (; done < n; done++) {
        const struct lineage lineage = walk(&s, todo[done]);
        CHECK_TEXT(lineage.key, text_string(s.mem, todo[done]));
        CHECK_TEXT(lineage.steps[0].key, text_string(s.mem, todo[done]));
        for (size_t i = 1; i < lineage.n && n < COUNT(todo); i += 1 + i / 8) {
            bool known = !lineage.steps[i].key.size;
            for (size_t k = 0; k < n && !known; k++)
                known = text_equal(todo[k], lineage.steps[i].key);
            if (!known)
                todo[n++] = lineage.steps[i].key;
        }
    }
    CHECK(n > 300);
}

TEST(lineage, names_the_largest_part_of_a_coefficient_first)
{
    struct stocked s = stocked_shared();
    const struct lineage lineage = walk(&s, text_printf(s.mem, "cv:primary:L4:%d", latest(&s)));
    double last = 1, sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < lineage.n; i++) {
        if (!text_starts(lineage.steps[i].key, TEXT("share:")) || is_blank(lineage.steps[i].value))
            continue;
        CHECK(lineage.steps[i].value <= last);
        last = lineage.steps[i].value;
        sum += last;
        n++;
    }
    const bool decided = !is_blank(stage_of(&s, STAGE_PRIMARY)->cv[3].cv);
    CHECK(!decided || n == stage_of(&s, STAGE_PRIMARY)->n);
    if (decided)
        CHECK_NEAR(sum, 1, 1e-9);
}

/* ---- who may see what ---------------------------------------------------------------------- */

static struct actor principal(struct text code)
{
    return (struct actor){ .account = 3, .role = role_by_id(TEXT("principal")), .permissions = MAY_SEE, .place = { PLACE_SCHOOL, code } };
}

TEST(lineage, does_not_exist_for_a_school_one_may_not_see)
{
    struct stocked s = stocked_shared();
    const struct stage_assessment *const st = stage_of(&s, STAGE_PRIMARY);
    const struct text own = code_of(&s, st->row[0]), other = code_of(&s, st->row[1]);
    const struct actor actor = principal(own);
    const struct lineage_key kinds[] = {
        { .of = LINEAGE_OF_LEVEL, .id = TEXT("L4") }, { .of = LINEAGE_OF_NEED, .id = TEXT("L4") }, { .of = LINEAGE_OF_SHARE, .id = TEXT("L4") },
        { .of = LINEAGE_OF_UNIT }, { .of = LINEAGE_OF_PUPILS }, { .of = LINEAGE_OF_SCHOOL, .id = TEXT("pupils_primary") }, { .of = LINEAGE_OF_RULE, .id = TEXT("G4") },
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        for (int mine = 0; mine <= 1; mine++) {
            struct err err = { 0 };
            struct lineage_key key = kinds[i];
            bool ok;
            key.school = mine ? own : other;
            key.year = latest(&s);
            walk_as(&s, &actor, text_string(s.mem, lineage_key_format(s.mem, &key)), &err, &ok);
            CHECK_INT(ok, mine);
            CHECK_INT(err.kind, mine ? ERR_NONE : ERR_ABSENT);
        }
}

TEST(lineage, of_a_coefficient_names_only_schools_one_may_see)
{
    struct stocked s = stocked_shared();
    const struct stage_assessment *const st = stage_of(&s, STAGE_PRIMARY);
    const struct text own = code_of(&s, st->row[0]);
    const struct actor actor = principal(own);
    static const struct lineage_key KEYS[] = {
        { .of = LINEAGE_OF_CV, .id = TEXT("L1") }, { .of = LINEAGE_OF_MEAN, .id = TEXT("L1") }, { .of = LINEAGE_OF_PASSING },
        { .of = LINEAGE_OF_COUNT, .id = TEXT("L1"), .state = STATE_MET }, { .of = LINEAGE_OF_RULE, .id = TEXT("G4") },
        { .of = LINEAGE_OF_RULE, .id = TEXT("G9") },
    };
    for (size_t k = 0; k < COUNT(KEYS); k++) {
        struct err err = { 0 };
        bool ok, rest = false;
        struct lineage_key asked = KEYS[k];
        asked.year = latest(&s);
        const char *const key = text_string(s.mem, lineage_key_format(s.mem, &asked));
        const struct lineage lineage = walk_as(&s, &actor, key, &err, &ok);
        CHECK_OK(ok, err);
        for (size_t i = 0; i < lineage.n; i++) {
            struct lineage_key of = { 0 };
            rest |= lineage.steps[i].kind == LINEAGE_REST;
            if (lineage.steps[i].key.size)
                CHECK_OK(lineage_key_parse(lineage.steps[i].key, s.mem, &of, &err), err);
            CHECK(!of.school.size || text_equal(of.school, own));
        }
        CHECK(rest);
        const struct text said = lineage_text(s.mem, &lineage, LANG_ZH);
        const uint16_t name = s.snapshot->edition->items.school_name;
        for (size_t u = 1; u < st->n; u++) {
            const struct text hidden = returns_text(s.snapshot->returns, st->row[u], name);
            CHECK(text_find(returns_text(s.snapshot->returns, st->row[0], name), hidden, NULL) || !text_find(said, hidden, NULL));
        }
    }
}

TEST(lineage, needs_the_right_to_see)
{
    struct stocked s = stocked_shared();
    const struct actor admin = { .account = 4, .role = role_by_id(TEXT("system_admin")), .permissions = MAY_ACCOUNTS, .place = { PLACE_COUNTY, TEXT("") } };
    struct err err = { 0 };
    bool ok;
    walk_as(&s, &admin, "verdict:2025", &err, &ok);
    CHECK(!ok);
    CHECK_INT(err.kind, ERR_DENIED);
}

/* ---- versions ----------------------------------------------------------------------------------- */

struct editing { struct stocked *s; struct figure_edit edit; };

static bool edit(void *context, struct db_session *session, struct err *err)
{
    const struct editing *const e = context;
    struct figure_edited out;
    const struct actor actor = { .account = 9, .name = TEXT("lihua"), .shown = TEXT("李华"), .permissions = MAY_SEE | MAY_EDIT, .place = { PLACE_COUNTY, TEXT("") } };
    return app_figure_edit(e->s->house, session, &actor, &e->edit, 1767232800, e->s->mem, &out, err);
}

TEST(lineage, tells_who_typed_a_figure_and_why_and_what_stood_there)
{
    struct stocked s = stocked_open();
    const uint16_t item = stocked_item(&s, "area_teaching_m2");
    const struct stage_assessment *const st = stage_of(&s, STAGE_PRIMARY);
    size_t unit = 0;
    while (is_blank(returns_number(s.snapshot->returns, st->row[unit], item)))
        unit++;
    const struct text code = code_of(&s, st->row[unit]);
    struct err err = { 0 };
    struct editing editing = { &s, { .year = latest(&s), .school = code, .item = item, .typed = TEXT("4321"), .reason = TEXT("量错了"),
                                     .seen = returns_number(s.snapshot->returns, st->row[unit], item) } };
    const struct text key = text_printf(s.mem, "school:%.*s:area_teaching_m2:%d", TEXT_ARG(code), latest(&s));
    CHECK_OK(house_write(s.house, edit, &editing, &err), err);
    /* Who still holds the old snapshot is told of the old figure, and that there is a later one. */
    const struct lineage old = walk(&s, key);
    CHECK_NEAR(old.steps[0].value, editing.edit.seen, 0);
    CHECK_CONTAINS(find(&old, LINEAGE_CELL)->words, "›");
    CHECK_CONTAINS(find(&old, LINEAGE_EARLIER)->words, "晚于本页");
    stocked_look_again(&s);
    const struct lineage lineage = walk(&s, key);
    CHECK_NEAR(lineage.steps[0].value, 4321, 0);
    CHECK_TEXT(find(&lineage, LINEAGE_CHANGE)->words, "李华 2026-01-01 10:00 在页面上填写：量错了");
    const struct lineage_step *const before = find(&lineage, LINEAGE_EARLIER);
    CHECK_NEAR(before->value, editing.edit.seen, 0);
    CHECK(before->cell.size > 0);
    for (size_t i = 0; i < lineage.n; i++)
        CHECK(lineage.steps[i].kind != LINEAGE_CELL);
    stocked_close(&s);
}

/* ---- the way back ----------------------------------------------------------------------------------- */

TEST(lineage, of_a_cell_names_what_moves_with_it)
{
    struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    const struct lineage_request request = { s.house, s.snapshot, &console, LANG_ZH };
    const struct stage_assessment *const st = stage_of(&s, STAGE_PRIMARY);
    size_t unit = 0;
    while (is_blank(returns_number(s.snapshot->returns, st->row[unit], stocked_item(&s, "area_teaching_m2"))))
        unit++;
    const struct text code = code_of(&s, st->row[unit]);
    const struct lineage there = walk(&s, text_printf(s.mem, "school:%.*s:area_teaching_m2:%d", TEXT_ARG(code), latest(&s)));
    const struct lineage_step *const cell = find(&there, LINEAGE_CELL);
    struct lineage back;
    struct err err = { 0 };
    CHECK_OK(lineage_of_cell(&request, cell->sha256, cell->sheet, cell->row, cell->column, s.mem, &back, &err), err);
    CHECK_TEXT(back.steps[0].key, text_string(s.mem, there.key));
    const struct text said = lineage_text(s.mem, &back, LANG_ZH);
    CHECK_CONTAINS(said, "随它变动的数");
    bool level = false, cv = false, verdict = false, wrong = false;
    for (size_t i = 0; i < back.n; i++) {
        level |= text_equal(back.steps[i].key, text_printf(s.mem, "level:primary:L4:%.*s:%d", TEXT_ARG(code), latest(&s)));
        cv |= text_starts(back.steps[i].key, TEXT("cv:primary:L4"));
        verdict |= text_starts(back.steps[i].key, TEXT("verdict:"));
        wrong |= text_starts(back.steps[i].key, TEXT("cv:primary:L1"));
    }
    CHECK(level && cv && verdict && !wrong);
    CHECK(!lineage_of_cell(&request, cell->sha256, cell->sheet, 1, 1, s.mem, &back, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    const struct actor other = principal(code_of(&s, st->row[unit + 1]));
    const struct lineage_request hidden = { s.house, s.snapshot, &other, LANG_ZH };
    CHECK(!lineage_of_cell(&hidden, cell->sha256, cell->sheet, cell->row, cell->column, s.mem, &back, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
}

/* Pupils move every level of the school that is per pupil, and the shared ones of its other stage. */
TEST(lineage, of_a_pupils_cell_moves_all_levels)
{
    struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    const struct lineage_request request = { s.house, s.snapshot, &console, LANG_ZH };
    const struct stage_assessment *const p = stage_of(&s, STAGE_PRIMARY), *const j = stage_of(&s, STAGE_JUNIOR);
    size_t up = 0, uj = 0;
    while (up < p->n && uj < j->n && p->row[up] != j->row[uj])
        (p->row[up] < j->row[uj]) ? up++ : uj++;
    CHECK(up < p->n && uj < j->n); /* a school of two stages */
    const struct text code = code_of(&s, p->row[up]);
    const struct lineage there = walk(&s, text_printf(s.mem, "school:%.*s:pupils_primary:%d", TEXT_ARG(code), latest(&s)));
    const struct lineage_step *const cell = find(&there, LINEAGE_CELL);
    struct lineage back;
    struct err err = { 0 };
    size_t primary = 0, junior = 0;
    CHECK_OK(lineage_of_cell(&request, cell->sha256, cell->sheet, cell->row, cell->column, s.mem, &back, &err), err);
    for (size_t i = 0; i < back.n; i++) {
        primary += text_starts(back.steps[i].key, TEXT("level:primary:"));
        junior += text_starts(back.steps[i].key, TEXT("level:junior:"));
    }
    CHECK_INT(primary, 7);
    CHECK(junior >= 4);
}
