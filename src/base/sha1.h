/* sha1.h — HMAC-SHA-1, for the codes of RFC 6238 alone, which authenticator programs know in no other way.
 * Nothing else may rest on it. */
#pragma once
#include "base/text.h"

enum { SHA1_SIZE = 20 };
/* HMAC (RFC 2104) of a message of at most 64 bytes.   Given  key, key_size <= 64 */
void sha1_mac(const void *key, size_t key_size, struct text message, unsigned char out[SHA1_SIZE]);
