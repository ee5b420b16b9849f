/* The .xlsx reader on anything at all.
 *
 * What begins like a zip is taken as the file.  Anything else is one part of a workbook whose other
 * parts are good: its first byte says which, the rest is the part.  Without that the checksums of
 * the zip would keep the fuzzer from ever reaching the XML. */
#include "import/grid.h"
#include "import/package.h"

#include "zipped.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct part PARTS[] = {
    { "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c></row></sheetData></worksheet>" },
    { "xl/sharedStrings.xml", "<sst><si><t>1</t></si></sst>" },
    { "xl/styles.xml", "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
    { "xl/workbook.xml", "<workbook><sheets><sheet name=\"1\" id=\"s\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"s\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                    "<Relationship Id=\"t\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                                    "<Relationship Id=\"u\" Type=\"/styles\" Target=\"styles.xml\"/></R>" },
    { "[Content_Types].xml", "<Types/>" },
    { "_rels/.rels", "<R><Relationship Id=\"w\" Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></R>" },
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    package_prepare();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *mem = arena_new("fuzz");
    struct workbook book;
    struct err err;
    const struct text bytes = zipped(mem, PARTS, COUNT(PARTS), data, size);
    if (xlsx_read(mem, bytes, &book, &err))
        for (size_t s = 0; s < book.n; s++)
            for (size_t i = 0; i < book.sheets[s]->n && i < 100; i++) {
                const struct cell *const cell = &book.sheets[s]->cells[i];
                (void)grid_shown(mem, book.sheets[s], cell);
                (void)grid_at_merged(book.sheets[s], cell->row, cell->column);
            }
    arena_free(&mem);
    return 0;
}
