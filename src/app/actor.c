#include "app/actor.h"

#include "base/arena.h"

#include <pthread.h>

/* Filled from acts.def once: which acts a role may do stands there by act. */
static struct role_info roles[N_ROLES] = {
    [ROLE_NONE] = { "", "", "", PLACE_SCHOOL, MAY_NOTHING },
#define ROLE(id, zh, en, widest) [ROLE_##id] = { #id, zh, en, widest, MAY_NOTHING },
#include "app/roles.def"
#undef ROLE
};
_Static_assert(N_ROLES <= 32 && N_ACTS < 64, "more roles or acts than bits");

#define BY(role) (UINT32_C(1) << ROLE_##role)
static const uint32_t ROLES_OF[N_ACTS] = {
#define ACT(id, word, zh, en, does, by) [ACT_##id] = by,
#include "app/acts.def"
#undef ACT
};
#undef BY

static void fill_roles(void)
{
    for (int act = 0; act < N_ACTS; act++)
        for (int r = ROLE_NONE + 1; r < N_ROLES; r++)
            if (ROLES_OF[act] & UINT32_C(1) << r)
                roles[r].permissions |= UINT64_C(1) << act;
}

const struct role_info *role_info(enum role role)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill_roles);
    return &roles[role < N_ROLES ? role : ROLE_NONE];
}

enum role role_by_id(struct text id)
{
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++)
        if (text_equal(text_of(roles[r].id), id))
            return (enum role)r;
    return ROLE_NONE;
}

bool role_is_administrator(enum role role)
{
    return (role_info(role)->permissions & (uint64_t)(MAY_ACCOUNTS | MAY_SESSIONS | MAY_AUDIT)) != 0;
}

struct stamp actor_stamp(const struct actor *actor, int64_t now)
{
    return (struct stamp){ actor->account, actor->shown, now };
}

static const struct permission_info PERMISSIONS[] = {
#define ACT(id, word, zh, en, does, roles) { MAY_##id, word, zh, en, does },
#include "app/acts.def"
#undef ACT
};

const struct permission_info *permission_infos(size_t *n_out)
{
    *n_out = COUNT(PERMISSIONS);
    return PERMISSIONS;
}

static bool denied(uint64_t permission, struct err *err)
{
    struct arena *mem = arena_new("denied");
    struct buf who = { .mem = mem };
    const char *what = "这件事";
    for (size_t i = 0; i < COUNT(PERMISSIONS); i++)
        if (PERMISSIONS[i].bit & permission)
            what = PERMISSIONS[i].does;
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++)
        if ((role_info((enum role)r)->permissions & permission) == permission)
            buf_printf(&who, "%s%s", who.size ? "、" : "", roles[r].zh);
    err_set(err, ERR_DENIED, "您的账号不能做这件事：%s。", what);
    if (who.size)
        err_hint(err, "能做的有：%.*s。", TEXT_ARG(buf_text(&who)));
    arena_free(&mem);
    return false;
}

bool actor_may(const struct actor *actor, uint64_t permission, struct err *err)
{
    if (actor->must_change) {
        err_set(err, ERR_DENIED, "这是别人给您的初始密码，先改成自己的才能继续。");
        return err_hint(err, "请在“修改密码”页设一个只有您知道的密码。");
    }
    if (actor->must_totp) {
        err_set(err, ERR_DENIED, "县里要求管理员设动态口令，您还没有设。");
        return err_hint(err, "请在“我的账号”页先设好。");
    }
    return (permission && (actor->permissions & permission) == permission) || denied(permission, err);
}

bool actor_covers_county(const struct actor *actor)
{
    return !actor->only && (actor->place.kind == PLACE_COUNTY || actor->place.kind == PLACE_DEPARTMENT) && (actor->permissions || actor->channel == CHANNEL_CONSOLE);
}

bool school_set_has(const struct school_set *set, struct text code)
{
    size_t low = 0, high = set->n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = text_compare(set->codes[middle], code);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool actor_covers(const struct actor *actor, struct text school_code, struct text township)
{
    if (actor->only && !school_set_has(actor->only, school_code))
        return false;
    switch (actor->place.kind) {
    case PLACE_COUNTY:
    case PLACE_DEPARTMENT: return actor->permissions || actor->channel == CHANNEL_CONSOLE;
    /* Which schools it has, the tree of units says: they are in `only`. */
    case PLACE_DISTRICT: return actor->only && actor->place.name.size;
    /* A school that returned no township lies in none, an actor without a place nowhere. */
    case PLACE_TOWNSHIP: return actor->place.name.size && text_equal(actor->place.name, township);
    case PLACE_SCHOOL: return actor->place.name.size && text_equal(actor->place.name, school_code);
    }
    return false;
}

struct actor actor_console(void)
{
    return (struct actor){ .name = TEXT("console"), .shown = TEXT("命令行"), .permissions = MAY_EVERYTHING,
                           .place = { PLACE_COUNTY, TEXT("") }, .channel = CHANNEL_CONSOLE };
}

/* ---- words: how roles and places stand in the database and in the audit -------------------- */

static const char *const PLACE_WORDS[] = { [PLACE_SCHOOL] = "school", [PLACE_DISTRICT] = "district", [PLACE_TOWNSHIP] = "township",
                                          [PLACE_DEPARTMENT] = "department", [PLACE_COUNTY] = "county" };
static const char *const CHANNEL_WORDS[] = { [CHANNEL_WEB] = "web", [CHANNEL_API] = "api", [CHANNEL_CONSOLE] = "console" };

struct text place_word(enum place_kind kind)
{
    return text_of(PLACE_WORDS[kind]);
}

struct text channel_word(enum channel channel)
{
    return text_of(CHANNEL_WORDS[channel]);
}

bool place_of_words(struct text kind, struct text name, struct place *out)
{
    for (size_t k = 0; k < COUNT(PLACE_WORDS); k++)
        if (text_equal(text_of(PLACE_WORDS[k]), kind) && (k == PLACE_COUNTY) == (name.size == 0)) {
            *out = (struct place){ (enum place_kind)k, name };
            return true;
        }
    return false;
}

struct text place_shown(struct place place, struct arena *mem)
{
    switch (place.kind) {
    case PLACE_COUNTY: return TEXT("全县");
    case PLACE_TOWNSHIP: return text_copy(mem, place.name);
    case PLACE_DISTRICT: return text_printf(mem, "学区 %.*s", TEXT_ARG(place.name));
    case PLACE_DEPARTMENT: return text_printf(mem, "部门 %.*s", TEXT_ARG(place.name));
    case PLACE_SCHOOL: return text_printf(mem, "学校 %.*s", TEXT_ARG(place.name));
    }
    return TEXT("");
}

bool place_holds(struct place outer, struct place inner)
{
    return outer.kind == PLACE_COUNTY || (outer.kind == inner.kind && text_equal(outer.name, inner.name));
}

struct text permission_words(uint64_t permissions, struct arena *mem)
{
    struct buf words = { .mem = mem };
    for (size_t i = 0; i < COUNT(PERMISSIONS); i++)
        if (PERMISSIONS[i].bit & permissions)
            buf_printf(&words, "%s%s", words.size ? "," : "", PERMISSIONS[i].word);
    return buf_text(&words);
}

bool permissions_of_words(struct text words, uint64_t *out)
{
    *out = MAY_NOTHING;
    for (struct text word; text_split(&words, ',', &word);) {
        uint64_t bit = MAY_NOTHING;
        for (size_t i = 0; i < COUNT(PERMISSIONS); i++)
            if (text_equal(text_of(PERMISSIONS[i].word), text_trim(word)))
                bit = PERMISSIONS[i].bit;
        if (!bit)
            return false;
        *out |= bit;
    }
    return *out != MAY_NOTHING;
}
