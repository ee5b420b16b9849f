/* calendar.h — the days of one's tasks for a calendar program: as a file, or by a link that it fetches by itself (RFC 5545).
 *
 * A link is for one person in one role at one place; whoever has it sees titles and days of his tasks and nothing else.  It ends when he
 * ends it, makes another, or loses the account or the role. */
#pragma once
#include "app/access.h"
#include "app/task.h"

/* The open tasks of the actor (his unit answers for them or helps) with a day from 30 days ago on, as a calendar.
 *   Given   here  "https://jh.example.cn": before the tasks' paths */
bool app_calendar(struct house *house, const struct actor *actor, struct text here, int64_t now, struct arena *mem, struct text *ics_out, struct err *err) MUST_CHECK;

/* How many links of the actor stand (0 or 1), made when. */
bool app_calendar_links(struct house *house, const struct actor *actor, int64_t *n_out, int64_t *made_out, struct err *err) MUST_CHECK;
/* A new one in the place of what there is; the token goes to token_out and nowhere else.  Inside the writer. */
bool app_calendar_link(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct arena *mem,
                       char token_out[TOKEN_SIZE + 1], struct err *err) MUST_CHECK;
bool app_calendar_link_end(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct err *err) MUST_CHECK;
/* Whom a link is for.   Errors  ERR_ABSENT: none, ended, the account or the role is over: the same words for all */
bool app_calendar_actor(struct house *house, struct text token, int64_t now, struct arena *mem, struct actor *out, struct err *err) MUST_CHECK;

/* One event of a whole day as lines of RFC 5545, folded at 75 bytes, never within a character. */
struct calendar_event { struct text uid, summary, description, url, day /* "2026-11-25" */, status; int64_t stamp; int64_t sequence; };
void calendar_begin(struct buf *out, struct text name);
void calendar_event(struct buf *out, const struct calendar_event *event);
void calendar_end(struct buf *out);
