#include "check.h"

#include "app/edition.h"
#include "app/official.h"
#include "standard/official_load.h"

#define SHEETS "sheet,label,widths,heights,repeat\n"
#define CELLS "sheet,cell,last,look,each,text\n"
#define FIGURES "id,scope,where,value,decimals,item,note\n"

static bool load(struct arena *mem, const char *sheets, const char *cells, const char *figures,
                 const struct official_form **out, struct err *err)
{
    const struct edition *edition;
    const struct edition_file files[] = {
        { TEXT("official_sheets.csv"), text_of(sheets) },
        { TEXT("official_cells.csv"), text_of(cells) },
        { TEXT("official_figures.csv"), text_of(figures) },
    };
    *err = (struct err){ 0 };
    CHECK_OK(app_edition(mem, "cn-2017", &edition, err), *err);
    return official_load(mem, edition, TEXT("试"), files, COUNT(files), out, err);
}

TEST(official_load, reads_places_marks_and_parts)
{
    struct arena *mem = arena_new("test");
    struct err err;
    const struct official_form *form;
    CHECK_OK(load(mem, SHEETS "表1,表Ⅰ,A=3;AB=9.5,2=30,1:3\n",
                  CELLS "表1,A1,C1,title,,名称\n表1,B2,,text,,占{share.G9|__}%，[不足{failing.G3}所]{n}\n表1,A3,,value,primary,{unit.value.L7}\n",
                  FIGURES "n,county,,sum(1),0,,\n", &form, &err), err);
    const struct official_sheet *sheet = &form->sheets[0];
    CHECK_INT(sheet->n, 3);
    CHECK_INT(sheet->widths[1].at, 28);
    CHECK_INT(sheet->last_repeated, 3);
    CHECK_INT(sheet->cells[0].last_column, 3);
    const struct official_cell *cell = &sheet->cells[1];
    CHECK_INT(cell->n, 7);
    CHECK_TEXT(cell->pieces[0].words, "占");
    CHECK(cell->pieces[1].fill && cell->pieces[1].kind == FILL_SHARE);
    CHECK_TEXT(cell->pieces[1].words, "__");
    CHECK(cell->pieces[3].group == 1 && cell->pieces[4].fill && cell->pieces[5].group == 1 && !cell->pieces[6].group);
    CHECK_TEXT(cell->pieces[6].words, "＿＿");
    CHECK(sheet->cells[2].pieces[0].kind == FILL_UNIT_VALUE && sheet->cells[2].pieces[0].which == 6);
    arena_free(&mem);
}

TEST(official_load, names_file_row_column_and_what_was_expected)
{
    static const struct { const char *sheets, *cells, *figures, *says; } cases[] = {
        { SHEETS "表1,表Ⅰ,A=x,,\n", CELLS, FIGURES, "official_sheets.csv 第 2 行“widths”列：读到“A=x”，应为“A=12;B=9.5”" },
        { SHEETS "表1,表Ⅰ,,A=3,\n", CELLS, FIGURES, "“heights”列" },
        { SHEETS "表1,表Ⅰ,,,3:1\n", CELLS, FIGURES, "“repeat”列" },
        { SHEETS "表1,表Ⅰ,,,\n表1,表Ⅰ,,,\n", CELLS, FIGURES, "不重复的表名" },
        { SHEETS, CELLS "表9,A1,,title,,x\n", FIGURES, "official_sheets.csv 中的表名" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,11,,title,,x\n", FIGURES, "“B12”这样的位置" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,B2,A1,title,,x\n", FIGURES, "右下角" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,big,,x\n", FIGURES, "title、head" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A2,,title,,x\n表1,A1,,title,,x\n", FIGURES, "先行后列" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{nothing}\n", FIGURES, "不认识“{nothing}”" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{unit.name}\n", FIGURES, "不认识“{unit.name}”" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{primary.cv.L9}\n", FIGURES, "不认识" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{primary.cv}\n", FIGURES, "不认识" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{state.G99}\n", FIGURES, "不认识" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{item.pupils_primary}\n", FIGURES, "不认识" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,共{n\n", FIGURES "n,county,,sum(1),0,,\n", "没有配对" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,[共{n}\n", FIGURES "n,county,,sum(1),0,,\n", "没有配对" },
        { SHEETS "表1,表Ⅰ,,,\n", CELLS "表1,A1,,text,,{}\n", FIGURES, "没有配对" },
        { SHEETS, CELLS, FIGURES "n,county,,sum(pupils),0,,\n", "official_figures.csv 第 2 行“value”列" },
        { SHEETS, CELLS, FIGURES "n,school,,1,0,,\n", "county、schools、unit" },
        { SHEETS, CELLS, FIGURES "n,unit,,1,12,,\n", "0 到 9" },
        { SHEETS, CELLS, FIGURES "n,unit,,1,0,pupils,\n", "指标项代码" },
    };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err;
        const struct official_form *form;
        if (load(mem, cases[i].sheets, cases[i].cells, cases[i].figures, &form, &err))
            fail_msg("case %zu is taken", i);
        CHECK_INT(err.kind, ERR_INPUT);
        CHECK_CONTAINS(text_of(err.what), cases[i].says);
        CHECK(err.hint[0] != '\0');
    }
    arena_free(&mem);
}

TEST(official_load, an_edition_without_official_tables_says_so)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct edition *edition;
    const struct official_form *form;
    CHECK_OK(app_edition(mem, "cn-2012-basic", &edition, &err), err);
    CHECK(!app_official_form(mem, edition, "cn-2012-basic", &form, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    CHECK_CONTAINS(text_of(err.what), "没有申报表");
    arena_free(&mem);
}
