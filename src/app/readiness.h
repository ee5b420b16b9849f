/* readiness.h — may the county apply (申报条件): what report/compose_readiness.h asks besides the figures, from the store. */
#pragma once
#include "app/house.h"
#include "model/waiting.h"
#include "report/compose_readiness.h"

/* Of a year (an index of the snapshot's), for who sees the county.   Errors  ERR_DENIED */
bool app_readiness_facts(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, struct arena *mem,
                         struct readiness_facts *out, struct err *err) MUST_CHECK;
/* The whole list in Chinese or English, with the usual plan and prices. */
bool app_readiness(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, bool english, int64_t now,
                   struct arena *mem, const struct readiness **out, struct err *err) MUST_CHECK;

/* What of the reports waits for a person (我的事): a locked year whose report is not frozen, or was frozen before figures changed. */
bool app_report_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now,
                        struct waiting_list *into, struct err *err) MUST_CHECK;
