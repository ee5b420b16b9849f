/* logic_check.h — do the figures of one return agree with each other, and with last year's?
 * Rules: checks.csv of the edition (§2.10). */
#pragma once
#include "model/edition.h"
#include "model/finding.h"
#include "model/returns.h"

/* Runs every check over arranged returns; adds a finding for each that does not hold, at the
 * cell of the check's item.  Also: a campus whose host is not found; rows without school code,
 * type or name.  Year-on-year compares with the county's year before where it is present. */
void logic_checks(const struct edition *edition, const struct returns *returns, struct findings *findings);
