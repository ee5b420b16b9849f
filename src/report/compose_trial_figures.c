#include "report/compose_compare.h"

static const struct compare_change *change_of(const struct comparison *trial, const struct compare_change *like)
{
    for (size_t i = 0; i < trial->n_changes; i++)
        if (trial->changes[i].item == like->item && text_equal(trial->changes[i].school, like->school))
            return &trial->changes[i];
    return NULL;
}

static bool came_before(const struct comparison *const *of, size_t before, const struct compare_change *change)
{
    for (size_t k = 0; k < before; k++)
        if (change_of(of[k], change))
            return true;
    return false;
}

struct trial_figures compose_trial_figures(const struct composing *c, const struct comparison *const *of, size_t n)
{
    struct trial_figures out = { 0 };
    size_t most = 0;
    n = n < MOST_TRIALS ? n : MOST_TRIALS;
    for (size_t k = 0; k < n; k++)
        most += of[k]->n_changes;
    out.at = arena_array(c->mem, most, struct trial_figure);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < of[k]->n_changes; i++) {
            const struct compare_change *const change = &of[k]->changes[i];
            if (came_before(of, k, change))
                continue;
            struct trial_figure figure = { change->school, change->name, change->item_name, change->unit, change->before_words, { { 0 } } };
            bool differs = false;
            for (size_t j = 0; j < n; j++) {
                const struct compare_change *const there = change_of(of[j], change);
                figure.cells[j] = there ? there->after_words : TEXT("—");
                differs |= !text_equal(figure.cells[j], change->after_words);
            }
            if (differs)
                out.at[out.n++] = figure;
            else
                out.same++;
        }
    return out;
}
