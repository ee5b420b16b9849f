#include "standard/program.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* Numbers held while a block of rows is worked on: as many rows at a time as the formula's numbers
 * and temporaries leave room for, and all of it in the first cache. */
enum { ROOM = 2048 };

/* The loops are written so that the compiler turns them into vector code: no branch, no call, and
 * blanks (NAN) found by x != x, because C's comparisons and fmax would let a blank through. */
#define EACH(expression)                                                                                     \
    for (size_t i = 0; i < n; i++) {                                                                         \
        const double x = a[i], y = b[i];                                                                     \
        d[i] = (expression);                                                                                 \
    }                                                                                                        \
    break
#define EACH_ONE(expression)                                                                                 \
    for (size_t i = 0; i < n; i++) {                                                                         \
        const double x = a[i];                                                                               \
        d[i] = (expression);                                                                                 \
    }                                                                                                        \
    break
#define ANY_BLANK ((x != x) | (y != y))
/* Figures with decimals come as the nearest binary fraction; a rounding must not decide. */
#define SAME ((x == y) | (fabs(x - y) <= 1e-12 * fabs(x)) | (fabs(x - y) <= 1e-12 * fabs(y)))
#define TRUTH(condition) (ANY_BLANK ? BLANK : (condition) ? 1.0 : 0.0)

static void run_step(enum operation operation, size_t n, double *restrict d, const double *restrict a,
                     const double *restrict b, const double *restrict c)
{
    switch (operation) {
    case OP_ADD: EACH(x + y);
    case OP_SUBTRACT: EACH(x - y);
    case OP_MULTIPLY: EACH(x * y);
    case OP_DIVIDE: EACH(x / (y == 0 ? BLANK : y));
    case OP_EQUAL: EACH(TRUTH(SAME));
    case OP_DIFFERENT: EACH(TRUTH(!SAME));
    case OP_LESS: EACH(TRUTH((x < y) & !SAME));
    case OP_AT_MOST: EACH(TRUTH((x < y) | SAME));
    case OP_MORE: EACH(TRUTH((x > y) & !SAME));
    case OP_AT_LEAST: EACH(TRUTH((x > y) | SAME));
    case OP_MIN: EACH(((x < y) | (x != x)) ? x : y);
    case OP_MAX: EACH(((x > y) | (x != x)) ? x : y);
    case OP_AND: EACH(TRUTH((x != 0) & (y != 0)));
    case OP_OR: EACH(TRUTH((x != 0) | (y != 0)));
    case OP_ALL: EACH(((x == 0) | (y == 0)) ? 0.0 : TRUTH(1));
    case OP_ANY: EACH((((x == x) & (x != 0)) | ((y == y) & (y != 0))) ? 1.0 : TRUTH(0));
    case OP_GIVEN: EACH(x != x ? y : x);
    case OP_NEGATE: EACH_ONE(-x);
    case OP_NOT: EACH_ONE(x != x ? BLANK : x == 0 ? 1.0 : 0.0);
    case OP_CEIL: EACH_ONE(ceil(x));
    case OP_FLOOR: EACH_ONE(floor(x));
    case OP_IF:
        for (size_t i = 0; i < n; i++) {
            const double x = b[i], y = c[i];
            d[i] = (ANY_BLANK | (a[i] != a[i])) ? BLANK : a[i] != 0 ? x : y;
        }
        break;
    }
}

static const double *column_of(const struct input *input, const struct frame *frame)
{
    if (input->kind == INPUT_ITEM)
        return frame->item ? frame->item[input->index] : NULL;
    return input->kind == INPUT_BUILTIN ? frame->builtin[input->index] : NULL;
}

static double number_of(const struct input *input, const double *county, const double *sums)
{
    switch (input->kind) {
    case INPUT_NUMBER: return input->number;
    case INPUT_COUNTY: return county ? county[input->index] : BLANK;
    case INPUT_SUM: return sums ? sums[input->index] : BLANK;
    case INPUT_ITEM:
    case INPUT_BUILTIN: break; /* a column nobody reported */
    }
    return BLANK;
}

struct work {
    const double *place[MAX_INPUTS]; /* a column from its first row on, or a number all the way */
    bool column[MAX_INPUTS];
    size_t rows; /* of a block */
    double room[ROOM];
};

/* Clearing it at each call would cost more than most formulas. */
#define NOT_CLEARED __attribute__((uninitialized))

static void prepare(struct work *work, const struct program *p, const struct frame *frame,
                    const double *county, const double *sums, size_t first, size_t n)
{
    size_t slots = p->n_temporaries;
    for (size_t k = 0; k < p->n_inputs; k++) {
        const double *const column = column_of(&p->inputs[k], frame);
        work->column[k] = column != NULL;
        work->place[k] = column ? column + first : NULL;
        slots += !column;
    }
    work->rows = ROOM / (slots ? slots : 1);
    const size_t filled = n < work->rows ? n : work->rows;
    double *slot = work->room + p->n_temporaries * work->rows;
    for (size_t k = 0; k < p->n_inputs; k++) {
        if (work->column[k])
            continue;
        const double number = number_of(&p->inputs[k], county, sums);
        for (size_t i = 0; i < filled; i++)
            slot[i] = number;
        work->place[k] = slot;
        slot += work->rows;
    }
}

static const double *rows_of(const struct work *work, operand which, size_t done)
{
    if (which < 0)
        return work->room + (size_t)(-which - 1) * work->rows;
    return work->place[which] + (work->column[which] ? done : 0);
}

/* The next block; its values stand where the result points. */
static const double *run_block(struct work *work, const struct program *p, size_t done, size_t rows)
{
    for (size_t s = 0; s < p->n_steps; s++) {
        const struct step *const step = &p->steps[s];
        run_step(step->operation, rows, work->room + (size_t)(-step->into - 1) * work->rows,
                 rows_of(work, step->a, done), rows_of(work, step->b, done), rows_of(work, step->c, done));
    }
    return rows_of(work, p->result, done);
}

void program_run(const struct program *program, const struct frame *frame, const double *county,
                 const double *sums, size_t first, size_t n, double *out)
{
    NOT_CLEARED struct work work;
    prepare(&work, program, frame, county, sums, first, n);
    for (size_t done = 0; done < n; done += work.rows) {
        const size_t rows = n - done < work.rows ? n - done : work.rows;
        memmove(out + done, run_block(&work, program, done, rows), rows * sizeof *out);
    }
}

double program_sum(const struct program *program, const struct frame *frame, const double *county,
                   const double *where)
{
    NOT_CLEARED struct work work;
    double sum = 0;
    prepare(&work, program, frame, county, NULL, 0, frame->n);
    for (size_t done = 0; done < frame->n; done += work.rows) {
        const size_t rows = frame->n - done < work.rows ? frame->n - done : work.rows;
        const double *const value = run_block(&work, program, done, rows);
        for (size_t i = 0; i < rows; i++) {
            if (!where || where[done + i] != 0) /* a blank is no 0 */
                sum += where && is_blank(where[done + i]) ? BLANK : value[i];
        }
    }
    return sum;
}

bool program_hopeless(const struct program *program, const struct frame *frame, const bool *sum_hopeless)
{
    bool input[MAX_INPUTS] = { false }, temporary[MAX_TEMPORARIES] = { false };
    for (size_t k = 0; k < program->n_inputs; k++) {
        const struct input *const in = &program->inputs[k];
        if (in->kind == INPUT_SUM)
            input[k] = sum_hopeless && sum_hopeless[in->index];
        else
            input[k] = !column_of(in, frame) && is_blank(number_of(in, frame->county, NULL));
    }
#define HOPELESS(which) ((which) < 0 ? temporary[-(which)-1] : input[which])
    for (size_t s = 0; s < program->n_steps; s++) {
        const struct step *const step = &program->steps[s];
        const bool a = HOPELESS(step->a), b = HOPELESS(step->b), c = HOPELESS(step->c);
        const bool door =
            step->operation == OP_GIVEN || step->operation == OP_ALL || step->operation == OP_ANY;
        temporary[-step->into - 1] = door ? a && b : a || b || c;
    }
    return HOPELESS(program->result);
}
