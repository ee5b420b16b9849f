/* The made-up county's forms: a school's self-evaluation of two years confirmed by its principal, one sent back, lesson visits. */
#include "app/demo_parts.h"
#include "app/form_fill.h"

struct making { struct house *house; const struct snapshot *s; int64_t now; struct arena *mem; struct actor clerk, principal; int year; };
struct demo_answer { const char *field, *value; };

/* Grades of this year and of the year before; what is not listed is 合格. */
static const struct demo_answer NOW[] = {
    { "SQ6", "合格" }, { "SQ8", "待改进" }, { "SQ8.problem", "班主任工作量大，绩效分配没有体现。" }, { "SQ8.action", "修订绩效方案，教代会讨论通过后执行。" },
    { "SQ8.due", "2026-06-30" }, { "SQ3.basis", "课表公示，劳动、综合实践没有挪用；教导处每周抽查。" }, { "B1", "课后服务加了两个体育社团，参加的学生由六成到八成。" },
}, BEFORE[] = { { "SQ3", "待改进" }, { "SQ3.problem", "劳动课被占用。" }, { "SQ3.action", "教导处每周抽查课表。" }, { "SQ3.due", "2025-03-31" }, { "B1", "开齐了音乐、美术课。" } },
LESSON[] = {
    { "A1", "2025-11-06" }, { "A2", "三年级" }, { "A3", "数学" }, { "A4", "分数的初步认识" }, { "A5", "42" }, { "A6", "推门听课" }, { "B1", "符合" }, { "B2", "符合" },
    { "C1", "符合" }, { "C2", "符合" }, { "C3", "符合" }, { "C4", "不符合" }, { "C5", "不符合" }, { "C6", "不适用" }, { "C7", "符合" }, { "C8", "符合" }, { "C9", "符合" },
    { "D1", "是" }, { "D3", "15" }, { "D4", "不符合" }, { "E1", "用折纸引入，学生人人动手。" }, { "E2", "提问集中在前排，后排几名学生没有机会说。" }, { "E3", "是" },
};

struct filling { struct making *m; const struct actor *who; struct sheet_of of; const struct sheet_change *changes; size_t n; const struct sheet_step_wish *wish; };

static bool write_it(void *context, struct db_session *session, struct err *err)
{
    struct filling *const f = context;
    struct making *const m = f->m;
    struct sheet_saved saved;
    if (f->wish)
        return app_sheet_step(m->house, session, m->s, f->who, &f->of, f->wish, m->now, m->mem, err);
    return app_sheet_save(m->house, session, m->s, f->who, &f->of, f->changes, f->n, m->now, m->mem, &saved, err);
}

static bool answer(struct making *m, struct sheet_of of, const struct demo_answer *answers, size_t n, bool grades, struct err *err)
{
    struct sheet_change *const changes = arena_array(m->mem, n + 12, struct sheet_change);
    size_t made = 0;
    for (size_t i = 0; i < n; i++)
        changes[made++] = (struct sheet_change){ text_of(answers[i].field), text_of(answers[i].value), 0 };
    for (int k = 1; grades && k <= 12; k++) {
        const struct text field = text_printf(m->mem, "SQ%d", k);
        bool there = false;
        for (size_t i = 0; i < n; i++)
            there |= text_equal(changes[i].field, field);
        if (!there)
            changes[made++] = (struct sheet_change){ field, TEXT("合格"), 0 };
    }
    m->now += 3600;
    return house_write(m->house, write_it, &(struct filling){ m, &m->clerk, of, changes, made, NULL }, err);
}

static bool step(struct making *m, const struct actor *who, struct sheet_of of, enum sheet_step step, const char *reason, const char *marked, struct err *err)
{
    const struct sheet_step_wish wish = { .step = step, .reason = text_of(reason), .marked = text_of(marked) };
    m->now += 3600;
    return house_write(m->house, write_it, &(struct filling){ m, who, of, NULL, 0, &wish }, err);
}

bool demo_forms(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .now = now - 20 * INT64_C(86400), .mem = mem };
    for (size_t i = 0; i < n_people; i++) {
        if (people[i].actor.role == ROLE_clerk && !people[i].sent_back)
            m.clerk = people[i].actor;
        if (people[i].actor.role == ROLE_principal)
            m.principal = people[i].actor;
    }
    if (!m.clerk.account || !house_snapshot(house, &m.s, err))
        return m.clerk.account == 0;
    m.year = m.s->n_years ? m.s->years[m.s->usual_year] : 2025;
    const struct sheet_of before = { TEXT("school-quality"), m.year - 1, m.clerk.place, 1 }, this = { TEXT("school-quality"), m.year, m.clerk.place, 1 };
    const struct sheet_of lesson = { TEXT("lesson-visit"), m.year, m.clerk.place, 0 }, first = { TEXT("lesson-visit"), m.year, m.clerk.place, 1 };
    const bool ok = answer(&m, before, BEFORE, COUNT(BEFORE), true, err) && step(&m, &m.clerk, before, SHEET_SUBMIT, "", "", err) &&
                    step(&m, &m.principal, before, SHEET_CONFIRM, "", "", err) && answer(&m, this, NOW, COUNT(NOW), true, err) &&
                    step(&m, &m.clerk, this, SHEET_SUBMIT, "", "", err) &&
                    step(&m, &m.principal, this, SHEET_SEND_BACK, "SQ8 的措施写上由谁来做、几月份开教代会。", "SQ8", err) &&
                    answer(&m, lesson, LESSON, COUNT(LESSON), false, err) && step(&m, &m.clerk, first, SHEET_SUBMIT, "", "", err);
    snapshot_release(&m.s);
    return ok;
}
