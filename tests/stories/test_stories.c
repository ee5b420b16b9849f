/* The stories of the work, and their twins in refused/, in which something is tried that must not be. */
#include "story.h"

#include <dirent.h>
#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t all_of(const char *folder, bool refused)
{
    struct arena *mem = arena_new("stories");
    const char *files[64];
    size_t n = 0;
    DIR *const dir = opendir(check_path(mem, folder));
    CHECK(dir != NULL);
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (strstr(entry->d_name, ".csv")) {
            CHECK(n < COUNT(files));
            files[n++] = check_path(mem, arena_printf(mem, "%s/%s", folder, entry->d_name));
        }
    closedir(dir);
    qsort(files, n, sizeof files[0], by_name);
    for (size_t i = 0; i < n; i++) {
        const size_t times = story_play(files[i]);
        if (refused && !times)
            fail_msg("%s: nothing was refused", files[i]);
    }
    arena_free(&mem);
    return n;
}

TEST(stories, come_out_as_they_are_told)
{
    CHECK(all_of("tests/stories", false) >= 12);
}

TEST(stories, refuse_what_their_twins_try)
{
    CHECK(all_of("tests/stories/refused", true) >= 12);
}
