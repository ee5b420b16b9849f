#include "import/sniff_content.h"

#include <stdint.h>

/* APPNOTE.TXT 6.3: local file header, central directory header, its end, and the 64-bit end. */
enum {
    LOCAL_HEADER = 0x04034b50, CENTRAL_HEADER = 0x02014b50, END = 0x06054b50,
    LOCATOR_64 = 0x07064b50, END_64 = 0x06064b50,
    MOST_NAMES = 65536,
};

static bool find_end(struct text bytes, size_t *at_out)
{
    if (bytes.size < 22)
        return false;
    const size_t last = bytes.size - 22, comment = 65535;
    const size_t first = last > comment ? last - comment : 0;
    for (size_t at = last + 1; at-- > first;)
        if (bytes.at[at] == 'P' && bytes_u32(bytes, at) == END) {
            *at_out = at;
            return true;
        }
    return false;
}

/* Where the directory starts; writers of streams put it into the 64-bit record. */
static size_t directory_start(struct text bytes, size_t end)
{
    const size_t at = bytes_u32(bytes, end + 16);
    if (at != UINT32_MAX || end < 20 || bytes_u32(bytes, end - 20) != LOCATOR_64)
        return at;
    const uint64_t record = bytes_u32(bytes, end - 12) | (uint64_t)bytes_u32(bytes, end - 8) << 32;
    if (record > bytes.size || !bytes_hold(bytes, record, 56) || bytes_u32(bytes, record) != END_64)
        return at;
    return bytes_u32(bytes, record + 48);
}

struct seen {
    bool any, encrypted;
    bool types, xl, word, slides, ofd, numbers, content_xml, manifest;
    bool vba, xl_macros, xlsb, ods_macro;
};

static void see(struct seen *seen, struct text name)
{
    seen->types |= text_equal(name, TEXT("[Content_Types].xml"));
    seen->xl |= text_starts(name, TEXT("xl/"));
    seen->word |= text_starts(name, TEXT("word/"));
    seen->slides |= text_starts(name, TEXT("ppt/"));
    seen->ofd |= text_equal(name, TEXT("OFD.xml"));
    seen->numbers |= text_starts(name, TEXT("Index/")) && text_ends(name, TEXT(".iwa"));
    seen->content_xml |= text_equal(name, TEXT("content.xml"));
    seen->manifest |= text_equal(name, TEXT("META-INF/manifest.xml"));
    seen->vba |= text_ends(name, TEXT("vbaProject.bin"));
    seen->xl_macros |= text_starts(name, TEXT("xl/macrosheets/"));
    seen->xlsb |= text_equal(name, TEXT("xl/workbook.bin"));
    /* Basic/Standard/Module1.xml is a module; Basic/…/script-lb.xml only lists them. */
    seen->ods_macro |= text_starts(name, TEXT("Scripts/")) && text_ends(name, TEXT(".py"));
    seen->ods_macro |= text_starts(name, TEXT("Basic/")) && text_ends(name, TEXT(".xml")) &&
                       !text_ends(name, TEXT("script-lb.xml")) && !text_ends(name, TEXT("script-lc.xml"));
}

/* OpenDocument stores its type as the first entry, uncompressed, just for sniffing. */
static struct text open_document_type(struct text bytes)
{
    const struct text name = TEXT("mimetype");
    if (!bytes_hold(bytes, 0, 30) || bytes_u16(bytes, 26) != name.size || bytes_u16(bytes, 8) != 0)
        return (struct text){ "", 0 };
    const size_t at = 30 + name.size + bytes_u16(bytes, 28), size = bytes_u32(bytes, 22);
    if (!bytes_hold(bytes, at, size) || !text_equal((struct text){ bytes.at + 30, name.size }, name))
        return (struct text){ "", 0 };
    return (struct text){ bytes.at + at, size };
}

static enum content judged(const struct seen *seen, struct text type)
{
    if (text_starts(type, TEXT("application/vnd.oasis.opendocument."))) {
        if (!text_starts(type, TEXT("application/vnd.oasis.opendocument.spreadsheet")))
            return text_starts(type, TEXT("application/vnd.oasis.opendocument.presentation")) ? CONTENT_SLIDES
                                                                                             : CONTENT_DOC;
        return seen->ods_macro ? CONTENT_ODS_MACRO : CONTENT_ODS;
    }
    if (seen->types && (seen->vba || seen->xl_macros) && !seen->word && !seen->slides)
        return CONTENT_XLSX_MACRO;
    if (seen->xlsb)
        return CONTENT_XLSB;
    if (seen->types && seen->xl)
        return seen->encrypted ? CONTENT_ZIP_LOCKED : CONTENT_XLSX;
    if (seen->types && seen->word)
        return CONTENT_DOC;
    if (seen->types && seen->slides)
        return CONTENT_SLIDES;
    if (seen->ofd)
        return CONTENT_OFD;
    if (seen->numbers)
        return CONTENT_NUMBERS;
    if (seen->content_xml && seen->manifest)
        return seen->ods_macro ? CONTENT_ODS_MACRO : CONTENT_ODS;
    return seen->encrypted ? CONTENT_ZIP_LOCKED : CONTENT_ZIP;
}

enum content zip_content(struct text bytes)
{
    size_t end;
    if (!find_end(bytes, &end))
        return CONTENT_ZIP_CUT;
    struct seen seen = { 0 };
    size_t at = directory_start(bytes, end);
    for (size_t n = 0; n < MOST_NAMES && bytes_hold(bytes, at, 46) && bytes_u32(bytes, at) == CENTRAL_HEADER; n++) {
        const size_t name_size = bytes_u16(bytes, at + 28);
        const size_t more = name_size + bytes_u16(bytes, at + 30) + bytes_u16(bytes, at + 32);
        if (!bytes_hold(bytes, at + 46, name_size))
            break;
        see(&seen, (struct text){ bytes.at + at + 46, name_size });
        seen.encrypted |= bytes_u16(bytes, at + 8) & 1;
        seen.any = true;
        at += 46 + more;
    }
    if (!seen.any && bytes_u32(bytes, 0) == LOCAL_HEADER)
        return CONTENT_ZIP_CUT; /* an end without the directory it speaks of */
    return judged(&seen, open_document_type(bytes));
}
