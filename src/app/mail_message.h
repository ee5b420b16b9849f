/* mail_message.h — a letter as bytes: plain text in UTF-8, its headers after RFC 5322 and RFC 2047.  Pure: it sends nothing, knows no
 * clock. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum { MAIL_ADDRESS_MOST = 254 };

/* wangmin@example.cn: letters, digits and .!#$%&'*+/=?^_`{|}~- before the @, a host's name of at least two parts behind it. */
bool mail_address_right(struct text address);
/* w***@example.cn, as records and other people's pages show it. */
struct text mail_address_masked(struct text address, struct arena *mem);

struct mail_from { struct text name, address; };   /* name: may be empty */
/* 「均衡 <jh@example.cn>」 or 「jh@example.cn」; false when the address is not right. */
bool mail_from_read(struct text typed, struct mail_from *out);

struct mail_message {
    struct mail_from from;
    struct text to;            /* one address */
    struct text subject, body; /* one line; lines that end with \n */
    struct text id;            /* of the letter, letters and digits: the same when it is sent again */
    int64_t at;                /* seconds since 1970 */
};
/* Lines end with CR LF, none is longer than 78 characters; whatever stands in subject and names, no header can be added by it.
 *   Given  addresses that mail_address_right took */
struct text mail_message_made(const struct mail_message *message, struct arena *mem);
