#include "import/document_kind.h"

#include "import/sniff_content.h"

#include <string.h>

static const struct document_info INFOS[N_DOCUMENT_KINDS] = {
    [DOCUMENT_PDF] = { "pdf", "application/pdf", false },
    [DOCUMENT_DOCX] = { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false },
    [DOCUMENT_XLSX] = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false },
    [DOCUMENT_PPTX] = { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", false },
    [DOCUMENT_OFD] = { "ofd", "application/ofd", false },
    [DOCUMENT_DOC] = { "doc", "application/msword", false },
    [DOCUMENT_XLS] = { "xls", "application/vnd.ms-excel", false },
    [DOCUMENT_PPT] = { "ppt", "application/vnd.ms-powerpoint", false },
    [DOCUMENT_WPS] = { "wps", "application/vnd.ms-works", false },
    [DOCUMENT_ET] = { "et", "application/octet-stream", false },
    [DOCUMENT_DPS] = { "dps", "application/octet-stream", false },
    [DOCUMENT_PNG] = { "png", "image/png", true },
    [DOCUMENT_JPEG] = { "jpg", "image/jpeg", true },
    [DOCUMENT_WEBP] = { "webp", "image/webp", true },
};

const struct document_info *document_info(enum document_kind kind)
{
    return &INFOS[kind];
}

bool document_of_word(struct text word, enum document_kind *out)
{
    for (size_t i = 0; i < N_DOCUMENT_KINDS; i++)
        if (text_equal(word, text_of(INFOS[i].word))) {
            *out = (enum document_kind)i;
            return true;
        }
    return false;
}

static bool refuse(struct text name, const char *is, const char *remedy, struct err *err)
{
    err_set(err, ERR_INPUT, "“%.*s”%s。", TEXT_ARG(name), is);
    return err_hint(err, "%s。", remedy);
}

static const char SAVE_PDF[] = "请在原来的软件里打开它，另存为 PDF 再传";
static const char SAVE_JPG[] = "请用“画图”或看图软件打开它，另存为 JPG 或 PNG 再传";

/* ISO 14496-12: a box "ftyp" with a brand of HEIF. */
static bool is_heif(struct text bytes)
{
    static const char *const BRANDS[] = { "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif" };
    if (bytes.size < 12 || memcmp(bytes.at + 4, "ftyp", 4) != 0)
        return false;
    for (size_t i = 0; i < COUNT(BRANDS); i++)
        if (memcmp(bytes.at + 8, BRANDS[i], 4) == 0)
            return true;
    return false;
}

static bool ends_like(struct text name, const char *ending)
{
    const size_t size = strlen(ending);
    if (name.size < size)
        return false;
    for (size_t i = 0; i < size; i++)
        if ((name.at[name.size - size + i] | 0x20) != ending[i] && name.at[name.size - size + i] != ending[i])
            return false;
    return true;
}

/* Names of parts stand in a zip as they are. */
static bool holds_macros(struct text bytes)
{
    return text_find(bytes, TEXT("vbaProject.bin"), NULL) || text_find(bytes, TEXT("/macrosheets/"), NULL);
}

static bool zip_kind(struct text bytes, struct text name, enum document_kind *out, struct err *err)
{
    static const char MACROS[] = "请在 Word、Excel 或 WPS 中打开它，另存为不带宏的 .docx、.xlsx，或者另存为 PDF，再传";
    switch (zip_content(bytes)) {
    case CONTENT_XLSX: *out = DOCUMENT_XLSX; break;
    case CONTENT_DOC: *out = DOCUMENT_DOCX; break;
    case CONTENT_SLIDES: *out = DOCUMENT_PPTX; break;
    case CONTENT_OFD: *out = DOCUMENT_OFD; break;
    case CONTENT_XLSX_MACRO: return refuse(name, "带有宏，为安全起见不收", MACROS, err);
    case CONTENT_ZIP_CUT: return refuse(name, "不完整：后半部分缺失", "请重新复制或下载，再传", err);
    case CONTENT_ZIP_LOCKED: return refuse(name, "设了密码", "请清空密码，或者另存为 PDF，再传", err);
    default: return refuse(name, "是压缩包或认不出的文件，不是一份材料", "请先解压，一份一份地传；别的软件的文件请另存为 PDF", err);
    }
    if (text_starts(bytes, TEXT("PK\3\4")) && text_find((struct text){ bytes.at, bytes.size < 256 ? bytes.size : 256 }, TEXT("opendocument"), NULL))
        return refuse(name, "是 OpenDocument 文件", SAVE_PDF, err);
    return !holds_macros(bytes) || refuse(name, "带有宏，为安全起见不收", MACROS, err);
}

static bool compound_kind(struct text bytes, struct text name, enum document_kind *out, struct err *err)
{
    switch (ole_content(bytes)) {
    case CONTENT_XLS:
    case CONTENT_XLS_OLD: *out = ends_like(name, ".et") ? DOCUMENT_ET : DOCUMENT_XLS; return true;
    case CONTENT_DOC: *out = ends_like(name, ".wps") ? DOCUMENT_WPS : DOCUMENT_DOC; return true;
    case CONTENT_SLIDES: *out = ends_like(name, ".dps") ? DOCUMENT_DPS : DOCUMENT_PPT; return true;
    case CONTENT_XLS_MACRO: return refuse(name, "带有宏，为安全起见不收", "请在 Excel 或 WPS 中打开它，另存为 PDF 或 .xlsx，再传", err);
    case CONTENT_XLS_LOCKED:
    case CONTENT_OFFICE_LOCKED: return refuse(name, "设了打开密码", "请在 Word、Excel 或 WPS 中清空密码，或者另存为 PDF，再传", err);
    case CONTENT_OLE_CUT: return refuse(name, "已损坏或不完整", "请重新复制或下载，再传", err);
    default: return refuse(name, "不是文档、表格、演示文稿或图片", SAVE_PDF, err);
    }
}

bool document_kind(struct text bytes, struct text name, enum document_kind *out, struct err *err)
{
    static const struct { struct text start; enum document_kind kind; } STARTS[] = {
        { TEXT("%PDF-"), DOCUMENT_PDF }, { TEXT("\x89PNG\r\n\x1A\n"), DOCUMENT_PNG }, { TEXT("\xFF\xD8\xFF"), DOCUMENT_JPEG },
    };
    if (!bytes.size)
        return refuse(name, "是空的", "请检查是不是选错了文件", err);
    for (size_t i = 0; i < COUNT(STARTS); i++)
        if (text_starts(bytes, STARTS[i].start)) {
            *out = STARTS[i].kind;
            return true;
        }
    if (bytes.size >= 12 && text_starts(bytes, TEXT("RIFF")) && memcmp(bytes.at + 8, "WEBP", 4) == 0) {
        *out = DOCUMENT_WEBP;
        return true;
    }
    if (is_heif(bytes))
        return refuse(name, "是苹果手机的 HEIC 照片，别人的电脑多半打不开",
                      "请在手机“设置 → 相机 → 格式”里选“兼容性最佳”再拍，或者用微信把照片发给自己、存成 JPG，再传", err);
    if (text_starts(bytes, TEXT("GIF8")) || text_starts(bytes, TEXT("BM")) || text_starts(bytes, TEXT("II*\0")) || text_starts(bytes, TEXT("MM\0*")))
        return refuse(name, "是这里不收的图片格式（GIF、BMP、TIFF）", SAVE_JPG, err);
    if (text_starts(bytes, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return compound_kind(bytes, name, out, err);
    if (text_starts(bytes, TEXT("PK")))
        return zip_kind(bytes, name, out, err);
    return refuse(name, "不是文档、表格、演示文稿或图片", "可以传的有：PDF、Word、Excel、PPT、WPS、OFD、JPG、PNG、WebP；别的请在原来的软件里另存为 PDF", err);
}
