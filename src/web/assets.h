/* assets.h — style sheets, scripts and pictures, carried inside the program (made by tools/assets.mjs).
 *
 * A path holds a hash of the content, /assets/1f2e…/junheng.css: it may be kept by browsers for ever. */
#pragma once
#include "base/text.h"
#include "made/assets.h"

struct asset {
    struct text name, path, type, etag;  /* etag with its quotes */
    const unsigned char *gzip;           /* the content, gzipped: what nearly everyone is sent */
    size_t gzip_size, size;
};

extern const struct asset ASSETS[N_ASSETS];

struct text asset_path(enum asset_name name);
/* By the path of a request; NULL: there is none.  An outdated hash finds nothing. */
const struct asset *asset_find(struct text path);
/* The content for whoever does not take gzip, made in mem. */
struct text asset_plain(const struct asset *asset, struct arena *mem);
