/* house.h — one county's instance at work: its database, its edition, and the state computed from both. */
#pragma once
#include "app/actor.h"
#include "db/db.h"
#include "model/assessment.h"
#include "model/evidence.h"
#include "model/need.h"
#include "model/outline.h"
#include "model/unit.h"

struct house;
struct official_form;

struct house_options {
    const char *folder;        /* the data folder: junheng.db, lock … */
    const char *edition;       /* name or folder; NULL: the first the program carries */
    uint64_t least_free;       /* as db_options */
    void (*broken)(void *);    /* as db_options */
    void *context;
};

/* Makes the folder and an empty county.  ERR_CONFLICT when there is one already. */
bool house_init(const char *folder, struct text county_code, struct text county_name, bool fictional, struct err *err) MUST_CHECK;
/* Takes the lock (ERR_CONFLICT: another process has it; then speak to that one) and opens. */
bool house_open(const struct house_options *options, struct house **out, struct err *err) MUST_CHECK;
void house_close(struct house **house);

struct db *house_db(const struct house *house);
const struct edition *house_edition(const struct house *house);
struct text house_edition_name(const struct house *house);  /* as it was asked for: a name or a folder */
const struct official_form *house_official(const struct house *house); /* 表Ⅰ–Ⅵ; NULL: the edition has none */
const struct evidence_list *house_asked(const struct house *house);    /* which proofs the edition asks for; perhaps none */
struct text house_county(const struct house *house);      /* the county's code */
/* HMAC-SHA-256 keyed by the house's own secret and a purpose, 32 bytes. */
void house_mac(const struct house *house, const char *purpose, struct text message, unsigned char out[32]);

/* A school that was asked to return figures of a year, and whose return nobody has approved: the assessment lacks it. */
struct lacking_school { int year; struct text code, name, township; };

/* What is computed from one version of the data: never changed, shared by all readers. */
struct snapshot {
    uint64_t version;                   /* of the data */
    uint64_t made;                      /* counts the house's snapshots: differs when anything here may, the outline too */
    struct arena *mem;
    const struct edition *edition;
    struct text county_code, county_name;
    bool fictional;
    const struct returns *returns;      /* every year; its counties[] are the years, oldest first */
    const struct assessment *assessment;/* the same order; with needs, shares, failing rows */
    const struct county_needs *needs;   /* [county] */
    size_t n_years;
    const int *years;                   /* oldest first */
    const struct outline *outline;      /* borders for the map; NULL: nobody gave any */
    const struct lacking_school *lacking;   /* schools asked for a year that do not count (yet), by year and code */
    size_t n_lacking;
    const struct unit_row *units;       /* every change of the tree of units (model/unit.h), by code and day */
    size_t n_units;
    size_t usual_year;                  /* index of the year shown where none is asked for: the latest that is complete */
};

/* The state of the latest committed data; computed when first asked for.  Give it back.
 *   Errors  ERR_OUTSIDE */
bool house_snapshot(struct house *house, const struct snapshot **out, struct err *err) MUST_CHECK;
/* The state computed last, though the data may have changed since; computed only where there is none.  For who is about
 * to write and asks the store itself: many writers together must not wait for a county to be assessed after each commit. */
bool house_snapshot_at_hand(struct house *house, const struct snapshot **out, struct err *err) MUST_CHECK;
void snapshot_release(const struct snapshot **snapshot);
/* The index of a year among counties[]; the usual one for 0; n_years when there is none. */
size_t snapshot_year(const struct snapshot *snapshot, int year);
/* The row of a school in a year; SIZE_MAX when it is not there or the actor may not see it. */
size_t snapshot_school(const struct snapshot *snapshot, size_t year, struct text code, const struct actor *actor);
/* Whether the actor may see a row. */
bool snapshot_visible(const struct snapshot *snapshot, size_t row, const struct actor *actor);

/* To be called after each COMMIT that may have changed returned figures: the next snapshot looks again.
 * What commits through the house itself (house_write) has done it. */
void house_changed(struct house *house);
/* Counts the calls of house_changed: as many as before, nothing was committed through the house since. */
uint64_t house_changes(const struct house *house);
/* db_write, and house_changed after it. */
bool house_write(struct house *house, db_work *work, void *context, struct err *err) MUST_CHECK;

/* Reads GeoJSON borders (import/geojson) and keeps them.   Errors  ERR_INPUT, ERR_LIMIT name the file */
bool house_outline_put(struct house *house, const struct actor *actor, struct text file, struct text geojson, int64_t now,
                       struct err *err) MUST_CHECK;
