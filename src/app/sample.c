#include "app/sample.h"
#include "base/file.h"
#include "base/out.h"
#include "report/write_geojson.h"
#include "report/write_sheet_csv.h"
#include "report/write_workbook.h"
#include "sample/files.h"
#include "sample/nation.h"
#include "sample/outline.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LAST_YEAR = 2025, USUAL_YEARS = 3 };

static bool make_folder(const char *folder, struct err *err)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return true;
    err_set(err, ERR_OUTSIDE, "建不了文件夹“%s”：%s。", folder, err_system(errno));
    return err_hint(err, "请先建好上一层文件夹，或者换一个可写的地方。");
}

static bool write_file(struct arena *mem, const char *folder, const struct sample_file *file, struct err *err)
{
    static const enum csv_encoding encodings[] = {
        [SAMPLE_CSV] = CSV_UTF8, [SAMPLE_CSV_BOM] = CSV_UTF8_BOM, [SAMPLE_CSV_GB18030] = CSV_GB18030,
    };
    const char *path = arena_printf(mem, "%s/%.*s", folder, TEXT_ARG(file->name));
    if (file->format == SAMPLE_XLSX)
        return write_workbook(path, &file->sheet, 1, err);
    struct text bytes;
    return write_sheet_csv(mem, file->sheet, encodings[file->format], &bytes, err) && file_write(path, bytes, err);
}

static bool write_county(struct arena *mem, const struct sample_request *request, struct sample_tally *tally_out,
                         struct err *err)
{
    struct sample_county *county = sample_county(mem, request->seed, LAST_YEAR, request->years ? request->years : USUAL_YEARS);
    sample_faults(mem, county);
    const struct sample_files *files = sample_files(mem, county);
    for (size_t i = 0; i < files->n; i++)
        if (!write_file(mem, request->folder, &files->at[i], err))
            return false;
    *tally_out = (struct sample_tally){ .files = files->n + 2, .schools = county->n };
    struct out *outline = out_new_memory(mem);
    write_geojson(sample_outline(mem, county->land), outline);
    if (!file_write(arena_printf(mem, "%s/" SAMPLE_OUTLINE_FILE, request->folder), out_collected(outline), err))
        return false;
    return file_write(arena_printf(mem, "%s/读我.txt", request->folder), sample_guide(mem, county, files), err);
}

static bool write_nation(struct arena *mem, const struct sample_request *request, struct sample_tally *tally_out,
                         struct err *err)
{
    const struct nation_request nation = {
        .counties = request->counties, .last_year = LAST_YEAR, .years = request->years ? request->years : USUAL_YEARS,
        .seed = request->seed,
    };
    const char *path = arena_printf(mem, "%s/nation.csv", request->folder);
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_set(err, ERR_OUTSIDE, "写不了文件“%s”：%s。", path, err_system(errno));
    struct out *out = out_new(mem, fd);
    tally_out->schools = nation_write(&nation, out);
    tally_out->files = 1;
    const bool ok = out_flush(out, err);
    close(fd);
    return ok;
}

bool app_sample(const struct sample_request *request, struct sample_tally *tally_out, struct err *err)
{
    if (request->counties > NATION_MOST_COUNTIES)
        return err_set(err, ERR_USAGE, "--counties 最多 %d 个县，给的是 %u。", NATION_MOST_COUNTIES, request->counties);
    if (request->years < 0 || request->years > SAMPLE_MOST_YEARS)
        return err_set(err, ERR_USAGE, "--years 应在 1 到 %d 之间，给的是 %d。", SAMPLE_MOST_YEARS, request->years);
    struct arena *mem = arena_new("sample");
    const bool ok = make_folder(request->folder, err) &&
                    (request->counties ? write_nation(mem, request, tally_out, err) : write_county(mem, request, tally_out, err));
    arena_free(&mem);
    return ok;
}
