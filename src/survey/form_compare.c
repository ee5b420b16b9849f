#include "survey/form_compare.h"

static bool listed(const struct compared_row *rows, size_t n, struct text id)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rows[i].id, id))
            return true;
    return false;
}

static bool differ(const struct compared_answer *at, size_t n)
{
    const struct compared_answer *later = NULL;
    for (size_t i = n; i-- > 0;) {
        if (!at[i].asked || !at[i].value.size)
            continue;
        if (later)
            return !text_equal(later->value, at[i].value);
        later = &at[i];
    }
    return false;
}

void form_compare(const struct compared_sheet *sheets, size_t n, struct arena *mem, struct compared_row **out, size_t *n_out)
{
    size_t most = 0, rows = 0;
    bool **const shown = arena_array(mem, n + 1, bool *);
    for (size_t i = 0; i < n; i++) {
        most += sheets[i].form->n_questions;
        shown[i] = arena_array(mem, sheets[i].form->n_questions + 1, bool);
        form_shown(sheets[i].form, sheets[i].answers, shown[i]);
    }
    *out = arena_array(mem, most + 1, struct compared_row);
    for (size_t from = n; from-- > 0;)
        for (size_t k = 0; k < sheets[from].form->n_questions; k++) {
            const struct form_question *const q = &sheets[from].form->questions[k];
            if (q->type == ASK_PHOTO || listed(*out, rows, q->id))
                continue;
            struct compared_row *const row = &(*out)[rows++];
            *row = (struct compared_row){ q->id, q->name, sheets[from].form->sections[q->section].name, q->type == ASK_GRADE, false,
                                          arena_array(mem, n, struct compared_answer) };
            for (size_t i = 0; i < n; i++) {
                const size_t at = form_find(sheets[i].form, q->id);
                if (at == SIZE_MAX || !shown[i][at])
                    continue;
                row->at[i].asked = true;
                row->at[i].value = answer_shown(&sheets[i].form->questions[at], N_FORM_PARTS, answer_value(sheets[i].answers, q->id), mem);
            }
            row->changed = differ(row->at, n);
        }
    *n_out = rows;
}
