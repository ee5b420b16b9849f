#include "sample/layout.h"
#include "base/number.h"
#include "base/unicode.h"
#include "model/finding.h"

#include <string.h>

struct group { enum column first, end; };

/* The groups of columns behind the basic ones, in the order of COLUMN_NAMES. */
static const struct group GROUPS[] = {
    { PUPILS_P, GRADES_P }, { GRADES_P, STAFF_P }, { STAFF_P, AREA_TEACHING },
    { AREA_TEACHING, BUDGET }, { BUDGET, GRADUATES }, { GRADUATES, N_COLUMNS },
};
enum { N_GROUPS = sizeof GROUPS / sizeof *GROUPS };

struct laying {
    struct arena *mem;
    struct sample_county *county;
    const struct table_manner *manner;
    unsigned reports;
    int back;
    struct sheet *sheet;
    enum column order[N_COLUMNS];
    uint32_t n, first;      /* columns; where the first of them stands */
    uint32_t row;           /* the next one */
};

static bool wanted(const struct laying *laying, enum column column)
{
    return laying->manner->all_columns || (column != PUPILS_ALL && column != TEACHERS_ALL && column != PUPILS_S);
}

static void choose_columns(struct laying *laying)
{
    static const enum column basics[] = {
        COUNTY_CODE, YEAR, SCHOOL_CODE, SCHOOL_NAME, SCHOOL_TYPE, OWNERSHIP, AREA_KIND, TOWNSHIP, DISTRICT, HOST_CODE,
        BOARDING, SPONSOR, BUILT_YEAR, LONGITUDE, LATITUDE,
    };
    for (size_t i = 0; i < sizeof basics / sizeof *basics; i++)
        laying->order[laying->n++] = basics[i];
    for (unsigned g = 0; g < N_GROUPS; g++) {
        const struct group *group = &GROUPS[(g + laying->manner->rotation) % N_GROUPS];
        for (enum column c = group->first; c < group->end; c++)
            if (wanted(laying, c))
                laying->order[laying->n++] = c;
    }
}

static void mark(const struct laying *laying, struct fault *fault, uint32_t row, uint32_t column)
{
    char cell[16];
    if (laying->back == 0 && laying->reports != ALL_SCHOOLS)
        fault->where = text_printf(laying->mem, "%.*s %s", TEXT_ARG(laying->manner->file), cell_name(cell, row, column));
}

static struct text heading_of(const struct laying *laying, enum column column)
{
    const struct column_name *name = &COLUMN_NAMES[column];
    const char *words = laying->manner->other_headings && name->other ? name->other : name->heading;
    for (size_t i = 0; i < laying->county->n_faults; i++) {
        struct fault *fault = &laying->county->faults[i];
        if (fault->kind == FAULT_HEADING && fault->column == column && fault->township == laying->reports)
            words = fault->typed;
    }
    /* 万元 always stands behind its item; other units in the townships' tables alone. */
    if (name->unit && (laying->manner->framed || !strcmp(name->unit, "万元")))
        return text_printf(laying->mem, "%s（%s）", words, name->unit);
    return text_of(words);
}

static void put_headings(struct laying *laying)
{
    struct sheet *sheet = laying->sheet;
    for (uint32_t i = 0; i < laying->n; i++) {
        const enum column c = laying->order[i];
        sheet_put_text(sheet, laying->row, laying->first + i, LOOK_HEADING, heading_of(laying, c));
        sheet->width[laying->first + i] = COLUMN_NAMES[c].width;
        for (size_t f = 0; f < laying->county->n_faults; f++) {
            struct fault *fault = &laying->county->faults[f];
            if (fault->kind == FAULT_HEADING && fault->column == c && fault->township == laying->reports)
                mark(laying, fault, laying->row, laying->first + i);
        }
    }
    if (laying->manner->remarks_column) {
        sheet_put_text(sheet, laying->row, laying->first + laying->n, LOOK_HEADING, TEXT("备注"));
        sheet->width[laying->first + laying->n] = 20.0;
    }
    laying->row++;
}

/* Title, who filled it in, and captions merged over the headings of each group. */
static void put_frame(struct laying *laying)
{
    struct sheet *sheet = laying->sheet;
    const uint32_t last = laying->first + laying->n - 1;
    const char *place = TOWNSHIPS[laying->reports].name;
    const int year = laying->county->last_year - laying->back;
    sheet_put_merged(sheet, 1, 1, 1, last, LOOK_TITLE,
                     text_printf(laying->mem, SAMPLE_COUNTY_NAME "%d—%d学年义务教育学校办学条件统计表（%s）", year, year + 1, place));
    sheet_put_text(sheet, 2, 1, LOOK_NOTE, text_printf(laying->mem, "填报单位：%s中心学校（虚构）", place));
    sheet_put_text(sheet, 2, last - 4, LOOK_NOTE, TEXT("单位：人、个、间、平方米、万元"));
    sheet_put_merged(sheet, 3, 1, 4, 1, LOOK_GROUP, TEXT("序号"));
    for (uint32_t i = 0; i < laying->n;) {
        const struct column_name *name = &COLUMN_NAMES[laying->order[i]];
        uint32_t end = i + 1;
        while (end < laying->n && !COLUMN_NAMES[laying->order[end]].group)
            end++;
        if (name->group)
            sheet_put_merged(sheet, 3, laying->first + i, 3, laying->first + end - 1, LOOK_GROUP, text_of(name->group));
        i = end;
    }
    laying->row = 4;
    put_headings(laying);
    sheet->frozen_rows = 4;
    sheet->frozen_columns = laying->first + 3;
}

/* 1234567.5 → "1,234,567.5" */
static struct text with_separators(struct arena *mem, double x)
{
    char plain[NUMBER_SIZE];
    const size_t size = number_shortest(plain, x);
    size_t whole = 0;
    while (whole < size && plain[whole] != '.')
        whole++;
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < size; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            buf_byte(&buf, ',');
        buf_byte(&buf, plain[i]);
    }
    return buf_text(&buf);
}

/* 123 → “１２３” */
static struct text with_wide_digits(struct arena *mem, double x)
{
    char plain[NUMBER_SIZE];
    const size_t size = number_shortest(plain, x);
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < size; i++)
        utf8_add(&buf, 0xFEE0u + (unsigned char)plain[i]);
    return buf_text(&buf);
}

static void put_figure(struct laying *laying, uint32_t column, enum column c, double x)
{
    const struct table_manner *manner = laying->manner;
    struct sheet *sheet = laying->sheet;
    const bool area = c >= AREA_TEACHING && c <= AREA_OUTDOOR;
    if (area && manner->thousands_typed)
        sheet_put_text(sheet, laying->row, column, LOOK_TEXT, with_separators(laying->mem, x));
    else if (c >= PUPILS_P && c <= LARGEST_CLASS && manner->wide_digits)
        sheet_put_text(sheet, laying->row, column, LOOK_TEXT, with_wide_digits(laying->mem, x));
    else
        sheet_put_number(sheet, laying->row, column,
                         area && manner->thousands_shown ? LOOK_THOUSANDS
                         : COLUMN_NAMES[c].decimal       ? LOOK_DECIMAL
                         : c == LONGITUDE || c == LATITUDE ? LOOK_DEGREES
                                                         : LOOK_WHOLE, x);
}

static void put_school(struct laying *laying, size_t index, uint32_t serial)
{
    const struct sample_school *school = &laying->county->schools[index];
    struct sheet *sheet = laying->sheet;
    if (laying->first > 1)
        sheet_put_number(sheet, laying->row, 1, LOOK_WHOLE, serial);
    for (uint32_t i = 0; i < laying->n; i++) {
        const enum column c = laying->order[i];
        const uint32_t column = laying->first + i;
        for (size_t f = 0; f < laying->county->n_faults; f++) {
            struct fault *fault = &laying->county->faults[f];
            const bool here = fault->kind == FAULT_CELL        ? fault->school == index && fault->column == c
                              : fault->kind == FAULT_DUPLICATE ? fault->school == index && fault->column == c &&
                                                                     fault->township == laying->reports
                                                               : false;
            if (here)
                mark(laying, fault, laying->row, column);
        }
        if (laying->back == 0 && school->typed[c].size)
            sheet_put_text(sheet, laying->row, column, LOOK_TEXT, school->typed[c]);
        else if (c < N_TEXTS && school->text[c].size)
            sheet_put_text(sheet, laying->row, column, LOOK_TEXT, school->text[c]);
        else if (c >= N_TEXTS && !is_blank(school->figure[laying->back][c]))
            put_figure(laying, column, c, school->figure[laying->back][c]);
        else if (c >= PUPILS_P && laying->manner->zeros)
            put_figure(laying, column, c, 0.0);
    }
    laying->row++;
}

static bool repeated_here(const struct laying *laying, size_t school)
{
    for (size_t i = 0; i < laying->county->n_faults; i++) {
        const struct fault *fault = &laying->county->faults[i];
        if (fault->kind == FAULT_DUPLICATE && fault->school == school && fault->township == laying->reports)
            return laying->back == 0;
    }
    return false;
}

static bool belongs(const struct laying *laying, size_t school)
{
    if (laying->reports == ALL_SCHOOLS)
        return true;
    return laying->county->schools[school].reports == laying->reports && school != layout_form_school(laying->county);
}

/* The sums of the table and the remarks people leave under it. */
static void put_foot(struct laying *laying, const double *total)
{
    struct sheet *sheet = laying->sheet;
    sheet_put_merged(sheet, laying->row, 1, laying->row, laying->first + 3, LOOK_TOTAL, TEXT("合计"));
    for (uint32_t i = 4; i < laying->n; i++) {
        const enum column c = laying->order[i];
        if (c >= PUPILS_P && c != LARGEST_CLASS && c != GRADES_P && c != GRADES_J)
            sheet_put_number(sheet, laying->row, laying->first + i, LOOK_TOTAL,
                             number_round(total[c], COLUMN_NAMES[c].decimal ? 2 : 0));
    }
    sheet_put_text(sheet, laying->row + 1, 1, LOOK_NOTE,
                   TEXT("注：1.在校生数为9月1日数；2.教学及辅助用房面积含室内体育用房；3.本表为虚构数据，仅供试用。"));
    sheet_put_text(sheet, laying->row + 2, 1, LOOK_NOTE,
                   text_printf(laying->mem, "填表人：（虚构）    审核人：（虚构）    填表日期：%d年10月12日",
                               laying->county->last_year - laying->back));
}

struct sheet *layout_schools(struct arena *mem, struct sample_county *county, unsigned reports, int back,
                             const struct table_manner *manner)
{
    const char *name = reports < N_TOWNSHIPS ? TOWNSHIPS[reports].name : "学校数据";
    struct laying laying = {
        .mem = mem, .county = county, .manner = manner, .reports = reports, .back = back,
        .sheet = sheet_new(mem, text_of(name)), .row = 1, .first = manner->framed ? 2 : 1,
    };
    double total[N_COLUMNS] = { 0 };
    uint32_t serial = 0;
    choose_columns(&laying);
    if (manner->framed)
        put_frame(&laying);
    else
        put_headings(&laying);
    for (size_t i = 0; i < county->n; i++) {
        if (!belongs(&laying, i) && !repeated_here(&laying, i))
            continue;
        for (int c = N_TEXTS; c < N_COLUMNS; c++)
            total[c] += is_blank(county->schools[i].figure[back][c]) ? 0.0 : county->schools[i].figure[back][c];
        put_school(&laying, i, ++serial);
    }
    if (manner->framed)
        put_foot(&laying, total);
    return laying.sheet;
}
