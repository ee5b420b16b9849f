/* Style sheets, scripts and pictures: kept by browsers for ever, because their paths hold a hash. */
#include "web/assets.h"
#include "web/pages.h"

bool page_asset(struct request *request, struct response *response, struct err *err)
{
    const struct asset *const asset = asset_find(request->path);
    if (!asset)
        return err_set(err, ERR_ABSENT, "没有这个文件。") || err_hint(err, "页面可能是旧的；请刷新。");
    response->type = asset->type;
    response->etag = asset->etag;
    response->for_ever = true;
    response->gzipped = request->gzip;
    response->body = request->gzip ? (struct text){ (const char *)asset->gzip, asset->gzip_size } : asset_plain(asset, request->mem);
    return true;
}

/* A service worker rules what lies beside its own path: it cannot stand under /assets/. */
bool page_rounds_worker(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    const struct asset *const asset = asset_find(asset_path(ASSET_ROUNDS_OFFLINE_JS));
    response->type = asset->type;
    response->body = asset_plain(asset, request->mem);
    return true;
}
