/* fuzz_csv.c — any bytes at all are read as CSV or refused: as returns in one go, in parts of any
 * size with the same rows, and as chosen columns.  Input: a byte that sets the size of the parts,
 * then the file. */
#include "import/csv_columns.h"
#include "import/csv_read.h"

#include "../tests/import/items_for_tests.c"

#include <stdint.h>
#include <stdlib.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

static size_t rows_of(const struct table_memory *memory)
{
    size_t n = 0;
    for (size_t i = 0; i < memory->n_tables; i++)
        n += memory->tables[i]->rows.n;
    return n;
}

/* Parts that meet must hold the rows of the whole. */
static void read_parts(struct csv_table *table, const struct item_list *items, uint64_t part_size, uint64_t size, size_t expected, struct arena *mem)
{
    uint64_t ended = csv_table_body(table);
    size_t rows = 0;
    for (uint64_t from = ended; from < size; from += part_size) {
        struct table_memory memory = { .mem = mem, .items = items };
        const struct table_sink sink = table_memory_sink(&memory);
        struct csv_part part = { .from = from, .to = from + part_size };
        struct err err;
        if (!csv_table_read(table, &part, &sink, &err) || part.begun != ended)
            return; /* torn: read in one go instead */
        must(part.ended >= part.begun && part.ended <= size);
        ended = part.ended;
        rows += rows_of(&memory);
    }
    must(ended == size || csv_table_body(table) >= size);
    must(rows == expected);
}

/* ---- chosen columns ---- */

struct choosing { struct chosen_rows rows; uint32_t row[64], word[64]; double number[64]; size_t words; };

static struct chosen_rows *room(void *context)
{
    struct choosing *c = context;
    c->rows = (struct chosen_rows){ .capacity = 64, .row = c->row };
    c->rows.word[0] = c->word;
    c->rows.number[1] = c->number;
    return &c->rows;
}

static void ship(void *context, struct chosen_rows *rows)
{
    struct choosing *c = context;
    for (size_t i = 0; i < rows->n; i++) {
        must(rows->word[0][i] < c->words);
        must(!__builtin_isinf(rows->number[1][i]));
    }
}

static void word(void *context, struct text text)
{
    (void)text;
    ((struct choosing *)context)->words++;
}

static void finding(void *context, const struct finding *found)
{
    (void)context, (void)found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *volatile kept; /* volatile: the leak checker must see it, and with it what iconv holds */
    static struct item_list *items;
    static struct csv_decoders decoders;
    static struct item_names *names;
    struct err err;
    if (!items) {
        kept = arena_new("items");
        items = items_for_tests(kept);
        names = item_names_new(kept, items);
        must(csv_decoders_open(kept, &decoders, &err));
    }
    if (!size)
        return 0;
    struct arena *mem = arena_new("fuzz");
    struct text bytes = { (const char *)data + 1, size - 1 };
    const struct csv_input input = csv_input_of(&bytes);
    const struct csv_request request = { .items = items, .file = TEXT("甲.csv"), .decoders = &decoders, .names = names };
    struct table_memory memory = { .mem = mem, .items = items };
    const struct table_sink sink = table_memory_sink(&memory);
    struct csv_table *table;
    if (csv_table_open(mem, &input, &request, &table, &err)) {
        if (csv_table_read_all(table, &sink, &err)) {
            if (csv_table_parts(table))
                read_parts(table, items, (uint64_t)data[0] * 3 + 2, bytes.size, rows_of(&memory), mem);
        } else {
            must(err.what[0] != '\0');
        }
    } else {
        must(err.what[0] != '\0');
    }

    static const struct chosen CHOSEN[] = { { TEXT("school"), false }, { TEXT("小学在校生数"), true } };
    struct choosing choosing = { .words = 0 };
    const struct chosen_sink chosen_sink = { &choosing, NULL, room, ship, word, finding, NULL };
    struct chosen_table *chosen;
    if (chosen_open(mem, &input, TEXT("甲.csv"), &decoders, CHOSEN, 2, &chosen, &err)) {
        struct csv_part part = { .from = chosen_body(chosen), .to = UINT64_MAX };
        (void)!chosen_read(chosen, &part, &chosen_sink, &err);
    }
    arena_free(&mem);
    return 0;
}
