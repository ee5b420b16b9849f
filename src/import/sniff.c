#include "import/sniff.h"

#include "import/sniff_content.h"

#include <string.h>

enum { LOOK = 65536 };  /* this much of a text tells whether it is one */

/* Formats told by their first bytes. */
static const struct { struct text start; enum content content; } MAGIC[] = {
    { TEXT("%PDF"), CONTENT_PDF },
    { TEXT("{\\rtf"), CONTENT_RTF },
    { TEXT("\x89PNG"), CONTENT_PICTURE },
    { TEXT("\xFF\xD8\xFF"), CONTENT_PICTURE },
    { TEXT("GIF87a"), CONTENT_PICTURE },
    { TEXT("GIF89a"), CONTENT_PICTURE },
    { TEXT("II*\0"), CONTENT_PICTURE },
    { TEXT("MM\0*"), CONTENT_PICTURE },
    { TEXT("\x1F\x8B"), CONTENT_ARCHIVE },
    { TEXT("Rar!\x1A\x07"), CONTENT_ARCHIVE },
    { TEXT("7z\xBC\xAF\x27\x1C"), CONTENT_ARCHIVE },
    { TEXT("BZh91AY"), CONTENT_ARCHIVE },
    { TEXT("\xFD" "7zXZ"), CONTENT_ARCHIVE },
    { TEXT("\x28\xB5\x2F\xFD"), CONTENT_ARCHIVE },
    { TEXT("SQLite format 3"), CONTENT_DATABASE },
    { TEXT("\0\1\0\0Standard Jet DB"), CONTENT_DATABASE },
    { TEXT("\0\1\0\0Standard ACE DB"), CONTENT_DATABASE },
    { TEXT("\x7F" "ELF"), CONTENT_PROGRAM },
    { TEXT("MZ\x90\0"), CONTENT_PROGRAM },
    /* BIFF without a compound file around it: Excel 2 to 5. */
    { TEXT("\x09\0\x04\0"), CONTENT_XLS_OLD },
    { TEXT("\x09\x02\x06\0"), CONTENT_XLS_OLD },
    { TEXT("\x09\x04\x06\0"), CONTENT_XLS_OLD },
    { TEXT("\x09\x08\x08\0"), CONTENT_XLS_OLD },
};

enum remedy { SAVE_AS, UNLOCK, DROP_MACROS, COPY_TABLE, ASK_SENDER, UNPACK, FETCH_AGAIN, FILL_IN };

static const char *const REMEDIES[] = {
    [SAVE_AS] = "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，再用新存的文件",
    [UNLOCK] = "请在 Excel 或 WPS 中用密码打开它，在“文件 → 信息 → 保护工作簿 → 用密码进行加密”（WPS：“文件 → 文档加密 → 密码加密”）中"
               "清空密码，再点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，用新存的文件；打开时不问密码的，先撤销工作簿保护再另存",
    [DROP_MACROS] = "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”（宏会去掉，数据不变），再用新存的文件",
    [COPY_TABLE] = "请在原来的软件里打开它，把表格全部选中，复制到 Excel 或 WPS 的空白工作簿，再点“文件 → 另存为”，"
                   "类型选“Excel 工作簿 (*.xlsx)”，用新存的文件",
    [ASK_SENDER] = "请向提供者要原来的表格，在 Excel 或 WPS 中点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”；没有原表的，"
                   "用 junheng template school -o 模板.xlsx 生成空白表来填",
    [UNPACK] = "请先解压，再用里面的表格文件；不是 .xlsx 的，在 Excel 或 WPS 中点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”",
    [FETCH_AGAIN] = "请重新复制或下载这个文件；如果 Excel 或 WPS 还能打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，用新存的文件",
    [FILL_IN] = "请检查是不是选错了文件；空白表可用 junheng template school -o 模板.xlsx 生成",
};

static const struct { const char *is; enum remedy remedy; } REFUSALS[N_CONTENTS] = {
    [CONTENT_EMPTY] = { "是空的，里面没有任何内容", FILL_IN },
    [CONTENT_RUBBISH] = { "不是文字，也不是认得的表格文件（可能已损坏，或是别的软件的数据）", FETCH_AGAIN },
    [CONTENT_XLSX_MACRO] = { "是带宏的工作簿（.xlsm），为安全起见不读取", DROP_MACROS },
    [CONTENT_XLSB] = { "是 Excel 二进制工作簿（.xlsb），读不了", SAVE_AS },
    [CONTENT_ODS_MACRO] = { "是带宏的 OpenDocument 表格，为安全起见不读取", DROP_MACROS },
    [CONTENT_XLS_MACRO] = { "是带宏的旧版 Excel 工作簿（.xls），为安全起见不读取", DROP_MACROS },
    [CONTENT_XLS_OLD] = { "是 Excel 5.0/95 或更早版本的工作簿，格式太旧，读不了", SAVE_AS },
    [CONTENT_XLS_LOCKED] = { "是设了打开密码的 Excel 工作簿（.xls），读不了", UNLOCK },
    [CONTENT_OFFICE_LOCKED] = { "是加密的 Office 文件（设了打开密码），读不了", UNLOCK },
    [CONTENT_ZIP_LOCKED] = { "是设了密码的压缩文件，读不了", UNPACK },
    [CONTENT_ZIP] = { "是压缩包，不是工作簿", UNPACK },
    [CONTENT_ZIP_CUT] = { "不完整：后半部分缺失，可能没有复制或下载完", FETCH_AGAIN },
    [CONTENT_OLE_CUT] = { "已损坏或不完整：像旧版 Office 文件，但里面的目录读不出来", FETCH_AGAIN },
    [CONTENT_OLE_OTHER] = { "是旧版 Office 格式的文件，但里面没有工作簿", ASK_SENDER },
    [CONTENT_ARCHIVE] = { "是压缩包，不是工作簿", UNPACK },
    [CONTENT_DOC] = { "是文字文档（Word 等），不是表格文件", COPY_TABLE },
    [CONTENT_SLIDES] = { "是演示文稿（PowerPoint 等），不是表格文件", COPY_TABLE },
    [CONTENT_OFD] = { "是 OFD 版式文件，不是表格文件", ASK_SENDER },
    [CONTENT_NUMBERS] = { "是苹果 Numbers 一类的文件，读不了", COPY_TABLE },
    [CONTENT_PDF] = { "是 PDF 文件，不是表格文件", ASK_SENDER },
    [CONTENT_RTF] = { "是 RTF 文字文档，不是表格文件", COPY_TABLE },
    [CONTENT_PICTURE] = { "是图片，不是表格文件", ASK_SENDER },
    [CONTENT_HTML] = { "其实是网页（HTML），只是看上去像表格文件", SAVE_AS },
    [CONTENT_SPREADSHEETML] = { "其实是 XML 电子表格 2003，不是 Excel 工作簿", SAVE_AS },
    [CONTENT_MHTML] = { "其实是单个文件网页（MHTML），只是看上去像表格文件", SAVE_AS },
    [CONTENT_XML] = { "是 XML 文件，不是表格文件", SAVE_AS },
    [CONTENT_JSON] = { "是 JSON 数据，不是表格文件", ASK_SENDER },
    [CONTENT_DATABASE] = { "是数据库文件，不是表格文件", COPY_TABLE },
    [CONTENT_PROGRAM] = { "是程序，不是表格文件", FILL_IN },
};

/* Its first characters as small ASCII letters, for looking into; UTF-16's zeros are dropped and
 * whatever is not ASCII is shown as '?'. */
enum { HEAD = 4096 };
static struct text head_of(struct text bytes, char into[HEAD])
{
    size_t bom, n = 0;
    sniff_encoding((struct text){ bytes.at, bytes.size < LOOK ? bytes.size : LOOK }, &bom);
    for (size_t i = bom; i < bytes.size && n < HEAD; i++) {
        const char c = bytes.at[i];
        if (c)
            into[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (unsigned char)c < 0x80 ? c : '?';
    }
    return text_trim((struct text){ into, n });
}

static enum content markup_content(struct text bytes)
{
    static const struct text TAGS[] = {
        TEXT("<!doctype html"), TEXT("<html"), TEXT("<head"), TEXT("<body"),  TEXT("<table"),
        TEXT("<meta"),          TEXT("<style"), TEXT("<div"), TEXT("<script"), TEXT("<!--"),
    };
    char room[HEAD];
    const struct text head = head_of(bytes, room);
    if (text_starts(head, TEXT("mime-version:")) ||
        (text_find(head, TEXT("mime-version:"), NULL) && text_find(head, TEXT("multipart/related"), NULL)))
        return CONTENT_MHTML;
    if (text_starts(head, TEXT("<?xml"))) {
        if (text_find(head, TEXT("urn:schemas-microsoft-com:office:spreadsheet"), NULL) ||
            text_find(head, TEXT("progid=\"excel.sheet\""), NULL))
            return CONTENT_SPREADSHEETML;
        return text_find(head, TEXT("<html"), NULL) ? CONTENT_HTML : CONTENT_XML;
    }
    if (text_starts(head, TEXT("<workbook")) || text_starts(head, TEXT("<ss:workbook")))
        return CONTENT_SPREADSHEETML;
    for (size_t i = 0; i < COUNT(TAGS); i++)
        if (text_starts(head, TAGS[i]))
            return CONTENT_HTML;
    if (text_starts(head, TEXT("{\"")) || text_starts(head, TEXT("[{")) || text_starts(head, TEXT("{\n")))
        return CONTENT_JSON;
    return CONTENT_TEXT;
}

/* Zeros and control characters do not stand in tables.  A few are let through: one stray byte
 * must not cost a county its file; the reader shows the cell. */
static bool is_rubbish(struct text bytes)
{
    size_t bom, units = 0, zeros = 0, controls = 0;
    if (bytes.size > LOOK)
        bytes.size = LOOK;
    const enum encoding encoding = sniff_encoding(bytes, &bom);
    const bool wide = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
    const size_t step = wide ? 2 : 1, low = encoding == ENCODING_UTF16BE;
    for (size_t at = bom; at + step <= bytes.size; at += step, units++) {
        const unsigned char c = (unsigned char)bytes.at[at + low];
        if (wide && bytes.at[at + 1 - low])
            continue;
        zeros += c == 0;
        controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1A;
    }
    return zeros * 200 > units || controls * 50 > units;
}

static bool is_blank_text(struct text bytes)
{
    size_t bom;
    if (bytes.size > LOOK)
        return false;
    sniff_encoding(bytes, &bom);
    for (size_t i = bom; i < bytes.size; i++)
        if (!memchr(" \t\r\n", bytes.at[i], 5)) /* the zero counts too: UTF-16, or a file of nothing */
            return false;
    return true;
}

static enum content content_of(struct text bytes)
{
    if (is_blank_text(bytes))
        return CONTENT_EMPTY;
    for (size_t i = 0; i < COUNT(MAGIC); i++)
        if (text_starts(bytes, MAGIC[i].start))
            return MAGIC[i].content;
    if (text_starts(bytes, TEXT("RIFF")) && bytes.size >= 12 && memcmp(bytes.at + 8, "WEBP", 4) == 0)
        return CONTENT_PICTURE;
    if (text_starts(bytes, TEXT("BM")) && bytes.size >= 14 && bytes_u32(bytes, 6) == 0)
        return CONTENT_PICTURE;
    if (text_starts(bytes, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return ole_content(bytes);
    if (text_starts(bytes, TEXT("PK\3\4")) || text_starts(bytes, TEXT("PK\5\6")))
        return zip_content(bytes);
    const enum content markup = markup_content(bytes);
    if (markup != CONTENT_TEXT)
        return markup;
    return is_rubbish(bytes) ? CONTENT_RUBBISH : CONTENT_TEXT;
}

bool sniff(struct text bytes, struct text name, enum file_kind *out, struct err *err)
{
    const enum content content = content_of(bytes);
    switch (content) {
    case CONTENT_TEXT: *out = FILE_CSV; return true;
    case CONTENT_XLSX: *out = FILE_XLSX; return true;
    case CONTENT_ODS: *out = FILE_ODS; return true;
    case CONTENT_XLS: *out = FILE_XLS; return true;
    default: break;
    }
    err_set(err, ERR_INPUT, "%s%.*s%s%s。", name.size ? "文件“" : "这个文件", TEXT_ARG(name), name.size ? "”" : "",
            REFUSALS[content].is);
    return err_hint(err, "%s。", REMEDIES[REFUSALS[content].remedy]);
}
