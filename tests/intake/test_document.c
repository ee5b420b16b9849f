#include "check.h"

#include "intake/document.h"
#include "intake/handover.h"


static struct text pdf(struct arena *mem, const char *words)
{
    return text_printf(mem,
                       "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page"
                       "/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
                       ">>>>>>endobj 4 0 obj<</Length %zu>>stream\nBT /F1 24 Tf 20 100 Td (%s) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>",
                       strlen(words) + 37, words);
}

TEST(document, the_text_of_a_pdf_is_read_by_a_program_that_is_shut_in)
{
    struct arena *mem = arena_new("test");
    struct document document;
    struct err err = { 0 };
    struct text png;
    const struct handover_file file = { TEXT("规划.pdf"), pdf(mem, "layout plan") };
    if (!handover_document(NULL, &file, mem, &document, &err))
        fail_msg("%s | %s", err.what, err.detail);
    assert_int_equal(document.kind, DOCUMENT_PDF);
    assert_int_equal(document.state, DOCUMENT_READ);
    assert_int_equal(document.pages, 1);
    assert_true(text_find(document.text, TEXT("layout plan"), NULL));
    assert_true(handover_page(NULL, &file, 1, 300, mem, &png, &err));
    assert_true(png.size > 100);
    assert_false(handover_page(NULL, &file, 2, 300, mem, &png, &err));
    arena_free(&mem);
}
