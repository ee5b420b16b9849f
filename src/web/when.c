#include "web/when.h"

#include <time.h>

struct text when_said(struct arena *mem, int64_t at)
{
    const time_t then = (time_t)at + 8 * 3600;
    struct tm t;
    gmtime_r(&then, &t);
    return text_printf(mem, "%04d-%02d-%02d %02d:%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min);
}
