#include "check.h"

#include "intake/document.h"
#include "intake/handover.h"
#include "intake/outside.h"

#include <stdlib.h>
#include <unistd.h>

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
    CHECK_OK(handover_document(NULL, &file, mem, &document, &err), err);
    CHECK_INT(document.kind, DOCUMENT_PDF);
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        CHECK_INT(document.state, DOCUMENT_NO_PROGRAM);
        arena_free(&mem);
        return;
    }
    CHECK_INT(document.state, DOCUMENT_READ);
    CHECK_INT(document.pages, 1);
    CHECK_CONTAINS(document.text, "layout plan");
    CHECK(handover_page(NULL, &file, 1, 300, mem, &png, &err));
    CHECK(png.size > 100);
    CHECK(!handover_page(NULL, &file, 2, 300, mem, &png, &err));
    arena_free(&mem);
}

TEST(document, a_pdf_that_is_rubbish_inside_is_kept_without_text)
{
    struct arena *mem = arena_new("test");
    struct document document;
    struct err err = { 0 };
    CHECK_OK(handover_document(NULL, &(struct handover_file){ TEXT("坏.pdf"), TEXT("%PDF-1.4\nrubbish") }, mem, &document, &err), err);
    CHECK(document.state == DOCUMENT_UNREADABLE || document.state == DOCUMENT_NO_PROGRAM);
    CHECK_INT(document.text.size, 0);
    arena_free(&mem);
}

TEST(document, what_comes_over_the_pipe_is_not_trusted)
{
    struct arena *mem = arena_new("test");
    struct buf good = { .mem = mem };
    struct document out;
    document_put(&good, &(struct document){ .kind = DOCUMENT_DOCX, .state = DOCUMENT_READ, .text = TEXT("章程") });
    CHECK(document_get(buf_text(&good), &out));
    CHECK_TEXT(out.text, "章程");
    for (size_t cut = 0; cut < good.size; cut++)
        CHECK(!document_get((struct text){ good.at, cut }, &out));
    struct buf wrong = { .mem = mem };
    document_put(&wrong, &(struct document){ .kind = N_DOCUMENT_KINDS, .state = DOCUMENT_READ, .text = TEXT("") });
    CHECK(!document_get(buf_text(&wrong), &out));
    wrong.size = 0;
    document_put(&wrong, &(struct document){ .kind = DOCUMENT_PNG, .state = DOCUMENT_NO_TEXT, .text = TEXT("x") });
    CHECK(!document_get(buf_text(&wrong), &out));
    arena_free(&mem);
}

/* What the shell, shut in the same way, manages to do. */
static enum outside_end shell(struct arena *mem, const char *script, struct text *out)
{
    const char *const arguments[] = { "sh", "-c", script, NULL };
    struct err err = { 0 };
    char path[] = "/tmp/junheng-outside-XXXXXX";
    const int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, "seen", 4) == 4);
    const enum outside_end end = outside_run("/usr/bin/dash", arguments, fd, 4096, 5, mem, out, &err);
    close(fd);
    unlink(path);
    return end;
}

TEST(outside, reads_what_it_is_given_and_says_so)
{
    struct arena *mem = arena_new("test");
    struct text out;
    if (access("/usr/bin/dash", X_OK) == 0) {
        CHECK_INT(shell(mem, "exit 3", &out), OUTSIDE_FAILED);
        CHECK_INT(shell(mem, "read -r a || :; echo \"got $a\"", &out), OUTSIDE_DONE);
        CHECK_TEXT(out, "got seen\n");
    }
    arena_free(&mem);
}

TEST(outside, can_neither_write_files_nor_start_processes_nor_go_on_for_ever)
{
    struct arena *mem = arena_new("test");
    struct text out;
    if (access("/usr/bin/dash", X_OK) == 0) {
        CHECK_INT(shell(mem, "(echo x >/tmp/junheng-outside-written) 2>/dev/null || echo refused", &out) == OUTSIDE_DONE &&
                      !text_find(out, TEXT("refused"), NULL), 0);
        CHECK(access("/tmp/junheng-outside-written", F_OK) != 0);
        CHECK(shell(mem, "/usr/bin/id; echo ended", &out) != OUTSIDE_DONE || !text_find(out, TEXT("uid="), NULL));
        CHECK_INT(shell(mem, "while :; do :; done", &out), OUTSIDE_FAILED);
        CHECK_INT(shell(mem, "while :; do echo 0123456789012345678901234567890123456789; done", &out), OUTSIDE_DONE); /* cut off */
        CHECK_INT(out.size, 4096);
        const char *const none[] = { "x", NULL };
        CHECK_INT(outside_run("/usr/bin/junheng-no-such-program", none, 0, 10, 1, mem, &out, &(struct err){ 0 }), OUTSIDE_ABSENT);
    }
    arena_free(&mem);
}
