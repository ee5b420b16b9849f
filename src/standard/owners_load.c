#include "standard/owners_load.h"

#include "standard/edition_table.h"

enum { SUBJECT, STAGE, OWNER, HELPERS, BASIS, N_COLUMNS };
static const char *const COLUMNS[N_COLUMNS] = { "subject", "stage", "owner", "helpers", "basis" };

static bool letters_and_digits(struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.at[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return text.size > 0;
}

bool owner_word_sound(struct text word)
{
    struct text rest = word, kind = TEXT("");
    size_t at;
    if (!text_find(word, TEXT(":"), &at))
        return text_equal(word, TEXT("school")) || text_equal(word, TEXT("township")) || text_equal(word, TEXT("county")) ||
               letters_and_digits(word);
    (void)text_split(&rest, ':', &kind);
    return rest.size > 0 && !text_find(rest, TEXT(" "), &at) && (text_equal(kind, TEXT("school")) || text_equal(kind, TEXT("township")));
}

static bool helpers_sound(struct text helpers)
{
    struct text word;
    while (text_split(&helpers, ' ', &word))
        if (word.size && !owner_word_sound(word))
            return false;
    return true;
}

static bool row_is_new(const struct edition_table *t, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (text_equal(table_cell(t, i, SUBJECT), table_cell(t, row, SUBJECT)) && text_equal(table_cell(t, i, STAGE), table_cell(t, row, STAGE)))
            return false;
    return true;
}

static bool load_row(const struct edition_table *t, size_t row, struct owner_rule *out)
{
    if (!table_text(t, row, SUBJECT, &out->subject) || !table_text(t, row, OWNER, &out->owner) || !table_text(t, row, BASIS, &out->basis))
        return false;
    out->stage = table_cell(t, row, STAGE);
    out->helpers = table_cell(t, row, HELPERS);
    if (out->stage.size && !text_equal(out->stage, TEXT("primary")) && !text_equal(out->stage, TEXT("junior")))
        return table_fault(t, row, STAGE, " primary、junior 或空白");
    if (!owner_word_sound(out->owner))
        return table_fault(t, row, OWNER, "部门编号（如 D11），或 school、township、county");
    if (!helpers_sound(out->helpers))
        return table_fault(t, row, HELPERS, "以空格分隔的部门编号，或 school、township、county");
    return row_is_new(t, row) || table_fault(t, row, SUBJECT, "没有出现过的事项（同一学段）");
}

bool owners_load(struct arena *mem, struct text folder, const struct edition_file *files, size_t n, struct owner_rule **out, size_t *n_out,
                 struct err *err)
{
    struct edition_table table = { 0 };
    bool rest = false;
    *out = NULL;
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!text_equal(files[i].name, TEXT("owners.csv")))
            continue;
        if (!edition_table_read(mem, folder, files[i].name, files[i].bytes, COLUMNS, N_COLUMNS, &table, err))
            return false;
        *out = arena_array(mem, table.n + 1, struct owner_rule);
        for (; *n_out < table.n; ++*n_out) {
            if (!load_row(&table, *n_out, &(*out)[*n_out]))
                return false;
            rest |= text_equal((*out)[*n_out].subject, TEXT("other"));
        }
        if (!rest) {
            err_set(err, ERR_INPUT, "%.*s 里没有 other 一行：别的行都没写到的事，没有人负责。", TEXT_ARG(files[i].name));
            return err_hint(err, "请加一行，subject 写 other，owner 写部门编号。");
        }
    }
    return true;
}
