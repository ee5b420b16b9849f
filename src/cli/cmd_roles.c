#include "app/actor.h"
#include "cli/listing.h"
#include "cli/options.h"

/* roles × permissions, from the one table that decides. */
bool cmd_roles(struct command_context *run, struct err *err)
{
    enum { AHEAD = 3 };
    static const char *const PLACES_ZH[] = { [PLACE_SCHOOL] = "学校", [PLACE_DISTRICT] = "学区", [PLACE_TOWNSHIP] = "乡镇",
                                            [PLACE_DEPARTMENT] = "部门", [PLACE_COUNTY] = "全县" };
    const struct option options[] = { OPTION_FORMAT(run) };
    struct words words;
    size_t n;
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    const struct permission_info *const permissions = permission_infos(&n);
    struct listing_column *columns = arena_array(run->mem, n + AHEAD, struct listing_column);
    columns[0] = (struct listing_column){ "id", "代号", false };
    columns[1] = (struct listing_column){ "role", "角色", false };
    columns[2] = (struct listing_column){ "widest", "最大范围", false };
    for (size_t p = 0; p < n; p++)
        columns[AHEAD + p] = (struct listing_column){ permissions[p].word, permissions[p].zh, false };
    struct listing listing = listing_new(run, columns, n + AHEAD);
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++) {
        const struct role_info *const role = role_info((enum role)r);
        const bool table = run->format == FORMAT_TABLE;
        struct text *row = arena_array(run->mem, n + AHEAD, struct text);
        row[0] = text_of(role->id);
        row[1] = text_of(role->zh);
        row[2] = table ? text_of(PLACES_ZH[role->widest]) : place_word(role->widest);
        for (size_t p = 0; p < n; p++)
            row[AHEAD + p] = role->permissions & permissions[p].bit ? (table ? TEXT("●") : TEXT("yes")) : (table ? TEXT("·") : TEXT("no"));
        listing_row(&listing, row, TONE_PLAIN);
    }
    listing_write(&listing, "");
    return true;
}
