/* compose_report.h — the reports an office sends: of the county, a school, a township, an indicator, drafted from the data.
 * Every figure of the data in them is bound to its lineage (doc.h); what the standard asks stays plain words. */
#pragma once
#include "base/day.h"
#include "report/composing.h"
#include "report/doc.h"
#include "report/plan.h"

struct report_request {
    const struct composing *c;     /* Chinese; the year shown is the report's */
    const struct plan *plan;
    const struct prices *prices;
    struct day today;              /* of the report; deadlines are seen from it */
    struct text address;           /* as doc.address */
    struct text version;           /* of the data: 「12」; may be empty */
    struct text signer;            /* empty: the county's government */
    bool fictional;                /* 虚构数据 stands on every page */
};

/* Sections: opening, verdict, basics, dim-resource (resource-STAGE, cv-STAGE-ID), dim-government, dim-quality, dim-recognition,
 * dim-precondition, dim-veto (ind-ID), schools (school-CODE), changes, causes (cause-STAGE-ID), measures, data. */
struct doc *compose_report_county(const struct report_request *request);
/* Sections: verdict, levels-STAGE, rules, changes, measures, data.   Given  a row of the county-year shown */
struct doc *compose_report_school(const struct report_request *request, uint32_t row);
/* Sections: verdict, schools, school-CODE, needs, data.   NULL: no school of the year stands there, or none that may be seen */
struct doc *compose_report_township(const struct report_request *request, struct text township);
/* By plain id: L4 (both stages), G11, Q1, S1, PRE1, X3.  Sections: verdict, level-STAGE or part-ID, changes, data.   NULL: none */
struct doc *compose_report_indicator(const struct report_request *request, struct text id);
