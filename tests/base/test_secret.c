#include "check.h"

#include "base/secret.h"

static const char *hex_of(struct arena *mem, const unsigned char *bytes, size_t size)
{
    char *out = arena_alloc(mem, HEX_SIZE(size) + 1);
    secret_hex(bytes, size, out);
    return out;
}

/* FIPS 180-4, example "abc"; RFC 4231, test case 2. */
TEST(secret, agrees_with_published_digests)
{
    struct arena *mem = arena_new("test");
    unsigned char out[32];
    secret_sha256(TEXT("abc"), out);
    CHECK_TEXT(text_of(hex_of(mem, out, 32)), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    secret_mac("Jefe", 4, TEXT("what do ya want for nothing?"), out);
    CHECK_TEXT(text_of(hex_of(mem, out, 32)), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    arena_free(&mem);
}

TEST(secret, digests_parts_so_that_their_borders_count)
{
    unsigned char a[32], b[32], c[32];
    struct digest digest;
    digest_start(&digest);
    digest_part(&digest, TEXT("ab"));
    digest_part(&digest, TEXT("c"));
    digest_end(&digest, a);
    digest_start(&digest);
    digest_part(&digest, TEXT("a"));
    digest_part(&digest, TEXT("bc"));
    digest_end(&digest, b);
    digest_start(&digest);
    digest_part(&digest, TEXT("ab"));
    digest_part(&digest, TEXT("c"));
    digest_number(&digest, 0);
    digest_end(&digest, c);
    CHECK(memcmp(a, b, 32) != 0);
    CHECK(memcmp(a, c, 32) != 0);
    /* By hand: sizes are eight bytes, the lowest first. */
    secret_sha256((struct text){ "\2\0\0\0\0\0\0\0ab\1\0\0\0\0\0\0\0c", 19 }, b);
    CHECK(memcmp(a, b, 32) == 0);
}

/* RFC 4648 §10, without padding. */
TEST(secret, writes_and_reads_hex_and_base64url)
{
    char out[64];
    unsigned char back[32];
    secret_base64url("foobar", 6, out);
    CHECK_TEXT(text_of(out), "Zm9vYmFy");
    secret_base64url("fooba", 5, out);
    CHECK_TEXT(text_of(out), "Zm9vYmE");
    CHECK_INT(strlen(out), BASE64URL_SIZE(5));
    secret_base64url("\xfb\xff", 2, out);
    CHECK_TEXT(text_of(out), "-_8");
    CHECK(secret_from_base64url(TEXT("Zm9vYmE"), back, 5));
    CHECK(memcmp(back, "fooba", 5) == 0);
    CHECK(!secret_from_base64url(TEXT("Zm9vYmE="), back, 5));
    CHECK(!secret_from_base64url(TEXT("Zm9v mE"), back, 5));
    CHECK(!secret_from_base64url(TEXT("Zm9vYmF"), back, 5)); /* bits that no encoder leaves */
    CHECK(secret_from_hex(TEXT("00ff"), back, 2));
    CHECK(back[0] == 0 && back[1] == 0xff);
    CHECK(!secret_from_hex(TEXT("00f"), back, 2));
    CHECK(!secret_from_hex(TEXT("00fg"), back, 2));
    CHECK(!secret_from_hex(TEXT(""), back, 2));
}

TEST(secret, compares_by_content)
{
    CHECK(secret_equal(TEXT("same"), TEXT("same")));
    CHECK(!secret_equal(TEXT("same"), TEXT("sama")));
    CHECK(!secret_equal(TEXT("same"), TEXT("sam")));
    CHECK(secret_equal(TEXT(""), (struct text){ NULL, 0 }));
}

TEST(secret, is_random_and_even)
{
    unsigned char a[32], b[32];
    unsigned seen[5] = { 0 };
    secret_random(a, 32);
    secret_random(b, 32);
    CHECK(memcmp(a, b, 32) != 0);
    for (int i = 0; i < 5000; i++)
        seen[secret_random_below(5)]++;
    for (int i = 0; i < 5; i++)
        CHECK_NEAR(seen[i], 1000.0, 250.0); /* nine standard deviations */
    secret_forget(a, 32);
    for (int i = 0; i < 32; i++)
        CHECK_INT(a[i], 0);
}
