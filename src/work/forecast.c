#include "work/forecast.h"

#include "base/number.h"
#include "work/path.h"

#include <math.h>

static bool grades_known(const struct enrolment *known)
{
    bool all = known->grade != NULL && known->n_grades > 0 && known->n_grades <= FORECAST_MOST_GRADES;
    for (size_t i = 0; all && i < known->n_grades; i++)
        all = !is_blank(known->grade[i]) && known->grade[i] >= 0;
    return all;
}

static void move_up(const struct enrolment *known, size_t more, double *out)
{
    double grade[FORECAST_MOST_GRADES], entering = 0;
    const size_t n = known->n_grades, lowest = n < 3 ? n : 3;
    for (size_t i = 0; i < n; i++)
        grade[i] = known->grade[i];
    for (size_t i = 0; i < lowest; i++)
        entering += grade[i] / (double)lowest;
    for (size_t y = 0; y < more; y++) {
        double sum = 0;
        for (size_t i = n - 1; i > 0; i--)
            grade[i] = grade[i - 1];
        grade[0] = entering;
        for (size_t i = 0; i < n; i++)
            sum += grade[i];
        out[y] = round(sum);
    }
}

enum forecast_by forecast_line(const double *value, size_t n, size_t more, double *out)
{
    double sum = 0, sum_x = 0, sum_xx = 0, sum_xy = 0, count = 0, last = BLANK;
    for (size_t i = 0; i < n; i++) {
        if (is_blank(value[i]))
            continue;
        const double x = (double)i;
        count++;
        sum += value[i];
        sum_x += x;
        sum_xx += x * x;
        sum_xy += x * value[i];
        last = value[i];
    }
    const double spread = count * sum_xx - sum_x * sum_x;
    const double slope = count >= 2 && spread > 0 ? (count * sum_xy - sum_x * sum) / spread : 0;
    for (size_t y = 0; y < more; y++)
        out[y] = count < 2 ? last : (sum - slope * sum_x) / count + slope * (double)(n + y);
    return count >= 2 ? FORECAST_LINE : count >= 1 ? FORECAST_LEVEL : FORECAST_NOTHING;
}

enum forecast_by forecast_pupils(const struct enrolment *known, size_t more, double *out)
{
    if (grades_known(known)) {
        move_up(known, more, out);
        return FORECAST_GRADES;
    }
    const enum forecast_by by = forecast_line(known->pupils, known->n, more, out);
    for (size_t y = 0; y < more; y++)
        out[y] = is_blank(out[y]) ? BLANK : fmax(0, round(out[y]));
    return by;
}

size_t forecast_fall(double now, const double *value, size_t n, double threshold, bool at_most)
{
    const struct path_goal goal = { .threshold = threshold, .at_most = at_most };
    if (!path_passes(&goal, now))
        return n;
    for (size_t y = 0; y < n; y++)
        if (!is_blank(value[y]) && !path_passes(&goal, value[y]))
            return y;
    return n;
}

size_t forecast_pass(const double *value, size_t n, double threshold, bool at_most)
{
    const struct path_goal goal = { .threshold = threshold, .at_most = at_most };
    size_t from = n;
    for (size_t y = n; y-- > 0 && path_passes(&goal, value[y]);)
        from = y;
    return from;
}
