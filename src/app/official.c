#include "app/official.h"

#include "app/edition.h"
#include "indicator/official.h"
#include "report/official_tables.h"
#include "standard/official_load.h"

bool app_official_form(struct arena *mem, const struct edition *edition, const char *name_or_folder,
                       const struct official_form **out, struct err *err)
{
    const struct edition_file *files;
    size_t n, n_names;
    const char *name = name_or_folder && name_or_folder[0] ? name_or_folder : app_edition_names(&n_names)[0];
    if (!app_edition_files(mem, name, &files, &n, err) || !official_load(mem, edition, text_of(name), files, n, out, err))
        return false;
    if (*out)
        return true;
    err_set(err, ERR_ABSENT, "标准版本“%s”没有申报表。", name);
    return err_hint(err, "申报表（表Ⅰ–Ⅵ）由 official_sheets、official_cells、official_figures 三张 .csv 表给出，见 standards/README.md。");
}

void app_official_tables(const struct official_form *form, const struct assessment *assessment, size_t county,
                         struct text version, struct arena *mem, struct sheet **sheets, size_t *n_out)
{
    struct official_values values;
    official_work_out(form, assessment, county, mem, &values);
    const struct official_request request = {
        .form = form, .assessment = assessment, .county = county, .values = &values, .version = version,
    };
    official_tables(&request, mem, sheets, n_out);
}
