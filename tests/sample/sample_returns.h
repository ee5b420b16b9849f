/* sample_returns.h — the made-up county straight as returns, past all files: to hold its figures to
 * the edition's own checks. */
#pragma once
#include "check.h"
#include "model/returns.h"
#include "sample/county.h"

static inline double ordinal_of(const struct item *item, struct text word)
{
    for (size_t v = 0; v < item->n_values; v++) {
        if (text_equal(item->values[v].zh, word) || text_equal(item->values[v].code, word))
            return (double)(v + 1);
        for (size_t k = 0; k < item->values[v].n_names; k++)
            if (text_equal(item->values[v].names[k], word))
                return (double)(v + 1);
    }
    return BLANK;
}

static inline struct returns *returns_of_sample(struct arena *mem, const struct sample_county *county,
                                                const struct item_list *items)
{
    struct returns *returns = returns_new(items, mem);
    const uint32_t source = returns_source(returns, TEXT("样例"), TEXT(""));
    for (int back = 0; back < county->years; back++) {
        const uint32_t index = returns_county(returns, TEXT(SAMPLE_COUNTY_CODE), county->last_year - back);
        for (size_t i = 0; i < county->n; i++) {
            const struct sample_school *school = &county->schools[i];
            const size_t row = returns_add(returns, index, (struct origin){ source, (uint32_t)i + 2 });
            for (int c = 0; c < N_COLUMNS; c++) {
                const uint16_t at = item_find(items, text_of(COLUMN_NAMES[c].code));
                CHECK(at != NO_ITEM);
                const struct item *item = &items->at[at];
                if (c >= N_TEXTS)
                    returns_put_number(returns, row, at, school->figure[back][c]);
                else if (item->type == ITEM_TEXT && school->text[c].size)
                    returns_put_text(returns, row, at, school->text[c]);
                else if (item->type == ITEM_ENUM)
                    returns_put_number(returns, row, at, ordinal_of(item, school->text[c]));
                else if (item->type == ITEM_BOOLEAN)
                    returns_put_number(returns, row, at, text_equal(school->text[c], TEXT("是")) ? 1.0 : 0.0);
            }
        }
    }
    returns_arrange(returns);
    return returns;
}
