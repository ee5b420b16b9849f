/* What a proof is and what is written in it, on anything at all: a zip as it is; anything else, but for its first byte, as the
 * text part of a .docx, .pptx, .xlsx or .ofd. */
#include "import/document_kind.h"
#include "import/document_text.h"
#include "import/package.h"

#include "zipped.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    package_prepare();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct part PARTS[] = {
        { "word/document.xml", "<d><p><t>x</t></p></d>" }, { "ppt/slides/slide1.xml", "<d><p><t>x</t></p></d>" },
        { "xl/sharedStrings.xml", "<d><si><t>x</t></si></d>" }, { "Doc_0/Pages/Page_0/Content.xml", "<d><TextObject><TextCode>x</TextCode></TextObject></d>" },
    };
    static const enum document_kind KINDS[] = { DOCUMENT_DOCX, DOCUMENT_PPTX, DOCUMENT_XLSX, DOCUMENT_OFD };
    if (!size)
        return 0;
    struct arena *mem = arena_new("fuzz");
    enum document_kind kind;
    struct text text;
    struct err err;
    uint32_t pages;
    (void)!document_kind((struct text){ (const char *)data, size }, TEXT("x.wps"), &kind, &err);
    const struct text bytes = zipped(mem, PARTS, COUNT(PARTS), data, size);
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (document_text(mem, bytes, KINDS[i], &text, &pages, &err))
            must(text.size <= DOCUMENT_MOST_TEXT);
    arena_free(&mem);
    return 0;
}
