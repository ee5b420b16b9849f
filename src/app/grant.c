#include "app/grant.h"

#include "app/near.h"
#include "base/unicode.h"

static bool same_name(struct text a, struct text b, struct arena *scratch)
{
    if (text_equal(a, b))
        return true;
    const struct arena_mark mark = arena_mark(scratch);
    const bool same = text_equal(text_fold(scratch, a), text_fold(scratch, b));
    arena_rewind(scratch, mark);
    return same;
}

static const struct item *item_of(const struct wish *wish, const struct returns *returns)
{
    return &returns->items->at[wish->item];
}

static bool several(const struct wish *wish, struct text a, struct text b, struct err *err)
{
    err_set(err, ERR_USAGE, "叫“%.*s”的不止一个。", TEXT_ARG(wish->place));
    return err_hint(err, "请改用代码：%.*s 还是 %.*s？", TEXT_ARG(a), TEXT_ARG(b));
}

/* The row of the school in its latest year; SIZE_MAX when it is not here. */
static bool find_school(const struct wish *wish, const struct returns *r, struct arena *mem, size_t *row_out, struct err *err)
{
    *row_out = SIZE_MAX;
    const struct item_list *items = r->items;
    for (size_t row = 0; row < r->n; row++) {
        const struct text code = returns_text(r, row, items->school_code);
        if (!text_equal(code, wish->place) && !same_name(returns_text(r, row, items->school_name), wish->place, mem))
            continue;
        if (*row_out != SIZE_MAX) {
            const struct text found = returns_text(r, *row_out, items->school_code);
            const struct county_year *a = &r->counties[r->county[row]], *b = &r->counties[r->county[*row_out]];
            if (!text_equal(code, found) || !text_equal(a->code, b->code))
                return several(wish, found, code, err);
            if (a->year < b->year)
                continue;
        }
        *row_out = row;
    }
    return true;
}

static bool find_county(const struct wish *wish, const struct returns *r, struct arena *mem, size_t *county_out, struct err *err)
{
    *county_out = SIZE_MAX;
    for (size_t c = 0; c < r->n_counties; c++) {
        const struct county_year *county = &r->counties[c];
        if (!text_equal(county->code, wish->place) && !same_name(county->name, wish->place, mem))
            continue;
        if (*county_out != SIZE_MAX && !text_equal(r->counties[*county_out].code, county->code))
            return several(wish, r->counties[*county_out].code, county->code, err);
        if (*county_out == SIZE_MAX || r->counties[*county_out].year < county->year)
            *county_out = c;
    }
    return true;
}

static void put_text(struct returns *r, size_t row, uint16_t item, struct text value, struct arena *mem)
{
    /* returns_copy shares the texts with the original. */
    r->text = arena_copy(mem, r->text, r->items->n * sizeof *r->text);
    if (r->text[item])
        r->text[item] = arena_copy(mem, r->text[item], r->capacity * sizeof *r->text[item]);
    returns_put_text(r, row, item, value);
}

static void grant_school(const struct wish *wish, struct returns *into, size_t row, struct arena *mem, struct change *out)
{
    *out = (struct change){
        .item = wish->item,
        .county = into->county[row],
        .school = returns_text(into, row, into->items->school_code),
        .name = returns_text(into, row, into->items->school_name),
        .before = returns_number(into, row, wish->item),
        .after = wish->number,
        .before_text = returns_text(into, row, wish->item),
        .after_text = wish->text,
    };
    if (item_of(wish, into)->type == ITEM_TEXT)
        put_text(into, row, wish->item, wish->text, mem);
    else
        returns_put_number(into, row, wish->item, wish->number);
}

static void grant_county(const struct wish *wish, struct returns *into, size_t county, struct change *out)
{
    *out = (struct change){
        .item = wish->item,
        .county = (uint32_t)county,
        .school = TEXT(""), .name = TEXT(""),
        .before = returns_county_number(into, county, wish->item),
        .after = wish->number,
        .before_text = TEXT(""), .after_text = wish->text,
    };
    returns_put_county(into, (uint32_t)county, wish->item, wish->number, (struct origin){ UINT32_MAX, 0 });
}

bool grant_wishes(struct wish *wishes, size_t n, struct returns *into, struct arena *mem, struct change **changes_out,
                  size_t *n_out, struct err *err)
{
    struct change *changes = arena_array(mem, n, struct change);
    size_t made = 0;
    for (size_t i = 0; i < n; i++) {
        const bool of_county = item_of(&wishes[i], into)->level == ITEM_COUNTY;
        size_t place;
        if (of_county ? !find_county(&wishes[i], into, mem, &place, err) : !find_school(&wishes[i], into, mem, &place, err))
            return false;
        if (place == SIZE_MAX)
            continue;
        if (wishes[i].fulfilled) {
            err_set(err, ERR_USAGE, "叫“%.*s”的不止一个。", TEXT_ARG(wishes[i].place));
            return err_hint(err, "请改用代码。");
        }
        wishes[i].fulfilled = true;
        if (of_county)
            grant_county(&wishes[i], into, place, &changes[made++]);
        else
            grant_school(&wishes[i], into, place, mem, &changes[made++]);
    }
    *changes_out = changes;
    *n_out = made;
    return true;
}

void grant_look_near(const struct wish *wishes, size_t n, const struct returns *r, struct near *nearest)
{
    for (size_t i = 0; i < n; i++) {
        if (wishes[i].fulfilled)
            continue;
        if (item_of(&wishes[i], r)->level == ITEM_COUNTY)
            for (size_t c = 0; c < r->n_counties; c++) {
                near_try(&nearest[i], r->counties[c].code);
                near_try(&nearest[i], r->counties[c].name);
            }
        else
            for (size_t row = 0; row < r->n; row++) {
                near_try(&nearest[i], returns_text(r, row, r->items->school_name));
                near_try(&nearest[i], returns_text(r, row, r->items->school_code));
            }
    }
}

bool grant_all_done(const struct wish *wishes, size_t n, const struct near *nearest, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (wishes[i].fulfilled)
            continue;
        err_set(err, ERR_USAGE, "--set 里的“%.*s”不在读到的报表里。", TEXT_ARG(wishes[i].place));
        if (nearest[i].found)
            return err_hint(err, "是不是“%.*s”？", TEXT_ARG(nearest[i].best));
        return err_hint(err, "写学校代码或校名（区县的指标项写县代码），与报表里的相同。");
    }
    return true;
}
