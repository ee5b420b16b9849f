#include "report/compose_beside.h"

#include "base/err.h"
#include "report/say.h"
#include "report/words.h"

enum { MOST_ROWS = 256 };

struct placing { const struct composing *c; struct side_by_side *s; const struct school_view *view[MOST_BESIDE]; };

static struct beside_row *add_row(struct side_by_side *s, struct beside_row row)
{
    if (s->n_rows < MOST_ROWS)
        s->rows[s->n_rows++] = row;
    return &s->rows[s->n_rows - 1];
}

static void see_difference(const struct side_by_side *s, struct beside_row *row)
{
    for (size_t i = 1; i < s->n; i++)
        row->differs |= !text_equal(row->cells[0].words, row->cells[i].words);
}

static void place_facts(struct placing *p)
{
    for (size_t first = 0; first < p->s->n; first++)
        for (size_t f = 0; f < p->view[first]->n_facts; f++) {
            const struct school_fact *fact = &p->view[first]->facts[f];
            bool placed = text_equal(fact->words, p->s->schools[first].code); /* the code heads the column */
            for (size_t r = 0; r < p->s->n_rows && !placed; r++)
                placed = text_equal(p->s->rows[r].name, fact->name);
            if (placed)
                continue;
            struct beside_row *row = add_row(p->s, (struct beside_row){ .name = fact->name, .stage = -1 });
            for (size_t i = 0; i < p->s->n; i++)
                for (size_t k = 0; k < p->view[i]->n_facts; k++)
                    if (p->view[i]->facts[k].item == fact->item)
                        row->cells[i] = (struct beside_cell){ p->view[i]->facts[k].words, STATE_NOT_APPLICABLE, false };
        }
}

static const struct school_stage *stage_in(const struct school_view *v, enum stage stage)
{
    for (size_t s = 0; s < v->n_stages; s++)
        if (v->stages[s].stage == stage)
            return &v->stages[s];
    return NULL;
}

static void place_stage(struct placing *p, enum stage stage)
{
    const struct stage_rule *rule = &p->c->assessment->edition->stages[stage];
    const struct school_stage *of[MOST_BESIDE] = { NULL };
    bool any = false;
    for (size_t i = 0; i < p->s->n; i++) {
        of[i] = stage_in(p->view[i], stage);
        any |= of[i] != NULL;
    }
    if (!any)
        return;
    struct beside_row *verdict = add_row(p->s, (struct beside_row){ .name = p->c->english ? TEXT("Verdict") : TEXT("结论"), .stage = (int)stage });
    struct beside_row *pupils = add_row(p->s, (struct beside_row){ .name = p->c->english ? TEXT("Pupils") : TEXT("在校生"), .stage = (int)stage,
                                                                   .unit = say_unit(TEXT("persons"), p->c->english) });
    for (size_t i = 0; i < p->s->n; i++) {
        if (!of[i])
            continue;
        const enum state state = of[i]->verdict == VERDICT_UNMET ? STATE_BELOW : of[i]->verdict == VERDICT_NO_DATA ? STATE_NO_DATA : STATE_MET;
        verdict->cells[i] = (struct beside_cell){ of[i]->verdict_words, state, false };
        pupils->cells[i] = (struct beside_cell){ of[i]->pupils_words, STATE_NOT_APPLICABLE, false };
    }
    for (size_t l = 0; l < rule->n_levels; l++) {
        const struct level *level = &rule->levels[l];
        struct beside_row *row = add_row(p->s, (struct beside_row){
            .id = level->id, .name = say_level(level, p->c->english), .unit = say_unit(level->unit, p->c->english), .stage = (int)stage,
            .threshold_words = is_blank(level->at_least) ? TEXT("") : words_count(p->c->mem, level->at_least) });
        for (size_t i = 0; i < p->s->n; i++)
            if (of[i])
                row->cells[i] = (struct beside_cell){ of[i]->levels[l].value_words, of[i]->levels[l].state, of[i]->levels[l].close };
    }
}

static void place_rules(struct placing *p)
{
    const struct edition *e = p->c->assessment->edition;
    for (size_t r = 0; r < e->n_rules; r++) {
        struct beside_row row = { .id = e->rules[r].id, .name = say_rule_name(e, &e->rules[r], p->c->english), .stage = -1 };
        bool any = false;
        for (size_t i = 0; i < p->s->n; i++)
            for (size_t k = 0; k < p->view[i]->n_rules; k++)
                if (text_equal(p->view[i]->rules[k].id, row.id)) {
                    row.cells[i] = (struct beside_cell){ p->view[i]->rules[k].state_words, p->view[i]->rules[k].state, false };
                    any = true;
                }
        if (any)
            add_row(p->s, row);
    }
}

struct side_by_side *compose_side_by_side(const struct composing *c, const uint32_t *rows, size_t n)
{
    struct side_by_side *s = arena_make(c->mem, struct side_by_side);
    struct placing p = { .c = c, .s = s };
    s->rows = arena_array(c->mem, MOST_ROWS, struct beside_row);
    for (; s->n < n && s->n < MOST_BESIDE; s->n++) {
        const struct school_view *v = p.view[s->n] = compose_school(c, rows[s->n]);
        s->schools[s->n] = (struct beside_school){ v->code, v->name, say_state(v->state, c->english), v->sentence, v->state };
        if (v->n_stages == 1)
            s->schools[s->n].verdict_words = v->stages[0].verdict_words;
    }
    place_facts(&p);
    for (int stage = 0; stage < N_EVALUATED; stage++)
        place_stage(&p, (enum stage)stage);
    place_rules(&p);
    for (size_t r = 0; r < s->n_rows; r++)
        see_difference(s, &s->rows[r]);
    return s;
}
