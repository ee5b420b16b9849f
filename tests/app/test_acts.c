/* Every act of acts.def with every role: tests/app/acts.csv says who may, written by people, not made of the table that it checks. */
#include "check.h"

#include "app/actor.h"
#include "base/arena.h"
#include "base/file.h"

static struct text line_of(struct text *rest)
{
    struct text line;
    text_split(rest, '\n', &line);
    return text_trim(line);
}

TEST(acts, are_allowed_and_refused_as_the_written_table_says)
{
    struct arena *mem = arena_new("test");
    struct err err;
    struct text rest, cell;
    size_t n, acts = 0;
    const struct permission_info *const infos = permission_infos(&n);
    CHECK_OK(file_read(mem, "tests/app/acts.csv", 1 << 16, &rest, &err), err);
    struct text head = line_of(&rest);
    enum role roles[N_ROLES];
    size_t n_roles = 0;
    text_split(&head, ',', &cell);
    while (head.size && n_roles < N_ROLES) {
        text_split(&head, ',', &cell);
        roles[n_roles] = role_by_id(cell);
        CHECK(roles[n_roles++] != ROLE_NONE);
    }
    CHECK_INT(n_roles, N_ROLES - 1);
    while (rest.size) {
        struct text line = line_of(&rest);
        if (!line.size)
            continue;
        text_split(&line, ',', &cell);
        const struct permission_info *info = NULL;
        for (size_t i = 0; i < n; i++)
            if (text_equal(text_of(infos[i].word), cell))
                info = &infos[i];
        if (!info)
            fail_msg("acts.csv: no act %.*s", TEXT_ARG(cell));
        acts++;
        for (size_t r = 0; r < n_roles; r++) {
            struct text may;
            text_split(&line, ',', &may);
            const struct actor actor = { .account = 1, .role = roles[r], .permissions = role_info(roles[r])->permissions, .place = { PLACE_COUNTY, TEXT("") } };
            struct actor given = actor;
            given.must_change = true;
            const bool allowed = actor_may(&actor, info->bit, &err);
            if (allowed != text_equal(may, TEXT("a")) || (!allowed && !text_equal(may, TEXT("d"))))
                fail_msg("%s by %s: %s, acts.csv says %.*s", info->word, role_info(roles[r])->id, allowed ? "a" : "d", TEXT_ARG(may));
            if (!allowed) {
                CHECK_INT(err.kind, ERR_DENIED);
                CHECK_CONTAINS(text_of(err.what), info->does);
            }
            CHECK(!actor_may(&given, info->bit, &err)); /* with a password somebody else gave: nothing */
        }
        const struct actor nobody = { .name = TEXT("") };
        CHECK(!actor_may(&nobody, info->bit, &err));
    }
    CHECK_INT(acts, n);
    arena_free(&mem);
}

/* security.md §2: the three administrators see no content. */
TEST(acts, of_administrators_touch_no_content)
{
    static const enum role ADMINISTRATORS[] = { ROLE_system_admin, ROLE_security_admin, ROLE_audit_admin };
    for (size_t i = 0; i < COUNT(ADMINISTRATORS); i++)
        CHECK((role_info(ADMINISTRATORS[i])->permissions & ~(uint64_t)(MAY_ACCOUNTS | MAY_SYSTEM | MAY_SESSIONS | MAY_AUDIT)) == 0);
}
