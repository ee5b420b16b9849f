/* actor.h — who does it, in which role, where, and what that allows.  Deny by default. */
#pragma once
#include "base/err.h"
#include "base/text.h"
#include "model/stamp.h"

#include <stdint.h>

enum role {
    ROLE_NONE,
#define ROLE(id, zh, en, widest) ROLE_##id,
#include "app/roles.def"
#undef ROLE
    N_ROLES
};

/* What can be done (acts.def), each a bit: MAY_SEE, MAY_EXPORT … */
enum act {
#define ACT(id, word, zh, en, does, roles) ACT_##id,
#include "app/acts.def"
#undef ACT
    N_ACTS
};
__extension__ enum permission {   /* more bits than an int has */
    MAY_NOTHING = 0,
#define ACT(id, word, zh, en, does, roles) MAY_##id = UINT64_C(1) << ACT_##id,
#include "app/acts.def"
#undef ACT
    MAY_EVERYTHING = (UINT64_C(1) << N_ACTS) - 1,   /* the console alone */
};

/* Where: a school by its code, a school district (学区) by its unit's code, a township as returned, a department (which sees the
 * whole county) by its unit's code, the county.  Narrow to wide. */
enum place_kind { PLACE_SCHOOL, PLACE_DISTRICT, PLACE_TOWNSHIP, PLACE_DEPARTMENT, PLACE_COUNTY };
struct place { enum place_kind kind; struct text name; };         /* empty: the county */

/* Schools by their codes, sorted by bytes (text_compare). */
struct school_set { const struct text *codes; size_t n; };
bool school_set_has(const struct school_set *set, struct text code);

enum channel { CHANNEL_WEB, CHANNEL_API, CHANNEL_CONSOLE };       /* console: the command line on the machine itself */

struct actor {
    int64_t account;         /* 0: the console */
    struct text name;        /* what one signs in with */
    struct text shown;       /* 王敏 */
    enum role role;
    uint64_t permissions;    /* of the role, narrowed by the token that is used */
    struct place place;
    enum channel channel;
    const struct school_set *only;  /* the schools he is confined to (app/confine.h); NULL: what his place holds, and of a district nothing */
    struct text address;     /* from where; empty on the console */
    bool must_change;        /* the password was given by someone else: nothing but changing it is allowed */
    bool must_totp;          /* one-time codes are demanded (totp.h) and not set up: nothing but that is allowed */
};

struct role_info { const char *id, *zh, *en; enum place_kind widest; uint64_t permissions; };
const struct role_info *role_info(enum role role);
enum role role_by_id(struct text id);                                  /* ROLE_NONE when there is none */
/* False with ERR_DENIED, worded: which role could do it. */
bool actor_may(const struct actor *actor, uint64_t permission, struct err *err) MUST_CHECK;
/* Whether a school (code, township as returned) lies in the actor's place, and among those he is confined to. */
bool actor_covers(const struct actor *actor, struct text school_code, struct text township);
/* Never one who is confined to some schools. */
bool actor_covers_county(const struct actor *actor);
/* The console: everything, on the machine itself. */
struct actor actor_console(void);
/* Who does it, and when, as it is written beside a change. */
struct stamp actor_stamp(const struct actor *actor, int64_t now);
/* One of the three administrators, who see no content. */
bool role_is_administrator(enum role role);

/* A permission as tables and `junheng token create --may` name it. */
struct permission_info { uint64_t bit; const char *word, *zh, *en, *does; };
const struct permission_info *permission_infos(size_t *n_out);

/* How these stand in the database and in the audit: "see,export"; "township"; "web". */
struct text permission_words(uint64_t permissions, struct arena *mem);
bool permissions_of_words(struct text words, uint64_t *out) MUST_CHECK;   /* false: an unknown word, or none */
struct text place_word(enum place_kind kind);
bool place_of_words(struct text kind, struct text name, struct place *out) MUST_CHECK;
struct text place_shown(struct place place, struct arena *mem);          /* 全县, 柳林镇, 学校 3141… */
struct text channel_word(enum channel channel);
/* Whether all of `inner` surely lies in `outer`; a school in a township is not known here: no. */
bool place_holds(struct place outer, struct place inner);
