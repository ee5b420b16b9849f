/* Forms: whose they are, who fills them in, who confirms. */
#include "app/form_fill.h"

enum place_kind form_place_kind(enum form_who who)
{
    static const enum place_kind KINDS[N_FORM_WHO] = { PLACE_SCHOOL, PLACE_TOWNSHIP, PLACE_DEPARTMENT, PLACE_COUNTY };
    return KINDS[who];
}

static bool own(const struct actor *actor, struct place unit)
{
    return actor->place.kind == unit.kind && text_equal(actor->place.name, unit.name);
}

struct text form_unit_name(const struct place_names *names, struct place unit)
{
    return unit.kind == PLACE_COUNTY ? TEXT("全县") : place_name(names, unit);
}

/* A department's own; any department's for a liaison whose account is the county's. */
static bool of_department(const struct actor *actor, struct place unit)
{
    return actor->role == ROLE_department && unit.kind == PLACE_DEPARTMENT && (own(actor, unit) || actor->place.kind == PLACE_COUNTY);
}

bool sheet_visible(const struct snapshot *s, const struct actor *actor, struct place unit)
{
    if (unit.kind != PLACE_DEPARTMENT)
        return evidence_visible(s, actor, unit);
    return own(actor, unit) || (actor_covers_county(actor) && (actor->role != ROLE_department || of_department(actor, unit)));
}

static bool may_answer(const struct snapshot *s, const struct actor *actor, const struct form *form, struct place unit)
{
    if (form->inspects)
        return false;
    if (actor->role == ROLE_department)
        return of_department(actor, unit);
    if (own(actor, unit) || actor->channel == CHANNEL_CONSOLE)
        return true;
    /* Whoever goes there fills in what is filled in on each visit. */
    if (form->often && sheet_visible(s, actor, unit))
        return true;
    /* The county office stands in for units without an account of their own; never for a school's self-evaluation. */
    return actor->role == ROLE_office && actor_covers_county(actor) && unit.kind != PLACE_SCHOOL;
}

struct sheet_hands sheet_hands_of(const struct snapshot *s, const struct actor *actor, const struct form *form, struct place unit, int64_t submitted_by)
{
    const bool sees = sheet_visible(s, actor, unit);
    return (struct sheet_hands){
        .fills = sees && (actor->permissions & MAY_ANSWER) && may_answer(s, actor, form, unit),
        .endorses = sees && (actor->permissions & MAY_ENDORSE) && (actor->role != ROLE_department || of_department(actor, unit)),
        .submitted_it = submitted_by == actor->account,
    };
}

size_t form_department_question(const struct form *form)
{
    for (size_t i = 0; i < form->n_questions; i++)
        if (form->questions[i].type == ASK_ONE && text_equal(form->questions[i].name, TEXT("部门")))
            return i;
    return SIZE_MAX;
}

struct text form_department_choice(const struct form *form, struct text department)
{
    const size_t which = form_department_question(form);
    struct text best = TEXT("");
    for (size_t i = 0; which != SIZE_MAX && i < form->questions[which].n_choices; i++) {
        const struct text choice = form->questions[which].choices[i];
        if (text_ends(department, choice) && choice.size > best.size)
            best = choice;
    }
    return best;
}

static void add(struct form_unit *list, size_t *n, const struct snapshot *s, const struct actor *actor, struct form_unit one)
{
    for (size_t i = 0; i < *n; i++)
        if (text_equal(list[i].unit.name, one.unit.name))
            return;
    if (sheet_visible(s, actor, one.unit))
        list[(*n)++] = one;
}

void form_units(const struct snapshot *s, const struct place_names *names, const struct actor *actor, const struct form *form, int year,
                struct arena *mem, struct form_unit **out, size_t *n_out)
{
    const enum place_kind kind = form_place_kind(form->who);
    const struct place_list *const departments = &names->standing[PLACE_DEPARTMENT];
    struct evidence_school *schools;
    struct text *townships;
    size_t n, n_townships;
    /* A township's liaison sees his schools and therefore his township. */
    evidence_schools(s, actor, year, mem, &schools, &n);
    evidence_townships(schools, n, mem, &townships, &n_townships);
    *out = arena_array(mem, n + n_townships + departments->n + 2, struct form_unit);
    *n_out = 0;
    if (form->inspects)
        return;
    if (kind == PLACE_COUNTY)
        add(*out, n_out, s, actor, (struct form_unit){ { kind, TEXT("") }, TEXT("全县"), TEXT("") });
    for (size_t i = 0; kind == PLACE_SCHOOL && i < n; i++)
        add(*out, n_out, s, actor, (struct form_unit){ { kind, schools[i].code }, schools[i].name, schools[i].township });
    for (size_t i = 0; kind == PLACE_TOWNSHIP && i < n_townships; i++)
        add(*out, n_out, s, actor, (struct form_unit){ { kind, townships[i] }, townships[i], TEXT("") });
    for (size_t i = 0; kind == PLACE_DEPARTMENT && i < departments->n; i++)
        if (form_department_question(form) == SIZE_MAX || form_department_choice(form, departments->at[i].name).size)
            add(*out, n_out, s, actor, (struct form_unit){ departments->at[i].place, departments->at[i].name, TEXT("") });
}
