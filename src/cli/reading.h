/* reading.h — the options of every command that reads returns. */
#pragma once
#include "cli/options.h"
#include "cli/progress.h"
#include "model/edition.h"

struct reading {
    const char *edition, *county;
    double year, jobs;
    struct words files, county_files;
    /* made by reading_prepare */
    const struct edition *standard;
    const char **paths;          /* school files, then county files */
    size_t n_paths;
    struct progress progress;
};

#define READING_START ((struct reading){ .county = "", .edition = "" })

#define READING_OPTIONS(reading)                                                                               \
    OPTION_LIST("county-file", 0, &(reading)->county_files, "文件", "区县数据文件；可以有几个"),                \
    OPTION_TEXT("edition", 0, &(reading)->edition, "版本|文件夹", "用哪一版标准；默认 cn-2017"),                \
    OPTION_TEXT("county", 0, &(reading)->county, "县代码", "文件里没有县代码时用这个"),                         \
    OPTION_WHOLE("year", 0, &(reading)->year, "学年", "文件里没有学年时用这个；2025 指 2025—2026 学年"),        \
    OPTION_WHOLE("jobs", 0, &(reading)->jobs, "个数", "同时用几个进程读大的 CSV；默认按处理器个数")

/* Loads the edition, joins the files, checks the year. */
bool reading_prepare(struct command_context *run, struct reading *reading, struct err *err) MUST_CHECK;
