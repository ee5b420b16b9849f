#include "check.h"
#include "app/edition.h"
#include "import/grid.h"
#include "import/layout.h"
#include "sample/files.h"

static struct grid *grid_of(struct arena *mem, const struct sheet *sheet)
{
    struct grid *grid = grid_new(mem, sheet->name);
    for (size_t i = 0; i < sheet->n; i++) {
        const struct sheet_cell *cell = &sheet->cells[i];
        if (cell->is_number)
            grid_add_number(grid, cell->row, cell->column, CELL_NUMBER, cell->number, cell->look == LOOK_PERCENT);
        else
            grid_add_text(grid, cell->row, cell->column, CELL_TEXT, cell->text);
        if (cell->last_row != cell->row || cell->last_column != cell->column)
            grid_add_merge(grid, (struct merge){ cell->row, cell->column, cell->last_row, cell->last_column });
    }
    grid_finish(grid);
    return grid;
}

struct reading {
    const struct edition *edition;
    struct table_memory memory;
};

static void read_file(struct arena *mem, struct reading *reading, const struct sample_file *file)
{
    struct err err = { 0 };
    struct grid *grid = grid_of(mem, file->sheet);
    const struct workbook workbook = { &grid, 1 };
    const struct layout_request request = { &reading->edition->items, file->name };
    const struct table_sink sink = table_memory_sink(&reading->memory);
    struct arena *scratch = arena_new("scratch");
    CHECK_OK(layout_read(&workbook, &request, &sink, scratch, &err), err);
    arena_free(&scratch);
}

/* What a bureau would have is read whole: every table recognised, no row lost, no total taken for
 * a school; and the only bad cells are those made on purpose. */
TEST(sample_layout, is_read_whole_by_the_program_itself)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct reading reading = { 0 };
    CHECK_OK(app_edition(mem, "cn-2017", &reading.edition, &err), err);
    reading.memory = (struct table_memory){ .mem = mem, .items = &reading.edition->items, .findings = { .mem = mem } };
    struct sample_county *county = sample_county(mem, 1, 2025, 3);
    sample_faults(mem, county);
    const struct sample_files *files = sample_files(mem, county);
    for (size_t i = 0; i < files->n; i++)
        read_file(mem, &reading, &files->at[i]);
    CHECK_INT(reading.memory.n_tables, files->n);
    size_t schools = 0, counties = 0;
    for (size_t i = 0; i < reading.memory.n_tables; i++)
        *(reading.memory.tables[i]->table.kind == TABLE_SCHOOLS ? &schools : &counties) += reading.memory.tables[i]->rows.n;
    CHECK_INT(schools, 3 * county->n + 1);  /* one of them twice */
    CHECK_INT(counties, 3);
    const struct findings *findings = &reading.memory.findings;
    size_t guesses = 0;
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        const bool guess = text_equal(finding->rule, TEXT("header.guess"));
        const bool meant = guess ? text_equal(finding->item, TEXT("pupils_left_behind"))
                                 : text_ends(finding->read, TEXT("人")) || text_equal(finding->read, TEXT("城乡结合区"));
        guesses += guess;
        if ((guess || finding->level != FINDING_NOTE) && !meant)
            fail_msg("%s", text_string(mem, finding_sentence(mem, finding)));
    }
    CHECK_INT(guesses, 1);
    CHECK_INT(finding_count(findings, FINDING_ERROR) + finding_count(findings, FINDING_WARNING), 2);
    arena_free(&mem);
}
