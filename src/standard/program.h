/* program.h — a compiled formula: steps over columns, run a block of rows at a time.
 * Made by standard/expression; holds no names any more. */
#pragma once
#include "standard/expression.h"

#include <stdint.h>

enum operation {
    OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE,
    OP_EQUAL, OP_DIFFERENT, OP_LESS, OP_AT_MOST, OP_MORE, OP_AT_LEAST,
    OP_MIN, OP_MAX, OP_AND, OP_OR, OP_ALL, OP_ANY, OP_GIVEN,
    OP_NEGATE, OP_NOT, OP_CEIL, OP_FLOOR,
    OP_IF,
};

/* What a step works on: an input (0 …) or a temporary (−1 …, counted downwards). */
typedef int16_t operand;

struct step { uint8_t operation; operand into, a, b, c; };  /* b, c only where the operation has them */

enum input_kind { INPUT_ITEM, INPUT_COUNTY, INPUT_BUILTIN, INPUT_NUMBER, INPUT_SUM };
struct input { enum input_kind kind; uint16_t index; double number; };

enum { MAX_INPUTS = 48, MAX_TEMPORARIES = 16, MAX_SUMS = 16 };

struct program {
    struct input *inputs;
    struct step *steps;
    size_t n_inputs, n_steps, n_temporaries;
    operand result;
};

/* The values of rows first … first + n − 1.
 *   Given    county  figures by item, or NULL: blank; sums: values for INPUT_SUM, or NULL
 *   Rule     strict blanks; x / 0 is blank; equal within 1e-12 of the larger is equal (§2.5)
 * May write into a column that it reads. */
void program_run(const struct program *program, const struct frame *frame, const double *county,
                 const double *sums, size_t first, size_t n, double *out);
/* The sum over the rows, in their order; where: 1 counts, 0 does not, blank blanks the sum. */
double program_sum(const struct program *program, const struct frame *frame, const double *county,
                   const double *where);
/* True when the result is blank whatever the rows hold. */
bool program_hopeless(const struct program *program, const struct frame *frame, const bool *sum_hopeless);
