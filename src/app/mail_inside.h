/* mail_inside.h — what the files of mail share. */
#pragma once
#include "app/mail.h"
#include "app/mail_message.h"

/* NULL: no mail. */
const struct mail_settings *house_mail(const struct house *house);
/* Whether the county uses mail. */
bool mail_allowed(struct db_session *session, struct err *err, bool *out) MUST_CHECK;
struct letter { int64_t id, account, made_at; int tries; struct text address, title, body, link, shown; };
/* The bytes of it, greeting and foot included.   Given  county: its name */
struct text mail_letter(const struct mail_settings *settings, const struct letter *letter, struct text county, int64_t now, struct arena *mem);
