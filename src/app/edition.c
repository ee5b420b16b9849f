#include "app/edition.h"

#include "app/embedded.h"
#include "base/file.h"
#include "standard/edition_load.h"
#include "standard/evidence_load.h"

#include <dirent.h>
#include <string.h>

enum { MAX_EDITIONS = 8, MAX_FILES = 32, LARGEST_FILE = 1 << 20 };

const char *const *app_edition_names(size_t *n_out)
{
    static const char *names[MAX_EDITIONS];
    size_t n = 0;
    for (const struct embedded_file *f = EMBEDDED_FILES; f->folder; f++)
        if (n < MAX_EDITIONS && (!n || strcmp(names[n - 1], f->folder) != 0))
            names[n++] = f->folder;
    *n_out = n;
    return names;
}

static size_t embedded_files(const char *folder, struct edition_file *files)
{
    size_t n = 0;
    for (const struct embedded_file *f = EMBEDDED_FILES; f->folder; f++)
        if (n < MAX_FILES && !strcmp(f->folder, folder))
            files[n++] = (struct edition_file){ text_of(f->name), { (const char *)f->at, f->size } };
    return n;
}

static bool no_such_edition(const char *name, struct err *err)
{
    size_t n;
    char known[200];
    struct arena *mem = arena_new("edition names");
    struct buf list = { .mem = mem };
    const char *const *names = app_edition_names(&n);
    for (size_t i = 0; i < n; i++)
        buf_printf(&list, "%s%s", i ? "、" : "", names[i]);
    const size_t size = list.size < sizeof known ? list.size : sizeof known - 1;
    memcpy(known, buf_text(&list).at, size);
    known[size] = '\0';
    arena_free(&mem);
    err_set(err, ERR_ABSENT, "没有名为“%s”的标准版本，也没有这个文件夹。", name);
    return err_hint(err, "自带的标准版本有 %s；自己的标准版本请给出文件夹，如 ./my-edition。", known);
}

static bool folder_files(struct arena *mem, const char *folder, DIR *dir, struct edition_file *files,
                         size_t *n, struct err *err)
{
    for (const struct dirent *entry; (entry = readdir(dir));) {
        struct edition_file *const file = &files[*n];
        if (entry->d_name[0] == '.' || !text_ends(text_of(entry->d_name), TEXT(".csv")))
            continue;
        if (*n == MAX_FILES) {
            err_set(err, ERR_LIMIT, "文件夹“%s”里的 .csv 文件太多（超过 %d 个），不像一个标准版本。", folder,
                    MAX_FILES);
            return err_hint(err, "请指定只含标准版本各表的文件夹，如 standards/cn-2017。");
        }
        file->name = text_copy(mem, text_of(entry->d_name));
        if (!file_read(mem, arena_printf(mem, "%s/%s", folder, entry->d_name), LARGEST_FILE, &file->bytes,
                       err))
            return false;
        ++*n;
    }
    return true;
}

bool app_edition_files(struct arena *mem, const char *name_or_folder, const struct edition_file **files_out,
                       size_t *n_out, struct err *err)
{
    struct edition_file *const files = arena_array(mem, MAX_FILES + 1, struct edition_file);
    *files_out = files;
    if ((*n_out = embedded_files(name_or_folder, files)) > 0)
        return true;
    DIR *const dir = opendir(name_or_folder);
    if (!dir)
        return no_such_edition(name_or_folder, err);
    const bool ok = folder_files(mem, name_or_folder, dir, files, n_out, err);
    closedir(dir);
    return ok;
}

bool app_edition(struct arena *mem, const char *name_or_folder, const struct edition **out, struct err *err)
{
    const struct edition_file *files;
    size_t n;
    const char *const name = name_or_folder && name_or_folder[0] ? name_or_folder : app_edition_names(&n)[0];
    return app_edition_files(mem, name, &files, &n, err) &&
           edition_load(mem, text_of(name), files, n, out, err);
}

bool app_edition_asked(struct arena *mem, const struct edition *edition, const char *name_or_folder, struct evidence_list *out, struct err *err)
{
    const struct edition_file *files;
    size_t n;
    const char *const name = name_or_folder && name_or_folder[0] ? name_or_folder : app_edition_names(&n)[0];
    return app_edition_files(mem, name, &files, &n, err) && evidence_load(mem, edition, text_of(name), files, n, out, err);
}
