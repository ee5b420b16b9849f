#include "app/compared.h"

#include "app/edition.h"

static bool find_year(const struct snapshot *s, int year, size_t *out, struct err *err)
{
    *out = snapshot_year(s, year);
    if (*out < s->n_years)
        return true;
    err_set(err, ERR_ABSENT, "第 %llu 版数据里没有 %d学年。", (unsigned long long)s->version, year);
    return err_hint(err, "请另选一个学年。");
}

/* A frozen assessment under its own edition; under another one, its data version worked out again. */
static bool frozen_side(struct house *house, const struct actor *actor, const struct compared_side *side, struct arena *mem, struct snapshot *out,
                        size_t *year_out, struct err *err)
{
    struct frozen frozen;
    struct frozen_inside inside;
    if (!side->edition.size)
        return app_frozen_state(house, actor, side->frozen, mem, out, year_out, err) && (!side->year || find_year(out, side->year, year_out, err));
    struct past_wish wish = { 0 };
    if (!app_frozen(house, actor, side->frozen, mem, &frozen, &inside, err) ||
        !app_edition(mem, text_string(mem, side->edition), &wish.edition, err))
        return false;
    wish.version = frozen.data_version;
    return app_past(house, &wish, mem, out, err) && find_year(out, side->year ? side->year : frozen.year, year_out, err);
}

bool app_compared_side(struct house *house, const struct actor *actor, const struct compared_side *side, struct arena *mem, struct snapshot *out,
                       size_t *year_out, struct err *err)
{
    struct past_wish wish = { .version = side->version };
    if (!actor_may(actor, MAY_SEE, err))
        return false;
    if (!actor_covers_county(actor))
        return err_set(err, ERR_DENIED, "比较的是全县的评估，只给看全县的人看。");
    if (side->frozen.size)
        return frozen_side(house, actor, side, mem, out, year_out, err);
    return (!side->edition.size || app_edition(mem, text_string(mem, side->edition), &wish.edition, err)) && app_past(house, &wish, mem, out, err) &&
           find_year(out, side->year, year_out, err);
}

bool app_compared(struct house *house, const struct actor *actor, const struct compared_side *a, const struct compared_side *b, bool english,
                  struct arena *mem, const struct differences **out, struct err *err)
{
    struct snapshot sa, sb;
    size_t ya, yb;
    if (!app_compared_side(house, actor, a, mem, &sa, &ya, err) || !app_compared_side(house, actor, b, mem, &sb, &yb, err))
        return false;
    const struct composing ca = { .mem = mem, .assessment = sa.assessment, .needs = sa.needs, .year = ya, .english = english };
    const struct composing cb = { .mem = mem, .assessment = sb.assessment, .needs = sb.needs, .year = yb, .english = english };
    *out = compose_differences(&ca, &cb, mem);
    return true;
}
