/* A sample of schools drawn again, by anybody, from what was published. */
#include "app/round.h"
#include "base/file.h"
#include "cli/listing.h"
#include "cli/options.h"

static bool list(struct command_context *run, const struct draw_again *again, size_t differs)
{
    static const struct listing_column COLUMNS[] = {
        { "stratum", "层", false }, { "rank", "次序", true }, { "code", "学校代码", false }, { "school", "学校", false }, { "taken", "抽中", false },
    };
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < again->draw.n; i++) {
        const struct drawn *const d = &again->draw.at[i];
        const struct draw_candidate *const c = &again->candidates[d->candidate];
        if (d->taken)
            listing_row(&listing, (struct text[]){ c->stratum, text_printf(run->mem, "%zu", d->rank), c->code, c->name, TEXT("是") }, TONE_PLAIN);
    }
    listing_write(&listing, "没有抽中的。");
    if (differs)
        out_printf(run->notes, "与名单不一致：有 %zu 所学校名单上标的不同。\n", differs);
    else
        out_printf(run->notes, "%zu 所学校分 %zu 层，抽中 %zu 所，与名单一致。\n", again->draw.n, again->draw.n_strata, again->draw.n_taken);
    run->answer_no = differs > 0;
    return true;
}

bool cmd_draw(struct command_context *run, struct err *err)
{
    enum { LARGEST = 8 << 20 };
    const char *seed = NULL;
    double wanted = 0;
    const struct option options[] = {
        OPTION_TEXT("seed", 's', &seed, "种子", "公布的种子，一字不差"),
        OPTION_WHOLE("wanted", 'n', &wanted, "所数", "抽几所；默认名单上标了几所就几所"),
        OPTION_FORMAT(run),
    };
    struct words words;
    struct text csv;
    struct draw_again again;
    size_t differs;
    if (!options_parse(run, options, COUNT(options), &words, 1, 1, err))
        return false;
    if (!seed) {
        err_set(err, ERR_USAGE, "没有说种子。");
        return err_hint(err, "请用 --seed 给出公布的种子。");
    }
    return file_read(run->mem, words.at[0], LARGEST, &csv, err) &&
           round_draw_check(text_of(words.at[0]), csv, text_of(seed), (size_t)wanted, run->mem, &again, &differs, err) && list(run, &again, differs);
}
