#include "cli/options.h"

#include "base/number.h"
#include "base/unicode.h"
#include "app/near.h"

#include <math.h>
#include <string.h>

/* ── help ── */

static void pad(struct out *out, size_t width, size_t to)
{
    for (; width < to; width++)
        out_byte(out, ' ');
}

static struct text left_of(struct arena *mem, const struct option *o)
{
    const bool valued = o->kind != KIND_FLAG;
    return o->letter ? text_printf(mem, "-%c, --%s%s%s", o->letter, o->name, valued ? " " : "", valued ? o->value : "")
                     : text_printf(mem, "    --%s%s%s", o->name, valued ? " " : "", valued ? o->value : "");
}

static void explain(struct command_context *run, const struct option *options, size_t n)
{
    const struct command *c = run->command;
    out_printf(run->out, "%s\n\n用法：junheng %s%s%s\n\n", c->summary, c->verb, c->usage[0] ? " " : "", c->usage);
    size_t widest = text_width(TEXT("-h, --help"));
    for (size_t i = 0; i < n; i++) {
        const size_t width = text_width(left_of(run->mem, &options[i]));
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < n; i++) {
        const struct text left = left_of(run->mem, &options[i]);
        out_string(run->out, "  ");
        out_text(run->out, left);
        pad(run->out, text_width(left), widest + 2);
        out_printf(run->out, "%s\n", options[i].help);
    }
    out_string(run->out, "  -h, --help");
    pad(run->out, text_width(TEXT("-h, --help")), widest + 2);
    out_string(run->out, "显示这一页\n");
    if (c->more[0])
        out_printf(run->out, "\n%s\n", c->more);
}

/* ── parsing ── */

static bool see_help(const struct command_context *run, struct err *err)
{
    return err_hint(err, "用 junheng help %s 查看用法。", run->command->verb);
}

static bool unknown(struct command_context *run, const struct option *options, size_t n, const char *shown,
                    struct text name, struct err *err)
{
    struct near near = near_start(run->mem, name);
    for (size_t i = 0; i < n; i++)
        near_try(&near, text_of(options[i].name));
    err_set(err, ERR_USAGE, "junheng %s 没有 %s 这个选项。", run->command->verb, shown);
    if (near.found)
        return err_hint(err, "是不是 --%.*s？用 junheng help %s 查看全部选项。", TEXT_ARG(near.best), run->command->verb);
    return see_help(run, err);
}

static bool in_choices(struct text choices, struct text value)
{
    for (struct text choice; text_split(&choices, '|', &choice);)
        if (text_equal(choice, value))
            return true;
    return false;
}

static bool wrong_choice(struct command_context *run, const struct option *o, const char *value, struct err *err)
{
    struct near near = near_start(run->mem, text_of(value));
    struct text rest = text_of(o->value);
    for (struct text choice; text_split(&rest, '|', &choice);)
        near_try(&near, choice);
    err_set(err, ERR_USAGE, "--%s 不能是“%s”，只能是 %s 之一。", o->name, value, o->value);
    return near.found ? err_hint(err, "是不是 %.*s？", TEXT_ARG(near.best)) : see_help(run, err);
}

static bool take(struct command_context *run, const struct option *o, const char *value, struct err *err)
{
    switch (o->kind) {
    case KIND_FLAG:
        *o->flag = true;
        return true;
    case KIND_TEXT:
        if (!value[0]) {
            err_set(err, ERR_USAGE, "--%s 后面的%s是空的。", o->name, o->value);
            return see_help(run, err);
        }
        *o->text = value;
        return true;
    case KIND_LIST:
        o->list->at[o->list->n++] = value;
        return true;
    case KIND_CHOICE:
        if (!in_choices(text_of(o->value), text_of(value)))
            return wrong_choice(run, o, value, err);
        *o->text = value;
        return true;
    case KIND_FORMAT:
        if (!in_choices(text_of(o->value), text_of(value)))
            return wrong_choice(run, o, value, err);
        *o->format = value[0] == 'j' ? FORMAT_JSON : value[0] == 'c' ? FORMAT_CSV : FORMAT_TABLE;
        return true;
    case KIND_WHOLE:
    case KIND_NUMBER:
        break;
    }
    double number;
    const bool whole = o->kind == KIND_WHOLE;
    if (!number_parse(text_of(value), &number) || (whole && (number < 0 || number > 1e15 || floor(number) != number))) {
        err_set(err, ERR_USAGE, "--%s 读到“%s”，应为%s。", o->name, value, whole ? "不小于 0 的整数" : "一个数");
        return see_help(run, err);
    }
    *o->number = number;
    return true;
}

static const struct option *named(const struct option *options, size_t n, struct text name)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(text_of(options[i].name), name))
            return &options[i];
    return NULL;
}

static const struct option *lettered(const struct option *options, size_t n, char letter)
{
    for (size_t i = 0; i < n; i++)
        if (options[i].letter && options[i].letter == letter)
            return &options[i];
    return NULL;
}

/* The value behind an option: glued to it, or the next word. */
static bool value_of(struct command_context *run, const struct option *o, const char *glued, int *i,
                     const char **value_out, struct err *err)
{
    if (o->kind == KIND_FLAG) {
        *value_out = "";
        if (!glued)
            return true;
        err_set(err, ERR_USAGE, "--%s 后面不跟值。", o->name);
        return see_help(run, err);
    }
    if (!glued && *i + 1 < run->argc)
        glued = run->argv[++*i];
    *value_out = glued;
    if (glued)
        return true;
    err_set(err, ERR_USAGE, "--%s 后面缺少%s。", o->name, o->value);
    return see_help(run, err);
}

static bool parse_long(struct command_context *run, const struct option *options, size_t n, int *i, struct err *err)
{
    const char *word = run->argv[*i] + 2, *equals = strchr(word, '=');
    const struct text name = { word, equals ? (size_t)(equals - word) : strlen(word) };
    const struct option *o = named(options, n, name);
    if (!o)
        return unknown(run, options, n, text_string(run->mem, text_printf(run->mem, "--%.*s", TEXT_ARG(name))), name, err);
    const char *value;
    return value_of(run, o, equals ? equals + 1 : NULL, i, &value, err) && take(run, o, value, err);
}

static bool parse_short(struct command_context *run, const struct option *options, size_t n, int *i, struct err *err)
{
    const char *word = run->argv[*i];
    const struct option *o = lettered(options, n, word[1]);
    if (!o)
        return unknown(run, options, n, word, text_of(word + 1), err);
    const char *value;
    return value_of(run, o, word[2] ? word + 2 : NULL, i, &value, err) && take(run, o, value, err);
}

static bool right_count(struct command_context *run, const struct words *words, size_t least, size_t most, struct err *err)
{
    if (words->n < least)
        err_set(err, ERR_USAGE, "%s 后面还缺少%s。", run->command->verb, words->n ? "内容" : "文件名或要看的内容");
    else if (words->n > most)
        err_set(err, ERR_USAGE, "%s 不知道“%s”是做什么的。", run->command->verb, words->at[most]);
    else
        return true;
    return err_hint(err, "用法：junheng %s%s%s", run->command->verb, run->command->usage[0] ? " " : "",
                    run->command->usage);
}

bool options_parse(struct command_context *run, const struct option *options, size_t n, struct words *words,
                   size_t least, size_t most, struct err *err)
{
    const size_t count = run->argc > 0 ? (size_t)run->argc : 0;
    *words = (struct words){ arena_array(run->mem, count + 1, const char *), 0 };
    for (size_t i = 0; i < n; i++)
        if (options[i].kind == KIND_LIST)
            *options[i].list = (struct words){ arena_array(run->mem, count + 1, const char *), 0 };
    bool only_words = false;
    for (int i = 0; i < run->argc; i++) {
        const char *word = run->argv[i];
        if (!only_words && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
            explain(run, options, n);
            return false;
        }
        if (only_words || word[0] != '-' || !word[1])
            words->at[words->n++] = word;
        else if (strcmp(word, "--") == 0)
            only_words = true;
        else if (word[1] == '-' ? !parse_long(run, options, n, &i, err) : !parse_short(run, options, n, &i, err))
            return false;
    }
    return right_count(run, words, least, most, err);
}
