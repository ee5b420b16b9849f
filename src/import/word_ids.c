#include "import/word_ids.h"

#include <string.h>

enum { MOST_WORDS = 1 << 22 };

struct slot { uint32_t hash, id; };  /* id + 1; 0: free */

struct word_ids {
    struct arena *mem;
    struct slot *slots;
    size_t n_slots;
    struct text *words;
    size_t n, capacity;
};

struct word_ids *word_ids_new(struct arena *mem)
{
    struct word_ids *w = arena_make(mem, struct word_ids);
    w->mem = mem;
    return w;
}

/* Eight bytes at a time: codes are short, and there are millions. */
static uint32_t hash_of(struct text word)
{
    uint64_t hash = word.size * 0x9E3779B97F4A7C15u;
    const char *at = word.at;
    size_t left = word.size;
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t eight;
        memcpy(&eight, at, sizeof eight);
        hash = (hash ^ eight) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    for (size_t i = 0; i < left; i++)
        rest = rest << 8 | (unsigned char)at[i];
    hash = (hash ^ rest) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash ^ hash >> 32);
}

static void widen(struct word_ids *w)
{
    const struct slot *const old = w->slots;
    const size_t n_old = w->n_slots;
    w->n_slots = n_old ? n_old * 2 : 1024;
    w->slots = arena_array(w->mem, w->n_slots, struct slot);
    for (size_t i = 0; i < n_old; i++)
        if (old[i].id) {
            size_t at = old[i].hash & (w->n_slots - 1);
            while (w->slots[at].id)
                at = (at + 1) & (w->n_slots - 1);
            w->slots[at] = old[i];
        }
}

uint32_t word_id(struct word_ids *w, struct text word, bool *new_out)
{
    const uint32_t hash = hash_of(word);
    if (w->n * 2 >= w->n_slots)
        widen(w);
    size_t at = hash & (w->n_slots - 1);
    for (; w->slots[at].id; at = (at + 1) & (w->n_slots - 1))
        if (w->slots[at].hash == hash && text_equal(w->words[w->slots[at].id - 1], word)) {
            *new_out = false;
            return w->slots[at].id - 1;
        }
    if (w->n == w->capacity) {
        const size_t more = w->capacity ? w->capacity * 2 : 256;
        w->words = arena_grow(w->mem, w->words, w->n * sizeof *w->words, more * sizeof *w->words);
        w->capacity = more;
    }
    w->words[w->n] = text_copy(w->mem, word);
    w->slots[at] = (struct slot){ hash, (uint32_t)w->n + 1 };
    *new_out = true;
    return (uint32_t)w->n++;
}

bool word_ids_full(const struct word_ids *w)
{
    return w->n >= MOST_WORDS;
}

size_t word_ids_count(const struct word_ids *w)
{
    return w->n;
}

struct text word_text(const struct word_ids *w, uint32_t id)
{
    return w->words[id];
}
