#include "app/scores.h"

#include "indicator/scores.h"
#include "intake/intake.h"

bool app_scores(const struct app_scores_request *request, struct arena *mem, struct findings *findings,
                struct app_scores *out, struct err *err)
{
    const struct wanted_column wanted[] = { { request->school, false }, { request->score, true } };
    struct read_columns table;
    *out = (struct app_scores){ .mean = BLANK, .ssb_sst = BLANK, .icc1 = BLANK };
    if (!intake_columns(request->path, wanted, COUNT(wanted), mem, &table, findings, err))
        return false;
    const uint32_t *school = table.columns[0].id;
    double *score = table.columns[1].number;
    for (size_t i = 0; i < table.n; i++) {
        /* A score without a school belongs to none, not to one of its own. */
        if (!table.dictionary[school[i]].size) {
            out->nameless++;
            score[i] = BLANK;
        } else if (is_blank(score[i])) {
            out->blank++;
        }
    }
    const struct score_variance v = scores_between_schools(school, score, table.n, (uint32_t)table.n_dictionary,
                                                           request->min_tested, mem);
    out->schools = v.schools;
    out->pupils = v.pupils;
    out->mean = v.pupils ? v.mean : BLANK;
    out->ssb_sst = v.ssb_sst;
    out->icc1 = v.icc1;
    findings_sort(findings);
    return true;
}
