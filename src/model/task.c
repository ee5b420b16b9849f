#include "model/task.h"

#include "base/err.h"

static const char *const KINDS[] = { [TASK_TASK] = "task", [TASK_ORDER] = "order" };
static const char *const ORIGINS[N_TASK_ORIGINS] = {
    [TASK_OF_PLAN] = "plan",   [TASK_OF_LEDGER] = "ledger",   [TASK_OF_ENGINE] = "engine",   [TASK_OF_SUPERVISOR] = "supervisor",
    [TASK_OF_ROUND] = "round", [TASK_OF_MEETING] = "meeting", [TASK_OF_CONCERN] = "concern", [TASK_OF_VETO] = "veto",
};

static size_t word_at(const char *const *words, size_t n, struct text word)
{
    size_t i = 0;
    while (i < n && !text_equal(word, text_of(words[i])))
        i++;
    return i;
}

struct text task_kind_code(enum task_kind kind) { return text_of(KINDS[kind]); }
struct text task_origin_code(enum task_origin origin) { return text_of(ORIGINS[origin]); }

bool task_kind_of(struct text code, enum task_kind *out)
{
    const size_t i = word_at(KINDS, COUNT(KINDS), code);
    *out = i < COUNT(KINDS) ? (enum task_kind)i : TASK_TASK;
    return i < COUNT(KINDS);
}

bool task_origin_of(struct text code, enum task_origin *out)
{
    const size_t i = word_at(ORIGINS, COUNT(ORIGINS), code);
    *out = i < COUNT(ORIGINS) ? (enum task_origin)i : TASK_OF_SUPERVISOR;
    return i < COUNT(ORIGINS);
}
