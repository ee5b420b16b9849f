/* view_account.h — one's own account: password, and where one is signed in. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"

#include <stddef.h>
#include <stdint.h>

struct own_session { int64_t id; struct text since, seen, address; bool current; };

struct own_role { int64_t id; struct text role, place, until; bool current; };

struct view_account {
    const struct view_frame *frame;
    struct text name, role;
    bool must_change;               /* nothing else may be done before */
    struct text fault, hint;        /* why the change did not work; empty: none */
    bool changed, ended;            /* the password, another session: just now */
    struct own_role *roles;         /* more than one: to switch between */
    size_t n_roles;
    bool totp_on;
    struct text totp_key;           /* begun, not confirmed */
    struct svg totp_qr;
    struct text totp_fault;
    bool totp_changed;
    bool must_totp;                 /* an administrator's account: nothing else may be done before it is set up */
    bool mail_possible;             /* the system sends mail */
    struct text mail_address;       /* empty: none */
    bool mail_confirmed, mail_wanted;
    struct text mail_fault, mail_said;
    struct own_session *sessions;
    size_t n_sessions;
};
