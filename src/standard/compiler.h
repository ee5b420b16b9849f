/* compiler.h — the tools of the formula compiler (expression.c): faults, tokens, emitted steps. */
#pragma once
#include "standard/program.h"
#include "standard/unit.h"

/* An edition may come from anywhere: a formula is short and not deep, or it is refused. */
enum { LONGEST = 2000, DEEPEST = 32, MAX_STEPS = 256, MAX_NAMED = 64 };

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_SIGN, TOKEN_UNKNOWN };
struct token {
    enum token_kind kind;
    struct text text;
    size_t at;
    double number;
};

/* A program under construction. */
struct draft {
    struct input inputs[MAX_INPUTS];
    struct step steps[MAX_STEPS];
    size_t n_inputs, n_steps;
    bool taken[MAX_TEMPORARIES];
};

/* What a part of the formula leaves behind. */
struct value {
    operand where;
    struct unit unit;
    const struct item *choice; /* an enum item, which can only be compared */
    double number;             /* of a plain number; else BLANK */
    size_t at;                 /* where it starts */
};

struct compiler {
    struct arena *mem;
    struct text source;
    const struct item_list *items;
    enum expression_place place;
    struct token next;
    size_t end_of_next;
    size_t depth;
    struct draft *draft; /* the main one, or that of the sum we are in */
    bool in_sum;
    struct program sum_programs[MAX_SUMS];
    size_t n_sums;
    uint16_t named[MAX_NAMED];
    size_t n_named;
    struct err *err;
};

/* Clearing a draft would cost more than compiling a formula into it. */
#define NOT_CLEARED __attribute__((uninitialized))

/* Says what is wrong at byte `at`, and what should stand there.  Returns false, as the next two. */
bool compiler_fail(struct compiler *c, size_t at, struct text what, const char *expected);
bool compiler_fail_limit(struct compiler *c, const char *what, int most);
/* The next token is not what it must be. */
bool compiler_fail_token(struct compiler *c, const char *expected);

void compiler_advance(struct compiler *c);
bool compiler_next_is(const struct compiler *c, enum token_kind kind, struct text text);
/* Moves on when the next token is this sign, this word. */
bool compiler_take_sign(struct compiler *c, struct text sign);
bool compiler_take_word(struct compiler *c, struct text word);

struct draft *compiler_start_draft(struct draft *draft);
/* The input's place among those of the draft, added when new. */
bool compiler_add_input(struct compiler *c, struct input input, operand *out) MUST_CHECK;
bool compiler_add_number(struct compiler *c, double number, operand *out) MUST_CHECK;
/* A step on operands that are not needed afterwards. */
bool compiler_emit(struct compiler *c, enum operation operation, operand a, operand b, operand third,
                   operand *out) MUST_CHECK;
struct program compiler_finish(struct arena *mem, const struct draft *d, operand result);
