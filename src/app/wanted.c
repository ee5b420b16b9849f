#include "app/wanted.h"

#include "standard/expression.h"

static void want(bool *wanted, const struct expression *e)
{
    if (!e)
        return;
    size_t n;
    const uint16_t *items = expression_items(e, &n);
    for (size_t i = 0; i < n; i++)
        wanted[items[i]] = true;
}

static void want_item(bool *wanted, uint16_t item)
{
    if (item != NO_ITEM)
        wanted[item] = true;
}

static void want_rules(bool *wanted, const struct edition *e)
{
    for (size_t i = 0; i < e->n_rules; i++) {
        const struct rule *r = &e->rules[i];
        want(wanted, r->where);
        want(wanted, r->value);
        want(wanted, r->also);
        want(wanted, r->not_applicable);
        want_item(wanted, r->judged);
    }
    for (size_t i = 0; i < e->n_relaxations; i++)
        want(wanted, e->relaxations[i].formula);
    for (size_t i = 0; i < e->n_derivations; i++) {
        want(wanted, e->derivations[i].when);
        want(wanted, e->derivations[i].formula);
        want_item(wanted, e->derivations[i].item);
    }
    for (size_t i = 0; i < e->n_checks; i++) {
        want(wanted, e->checks[i].where);
        want(wanted, e->checks[i].holds);
        want_item(wanted, e->checks[i].item);
    }
}

const bool *wanted_items(const struct app_assess_request *request, struct arena *mem)
{
    const struct edition *e = request->edition;
    const struct item_list *items = &e->items;
    bool *wanted = arena_array(mem, items->n, bool);
    for (size_t i = 0; i < items->n; i++)
        wanted[i] = items->at[i].level == ITEM_KEY;
    const uint16_t named[] = { items->county_code, items->county_name, items->year,        items->school_code,
                               items->school_name, items->school_type, items->host_school_code, request->by };
    for (size_t i = 0; i < COUNT(named); i++)
        want_item(wanted, named[i]);
    for (size_t i = 0; i < N_STAGES; i++)
        want_item(wanted, e->pupils[i]);
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t i = 0; i < e->stages[s].n_levels; i++)
            want(wanted, e->stages[s].levels[i].amount);
    want_rules(wanted, e);
    for (size_t i = 0; i < request->n_wishes; i++)
        want_item(wanted, request->wishes[i].item);
    return wanted;
}
