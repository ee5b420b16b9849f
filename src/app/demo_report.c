/* The made-up county's reports: 2024 frozen, some words of 2025 written by the office, a few figures released. */
#include "app/demo_parts.h"

#include "app/frozen.h"
#include "app/release.h"
#include "app/report_words.h"
#include "base/day.h"
#include "report/doc_words.h"

struct making { struct house *house; const struct snapshot *s; struct actor office; int64_t now; struct arena *mem; struct text words; };
static const struct report_of COUNTY = { .kind = REPORT_COUNTY };

static bool write_words(void *context, struct db_session *session, struct err *err)
{
    const struct making *const m = context;
    const struct report_place place = { .year = snapshot_year(m->s, 2025), .of = &COUNTY, .section = TEXT("verdict") };
    return app_report_edit(m->house, session, m->s, &m->office, &place, m->words, m->now - 3 * DAY_SECONDS, m->mem, err);
}

/* The draft's own words, and a paragraph of the office behind them. */
static bool edit(struct making *m, struct err *err)
{
    struct doc *draft;
    const struct report_terms terms = { .today = day_of(m->now) };
    if (!app_report_draft(m->s, &m->office, snapshot_year(m->s, 2025), &COUNTY, &terms, m->mem, &draft, err))
        return false;
    const struct doc_section *const verdict = doc_find(draft, TEXT("verdict"));
    if (!verdict)
        return true;
    m->words = text_printf(m->mem, "%.*s\n县政府常务会议已听取本年度自评情况，要求有关部门按下列措施逐项落实（虚构数据）。", TEXT_ARG(doc_words_write(m->mem, verdict)));
    return house_write(m->house, write_words, m, err);
}

static bool release(void *context, struct db_session *session, struct err *err)
{
    static const struct text KINDS[] = { TEXT("passing"), TEXT("spread"), TEXT("means_primary"), TEXT("means_junior"), TEXT("pupils"), TEXT("migrant") };
    const struct making *const m = context;
    const struct release_wish wish = { .year = 2024, .kinds = KINDS, .n = COUNT(KINDS), .remark = TEXT("演示用的县，全部数据都是虚构的。") };
    struct text id;
    return app_release(m->house, session, m->s, &m->office, &wish, (int64_t)m->s->version, m->now - 2 * DAY_SECONDS, m->mem, &id, err);
}

bool demo_report(struct house *house, const struct actor *office, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .office = *office, .now = now, .mem = mem };
    struct text id;
    if (!house_snapshot(house, &m.s, err))
        return false;
    const struct freeze_wish wish = { .year = 2024, .reason = TEXT("报送2024学年自评"), .address = TEXT("") };
    const bool ok = app_freeze(house, m.s, office, &wish, now - 200 * (int64_t)DAY_SECONDS, mem, &id, err) && edit(&m, err) && house_write(house, release, &m, err);
    snapshot_release(&m.s);
    return ok;
}
