/* bed.h — a server over a house in a folder of its own, and a client that sends what it is told to. */
#pragma once
#include "check.h"

#include "app/access.h"
#include "web/serve.h"

struct bed {
    struct arena *mem;
    const char *folder;
    struct house *house;
    struct web_server *server;
    int port;
};

/* A county of no schools, nobody to sign in.  Any metrics_port but 0 means any that is free. */
struct bed bed_start(struct web_options options);
void bed_end(struct bed *bed);
/* Schools 2101 and 2102 in 柳林镇, 2201 in 河口镇 in 2025; 2101, 2201 and 2301 (柳林镇) in 2024: so 2301 is closed, 2102 new. */
void bed_schools(struct bed *bed);
/* An account with a password of its owner's; returns "Cookie: jh=…\r\n", signed in. */
const char *bed_person(struct bed *bed, const char *name, enum role role, enum place_kind kind, const char *place);
/* An account whose password (returned) was given by somebody else. */
const char *bed_account(struct bed *bed, const char *name, enum role role, enum place_kind kind, const char *place);
extern const char BED_PASSWORD[];
/* form_token=…& of a page of theirs. */
const char *bed_form_token(struct bed *bed, const char *cookie);

struct answer {
    int status;              /* 0: the connection ended without one */
    struct text head, body;  /* head: the status line and all headers; body: inflated where it was gzip */
    bool closed;             /* the server ended the connection */
};
/* Sends bytes as they are on a connection of its own and reads one answer (a HEAD's has no body). */
struct answer bed_send(struct bed *bed, struct text bytes);
/* GET with these headers ("Cookie: x\r\n") besides Host. */
struct answer bed_get(struct bed *bed, const char *path, const char *headers);
/* POST of a form from a page of ours. */
struct answer bed_post(struct bed *bed, const char *path, const char *headers, const char *form);
/* The value of a header; empty when it is not there. */
struct text answer_header(const struct answer *answer, const char *name);
/* The value of a cookie that is set, without its attributes; empty when it is not. */
struct text answer_cookie(const struct answer *answer, const char *name);
/* The value="…" of the field in the page. */
struct text answer_field(const struct answer *answer, const char *name);

/* The descriptor of a connection of its own. */
int bed_connect(struct bed *bed);
struct answer bed_read(struct bed *bed, int fd, bool head_only);
