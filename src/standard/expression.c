#include "standard/expression.h"

#include "base/number.h"
#include "base/unicode.h"
#include "standard/compiler.h"

#include <string.h>

struct expression {
    struct text source;
    enum expression_place place;
    struct program main;
    struct program *sums; /* county: what each sum(...) adds up */
    size_t n_sums;
    uint16_t *items;
    size_t n_items;
};

static const char *const BUILTIN_NAMES[N_BUILTINS] = {
    [BUILTIN_HAS_PRIMARY] = "has_primary",     [BUILTIN_HAS_JUNIOR] = "has_junior",
    [BUILTIN_HAS_SENIOR] = "has_senior",       [BUILTIN_N_STAGES] = "n_stages",
    [BUILTIN_SHARE_PRIMARY] = "share_primary", [BUILTIN_SHARE_JUNIOR] = "share_junior",
    [BUILTIN_ASSESSED] = "assessed",           [BUILTIN_IS_CAMPUS] = "is_campus",
};

/* ---- units ----------------------------------------------------------------------------- */

static bool be_number(struct compiler *c, const struct value *v)
{
    if (!v->choice)
        return true;
    return compiler_fail(c, v->at,
                         text_printf(c->mem, "选项类指标项 %.*s 不能参与计算", TEXT_ARG(v->choice->code)),
                         "与它的某个取值比较，如 school_type = special");
}

static bool be_truth(struct compiler *c, const struct value *v)
{
    if (!be_number(c, v))
        return false;
    if (v->unit.free || unit_is_pure(&v->unit))
        return true;
    return compiler_fail(c, v->at,
                         text_printf(c->mem, "这里的单位是%.*s", TEXT_ARG(unit_text(c->mem, &v->unit))),
                         "条件（比较、and、or、not 或是否类指标项）");
}

static bool join(struct compiler *c, const struct value *a, const struct value *b, struct unit *out)
{
    if (!be_number(c, a) || !be_number(c, b))
        return false;
    if (unit_join(&a->unit, &b->unit, out))
        return true;
    const struct text expected = unit_text(c->mem, &a->unit);
    return compiler_fail(c, b->at,
                         text_printf(c->mem, "单位不一致：这里是%.*s", TEXT_ARG(unit_text(c->mem, &b->unit))),
                         arena_printf(c->mem, "%.*s", TEXT_ARG(expected)));
}

/* The unit of a product or quotient.  A multiple is undone by its own number: 万元 × 10000 is 元. */
static bool product_unit(struct compiler *c, const struct value *a, const struct value *b, bool divide,
                         struct unit *out)
{
    if (!be_number(c, a) || !be_number(c, b))
        return false;
    if (!unit_times(&a->unit, &b->unit, divide, out))
        return compiler_fail(c, b->at, TEXT("相乘的单位太多"), "较简单的单位");
    if (!divide && b->number == a->unit.scale)
        out->scale /= a->unit.scale;
    else if (!divide && a->number == b->unit.scale)
        out->scale /= b->unit.scale;
    return true;
}

/* ---- the grammar ----------------------------------------------------------------------- */

static bool parse_or(struct compiler *c, struct value *out);

static bool combine(struct compiler *c, enum operation operation, struct value *left,
                    const struct value *right, const struct unit *unit)
{
    left->unit = *unit;
    left->number = BLANK;
    return compiler_emit(c, operation, left->where, right->where, left->where, &left->where);
}

enum function {
    F_MIN,
    F_MAX,
    F_GIVEN,
    F_AND,
    F_OR,
    F_ALL,
    F_ANY,
    F_IF,
    F_NOT,
    F_CEIL,
    F_FLOOR,
    F_SUM,
    N_FUNCTIONS
};
static const struct {
    const char *name;
    size_t least, most;
} FUNCTIONS[N_FUNCTIONS] = {
    [F_MIN] = { "min", 2, 32 },  [F_MAX] = { "max", 2, 32 },    [F_GIVEN] = { "given", 2, 32 },
    [F_AND] = { "and", 2, 32 },  [F_OR] = { "or", 2, 32 },      [F_ALL] = { "all", 2, 32 },
    [F_ANY] = { "any", 2, 32 },  [F_IF] = { "if", 3, 3 },       [F_NOT] = { "not", 1, 1 },
    [F_CEIL] = { "ceil", 1, 1 }, [F_FLOOR] = { "floor", 1, 1 }, [F_SUM] = { "sum", 1, 1 },
};

static enum function function_find(struct text name)
{
    size_t f = 0;
    while (f < N_FUNCTIONS && !text_equal(name, text_of(FUNCTIONS[f].name)))
        f++;
    return (enum function)f;
}

/* min, max, given, and, or, all, any over any number of arguments: folded from the left as they come. */
static bool fold(struct compiler *c, enum function f, struct value *all, const struct value *one)
{
    static const enum operation OPERATION[] = {
        [F_MIN] = OP_MIN, [F_MAX] = OP_MAX, [F_GIVEN] = OP_GIVEN, [F_AND] = OP_AND,
        [F_OR] = OP_OR,   [F_ALL] = OP_ALL, [F_ANY] = OP_ANY
    };
    struct unit unit = unit_pure();
    if (f >= F_AND) {
        if (!be_truth(c, all) || !be_truth(c, one))
            return false;
    } else if (!join(c, all, one, &unit))
        return false;
    return combine(c, OPERATION[f], all, one, &unit);
}

static bool call_one(struct compiler *c, enum function f, struct value *v)
{
    if (f == F_NOT ? !be_truth(c, v) : !be_number(c, v))
        return false;
    if (f == F_NOT)
        v->unit = unit_pure();
    v->number = BLANK;
    const enum operation operation = f == F_NOT ? OP_NOT : f == F_CEIL ? OP_CEIL : OP_FLOOR;
    return compiler_emit(c, operation, v->where, v->where, v->where, &v->where);
}

static bool call_if(struct compiler *c, struct value argument[3], struct value *out)
{
    struct unit unit;
    if (!be_truth(c, &argument[0]) || !join(c, &argument[1], &argument[2], &unit))
        return false;
    out->unit = unit;
    return compiler_emit(c, OP_IF, argument[0].where, argument[1].where, argument[2].where, &out->where);
}

/* The arguments between the parentheses; for those that fold, out holds what is folded so far. */
static bool parse_arguments(struct compiler *c, enum function f, size_t at, struct value *out)
{
    const char *const name = FUNCTIONS[f].name;
    struct value argument[3] = { 0 };
    size_t n = 0;
    do {
        if (n == FUNCTIONS[f].most)
            return compiler_fail(c, c->next.at,
                                 text_printf(c->mem, "%s 的参数多于 %zu 个", name, FUNCTIONS[f].most), "“)”");
        struct value *const one = &argument[n < 3 ? n : 2];
        if (!parse_or(c, one))
            return false;
        if (n > 0 && f <= F_ANY && !fold(c, f, &argument[0], one))
            return false;
        n++;
    } while (compiler_take_sign(c, TEXT(";")));
    if (!compiler_next_is(c, TOKEN_SIGN, TEXT(")")))
        return compiler_fail_token(c, "“;”（分隔参数）、“)”或运算符");
    if (n < FUNCTIONS[f].least)
        return compiler_fail(
            c, c->next.at, text_printf(c->mem, "%s 只有 %zu 个参数", name, n),
            arena_printf(c->mem, "%s%zu 个参数，用“;”分隔", f == F_IF ? "" : "至少 ", FUNCTIONS[f].least));
    compiler_advance(c);
    *out = argument[0];
    out->at = at;
    if (f == F_IF)
        return call_if(c, argument, out);
    return f <= F_ANY || f == F_SUM ? be_number(c, out) : call_one(c, f, out);
}

static bool parse_sum(struct compiler *c, size_t at, struct value *out)
{
    if (c->place == EXPRESSION_SCHOOL)
        return compiler_fail(c, at, TEXT("sum 只用于全县的公式"), "不含 sum 的学校公式");
    if (c->in_sum)
        return compiler_fail(c, at, TEXT("sum 里又有 sum"), "每校的公式");
    if (c->n_sums == MAX_SUMS)
        return compiler_fail_limit(c, "sum 太多", MAX_SUMS);
    struct draft *const outer = c->draft;
    NOT_CLEARED struct draft inner;
    c->draft = compiler_start_draft(&inner);
    c->in_sum = true;
    const bool ok = parse_arguments(c, F_SUM, at, out);
    const uint16_t index = (uint16_t)c->n_sums;
    if (ok)
        c->sum_programs[c->n_sums++] = compiler_finish(c->mem, c->draft, out->where);
    c->draft = outer;
    c->in_sum = false;
    out->number = BLANK;
    out->unit.free = false;
    return ok && compiler_add_input(c, (struct input){ INPUT_SUM, index, 0 }, &out->where);
}

static bool note_item(struct compiler *c, uint16_t item)
{
    for (size_t i = 0; i < c->n_named; i++)
        if (c->named[i] == item)
            return true;
    if (c->n_named == MAX_NAMED)
        return compiler_fail_limit(c, "指标项太多", MAX_NAMED);
    c->named[c->n_named++] = item;
    return true;
}

static bool unknown_name(struct compiler *c, const struct token *token)
{
    size_t best = 3;
    struct text guess = { 0 };
    for (size_t i = 0; i < c->items->n && token->text.size <= 64; i++) {
        const size_t far = text_distance(c->mem, token->text, c->items->at[i].code, best - 1);
        if (far < best) {
            best = far;
            guess = c->items->at[i].code;
        }
    }
    compiler_fail(c, token->at, text_printf(c->mem, "没有名为“%.*s”的指标项或函数", TEXT_ARG(token->text)),
                  "items.csv 中的指标项代码、数字或函数名");
    return guess.size ? err_hint(c->err, "是否想写 %.*s？", TEXT_ARG(guess)) : false;
}

static bool parse_builtin(struct compiler *c, const struct token *token, enum builtin builtin,
                          struct value *out)
{
    if (c->place == EXPRESSION_COUNTY && !c->in_sum)
        return compiler_fail(c, token->at, text_printf(c->mem, "%s 是每校的数", BUILTIN_NAMES[builtin]),
                             "写在 sum(...) 里");
    out->unit = unit_pure();
    return compiler_add_input(c, (struct input){ INPUT_BUILTIN, (uint16_t)builtin, 0 }, &out->where);
}

static bool parse_item(struct compiler *c, const struct token *token, struct value *out)
{
    for (size_t b = 0; b < N_BUILTINS; b++)
        if (text_equal(token->text, text_of(BUILTIN_NAMES[b])))
            return parse_builtin(c, token, (enum builtin)b, out);
    const uint16_t index = item_find(c->items, token->text);
    if (index == NO_ITEM)
        return unknown_name(c, token);
    const struct item *const item = &c->items->at[index];
    if (item->type == ITEM_TEXT)
        return compiler_fail(c, token->at,
                             text_printf(c->mem, "%.*s 是文字，不能参与计算", TEXT_ARG(item->code)),
                             "数值、是否或选项类指标项");
    const bool school = item->level == ITEM_SCHOOL;
    if (school && c->place == EXPRESSION_COUNTY && !c->in_sum)
        return compiler_fail(c, token->at, text_printf(c->mem, "%.*s 是每校填报的数", TEXT_ARG(item->code)),
                             "写在 sum(...) 里");
    if (!unit_parse(item->unit, &out->unit))
        return compiler_fail(c, token->at,
                             text_printf(c->mem, "指标项 %.*s 的单位“%.*s”无法识别", TEXT_ARG(item->code),
                                         TEXT_ARG(item->unit)),
                             "如 persons、m2、10000 yuan、yuan per pupil");
    if (item->type == ITEM_ENUM)
        out->choice = item;
    return note_item(c, index) &&
           compiler_add_input(c, (struct input){ school ? INPUT_ITEM : INPUT_COUNTY, index, 0 }, &out->where);
}

/* A number, with its unit in brackets where that matters: 12[classes/rooms]. */
static bool parse_number(struct compiler *c, double sign, struct value *out)
{
    out->number = sign * c->next.number;
    out->unit = unit_free();
    const size_t end = c->end_of_next;
    compiler_advance(c);
    if (compiler_next_is(c, TOKEN_SIGN, TEXT("["))) {
        const struct text rest = { c->source.at + end, c->source.size - end };
        size_t from = 0, to = 0;
        if (!text_find(rest, TEXT("["), &from) || !text_find(rest, TEXT("]"), &to))
            return compiler_fail(c, c->next.at, TEXT("单位的“[”没有配对"), "如 12[classes/rooms]");
        if (!unit_parse((struct text){ rest.at + from + 1, to - from - 1 }, &out->unit))
            return compiler_fail(c, c->next.at, TEXT("方括号里的单位无法识别"), "如 12[classes/rooms]");
        c->end_of_next = end + to + 1;
        compiler_advance(c);
    }
    return compiler_add_number(c, out->number, &out->where);
}

static bool parse_primary(struct compiler *c, struct value *out)
{
    const struct token token = c->next;
    *out = (struct value){ .number = BLANK, .at = token.at, .unit = unit_pure() };
    if (token.kind == TOKEN_NUMBER)
        return parse_number(c, 1, out);
    if (compiler_take_sign(c, TEXT("("))) {
        if (!parse_or(c, out))
            return false;
        out->at = token.at;
        return compiler_take_sign(c, TEXT(")")) || compiler_fail_token(c, "“)”或运算符");
    }
    if (token.kind != TOKEN_NAME)
        return compiler_fail_token(c, "数字、指标项代码、函数名或“(”");
    const enum function f = function_find(token.text);
    compiler_advance(c);
    if (f == N_FUNCTIONS)
        return compiler_next_is(c, TOKEN_SIGN, TEXT("("))
                   ? compiler_fail(c, token.at,
                                   text_printf(c->mem, "没有名为“%.*s”的函数", TEXT_ARG(token.text)),
                                   "min、max、ceil、floor、if、and、or、not、all、any、given 或 sum")
                   : parse_item(c, &token, out);
    if (!compiler_take_sign(c, TEXT("(")))
        return compiler_fail_token(c, "函数名后的“(”");
    return f == F_SUM ? parse_sum(c, token.at, out) : parse_arguments(c, f, token.at, out);
}

static bool parse_unary(struct compiler *c, struct value *out)
{
    const size_t at = c->next.at;
    if (!compiler_take_sign(c, TEXT("-")))
        return parse_primary(c, out);
    if (c->next.kind == TOKEN_NUMBER) {
        *out = (struct value){ .at = at };
        return parse_number(c, -1, out);
    }
    if (++c->depth > DEEPEST)
        return compiler_fail_limit(c, "层层嵌套太深", DEEPEST);
    if (!parse_unary(c, out) || !be_number(c, out))
        return false;
    c->depth--;
    out->at = at;
    out->number = BLANK;
    return compiler_emit(c, OP_NEGATE, out->where, out->where, out->where, &out->where);
}

static bool parse_product(struct compiler *c, struct value *out)
{
    if (!parse_unary(c, out))
        return false;
    for (;;) {
        const bool divide = compiler_next_is(c, TOKEN_SIGN, TEXT("/"));
        if (!divide && !compiler_next_is(c, TOKEN_SIGN, TEXT("*")))
            return true;
        struct value right;
        struct unit unit;
        compiler_advance(c);
        if (!parse_unary(c, &right) || !product_unit(c, out, &right, divide, &unit) ||
            !combine(c, divide ? OP_DIVIDE : OP_MULTIPLY, out, &right, &unit))
            return false;
    }
}

static bool parse_total(struct compiler *c, struct value *out)
{
    if (!parse_product(c, out))
        return false;
    for (;;) {
        const bool minus = compiler_next_is(c, TOKEN_SIGN, TEXT("-"));
        if (!minus && !compiler_next_is(c, TOKEN_SIGN, TEXT("+")))
            return true;
        struct value right;
        struct unit unit;
        compiler_advance(c);
        if (!parse_product(c, &right) || !join(c, out, &right, &unit) ||
            !combine(c, minus ? OP_SUBTRACT : OP_ADD, out, &right, &unit))
            return false;
    }
}

static bool comparison(const struct token *token, enum operation *out)
{
    static const struct {
        struct text sign;
        enum operation operation;
    } SIGNS[] = {
        { TEXT("="), OP_EQUAL },    { TEXT("<>"), OP_DIFFERENT }, { TEXT("<"), OP_LESS },
        { TEXT("<="), OP_AT_MOST }, { TEXT(">"), OP_MORE },       { TEXT(">="), OP_AT_LEAST },
    };
    for (size_t i = 0; i < COUNT(SIGNS); i++)
        if (token->kind == TOKEN_SIGN && text_equal(token->text, SIGNS[i].sign)) {
            *out = SIGNS[i].operation;
            return true;
        }
    return false;
}

/* The value code an enum item is compared with: special, III … */
static bool parse_code(struct compiler *c, const struct item *choice, struct value *out)
{
    const unsigned ordinal = c->next.kind == TOKEN_NAME ? item_value(choice, c->next.text) : 0;
    if (!ordinal) {
        struct buf codes = { .mem = c->mem };
        for (size_t i = 0; i < choice->n_values; i++)
            buf_printf(&codes, "%s%.*s", i ? "、" : "", TEXT_ARG(choice->values[i].code));
        return compiler_fail_token(
            c, arena_printf(c->mem, "%.*s 的取值：%.*s", TEXT_ARG(choice->code), TEXT_ARG(buf_text(&codes))));
    }
    *out = (struct value){ .number = ordinal, .unit = unit_free(), .at = c->next.at };
    compiler_advance(c);
    return compiler_add_number(c, ordinal, &out->where);
}

static bool parse_comparison(struct compiler *c, struct value *out)
{
    enum operation operation;
    if (!parse_total(c, out))
        return false;
    if (!comparison(&c->next, &operation))
        return true;
    compiler_advance(c);
    struct value right;
    struct unit unit;
    if (out->choice ? !parse_code(c, out->choice, &right)
                    : !parse_total(c, &right) || !join(c, out, &right, &unit))
        return false;
    out->choice = NULL;
    unit = unit_pure();
    if (!combine(c, operation, out, &right, &unit))
        return false;
    if (comparison(&c->next, &operation))
        return compiler_fail_token(c, "and 或 or（比较不能连写，如 a < b and b < c）");
    return true;
}

static bool parse_not(struct compiler *c, struct value *out)
{
    const size_t at = c->next.at;
    if (!compiler_take_word(c, TEXT("not")))
        return parse_comparison(c, out);
    if (++c->depth > DEEPEST)
        return compiler_fail_limit(c, "层层嵌套太深", DEEPEST);
    if (!parse_not(c, out))
        return false;
    c->depth--;
    out->at = at;
    return call_one(c, F_NOT, out);
}

static bool parse_and(struct compiler *c, struct value *out)
{
    if (!parse_not(c, out))
        return false;
    while (compiler_take_word(c, TEXT("and"))) {
        struct value right;
        if (!parse_not(c, &right) || !fold(c, F_AND, out, &right))
            return false;
    }
    return true;
}

static bool parse_or(struct compiler *c, struct value *out)
{
    if (++c->depth > DEEPEST)
        return compiler_fail_limit(c, "层层嵌套太深", DEEPEST);
    if (!parse_and(c, out))
        return false;
    while (compiler_take_word(c, TEXT("or"))) {
        struct value right;
        if (!parse_and(c, &right) || !fold(c, F_OR, out, &right))
            return false;
    }
    c->depth--;
    return true;
}

/* ---- public ---------------------------------------------------------------------------- */

bool expression_compile(struct arena *mem, struct text source, const struct item_list *items,
                        enum expression_place place, struct text unit, const struct expression **out,
                        struct err *err)
{
    struct compiler compiler = { .mem = mem, .source = source, .items = items, .place = place, .err = err };
    struct compiler *const c = &compiler;
    NOT_CLEARED struct draft draft;
    c->draft = compiler_start_draft(&draft);
    struct value result;
    struct unit expected = unit_pure();
    if (source.size > LONGEST)
        return compiler_fail_limit(c, "字节数太多", LONGEST);
    compiler_advance(c);
    if (!parse_or(c, &result))
        return false;
    if (c->next.kind != TOKEN_END)
        return compiler_fail_token(c, "运算符或公式结束");
    if (!be_number(c, &result))
        return false;
    if (unit.at && !unit_parse(unit, &expected))
        return compiler_fail(c, 0, text_printf(mem, "要求的单位“%.*s”无法识别", TEXT_ARG(unit)),
                             "如 persons、m2、yuan、yuan per pupil、ratio");
    if (unit.at && !result.unit.free && !unit_same(&result.unit, &expected))
        return compiler_fail(c, 0,
                             text_printf(mem, "结果的单位是%.*s", TEXT_ARG(unit_text(mem, &result.unit))),
                             arena_printf(mem, "%.*s", TEXT_ARG(unit_text(mem, &expected))));
    struct expression *const e = arena_make(mem, struct expression);
    e->source = source;
    e->place = place;
    e->main = compiler_finish(mem, c->draft, result.where);
    e->sums = arena_copy(mem, c->sum_programs, c->n_sums * sizeof c->sum_programs[0]);
    e->n_sums = c->n_sums;
    e->items = arena_copy(mem, c->named, c->n_named * sizeof c->named[0]);
    e->n_items = c->n_named;
    *out = e;
    return true;
}

void expression_eval(const struct expression *e, const struct frame *frame, size_t first, size_t n,
                     double *out)
{
    program_run(&e->main, frame, frame->county, NULL, first, n, out);
}

double expression_eval_county(const struct expression *e, const struct frame *schools, const double *where,
                              const double *county)
{
    double sums[MAX_SUMS], out = BLANK;
    const double *const figures = county ? county : schools->county;
    for (size_t k = 0; k < e->n_sums; k++)
        sums[k] = program_sum(&e->sums[k], schools, figures, where);
    program_run(&e->main, schools, figures, sums, 0, 1, &out);
    return out;
}

bool expression_hopeless(const struct expression *e, const struct frame *frame)
{
    bool sums[MAX_SUMS] = { false };
    for (size_t k = 0; k < e->n_sums; k++)
        sums[k] = frame->n > 0 && program_hopeless(&e->sums[k], frame, NULL);
    return program_hopeless(&e->main, frame, sums);
}

const uint16_t *expression_items(const struct expression *e, size_t *n_out)
{
    *n_out = e->n_items;
    return e->items;
}

struct text expression_source(const struct expression *e)
{
    return e->source;
}
