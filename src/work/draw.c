#include "work/draw.h"

#include "base/secret.h"
#include "base/unicode.h"

#include <stdlib.h>

static bool right_seed(struct text seed, struct err *err)
{
    const size_t length = utf8_length(seed);
    if (length < DRAW_SEED_LEAST || length > DRAW_SEED_MOST) {
        err_set(err, ERR_INPUT, "种子要有 %d 到 %d 个字，这里是 %zu 个。", DRAW_SEED_LEAST, DRAW_SEED_MOST, length);
        return err_hint(err, "请用抽样之前谁也不知道、之后人人查得到的字，比如“2026-11-25 福彩3D 第2026315期 4 0 7”。");
    }
    for (size_t i = 0; i < seed.size; i++)
        if (seed.at[i] == '|' || seed.at[i] == '\n' || seed.at[i] == '\r') {
            err_set(err, ERR_INPUT, "种子里不能有竖线和换行。");
            return err_hint(err, "请换成空格。");
        }
    return true;
}

/* ---- in order ----------------------------------------------------------------------------- */

struct standing { struct drawn drawn; const struct draw_candidate *candidate; };

static int by_stratum_and_digest(const void *one, const void *other)
{
    const struct standing *const a = one, *const b = other;
    const int strata = text_compare(a->candidate->stratum, b->candidate->stratum);
    if (strata)
        return strata;
    const int digests = memcmp(a->drawn.digest, b->drawn.digest, sizeof a->drawn.digest);
    return digests ? digests : text_compare(a->candidate->code, b->candidate->code);
}

static void put_in_order(const struct draw_candidate *candidates, size_t n, struct text seed, struct arena *mem, struct draw *out)
{
    struct standing *const list = arena_array(mem, n, struct standing);
    for (size_t i = 0; i < n; i++) {
        unsigned char hash[SHA256_SIZE];
        secret_sha256(text_printf(mem, "%.*s|%.*s", TEXT_ARG(seed), TEXT_ARG(candidates[i].code)), hash);
        list[i] = (struct standing){ .drawn = { .candidate = i }, .candidate = &candidates[i] };
        secret_hex(hash, SHA256_SIZE, list[i].drawn.digest);
    }
    qsort(list, n, sizeof *list, by_stratum_and_digest);
    out->at = arena_array(mem, n, struct drawn);
    out->n = n;
    out->strata = arena_array(mem, n, struct draw_stratum);
    for (size_t i = 0; i < n; i++) {
        if (!i || !text_equal(list[i].candidate->stratum, list[i - 1].candidate->stratum))
            out->strata[out->n_strata++] = (struct draw_stratum){ .name = list[i].candidate->stratum };
        out->at[i] = list[i].drawn;
        out->at[i].stratum = out->n_strata - 1;
        out->at[i].rank = ++out->strata[out->n_strata - 1].size;
    }
}

/* ---- places ------------------------------------------------------------------------------- */

/* Whether a has the better claim to the next place: size ÷ (2 × taken + 1), without dividing. */
static bool better(const struct draw_stratum *a, const struct draw_stratum *b)
{
    return a->size * (2 * b->taken + 1) > b->size * (2 * a->taken + 1);
}

static void share_out(struct draw *draw, size_t wanted)
{
    for (size_t i = 0; i < draw->n_strata; i++)
        draw->strata[i].taken = 1;
    for (size_t given = draw->n_strata; given < wanted; given++) {
        struct draw_stratum *next = NULL;
        for (size_t i = 0; i < draw->n_strata; i++)
            if (draw->strata[i].taken < draw->strata[i].size && (!next || better(&draw->strata[i], next)))
                next = &draw->strata[i];
        if (!next)
            return;             /* all are taken: no more are wanted than there are candidates */
        next->taken++;
    }
}

bool draw_sample(const struct draw_candidate *candidates, size_t n, struct text seed, size_t wanted, struct arena *mem, struct draw *out,
                 struct err *err)
{
    *out = (struct draw){ .n = 0 };
    if (!right_seed(seed, err))
        return false;
    if (!n || wanted > n) {
        err_set(err, ERR_INPUT, "要抽 %zu 所，可抽的学校只有 %zu 所。", wanted, n);
        return err_hint(err, "请少抽几所，或者放宽范围。");
    }
    put_in_order(candidates, n, seed, mem, out);
    if (wanted < out->n_strata) {
        err_set(err, ERR_INPUT, "分成 %zu 层，每层至少抽 1 所，%zu 所不够。", out->n_strata, wanted);
        return err_hint(err, "请至少抽 %zu 所，或者换一种分层。", out->n_strata);
    }
    share_out(out, wanted);
    for (size_t i = 0; i < n; i++) {
        out->at[i].taken = out->at[i].rank <= out->strata[out->at[i].stratum].taken;
        out->n_taken += out->at[i].taken;
    }
    return true;
}
