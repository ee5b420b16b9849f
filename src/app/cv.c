#include "app/cv.h"

#include "base/file.h"
#include "base/number.h"
#include "indicator/cv_table.h"
#include "intake/intake.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
    return text_compare(((const struct app_cv_group *)a)->name, ((const struct app_cv_group *)b)->name);
}

static void tell(const struct app_cv_request *request, uint32_t row, struct text read, const char *expected,
                 const char *mend, struct findings *findings)
{
    finding_add(findings, &(struct finding){
        .level = FINDING_WARNING, .rule = TEXT("cv.row"), .file = file_name(request->path), .sheet = TEXT(""),
        .row = row, .school = TEXT(""), .item = TEXT(""), .read = read, .expected = text_of(expected),
        .mend = text_of(mend) });
}

/* Rows that have pupils move to the front; the others are told of.  A row that has pupils but no
 * amount stays: what is missing must not make its group look more alike. */
static size_t keep_rows(const struct app_cv_request *request, struct read_columns *t, struct arena *mem, struct findings *findings)
{
    double *pupils = t->columns[0].number, *amount = t->columns[1].number;
    uint32_t *group = request->by.size ? t->columns[2].id : NULL;
    size_t kept = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (!(pupils[i] > 0)) {
            const bool blank = is_blank(pupils[i]);
            char shown[NUMBER_SIZE];
            number_shortest(shown, pupils[i]);
            tell(request, t->row[i], blank ? TEXT("") : text_copy(mem, text_of(shown)),
                 blank ? "没有学生数" : "学生数应大于 0", "这一行不计入", findings);
            continue;
        }
        if (is_blank(amount[i]))
            tell(request, t->row[i], TEXT(""), "没有资源数", "补填后才能算出这一组的差异系数", findings);
        pupils[kept] = pupils[i];
        amount[kept] = amount[i];
        if (group)
            group[kept] = group[i];
        kept++;
    }
    return kept;
}

bool app_cv(const struct app_cv_request *request, struct arena *mem, struct findings *findings, struct app_cv *out,
            struct err *err)
{
    const struct wanted_column wanted[] = { { request->pupils, true }, { request->amount, true }, { request->by, false } };
    const bool grouped = request->by.size > 0;
    struct read_columns table;
    if (!intake_columns(request->path, wanted, grouped ? 3 : 2, mem, &table, findings, err))
        return false;
    const size_t n = keep_rows(request, &table, mem, findings), n_groups = grouped ? table.n_dictionary : 1;
    const struct cv_group *groups = cv_of_table(table.columns[0].number, table.columns[1].number,
                                                grouped ? table.columns[2].id : NULL, n, n_groups, request->per, mem);
    *out = (struct app_cv){ .groups = arena_array(mem, n_groups, struct app_cv_group) };
    for (size_t g = 0; g < n_groups; g++)
        if (groups[g].schools)
            out->groups[out->n++] = (struct app_cv_group){
                .name = grouped ? table.dictionary[g] : TEXT(""), .schools = groups[g].schools,
                .pupils = groups[g].pupils, .mean = groups[g].mean, .sd = groups[g].sd, .cv = groups[g].cv };
    if (out->n)
        qsort(out->groups, out->n, sizeof *out->groups, by_name);
    findings_sort(findings);
    return true;
}
