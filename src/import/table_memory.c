#include "base/number.h"
#include "import/table.h"

enum { ROOM = 256 };

/* The table that was begun last. */
static struct kept_table *current(struct table_memory *memory)
{
    return memory->tables[memory->n_tables - 1];
}

static void make_columns(struct arena *mem, const struct item_list *items, struct batch *batch,
                         size_t capacity)
{
    const size_t n = batch->n;
    for (size_t i = 0; i < items->n; i++) {
        if (!batch->table->place[i])
            continue;
        if (items->at[i].type == ITEM_TEXT)
            batch->text[i] = arena_grow(mem, batch->text[i], n * sizeof *batch->text[i],
                                        capacity * sizeof *batch->text[i]);
        else
            batch->number[i] = arena_grow(mem, batch->number[i], n * sizeof *batch->number[i],
                                          capacity * sizeof *batch->number[i]);
    }
    batch->row = arena_grow(mem, batch->row, n * sizeof *batch->row, capacity * sizeof *batch->row);
    batch->capacity = capacity;
}

static bool memory_begin(void *context, const struct table *table, struct err *err)
{
    (void)err;
    struct table_memory *memory = context;
    struct kept_table *kept = arena_make(memory->mem, struct kept_table);
    kept->table = *table;
    kept->table.file = text_copy(memory->mem, table->file);
    kept->table.sheet = text_copy(memory->mem, table->sheet);
    kept->rows.table = &kept->table;
    memory->tables = arena_grow(memory->mem, memory->tables, memory->n_tables * sizeof(struct kept_table *),
                                (memory->n_tables + 1) * sizeof(struct kept_table *));
    memory->tables[memory->n_tables++] = kept;
    return true;
}

/* The kept rows themselves are the batch: it grows instead of being shipped away. */
static struct batch *memory_room(void *context)
{
    struct table_memory *memory = context;
    struct batch *rows = &current(memory)->rows;
    if (rows->n == rows->capacity)
        make_columns(memory->mem, memory->items, rows, rows->capacity ? rows->capacity * 2 : ROOM);
    return rows;
}

static struct text memory_keep_text(void *context, struct batch *batch, struct text text)
{
    (void)batch;
    return text_copy(((struct table_memory *)context)->mem, text);
}

static bool memory_ship(void *context, struct batch *batch, struct err *err)
{
    (void)context, (void)batch, (void)err;
    return true;
}

static bool memory_end(void *context, struct err *err)
{
    (void)context, (void)err;
    return true;
}

static void memory_finding(void *context, const struct finding *finding)
{
    finding_add(&((struct table_memory *)context)->findings, finding);
}

struct table_sink table_memory_sink(struct table_memory *memory)
{
    memory->findings.mem = memory->mem;
    return (struct table_sink){ memory,      memory_begin, memory_room,   memory_keep_text,
                                memory_ship, memory_end,   memory_finding };
}
