/* Notices reach whom they are for, and nobody else; what waits is gathered. */
#include "county_bed.h"

#include "app/my.h"

enum { NOW = 1790000000 };

static struct actor person(int64_t account, enum role role, enum place_kind kind, const char *place)
{
    return (struct actor){ .account = account, .name = text_of("x"), .shown = text_of("x"), .role = role,
                           .permissions = role_info(role)->permissions, .place = { kind, text_of(place) }, .channel = CHANNEL_WEB,
                           .address = TEXT("127.0.0.1") };
}

struct putting { struct county_bed *bed; struct notice notice; };
static bool put(void *context, struct db_session *session, struct err *err)
{
    struct putting *const p = context;
    return app_notice_put(session, house_county(p->bed->house), &p->notice, NOW, err);
}
struct reading { struct county_bed *bed; const struct actor *actor; int64_t id; };
static bool mark(void *context, struct db_session *session, struct err *err)
{
    struct reading *const r = context;
    return app_notice_read(r->bed->house, session, r->actor, r->id, NOW + 60, r->bed->mem, err);
}

static struct my_work work_of(struct county_bed *bed, const struct actor *actor)
{
    struct my_work work;
    const struct snapshot *s;
    CHECK_OK(house_snapshot(bed->house, &s, &bed->err), bed->err);
    CHECK_OK(app_my_work(bed->house, s, actor, NOW, bed->mem, &work, &bed->err), bed->err);
    snapshot_release(&s);
    return work;
}

TEST(notice, reaches_an_account_or_a_role_at_a_place_and_nobody_else)
{
    struct county_bed bed = county_bed_empty();
    const struct actor clerk = person(7, ROLE_clerk, PLACE_SCHOOL, "A"), same = person(8, ROLE_clerk, PLACE_SCHOOL, "A"),
                       other = person(9, ROLE_clerk, PLACE_SCHOOL, "B"), principal = person(10, ROLE_principal, PLACE_SCHOOL, "A");
    struct putting one = { &bed, { .to = 7, .kind = "told", .title = TEXT("给一人"), .by = { 1, TEXT("王敏"), 0 } } };
    struct putting many = { &bed, { .role = ROLE_clerk, .place = { PLACE_SCHOOL, TEXT("A") }, .kind = "remind", .title = TEXT("给填报员"), .by = { 1, TEXT("王敏"), 0 } } };
    county_bed_write(&bed, put, &one);
    county_bed_write(&bed, put, &many);
    CHECK_INT((int)work_of(&bed, &clerk).n_unread, 2);
    CHECK_INT((int)work_of(&bed, &same).n_unread, 1);
    CHECK_INT((int)work_of(&bed, &other).n_notices, 0);
    CHECK_INT((int)work_of(&bed, &principal).n_notices, 0);
    struct reading r = { &bed, &clerk, work_of(&bed, &clerk).notices[0].id };
    county_bed_write(&bed, mark, &r);
    CHECK_INT((int)work_of(&bed, &clerk).n_unread, 1);
    CHECK_INT((int)work_of(&bed, &same).n_unread, 1);   /* who shares the role reads for himself */
    r.id = 0;
    county_bed_write(&bed, mark, &r);
    CHECK_INT((int)work_of(&bed, &clerk).n_unread, 0);
    r = (struct reading){ &bed, &other, 1 };
    CHECK(!house_write(bed.house, mark, &r, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    county_bed_end(&bed);
}

TEST(notice, leads_to_our_own_pages_only)
{
    struct county_bed bed = county_bed_empty();
    struct putting p = { &bed, { .to = 7, .kind = "told", .title = TEXT("x"), .link = TEXT("https://example.org/") } };
    CHECK(!house_write(bed.house, put, &p, &bed.err));
    p.notice.link = TEXT("//example.org/");
    CHECK(!house_write(bed.house, put, &p, &bed.err));
    p.notice.link = TEXT("/my"), p.notice.title = TEXT(" ");
    CHECK(!house_write(bed.house, put, &p, &bed.err));
    county_bed_end(&bed);
}
