/* make_data.c — the benches' other inputs, the same bytes each time.
 *   make_data scores FILE ROWS      scores of so many pupils in 5,000 schools, as CSV (row 6)
 *   make_data workbook FILE ROWS    a workbook of so many schools (row 10)
 *   make_data rough FILE NATION     the same rows year by year instead of county by county, with
 *                                   quoted Chinese names, and FILE.gb18030 beside it (row 1) */
#include "base/file.h"
#include "base/out.h"
#include "report/write_workbook.h"
#include "sample/column.h"
#include "sample/dice.h"

#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCHOOLS = 5000 };

static bool encode(struct arena *mem, struct text utf8, struct text *out, struct err *err)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    size_t left = utf8.size, room = utf8.size;  /* Chinese takes two bytes instead of three */
    char *bytes = arena_alloc(mem, room), *from = (char *)(uintptr_t)utf8.at, *at = bytes;
    if (converter == (iconv_t)-1 || iconv(converter, &from, &left, &at, &room) == (size_t)-1)
        return err_set(err, ERR_OUTSIDE, "不能转成 GB18030。");
    iconv_close(converter);
    *out = (struct text){ bytes, (size_t)(at - bytes) };
    return true;
}

/* A fifth of the variance lies between the schools. */
static bool scores(const char *path, size_t rows, struct err *err)
{
    struct arena *mem = arena_new("bench");
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    struct out *out = out_new(mem, fd);
    struct dice dice;
    double level[SCHOOLS];
    dice_seed(&dice, 1, 6);
    for (int i = 0; i < SCHOOLS; i++)
        level[i] = 70.0 + 5.0 * dice_bell(&dice);
    out_string(out, "school,score\n");
    for (size_t i = 0; i < rows; i++) {
        char line[64];
        const int school = dice_between(&dice, 0, SCHOOLS - 1);
        const int tenths = (int)((level[school] + 10.0 * dice_bell(&dice)) * 10.0);
        const int shown = tenths < 0 ? 0 : tenths > 1000 ? 1000 : tenths;
        const int size = snprintf(line, sizeof line, "S%04d,%d.%d\n", school, shown / 10, shown % 10);
        out_text(out, (struct text){ line, (size_t)size });
    }
    const bool ok = out_flush(out, err);
    close(fd);
    arena_free(&mem);
    return ok;
}

/* Texts, whole numbers and decimals, as in a county's own workbook. */
static bool workbook(const char *path, size_t rows, struct err *err)
{
    static const enum column columns[] = {
        COUNTY_CODE, YEAR, SCHOOL_CODE, SCHOOL_NAME, SCHOOL_TYPE, PUPILS_P, TEACHERS_P, DEGREE_P, BACKBONE_P, PE_P,
        ARTS_P, AREA_TEACHING, AREA_INDOOR, AREA_OUTDOOR, EQUIPMENT, MULTIMEDIA,
    };
    struct arena *mem = arena_new("bench");
    struct sheet *sheet = sheet_new(mem, TEXT("学校数据"));
    struct dice dice;
    dice_seed(&dice, 1, 10);
    for (uint32_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        const struct column_name *name = &COLUMN_NAMES[columns[c]];
        sheet_put_text(sheet, 1, c + 1, LOOK_HEADING, name->unit ? text_printf(mem, "%s（%s）", name->heading, name->unit)
                                                                 : text_of(name->heading));
    }
    for (uint32_t row = 2; row < rows + 2; row++) {
        const int pupils = dice_between(&dice, 60, 1800);
        sheet_put_text(sheet, row, 1, LOOK_TEXT, TEXT("419900"));
        sheet_put_number(sheet, row, 2, LOOK_WHOLE, 2025);
        sheet_put_text(sheet, row, 3, LOOK_TEXT, text_printf(mem, "24199%05u", row));
        sheet_put_text(sheet, row, 4, LOOK_TEXT, text_printf(mem, "青禾县第%u小学（虚构）", row));
        sheet_put_text(sheet, row, 5, LOOK_TEXT, TEXT("小学"));
        sheet_put_number(sheet, row, 6, LOOK_WHOLE, pupils);
        sheet_put_number(sheet, row, 7, LOOK_WHOLE, pupils / 15 + 3);
        sheet_put_number(sheet, row, 8, LOOK_WHOLE, pupils / 16 + 1);
        sheet_put_number(sheet, row, 9, LOOK_WHOLE, pupils / 90);
        sheet_put_number(sheet, row, 10, LOOK_WHOLE, pupils / 220);
        sheet_put_number(sheet, row, 11, LOOK_WHOLE, pupils / 200);
        sheet_put_number(sheet, row, 12, LOOK_DECIMAL, pupils * 5 + dice_between(&dice, 0, 99) / 100.0);
        sheet_put_number(sheet, row, 13, LOOK_DECIMAL, dice_between(&dice, 0, 300));
        sheet_put_number(sheet, row, 14, LOOK_DECIMAL, pupils * 8 + dice_between(&dice, 0, 99) / 100.0);
        sheet_put_number(sheet, row, 15, LOOK_DECIMAL, pupils / 5 + dice_between(&dice, 0, 99) / 100.0);
        sheet_put_number(sheet, row, 16, LOOK_WHOLE, pupils / 40 + 1);
    }
    const bool ok = write_workbook(path, &sheet, 1, err);
    arena_free(&mem);
    return ok;
}

/* The name of a row's school: `"青禾县“示范”第12小学, 虚构"` with its quotes doubled as CSV wants it. */
static void add_rough_line(struct buf *buf, struct text line, size_t number)
{
    size_t comma = 0;
    for (int commas = 0; comma < line.size && commas < 3; comma++)
        commas += line.at[comma] == ',';
    buf_add(buf, (struct text){ line.at, comma });
    if (number == 0)
        buf_add(buf, TEXT("school_name,"));
    else
        buf_printf(buf, "\"青禾县\"\"示范\"\"第%zu小学, 虚构\",", number);
    buf_add(buf, (struct text){ line.at + comma, line.size - comma });
    buf_byte(buf, '\n');
}

static bool rough(const char *path, const char *nation, struct err *err)
{
    struct arena *mem = arena_new("bench");
    struct text whole, header, line, gb18030;
    struct buf buf = { .mem = mem };
    bool ok = file_read(mem, nation, (size_t)1 << 32, &whole, err);
    text_split(&whole, '\n', &header);
    add_rough_line(&buf, header, 0);
    for (int year = 2016; ok && year <= 2025; year++) {
        const char *wanted = arena_printf(mem, ",%d,", year);
        size_t number = 1;
        for (struct text rest = whole; text_split(&rest, '\n', &line) && line.size; number++)
            if (text_starts((struct text){ line.at + 6, line.size - 6 }, text_of(wanted)))
                add_rough_line(&buf, line, number);
    }
    ok = ok && file_write(path, buf_text(&buf), err) &&
         encode(mem, buf_text(&buf), &gb18030, err) && file_write(arena_printf(mem, "%s.gb18030", path), gb18030, err);
    arena_free(&mem);
    return ok;
}

int main(int argc, char **argv)
{
    struct err err = { 0 };
    if (argc != 4) {
        fputs("usage: make_data scores|workbook FILE ROWS | rough FILE NATION\n", stderr);
        return 2;
    }
    const size_t rows = strtoul(argv[3], NULL, 10);
    const bool ok = !strcmp(argv[1], "rough")    ? rough(argv[2], argv[3], &err)
                    : !strcmp(argv[1], "scores") ? scores(argv[2], rows, &err)
                                                 : workbook(argv[2], rows, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.what);
    return err_exit_code(err.kind);
}
