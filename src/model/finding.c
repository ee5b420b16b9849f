#include "model/finding.h"

#include <stdio.h>
#include <stdlib.h>

bool findings_full(struct findings *findings)
{
    if (findings->n < (findings->most ? findings->most : MAX_FINDINGS))
        return false;
    findings->dropped++;
    return true;
}

/* Findings come by the thousand from one rule about one file: what the one before says as well is not
 * kept twice. */
static struct text kept_text(struct findings *findings, struct text text, const struct text *before)
{
    if (!text.size)
        return TEXT("");
    return before && text_equal(*before, text) ? *before : text_copy(findings->mem, text);
}

/* A few, or room for all there may be: the memory of those that do not come is never touched. */
static void make_room(struct findings *findings)
{
    enum { FEW = 64 };
    const size_t most = findings->most ? findings->most : MAX_FINDINGS;
    const size_t more = findings->n >= FEW || most < FEW ? most : FEW;
    findings->at = arena_grow(findings->mem, findings->at, findings->n * sizeof *findings->at,
                              more * sizeof *findings->at);
    findings->capacity = more;
}

void finding_add(struct findings *findings, const struct finding *finding)
{
    if (findings_full(findings))
        return;
    if (findings->n == findings->capacity)
        make_room(findings);
    struct finding *const kept = &findings->at[findings->n++], *const before = findings->n > 1 ? kept - 1 : NULL;
    *kept = *finding;
    kept->rule = kept_text(findings, finding->rule, before ? &before->rule : NULL);
    kept->file = kept_text(findings, finding->file, before ? &before->file : NULL);
    kept->sheet = kept_text(findings, finding->sheet, before ? &before->sheet : NULL);
    kept->school = kept_text(findings, finding->school, before ? &before->school : NULL);
    kept->item = kept_text(findings, finding->item, before ? &before->item : NULL);
    kept->read = kept_text(findings, finding->read, before ? &before->read : NULL);
    kept->expected = kept_text(findings, finding->expected, before ? &before->expected : NULL);
    kept->mend = kept_text(findings, finding->mend, before ? &before->mend : NULL);
}

struct findings findings_about(const struct findings *findings, struct text file, struct arena *mem)
{
    struct findings some = { .mem = mem };
    for (size_t i = 0; i < findings->n; i++)
        if (text_equal(findings->at[i].file, file))
            finding_add(&some, &findings->at[i]);
    return some;
}

size_t finding_count(const struct findings *findings, enum finding_level level)
{
    size_t n = 0;
    for (size_t i = 0; i < findings->n; i++)
        n += findings->at[i].level == level;
    return n;
}

int finding_compare(const struct finding *a, const struct finding *b)
{
    int order = text_compare(a->file, b->file);
    if (!order)
        order = text_compare(a->sheet, b->sheet);
    if (!order)
        order = (a->row > b->row) - (a->row < b->row);
    if (!order)
        order = (a->column > b->column) - (a->column < b->column);
    return order ? order : (int)a->level - (int)b->level;
}

static int by_place(const void *a, const void *b)
{
    const struct finding *const x = a, *const y = b;
    const int order = finding_compare(x, y);
    return order ? order : text_compare(x->rule, y->rule);
}

void findings_sort(struct findings *findings)
{
    if (findings->n)
        qsort(findings->at, findings->n, sizeof *findings->at, by_place);
}

const char *cell_name(char into[16], uint32_t row, uint32_t column)
{
    into[0] = '\0';
    if (!row || !column)
        return into;
    char letters[8];
    int n = 0;
    for (uint32_t c = column; c && n < 7; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    int size = 0;
    while (n > 0)
        into[size++] = letters[--n];
    snprintf(into + size, 16 - (size_t)size, "%u", row % 100000000u);
    return into;
}

struct text finding_sentence(struct arena *mem, const struct finding *f)
{
    char cell[16];
    struct buf out = { .mem = mem };
    cell_name(cell, f->row, f->column);
    if (f->file.size)
        buf_printf(&out, "%.*s ", TEXT_ARG(f->file));
    if (f->sheet.size)
        buf_printf(&out, "Sheet“%.*s”", TEXT_ARG(f->sheet));
    if (cell[0])
        buf_printf(&out, "%s ", cell);
    else if (f->row)
        buf_printf(&out, "第 %u 行 ", f->row);
    if (f->school.size)
        buf_printf(&out, "%.*s ", TEXT_ARG(f->school));
    if (f->read.size)
        buf_printf(&out, "读到“%.*s”，", TEXT_ARG(f->read));
    buf_add(&out, f->expected);
    if (f->expected.size)
        buf_add(&out, TEXT("。"));
    buf_add(&out, f->mend);
    if (f->mend.size)
        buf_add(&out, TEXT("。"));
    return buf_text(&out);
}
