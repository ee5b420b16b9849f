/* Who acts in stories: people of all roles, told by what they are called in the second column. */
#include "story.h"

struct person { const char *called, *shown; enum role role; enum place_kind kind; const char *at; };
static const struct person PEOPLE[] = {
    { "办公室", "王敏", ROLE_office, PLACE_COUNTY, "" },
    { "统计员", "李建国", ROLE_statistician, PLACE_COUNTY, "" },
    { "督导", "周卫东", ROLE_supervisor, PLACE_COUNTY, "" },
    { "督导二", "马建军", ROLE_supervisor, PLACE_COUNTY, "" },
    { "财政局", "吴丽华", ROLE_department, PLACE_DEPARTMENT, "D11" },
    { "自然资源局", "郑国强", ROLE_department, PLACE_DEPARTMENT, "D13" },
    { "西河街道", "赵永红", ROLE_township, PLACE_TOWNSHIP, "西河街道" },
    { "青阳镇", "孙玉兰", ROLE_township, PLACE_TOWNSHIP, "青阳镇" },
    { "第四小学校长", "陈志强", ROLE_principal, PLACE_SCHOOL, "西河街道第四小学" },
    { "李沟小学校长", "何春梅", ROLE_principal, PLACE_SCHOOL, "青阳镇李沟小学" },
    { "评估人员", "省评估组", ROLE_assessor, PLACE_COUNTY, "" },
    { "市长", "张志远", ROLE_leader, PLACE_COUNTY, "" },
};

const struct actor *story_actor(const struct story *s, struct text name)
{
    static struct actor actors[COUNT(PEOPLE) + 1];
    if (!name.size || text_equal(name, TEXT("系统"))) {
        actors[COUNT(PEOPLE)] = actor_console();
        return &actors[COUNT(PEOPLE)];
    }
    for (size_t i = 0; i < COUNT(PEOPLE); i++) {
        const struct person *const p = &PEOPLE[i];
        if (!text_equal(name, text_of(p->called)))
            continue;
        const struct text at = p->kind == PLACE_SCHOOL ? story_school((struct story *)s, text_of(p->at)) : text_of(p->at);
        actors[i] = (struct actor){ .account = (int64_t)i + 1, .name = text_of(p->called), .shown = text_of(p->shown), .role = p->role,
                                    .permissions = role_info(p->role)->permissions, .place = { p->kind, at }, .channel = CHANNEL_WEB,
                                    .address = TEXT("10.0.0.1") };
        return &actors[i];
    }
    story_fails(s, "没有叫「%.*s」的人", TEXT_ARG(name));
}
