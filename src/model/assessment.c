#include "model/assessment.h"

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
