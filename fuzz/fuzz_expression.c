/* A formula of a hostile edition: compiled, or refused with a sentence; what compiles runs. */
#include "base/number.h"
#include "standard/expression.h"

#include <stdlib.h>

enum { ROWS = 5 };
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct enum_value kinds[] = { { .code = { "primary", 7 } }, { .code = { "special", 7 } } };
static struct item items_[] = {
    { .code = { "a", 1 }, .unit = { "persons", 7 }, .level = ITEM_SCHOOL, .type = ITEM_INTEGER },
    { .code = { "b", 1 }, .unit = { "10000 yuan", 10 }, .level = ITEM_SCHOOL, .type = ITEM_NUMBER },
    { .code = { "t", 1 }, .unit = { "", 0 }, .level = ITEM_SCHOOL, .type = ITEM_ENUM, .values = kinds, .n_values = 2 },
    { .code = { "c", 1 }, .unit = { "yuan per pupil", 14 }, .level = ITEM_COUNTY, .type = ITEM_NUMBER },
    { .code = { "n", 1 }, .unit = { "", 0 }, .level = ITEM_SCHOOL, .type = ITEM_TEXT },
};
static const struct item_list items = { .at = items_, .n = 5 };

static void promise(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const double a[ROWS] = { 0, 1, BLANK, 1e308, -3 }, b[ROWS] = { 2.5, 0, 1, 1e-300, BLANK }, county[5] = { 0, 0, 0, 720, 0 };
    static const double *const columns[5] = { a, b, a };
    const struct frame frame = { .n = ROWS, .item = columns, .county = county };
    struct arena *mem = arena_new("fuzz");
    for (int place = EXPRESSION_SCHOOL; place <= EXPRESSION_COUNTY; place++) {
        const struct expression *e = NULL;
        struct err err = { 0 };
        double out[ROWS];
        if (expression_compile(mem, (struct text){ (const char *)data, size }, &items, (enum expression_place)place, (struct text){ NULL, 0 }, &e, &err)) {
            if (place == EXPRESSION_SCHOOL)
                expression_eval(e, &frame, 0, ROWS, out);
            else
                out[0] = expression_eval_county(e, &frame, a, county);
            if (expression_hopeless(e, &frame))
                promise(is_blank(out[0]));
        } else {
            promise(err.kind == ERR_INPUT && err.what[0] && err.hint[0]);
        }
    }
    arena_free(&mem);
    return 0;
}
