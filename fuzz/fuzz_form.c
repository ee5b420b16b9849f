/* Any bytes as a form's definition: read, or every fault of it named; what was read is kept and read again, and takes answers. */
#include "survey/answers.h"
#include "survey/form_read.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new("fuzz");
    const struct text bytes = { (const char *)data, size };
    struct form_faults faults = { .mem = mem };
    struct cell_table table, again;
    struct err err = { 0 };
    if (!cell_table_csv(TEXT("表.csv"), bytes, mem, &table, &err)) {
        must(err.what[0] && err.hint[0]);
        arena_free(&mem);
        return 0;
    }
    const struct form *const form = form_read(&table, mem, &faults);
    must((form == NULL) == (faults.n > 0));
    for (size_t i = 0; i < faults.n; i++)
        must(faults.at[i].what.size && faults.at[i].mend.size && form_fault_place(&table, &faults.at[i], mem).size);
    must(cell_table_csv(TEXT("表.csv"), cell_table_write(&table, mem), mem, &again, &err) && again.n >= table.n);
    if (form) {
        struct answers answers = { arena_array(mem, form->n_questions + 1, struct answer), 0 };
        size_t *const proofs = arena_array(mem, form->n_questions + 1, size_t);
        for (size_t i = 0; i < form->n_questions; i++) {
            const struct form_question *const q = &form->questions[i];
            struct text value, wrong;
            if (answer_read(q, N_FORM_PARTS, q->n_choices ? q->choices[0] : TEXT("1"), mem, &value, &wrong) && value.size)
                answers.at[answers.n++] = (struct answer){ .field = q->id, .value = value };
        }
        form_bars(form, &answers, proofs, mem);
        form_result(form, &answers);
        const struct form_progress progress = form_progress(form, &answers);
        must(progress.answered <= progress.asked);
    }
    arena_free(&mem);
    return 0;
}
