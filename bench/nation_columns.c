#include "nation_columns.h"
#include "base/file.h"

enum { MOST_COLUMNS = 64 };

struct reader {
    const struct item_list *items;
    struct returns *returns;
    uint16_t item[MOST_COLUMNS];
    size_t n;                      /* columns */
    struct text key;               /* county and year of the row before: "410122,2025," */
    uint32_t county;
};

/* The header names items by code. */
static bool read_header(struct reader *reader, struct text line, struct err *err)
{
    struct text field;
    while (text_split(&line, ',', &field)) {
        if (reader->n == MOST_COLUMNS || (reader->item[reader->n++] = item_find(reader->items, field)) == NO_ITEM)
            return err_set(err, ERR_INPUT, "nation.csv：“%.*s”不是指标项。", TEXT_ARG(field));
    }
    return true;
}

static bool read_row(struct reader *reader, struct text line, uint32_t number, size_t counties)
{
    struct returns *returns = reader->returns;
    const struct text whole = line;
    struct text field, code, year;
    double x;
    text_split(&line, ',', &code);
    text_split(&line, ',', &year);
    const struct text key = { whole.at, code.size + year.size + 2 };
    if (!reader->key.size || !text_equal(key, reader->key)) {
        if (counties && returns->n_counties == counties)
            return false;
        reader->county = returns_county(returns, code, number_parse(year, &x) ? (int)x : 0);
        reader->key = key;
    }
    const size_t row = returns_add(returns, reader->county, (struct origin){ 0, number });
    for (size_t i = 2; i < reader->n && text_split(&line, ',', &field); i++) {
        const struct item *item = &reader->items->at[reader->item[i]];
        if (item->type == ITEM_TEXT)
            returns_put_text(returns, row, reader->item[i], field);
        else if (item->type == ITEM_ENUM)
            returns_put_number(returns, row, reader->item[i], item_value(item, field));
        else if (field.size && number_parse(field, &x))
            returns_put_number(returns, row, reader->item[i], x);
    }
    return true;
}

bool nation_columns(struct arena *mem, const char *path, const struct item_list *items, size_t counties,
                    struct returns **out, struct err *err)
{
    struct text rest, line;
    if (!file_read(mem, path, (size_t)1 << 32, &rest, err))
        return false;
    struct reader reader = { .items = items, .returns = returns_new(items, mem) };
    returns_source(reader.returns, text_of(path), TEXT(""));
    if (!text_split(&rest, '\n', &line) || !read_header(&reader, line, err))
        return false;
    for (uint32_t number = 2; text_split(&rest, '\n', &line) && line.size; number++)
        if (!read_row(&reader, line, number, counties))
            break;
    returns_arrange(reader.returns);
    *out = reader.returns;
    return true;
}
