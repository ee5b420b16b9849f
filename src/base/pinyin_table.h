/* pinyin_table.h — the table behind pinyin.c, made by tools/pinyin.mjs; a test holds the two together. */
#pragma once
#include <stdint.h>

enum { PINYIN_FIRST = 0x4E00, PINYIN_LAST = 0x9FFF };

/* Bit k: a reading begins with letter k; bits 26 and up: the letter of the usual reading. */
extern const uint32_t PINYIN_KINDS[];
extern const uint16_t PINYIN_OF[PINYIN_LAST - PINYIN_FIRST + 1];  /* index into PINYIN_KINDS; 0: no reading */
