#include "model/assessment.h"

size_t stage_unit_of(const struct stage_assessment *stage, const struct returns *returns, struct text school)
{
    size_t low = 0, high = stage ? stage->n : 0;   /* units stand by code */
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = text_compare(returns_text(returns, stage->row[middle], returns->items->school_code), school);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

struct text state_code(enum state state)
{
    switch (state) {
    case STATE_NO_DATA: return TEXT("no_data");
    case STATE_BELOW: return TEXT("below");
    case STATE_NEAR: return TEXT("near");
    case STATE_MET: return TEXT("met");
    case STATE_NOT_APPLICABLE: return TEXT("not_applicable");
    }
    return TEXT("no_data");
}

struct text verdict_code(enum state verdict)
{
    return verdict == STATE_BELOW || verdict == STATE_NEAR ? TEXT("unmet") : state_code(verdict);
}

struct text state_zh(enum state state)
{
    switch (state) {
    case STATE_NO_DATA: return TEXT("缺数据");
    case STATE_BELOW: return TEXT("不达标");
    case STATE_NEAR: return TEXT("达到85%");
    case STATE_MET: return TEXT("达标");
    case STATE_NOT_APPLICABLE: return TEXT("不适用");
    }
    return TEXT("缺数据");
}

struct text state_symbol(enum state state)
{
    switch (state) {
    case STATE_NO_DATA: return TEXT("□");
    case STATE_BELOW: return TEXT("×");
    case STATE_NEAR: return TEXT("△");
    case STATE_MET: return TEXT("√");
    case STATE_NOT_APPLICABLE: return TEXT("—");
    }
    return TEXT("□");
}
