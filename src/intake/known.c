#include "intake/known.h"

#include <string.h>

struct known known_new(struct returns *returns, struct arena *mem)
{
    return (struct known){ .returns = returns, .mem = mem };
}

static size_t mixed(unsigned long hash)
{
    return (size_t)((hash ^ hash >> 29) * 0x9E3779B97F4A7C15u >> 7);
}

/* ---- counties ---- */

static size_t county_place(const struct known *k, struct text code, int year)
{
    size_t at = mixed(text_hash(code) * 131 + (unsigned long)year) % k->n_county_slots;
    while (k->county_slots[at]) {
        const struct county_year *county = &k->returns->counties[k->county_slots[at] - 1];
        if (county->year == year && text_equal(county->code, code))
            break;
        at = (at + 1) % k->n_county_slots;
    }
    return at;
}

static void index_counties(struct known *k)
{
    k->n_county_slots = k->n_county_slots ? k->n_county_slots * 2 : 512;
    k->county_slots = arena_array(k->mem, k->n_county_slots, uint32_t);
    for (size_t i = 0; i < k->returns->n_counties; i++)
        k->county_slots[county_place(k, k->returns->counties[i].code, k->returns->counties[i].year)] = (uint32_t)i + 1;
}

uint32_t known_county(struct known *k, struct text code, int year)
{
    if (k->returns->n_counties * 2 >= k->n_county_slots)
        index_counties(k);
    const size_t at = county_place(k, code, year);
    if (!k->county_slots[at])
        k->county_slots[at] = returns_add_county(k->returns, code, year) + 1;
    const uint32_t county = k->county_slots[at] - 1;
    if (county >= k->n_last) {
        const size_t more = k->n_last ? k->n_last * 2 : 64;
        const size_t capacity = more > county ? more : (size_t)county + 64;
        k->last = arena_grow(k->mem, k->last, k->n_last * sizeof *k->last, capacity * sizeof *k->last);
        k->n_last = capacity;
    }
    return county;
}

/* ---- schools ---- */

static size_t school_place(const struct known *k, uint32_t county, struct text code)
{
    const struct returns *r = k->returns;
    size_t at = mixed(text_hash(code) * 131 + county) % k->n_school_slots;
    while (k->school_slots[at]) {
        const uint32_t row = k->school_slots[at] - 1;
        if (r->county[row] == county && text_equal(r->text[r->items->school_code][row], code))
            break;
        at = (at + 1) % k->n_school_slots;
    }
    return at;
}

static void widen_schools(struct known *k)
{
    k->n_school_slots = k->n_school_slots ? k->n_school_slots * 2 : 1024;
    while (k->n_school_slots < k->returns->n * 2)
        k->n_school_slots *= 2;
    k->school_slots = arena_array(k->mem, k->n_school_slots, uint32_t);
    const struct text *const codes = k->returns->n ? k->returns->text[k->returns->items->school_code] : NULL;
    for (size_t row = 0; row < k->returns->n; row++)
        k->school_slots[school_place(k, k->returns->county[row], codes[row])] = (uint32_t)row + 1;
}

void known_index_schools(struct known *k)
{
    if (k->schools)
        return;
    k->schools = true;
    widen_schools(k);
}

uint32_t known_school(struct known *k, uint32_t county, struct text code)
{
    if (!k->schools) {
        /* Codes that only rise within a county cannot come twice. */
        if (!k->last[county].size || text_compare(code, k->last[county]) > 0)
            return NO_ROW;
        known_index_schools(k);
    }
    const uint32_t found = k->school_slots[school_place(k, county, code)];
    return found ? found - 1 : NO_ROW;
}

void known_add(struct known *k, uint32_t row)
{
    const struct returns *r = k->returns;
    const struct text code = r->text[r->items->school_code][row];
    k->last[r->county[row]] = code;
    if (!k->schools)
        return;
    if (r->n * 2 >= k->n_school_slots)
        widen_schools(k); /* this row too */
    else
        k->school_slots[school_place(k, r->county[row], code)] = row + 1;
}
