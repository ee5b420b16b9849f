/* People of the made-up county, in the roles of a year; all with one password, which stands in the note. */
#include "app/demo_parts.h"

#include "app/accounts.h"
#include "app/house_inside.h"
#include "app/access_inside.h"
#include "store/account_store.h"

struct demo_role { const char *name, *shown; enum role role; enum place_kind kind; enum { AT_COUNTY, AT_SCHOOL, AT_SENT_BACK, AT_TOWNSHIP, AT_DISTRICT, AT_DEPARTMENT } at; const char *department; };

static const struct demo_role PEOPLE[] = {
    { "demo.tongji", "李建国", ROLE_statistician, PLACE_COUNTY, AT_COUNTY, "" },   { "demo.dudao", "周卫东", ROLE_supervisor, PLACE_COUNTY, AT_COUNTY, "" },
    { "demo.zhen", "赵永红", ROLE_township, PLACE_TOWNSHIP, AT_TOWNSHIP, "" }, { "demo.xiaozhang", "陈志强", ROLE_principal, PLACE_SCHOOL, AT_SCHOOL, "" },
    { "demo.tianbao", "刘秀英", ROLE_clerk, PLACE_SCHOOL, AT_SCHOOL, "" },         { "demo.tianbao2", "孙晓东", ROLE_clerk, PLACE_SCHOOL, AT_SENT_BACK, "" },
    { "demo.shizhang", "张志远", ROLE_leader, PLACE_COUNTY, AT_COUNTY, "" },
    { "demo.caizheng", "吴丽华", ROLE_department, PLACE_DEPARTMENT, AT_DEPARTMENT, "D11" },   /* 财政, 自然资源: standards/admin/departments.csv */
    { "demo.ziran", "郑国强", ROLE_department, PLACE_DEPARTMENT, AT_DEPARTMENT, "D13" },
    { "demo.xuequ", "马红梅", ROLE_district, PLACE_DISTRICT, AT_DISTRICT, "" },
    { "demo.pinggu", "何伟", ROLE_assessor, PLACE_COUNTY, AT_COUNTY, "" },   /* of the city: sees what his inspection round covers */
    { "demo.xitong", "系统管理员", ROLE_system_admin, PLACE_COUNTY, AT_COUNTY, "" }, { "demo.anquan", "安全管理员", ROLE_security_admin, PLACE_COUNTY, AT_COUNTY, "" },
    { "demo.shenji", "审计管理员", ROLE_audit_admin, PLACE_COUNTY, AT_COUNTY, "" },
};
enum { SCHOOL = 3, SENT_BACK = 5 };   /* rows of the latest year: schools with all their figures */

struct giving { struct house *house; struct text hashed; struct demo_person *people; size_t n; int64_t now; struct arena *mem; };

/* All the same password, which nobody has to change first: it stands in the note. */
static bool give(void *context, struct db_session *session, struct err *err)
{
    const struct giving *const g = context;
    for (size_t i = 0; i < g->n; i++) {
        struct account_record record;
        bool found;
        if (!store_account_by_name(session, g->people[i].actor.name, g->mem, &record, &found, err) ||
            !store_account_password(session, record.id, g->hashed, false, g->now, err))
            return false;
        g->people[i].actor.account = record.id;
    }
    return true;
}

static bool hash(struct house *house, struct text password, char out[PASSWORD_ENCODED], struct err *err)
{
    struct password_gate *const gate = house_access(house)->gate;
    if (!password_enter(gate, err))
        return false;
    const bool ok = password_hash(password, out, err);
    password_leave(gate);
    return ok;
}

static struct text place_of(const struct snapshot *s, const struct demo_role *who)
{
    const struct item_list *const items = &s->edition->items;
    const struct county_year *const last = &s->returns->counties[s->n_years - 1];
    if (who->at == AT_COUNTY)
        return TEXT("");
    if (who->at == AT_DEPARTMENT)
        return text_of(who->department);
    const size_t row = last->first + (who->at == AT_SENT_BACK ? SENT_BACK : SCHOOL);
    return returns_text(s->returns, row, who->at == AT_TOWNSHIP ? items->township : who->at == AT_DISTRICT ? items->district : items->school_code);
}

static bool add(struct house *house, const struct snapshot *s, int64_t now, struct arena *mem, struct demo_person *people, struct err *err)
{
    const struct actor console = actor_console();
    for (size_t i = 0; i < COUNT(PEOPLE); i++) {
        const struct demo_role *const who = &PEOPLE[i];
        const struct account_wish wish = { .name = text_of(who->name), .shown = text_of(who->shown), .role = who->role,
                                           .place = { who->kind, text_copy(mem, place_of(s, who)) },
                                           .valid_until = who->role == ROLE_assessor ? now + 120 * INT64_C(86400) : 0 };
        char password[PASSWORD_MADE + 1];
        if (!app_account_add(house, &console, &wish, now, mem, password, err))
            return false;
        people[i] = (struct demo_person){
            .actor = { .name = wish.name, .shown = wish.shown, .role = who->role, .permissions = role_info(who->role)->permissions,
                       .place = wish.place, .channel = CHANNEL_CONSOLE, .address = TEXT("") },
            .sent_back = who->at == AT_SENT_BACK,
        };
    }
    return true;
}

bool demo_people(struct house *house, struct text password, int64_t now, struct arena *mem, struct demo_person **out, size_t *n_out,
                 struct err *err)
{
    const struct snapshot *s;
    char hashed[PASSWORD_ENCODED];
    *n_out = COUNT(PEOPLE);
    *out = arena_array(mem, *n_out, struct demo_person);
    if (!house_snapshot(house, &s, err))
        return false;
    const bool ok = s->n_years && s->returns->counties[s->n_years - 1].n > SENT_BACK && add(house, s, now, mem, *out, err) &&
                    hash(house, password, hashed, err);
    snapshot_release(&s);
    struct giving giving = { house, text_of(hashed), *out, *n_out, now, mem };
    return ok && house_write(house, give, &giving, err);
}
