/* column.h — the columns of a made-up county's tables: which item each holds and what a bureau
 * writes above it.  The headings are names or aliases of the items (domain/items.csv). */
#pragma once
#include "base/text.h"

enum column {
    /* texts */
    COUNTY_CODE, SCHOOL_CODE, SCHOOL_NAME, SCHOOL_TYPE, OWNERSHIP, AREA_KIND, TOWNSHIP, DISTRICT, HOST_CODE, BOARDING, SPONSOR,
    N_TEXTS,
    /* figures */
    YEAR = N_TEXTS, BUILT_YEAR, LONGITUDE, LATITUDE,
    PUPILS_P, PUPILS_J, PUPILS_S, PUPILS_ALL, MIGRANT, LEFT_BEHIND, DISABLED, INCLUSIVE, CATCHMENT_P, CATCHMENT_J,
    GRADES_P, GRADES_J, CLASSES_P, CLASSES_J, OVER_45, OVER_50, LARGEST_CLASS,
    STAFF_P, STAFF_J, TEACHERS_P, TEACHERS_J, TEACHERS_ALL, DEGREE_P, DEGREE_J, BACKBONE_P, BACKBONE_J, PE_P, ARTS_P, PE_J, ARTS_J, CERTIFIED, TRAINED,
    AREA_TEACHING, AREA_INDOOR, AREA_OUTDOOR, EQUIPMENT, MULTIMEDIA,
    MUSIC_ROOMS, MUSIC_ROOMS_96, ART_ROOMS, ART_ROOMS_90,
    BUDGET, TRAINING_BUDGET,
    GRADUATES, ENTRANTS, MOVED_IN, MOVED_OUT, DIED,
    N_COLUMNS
};

struct column_name {
    const char *code;      /* of the item */
    const char *heading;   /* in the townships' tables */
    const char *other;     /* in the bureau's own table, where it says it otherwise; or NULL */
    const char *unit;      /* written behind the heading in brackets; or NULL */
    const char *group;     /* caption over the headings of one group, at its first column; or NULL */
    bool decimal;
    double width;
};

extern const struct column_name COLUMN_NAMES[N_COLUMNS];
