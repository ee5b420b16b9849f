#include "indicator/host.h"

/* It names a host and is not a teaching point, which only names who manages it. */
static bool claims(const struct method *m, const struct text *host, const double *type, size_t i)
{
    if (!host[i].size)
        return false;
    const double ordinal = type ? type[i] : BLANK;
    return !(ordinal >= 1 && ordinal < (double)m->n_kinds && m->kinds[(size_t)ordinal].point);
}

/* The first row of a county with this code, or `end`; rows stand by code. */
static size_t find_school(const struct text *code, size_t from, size_t end, struct text wanted)
{
    size_t low = from, high = end;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text_compare(code[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && text_equal(code[low], wanted) ? low : end;
}

bool host_find_all(const struct method *m, size_t first, size_t n, uint32_t *root)
{
    const struct item_list *const items = &m->edition->items;
    const struct returns *const r = m->returns;
    for (size_t i = 0; i < n; i++)
        root[i] = (uint32_t)i;
    if (items->host_school_code == NO_ITEM || items->school_code == NO_ITEM || !r->text[items->host_school_code] ||
        !r->text[items->school_code])
        return false;
    const struct text *const host = r->text[items->host_school_code] + first;
    const struct text *const code = r->text[items->school_code] + first;
    const double *const types = items->school_type == NO_ITEM ? NULL : r->number[items->school_type];
    const double *const type = types ? types + first : NULL;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (!claims(m, host, type, i))
            continue;
        const struct county_year *const county = &r->counties[r->county[first + i]];
        const size_t end = county->first - first + county->n;
        size_t found = find_school(code, county->first - first, end, host[i]);
        while (found < end && text_equal(code[found], host[i]) && claims(m, host, type, found))
            found++;
        if (found >= end || !text_equal(code[found], host[i]))
            continue;
        root[i] = (uint32_t)found;
        any = true;
    }
    return any;
}
