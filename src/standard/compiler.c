#include "standard/compiler.h"

#include "base/number.h"
#include "base/unicode.h"

#include <string.h>

/* ---- faults ---------------------------------------------------------------------------- */

bool compiler_fail(struct compiler *c, size_t at, struct text what, const char *expected)
{
    const size_t character =
        utf8_length((struct text){ c->source.at, at < c->source.size ? at : c->source.size }) + 1;
    const int shown = c->source.size > 200 ? 200 : (int)c->source.size;
    err_set(c->err, ERR_INPUT, "公式“%.*s%s”第 %zu 个字符处：%.*s。应为%s。", shown, c->source.at,
            c->source.size > 200 ? "…" : "", character, TEXT_ARG(what), expected);
    return err_hint(c->err, "请改正该公式；写法见 standards/README.md。");
}

bool compiler_fail_limit(struct compiler *c, const char *what, int most)
{
    err_set(c->err, ERR_INPUT, "公式“%.*s…”太长或太复杂：%s，最多 %d。",
            (int)(c->source.size < 60 ? c->source.size : 60), c->source.at, what, most);
    return err_hint(c->err, "请把公式拆成几条，或化简后再试。");
}

bool compiler_fail_token(struct compiler *c, const char *expected)
{
    if (c->next.kind == TOKEN_END)
        return compiler_fail(c, c->next.at, TEXT("公式在此中断"), expected);
    return compiler_fail(c, c->next.at, text_printf(c->mem, "读到“%.*s”", TEXT_ARG(c->next.text)), expected);
}

/* ---- tokens ---------------------------------------------------------------------------- */

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static size_t number_length(struct text rest)
{
    size_t n = 0;
    while (n < rest.size && (is_digit(rest.at[n]) || rest.at[n] == '.'))
        n++;
    return n;
}

void compiler_advance(struct compiler *c)
{
    size_t at = c->end_of_next;
    while (at < c->source.size && (c->source.at[at] == ' ' || c->source.at[at] == '\t' ||
                                   c->source.at[at] == '\n' || c->source.at[at] == '\r'))
        at++;
    struct text rest = { c->source.at + at, c->source.size - at };
    struct token token = { .at = at, .text = { rest.at, 1 }, .number = BLANK };
    if (!rest.size) {
        token.kind = TOKEN_END;
        token.text.size = 0;
    } else if (is_digit(*rest.at) || *rest.at == '.') {
        token.text.size = number_length(rest);
        token.kind = number_parse(token.text, &token.number) ? TOKEN_NUMBER : TOKEN_UNKNOWN;
    } else if (is_letter(*rest.at)) {
        while (token.text.size < rest.size &&
               (is_letter(rest.at[token.text.size]) || is_digit(rest.at[token.text.size])))
            token.text.size++;
        token.kind = TOKEN_NAME;
    } else if (memchr("+-*/()=<>;[]", *rest.at, 12)) {
        if (text_starts(rest, TEXT("<=")) || text_starts(rest, TEXT(">=")) || text_starts(rest, TEXT("<>")))
            token.text.size = 2;
        token.kind = TOKEN_SIGN;
    } else {
        struct text after = rest; /* a whole character, to be shown */
        utf8_next(&after);
        token.text.size = (size_t)(after.at - rest.at);
        token.kind = TOKEN_UNKNOWN;
    }
    c->next = token;
    c->end_of_next = at + token.text.size;
}

bool compiler_next_is(const struct compiler *c, enum token_kind kind, struct text text)
{
    return c->next.kind == kind && text_equal(c->next.text, text);
}

bool compiler_take_sign(struct compiler *c, struct text sign)
{
    if (!compiler_next_is(c, TOKEN_SIGN, sign))
        return false;
    compiler_advance(c);
    return true;
}

bool compiler_take_word(struct compiler *c, struct text word)
{
    if (!compiler_next_is(c, TOKEN_NAME, word))
        return false;
    compiler_advance(c);
    return true;
}

/* ---- emitting -------------------------------------------------------------------------- */

struct draft *compiler_start_draft(struct draft *draft)
{
    draft->n_inputs = draft->n_steps = 0;
    memset(draft->taken, 0, sizeof draft->taken);
    return draft;
}

bool compiler_add_input(struct compiler *c, struct input input, operand *out)
{
    struct draft *const d = c->draft;
    for (size_t k = 0; k < d->n_inputs; k++)
        if (d->inputs[k].kind == input.kind && d->inputs[k].index == input.index &&
            memcmp(&d->inputs[k].number, &input.number, sizeof input.number) == 0) {
            *out = (operand)k;
            return true;
        }
    if (d->n_inputs == MAX_INPUTS)
        return compiler_fail_limit(c, "指标项和数字太多", MAX_INPUTS);
    d->inputs[d->n_inputs] = input;
    *out = (operand)d->n_inputs++;
    return true;
}

static void release(struct draft *d, operand which)
{
    if (which < 0)
        d->taken[-which - 1] = false;
}

bool compiler_emit(struct compiler *c, enum operation operation, operand a, operand b, operand third,
                   operand *out)
{
    struct draft *const d = c->draft;
    size_t into = 0;
    while (into < MAX_TEMPORARIES && d->taken[into])
        into++;
    if (into == MAX_TEMPORARIES)
        return compiler_fail_limit(c, "中间结果太多", MAX_TEMPORARIES);
    if (d->n_steps == MAX_STEPS)
        return compiler_fail_limit(c, "运算太多", MAX_STEPS);
    d->taken[into] = true;
    release(d, a); /* only now: a step never writes where it reads */
    release(d, b);
    release(d, third);
    *out = (operand)(-(int)into - 1);
    d->steps[d->n_steps++] = (struct step){ (uint8_t)operation, *out, a, b, third };
    return true;
}

bool compiler_add_number(struct compiler *c, double number, operand *out)
{
    return compiler_add_input(c, (struct input){ INPUT_NUMBER, 0, number }, out);
}

struct program compiler_finish(struct arena *mem, const struct draft *d, operand result)
{
    size_t temporaries = 0;
    for (size_t s = 0; s < d->n_steps; s++)
        temporaries = (size_t)-d->steps[s].into > temporaries ? (size_t)-d->steps[s].into : temporaries;
    return (struct program){
        .inputs = arena_copy(mem, d->inputs, d->n_inputs * sizeof d->inputs[0]),
        .steps = arena_copy(mem, d->steps, d->n_steps * sizeof d->steps[0]),
        .n_inputs = d->n_inputs,
        .n_steps = d->n_steps,
        .n_temporaries = temporaries,
        .result = result,
    };
}
