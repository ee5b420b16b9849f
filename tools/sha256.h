/* sha256.h — FIPS 180-4, for the checksums of migrations. */
#pragma once
#include <stddef.h>

/* The digest of bytes[size] as 64 hexadecimal digits and a zero. */
void sha256_hex(const void *bytes, size_t size, char hex[65]);
