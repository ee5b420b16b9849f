/* Annotating any workbook that can be read: what comes out must read as the same cells.
 *
 * A zip is taken as the file; anything else as one part of a good workbook (first byte: which). */
#include "import/annotate.h"
#include "import/grid.h"
#include "import/package.h"

#include "zipped.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct part PARTS[] = {
    { "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"2\"><c r=\"B2\" s=\"1\"><v>0</v></c></row></sheetData><legacyDrawing id=\"v\"/></worksheet>" },
    { "xl/styles.xml", "<styleSheet><fills><fill/></fills><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
    { "xl/comments1.xml", "<comments><authors><author>1</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>1</t></text></comment></commentList></comments>" },
    { "xl/worksheets/_rels/sheet1.xml.rels", "<R><Relationship Id=\"v\" Type=\"/vmlDrawing\" Target=\"../v.vml\"/>"
                                             "<Relationship Id=\"c\" Type=\"/comments\" Target=\"../comments1.xml\"/></R>" },
    { "xl/v.vml", "<xml><v:shape id=\"_x0000_s1025\"/></xml>" },
    { "[Content_Types].xml", "<Types/>" },
    { "xl/workbook.xml", "<workbook><sheets><sheet name=\"1\" id=\"s\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"s\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                    "<Relationship Id=\"u\" Type=\"/styles\" Target=\"styles.xml\"/></R>" },
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    package_prepare();
    return 0;
}

static void same(const struct workbook *a, const struct workbook *b)
{
    if (a->n != b->n)
        abort();
    for (size_t s = 0; s < a->n; s++) {
        if (a->sheets[s]->n != b->sheets[s]->n)
            abort();
        for (size_t i = 0; i < a->sheets[s]->n; i++)
            if (a->sheets[s]->cells[i].row != b->sheets[s]->cells[i].row ||
                a->sheets[s]->cells[i].column != b->sheets[s]->cells[i].column ||
                a->sheets[s]->cells[i].kind != b->sheets[s]->cells[i].kind)
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *mem = arena_new("fuzz");
    const struct text bytes = zipped(mem, PARTS, COUNT(PARTS), data, size);
    struct workbook before, after;
    struct err err;
    if (xlsx_read(mem, bytes, &before, &err)) {
        struct findings findings = { .mem = mem };
        for (size_t s = 0; s < before.n; s++)
            for (uint32_t i = 0; i < 6; i++)
                finding_add(&findings, &(struct finding){ .level = (enum finding_level)(i % 3), .sheet = before.sheets[s]->name,
                                                          .row = i * i, .column = i / 2 + 1, .read = TEXT("<&>") });
        struct text made;
        if (xlsx_annotate(mem, bytes, &findings, &made, &err)) {
            if (!xlsx_read(mem, made, &after, &err))
                abort();
            same(&before, &after);
        }
    }
    arena_free(&mem);
    return 0;
}
