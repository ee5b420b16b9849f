/* secret.h — random bytes, digests, and comparing without telling how far it got.  libsodium behind it. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum { SHA256_SIZE = 32, MAC_SIZE = 32 };
/* Characters that `size` bytes make as base64url without padding; as hexadecimal. */
#define BASE64URL_SIZE(size) (((size) * 4 + 2) / 3)
#define HEX_SIZE(size) ((size) * 2)

/* From the kernel's generator; ends the process if there is none. */
void secret_random(void *out, size_t size);
/* Even among 0 … below − 1. */
uint32_t secret_random_below(uint32_t below);
/* Overwrites in a way that the compiler does not leave out. */
void secret_forget(void *bytes, size_t size);
/* Takes equally long wherever they differ; of different sizes they differ. */
bool secret_equal(struct text a, struct text b);

void secret_sha256(struct text message, unsigned char out[SHA256_SIZE]);
/* HMAC-SHA-256 (RFC 2104). */
void secret_mac(const void *key, size_t key_size, struct text message, unsigned char out[MAC_SIZE]);

/* A digest of a message that comes in parts, each with its size before it, so that no two lists of parts give
 * the same bytes. */
struct digest { _Alignas(16) unsigned char state[128]; };
void digest_start(struct digest *digest);
void digest_part(struct digest *digest, struct text part);
void digest_number(struct digest *digest, int64_t number);   /* as eight bytes, the lowest first; also a part */
void digest_end(struct digest *digest, unsigned char out[SHA256_SIZE]);

/* Each writes a zero behind: out holds HEX_SIZE(size) + 1, BASE64URL_SIZE(size) + 1. */
void secret_hex(const void *bytes, size_t size, char *out);
void secret_base64url(const void *bytes, size_t size, char *out);
/* Exactly `size` bytes, or false. */
bool secret_from_hex(struct text hex, void *out, size_t size);
bool secret_from_base64url(struct text text, void *out, size_t size);

/* Encrypts under a key (XSalsa20-Poly1305, a random nonce before it), as base64url in mem; and back: false where the key is
 * another, or a byte was changed. */
struct arena;
struct text secret_seal(const unsigned char key[32], struct text message, struct arena *mem);
bool secret_unseal(const unsigned char key[32], struct text sealed, struct arena *mem, struct text *out);
