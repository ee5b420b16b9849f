#include "cli/doing.h"

#include "app/near.h"

bool doing_run(struct command_context *run, const struct doing *doings, size_t n, const struct words *words, const char *data,
               void *options, struct err *err)
{
    const char *const verb = run->command->verb;
    struct near near = near_start(run->mem, text_of(words->at[0]));
    struct buf all = { .mem = run->mem };
    const struct doing *found = NULL;
    for (size_t i = 0; i < n; i++) {
        near_try(&near, text_of(doings[i].word));
        buf_printf(&all, "%s%s", i ? "、" : "", doings[i].word);
        if (strcmp(doings[i].word, words->at[0]) == 0)
            found = &doings[i];
    }
    if (!found) {
        err_set(err, ERR_USAGE, "junheng %s 没有“%s”这个用法。", verb, words->at[0]);
        return near.found ? err_hint(err, "是不是 junheng %s %.*s？", verb, TEXT_ARG(near.best))
                          : err_hint(err, "可用：%.*s。", TEXT_ARG(buf_text(&all)));
    }
    if (words->n != (found->needs ? 2u : 1u)) {
        if (found->needs && words->n == 1)
            err_set(err, ERR_USAGE, "junheng %s %s 后面还缺少%s。", verb, found->word, found->needs);
        else
            err_set(err, ERR_USAGE, "junheng %s %s 不知道“%s”是做什么的。", verb, found->word, words->at[words->n - 1]);
        return err_hint(err, "用 junheng help %s 查看用法。", verb);
    }
    struct house *house;
    return command_house(run, data, &house, err) && found->run(run, house, found->needs ? words->at[1] : NULL, options, err);
}

bool place_of_options(const struct place_options *o, struct place *out, struct err *err)
{
    const struct { const char *said; enum place_kind kind; } all[] = {
        { o->school, PLACE_SCHOOL }, { o->township, PLACE_TOWNSHIP }, { o->district, PLACE_DISTRICT }, { o->department, PLACE_DEPARTMENT },
    };
    *out = (struct place){ PLACE_COUNTY, TEXT("") };
    for (size_t i = 0; i < COUNT(all); i++) {
        if (!all[i].said)
            continue;
        if (out->kind != PLACE_COUNTY)
            return err_set(err, ERR_USAGE, "--school、--township、--district、--department 只能给一个。");
        *out = (struct place){ all[i].kind, text_of(all[i].said) };
    }
    return true;
}
