/* Proof: whose boxes these are, who may put something into them. */
#include "app/evidence.h"
#include "app/place_names.h"

#include <stdlib.h>

/* The row of a school in the latest year that has it, whether the actor sees it or not. */
static size_t latest_row(const struct snapshot *s, struct text code)
{
    const struct actor everybody = actor_console();
    size_t row = SIZE_MAX;
    for (size_t y = s->n_years; y-- > 0 && row == SIZE_MAX;)
        row = snapshot_school(s, y, code, &everybody);
    return row;
}

/* Among those that are asked in a year being collected and never returned anything. */
static const struct lacking_school *lacking_at(const struct snapshot *s, struct text code)
{
    for (size_t i = 0; i < s->n_lacking; i++)
        if (text_equal(s->lacking[i].code, code))
            return &s->lacking[i];
    return NULL;
}

static bool own(const struct actor *actor, struct place unit)
{
    return actor->place.kind == unit.kind && actor->place.name.size && text_equal(actor->place.name, unit.name);
}

bool evidence_visible(const struct snapshot *s, const struct actor *actor, struct place unit)
{
    if (actor_covers_county(actor) || own(actor, unit))
        return true;
    if (unit.kind != PLACE_SCHOOL)
        return false;
    const size_t row = latest_row(s, unit.name);
    if (row != SIZE_MAX)
        return snapshot_visible(s, row, actor);
    const struct lacking_school *const lacking = lacking_at(s, unit.name);
    return lacking && actor_covers(actor, lacking->code, lacking->township);
}

struct text evidence_place_shown(const struct snapshot *s, struct place unit, struct arena *mem)
{
    if (unit.kind == PLACE_DEPARTMENT || unit.kind == PLACE_DISTRICT) {
        struct place_names names;
        place_names_last(s, mem, &names);
        return place_name(&names, unit);
    }
    if (unit.kind != PLACE_SCHOOL)
        return place_shown(unit, mem);
    const size_t row = latest_row(s, unit.name);
    if (row != SIZE_MAX)
        return returns_text(s->returns, row, s->edition->items.school_name);
    const struct lacking_school *const lacking = lacking_at(s, unit.name);
    return text_copy(mem, lacking ? lacking->name : unit.name);
}

struct place evidence_own_place(const struct evidence_asked *asked, const struct actor *actor)
{
    if ((asked->who == EVIDENCE_SCHOOL && actor->place.kind == PLACE_SCHOOL) || (asked->who == EVIDENCE_TOWNSHIP && actor->place.kind == PLACE_TOWNSHIP))
        return actor->place;
    return (struct place){ PLACE_COUNTY, TEXT("") };
}

/* ---- which units are asked ---- */

void evidence_schools(const struct snapshot *s, const struct actor *actor, int year, struct arena *mem, struct evidence_school **out, size_t *n_out)
{
    const struct item_list *const items = &s->edition->items;
    static const struct county_year NONE = { .n = 0 };
    size_t at = SIZE_MAX, lacking = 0;
    for (size_t i = 0; i < s->n_lacking; i++)
        lacking += s->lacking[i].year == year;
    for (size_t y = 0; y < s->n_years; y++) /* of a year being collected: those admitted, and those that are not yet */
        if (s->returns->counties[y].n && (lacking ? s->years[y] == year : s->years[y] <= year || at == SIZE_MAX))
            at = y;
    const struct county_year *const c = at == SIZE_MAX ? &NONE : &s->returns->counties[at];
    *n_out = 0;
    *out = arena_array(mem, c->n + lacking + 1, struct evidence_school);
    for (size_t row = c->first; row < c->first + c->n; row++)
        if (snapshot_visible(s, row, actor))
            (*out)[(*n_out)++] = (struct evidence_school){ returns_text(s->returns, row, items->school_code), returns_text(s->returns, row, items->school_name),
                                                           returns_text(s->returns, row, items->township) };
    for (size_t i = 0; i < s->n_lacking && lacking; i++)
        if (s->lacking[i].year == year && actor_covers(actor, s->lacking[i].code, s->lacking[i].township))
            (*out)[(*n_out)++] = (struct evidence_school){ s->lacking[i].code, s->lacking[i].name, s->lacking[i].township };
}

static int by_text(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

void evidence_townships(const struct evidence_school *schools, size_t n, struct arena *mem, struct text **out, size_t *n_out)
{
    struct text *const list = arena_array(mem, n + 1, struct text);
    size_t found = 0, kept = 0;
    for (size_t i = 0; i < n; i++)
        if (schools[i].township.size)
            list[found++] = schools[i].township;
    qsort(list, found, sizeof *list, by_text);
    for (size_t i = 0; i < found; i++)
        if (!kept || !text_equal(list[kept - 1], list[i]))
            list[kept++] = list[i];
    *out = list;
    *n_out = kept;
}

size_t evidence_units(const struct evidence_asked *asked, size_t schools, size_t townships)
{
    return asked->who == EVIDENCE_SCHOOL ? schools : asked->who == EVIDENCE_TOWNSHIP ? townships : 1;
}

/* ---- who may put ---- */

static bool known_township(const struct snapshot *s, struct text name)
{
    for (size_t row = 0; row < s->returns->n; row++)
        if (text_equal(returns_text(s->returns, row, s->edition->items.township), name))
            return true;
    return false;
}

static bool asked_of(const struct snapshot *s, const struct actor *actor, const struct evidence_asked *asked, struct place unit, struct err *err)
{
    bool ok = false;
    switch (asked->who) {
    case EVIDENCE_COUNTY:
    case EVIDENCE_DEPARTMENT: ok = unit.kind == PLACE_COUNTY; break;
    case EVIDENCE_TOWNSHIP: ok = unit.kind == PLACE_TOWNSHIP && (own(actor, unit) || known_township(s, unit.name)); break;
    case EVIDENCE_SCHOOL: ok = unit.kind == PLACE_SCHOOL && (own(actor, unit) || latest_row(s, unit.name) != SIZE_MAX || lacking_at(s, unit.name)); break;
    case N_EVIDENCE_WHO: break;
    }
    if (ok)
        return true;
    err_set(err, ERR_ABSENT, "“%.*s”不由这个单位提供，或者没有这个单位。", TEXT_ARG(asked->zh));
    return err_hint(err, "请从佐证材料目录里选单位再上传。");
}

bool evidence_may_put(const struct snapshot *s, const struct actor *actor, const struct evidence_asked *asked, struct place unit, struct err *err)
{
    if (!actor_may(actor, MAY_PROVE, err))
        return false;
    if (!evidence_visible(s, actor, unit)) {
        err_set(err, ERR_DENIED, "这份材料由别的单位提供，您的账号不能放。");
        return err_hint(err, "请打开佐证材料目录，里面列着您的单位要提供的材料。");
    }
    if (actor->role == ROLE_department && asked->who != EVIDENCE_DEPARTMENT) {
        err_set(err, ERR_DENIED, "“%.*s”由%.*s提供，部门联络员不能放。", TEXT_ARG(asked->zh), TEXT_ARG(asked->by));
        return err_hint(err, "请交给县级办公室来放。");
    }
    return asked_of(s, actor, asked, unit, err);
}
