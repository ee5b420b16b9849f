#include "app/lineage_key.h"

#include "base/unicode.h"

enum { MOST_PARTS = 5, LONGEST_KEY = 300 };
enum part { PART_STAGE, PART_ID, PART_SCHOOL, PART_STATE, PART_YEAR };

/* What stands in a key, in its order; `school` alone may be left out, of a rule's and of an official figure's. */
static const struct { const char *name; enum part part[MOST_PARTS]; size_t n; } KINDS[] = {
    [LINEAGE_OF_SCHOOL] = { "school", { PART_SCHOOL, PART_ID, PART_YEAR }, 3 },
    [LINEAGE_OF_COUNTY] = { "county", { PART_ID, PART_YEAR }, 2 },
    [LINEAGE_OF_LEVEL] = { "level", { PART_STAGE, PART_ID, PART_SCHOOL, PART_YEAR }, 4 },
    [LINEAGE_OF_NEED] = { "need", { PART_STAGE, PART_ID, PART_SCHOOL, PART_YEAR }, 4 },
    [LINEAGE_OF_SHARE] = { "share", { PART_STAGE, PART_ID, PART_SCHOOL, PART_YEAR }, 4 },
    [LINEAGE_OF_CV] = { "cv", { PART_STAGE, PART_ID, PART_YEAR }, 3 },
    [LINEAGE_OF_MEAN] = { "mean", { PART_STAGE, PART_ID, PART_YEAR }, 3 },
    [LINEAGE_OF_COMBINED] = { "combined", { PART_STAGE, PART_YEAR }, 2 },
    [LINEAGE_OF_COUNT] = { "count", { PART_STAGE, PART_ID, PART_STATE, PART_YEAR }, 4 },
    [LINEAGE_OF_PASSING] = { "passing", { PART_STAGE, PART_YEAR }, 2 },
    [LINEAGE_OF_UNIT] = { "unit", { PART_STAGE, PART_SCHOOL, PART_YEAR }, 3 },
    [LINEAGE_OF_PUPILS] = { "pupils", { PART_STAGE, PART_SCHOOL, PART_YEAR }, 3 },
    [LINEAGE_OF_RULE] = { "rule", { PART_ID, PART_SCHOOL, PART_YEAR }, 3 },
    [LINEAGE_OF_VERDICT] = { "verdict", { PART_YEAR }, 1 },
    [LINEAGE_OF_OFFICIAL] = { "official", { PART_ID, PART_SCHOOL, PART_YEAR }, 3 },
};

static bool left_out(const struct lineage_key *key, enum part part)
{
    return (key->of == LINEAGE_OF_RULE || key->of == LINEAGE_OF_OFFICIAL) && part == PART_SCHOOL && !key->school.size;
}

/* ---- writing ------------------------------------------------------------------------------ */

static void add_part(struct buf *out, struct text part)
{
    for (size_t i = 0; i < part.size; i++) {
        if (part.at[i] == ':' || part.at[i] == '%')
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)part.at[i]);
        else
            buf_byte(out, part.at[i]);
    }
}

struct text lineage_key_format(struct arena *mem, const struct lineage_key *key)
{
    struct buf out = { .mem = mem };
    buf_add(&out, text_of(KINDS[key->of].name));
    for (size_t i = 0; i < KINDS[key->of].n; i++) {
        const enum part part = KINDS[key->of].part[i];
        if (left_out(key, part))
            continue;
        buf_byte(&out, ':');
        if (part == PART_YEAR)
            buf_printf(&out, "%d", key->year);
        else
            add_part(&out, part == PART_STAGE ? stage_code(key->stage) : part == PART_STATE ? state_code(key->state)
                           : part == PART_SCHOOL ? key->school : key->id);
    }
    return buf_text(&out);
}

/* ---- reading ------------------------------------------------------------------------------ */

static int hex(char digit)
{
    return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

static struct text plain_part(struct arena *mem, struct text part)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < part.size; i++) {
        const int high = part.at[i] == '%' && i + 2 < part.size ? hex(part.at[i + 1]) : -1;
        const int low = high < 0 ? -1 : hex(part.at[i + 2]);
        if (low < 0) {
            buf_byte(&out, part.at[i]);
            continue;
        }
        buf_byte(&out, (char)(high * 16 + low));
        i += 2;
    }
    return buf_text(&out);
}

static bool read_stage(struct text part, enum stage *out)
{
    for (int s = 0; s < N_EVALUATED; s++)
        if (text_equal(part, stage_code((enum stage)s))) {
            *out = (enum stage)s;
            return true;
        }
    return false;
}

static bool read_state(struct text part, enum state *out)
{
    for (int s = STATE_NO_DATA; s <= STATE_NOT_APPLICABLE; s++)
        if (text_equal(part, state_code((enum state)s))) {
            *out = (enum state)s;
            return true;
        }
    return false;
}

static bool read_year(struct text part, int *out)
{
    double year;
    if (part.size != 4 || !number_parse(part, &year) || year < 1900 || year > 2999)
        return false;
    *out = (int)year;
    return true;
}

static bool read_part(struct arena *mem, enum part what, struct text part, struct lineage_key *out)
{
    switch (what) {
    case PART_STAGE: return read_stage(part, &out->stage);
    case PART_STATE: return read_state(part, &out->state);
    case PART_YEAR: return read_year(part, &out->year);
    case PART_SCHOOL: out->school = plain_part(mem, part); return out->school.size && utf8_valid(out->school);
    case PART_ID: out->id = plain_part(mem, part); return out->id.size && utf8_valid(out->id);
    }
    return false;
}

static bool wrong(struct text text, struct err *err)
{
    const size_t shown = text.size < 100 && utf8_valid(text) ? text.size : 0;
    err_set(err, ERR_USAGE, "“%.*s”不是一个数的来源键。", (int)shown, text.at);
    return err_hint(err, "键的写法如 level:primary:L4:学校代码:2025、school:学校代码:指标项:2025、cv:junior:L5:2025；页面上的数都带着自己的键。");
}

bool lineage_key_parse(struct text text, struct arena *mem, struct lineage_key *out, struct err *err)
{
    struct text rest = text, part, parts[MOST_PARTS];
    size_t n = 0, kind = 0;
    *out = (struct lineage_key){ 0 };
    if (text.size > LONGEST_KEY || !text_split(&rest, ':', &part))
        return wrong(text, err);
    while (kind < COUNT(KINDS) && !text_equal(part, text_of(KINDS[kind].name)))
        kind++;
    while (n < MOST_PARTS && text_split(&rest, ':', &parts[n]))
        n++;
    if (kind == COUNT(KINDS) || rest.size)
        return wrong(text, err);
    out->of = (enum lineage_of)kind;
    const bool no_school = (out->of == LINEAGE_OF_RULE || out->of == LINEAGE_OF_OFFICIAL) && n == 2;
    if (n != KINDS[kind].n && !no_school)
        return wrong(text, err);
    for (size_t i = 0, at = 0; i < KINDS[kind].n; i++) {
        if (no_school && KINDS[kind].part[i] == PART_SCHOOL)
            continue;
        if (!read_part(mem, KINDS[kind].part[i], parts[at++], out))
            return wrong(text, err);
    }
    return true;
}
