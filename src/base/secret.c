#include "base/secret.h"

#include "base/arena.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert(SHA256_SIZE == crypto_hash_sha256_BYTES && MAC_SIZE == crypto_auth_hmacsha256_BYTES, "sizes of libsodium");
_Static_assert(sizeof(struct digest) >= sizeof(crypto_hash_sha256_state), "a digest has room for libsodium's state");

/* Before main, while there is one thread; libsodium looks at the processor and opens the kernel's generator. */
__attribute__((constructor)) static void start(void)
{
    if (sodium_init() < 0) {
        fputs("junheng: 系统的随机数不可用，无法继续。\n", stderr);
        exit(4);
    }
}

static const unsigned char *bytes_of(struct text text)
{
    return (const unsigned char *)(text.size ? text.at : "");
}

void secret_random(void *out, size_t size)
{
    randombytes_buf(out, size);
}

uint32_t secret_random_below(uint32_t below)
{
    return randombytes_uniform(below);
}

void secret_forget(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}

bool secret_equal(struct text a, struct text b)
{
    return a.size == b.size && sodium_memcmp(bytes_of(a), bytes_of(b), a.size) == 0;
}

void secret_sha256(struct text message, unsigned char out[SHA256_SIZE])
{
    crypto_hash_sha256(out, bytes_of(message), message.size);
}

void secret_mac(const void *key, size_t key_size, struct text message, unsigned char out[MAC_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_size);
    crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

static crypto_hash_sha256_state *state_of(struct digest *digest)
{
    return (crypto_hash_sha256_state *)(void *)digest->state;
}

void digest_start(struct digest *digest)
{
    crypto_hash_sha256_init(state_of(digest));
}

static void add_size(struct digest *digest, uint64_t size)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(size >> (8 * i) & 0xff);
    crypto_hash_sha256_update(state_of(digest), bytes, sizeof bytes);
}

void digest_part(struct digest *digest, struct text part)
{
    add_size(digest, part.size);
    crypto_hash_sha256_update(state_of(digest), bytes_of(part), part.size);
}

void digest_number(struct digest *digest, int64_t number)
{
    add_size(digest, 8);
    add_size(digest, (uint64_t)number);
}

void digest_end(struct digest *digest, unsigned char out[SHA256_SIZE])
{
    crypto_hash_sha256_final(state_of(digest), out);
}

void secret_hex(const void *bytes, size_t size, char *out)
{
    sodium_bin2hex(out, HEX_SIZE(size) + 1, bytes, size);
}

void secret_base64url(const void *bytes, size_t size, char *out)
{
    sodium_bin2base64(out, BASE64URL_SIZE(size) + 1, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool secret_from_hex(struct text hex, void *out, size_t size)
{
    size_t made;
    const char *end;
    return hex.size == HEX_SIZE(size) && sodium_hex2bin(out, size, hex.at, hex.size, NULL, &made, &end) == 0 && made == size &&
           end == hex.at + hex.size;
}

bool secret_from_base64url(struct text text, void *out, size_t size)
{
    size_t made;
    const char *end;
    return text.size == BASE64URL_SIZE(size) &&
           sodium_base642bin(out, size, text.at, text.size, NULL, &made, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           made == size && end == text.at + text.size;
}

_Static_assert(crypto_secretbox_KEYBYTES == 32, "a key is 256 bits");
enum { SEAL_MORE = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES };

struct text secret_seal(const unsigned char key[32], struct text message, struct arena *mem)
{
    const size_t size = message.size + SEAL_MORE;
    unsigned char *const bytes = arena_alloc(mem, size);
    secret_random(bytes, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES, bytes_of(message), message.size, bytes, key);
    char *const out = arena_alloc(mem, BASE64URL_SIZE(size) + 1);
    secret_base64url(bytes, size, out);
    return (struct text){ out, BASE64URL_SIZE(size) };
}

bool secret_unseal(const unsigned char key[32], struct text sealed, struct arena *mem, struct text *out)
{
    const size_t size = sealed.size * 3 / 4;
    if (size < SEAL_MORE)
        return false;
    unsigned char *const bytes = arena_alloc(mem, size);
    unsigned char *const message = arena_alloc(mem, size);
    *out = (struct text){ (const char *)message, size - SEAL_MORE };
    return secret_from_base64url(sealed, bytes, size) &&
           crypto_secretbox_open_easy(message, bytes + crypto_secretbox_NONCEBYTES, size - crypto_secretbox_NONCEBYTES, bytes, key) == 0;
}
