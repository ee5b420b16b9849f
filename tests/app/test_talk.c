/* Talk: lines in their order, mentions to those who may see the thing, and nobody else's stream. */
#include "access_bed.h"

#include "app/notice.h"
#include "app/talk.h"

static struct actor actor_named(struct bed *bed, const char *name)
{
    struct account_view *list;
    size_t n;
    CHECK_OK(app_accounts(bed->house, &bed->console, bed->mem, &list, &n, &bed->err), bed->err);
    for (size_t i = 0; i < n; i++)
        if (text_equal(list[i].name, text_of(name)))
            return (struct actor){ .account = list[i].id, .name = list[i].name, .shown = list[i].shown, .role = list[i].role,
                                   .permissions = role_info(list[i].role)->permissions, .place = list[i].place, .channel = CHANNEL_WEB };
    fail_msg("no account %s", name);
    return (struct actor){ 0 };
}

struct writing { struct bed *bed; struct talk_on on; };
static bool steps(void *context, struct db_session *session, struct err *err)
{
    const struct writing *const w = context;
    const struct text county = house_county(w->bed->house);
    return app_talk_step(session, county, &w->on, &w->bed->console, TEXT(""), TEXT("已下达"), TEXT(""), NOON, err) &&
           app_talk_changed(session, county, &w->on, &w->bed->console, "时限", TEXT("2026-05-01"), TEXT("2026-06-01"), NOON + 1, err) &&
           app_talk_changed(session, county, &w->on, &w->bed->console, "责任人", TEXT("王敏"), TEXT("王敏"), NOON + 2, err);
}

TEST(talk, keeps_lines_in_their_order_and_leaves_out_what_did_not_change)
{
    struct bed bed = bed_new();
    struct writing w = { &bed, { TEXT("task"), TEXT("7") } };
    CHECK_OK(house_write(bed.house, steps, &w, &bed.err), bed.err);
    w.on.key = TEXT("8");
    CHECK_OK(house_write(bed.house, steps, &w, &bed.err), bed.err);
    CHECK_INT(bed_count(&bed, "SELECT count(*) FROM talk WHERE subject_key = '7'"), 2);
    CHECK_INT(bed_count(&bed, "SELECT count(*) FROM talk WHERE subject_key = '7' AND position = 2 AND old = '2026-05-01' AND new = '2026-06-01'"), 1);
    bed_end(&bed);
}

TEST(talk, is_not_to_be_had_about_a_kind_that_nobody_registered)
{
    struct bed bed = bed_new();
    const struct talk_on on = { TEXT("weather"), TEXT("1") };
    struct talk_line *lines;
    size_t n;
    bed_account(&bed, "wang", ROLE_office);
    const struct actor office = actor_named(&bed, "wang");
    CHECK(!app_talk(bed.house, NULL, &office, &on, bed.mem, &lines, &n, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    bed_end(&bed);
}
