/* What a proof is, and what is written in it. */
#include "check.h"

#include "import/document_kind.h"
#include "import/document_text.h"
#include "base/unicode.h"
#include "import/package.h"
#include "make_zip.h"

static struct text docx(struct arena *mem, const char *body, const char *more_name, const char *more)
{
    struct zip_maker *const maker = zip_maker_new(mem);
    zip_maker_add(maker, "[Content_Types].xml", TEXT("<Types/>"));
    zip_maker_add(maker, "word/document.xml",
                  text_printf(mem, "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>%s</w:body></w:document>", body));
    if (more_name)
        zip_maker_add(maker, more_name, text_of(more));
    return zip_maker_bytes(maker);
}

static void expect_kind(struct text bytes, const char *name, const char *word)
{
    enum document_kind kind;
    struct err err = { 0 };
    CHECK_OK(document_kind(bytes, text_of(name), &kind, &err), err);
    assert_string_equal(document_info(kind)->word, word);
}

static void expect_refusal(struct text bytes, const char *name, const char *says, const char *remedy)
{
    enum document_kind kind;
    struct err err = { 0 };
    CHECK(!document_kind(bytes, text_of(name), &kind, &err));
    CHECK_CONTAINS(text_of(err.what), says);
    CHECK_CONTAINS(text_of(err.hint), remedy);
}

TEST(document_kind, is_told_by_bytes_whatever_the_name_says)
{
    struct arena *mem = arena_new("test");
    expect_kind(TEXT("%PDF-1.7\n"), "照片.jpg", "pdf");
    expect_kind(TEXT("\x89PNG\r\n\x1A\n...."), "x.pdf", "png");
    expect_kind(TEXT("\xFF\xD8\xFF\xE0...."), "x", "jpg");
    expect_kind(TEXT("RIFF\0\0\0\0WEBPVP8 "), "x", "webp");
    expect_kind(docx(mem, "", NULL, NULL), "x.zip", "docx");
    expect_kind(make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>" }), "x", "xlsx");
    arena_free(&mem);
}

TEST(document_kind, refuses_what_is_no_proof_with_the_way_out)
{
    struct arena *mem = arena_new("test");
    struct zip_maker *const zip = zip_maker_new(mem);
    zip_maker_add(zip, "a.txt", TEXT("a"));
    expect_refusal(TEXT("\0\0\0\x18" "ftypheic\0\0\0\0"), "IMG_1.HEIC", "HEIC", "兼容性最佳");
    expect_refusal(TEXT("GIF89a"), "a.gif", "GIF", "JPG");
    expect_refusal(TEXT("<!doctype html><script>"), "a.pdf", "不是文档", "PDF");
    expect_refusal(TEXT("MZ\x90"), "a.docx", "不是文档", "PDF");
    expect_refusal(TEXT(""), "a.pdf", "是空的", "选错");
    expect_refusal(zip_maker_bytes(zip), "a.docx", "压缩包", "解压");
    expect_refusal(docx(mem, "", "word/vbaProject.bin", "x"), "a.docx", "带有宏", "不带宏");
    expect_refusal(docx(mem, "", NULL, NULL).size ? (struct text){ docx(mem, "", NULL, NULL).at, 60 } : TEXT(""), "a.docx", "不完整", "重新复制");
    arena_free(&mem);
}

static struct text text_of_docx(struct arena *mem, struct text bytes)
{
    struct text text;
    uint32_t pages;
    struct err err = { 0 };
    package_prepare();
    CHECK_OK(document_text(mem, bytes, DOCUMENT_DOCX, &text, &pages, &err), err);
    return text;
}

TEST(document_text, of_a_docx_is_its_paragraphs_joined_from_runs)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(text_of_docx(mem, docx(mem, "<w:p><w:r><w:t>学校</w:t></w:r><w:r><w:t>章程</w:t></w:r></w:p><w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r></w:p>", NULL, NULL)),
               "学校章程\n一\t二\n");
    arena_free(&mem);
}

TEST(document_text, leaves_out_deleted_words_field_codes_and_what_is_said_twice)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(text_of_docx(mem, docx(mem, "<w:p><w:r><w:delText>旧</w:delText><w:instrText>PAGE</w:instrText><w:t>新</w:t></w:r>"
                                          "<mc:AlternateContent><mc:Choice><w:r><w:t>框</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>框</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>", NULL, NULL)),
               "新框\n");
    arena_free(&mem);
}

TEST(document_text, is_bounded_and_never_cut_within_a_character)
{
    struct arena *mem = arena_new("test");
    struct buf body = { .mem = mem };
    for (int i = 0; i < 40000; i++)
        buf_printf(&body, "<w:p><w:r><w:t>第%05d条 章程章程章程章程章程章程章程章程章程</w:t></w:r></w:p>", i);
    buf_byte(&body, '\0');
    const struct text text = text_of_docx(mem, docx(mem, body.at, NULL, NULL));
    CHECK(text.size > DOCUMENT_MOST_TEXT - 200 && text.size <= DOCUMENT_MOST_TEXT);
    CHECK(utf8_valid(text));
    arena_free(&mem);
}

TEST(document_text, refuses_a_bomb_a_doctype_and_a_file_without_text)
{
    struct arena *mem = arena_new("test");
    struct text text;
    uint32_t pages;
    struct err err = { 0 };
    char *const blanks = arena_alloc(mem, 3 << 20);
    memset(blanks, ' ', 3 << 20);
    blanks[(3 << 20) - 1] = '\0';
    CHECK(!document_text(mem, docx(mem, blanks, NULL, NULL), DOCUMENT_DOCX, &text, &pages, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    struct zip_maker *const doctype = zip_maker_new(mem), *const without = zip_maker_new(mem);
    zip_maker_add(doctype, "word/document.xml", TEXT("<!DOCTYPE d [<!ENTITY a \"x\">]><d>&a;</d>"));
    zip_maker_add(without, "word/other.xml", TEXT("<d/>"));
    CHECK(!document_text(mem, zip_maker_bytes(doctype), DOCUMENT_DOCX, &text, &pages, &err));
    CHECK(!document_text(mem, zip_maker_bytes(without), DOCUMENT_DOCX, &text, &pages, &err));
    arena_free(&mem);
}

TEST(document_text, of_slides_and_workbooks_is_read_likewise)
{
    struct arena *mem = arena_new("test");
    struct text text;
    uint32_t pages;
    struct err err = { 0 };
    struct zip_maker *const slides = zip_maker_new(mem);
    zip_maker_add(slides, "[Content_Types].xml", TEXT("<Types/>"));
    zip_maker_add(slides, "ppt/slides/slide1.xml", TEXT("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>首页</a:t></a:r></a:p></p:sld>"));
    zip_maker_add(slides, "ppt/slides/slide2.xml", TEXT("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>末页</a:t></a:r></a:p></p:sld>"));
    const struct text bytes = zip_maker_bytes(slides);
    expect_kind(bytes, "x", "pptx");
    CHECK_OK(document_text(mem, bytes, DOCUMENT_PPTX, &text, &pages, &err), err);
    CHECK_TEXT(text, "首页\n末页\n");
    CHECK_INT(pages, 2);
    CHECK_OK(document_text(mem, make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>", .strings = "<si><t>学校</t></si><si><r><t>编</t></r><r><t>班</t></r></si>" }),
                           DOCUMENT_XLSX, &text, &pages, &err), err);
    CHECK_TEXT(text, "学校\n编班\n");
    arena_free(&mem);
}
