#include "web/state.h"

#include "base/err.h"

#include <assert.h>

static const struct { const char *class, *sign; enum text_key word; } STATES[] = {
    [STATE_NO_DATA] = { "none", "□", T_STATE_NONE },
    [STATE_BELOW] = { "unmet", "×", T_STATE_UNMET },
    [STATE_NEAR] = { "near", "△", T_STATE_NEAR },
    [STATE_MET] = { "met", "√", T_STATE_MET },
    [STATE_NOT_APPLICABLE] = { "na", "—", T_STATE_NA },
};

const char *state_class(enum state state)
{
    assert((size_t)state < COUNT(STATES));
    return STATES[state].class;
}

enum text_key state_word(enum state state)
{
    assert((size_t)state < COUNT(STATES));
    return STATES[state].word;
}

const char *state_sign(enum state state)
{
    assert((size_t)state < COUNT(STATES));
    return STATES[state].sign;
}
