#include "app/my.h"

#include "app/concern.h"
#include "app/judgement.h"
#include "app/meeting.h"
#include "app/publicity.h"
#include "app/plan.h"
#include "app/readiness.h"
#include "app/form_view.h"
#include "app/ledger.h"
#include "app/return_act.h"
#include "app/round.h"
#include "app/targets.h"
#include "app/task.h"

static bool add_content(struct house *house, const struct snapshot *s, const struct actor *actor, int64_t now, struct waiting_list *into,
                        struct err *err)
{
    if (!(actor->permissions & MAY_SEE))
        return true;
    return app_returns_waiting(house, actor, now, into, err) && app_tasks_waiting(house, actor, now, into, err) &&
           app_plan_waiting(house, actor, into, err) &&
           app_rounds_waiting(house, s, actor, now, into, err) &&
           app_ledger_waiting(house, actor, now, into, err) &&
           app_meetings_waiting(house, actor, now, into, err) && app_concerns_waiting(house, actor, now, into, err) &&
           app_cases_waiting(house, actor, now, into, err) &&
           (!s || (app_evidence_waiting(house, s, actor, now, into, err) && app_forms_waiting(house, s, actor, now, into, err) &&
                  app_report_waiting(house, s, actor, now, into, err) && app_targets_waiting(house, s, actor, now, into, err)));
}

bool app_my_work(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct arena *mem,
                 struct my_work *out, struct err *err)
{
    *out = (struct my_work){ .waiting = { .mem = mem } };
    if (!add_content(house, snapshot, actor, now, &out->waiting, err) ||
        !app_notices(house, actor, mem, &out->notices, &out->n_notices, err))
        return false;
    waiting_sort(&out->waiting);
    while (out->n_mine < out->waiting.n && out->waiting.at[out->n_mine].whose == WAITING_FOR_ME)
        out->n_mine++;
    for (size_t i = 0; i < out->n_notices; i++)
        out->n_unread += out->notices[i].read_at == 0;
    return true;
}
