/* Days of tasks as RFC 5545 has them; links that end with the role. */
#include "county_bed.h"

#include "app/accounts.h"
#include "app/calendar.h"
#include "app/password.h"

enum { NOW = 1795600000, A_DAY = 86400 };   /* 2026-11-25 */

/* What stands at a property once lines are unfolded; empty: there is none. */
static struct text property(struct arena *mem, struct text ics, const char *name)
{
    struct buf whole = { .mem = mem };
    for (size_t i = 0; i < ics.size; i++) {
        if (i + 2 < ics.size && ics.at[i] == '\r' && ics.at[i + 1] == '\n' && ics.at[i + 2] == ' ')
            i += 2;
        else
            buf_byte(&whole, ics.at[i]);
    }
    struct text rest = buf_text(&whole), line;
    while (text_split(&rest, '\n', &line))
        if (text_starts(line, text_of(arena_printf(mem, "%s:", name))))
            return (struct text){ line.at + strlen(name) + 1, line.size - strlen(name) - 2 };
    return TEXT("");
}

TEST(calendar, folds_lines_at_75_bytes_and_never_within_a_character)
{
    struct arena *mem = arena_new("test");
    struct buf out = { .mem = mem };
    const struct calendar_event event = {
        .uid = TEXT("task-1@410185"), .day = TEXT("2026-12-31"), .url = TEXT("https://jh.example.cn/tasks/1"), .status = TEXT("CONFIRMED"), .stamp = NOW,
        .summary = TEXT("以常住人口为基数的城镇义务教育学位配置标准和教育用地保障措施，逐校核对；要有文件, 也要有数据"), .description = TEXT("第一行\n第二行\\完") };
    calendar_begin(&out, TEXT("我的任务"));
    calendar_event(&out, &event);
    calendar_end(&out);
    const struct text ics = buf_text(&out);
    struct text rest = ics, line;
    size_t lines = 0;
    while (text_split(&rest, '\n', &line)) {
        if (!rest.at)   /* behind the last line end */
            break;
        CHECK(line.size && line.at[line.size - 1] == '\r');
        CHECK(line.size - 1 <= 75);
        const size_t first = line.at[0] == ' ';
        CHECK(((unsigned char)line.at[first] & 0xC0) != 0x80);
        lines++;
    }
    CHECK(lines > 18);
    CHECK_TEXT(property(mem, ics, "SUMMARY"), "以常住人口为基数的城镇义务教育学位配置标准和教育用地保障措施，逐校核对；要有文件\\, 也要有数据");
    CHECK_TEXT(property(mem, ics, "DESCRIPTION"), "第一行\\n第二行\\\\完");
    CHECK_TEXT(property(mem, ics, "DTSTART;VALUE=DATE"), "20261231");
    CHECK_TEXT(property(mem, ics, "DTEND;VALUE=DATE"), "20270101");
    CHECK_TEXT(property(mem, ics, "DTSTAMP"), "20261125T094640Z");
    CHECK_TEXT(property(mem, ics, "END"), "VEVENT");
    arena_free(&mem);
}

struct linking { struct county_bed *county; const struct actor *who; bool end; char token[TOKEN_SIZE + 1]; };

static bool link_it(void *context, struct db_session *session, struct err *err)
{
    struct linking *const l = context;
    return l->end ? app_calendar_link_end(l->county->house, session, l->who, NOW, err)
                  : app_calendar_link(l->county->house, session, l->who, NOW, l->county->mem, l->token, err);
}

static void absent(struct county_bed *county, const char *token)
{
    struct actor actor;
    CHECK(!app_calendar_actor(county->house, text_of(token), NOW, county->mem, &actor, &county->err));
    CHECK_INT(county->err.kind, ERR_ABSENT);
}

TEST(calendar, has_one_link_a_person_that_ends_with_the_account)
{
    struct county_bed county = county_bed_full(1);
    const struct account_wish wish = { .name = TEXT("caizheng"), .shown = TEXT("吴丽华"), .role = ROLE_department, .place = { .kind = PLACE_DEPARTMENT, .name = TEXT("D11") } };
    char password[PASSWORD_MADE + 1];
    struct account_view *accounts;
    struct account_ended ended;
    struct actor found;
    size_t n;
    CHECK_OK(app_account_add(county.house, &county.actor, &wish, NOW, county.mem, password, &county.err), county.err);
    CHECK_OK(app_accounts(county.house, &county.actor, county.mem, &accounts, &n, &county.err), county.err);
    const struct actor who = { .account = accounts[0].id, .name = wish.name, .shown = wish.shown, .role = ROLE_department,
                               .permissions = role_info(ROLE_department)->permissions, .place = wish.place, .channel = CHANNEL_WEB, .address = TEXT("") };
    struct linking first = { .county = &county, .who = &who }, second = first;
    county_bed_write(&county, link_it, &first);
    CHECK_OK(app_calendar_actor(county.house, text_of(first.token), NOW, county.mem, &found, &county.err), county.err);
    CHECK_INT(found.role, ROLE_department);
    CHECK_TEXT(found.place.name, "D11");
    county_bed_write(&county, link_it, &second);
    absent(&county, first.token);
    absent(&county, "nonsense");
    CHECK_OK(app_calendar_actor(county.house, text_of(second.token), NOW, county.mem, &found, &county.err), county.err);
    CHECK_OK(app_account_disable(county.house, &county.actor, wish.name, NOW, &ended, &county.err), county.err);
    absent(&county, second.token);
    county_bed_end(&county);
}
