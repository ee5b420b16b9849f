/* sniff_content.h — everything a file can turn out to be, before it is taken or refused. */
#pragma once
#include "base/text.h"

enum content {
    CONTENT_TEXT, CONTENT_XLSX, CONTENT_ODS, CONTENT_XLS,    /* taken */
    CONTENT_EMPTY, CONTENT_RUBBISH,                          /* refused, from here on */
    CONTENT_XLSX_MACRO, CONTENT_XLSB, CONTENT_ODS_MACRO,
    CONTENT_XLS_MACRO, CONTENT_XLS_OLD, CONTENT_XLS_LOCKED,
    CONTENT_OFFICE_LOCKED, CONTENT_ZIP_LOCKED,
    CONTENT_ZIP, CONTENT_ZIP_CUT, CONTENT_OLE_CUT, CONTENT_OLE_OTHER, CONTENT_ARCHIVE,
    CONTENT_DOC, CONTENT_SLIDES, CONTENT_OFD, CONTENT_NUMBERS, CONTENT_PDF, CONTENT_RTF, CONTENT_PICTURE,
    CONTENT_HTML, CONTENT_SPREADSHEETML, CONTENT_MHTML, CONTENT_XML, CONTENT_JSON,
    CONTENT_DATABASE, CONTENT_PROGRAM,
    N_CONTENTS
};

/* Bytes that start with "PK".  Reads the zip's directory of names only; inflates nothing. */
enum content zip_content(struct text bytes);
/* Bytes that start with the compound file's signature (OLE2).  Walks its directory and looks at
 * the first sector of the workbook only. */
enum content ole_content(struct text bytes);

/* Whether `size` bytes lie at `at`; and little-endian numbers where they do. */
static inline bool bytes_hold(struct text bytes, size_t at, size_t size)
{
    return at <= bytes.size && size <= bytes.size - at;
}
static inline unsigned bytes_u16(struct text bytes, size_t at)
{
    const unsigned char *const p = (const unsigned char *)bytes.at + at;
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}
static inline unsigned bytes_u32(struct text bytes, size_t at)
{
    return bytes_u16(bytes, at) | bytes_u16(bytes, at + 2) << 16;
}
