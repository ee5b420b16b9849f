#include "import/word_ids.h"

#include <string.h>

enum { MOST_WORDS = 1 << 22 };

/* Words of up to sixteen bytes are compared without a look at their text. */
struct slot { uint64_t first, last; uint32_t size, id; };  /* id + 1; 0: free */

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

/* The first and the last eight bytes (they may overlap): with the size all of a short word. */
static struct slot key_of(struct text word)
{
    struct slot key = { .size = (uint32_t)word.size };
    if (word.size >= 8) {
        memcpy(&key.first, word.at, 8);
        memcpy(&key.last, word.at + word.size - 8, 8);
    } else if (word.size >= 4) {
        memcpy(&key.first, word.at, 4);
        memcpy(&key.last, word.at + word.size - 4, 4);
    } else {
        for (size_t i = 0; i < word.size; i++)
            key.first = key.first << 8 | (unsigned char)word.at[i];
    }
    return key;
}

static size_t place_of(const struct word_ids *w, const struct slot *key)
{
    /* Where the dictionary lies differs from run to run: nobody can choose words that collide. */
    uint64_t hash = (key->first ^ key->size ^ (uint64_t)(uintptr_t)w << 20) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32 ^ key->last) * 0xC2B2AE3D27D4EB4Fu;
    return (size_t)(hash >> 32) & (w->n_slots - 1);
}

static void widen(struct word_ids *w)
{
    const struct slot *const old = w->slots;
    const size_t n_old = w->n_slots;
    w->n_slots = n_old ? n_old * 2 : 1024;
    w->slots = arena_array(w->mem, w->n_slots, struct slot);
    for (size_t i = 0; i < n_old; i++)
        if (old[i].id) {
            size_t at = place_of(w, &old[i]);
            while (w->slots[at].id)
                at = (at + 1) & (w->n_slots - 1);
            w->slots[at] = old[i];
        }
}

uint32_t word_id(struct word_ids *w, struct text word, bool *new_out)
{
    struct slot key = key_of(word);
    if (w->n * 2 >= w->n_slots)
        widen(w);
    size_t at = place_of(w, &key);
    for (; w->slots[at].id; at = (at + 1) & (w->n_slots - 1)) {
        const struct slot *slot = &w->slots[at];
        if (((slot->first ^ key.first) | (slot->last ^ key.last) | (slot->size ^ key.size)) == 0 &&
            (word.size <= 16 || text_equal(w->words[slot->id - 1], word))) {
            *new_out = false;
            return slot->id - 1;
        }
    }
    ARENA_ROOM(w->mem, w->words, w->n, w->capacity);
    w->words[w->n] = text_copy(w->mem, word);
    key.id = (uint32_t)w->n + 1;
    w->slots[at] = key;
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
