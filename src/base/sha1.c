#include "base/sha1.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, MESSAGE_MOST = 64 };

static uint32_t turn(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

static void add_block(uint32_t h[5], const unsigned char block[BLOCK])
{
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[i * 4] << 24 | (uint32_t)block[i * 4 + 1] << 16 | (uint32_t)block[i * 4 + 2] << 8 | block[i * 4 + 3];
    for (size_t i = 16; i < 80; i++)
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (size_t i = 0; i < 80; i++) {
        const uint32_t f = i < 20 ? (b & c) | (~b & d) : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
        const uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
        const uint32_t next = turn(a, 5) + f + e + k + w[i];
        e = d, d = c, c = turn(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

/* FIPS 180-4 of a message of at most three blocks with its padding. */
static void sha1(const unsigned char *message, size_t size, unsigned char out[SHA1_SIZE])
{
    unsigned char padded[3 * BLOCK] = { 0 };
    uint32_t h[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
    const size_t blocks = (size + 9 + BLOCK - 1) / BLOCK;
    assert(size + 9 <= sizeof padded);
    memcpy(padded, message, size);
    padded[size] = 0x80;
    for (size_t i = 0; i < 8; i++)
        padded[blocks * BLOCK - 1 - i] = (unsigned char)((uint64_t)size * 8 >> i * 8);
    for (size_t b = 0; b < blocks; b++)
        add_block(h, padded + b * BLOCK);
    for (size_t i = 0; i < SHA1_SIZE; i++)
        out[i] = (unsigned char)(h[i / 4] >> (24 - i % 4 * 8));
}

void sha1_mac(const void *key, size_t key_size, struct text message, unsigned char out[SHA1_SIZE])
{
    unsigned char inner[BLOCK + MESSAGE_MOST] = { 0 }, outer[BLOCK + SHA1_SIZE] = { 0 };
    assert(key_size <= BLOCK && message.size <= MESSAGE_MOST);
    memcpy(inner, key, key_size);
    memcpy(outer, key, key_size);
    for (size_t i = 0; i < BLOCK; i++) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5c;
    }
    memcpy(inner + BLOCK, message.at, message.size);
    sha1(inner, BLOCK + message.size, outer + BLOCK);
    sha1(outer, sizeof outer, out);
}
