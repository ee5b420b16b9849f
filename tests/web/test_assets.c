#include "check.h"

#include "web/assets.h"

TEST(assets, are_found_by_their_hashed_path_and_by_no_other)
{
    const struct asset *const found = asset_find(asset_path(ASSET_JUNHENG_CSS));
    CHECK(found == &ASSETS[ASSET_JUNHENG_CSS]);
    CHECK_TEXT(found->type, "text/css; charset=utf-8");
    CHECK(text_starts(found->path, TEXT("/assets/")) && text_ends(found->path, TEXT("/junheng.css")));
    CHECK(asset_find(TEXT("/assets/junheng.css")) == NULL);
    CHECK(asset_find(TEXT("/assets/0000000000000000/junheng.css")) == NULL);
}

TEST(assets, unpack_for_whoever_takes_no_gzip)
{
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < N_ASSETS; i++)
        CHECK_INT(asset_plain(&ASSETS[i], mem).size, ASSETS[i].size);
    CHECK(text_starts(asset_plain(&ASSETS[ASSET_FAVICON_SVG], mem), TEXT("<svg ")));
    arena_free(&mem);
}

/* The first view of a page is at most 120 KB without charts; the page itself may be 23 of them. */
TEST(assets, leave_room_for_the_page_within_the_first_view)
{
    CHECK(ASSETS[ASSET_JUNHENG_CSS].gzip_size + ASSETS[ASSET_JUNHENG_JS].gzip_size + ASSETS[ASSET_FAVICON_SVG].gzip_size <
          97 * 1024);
}
