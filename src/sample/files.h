/* files.h — the made-up county as the files a bureau would really have: a workbook a township, the
 * bureau's own table, one school's official form, text files in two encodings, the county's form,
 * earlier years as text.  Composed here, written by whoever asked. */
#pragma once
#include "model/sheet.h"
#include "sample/county.h"

enum sample_format { SAMPLE_XLSX, SAMPLE_CSV, SAMPLE_CSV_BOM, SAMPLE_CSV_GB18030 };

struct sample_file {
    struct text name;
    enum sample_format format;
    struct sheet *sheet;
};

enum { MOST_SAMPLE_FILES = N_TOWNSHIPS + 3 + 2 * SAMPLE_MOST_YEARS };

#define SAMPLE_OUTLINE_FILE "青禾县-边界.geojson"

struct sample_files {
    struct sample_file at[MOST_SAMPLE_FILES];
    size_t n;
};

/* Lays out every file, and notes in each fault where it stands.  All in mem. */
struct sample_files *sample_files(struct arena *mem, struct sample_county *county);
/* 读我.txt: what the files are, and which mistakes are in them. */
struct text sample_guide(struct arena *mem, const struct sample_county *county, const struct sample_files *files);
