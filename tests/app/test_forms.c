/* A sheet is filled in cell by cell, handed in, confirmed by another person; a form in use changes only by a new version. */
#include "county_bed.h"

#include "app/form_view.h"
#include "app/notice.h"

enum { NOW = 1764000000 };

struct form_bed { struct county_bed county; const struct snapshot *snapshot; const char *school, *other; struct actor clerk, principal, office, supervisor; int year; };

static struct actor person(int64_t account, enum role role, enum place_kind kind, const char *place)
{
    return (struct actor){ .account = account, .name = text_of(role_info(role)->id), .shown = text_of(role_info(role)->zh), .role = role,
                           .permissions = role_info(role)->permissions, .place = { kind, text_of(place) }, .channel = CHANNEL_WEB, .address = TEXT("127.0.0.1") };
}

static struct form_bed start(void)
{
    struct form_bed b = { .county = county_bed_full(1) };
    CHECK_OK(house_snapshot(b.county.house, &b.snapshot, &b.county.err), b.county.err);
    const struct returns *const r = b.snapshot->returns;
    b.school = text_string(b.county.mem, returns_text(r, 0, r->items->school_code));
    b.other = text_string(b.county.mem, returns_text(r, 1, r->items->school_code));
    b.year = b.snapshot->years[0];
    b.clerk = person(1, ROLE_clerk, PLACE_SCHOOL, b.school);
    b.principal = person(2, ROLE_principal, PLACE_SCHOOL, b.school);
    b.office = person(3, ROLE_office, PLACE_COUNTY, "");
    b.supervisor = person(4, ROLE_supervisor, PLACE_COUNTY, "");
    return b;
}

static void end(struct form_bed *b)
{
    snapshot_release(&b->snapshot);
    county_bed_end(&b->county);
}

struct doing { struct form_bed *bed; const struct actor *who; struct sheet_of of; struct sheet_change change; const struct sheet_step_wish *wish; struct sheet_saved saved; };

static bool do_it(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    struct form_bed *const b = d->bed;
    if (d->wish)
        return app_sheet_step(b->county.house, session, b->snapshot, d->who, &d->of, d->wish, NOW, b->county.mem, err);
    return app_sheet_save(b->county.house, session, b->snapshot, d->who, &d->of, &d->change, 1, NOW, b->county.mem, &d->saved, err);
}

static struct sheet_of own(struct form_bed *b, const char *form)
{
    return (struct sheet_of){ text_of(form), b->year, { PLACE_SCHOOL, text_of(b->school) }, 1 };
}

static bool save(struct form_bed *b, const struct actor *who, struct sheet_of of, const char *field, const char *typed, int64_t seen, struct sheet_saved *out)
{
    struct doing d = { b, who, of, { text_of(field), text_of(typed), seen }, NULL, { .nth = 0 } };
    const bool ok = house_write(b->county.house, do_it, &d, &b->county.err);
    *out = d.saved;
    return ok;
}

static bool take(struct form_bed *b, const struct actor *who, struct sheet_of of, enum sheet_step step, const char *reason)
{
    const struct sheet_step_wish wish = { step, text_of(reason), TEXT(""), NULL };
    return house_write(b->county.house, do_it, &(struct doing){ .bed = b, .who = who, .of = of, .wish = &wish }, &b->county.err);
}

TEST(forms, are_saved_by_compare_and_set)
{
    struct form_bed b = start();
    struct sheet_saved saved;
    const struct sheet_of of = own(&b, "smart-classroom");
    CHECK_OK(save(&b, &b.clerk, of, "A3", "2", 0, &saved), b.county.err);
    CHECK_INT(saved.saved, 1);
    CHECK_OK(save(&b, &b.principal, of, "A3", "5", 1, &saved), b.county.err);
    CHECK_OK(save(&b, &b.clerk, of, "A3", "3", 1, &saved), b.county.err);
    CHECK_INT(saved.n_conflicts, 1);
    CHECK_TEXT(saved.conflicts[0].theirs, "5");
    /* What stands as it was shown to him changes nothing. */
    CHECK_OK(save(&b, &b.clerk, of, "A3", "2", 1, &saved), b.county.err);
    CHECK_INT(saved.n_conflicts + saved.saved, 0);
    CHECK_OK(save(&b, &b.clerk, of, "A3", "二", 2, &saved), b.county.err);
    CHECK_INT(saved.n_wrong, 1);
    end(&b);
}

TEST(forms, are_seen_and_filled_in_by_their_unit_alone)
{
    struct form_bed b = start();
    struct sheet_saved saved;
    struct sheet_view view;
    const struct actor stranger = person(9, ROLE_clerk, PLACE_SCHOOL, b.other);
    const struct sheet_of of = own(&b, "school-quality");
    CHECK(!save(&b, &stranger, of, "B1", "别人的", 0, &saved));
    CHECK_INT(b.county.err.kind, ERR_ABSENT);
    CHECK(!app_sheet(b.county.house, b.snapshot, &stranger, &of, b.county.mem, &view, &b.county.err));
    CHECK(!save(&b, &b.office, of, "B1", "代填", 0, &saved));
    CHECK_INT(b.county.err.kind, ERR_DENIED);
    end(&b);
}

TEST(forms, go_from_hand_to_hand)
{
    struct form_bed b = start();
    struct sheet_saved saved;
    const struct sheet_of of = own(&b, "school-quality");
    for (int k = 1; k <= 12; k++)
        CHECK_OK(save(&b, &b.clerk, of, text_string(b.county.mem, text_printf(b.county.mem, "SQ%d", k)), "合格", 0, &saved), b.county.err);
    CHECK(!take(&b, &b.clerk, of, SHEET_SUBMIT, ""));
    CHECK_INT(b.county.err.kind, ERR_INPUT);
    CHECK_OK(save(&b, &b.clerk, of, "B1", "有进步", 0, &saved), b.county.err);
    CHECK_OK(take(&b, &b.clerk, of, SHEET_SUBMIT, ""), b.county.err);
    CHECK(!save(&b, &b.clerk, of, "B1", "再改", 1, &saved));
    CHECK(!take(&b, &b.clerk, of, SHEET_CONFIRM, ""));
    CHECK_INT(b.county.err.kind, ERR_DENIED);
    struct waiting_list list = { .mem = b.county.mem };
    CHECK_OK(app_forms_waiting(b.county.house, b.snapshot, &b.principal, NOW, &list, &b.county.err), b.county.err);
    CHECK(list.n && text_find(list.at[0].what, TEXT("等您确认"), NULL));
    CHECK_OK(take(&b, &b.principal, of, SHEET_CONFIRM, ""), b.county.err);
    end(&b);
}

/* How many notices of a kind stand in somebody's inbox; the newest goes to out. */
static size_t told(struct form_bed *b, const struct actor *who, const char *kind, struct notice_line *out)
{
    struct notice_line *list;
    size_t n, found = 0;
    CHECK_OK(app_notices(b->county.house, who, b->county.mem, &list, &n, &b->county.err), b->county.err);
    for (size_t i = n; i-- > 0;)
        if (text_equal(list[i].kind, text_of(kind))) {
            *out = list[i];
            found++;
        }
    return found;
}

TEST(forms, handed_in_or_sent_back_tell_whoever_is_next)
{
    struct form_bed b = start();
    struct sheet_saved saved;
    struct notice_line notice;
    const struct sheet_of of = own(&b, "school-quality");
    const struct actor stranger = person(9, ROLE_principal, PLACE_SCHOOL, b.other);
    for (int k = 1; k <= 12; k++)
        CHECK_OK(save(&b, &b.clerk, of, text_string(b.county.mem, text_printf(b.county.mem, "SQ%d", k)), "合格", 0, &saved), b.county.err);
    CHECK_OK(save(&b, &b.clerk, of, "B1", "有进步", 0, &saved), b.county.err);
    CHECK_OK(take(&b, &b.clerk, of, SHEET_SUBMIT, ""), b.county.err);
    CHECK_INT((int)told(&b, &b.principal, "told", &notice), 1);
    CHECK_CONTAINS(notice.title, "等另一人确认");
    CHECK(text_starts(notice.link, TEXT("/forms/school-quality/fill?")));
    CHECK_INT((int)(told(&b, &b.clerk, "told", &notice) + told(&b, &stranger, "told", &notice)), 0);
    CHECK_OK(take(&b, &b.principal, of, SHEET_SEND_BACK, "SQ8 写上由谁来做。"), b.county.err);
    CHECK_INT((int)told(&b, &b.clerk, "sent_back", &notice), 1);
    CHECK_TEXT(notice.text, "SQ8 写上由谁来做。");
    /* The principal's own goes to the township. */
    CHECK_OK(take(&b, &b.principal, of, SHEET_SUBMIT, ""), b.county.err);
    const struct returns *const r = b.snapshot->returns;
    const struct actor township = person(12, ROLE_township, PLACE_TOWNSHIP, text_string(b.county.mem, returns_text(r, 0, r->items->township)));
    CHECK_INT((int)told(&b, &township, "told", &notice), 1);
    end(&b);
}

TEST(forms, ask_departments_by_their_units_codes)
{
    struct form_bed b = start();
    struct sheet_view view;
    struct sheet_saved saved;
    const struct actor finance = person(21, ROLE_department, PLACE_DEPARTMENT, "D11");
    struct sheet_of of = { TEXT("department-year"), b.year, { PLACE_DEPARTMENT, TEXT("D11") }, 1 };
    CHECK_OK(app_sheet(b.county.house, b.snapshot, &finance, &of, b.county.mem, &view, &b.county.err), b.county.err);
    CHECK_TEXT(view.unit_name, "市财政局");
    CHECK_TEXT(answer_value(&view.answers, TEXT("D0")), "财政局");   /* its own choice stands */
    CHECK(view.may_fill);
    of.unit.name = TEXT("财政局");   /* a name is no code */
    CHECK(!app_sheet(b.county.house, b.snapshot, &b.office, &of, b.county.mem, &view, &b.county.err));
    CHECK_INT(b.county.err.kind, ERR_ABSENT);
    of.unit.name = TEXT("D12");
    CHECK(!save(&b, &finance, of, "D0", "财政局", 0, &saved));   /* another's */
    end(&b);
}
