#include "standard/evidence_load.h"

#include "standard/edition_table.h"

enum { ID, INDICATOR, WHO, BY, BY_EN, ZH, EN, GOOD, GOOD_EN, N_COLUMNS };
static const char *const COLUMNS[N_COLUMNS] = { "id", "indicator", "who", "by", "by_en", "zh", "en", "good", "good_en" };
static const char *const WHO_WORDS[N_EVIDENCE_WHO] = { "county", "department", "township", "school" };

/* One of the 32, or the plain id of a precondition or a veto. */
static bool known_indicator(const struct edition *edition, struct text id)
{
    for (size_t i = 0; i < edition->n_indicators; i++)
        if (text_equal(edition->indicators[i].id, id))
            return true;
    for (size_t i = 0; i < edition->n_rules; i++)
        if (text_equal(edition->rules[i].plain, id))
            return true;
    return false;
}

static bool load_row(const struct edition *edition, const struct edition_table *t, size_t row, struct evidence_asked *out)
{
    int who;
    if (!table_new_code(t, row, ID, &out->id) || !table_text(t, row, INDICATOR, &out->indicator) ||
        !table_word(t, row, WHO, WHO_WORDS, N_EVIDENCE_WHO, &who) || !table_text(t, row, BY, &out->by) || !table_text(t, row, BY_EN, &out->by_en) ||
        !table_text(t, row, ZH, &out->zh) || !table_text(t, row, EN, &out->en) || !table_text(t, row, GOOD, &out->good) ||
        !table_text(t, row, GOOD_EN, &out->good_en))
        return false;
    out->who = (enum evidence_who)who;
    return known_indicator(edition, out->indicator) || table_fault(t, row, INDICATOR, " indicators.csv 或 rules.csv 中的编号");
}

bool evidence_load(struct arena *mem, const struct edition *edition, struct text folder, const struct edition_file *files, size_t n,
                   struct evidence_list *out, struct err *err)
{
    struct edition_table table = { 0 };
    *out = (struct evidence_list){ 0 };
    for (size_t i = 0; i < n; i++) {
        if (!text_equal(files[i].name, TEXT("evidence.csv")))
            continue;
        if (!edition_table_read(mem, folder, files[i].name, files[i].bytes, COLUMNS, N_COLUMNS, &table, err))
            return false;
        out->at = arena_array(mem, table.n + 1, struct evidence_asked);
        for (; out->n < table.n; out->n++)
            if (!load_row(edition, &table, out->n, &out->at[out->n]))
                return false;
    }
    return true;
}
