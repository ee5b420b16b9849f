/* The register of vetoes: 「案 甲」. */
#include "story.h"

#include "app/register.h"

static struct story_label *label;

static bool open_case(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    const struct snapshot *snapshot;
    if (!house_snapshot_at_hand(s->bed.house, &snapshot, err))
        return false;
    const struct case_wish wish = { .item = story_field(s, "事项"), .year = snapshot->years[snapshot->n_years - 1], .happened_on = s->today,
                                    .unit = story_place(s, story_field(s, "单位")), .what = story_field(s, "情况") };
    const bool ok = app_case_open(s->bed.house, session, snapshot, s->who, &wish, s->now, s->mem, &label->id, err);
    snapshot_release(&snapshot);
    return ok;
}

static bool close_case(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_case_close(s->bed.house, session, s->who, label->id, s->today, s->content, s->now, s->mem, err);
}

bool story_register(struct story *s, struct text doing)
{
    if (!text_starts(s->object, TEXT("案 ")))
        return false;
    label = story_label_new(s, s->object);
    if (text_equal(doing, TEXT("登记")))
        story_act(s, open_case);
    else if (text_equal(doing, TEXT("了结")))
        story_act(s, close_case);
    else
        return false;
    return true;
}
