#include "make_zip.h"

#include <stdlib.h>
#include <zip.h>

struct zip_maker {
    struct arena *mem;
    zip_source_t *source;
    zip_t *zip;
};

static void must(int well)
{
    if (!well)
        abort();
}

struct zip_maker *zip_maker_new(struct arena *mem)
{
    struct zip_maker *maker = arena_make(mem, struct zip_maker);
    maker->mem = mem;
    maker->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    maker->zip = zip_open_from_source(maker->source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    must(maker->zip != NULL);
    zip_source_keep(maker->source);
    return maker;
}

static void add(struct zip_maker *maker, const char *name, struct text bytes, zip_int32_t method)
{
    zip_source_t *part = zip_source_buffer(maker->zip, bytes.at, bytes.size, 0);
    const zip_int64_t index = zip_file_add(maker->zip, name, part, ZIP_FL_ENC_UTF_8);
    must(index >= 0);
    zip_set_file_compression(maker->zip, (zip_uint64_t)index, method, 0);
    zip_file_set_dostime(maker->zip, (zip_uint64_t)index, 0, 0x21, 0);   /* 1980-01-01: the same bytes each time */
}

void zip_maker_add(struct zip_maker *maker, const char *name, struct text bytes)
{
    add(maker, name, bytes, ZIP_CM_DEFLATE);
}

void zip_maker_store(struct zip_maker *maker, const char *name, struct text bytes)
{
    add(maker, name, bytes, ZIP_CM_STORE);
}

struct text zip_maker_bytes(struct zip_maker *maker)
{
    must(zip_close(maker->zip) == 0 && zip_source_open(maker->source) == 0);
    zip_stat_t stat;
    must(zip_source_stat(maker->source, &stat) == 0);
    char *bytes = arena_alloc(maker->mem, stat.size);
    must(zip_source_read(maker->source, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(maker->source);
    zip_source_free(maker->source);
    return (struct text){ bytes, stat.size };
}

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

struct text make_xlsx(struct arena *mem, const struct xlsx_inside *in)
{
    struct zip_maker *maker = zip_maker_new(mem);
    zip_maker_add(maker, "[Content_Types].xml", TEXT(XML
        "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
        "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPE "worksheet+xml\"/>"
        "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" TYPE "sharedStrings+xml\"/>"
        "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/></Types>"));
    zip_maker_add(maker, "_rels/.rels", TEXT(XML
        "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
        "Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    zip_maker_add(maker, "xl/workbook.xml", text_printf(mem, XML
        "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">%s<sheets><sheet name=\"学校\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
        "</workbook>", in->book ? in->book : ""));
    zip_maker_add(maker, "xl/_rels/workbook.xml.rels", text_printf(mem, XML
        "<Relationships xmlns=\"" PACKAGE "relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>%s%s</Relationships>",
        in->strings ? "<Relationship Id=\"rId2\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/>" : "",
        in->styles ? "<Relationship Id=\"rId3\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>" : ""));
    zip_maker_add(maker, "xl/worksheets/sheet1.xml", text_printf(mem, XML
        "<worksheet xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\">%s</worksheet>", in->sheet));
    if (in->strings)
        zip_maker_add(maker, "xl/sharedStrings.xml", text_printf(mem, XML "<sst xmlns=\"" MAIN "\">%s</sst>", in->strings));
    if (in->styles)
        zip_maker_add(maker, "xl/styles.xml", text_printf(mem, XML "<styleSheet xmlns=\"" MAIN "\">%s</styleSheet>", in->styles));
    if (in->sheet_rels)
        zip_maker_add(maker, "xl/worksheets/_rels/sheet1.xml.rels", text_printf(mem, XML
            "<Relationships xmlns=\"" PACKAGE "relationships\">%s</Relationships>", in->sheet_rels));
    if (in->part_name)
        zip_maker_add(maker, in->part_name, text_of(in->part));
    if (in->part_name_2)
        zip_maker_add(maker, in->part_name_2, text_of(in->part_2));
    return zip_maker_bytes(maker);
}

struct text make_ods(struct arena *mem, const char *spreadsheet, const char *styles)
{
    struct zip_maker *maker = zip_maker_new(mem);
    zip_maker_store(maker, "mimetype", TEXT("application/vnd.oasis.opendocument.spreadsheet"));
    zip_maker_add(maker, "content.xml", text_printf(mem, XML
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
        "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
        "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\">"
        "<office:automatic-styles>%s</office:automatic-styles>"
        "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>",
        styles ? styles : "", spreadsheet));
    zip_maker_add(maker, "META-INF/manifest.xml", TEXT(XML
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
        "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
        "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"));
    return zip_maker_bytes(maker);
}
