#include "indicator/county.h"

#include "indicator/verdict.h"

enum state county_verdict(const struct county_assessment *county)
{
    enum state verdict = STATE_NOT_APPLICABLE;
    if (!county->n_stages)
        return STATE_NO_DATA;
    for (size_t s = 0; s < county->n_stages; s++)
        verdict = verdict_and(verdict, county->stages[s].verdict);
    for (size_t k = 0; k < county->n_rules; k++)
        if (county->rules[k].rule->kind != RULE_SHOWN)
            verdict = verdict_and(verdict, county->rules[k].state);
    return verdict;
}
