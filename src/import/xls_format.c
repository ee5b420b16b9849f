#include "import/xls_format.h"

#include <math.h>

struct number_format number_format_builtin(unsigned id)
{
    /* ECMA-376 18.8.30; 27–36 and 50–58 as Chinese Excel has them (32–35, 55, 56 are times). */
    const bool date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
                      (id >= 50 && id <= 54) || id == 57 || id == 58;
    return (struct number_format){ .date = date, .percent = id == 9 || id == 10 };
}

/* [h] [mm] [ss], but not [Red], [$-804], [>100]. */
static bool is_elapsed_time(struct text code, size_t at)
{
    const char first = at + 1 < code.size ? (char)(code.at[at + 1] | 32) : 0;
    if (first != 'h' && first != 'm' && first != 's')
        return false;
    for (at++; at < code.size && (code.at[at] | 32) == first; at++)
        ;
    return at < code.size && code.at[at] == ']';
}

struct number_format number_format_code(struct text code)
{
    struct number_format format = { 0 };
    bool year_or_day = false, month = false, time = false;
    if (text_equal(code, TEXT("General")) || text_equal(code, TEXT("GENERAL")))
        return format;
    for (size_t i = 0; i < code.size && code.at[i] != ';'; i++) {
        switch (code.at[i]) {
        case '"':
            while (++i < code.size && code.at[i] != '"')
                ;
            break;
        case '[':
            time |= is_elapsed_time(code, i);
            while (++i < code.size && code.at[i] != ']')
                ;
            break;
        case '\\': case '_': case '*': i++; break;
        case 'y': case 'Y': case 'd': case 'D': year_or_day = true; break;
        case 'e': case 'E': /* the year of an era; else 0.00E+00 */
            year_or_day |= !(i + 1 < code.size && (code.at[i + 1] == '+' || code.at[i + 1] == '-'));
            break;
        case 'm': case 'M': month = true; break;
        case 'h': case 'H': case 's': case 'S': time = true; break;
        case '%': format.percent = true; break;
        default: break;
        }
    }
    format.date = year_or_day || (month && !time);
    return format;
}

/* Howard Hinnant's civil_from_days, for days since 1970-01-01 of the years that matter here. */
static double date_of_day(long day)
{
    day += 719468;
    const long era = day / 146097, doe = day - era * 146097;
    const long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const long month = mp < 10 ? mp + 3 : mp - 9;
    const long year = yoe + era * 400 + (month <= 2);
    return (double)(year * 10000 + month * 100 + doy - (153 * mp + 2) / 5 + 1);
}

bool date_of_serial(double serial, bool from_1904, double *out)
{
    enum { DAY_0_OF_1900 = -25568, DAY_0_OF_1904 = -24107, LAST = 2958465 /* 9999-12-31 */, NO_DAY = 60 };
    if (!(serial >= (from_1904 ? 0 : 1)) || serial >= LAST + 1 - (from_1904 ? 1462 : 0))
        return false;
    const long day = (long)floor(serial);
    if (from_1904)
        *out = date_of_day(day + DAY_0_OF_1904);
    else if (day == NO_DAY)
        *out = 19000228;
    else
        *out = date_of_day(day + DAY_0_OF_1900 - (day > NO_DAY));
    return true;
}
