#include "app/office_inside.h"

#include "base/day.h"
#include "base/unicode.h"

bool office_day_right(struct text said, const char *what, int64_t now, struct err *err)
{
    struct day day;
    if (!day_read(said, &day)) {
        err_set(err, ERR_INPUT, "%s要写成 2026-11-25 的样子，读到“%.*s”。", what, (int)(said.size < 40 ? said.size : 40), said.at ? said.at : "");
        return err_hint(err, "请填年、月、日。");
    }
    return !now || day_begins(day) <= now || err_set(err, ERR_INPUT, "%s还没有到：%.*s。", what, TEXT_ARG(said));
}

bool office_length_right(struct text words, const char *what, size_t most, struct err *err)
{
    const size_t n = utf8_length(words);
    return n <= most || (err_set(err, ERR_INPUT, "%s有 %zu 字，最多 %zu 字。", what, n, most), err_hint(err, "请写短一些，细节放进附件。"));
}

bool office_words_right(struct text words, const char *what, size_t most, struct err *err)
{
    if (!text_trim(words).size)
        return err_set(err, ERR_INPUT, "还没有写%s。", what);
    return office_length_right(words, what, most, err);
}

struct office_place office_place_of(const struct place_names *names, struct place place)
{
    return (struct office_place){ place_word(place.kind), place.name, place_name(names, place) };
}

struct place office_place_is(const struct office_place *place)
{
    struct place out;
    return place_of_words(place->kind, place->name, &out) ? out : (struct place){ PLACE_COUNTY, TEXT("") };
}

bool office_is_own(const struct actor *actor, const struct office_place *place)
{
    return text_equal(place_word(actor->place.kind), place->kind) && text_equal(actor->place.name, place->name);
}

struct text office_number(int64_t number, struct arena *mem)
{
    return text_printf(mem, "%lld", (long long)number);
}

bool office_number_read(struct text text, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || i >= 15)
            return false;
        *out = *out * 10 + (text.at[i] - '0');
    }
    return text.size > 0;
}
