/* demo.h — a data folder with the made-up county in it (虚构数据), to look at and to try: three years of returns
 * imported from workbooks as a bureau would have them, borders, an account. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

struct demo { struct text account, password; };

/* Makes the folder unless it is there already; whole or not at all.  The workbooks stay in it, under 样例.
 *   Errors  ERR_CONFLICT: the folder holds something else */
bool app_demo(const char *folder, int64_t now, struct arena *mem, struct demo *out, struct err *err) MUST_CHECK;
