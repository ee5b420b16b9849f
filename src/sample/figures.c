#include "sample/figures.h"
#include "base/number.h"

#include <string.h>

enum { N_RESOURCES = 7 };  /* the seven resources of a school, in the order of the standard */

/* Of each resource a school has what the standard asks times a factor: most a little more, some
 * far more, the small ones in the villages most of all. */
static const struct spread { double least, span, small; } SPREADS[N_RESOURCES] = {
    { 1.04, 0.70, 1.15 }, { 1.02, 2.30, 1.00 }, { 1.03, 0.95, 1.10 }, { 1.04, 1.25, 1.45 },
    { 1.02, 3.10, 1.80 }, { 1.03, 1.55, 1.20 }, { 1.05, 0.90, 1.25 },
};

static void throw_factors(struct dice *dice, double pupils, bool urban, double factor[N_RESOURCES])
{
    const double weakness = dice_chance(dice, 0.12) ? 3.5 : 0.7;
    for (int k = 0; k < N_RESOURCES; k++) {
        const double u = dice_share(dice), luck = dice_share(dice) / weakness;
        factor[k] = SPREADS[k].least + SPREADS[k].span * u * u * u;
        if (pupils < 300)
            factor[k] *= SPREADS[k].small;
        if (urban && (k == 0 || k == 1))
            factor[k] += 0.35;      /* the town has the better trained teachers … */
        if (urban && (k == 3 || k == 4) && factor[k] > 1.3)
            factor[k] = 1.3;        /* … and the narrower grounds */
        if (luck < 0.012)
            factor[k] = dice_within(dice, 0.45, 0.84);
        else if (luck < 0.045)
            factor[k] = dice_within(dice, 0.87, 0.985);
    }
}

static double whole(double x)
{
    return (double)(int64_t)(x + 0.5);
}

static double whole_up(double x)
{
    const double down = (double)(int64_t)x;
    return down < x - 1e-9 ? down + 1.0 : down;
}

static double most_of(double a, double b)
{
    return a > b ? a : b;
}

static double least_of(double a, double b)
{
    return a < b ? a : b;
}

/* Whole square metres mostly, as people report them; else with two decimals. */
static double measured(struct dice *dice, double x)
{
    return dice_chance(dice, 0.7) ? whole(x) : whole(x * 100.0) / 100.0;
}

/* Classes of about equal size and how many of them are over the limit. */
static void make_classes(struct dice *dice, double pupils, int grades, double usual, bool crowded, double limit,
                         double *classes, double *over, double *largest)
{
    *classes = most_of(pupils < 60 ? whole_up(pupils / 14.0) : grades, whole_up(pupils / (crowded ? limit + 2.0 : usual)));
    const double mean = whole_up(pupils / *classes);
    double most = mean + dice_between(dice, 0, 2);
    if (!crowded && most > limit)
        most = most_of(limit, mean);
    *over = most > limit ? whole_up(*classes * dice_within(dice, 0.2, 0.6)) : 0.0;
    *largest = most_of(*largest, most);
}

/* One stage's teachers: `asked` is what the standard asks of those above the degree, in a hundred. */
static void make_teachers(struct dice *dice, double pupils, double classes, double asked, const double *factor,
                          double per_class, double *f, enum column teachers, enum column degree, enum column backbone,
                          enum column pe, enum column arts)
{
    f[degree] = whole_up(pupils * asked / 100.0 * factor[0]);
    f[teachers] = most_of(whole_up(f[degree] * dice_within(dice, 1.01, 1.12)), whole_up(classes * per_class));
    f[degree] = most_of(f[degree], factor[0] < 1.0 ? 0.0 : whole(f[teachers] * dice_within(dice, 0.86, 0.99)));
    f[backbone] = least_of(f[teachers], whole_up(pupils * 0.01 * factor[1]));
    const double sports_and_arts = least_of(f[teachers], whole_up(pupils * 0.009 * factor[2]));
    f[pe] = whole(sports_and_arts * 0.48);
    f[arts] = sports_and_arts - f[pe];
}

static void make_rooms(struct dice *dice, double *f)
{
    const double classes = (is_blank(f[CLASSES_P]) ? 0.0 : f[CLASSES_P]) + (is_blank(f[CLASSES_J]) ? 0.0 : f[CLASSES_J]);
    const double need = whole_up(classes / 12.0);
    for (int kind = 0; kind < 2; kind++) {
        const enum column rooms = kind ? ART_ROOMS : MUSIC_ROOMS, large = kind ? ART_ROOMS_90 : MUSIC_ROOMS_96;
        f[large] = dice_chance(dice, 0.06) ? need - 1.0 : need + (dice_chance(dice, 0.2) ? 1.0 : 0.0);
        f[rooms] = most_of(1.0, f[large] + (dice_chance(dice, 0.3) ? 1.0 : 0.0));
    }
}

/* What depends on pupils alone, and so is worked out anew for every year. */
static void make_dependents(struct dice *dice, const struct sample_school *school, double *f)
{
    const double p = is_blank(f[PUPILS_P]) ? 0.0 : f[PUPILS_P], j = is_blank(f[PUPILS_J]) ? 0.0 : f[PUPILS_J];
    const bool urban = text_equal(school->text[AREA_KIND], TEXT("城区"));
    f[PUPILS_ALL] = p + j + (is_blank(f[PUPILS_S]) ? 0.0 : f[PUPILS_S]);
    f[TEACHERS_ALL] = (is_blank(f[TEACHERS_P]) ? 0.0 : f[TEACHERS_P]) + (is_blank(f[TEACHERS_J]) ? 0.0 : f[TEACHERS_J]);
    f[CERTIFIED] = f[TRAINED] = f[TEACHERS_ALL];
    /* One more for every nine teachers, and two at least: an office, a kitchen. */
    if (p > 0)
        f[STAFF_P] = f[TEACHERS_P] + most_of(p < 100 ? 1.0 : 2.0, whole(f[TEACHERS_P] / 9.0));
    if (j > 0)
        f[STAFF_J] = f[TEACHERS_J] + most_of(2.0, whole(f[TEACHERS_J] / 9.0));
    if (p > 0)
        f[GRADES_P] = f[CLASSES_P] < 6.0 ? f[CLASSES_P] : 6.0;
    if (j > 0)
        f[GRADES_J] = 3.0;
    f[MIGRANT] = whole((p + j) * (urban ? dice_within(dice, 0.08, 0.16) : dice_within(dice, 0.0, 0.03)));
    f[LEFT_BEHIND] = whole((p + j) * (urban ? dice_within(dice, 0.0, 0.03) : dice_within(dice, 0.08, 0.2)));
    f[INCLUSIVE] = whole((p + j) * dice_within(dice, 0.0, 0.006));
    f[DISABLED] = f[INCLUSIVE];
    if (p > 0)
        f[CATCHMENT_P] = p;
    if (j > 0)
        f[CATCHMENT_J] = whole(j * dice_within(dice, 0.965, 1.0));
    const double owed = most_of(p, p + j < 100 ? 100.0 : p) * 0.072 + j * 0.094;
    f[BUDGET] = whole_up(owed * dice_within(dice, 1.0, 1.12) * 100.0) / 100.0;
    f[TRAINING_BUDGET] =
        whole_up(f[BUDGET] * (dice_chance(dice, 0.02) ? 0.046 : dice_within(dice, 0.05, 0.07)) * 100.0) / 100.0;
    if (j > 0) {
        f[ENTRANTS] = whole(j / 3.0 * dice_within(dice, 0.96, 1.04));
        f[MOVED_IN] = whole(f[ENTRANTS] * dice_within(dice, 0.0, 0.05));
        f[MOVED_OUT] = whole(f[ENTRANTS] * dice_within(dice, 0.0, 0.05));
        f[DIED] = dice_chance(dice, 0.03) ? 1.0 : 0.0;
        f[GRADUATES] = f[ENTRANTS] + f[MOVED_IN] - f[MOVED_OUT] - f[DIED] -
                       whole(f[ENTRANTS] * dice_within(dice, 0.0, 0.03));
    }
}

static void make_special(double *f)
{
    f[PUPILS_ALL] = f[DISABLED] = 96.0;
    f[TEACHERS_ALL] = f[CERTIFIED] = f[TRAINED] = 31.0;
    f[LARGEST_CLASS] = 11.0;
    f[AREA_TEACHING] = 2860.0;
    f[AREA_INDOOR] = 240.0;
    f[AREA_OUTDOOR] = 3100.0;
    f[EQUIPMENT] = 168.4;
    f[MULTIMEDIA] = 12.0;
    f[MUSIC_ROOMS] = f[MUSIC_ROOMS_96] = f[ART_ROOMS] = f[ART_ROOMS_90] = 1.0;
    f[BUDGET] = 82.6;
    f[TRAINING_BUDGET] = 4.4;
}

void figures_make(struct dice *dice, struct sample_school *school, int primary, int junior, int senior)
{
    double *f = school->figure[0], factor[N_RESOURCES];
    const bool urban = text_equal(school->text[AREA_KIND], TEXT("城区"));
    const bool crowded = urban && dice_chance(dice, 0.15);
    f[BUILT_YEAR] = dice_between(dice, 1956, 2021);
    if (!primary && !junior) {
        make_special(f);
        return;
    }
    throw_factors(dice, primary + junior, urban, factor);
    double largest = 0.0;
    if (primary) {
        f[PUPILS_P] = primary;
        make_classes(dice, primary, 6, 43.0, crowded, 45.0, &f[CLASSES_P], &f[OVER_45], &largest);
        make_teachers(dice, primary, f[CLASSES_P], 4.2, factor, 1.5, f, TEACHERS_P, DEGREE_P, BACKBONE_P, PE_P, ARTS_P);
        throw_factors(dice, primary + junior, urban, factor);
    }
    if (junior) {
        f[PUPILS_J] = junior;
        make_classes(dice, junior, 3, 47.0, crowded, 50.0, &f[CLASSES_J], &f[OVER_50], &largest);
        make_teachers(dice, junior, f[CLASSES_J], 5.3, factor, 2.2, f, TEACHERS_J, DEGREE_J, BACKBONE_J, PE_J, ARTS_J);
    }
    if (senior)
        f[PUPILS_S] = senior;
    f[LARGEST_CLASS] = largest;
    /* Shared between the stages by weight (§2.3): enough for the stage that asks most. */
    const double weighted = primary + 1.1 * junior + 1.32 * senior;
    const double teaching = weighted * (junior ? 5.8 / 1.1 : 4.5) * factor[3];
    const double sports = weighted * (junior ? 10.2 / 1.1 : 7.5) * factor[4];
    const double indoor = dice_chance(dice, urban ? 0.6 : 0.2) ? least_of(sports * 0.2, 300.0 + 0.4 * weighted) : 0.0;
    f[AREA_INDOOR] = measured(dice, indoor);
    f[AREA_TEACHING] = measured(dice, teaching + f[AREA_INDOOR]);
    f[AREA_OUTDOOR] = measured(dice, sports - indoor);
    f[EQUIPMENT] = whole(weighted * (junior ? 25.0 / 1.1 : 20.0) * factor[5]) / 100.0;
    f[MULTIMEDIA] = whole_up(weighted * 0.023 * factor[6]);
    make_rooms(dice, f);
    make_dependents(dice, school, f);
}

/* Small counts stay as they are: one teacher less of three would be a jump to explain. */
static double a_little_less(struct dice *dice, double x)
{
    return x >= 40.0 ? x - dice_between(dice, 0, (int)(x / 40.0)) : x;
}

/* How large the classes are with other pupils in them. */
static void recount_classes(double *f)
{
    double largest = 0.0;
    if (f[PUPILS_P] > 0) {
        const double mean = whole_up(f[PUPILS_P] / f[CLASSES_P]);
        f[OVER_45] = mean > 45.0 ? most_of(1.0, f[OVER_45]) : f[OVER_45];
        largest = most_of(mean, f[OVER_45] > 0 ? 46.0 : 0.0);
    }
    if (f[PUPILS_J] > 0) {
        const double mean = whole_up(f[PUPILS_J] / f[CLASSES_J]);
        f[OVER_50] = mean > 50.0 ? most_of(1.0, f[OVER_50]) : f[OVER_50];
        largest = most_of(largest, most_of(mean, f[OVER_50] > 0 ? 51.0 : 0.0));
    }
    f[LARGEST_CLASS] = largest;
}

static void one_year_earlier(struct dice *dice, const struct sample_school *school, const double *later, double *f)
{
    static const enum column counts[] = { TEACHERS_P, TEACHERS_J, MULTIMEDIA };
    static const enum column parts[][2] = {
        { DEGREE_P, TEACHERS_P }, { BACKBONE_P, TEACHERS_P }, { DEGREE_J, TEACHERS_J }, { BACKBONE_J, TEACHERS_J },
    };
    memcpy(f, later, sizeof(double[N_COLUMNS]));
    if (is_blank(f[PUPILS_P]) && is_blank(f[PUPILS_J]))
        return;
    for (enum column c = PUPILS_P; c <= PUPILS_S; c++)
        if (f[c] >= 30.0)  /* a blank is not */
            f[c] = whole(f[c] * dice_within(dice, 0.975, 1.03));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (!is_blank(f[counts[i]]))
            f[counts[i]] = a_little_less(dice, f[counts[i]]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!is_blank(f[parts[i][0]]))
            f[parts[i][0]] = least_of(f[parts[i][1]], a_little_less(dice, f[parts[i][0]]));
    f[EQUIPMENT] = whole(f[EQUIPMENT] * dice_within(dice, 0.93, 0.99) * 100.0) / 100.0;
    recount_classes(f);
    make_dependents(dice, school, f);
}

void figures_earlier(struct dice *dice, struct sample_school *school, int last_year, int years)
{
    for (int back = 1; back < years; back++)
        one_year_earlier(dice, school, school->figure[back - 1], school->figure[back]);
    for (int back = 0; back < years; back++)
        school->figure[back][YEAR] = last_year - back;
}

/* What the standard asks of PE and arts teachers, at the floor: so many pupils one teacher is enough for. */
static const double PUPILS_A_TEACHER = 100.0 / (0.85 * 0.9);

bool figures_fall_back(struct dice *dice, struct sample_school *school, int years)
{
    const double *now = school->figure[0];
    const double enough_for = PUPILS_A_TEACHER * (now[PE_P] + now[ARTS_P]), before = whole(now[PUPILS_P] / 1.16);
    if (!is_blank(now[PUPILS_J]) || !(now[PUPILS_P] > enough_for) || !(before < enough_for))
        return false;
    for (int back = 1; back < years; back++) {
        double *f = school->figure[back];
        f[PUPILS_P] = whole(before * (back == 1 ? 1.0 : 0.985));
        recount_classes(f);
        make_dependents(dice, school, f);
    }
    return true;
}
