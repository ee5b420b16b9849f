/* view_access.h — accounts, sessions, the audit, tokens, invitations: the pages of the three administrators and of who comes in. */
#pragma once
#include "web/view_frame.h"

#include <stddef.h>
#include <stdint.h>

struct choice { struct text id, name; bool chosen; };
struct choices { struct choice *list; size_t n; };

struct account_line { struct text name, shown, role, place, more, until, state; bool over; };
struct view_accounts {
    const struct view_frame *frame;
    struct text sentence, q, fault, hint;
    struct account_line *lines;
    size_t n;
    struct choices roles, kinds;
    struct text name, shown, place, until;      /* typed before */
};

struct grant_line { struct text id, role, place, until, by; bool first, over; };
struct view_account_one {
    const struct view_frame *frame;
    struct text name, shown, made, state, password, locked, fault, hint, said;
    struct text path;                           /* /accounts/… encoded */
    bool disabled, console_only, own, totp, locked_now;
    int64_t failures;                           /* to sign in, in the last quarter of an hour */
    struct grant_line *grants;
    size_t n_grants;
    struct choices roles, kinds;
};

struct link_line { struct text name, shown, role, link, until; };
struct view_links {                             /* told once */
    const struct view_frame *frame;
    struct text sentence;
    struct link_line *lines;
    size_t n;
    struct text all;                            /* the same, a line each, parted by tabs: for the workbook */
    struct text back;
};

struct import_fault { struct text sheet, cell, what, hint; };
struct view_accounts_import {
    const struct view_frame *frame;
    struct import_fault *faults;
    size_t n;
    struct text file, fault, hint;
};

struct session_line { int64_t id; struct text name, shown, role, since, seen, address; bool own; };
struct view_sessions { const struct view_frame *frame; struct text sentence; bool ended; struct session_line *lines; size_t n; };

struct audit_row { struct text seq, at, who, role, verb, object, detail, address; };
struct view_audit {
    const struct view_frame *frame;
    struct text sentence, anchor, checked, who, older, fault;
    bool whole;
    struct audit_row *rows;
    size_t n;
    struct choices verbs;
};

struct token_line { int64_t id; struct text name, owner, role, may, place, made, until, used; bool over; };
struct view_tokens {
    const struct view_frame *frame;
    struct text sentence, made, fault, hint;
    struct token_line *lines;
    size_t n;
    struct choices may, roles;                  /* roles: one's own in which a token can be */
};

struct view_invitation {
    const struct view_frame *frame;
    struct text shown, name, role, place, until, path, fault, hint;
    bool open;
};

struct view_second { const struct view_frame *frame; struct text ticket, next, fault, hint; };
