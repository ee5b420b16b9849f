/* county_store.h — the county of this instance and what is drawn of it. */
#pragma once
#include "db/db.h"

struct county_record {
    struct text code, name;
    bool fictional;
    int64_t version;     /* of the data */
};

/* ERR_ABSENT when nothing was set up yet. */
bool store_county(struct db_session *session, struct arena *mem, struct county_record *out, struct err *err) MUST_CHECK;
bool store_county_add(struct db_session *session, const struct county_record *county, struct err *err) MUST_CHECK;
bool store_county_rename(struct db_session *session, struct text county, struct text name, struct err *err) MUST_CHECK;
bool store_county_version(struct db_session *session, struct text county, int64_t *out, struct err *err) MUST_CHECK;

/* The borders drawn on the map, as GeoJSON; empty where nobody gave one. */
bool store_outline_put(struct db_session *session, struct text county, struct text geojson, struct err *err) MUST_CHECK;
bool store_outline(struct db_session *session, struct text county, struct arena *mem, struct text *out, struct err *err) MUST_CHECK;
