/* Rows of the ledger: 「台账 西河街道第四小学 小学 L4」, 「台账 全县 - X1」. */
#include "story.h"

#include "app/actor.h"
#include "app/ledger.h"
#include "app/place_names.h"

static int64_t id;
static enum ledger_step step;

static struct ledger_row row_of(struct story *s)
{
    struct text rest = s->object;
    struct ledger_row row;
    bool found = false;
    (void)story_word(&rest);
    const struct place at = story_place(s, story_word(&rest));
    const struct text stage = story_word(&rest);
    const struct ledger_identity of = { place_word(at.kind), at.name,
                                        text_equal(stage, TEXT("小学"))   ? TEXT("primary")
                                        : text_equal(stage, TEXT("初中")) ? TEXT("junior")
                                                                          : TEXT(""),
                                        rest };
    struct db_session *session;
    CHECK_OK(db_read_begin(house_db(s->bed.house), &session, &s->err), s->err);
    CHECK_OK(app_ledger_find(s->bed.house, session, &of, s->mem, &row, &found, &s->err), s->err);
    db_read_end(&session);
    if (!found)
        row.id = 0;
    return row;
}

static bool plan(void *context, struct db_session *session, struct err *err)
{
    static const struct { const char *key; enum ledger_field field; } FIELDS[] = {
        { "项目", LEDGER_PROJECT }, { "措施", LEDGER_MEASURE }, { "责任单位", LEDGER_OWNER }, { "责任人", LEDGER_PERSON },
        { "经费", LEDGER_COST },    { "资金来源", LEDGER_FUND }, { "时限", LEDGER_DUE },      { "进展", LEDGER_PROGRESS },
        { "结果", LEDGER_RESULT },
    };
    struct story *const s = context;
    struct ledger_cell cells[COUNT(FIELDS)];
    struct ledger_edited done;
    size_t n = 0;
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        struct text value = story_field(s, FIELDS[i].key);
        if (value.size && FIELDS[i].field == LEDGER_OWNER)
            value = place_value(story_place(s, value), s->mem);
        if (value.size)
            cells[n++] = (struct ledger_cell){ id, FIELDS[i].field, value };
    }
    const struct snapshot *snapshot;
    if (!house_snapshot_at_hand(s->bed.house, &snapshot, err))
        return false;
    const bool ok = app_ledger_edit(s->bed.house, session, snapshot, s->who, &(struct ledger_edit){ .cells = cells, .n = n, .by = "page" }, s->now, s->mem, &done, err);
    snapshot_release(&snapshot);
    return ok;
}

static bool verify(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    const struct snapshot *snapshot;
    if (!house_snapshot(s->bed.house, &snapshot, err))
        return false;
    const struct ledger_visit visit = { .day = s->today, .note = s->content, .photo = TEXT("") };
    const bool ok = app_ledger_verify(s->bed.house, session, snapshot, s->who, id, &visit, s->now, s->mem, err);
    snapshot_release(&snapshot);
    return ok;
}

static bool take(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_ledger_step(s->bed.house, session, s->who, id, step, s->content, s->now, s->mem, err);
}

static bool step_of(struct text doing, enum ledger_step *out)
{
    for (enum ledger_step i = 0; i < N_LEDGER_STEPS; i++)
        if (text_equal(doing, ledger_step_zh(i))) {
            *out = i;
            return true;
        }
    return false;
}

bool story_ledger(struct story *s, struct text doing)
{
    if (!text_starts(s->object, TEXT("台账 ")))
        return false;
    const struct ledger_row row = row_of(s);
    id = row.id;
    if (text_equal(doing, TEXT("应为"))) {
        const struct text state = id ? ledger_state_zh(ledger_row_state(&row)) : TEXT("没有");
        if (!text_equal(state, s->expected))
            story_fails(s, "台账是「%.*s」，应为「%.*s」", TEXT_ARG(state), TEXT_ARG(s->expected));
        return true;
    }
    if (!id)
        story_fails(s, "没有这一行台账");
    if (text_equal(doing, TEXT("写台账")))
        story_act(s, plan);
    else if (text_equal(doing, ledger_step_zh(LEDGER_VERIFY)))
        story_act(s, verify);
    else if (step_of(doing, &step))
        story_act(s, take);
    else
        return false;
    const struct ledger_row after = row_of(s);
    if (!s->tried && s->expected.size && !text_equal(ledger_state_zh(ledger_row_state(&after)), s->expected))
        story_fails(s, "之后是「%.*s」，应为「%.*s」", TEXT_ARG(ledger_state_zh(ledger_row_state(&after))), TEXT_ARG(s->expected));
    if (s->tried && !text_equal(after.state, row.state))
        story_fails(s, "被拒绝，却从「%.*s」到了「%.*s」", TEXT_ARG(row.state), TEXT_ARG(after.state));
    return true;
}
