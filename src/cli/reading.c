#include "cli/reading.h"

#include "app/edition.h"

enum { FIRST_YEAR = 1949, LAST_YEAR = 2200, MOST_JOBS = 256 };

bool reading_prepare(struct command_context *run, struct reading *r, struct err *err)
{
    if (r->year != 0 && (r->year < FIRST_YEAR || r->year > LAST_YEAR)) {
        err_set(err, ERR_USAGE, "--year 读到 %.0f，应为四位学年。", r->year);
        return err_hint(err, "2025 指 2025—2026 学年。");
    }
    if (r->jobs > MOST_JOBS) {
        err_set(err, ERR_USAGE, "--jobs 读到 %.0f，最多 %d。", r->jobs, MOST_JOBS);
        return err_hint(err, "不写 --jobs 时按处理器个数。");
    }
    r->n_paths = r->files.n + r->county_files.n;
    r->paths = arena_array(run->mem, r->n_paths, const char *);
    for (size_t i = 0; i < r->n_paths; i++)
        r->paths[i] = i < r->files.n ? r->files.at[i] : r->county_files.at[i - r->files.n];
    return app_edition(run->mem, r->edition, &r->standard, err);
}
