#include "app/organisation.h"

#include "app/audit.h"
#include "app/office_inside.h"
#include "base/day.h"
#include "store/unit_store.h"

bool office_holds(struct text from_day, struct text until_day, struct text day)
{
    return text_compare(from_day, day) <= 0 && (!until_day.size || text_compare(day, until_day) < 0);
}

bool app_organisation(struct house *house, const struct actor *actor, struct arena *mem, struct organisation *out, struct err *err)
{
    struct db_session *session;
    *out = (struct organisation){ .may = (actor->permissions & MAY_UNITS) != 0 };
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_group_members(session, house_county(house), mem, &out->members, &out->n_members, err) &&
                    store_duties(session, house_county(house), mem, &out->duties, &out->n_duties, err);
    db_read_end(&session);
    return ok;
}

bool app_duty_add(struct house *house, struct db_session *session, const struct actor *actor, const struct duty_wish *w, int64_t now, struct arena *mem,
                  struct err *err)
{
    struct unit_row *rows;
    size_t n;
    if (!actor_may(actor, MAY_UNITS, err) || !office_day_right(w->day, "开始的日期", 0, err) || !office_words_right(w->duty, "职责", 200, err) ||
        !office_length_right(w->person, "责任人", 30, err) || !store_units(session, house_county(house), mem, &rows, &n, err))
        return false;
    const struct unit_row *const unit = unit_at(rows, n, w->unit, w->day);
    if (!unit || !unit->is_open) {
        err_set(err, ERR_ABSENT, "%.*s 没有单位“%.*s”。", TEXT_ARG(w->day), TEXT_ARG(w->unit));
        return err_hint(err, "请先在“单位”里设立它。");
    }
    const struct duty_record duty = { .unit = w->unit, .duty = text_trim(w->duty), .person = text_trim(w->person), .from_day = w->day, .by = actor_stamp(actor, now) };
    return store_duty_add(session, house_county(house), &duty, err) &&
           audit_write(session, actor, "duty.add", w->unit, text_printf(mem, "from=%.*s", TEXT_ARG(w->day)), now, err);
}

bool app_duty_end(struct house *house, struct db_session *session, const struct actor *actor, struct text unit, int64_t position, struct text day,
                  int64_t now, struct arena *mem, struct err *err)
{
    return actor_may(actor, MAY_UNITS, err) && office_day_right(day, "结束的日期", 0, err) &&
           store_duty_end(session, house_county(house), unit, position, day, err) &&
           audit_write(session, actor, "duty.end", unit, text_printf(mem, "position=%lld until=%.*s", (long long)position, TEXT_ARG(day)), now, err);
}

/* ---- as a paper --------------------------------------------------------------------------- */

static struct text unit_name(const struct snapshot *s, struct text code, struct text day)
{
    const struct unit_row *const unit = unit_at(s->units, s->n_units, code, day);
    return unit ? unit->name : code;
}

static void put_members(const struct snapshot *s, const struct organisation *o, struct text day, struct doc *doc)
{
    struct doc_section *const section = doc_add(doc, TEXT("members"), 1, TEXT("领导小组"));
    size_t n = 0, row = 1;
    for (size_t i = 0; i < o->n_members; i++)
        n += office_holds(o->members[i].from_day, o->members[i].until_day, day);
    struct doc_table *const table = doc_table(doc, section, TEXT("members"), TEXT("领导小组及其办公室"), 4, n + 1, 1);
    static const double WIDTHS[] = { 12, 8, 8, 12 };
    static const char *const HEADS[] = { "机构", "职务", "姓名", "单位" };
    table->width = arena_copy(doc->mem, WIDTHS, sizeof WIDTHS);
    for (size_t c = 0; c < 4; c++)
        doc_put(doc->mem, table, 0, c, DOC_CENTRE, text_of(HEADS[c]));
    for (size_t i = 0; i < o->n_members; i++) {
        const struct group_member *const m = &o->members[i];
        if (!office_holds(m->from_day, m->until_day, day))
            continue;
        doc_put(doc->mem, table, row, 0, DOC_LEFT, unit_name(s, m->unit, day));
        doc_put(doc->mem, table, row, 1, DOC_CENTRE, m->part);
        doc_put(doc->mem, table, row, 2, DOC_CENTRE, m->name);
        doc_put(doc->mem, table, row++, 3, DOC_LEFT, m->works_at);
    }
}

static void put_duties(const struct snapshot *s, const struct organisation *o, struct text day, struct doc *doc)
{
    struct doc_section *const section = doc_add(doc, TEXT("duties"), 1, TEXT("职责分工"));
    size_t n = 0, row = 1;
    for (size_t i = 0; i < o->n_duties; i++)
        n += office_holds(o->duties[i].from_day, o->duties[i].until_day, day);
    if (!n) {
        doc_say(doc->mem, doc_paragraph(doc, section), TEXT("还没有登记职责。"));
        return;
    }
    struct doc_table *const table = doc_table(doc, section, TEXT("duties"), TEXT("各单位职责"), 3, n + 1, 1);
    static const double WIDTHS[] = { 10, 24, 6 };
    static const char *const HEADS[] = { "单位", "职责", "责任人" };
    table->width = arena_copy(doc->mem, WIDTHS, sizeof WIDTHS);
    for (size_t c = 0; c < 3; c++)
        doc_put(doc->mem, table, 0, c, DOC_CENTRE, text_of(HEADS[c]));
    for (size_t i = 0; i < o->n_duties; i++) {
        const struct duty_record *const d = &o->duties[i];
        if (!office_holds(d->from_day, d->until_day, day))
            continue;
        doc_put(doc->mem, table, row, 0, DOC_LEFT, unit_name(s, d->unit, day));
        doc_put(doc->mem, table, row, 1, DOC_LEFT, d->duty);
        doc_put(doc->mem, table, row++, 2, DOC_CENTRE, d->person);
    }
}

struct doc *app_organisation_doc(const struct snapshot *s, const struct organisation *o, int64_t now, struct arena *mem)
{
    const struct day today = day_of(now);
    const struct text day = day_shown(now, mem);
    struct doc *const doc = doc_new(mem, text_printf(mem, "%.*s义务教育优质均衡发展县创建工作\n组织机构与职责分工", TEXT_ARG(s->county_name)));
    doc->header = s->fictional ? TEXT("虚构数据") : TEXT("");
    doc->date = text_printf(mem, "%d年%d月%d日", today.year, today.month, today.day);
    put_members(s, o, day, doc);
    put_duties(s, o, day, doc);
    return doc;
}
