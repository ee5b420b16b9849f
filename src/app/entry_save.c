/* Saving a cell, a reason, a remark: small writes that look at nothing but their own rows. */
#include "app/audit.h"
#include "app/entry.h"
#include "base/day.h"
#include "base/unicode.h"
#include "import/value.h"

enum { LONGEST_TYPED = 400, LONGEST_SAID = 1000 };

struct saving {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    const struct entry_save *save;
    const struct item *item;
    struct entry_place at;
    struct arena *mem;
    int64_t now;
    struct entry_cell_record before, after;
    struct text words, hint;          /* of what cannot be read */
};

static struct entry_place place_of(struct house *house, int year, struct text school)
{
    return (struct entry_place){ house_county(house), year, school };
}

static bool open_draft(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school, int64_t now,
                       struct arena *mem, struct err *err)
{
    struct collection_record collection;
    struct way way;
    if (!actor_may(actor, MAY_FILL, err) || !app_way(session, house, actor, year, school, now, mem, &collection, &way, err))
        return false;
    if (return_open(way.state) && !collection.locked_at)
        return true;
    err_set(err, ERR_CONFLICT, "这份填报现在是“%.*s”，不能再填。", TEXT_ARG(return_state_zh(way.state)));
    return err_hint(err, way.state == RETURN_SUBMITTED ? "要改，请先撤回，或请校长退回。"
                         : collection.locked_at        ? "学年已经锁定，只能提出更正。"
                                                       : "要改，请审核的人退回。");
}

/* The words of the importer: a page and a workbook are told the same. */
static void read_typed(struct saving *s)
{
    struct value_fault fault = { .rule = TEXT("") };
    const struct text typed = text_trim(s->save->typed);
    s->after.number = BLANK;
    s->after.text = TEXT("");
    if (s->item->type == ITEM_TEXT)
        s->after.text = value_text_text(s->mem, s->item, typed, &fault);
    else
        s->after.number = value_number_text(s->mem, s->item, typed, &fault);
    if (!fault.rule.size || fault.level != FINDING_ERROR)
        return;
    s->after.number = BLANK;
    s->after.text = TEXT("");
    s->after.typed = typed;
    s->words = text_printf(s->mem, "%.*s：填的是“%.*s”，%.*s。", TEXT_ARG(s->item->zh), TEXT_ARG(typed), TEXT_ARG(fault.expected));
    s->hint = text_printf(s->mem, "%.*s。", TEXT_ARG(fault.mend));
}

static bool same(const struct entry_cell_record *a, const struct entry_cell_record *b)
{
    return text_equal(a->text, b->text) && text_equal(a->typed, b->typed) &&
           (is_blank(a->number) ? is_blank(b->number) : a->number == b->number);
}

static struct text as_typed(const struct saving *s, const struct entry_cell_record *cell)
{
    return cell->typed.size ? cell->typed : entry_typed(s->mem, s->item, cell->number, cell->text);
}

/* 「这格 9:42 由王敏改为 36，您填的是 34。留哪一个？」 */
static void tell_conflict(const struct saving *s, struct entry_saved *out)
{
    const struct text clock = clock_shown(s->before.by.at, s->mem), theirs = as_typed(s, &s->before), mine = as_typed(s, &s->after);
    *out = (struct entry_saved){
        .outcome = ENTRY_CONFLICT, .stamp = s->before.stamp, .typed = theirs, .who = s->before.by.who, .at = s->before.by.at,
        .words = text_printf(s->mem, "这格 %.*s 由%.*s改为 %.*s，您填的是 %.*s。", TEXT_ARG(clock), TEXT_ARG(s->before.by.who),
                             TEXT_ARG(theirs.size ? theirs : TEXT("空")), TEXT_ARG(mine.size ? mine : TEXT("空"))),
        .hint = TEXT("留哪一个？"),
    };
}

static bool put(struct saving *s, struct entry_saved *out, struct err *err)
{
    const struct item_list *const items = &house_edition(s->house)->items;
    s->after.item = s->save->item;
    s->after.stamp = s->before.stamp + 1;
    s->after.by = actor_stamp(s->actor, s->now);
    if (!same(&s->before, &s->after) || !s->before.stamp) {
        if (!store_entry_put(s->session, &s->at, items, &s->after, err) ||
            !audit_write(s->session, s->actor, "entry.save",
                         text_printf(s->mem, "return/%d/%.*s/%.*s", s->at.year, TEXT_ARG(s->at.school), TEXT_ARG(s->item->code)),
                         text_printf(s->mem, "stamp=%lld", (long long)s->after.stamp), s->now, err))
            return false;
    } else {
        s->after.stamp = s->before.stamp; /* it stands so already */
    }
    *out = (struct entry_saved){ .outcome = s->after.typed.size ? ENTRY_INVALID : ENTRY_SAVED, .stamp = s->after.stamp,
                                 .typed = as_typed(s, &s->after), .words = s->words, .hint = s->hint, .who = s->actor->shown, .at = s->now };
    return true;
}

static bool fits(const struct item_list *items, const struct entry_save *save, struct err *err)
{
    if (save->item >= items->n || items->at[save->item].level != ITEM_SCHOOL)
        return err_set(err, ERR_ABSENT, "没有这个指标项。");
    if (save->typed.size <= LONGEST_TYPED && utf8_valid(save->typed))
        return true;
    err_set(err, ERR_INPUT, "%.*s：填的内容太长，或者不是文字。", TEXT_ARG(items->at[save->item].zh));
    return err_hint(err, "请只填数或简短的文字。");
}

/* Of a draft that is known to be open. */
static bool save_one(struct house *house, struct db_session *session, const struct actor *actor, const struct entry_save *save, int64_t now,
                     struct arena *mem, struct entry_saved *out, struct err *err)
{
    const struct item_list *const items = &house_edition(house)->items;
    struct saving s = { .house = house, .session = session, .actor = actor, .save = save, .item = &items->at[save->item],
                        .at = place_of(house, save->year, save->school), .mem = mem, .now = now };
    if (!store_entry_cell(session, &s.at, items, save->item, mem, &s.before, err))
        return false;
    read_typed(&s);
    if (s.before.stamp != save->seen && !same(&s.before, &s.after)) {
        tell_conflict(&s, out);
        return true;
    }
    return put(&s, out, err);
}

bool app_entry_save(struct house *house, struct db_session *session, const struct actor *actor, const struct entry_save *save, int64_t now,
                    struct arena *mem, struct entry_saved *out, struct err *err)
{
    return fits(&house_edition(house)->items, save, err) &&
           open_draft(house, session, actor, save->year, save->school, now, mem, err) &&
           save_one(house, session, actor, save, now, mem, out, err);
}

bool app_entry_save_many(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                         const struct entry_typed_cell *cells, size_t n, int64_t now, struct arena *mem, struct entry_saved *out,
                         struct err *err)
{
    if (n > ENTRY_MOST) {
        err_set(err, ERR_LIMIT, "一次送来 %zu 格，最多 %d 格。", n, ENTRY_MOST);
        return err_hint(err, "请分几次送。");
    }
    if (!open_draft(house, session, actor, year, school, now, mem, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct entry_save save = { year, school, cells[i].item, cells[i].typed, cells[i].seen };
        struct err why = { 0 };
        if (!fits(&house_edition(house)->items, &save, &why)) {
            out[i] = (struct entry_saved){ .outcome = ENTRY_REFUSED, .words = text_copy(mem, text_of(why.what)),
                                           .hint = text_copy(mem, text_of(why.hint)) };
            continue;
        }
        if (!save_one(house, session, actor, &save, now, mem, &out[i], err))
            return false;
    }
    return true;
}

bool app_entry_now(struct house *house, const struct actor *actor, int year, struct text school, int64_t now, struct arena *mem,
                   struct entry_now *out, struct err *err)
{
    const struct item_list *const items = &house_edition(house)->items;
    const struct entry_place at = place_of(house, year, school);
    struct collection_record collection;
    struct entry_cell_record *cells;
    struct db_session *session;
    *out = (struct entry_now){ 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_way(session, house, actor, year, school, now, mem, &collection, &out->way, err) &&
                    store_entry_cells(session, &at, items, mem, &cells, &out->n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    out->cells = arena_array(mem, out->n, struct entry_standing);
    for (size_t i = 0; i < out->n; i++) {
        const struct entry_cell_record *const c = &cells[i];
        const struct item *const item = &items->at[c->item];
        out->cells[i] = (struct entry_standing){ .item = item->code, .stamp = c->stamp, .unread = c->typed.size > 0, .who = c->by.who,
                                                 .at = c->by.at,
                                                 .typed = c->typed.size ? c->typed : entry_typed(mem, item, c->number, c->text) };
    }
    return true;
}

bool app_entry_explain(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                       struct text item, struct text rule, struct text reason, int64_t now, struct err *err)
{
    struct arena *mem = arena_new("explain");
    const struct entry_place at = place_of(house, year, school);
    const struct entry_reason_record record = { .item = item, .rule = rule, .reason = text_trim(reason),
                                                .by = actor_stamp(actor, now) };
    bool ok = open_draft(house, session, actor, year, school, now, mem, err);
    if (ok && (!record.reason.size || record.reason.size > LONGEST_SAID || !utf8_valid(record.reason))) {
        err_set(err, ERR_INPUT, record.reason.size ? "原因写得太长，最多 300 字。" : "没有写原因。");
        ok = err_hint(err, "请用一两句话说明为什么是这样，例如“今年撤并了两个教学班”。");
    }
    ok = ok && store_entry_reason_put(session, &at, &record, err) &&
         audit_write(session, actor, "entry.explain",
                     text_printf(mem, "return/%d/%.*s/%.*s", year, TEXT_ARG(school), TEXT_ARG(item)), rule, now, err);
    arena_free(&mem);
    return ok;
}

bool app_entry_remark(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                      struct text item, struct text remark, int64_t now, struct err *err)
{
    static const uint64_t TALKS[] = { MAY_FILL, MAY_CONFIRM, MAY_CHECK, MAY_APPROVE };
    struct arena *mem = arena_new("remark");
    struct collection_record collection;
    struct way way;
    const struct entry_place at = place_of(house, year, school);
    bool ok = false;
    for (size_t i = 0; i < COUNT(TALKS) && !ok; i++)
        ok = actor_may(actor, TALKS[i], err);
    ok = ok && app_way(session, house, actor, year, school, now, mem, &collection, &way, err);
    if (ok && (!text_trim(remark).size || remark.size > LONGEST_SAID || !utf8_valid(remark)))
        ok = err_set(err, ERR_INPUT, text_trim(remark).size ? "批注写得太长，最多 300 字。" : "没有写批注。");
    if (ok) {
        const struct entry_remark_record record = { .item = item, .version = way.record.version, .remark = text_trim(remark),
                                                    .by = actor_stamp(actor, now) };
        ok = store_entry_remark_add(session, &at, &record, err) &&
             audit_write(session, actor, "entry.remark",
                         text_printf(mem, "return/%d/%.*s/%.*s", year, TEXT_ARG(school), TEXT_ARG(item)), TEXT(""), now, err);
    }
    arena_free(&mem);
    return ok;
}
