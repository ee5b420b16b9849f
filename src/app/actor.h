/* actor.h — who does it, in which role, where, and what that allows.  Deny by default. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum permission {
    MAY_NOTHING  = 0,
    MAY_SEE      = 1 << 0,   /* pages and API of figures and verdicts */
    MAY_EXPORT   = 1 << 1,
    MAY_TRY      = 1 << 2,   /* what-if, scenarios */
    MAY_IMPORT   = 1 << 3,   /* import, confirm, undo */
    MAY_EDIT     = 1 << 4,   /* correct a returned figure */
    MAY_TOKENS   = 1 << 5,   /* API tokens of one's own making */
    MAY_ACCOUNTS = 1 << 6,
    MAY_SESSIONS = 1 << 7,   /* see and end anybody's sessions */
    MAY_AUDIT    = 1 << 8,
    MAY_EVERYTHING = (1 << 9) - 1,   /* the console alone */
};

enum role {
    ROLE_NONE,
#define ROLE(id, zh, en, permissions, widest) ROLE_##id,
#include "app/roles.def"
#undef ROLE
    N_ROLES
};

enum place_kind { PLACE_SCHOOL, PLACE_TOWNSHIP, PLACE_COUNTY };   /* narrow to wide */
struct place { enum place_kind kind; struct text name; };         /* school code; township as returned; empty: the county */

enum channel { CHANNEL_WEB, CHANNEL_API, CHANNEL_CONSOLE };       /* console: the command line on the machine itself */

struct actor {
    int64_t account;         /* 0: the console */
    struct text name;        /* what one signs in with */
    struct text shown;       /* 王敏 */
    enum role role;
    unsigned permissions;    /* of the role, narrowed by the token that is used */
    struct place place;
    enum channel channel;
    struct text address;     /* from where; empty on the console */
    bool must_change;        /* the password was given by someone else: nothing but changing it is allowed */
};

struct role_info { const char *id, *zh, *en; unsigned permissions; enum place_kind widest; };
const struct role_info *role_info(enum role role);
enum role role_by_id(struct text id);                                  /* ROLE_NONE when there is none */
/* False with ERR_DENIED, worded: which role could do it. */
bool actor_may(const struct actor *actor, unsigned permission, struct err *err) MUST_CHECK;
/* Whether a school (code, township as returned) lies in the actor's place. */
bool actor_covers(const struct actor *actor, struct text school_code, struct text township);
bool actor_covers_county(const struct actor *actor);
/* The console: everything, on the machine itself. */
struct actor actor_console(void);

/* A permission as tables and `junheng token create --may` name it. */
struct permission_info { unsigned bit; const char *word, *zh, *en, *does; };
const struct permission_info *permission_infos(size_t *n_out);

/* How these stand in the database and in the audit: "see,export"; "township"; "web". */
struct text permission_words(unsigned permissions, struct arena *mem);
bool permissions_of_words(struct text words, unsigned *out) MUST_CHECK;   /* false: an unknown word, or none */
struct text place_word(enum place_kind kind);
bool place_of_words(struct text kind, struct text name, struct place *out) MUST_CHECK;
struct text place_shown(struct place place, struct arena *mem);          /* 全县, 柳林镇, 学校 3141… */
struct text channel_word(enum channel channel);
/* Whether all of `inner` surely lies in `outer`; a school in a township is not known here: no. */
bool place_holds(struct place outer, struct place inner);
