#include "standard/edition_diff.h"

#include "standard/edition_parts.h"

struct changes {
    struct arena *mem;
    struct edition_change *at;
    size_t n, capacity;
};

static void add(struct changes *changes, struct edition_change change)
{
    ARENA_ROOM(changes->mem, changes->at, changes->n, changes->capacity);
    changes->at[changes->n++] = change;
}

/* A level is known by its id and its stage together. */
static size_t key_columns(enum table_name table)
{
    return table == TABLE_LEVELS ? 2 : 1;
}

static bool same_key(const struct edition_table *a, size_t row_a, const struct edition_table *b, size_t row_b,
                     size_t keys)
{
    for (size_t k = 0; k < keys; k++)
        if (!text_equal(table_cell(a, row_a, k), table_cell(b, row_b, k)))
            return false;
    return true;
}

static struct text key_text(struct arena *mem, const struct edition_table *t, size_t row, size_t keys)
{
    const struct text first = table_cell(t, row, 0);
    return keys == 1 ? first
                     : text_printf(mem, "%.*s %.*s", TEXT_ARG(first), TEXT_ARG(table_cell(t, row, 1)));
}

/* Mostly the row stands where it stood: looked for there first. */
static size_t find_row(const struct edition_table *t, size_t near, const struct edition_table *from,
                       size_t row, size_t keys)
{
    if (near < t->n && same_key(t, near, from, row, keys))
        return near;
    size_t at = 0;
    while (at < t->n && !same_key(t, at, from, row, keys))
        at++;
    return at;
}

static void compare_tables(struct changes *changes, enum table_name table, const struct edition_table *a,
                           const struct edition_table *b)
{
    const size_t keys = key_columns(table);
    const struct text name = text_of(edition_table_file(table));
    for (size_t row = 0; row < a->n; row++) {
        const size_t other = find_row(b, row, a, row, keys);
        const struct text id = key_text(changes->mem, a, row, keys);
        if (other == b->n) {
            add(changes, (struct edition_change){ EDITION_REMOVED, name, id, TEXT(""), TEXT(""), TEXT("") });
            continue;
        }
        for (size_t column = keys; column < a->n_columns; column++)
            if (!text_equal(table_cell(a, row, column), table_cell(b, other, column)))
                add(changes,
                    (struct edition_change){ EDITION_CHANGED, name, id, text_of(a->columns[column]),
                                             table_cell(a, row, column), table_cell(b, other, column) });
    }
    for (size_t row = 0; row < b->n; row++)
        if (find_row(a, row, b, row, keys) == a->n)
            add(changes, (struct edition_change){ EDITION_ADDED, name, key_text(changes->mem, b, row, keys),
                                                  TEXT(""), TEXT(""), TEXT("") });
}

bool edition_diff(struct arena *mem, struct text folder_a, const struct edition_file *a, size_t n_a,
                  struct text folder_b, const struct edition_file *b, size_t n_b,
                  const struct edition_change **out, size_t *n_out, struct err *err)
{
    struct changes changes = { .mem = mem };
    struct edition_draft was = { .mem = mem, .err = err }, now = { .mem = mem, .err = err };
    if (!edition_read_tables(&was, folder_a, a, n_a) || !edition_read_tables(&now, folder_b, b, n_b))
        return false;
    for (size_t t = 0; t < N_TABLES; t++)
        compare_tables(&changes, (enum table_name)t, &was.tables[t], &now.tables[t]);
    *out = changes.at;
    *n_out = changes.n;
    return true;
}
