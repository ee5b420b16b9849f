/* checked.h — the findings of the logic checks, gathered run by run of counties beside those of
 * reading, and dropped when reading starts again. */
#pragma once
#include "model/edition.h"
#include "model/finding.h"
#include "model/returns.h"

struct checked { struct findings findings; };

struct checked checked_start(struct arena *mem);
void checked_again(struct checked *checked);                /* forgets all */
void checked_returns(struct checked *checked, const struct edition *edition, const struct returns *returns);
/* Adds them to those of reading, which live as long, and sorts all. */
void checked_join(struct checked *checked, struct findings *into);
