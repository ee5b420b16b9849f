#include "sample/dice.h"

static uint64_t rotate(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

static uint64_t splitmix(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

void dice_seed(struct dice *dice, uint64_t seed, uint64_t stream)
{
    uint64_t state = seed;
    state = splitmix(&state) + stream * 0xd1342543de82ef95u;
    for (int i = 0; i < 4; i++)
        dice->state[i] = splitmix(&state);
}

uint64_t dice_next(struct dice *dice)
{
    uint64_t *s = dice->state;
    const uint64_t result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

int dice_between(struct dice *dice, int low, int high)
{
    const uint64_t span = (uint64_t)((int64_t)high - low + 1);
    return (int)(low + (int64_t)(((dice_next(dice) >> 32) * span) >> 32));
}

double dice_share(struct dice *dice)
{
    return (double)(dice_next(dice) >> 11) * 0x1p-53;
}

double dice_within(struct dice *dice, double low, double high)
{
    return low + (high - low) * dice_share(dice);
}

double dice_bell(struct dice *dice)
{
    /* The sum of four uniform throws has mean 2 and variance 1/3. */
    uint64_t x = dice_next(dice);
    int sum = 0;
    for (int i = 0; i < 4; i++, x >>= 16)
        sum += (int)(x & 0xffff);
    return ((double)sum - 2 * 65535.0) * (1.7320508075688772 / 65536.0);
}

bool dice_chance(struct dice *dice, double share)
{
    return dice_share(dice) < share;
}
