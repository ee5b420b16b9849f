#include "app/owner.h"

#include "app/audit.h"
#include "app/edition.h"
#include "app/embedded.h"
#include "base/unicode.h"
#include "standard/owners_load.h"
#include "store/owner_store.h"

enum { LONGEST_BASIS = 200, LONGEST_PERSON = 30, LONGEST_SUBJECT = 64 };

struct person { struct place place; struct text name; };
struct owners {
    struct arena *mem;
    struct owner_rule *rules;        /* as they hold */
    size_t n;
    struct person *persons;
    size_t n_persons;
};

/* ---- reading ------------------------------------------------------------------------------ */

/* The edition's table; that of the first edition where it has none. */
static bool rules_of_edition(struct house *house, struct arena *mem, struct owner_rule **out, size_t *n_out, struct err *err)
{
    const struct edition_file *files;
    size_t n;
    const char *const first = app_edition_names(&n)[0], *const own = text_string(mem, house_edition_name(house));
    return app_edition_files(mem, *own ? own : first, &files, &n, err) && owners_load(mem, text_of(own), files, n, out, n_out, err) &&
           (*n_out || (app_edition_files(mem, first, &files, &n, err) && owners_load(mem, text_of(first), files, n, out, n_out, err)));
}

static struct owner_rule *rule_at(struct owner_rule *rules, size_t n, struct text subject, struct text stage)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rules[i].subject, subject) && text_equal(rules[i].stage, stage))
            return &rules[i];
    return NULL;
}

static void lay_over(struct owners *o, const struct owner_rule *own, size_t n_own)
{
    struct owner_rule *const all = arena_array(o->mem, o->n + n_own + 1, struct owner_rule);
    memcpy(all, o->rules, o->n * sizeof *all);
    o->rules = all;
    for (size_t i = 0; i < n_own; i++) {
        struct owner_rule *const there = rule_at(o->rules, o->n, own[i].subject, own[i].stage);
        if (own[i].owner.size)
            *(there ? there : &o->rules[o->n++]) = own[i];
    }
}

bool app_owners_in(struct house *house, struct db_session *session, struct arena *mem, const struct owners **out, struct err *err)
{
    struct owners *const o = arena_make(mem, struct owners);
    struct owner_rule *own;
    struct owner_person_record *persons;
    size_t n_own, n_persons;
    o->mem = mem;
    *out = o;
    if (!rules_of_edition(house, mem, &o->rules, &o->n, err) || !store_owners(session, house_county(house), mem, &own, &n_own, err) ||
        !store_owner_persons(session, house_county(house), mem, &persons, &n_persons, err))
        return false;
    lay_over(o, own, n_own);
    o->persons = arena_array(mem, n_persons + 1, struct person);
    for (size_t i = 0; i < n_persons; i++) {
        struct person *const p = &o->persons[o->n_persons];
        p->name = persons[i].person;
        o->n_persons += place_of_words(persons[i].place_kind, persons[i].place_name, &p->place);
    }
    return true;
}

bool app_owners(struct house *house, struct arena *mem, const struct owners **out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_owners_in(house, session, mem, out, err);
    db_read_end(&session);
    return ok;
}

const struct owner_rule *owner_rules(const struct owners *owners, size_t *n_out)
{
    *n_out = owners->n;
    return owners->rules;
}

/* ---- places ------------------------------------------------------------------------------- */

bool place_same(struct place a, struct place b)
{
    return a.kind == b.kind && text_equal(a.name, b.name);
}

struct text owner_key(struct place place, struct arena *mem)
{
    return place.kind == PLACE_COUNTY ? TEXT("") : text_printf(mem, "%.*s:%.*s", TEXT_ARG(place_word(place.kind)), TEXT_ARG(place.name));
}

bool owner_place_of_key(struct text key, struct place *out)
{
    struct text rest = key, kind;
    if (!key.size) {
        *out = (struct place){ PLACE_COUNTY, TEXT("") };
        return true;
    }
    return text_split(&rest, ':', &kind) && rest.size && place_of_words(kind, rest, out);
}

/* What a word of the table means for whom it concerns; false: there is no such place here. */
static bool place_meant(struct text word, struct text school, struct text township, struct place *out)
{
    if (text_equal(word, TEXT("school"))) {
        *out = (struct place){ PLACE_SCHOOL, school };
        return school.size > 0;
    }
    if (text_equal(word, TEXT("township"))) {
        *out = (struct place){ PLACE_TOWNSHIP, township };
        return township.size > 0;
    }
    if (text_equal(word, TEXT("county"))) {
        *out = (struct place){ PLACE_COUNTY, TEXT("") };
        return true;
    }
    if (owner_place_of_key(word, out))
        return true;
    *out = (struct place){ PLACE_DEPARTMENT, word };
    return true;
}

/* ---- asking ------------------------------------------------------------------------------- */

static const struct owner_rule *rule_of(const struct owners *o, struct text subject, struct text stage)
{
    const struct owner_rule *both = NULL;
    for (size_t i = 0; i < o->n; i++) {
        if (!text_equal(o->rules[i].subject, subject))
            continue;
        if (stage.size && text_equal(o->rules[i].stage, stage))
            return &o->rules[i];
        if (!o->rules[i].stage.size)
            both = &o->rules[i];
    }
    return both;
}

static bool digit(char c) { return c >= '0' && c <= '9'; }

/* What the subject is part of: plan:4.2.1.3 → plan:4.2.1, Q9-science → Q9, G11a → G11; false: nothing. */
static bool part_of(struct text *subject)
{
    size_t cut = subject->size;
    const struct text s = *subject;
    while (cut > 0 && s.at[cut - 1] != '.' && s.at[cut - 1] != '-')
        cut--;
    if (cut > 1 && !text_starts(s, TEXT("cv-"))) {
        subject->size = cut - 1;
        return true;
    }
    if (s.size > 2 && s.at[s.size - 1] >= 'a' && s.at[s.size - 1] <= 'z' && digit(s.at[s.size - 2])) {
        subject->size--;
        return true;
    }
    return false;
}

static struct text kind_of(struct text subject)
{
    static const struct { const char *start, *kind; } KINDS[] = {
        { "cv-", "cv" },         { "plan:", "plan" },     { "PRE", "precondition" }, { "P", "precondition" }, { "L", "level" },
        { "G", "government" },   { "Q", "quality" },      { "S", "recognition" },    { "X", "veto" },
    };
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        const struct text start = text_of(KINDS[i].start);
        const bool letter = start.at[start.size - 1] != '-' && start.at[start.size - 1] != ':';
        if (text_starts(subject, start) && subject.size > start.size && (!letter || digit(subject.at[start.size])))
            return text_of(KINDS[i].kind);
    }
    return TEXT("other");
}

static const struct owner_rule *rule_for(const struct owners *o, struct text subject, struct text stage)
{
    const struct owner_rule *rule = rule_of(o, subject, stage);
    for (struct text whole = subject; !rule && part_of(&whole);)
        rule = rule_of(o, whole, stage);
    if (!rule && text_starts(subject, TEXT("cv-")))
        rule = rule_of(o, (struct text){ subject.at + 3, subject.size - 3 }, stage);
    if (!rule)
        rule = rule_of(o, kind_of(subject), stage);
    return rule ? rule : rule_of(o, TEXT("other"), stage);
}

static void add_helper(struct owner *out, struct place place)
{
    bool there = place_same(out->place, place) || out->n_helpers == OWNER_MOST_HELPERS;
    for (size_t i = 0; i < out->n_helpers; i++)
        there |= place_same(out->helpers[i], place);
    if (!there)
        out->helpers[out->n_helpers++] = place;
}

struct owner owner_of(const struct owners *owners, struct text subject, struct text stage, struct text school, struct text township)
{
    const struct owner_rule *const rule = rule_for(owners, subject, stage), *const rest = rule_of(owners, TEXT("other"), TEXT(""));
    struct owner out = { .place = { PLACE_COUNTY, TEXT("") } };
    struct text helpers, word;
    struct place place;
    if (!rule)
        return out;
    out.basis = rule->basis;
    out.by_rule = rule->subject;
    bool found = place_meant(rule->owner, school, township, &out.place);
    helpers = rule->helpers;
    while (!found && helpers.size && text_split(&helpers, ' ', &word))
        found = word.size && place_meant(word, school, township, &out.place) && out.place.kind == PLACE_DEPARTMENT;
    if (!found && !(rest && place_meant(rest->owner, school, township, &out.place)))
        out.place = (struct place){ PLACE_COUNTY, TEXT("") };
    helpers = rule->helpers;
    while (helpers.size && text_split(&helpers, ' ', &word))
        if (word.size && place_meant(word, school, township, &place))
            add_helper(&out, place);
    out.person = owner_person(owners, out.place);
    return out;
}

struct text owner_person(const struct owners *owners, struct place place)
{
    for (size_t i = 0; i < owners->n_persons; i++)
        if (place_same(owners->persons[i].place, place))
            return owners->persons[i].name;
    return TEXT("");
}

/* ---- changing ----------------------------------------------------------------------------- */

static bool subject_sound(struct text subject)
{
    for (size_t i = 0; i < subject.size; i++) {
        const char c = subject.at[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || digit(c) || c == '-' || c == '_' || c == ':' || c == '.'))
            return false;
    }
    return subject.size > 0 && subject.size <= LONGEST_SUBJECT;
}

static bool words_sound(const struct owner_rule *rule, struct err *err)
{
    struct text helpers = rule->helpers, word;
    if (!subject_sound(rule->subject)) {
        err_set(err, ERR_INPUT, "“%.*s”不是一件事的编号。", (int)(rule->subject.size > 60 ? 60 : rule->subject.size), rule->subject.at);
        return err_hint(err, "请写指标编号（如 L4、G11）、cv-L4、plan:4.2.1.3，或一类（如 money、land）。");
    }
    if (rule->stage.size && !text_equal(rule->stage, TEXT("primary")) && !text_equal(rule->stage, TEXT("junior")))
        return err_set(err, ERR_INPUT, "学段应为小学、初中或不分学段，读到“%.*s”。", TEXT_ARG(rule->stage));
    if (rule->owner.size && !owner_word_sound(rule->owner)) {
        err_set(err, ERR_INPUT, "责任单位读到“%.*s”。", (int)(rule->owner.size > 60 ? 60 : rule->owner.size), rule->owner.at);
        return err_hint(err, "请写部门编号（如 D11），或 school、township、county。");
    }
    while (text_split(&helpers, ' ', &word))
        if (word.size && !owner_word_sound(word)) {
            err_set(err, ERR_INPUT, "协办单位里读到“%.*s”。", (int)(word.size > 60 ? 60 : word.size), word.at);
            return err_hint(err, "请写部门编号，以空格分隔，如 D07 D12。");
        }
    return utf8_length(rule->basis) <= LONGEST_BASIS || err_set(err, ERR_LIMIT, "依据太长（最多 %d 字）。", LONGEST_BASIS);
}

static bool own_one_stands(const struct owner_rule *rules, size_t n, const struct owner_rule *rule)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rules[i].subject, rule->subject) && text_equal(rules[i].stage, rule->stage) && rules[i].owner.size)
            return true;
    return false;
}

bool app_owner_put(struct house *house, struct db_session *session, const struct actor *actor, const struct owner_rule *rule, int64_t now,
                   struct arena *mem, struct err *err)
{
    struct owner_rule put = *rule, *own;
    size_t n;
    if (!actor_may(actor, MAY_TARGET, err) || !words_sound(rule, err) || !store_owners(session, house_county(house), mem, &own, &n, err))
        return false;
    if (!rule->owner.size && !own_one_stands(own, n, rule))
        return err_set(err, ERR_CONFLICT, "“%.*s”没有改过，就是默认的分工。", TEXT_ARG(rule->subject));
    put.by = actor_stamp(actor, now);
    return store_owner_put(session, house_county(house), &put, err) &&
           audit_write(session, actor, "owner.put", put.subject,
                       text_printf(mem, "stage=%.*s owner=%.*s helpers=%.*s", TEXT_ARG(put.stage), TEXT_ARG(put.owner), TEXT_ARG(put.helpers)), now, err);
}

bool app_owner_person_put(struct house *house, struct db_session *session, const struct actor *actor, struct place place, struct text person,
                          int64_t now, struct arena *mem, struct err *err)
{
    const struct stamp by = actor_stamp(actor, now);
    const struct owner_person_record put = { place_word(place.kind), place.name, text_trim(person) };
    if (!actor_may(actor, MAY_TARGET, err))
        return false;
    if (!utf8_valid(put.person) || utf8_length(put.person) > LONGEST_PERSON)
        return err_set(err, ERR_INPUT, "责任人的姓名太长（最多 %d 字）。", LONGEST_PERSON);
    return store_owner_person_put(session, house_county(house), &put, &by, err) &&
           audit_write(session, actor, "owner.person", owner_key(place, mem), text_printf(mem, "person=%.*s", TEXT_ARG(put.person)), now, err);
}
