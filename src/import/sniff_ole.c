#include "import/sniff_content.h"

#include <stdint.h>
#include <string.h>

/* [MS-CFB]: a file system in a file.  Sectors are chained by a table (FAT) whose own sectors are
 * listed in the header and, beyond 109, in a chain of further lists (DIFAT). */
enum {
    HEADER_LISTED = 109, LIST_AT = 76, ENTRY_SIZE = 128,
    LARGEST_SECTOR = 0xFFFFFFFA,
    MOST_LISTS = 256, MOST_DIRECTORY_SECTORS = 4096,
};

struct compound { struct text bytes; size_t sector; };

static bool sector_at(const struct compound *file, uint32_t index, size_t *at_out)
{
    const uint64_t at = ((uint64_t)index + 1) * file->sector;
    if (index >= (uint32_t)LARGEST_SECTOR || at > file->bytes.size || !bytes_hold(file->bytes, at, 1))
        return false;
    *at_out = at;
    return true;
}

/* The number at `index` of the list of numbers that fills a sector. */
static bool number_in_sector(const struct compound *file, uint32_t sector, size_t index, uint32_t *out)
{
    size_t at;
    if (!sector_at(file, sector, &at) || !bytes_hold(file->bytes, at + 4 * index, 4))
        return false;
    *out = bytes_u32(file->bytes, at + 4 * index);
    return true;
}

static bool next_sector(const struct compound *file, uint32_t sector, uint32_t *out)
{
    const size_t numbers = file->sector / 4;
    size_t table = sector / numbers;
    uint32_t table_sector;
    if (table < HEADER_LISTED) {
        table_sector = bytes_u32(file->bytes, LIST_AT + 4 * table);
    } else {
        table -= HEADER_LISTED;
        uint32_t list = bytes_u32(file->bytes, 68);
        for (size_t n = 0; table >= numbers - 1; n++, table -= numbers - 1)
            if (n == MOST_LISTS || !number_in_sector(file, list, numbers - 1, &list))
                return false;
        if (!number_in_sector(file, list, table, &table_sector))
            return false;
    }
    return number_in_sector(file, table_sector, sector % numbers, out);
}

struct seen { bool any, workbook, book, encrypted, vba, word, slides; uint32_t workbook_sector; };

static bool named(struct text entry, const char *name)
{
    const size_t length = strlen(name);
    if (bytes_u16(entry, 64) != 2 * (length + 1))
        return false;
    for (size_t i = 0; i < length; i++)
        if (entry.at[2 * i] != name[i] || entry.at[2 * i + 1])
            return false;
    return true;
}

static void see(struct seen *seen, struct text entry, size_t cutoff)
{
    const unsigned type = (unsigned char)entry.at[66];
    if (type != 1 && type != 2 && type != 5)
        return;
    seen->any = true;
    seen->encrypted |= named(entry, "EncryptedPackage");
    seen->vba |= named(entry, "_VBA_PROJECT") || named(entry, "_VBA_PROJECT_CUR");
    seen->word |= named(entry, "WordDocument");
    seen->slides |= named(entry, "PowerPoint Document");
    seen->book |= named(entry, "Book");
    if (type == 2 && (named(entry, "Workbook") || named(entry, "WORKBOOK"))) {
        seen->workbook = true;
        if (bytes_u32(entry, 120) >= cutoff) /* smaller streams lie elsewhere: the reader will see */
            seen->workbook_sector = bytes_u32(entry, 116);
    }
}

/* The workbook's first records: its version, and FILEPASS where it is encrypted. */
static enum content workbook_content(const struct compound *file, uint32_t sector)
{
    enum { BOF = 0x0809, FILEPASS = 0x002F, BIFF8 = 0x0600 };
    size_t at;
    if (!sector_at(file, sector, &at))
        return CONTENT_XLS;
    const size_t end = at + file->sector;
    for (bool first = true; at + 4 <= end && bytes_hold(file->bytes, at, 4); first = false) {
        const unsigned type = bytes_u16(file->bytes, at), size = bytes_u16(file->bytes, at + 2);
        if (first && (type & 0xFF) == 9 && bytes_hold(file->bytes, at + 4, 2) &&
            (type != BOF || bytes_u16(file->bytes, at + 4) != BIFF8))
            return CONTENT_XLS_OLD;
        if (type == FILEPASS)
            return CONTENT_XLS_LOCKED;
        at += 4 + size;
    }
    return CONTENT_XLS;
}

enum content ole_content(struct text bytes)
{
    if (bytes.size < 512)
        return CONTENT_OLE_CUT;
    const unsigned shift = bytes_u16(bytes, 30);
    if (shift != 9 && shift != 12)
        return CONTENT_OLE_CUT;
    const struct compound file = { bytes, (size_t)1 << shift };
    struct seen seen = { .workbook_sector = UINT32_MAX };
    uint32_t sector = bytes_u32(bytes, 48);
    for (size_t n = 0; n < MOST_DIRECTORY_SECTORS; n++) {
        size_t at;
        if (!sector_at(&file, sector, &at))
            break;
        for (size_t i = 0; i < file.sector / ENTRY_SIZE; i++, at += ENTRY_SIZE)
            if (bytes_hold(bytes, at, ENTRY_SIZE))
                see(&seen, (struct text){ bytes.at + at, ENTRY_SIZE }, bytes_u32(bytes, 56));
        if (!next_sector(&file, sector, &sector))
            break;
    }
    if (seen.encrypted)
        return CONTENT_OFFICE_LOCKED;
    if (seen.workbook) {
        const enum content found = workbook_content(&file, seen.workbook_sector);
        return found == CONTENT_XLS && seen.vba ? CONTENT_XLS_MACRO : found;
    }
    if (seen.book)
        return CONTENT_XLS_OLD;
    if (seen.word)
        return CONTENT_DOC;
    if (seen.slides)
        return CONTENT_SLIDES;
    return seen.any ? CONTENT_OLE_OTHER : CONTENT_OLE_CUT;
}
