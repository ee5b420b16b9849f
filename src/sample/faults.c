#include "sample/county.h"
#include "base/number.h"

#include <assert.h>

/* The `nth` school (from 0) of this type that reports through this township. */
static size_t find(const struct sample_county *county, unsigned township, struct text type, unsigned nth)
{
    for (size_t i = 0; i < county->n; i++)
        if (county->schools[i].reports == township && text_equal(county->schools[i].text[SCHOOL_TYPE], type) && nth-- == 0)
            return i;
    assert(!"the plan of the townships has such a school");
    return 0;
}

static struct fault *note(struct sample_county *county, enum fault_kind kind, size_t school, enum column column,
                          const char *what)
{
    assert(county->n_faults < MOST_FAULTS);
    struct fault *fault = &county->faults[county->n_faults++];
    *fault = (struct fault){ .kind = kind, .school = school, .column = column, .what = what };
    return fault;
}

static void type(struct sample_county *county, size_t school, enum column column, struct text typed, const char *what)
{
    county->schools[school].typed[column] = typed;
    note(county, FAULT_CELL, school, column, what);
}

void sample_faults(struct arena *mem, struct sample_county *county)
{
    struct sample_school *schools = county->schools;

    size_t at = find(county, 1, TEXT("小学"), 2);
    type(county, at, PE_P, text_printf(mem, "%.0f人", schools[at].figure[0][PE_P]), "数字后面写了单位，不是数");

    at = find(county, 2, TEXT("小学"), 6);
    type(county, at, HOST_CODE, TEXT("2419900999"), "主校代码写错，找不到这所主校");

    at = find(county, 3, TEXT("小学"), 0);
    schools[at].figure[0][CLASSES_P] = (double)(int)(schools[at].figure[0][CLASSES_P] / 3.0);
    note(county, FAULT_CELL, at, CLASSES_P, "班级数少写了三分之二，平均班额远超最大班额");

    struct fault *fault = note(county, FAULT_HEADING, 0, LEFT_BEHIND, "表头与指标项名称“留守儿童在校生数”相近而不相同，整列没有采用");
    fault->township = 4;
    fault->typed = "留守儿童在校生总数";

    at = find(county, 5, TEXT("小学"), 3);
    schools[at].figure[0][EQUIPMENT] = BLANK;
    note(county, FAULT_CELL, at, EQUIPMENT, "漏填：空着不等于零，这一项缺数据");

    at = find(county, 8, TEXT("初级中学"), 0);
    type(county, at, AREA_KIND, TEXT("城乡结合区"), "不在可选的“城区、镇区、乡村”之内");

    if (county->years > 1) {
        at = find(county, 9, TEXT("小学"), 0);
        for (int back = 1; back < county->years; back++) {
            double *f = schools[at].figure[back];
            f[PUPILS_P] = f[CATCHMENT_P] = f[PUPILS_ALL] = (double)(int)(f[PUPILS_P] * 0.7);
        }
        note(county, FAULT_CELL, at, PUPILS_P, "比上一年多四成（超过 ±20%），要说明缘由");
    }

    fault = note(county, FAULT_DUPLICATE, find(county, 10, TEXT("小学"), 3), SCHOOL_CODE, "同一所学校在两个乡镇的表里各报了一次");
    fault->township = 11;

    at = find(county, UNDER_BUREAU, TEXT("小学"), 1);
    schools[at].figure[0][CERTIFIED] += 3.0;
    note(county, FAULT_CELL, at, CERTIFIED, "持证教师比专任教师总数还多，部分大于整体");
}
