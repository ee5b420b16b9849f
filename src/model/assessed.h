/* assessed.h — an assessment with what goes beside it, on its way to whoever shows it. */
#pragma once
#include "model/need.h"
#include "model/what_if.h"

struct assessed {
    const struct assessment *assessment;
    const struct county_needs *needs;    /* [county]; NULL unless units were asked for */
    const struct what_if *what_if;       /* NULL where nothing was tried */
};
