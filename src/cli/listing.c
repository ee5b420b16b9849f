#include "cli/listing.h"

#include "base/number.h"
#include "report/csv_field.h"

struct listing listing_new(struct command_context *run, const struct listing_column *columns, size_t n_columns)
{
    return (struct listing){ .run = run, .columns = columns, .n_columns = n_columns };
}

void listing_row(struct listing *l, const struct text *values, enum tone tone)
{
    struct arena *const mem = l->run->mem;
    if (l->n == l->capacity) {
        const size_t more = l->capacity ? l->capacity * 2 : 32, row = l->n_columns * sizeof *l->rows;
        l->rows = arena_grow(mem, l->rows, l->capacity * row, more * row);
        l->tones = arena_grow(mem, l->tones, l->capacity * sizeof *l->tones, more * sizeof *l->tones);
        l->capacity = more;
    }
    memcpy(l->rows + l->n * l->n_columns, values, l->n_columns * sizeof *values);
    l->tones[l->n] = tone;
    l->n++;
}

static void write_json(const struct listing *l)
{
    struct out *const out = l->run->out;
    double number;
    json_array(out, NULL);
    for (size_t r = 0; r < l->n; r++) {
        json_object(out, NULL);
        for (size_t c = 0; c < l->n_columns; c++) {
            const struct text value = l->rows[r * l->n_columns + c];
            if (!l->columns[c].number)
                json_text(out, l->columns[c].key, value);
            else
                json_number(out, l->columns[c].key, number_parse(value, &number) ? number : BLANK);
        }
        json_end(out);
    }
    json_end(out);
    out_byte(out, '\n');
}

static void write_csv(const struct listing *l)
{
    struct buf line = { .mem = l->run->mem };
    for (size_t c = 0; c < l->n_columns; c++)
        buf_printf(&line, "%s%s", c ? "," : "", l->columns[c].key);
    buf_byte(&line, '\n');
    for (size_t r = 0; r < l->n; r++)
        for (size_t c = 0; c < l->n_columns; c++) {
            csv_add_safely(&line, l->rows[r * l->n_columns + c]);
            buf_byte(&line, c + 1 < l->n_columns ? ',' : '\n');
        }
    out_text(l->run->out, buf_text(&line));
}

static void write_table(const struct listing *l, const char *none)
{
    struct arena *const mem = l->run->mem;
    if (!l->n) {
        out_printf(l->run->out, "%s\n", none);
        return;
    }
    enum align *align = arena_array(mem, l->n_columns, enum align);
    struct table_cell *cells = arena_array(mem, l->n_columns, struct table_cell);
    for (size_t c = 0; c < l->n_columns; c++) {
        align[c] = l->columns[c].number ? ALIGN_RIGHT : ALIGN_LEFT;
        cells[c] = (struct table_cell){ text_of(l->columns[c].zh), TONE_QUIET };
    }
    struct text_table table = table_new(mem, l->n_columns, align);
    table_row(&table, cells);
    for (size_t r = 0; r < l->n; r++) {
        for (size_t c = 0; c < l->n_columns; c++)
            cells[c] = (struct table_cell){ l->rows[r * l->n_columns + c], l->tones[r] };
        table_row(&table, cells);
    }
    table_write(&table, l->run->out, 0, l->run->colour);
}

void listing_write(const struct listing *l, const char *none)
{
    switch (l->run->format) {
    case FORMAT_JSON: write_json(l); break;
    case FORMAT_CSV: write_csv(l); break;
    case FORMAT_TABLE: write_table(l, none); break;
    }
}
