#include "model/edition.h"

struct text stage_code(enum stage stage)
{
    return stage == STAGE_PRIMARY ? TEXT("primary") : stage == STAGE_JUNIOR ? TEXT("junior") : TEXT("senior");
}

struct text stage_zh(enum stage stage)
{
    return stage == STAGE_PRIMARY ? TEXT("小学") : stage == STAGE_JUNIOR ? TEXT("初中") : TEXT("高中");
}
