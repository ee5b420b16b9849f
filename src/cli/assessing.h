/* assessing.h — what the commands that assess have in common: read, write as results come, answer. */
#pragma once
#include "app/assess.h"
#include "cli/reading.h"
#include "report/write_assessment.h"

struct assessing {
    const struct assessment_writer *writer;
    bool (*says_no)(const struct county_assessment *county);  /* is the answer "not met" for this county? */
    bool all;                                                 /* a table lists all that fails, not the worst */
};

struct app_assess_request assessing_request(struct reading *reading);
bool assessing_relax(struct command_context *run, const struct words *words, struct app_assess_request *request,
                     struct err *err) MUST_CHECK;
bool assessing_run(struct command_context *run, const struct assessing *work, const struct app_assess_request *request,
                   struct err *err) MUST_CHECK;

bool assessing_county_fails(const struct county_assessment *county);       /* its verdict is not 达标 */
bool assessing_some_school_fails(const struct county_assessment *county);  /* a unit's is not, or there is none */
