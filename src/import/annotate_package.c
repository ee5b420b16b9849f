#include "import/annotate_package.h"

#include "import/annotate_edit.h"
#include "import/xlsx_parts.h"
#include "import/zip_directory.h"

#include <zip.h>

#define TRANSITIONAL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships/"

static struct rewritten *find(struct rewrite *rewrite, struct text path)
{
    for (size_t i = 0; i < rewrite->n; i++)
        if (zip_name_equal(rewrite->at[i].path, path))
            return &rewrite->at[i];
    return NULL;
}

bool rewrite_load(struct rewrite *rewrite, struct text path, struct text *out, struct err *err)
{
    const struct rewritten *const made = find(rewrite, path);
    const size_t part = package_find(rewrite->package, path);
    *out = made ? made->bytes : TEXT("");
    return made || part == NO_PART || part_load(rewrite->mem, rewrite->package, part, out, err);
}

void rewrite_put(struct rewrite *rewrite, struct text path, struct text bytes)
{
    struct rewritten *const made = find(rewrite, path);
    if (made) {
        made->bytes = bytes;
        return;
    }
    ARENA_ROOM(rewrite->mem, rewrite->at, rewrite->n, rewrite->capacity);
    rewrite->at[rewrite->n++] = (struct rewritten){ path, bytes, false };
}

struct text rewrite_free_path(struct rewrite *rewrite, const char *before, const char *after)
{
    for (unsigned i = 1;; i++) {
        const struct text path = text_printf(rewrite->mem, "%s%u%s", before, i, after);
        if (!find(rewrite, path) && package_find(rewrite->package, path) == NO_PART)
            return path;
    }
}

/* Loads a part that holds a list, puts `line` (made for its prefix) at the end of it. */
static bool append_line(struct rewrite *rewrite, struct text path, const char *empty, const char *element,
                        struct text attributes, struct err *err)
{
    struct text part;
    struct outline outline;
    if (!rewrite_load(rewrite, path, &part, err))
        return false;
    if (!part.size)
        part = text_of(empty);
    if (!outline_read(rewrite->mem, part, text_string(rewrite->mem, path), 1, &outline, err))
        return false;
    const struct text prefix = tag_prefix(outline_tag(&outline, &outline.at[0]));
    struct edits edits = { .mem = rewrite->mem };
    outline_append(&outline, &outline.at[0],
                   text_printf(rewrite->mem, "<%.*s%s %.*s/>", TEXT_ARG(prefix), element, TEXT_ARG(attributes)), &edits);
    rewrite_put(rewrite, path, edits_apply(rewrite->mem, part, &edits));
    return true;
}

bool rewrite_relate(struct rewrite *rewrite, struct text from, const char *type, struct text to, const char **id_out,
                    struct err *err)
{
    static const char EMPTY[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    const struct text path = relations_path(rewrite->mem, from);
    struct text part;
    if (!rewrite_load(rewrite, path, &part, err))
        return false;
    const char *id = NULL;
    for (unsigned i = 1; !id || text_find(part, text_printf(rewrite->mem, "\"%s\"", id), NULL) ||
                         text_find(part, text_printf(rewrite->mem, "'%s'", id), NULL); i++)
        id = arena_printf(rewrite->mem, "rIdJunheng%u", i);
    *id_out = id;
    struct buf target = { .mem = rewrite->mem };
    xml_escape(&target, to);
    return append_line(rewrite, path, EMPTY, "Relationship",
                       text_printf(rewrite->mem, "Id=\"%s\" Type=\"%s%s\" Target=\"/%.*s\"", id,
                                   rewrite->strict ? STRICT : TRANSITIONAL, type, TEXT_ARG(buf_text(&target))), err);
}

bool rewrite_declare(struct rewrite *rewrite, struct text path, const char *content_type, struct err *err)
{
    return append_line(rewrite, TEXT("[Content_Types].xml"), "", "Override",
                       text_printf(rewrite->mem, "PartName=\"/%.*s\" ContentType=\"%s\"", TEXT_ARG(path), content_type), err);
}

/* Leaves a default that is there already as it is. */
bool rewrite_declare_extension(struct rewrite *rewrite, const char *extension, const char *content_type, struct err *err)
{
    const struct text path = TEXT("[Content_Types].xml");
    struct text part;
    struct outline outline;
    if (!rewrite_load(rewrite, path, &part, err) || !outline_read(rewrite->mem, part, path.at, 2, &outline, err))
        return false;
    for (size_t i = 1; i < outline.n; i++) {
        const struct text tag = outline_tag(&outline, &outline.at[i]);
        if (text_equal(outline.at[i].name, TEXT("Default")) && zip_name_equal(tag_attribute(tag, "Extension"), text_of(extension)))
            return true;
    }
    return append_line(rewrite, path, "", "Default",
                       text_printf(rewrite->mem, "Extension=\"%s\" ContentType=\"%s\"", extension, content_type), err);
}

static bool failed(struct err *err, zip_t *zip)
{
    err_set(err, ERR_OUTSIDE, "写不出批注后的工作簿。");
    return err_detail(err, "libzip: %s", zip_strerror(zip));
}

static bool replace_parts(const struct rewrite *rewrite, zip_t *zip, struct err *err)
{
    enum { DATE_1980 = 0x21, LEVEL = 6 };   /* libzip would take 9: four times the time */
    for (size_t i = 0; i < rewrite->n; i++) {
        const struct rewritten *const made = &rewrite->at[i];
        const size_t part = package_find(rewrite->package, made->path);
        zip_source_t *source = zip_source_buffer(zip, made->bytes.at, made->bytes.size, 0);
        zip_int64_t index = -1;
        if (source && part != NO_PART)
            index = zip_file_replace(zip, part, source, 0) == 0 ? (zip_int64_t)part : -1;
        else if (source)
            index = zip_file_add(zip, text_string(rewrite->mem, made->path), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return failed(err, zip);
        }
        /* libzip 1.7 heeds a level only where the method seems to change; both mean deflate. */
        const zip_int32_t method = made->plain ? ZIP_CM_STORE : part != NO_PART ? ZIP_CM_DEFAULT : ZIP_CM_DEFLATE;
        if (zip_set_file_compression(zip, (zip_uint64_t)index, method, LEVEL) != 0 ||
            zip_file_set_dostime(zip, (zip_uint64_t)index, 0, DATE_1980, 0) != 0)
            return failed(err, zip);
    }
    return true;
}

static bool read_back(struct arena *mem, zip_source_t *source, struct text *out)
{
    zip_stat_t stat;
    if (zip_source_open(source) != 0)
        return false;
    bool ok = zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE);
    if (ok) {
        char *const bytes = arena_alloc(mem, stat.size);
        ok = zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size;
        *out = (struct text){ bytes, stat.size };
    }
    zip_source_close(source);
    return ok;
}

static bool write_zip(struct rewrite *rewrite, struct text original, struct text *out, struct err *err)
{
    zip_source_t *source = zip_source_buffer_create(original.at, original.size, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, 0, NULL) : NULL;
    if (!zip) {
        zip_source_free(source);
        return err_set(err, ERR_OUTSIDE, "写不出批注后的工作簿。");
    }
    zip_source_keep(source);
    bool ok = replace_parts(rewrite, zip, err);
    if (!ok) {
        zip_discard(zip);
    } else if (zip_close(zip) != 0) {
        ok = failed(err, zip);
        zip_discard(zip);
    } else {
        ok = read_back(rewrite->mem, source, out) || err_set(err, ERR_OUTSIDE, "写不出批注后的工作簿。");
    }
    zip_source_free(source);
    return ok;
}

/* A thousand equal remarks pack so well that we would take the file for a bomb when it comes back:
 * such a part is stored as it is. */
static bool make_plain(struct rewrite *rewrite, struct text made, bool *again_out, struct err *err)
{
    struct zip_directory directory;
    *again_out = false;
    if (!zip_directory_read(rewrite->mem, made, &directory, err))
        return false;
    for (size_t i = 0; i < directory.n; i++) {
        struct rewritten *const part = find(rewrite, directory.entries[i].name);
        if (!part || part->bytes.size <= PACKAGE_RATIO_FROM ||
            part->bytes.size / PACKAGE_MAX_RATIO <= directory.entries[i].packed)
            continue;
        part->plain = *again_out = true;
    }
    return true;
}

bool rewrite_finish(struct rewrite *rewrite, struct text original, struct text *out, struct err *err)
{
    bool again;
    return write_zip(rewrite, original, out, err) && make_plain(rewrite, *out, &again, err) &&
           (!again || write_zip(rewrite, original, out, err));
}
