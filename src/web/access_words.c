#include "web/access_words.h"

#include "base/day.h"
#include "web/say.h"

struct text role_said(const struct request *request, enum role role)
{
    const struct role_info *const info = role_info(role);
    return text_of(request->lang == LANG_EN ? info->en : info->zh);
}

struct text until_said(const struct request *request, int64_t valid_until)
{
    return valid_until ? day_shown(valid_until - 1, request->mem) : say(request->mem, request->lang, T_ACCOUNTS_NO_END, NULL, 0);
}

struct choices role_choices(const struct request *request, struct text chosen)
{
    struct choices to = { arena_array(request->mem, N_ROLES, struct choice), 0 };
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++) {
        const struct text id = text_of(role_info((enum role)r)->id);
        if (!role_is_administrator((enum role)r))
            to.list[to.n++] = (struct choice){ id, role_said(request, (enum role)r), text_equal(id, chosen) };
    }
    return to;
}

struct choices kind_choices(const struct request *request, struct text chosen)
{
    static const struct { enum place_kind kind; enum text_key key; } KINDS[] = {
        { PLACE_COUNTY, T_ACCOUNTS_COUNTY }, { PLACE_TOWNSHIP, T_ACCOUNTS_TOWNSHIP }, { PLACE_DISTRICT, T_ACCOUNTS_DISTRICT },
        { PLACE_SCHOOL, T_ACCOUNTS_SCHOOL }, { PLACE_DEPARTMENT, T_ACCOUNTS_DEPARTMENT },
    };
    struct choices to = { arena_array(request->mem, COUNT(KINDS), struct choice), COUNT(KINDS) };
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        const struct text id = place_word(KINDS[i].kind);
        to.list[i] = (struct choice){ id, say(request->mem, request->lang, KINDS[i].key, NULL, 0), text_equal(id, chosen) };
    }
    return to;
}

bool wish_of_form(const struct request *request, struct account_wish *out, struct err *err)
{
    const struct text until = text_trim(request_field(request, "until")), place = text_trim(request_field(request, "place"));
    *out = (struct account_wish){ .name = request_field(request, "name"), .shown = request_field(request, "shown"),
                                  .role = role_by_id(request_field(request, "role")) };
    if (!place_of_words(request_field(request, "kind"), place, &out->place)) {
        err_set(err, ERR_INPUT, "范围没有写对。");
        return err_hint(err, "全县不用写；乡镇写名称，学校、学区、部门写代码或名称。");
    }
    return !until.size || grant_end_of_day(until, &out->valid_until, err);
}
