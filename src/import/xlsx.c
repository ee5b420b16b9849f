#include "import/grid.h"
#include "import/xlsx_parts.h"
#include "import/xlsx_sheet.h"

static bool read_sheets(struct arena *mem, struct xlsx_book *book, const struct xlsx_parts *parts,
                        struct workbook *out, struct err *err)
{
    struct workbook made = { .sheets = arena_array(mem, parts->n_sheets, struct grid *) };
    for (; made.n < parts->n_sheets; made.n++) {
        const struct xlsx_sheet_part *const sheet = &parts->sheets[made.n];
        struct grid *const grid = grid_new(mem, sheet->name);
        grid->hidden = sheet->hidden;
        made.sheets[made.n] = grid;
        if (!xlsx_sheet_read(book, sheet->part, grid, err))
            return false;
    }
    *out = made;
    return true;
}

bool xlsx_read(struct arena *mem, struct text bytes, struct workbook *out, struct err *err)
{
    struct arena *scratch = arena_new("xlsx");
    struct xlsx_book book = { 0 };
    struct xlsx_parts parts;
    *out = (struct workbook){ 0 };
    bool ok = package_open(scratch, bytes, &book.package, err) &&
              xlsx_parts_read(scratch, book.package, &parts, err) &&
              styles_read(scratch, book.package, parts.styles, &book.styles, err) &&
              xlsx_strings_read(scratch, book.package, parts.strings, &book.strings, err);
    if (ok) {
        book.from_1904 = parts.from_1904;
        ok = read_sheets(mem, &book, &parts, out, err);
    }
    arena_free(&scratch);
    return ok;
}
