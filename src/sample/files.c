#include "sample/files.h"
#include "sample/layout.h"

static void add(struct sample_files *files, struct text name, enum sample_format format, struct sheet *sheet)
{
    files->at[files->n++] = (struct sample_file){ .name = name, .format = format, .sheet = sheet };
}

static void add_township(struct arena *mem, struct sample_county *county, unsigned t, struct sample_files *files)
{
    /* Two townships send text files: one as an old spreadsheet program saves it, one as a new one does. */
    const enum sample_format format = t == 7 ? SAMPLE_CSV_GB18030 : t == 11 ? SAMPLE_CSV_BOM : SAMPLE_XLSX;
    const struct table_manner manner = {
        .file = text_printf(mem, "%d-%02u-%s.%s", county->last_year, t + 1, TOWNSHIPS[t].name,
                            format == SAMPLE_XLSX ? "xlsx" : "csv"),
        .framed = format == SAMPLE_XLSX,
        .thousands_typed = t == 1,
        .thousands_shown = t == 4,
        .wide_digits = t == 8,
        .zeros = t == 3 || t == 9,
        .remarks_column = t == 3,
        .rotation = t % 3,
    };
    add(files, manner.file, format, layout_schools(mem, county, t, 0, &manner));
}

struct sample_files *sample_files(struct arena *mem, struct sample_county *county)
{
    struct sample_files *files = arena_make(mem, struct sample_files);
    const int year = county->last_year;
    for (unsigned t = 0; t < N_TOWNSHIPS; t++)
        add_township(mem, county, t, files);

    const struct table_manner own = {
        .file = text_printf(mem, "%d-16-局直属学校.xlsx", year), .other_headings = true, .all_columns = true, .rotation = 2,
    };
    add(files, own.file, SAMPLE_XLSX, layout_schools(mem, county, UNDER_BUREAU, 0, &own));
    add(files, text_printf(mem, "%d-17-石桥镇初级中学-学校填报表.xlsx", year), SAMPLE_XLSX,
        layout_official_form(mem, county, layout_form_school(county)));
    add(files, text_printf(mem, "区县填报表-%d.xlsx", year), SAMPLE_XLSX, layout_county_form(mem, county, 0, true));

    for (int back = 1; back < county->years; back++) {
        const struct table_manner plain = { .all_columns = true };
        add(files, text_printf(mem, "%d-全县学校.csv", year - back), back % 2 ? SAMPLE_CSV_BOM : SAMPLE_CSV,
            layout_schools(mem, county, ALL_SCHOOLS, back, &plain));
        add(files, text_printf(mem, "区县-%d.csv", year - back), back % 2 ? SAMPLE_CSV_BOM : SAMPLE_CSV,
            layout_county_form(mem, county, back, false));
    }
    return files;
}

struct text sample_guide(struct arena *mem, const struct sample_county *county, const struct sample_files *files)
{
    struct buf buf = { .mem = mem };
    const int year = county->last_year;
    buf_printf(&buf, "%s\n\n", SAMPLE_COUNTY_NAME);
    buf_printf(&buf, "这里的县、学校和数字全是程序编出来的，没有一所是真的；县代码 %s 没有哪个县在用。\n", SAMPLE_COUNTY_CODE);
    buf_printf(&buf, "共 %zu 所学校（含教学点、校区），%d 个乡镇（街道），%d 个学年。\n\n", county->n, N_TOWNSHIPS, county->years);
    buf_printf(&buf, "试一试：\n");
    buf_printf(&buf, "  junheng assess %d* --county-file 区县填报表-%d.xlsx    评估 %d 学年\n", year, year, year);
    buf_printf(&buf, "  junheng check %d*                                  列出下面这些毛病（漏填的格不算错，评估时列为缺数据）\n", year);
    if (county->years > 1)
        buf_printf(&buf, "  junheng check *.xlsx *.csv                         连同往年一起查，能看出与上一年相比的突变\n");
    buf_printf(&buf, "\n各个文件：\n");
    for (size_t i = 0; i < files->n; i++) {
        static const char *const formats[] = {
            [SAMPLE_XLSX] = "工作簿", [SAMPLE_CSV] = "文本，UTF-8", [SAMPLE_CSV_BOM] = "文本，UTF-8（带 BOM）",
            [SAMPLE_CSV_GB18030] = "文本，GB18030",
        };
        buf_printf(&buf, "  %.*s（%s）\n", TEXT_ARG(files->at[i].name), formats[files->at[i].format]);
    }
    buf_printf(&buf, "  %s（县界、乡镇界和道路，GeoJSON，经纬度；形状也是编的）\n", SAMPLE_OUTLINE_FILE);
    buf_printf(&buf, "\n故意放进去的毛病：\n");
    for (size_t i = 0; i < county->n_faults; i++) {
        const struct fault *fault = &county->faults[i];
        const struct text name = county->schools[fault->school].text[SCHOOL_NAME];
        buf_printf(&buf, "  %zu. %.*s", i + 1, TEXT_ARG(fault->where));
        if (fault->kind != FAULT_HEADING)
            buf_printf(&buf, "（%.*s）", TEXT_ARG(name));
        buf_printf(&buf, "：%s。\n", fault->what);
    }
    buf_printf(&buf, "\n另外，各表写法不一：有的数字带千分位，有的是全角数字，有的差异率带百分号，表头有合并单元格、单位和备注，"
                     "列的次序也各不相同；这些都应当读得懂，不算毛病。\n");
    return buf_text(&buf);
}
