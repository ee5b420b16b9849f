#include "app/release.h"

#include "app/audit.h"
#include "app/evidence_inside.h"
#include "store/report_store.h"

/* ---- released ----------------------------------------------------------------------------- */

static size_t characters(struct text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return n;
}

static bool wish_right(const struct snapshot *s, const struct release_wish *wish, int64_t seen, struct err *err)
{
    if (!wish->n) {
        err_set(err, ERR_USAGE, "没有选要公布的数。");
        return err_hint(err, "请至少选一项；要全部撤下，请在历次公布里撤下现在的那一次。");
    }
    if (snapshot_year(s, wish->year) == s->n_years)
        return err_set(err, ERR_ABSENT, "没有 %d学年。", wish->year);
    if (characters(wish->remark) > RELEASE_REMARK)
        return err_set(err, ERR_INPUT, "说明超过 %d 个字。", RELEASE_REMARK);
    if (seen == (int64_t)s->version)
        return true;
    err_set(err, ERR_CONFLICT, "您看过之后数据又有改动，没有公布。");
    return err_hint(err, "请再看一遍要公布的数，再公布。");
}

static bool choose(const struct snapshot *s, const struct release_wish *wish, struct arena *mem, struct release_figure *out, size_t *n_out, struct err *err)
{
    const struct composing c = { .mem = mem, .assessment = s->assessment, .needs = s->needs, .year = snapshot_year(s, wish->year) };
    size_t n_offers;
    const struct public_offer *const offers = compose_public(&c, &n_offers);
    for (size_t w = 0; w < wish->n; w++)
        if (!public_kind(wish->kinds[w]))
            return err_set(err, ERR_USAGE, "没有“%.*s”这一项可以公布。", (int)(wish->kinds[w].size > 40 ? 40 : wish->kinds[w].size), wish->kinds[w].at);
    *n_out = 0;
    for (size_t i = 0; i < n_offers; i++)
        for (size_t w = 0; w < wish->n; w++) {
            if (!text_equal(wish->kinds[w], text_of(offers[i].kind->id)))
                continue;
            if (offers[i].why_not.size)
                return err_set(err, ERR_INPUT, "“%s”不能公布：%.*s。", offers[i].kind->zh, TEXT_ARG(offers[i].why_not));
            out[(*n_out)++] = (struct release_figure){ text_of(offers[i].kind->id), offers[i].table };
            break;
        }
    return true;
}

bool app_release(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                 const struct release_wish *wish, int64_t seen, int64_t now, struct arena *mem, struct text *id_out, struct err *err)
{
    size_t n_kinds, n = 0;
    public_kinds(&n_kinds);
    struct release_figure *const figures = arena_array(mem, n_kinds, struct release_figure);
    if (!actor_may(actor, MAY_RELEASE, err) || !wish_right(snapshot, wish, seen, err) || !choose(snapshot, wish, mem, figures, &n, err))
        return false;
    const struct release release = { .id = evidence_new_id(mem), .year = wish->year, .data_version = (int64_t)snapshot->version,
                                     .remark = text_trim(wish->remark), .released = actor_stamp(actor, now) };
    struct buf detail = { .mem = mem };
    buf_printf(&detail, "year=%d version=%lld figures=", wish->year, (long long)release.data_version);
    for (size_t i = 0; i < n; i++)
        buf_printf(&detail, "%s%.*s", i ? "," : "", TEXT_ARG(figures[i].figure));
    *id_out = release.id;
    return store_release_add(session, house_county(house), &release, figures, n, err) &&
           audit_write(session, actor, "release.put", release.id, buf_text(&detail), now, err);
}

bool app_release_withdraw(struct house *house, struct db_session *session, const struct actor *actor, struct text id, struct text reason,
                          int64_t now, struct err *err)
{
    const struct text said = text_trim(reason);
    return actor_may(actor, MAY_RELEASE, err) && evidence_reason_right(said, "撤下的理由", err) &&
           store_release_withdraw(session, house_county(house), id, &(struct stamp){ actor->account, actor->shown, now }, said, err) &&
           audit_write(session, actor, "release.withdraw", id, TEXT(""), now, err);
}

/* ---- seen --------------------------------------------------------------------------------- */

bool app_releases(struct house *house, const struct actor *actor, struct arena *mem, struct release **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_releases(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_release_figures(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct release_figure **out,
                         size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_release_figures(session, house_county(house), id, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_release_standing(struct house *house, struct arena *mem, struct release *out, struct release_figure **figures_out, size_t *n_out,
                          bool *found_out, struct err *err)
{
    struct db_session *session;
    struct release *list;
    size_t n;
    *found_out = false;
    *n_out = 0;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_releases(session, house_county(house), mem, &list, &n, err);
    /* A withdrawn release does not bring the one before it back. */
    if (ok && n && !list[0].withdrawn.at) {
        *out = list[0];
        *found_out = true;
        ok = store_release_figures(session, house_county(house), out->id, mem, figures_out, n_out, err);
    }
    db_read_end(&session);
    return ok;
}
