#include "survey/answers.h"

#include "base/day.h"
#include "base/number.h"
#include "base/unicode.h"

#include <math.h>

enum { LONGEST_LINE = 200 };

const struct answer *answer_find(const struct answers *answers, struct text field)
{
    for (size_t i = 0; i < answers->n; i++)
        if (text_equal(answers->at[i].field, field))
            return &answers->at[i];
    return NULL;
}

struct text answer_value(const struct answers *answers, struct text field)
{
    const struct answer *const found = answer_find(answers, field);
    return found ? found->value : TEXT("");
}

bool answer_holds(struct text value, struct text choice)
{
    struct text rest = value;
    size_t at;
    while (text_find(rest, TEXT("；"), &at)) {
        if (text_equal((struct text){ rest.at, at }, choice))
            return true;
        const size_t behind = at + strlen("；");
        rest = (struct text){ rest.at + behind, rest.size - behind };
    }
    return text_equal(rest, choice);
}

/* ---- what is asked ------------------------------------------------------------------------ */

static bool term_holds(const struct form *form, const struct form_term *term, const struct answers *answers, const bool *shown)
{
    const struct text value = shown[term->question] ? answer_value(answers, form->questions[term->question].id) : TEXT("");
    double number;
    bool any = false;
    switch (term->operator) {
    case FORM_IS:
    case FORM_IS_NOT:
        for (size_t i = 0; i < term->n_values && value.size; i++)
            any |= answer_holds(value, term->values[i]);
        return any == (term->operator == FORM_IS);
    case FORM_ABOVE: return number_parse(value, &number) && number > term->number;
    case FORM_BELOW: return number_parse(value, &number) && number < term->number;
    }
    return false;
}

static bool all_hold(const struct form *form, const struct form_term *terms, size_t n, const struct answers *answers, const bool *shown)
{
    for (size_t i = 0; i < n; i++)
        if (!term_holds(form, &terms[i], answers, shown))
            return false;
    return true;
}

void form_shown(const struct form *form, const struct answers *answers, bool *shown)
{
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        const struct form_section *const s = &form->sections[q->section];
        shown[i] = all_hold(form, s->terms, s->n_terms, answers, shown) && all_hold(form, q->terms, q->n_terms, answers, shown);
    }
}

/* ---- one answer --------------------------------------------------------------------------- */

/* CR LF and CR become LF; what else a control character is becomes a blank (but tabs in tables). */
static struct text cleaned(struct text typed, bool lines, bool tabs, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < typed.size; i++) {
        const char c = typed.at[i];
        if (c == '\r' && i + 1 < typed.size && typed.at[i + 1] == '\n')
            continue;
        if (c == '\n' || c == '\r')
            buf_byte(&buf, lines ? '\n' : ' ');
        else if ((unsigned char)c < ' ' || c == 0x7F)
            buf_byte(&buf, tabs && c == '\t' ? '\t' : ' ');
        else
            buf_byte(&buf, c);
    }
    return tabs ? buf_text(&buf) : text_trim(buf_text(&buf));
}

static bool read_number(const struct form_question *q, struct text typed, struct arena *mem, struct text *value_out, struct text *wrong_out)
{
    char shortest[NUMBER_SIZE];
    double number;
    if (!number_parse(text_nfkc(mem, typed), &number) || fabs(number) > 1e15) {
        *wrong_out = text_printf(mem, "“%.*s”不是数。请只写数字，不写单位", TEXT_ARG(typed));
        return false;
    }
    if (number < q->least || number > q->most) {
        struct buf range = { .mem = mem };
        if (!is_blank(q->least))
            buf_printf(&range, "不小于 %g", q->least);
        if (!is_blank(q->most))
            buf_printf(&range, "%s不大于 %g", range.size ? "、" : "", q->most);
        *wrong_out = text_printf(mem, "%.*s 不在范围内，应%.*s", TEXT_ARG(typed), TEXT_ARG(buf_text(&range)));
        return false;
    }
    *value_out = text_copy(mem, (struct text){ shortest, number_shortest(shortest, number) });
    return true;
}

/* Only choices of the question, in its order. */
static bool read_choices(const struct form_question *q, struct text typed, bool many, struct arena *mem, struct text *value_out, struct text *wrong_out)
{
    struct buf buf = { .mem = mem };
    size_t found = 0, parts = 1;
    for (size_t i = 0; i + strlen("；") <= typed.size; i++)
        parts += !memcmp(typed.at + i, "；", strlen("；"));
    for (size_t i = 0; i < q->n_choices; i++)
        if (answer_holds(typed, q->choices[i])) {
            if (found++)
                buf_add(&buf, TEXT("；"));
            buf_add(&buf, q->choices[i]);
        }
    if (found != parts || (!many && found != 1)) {
        *wrong_out = text_printf(mem, "“%.*s”不在选项里", TEXT_ARG(typed));
        return false;
    }
    *value_out = buf_text(&buf);
    return true;
}

static bool read_words(struct text typed, size_t most, struct arena *mem, struct text *value_out, struct text *wrong_out)
{
    const size_t length = utf8_length(typed);
    *value_out = text_copy(mem, typed);
    if (length <= most)
        return true;
    *wrong_out = text_printf(mem, "太长：%zu 字，最多 %zu 字", length, most);
    return false;
}

/* Lines without any words are left out, cells beyond the columns too. */
static bool read_lines(const struct form_question *q, struct text typed, struct arena *mem, struct text *value_out, struct text *wrong_out)
{
    struct buf buf = { .mem = mem };
    struct text rest = cleaned(typed, true, true, mem), line;
    size_t lines = 0;
    while (text_split(&rest, '\n', &line)) {
        if (!text_trim(line).size)
            continue;
        struct text cells = line, one;
        if (lines++)
            buf_byte(&buf, '\n');
        for (size_t c = 0; c < q->n_choices; c++) {
            if (c)
                buf_byte(&buf, '\t');
            if (text_split(&cells, '\t', &one))
                buf_add(&buf, text_trim(one));
        }
    }
    if (lines > (size_t)q->most) {
        *wrong_out = text_printf(mem, "最多 %.0f 行", q->most);
        return false;
    }
    return read_words(buf_text(&buf), FORM_LONGEST, mem, value_out, wrong_out);
}

bool answer_read(const struct form_question *q, enum ask_part part, struct text typed, struct arena *mem, struct text *value_out,
                 struct text *wrong_out)
{
    const bool own = part == N_FORM_PARTS;
    const enum form_type type = own ? q->type : ask_part_info(part)->date ? ASK_DATE : ASK_LONG;
    struct day day;
    *value_out = *wrong_out = TEXT("");
    if (!utf8_valid(typed)) {
        *wrong_out = TEXT("里面有读不出的字符");
        return false;
    }
    if (type == ASK_TABLE)
        return read_lines(q, typed, mem, value_out, wrong_out);
    const struct text clean = cleaned(typed, type == ASK_LONG, false, mem);
    if (!clean.size)
        return true;
    switch (type) {
    case ASK_NUMBER: return read_number(q, clean, mem, value_out, wrong_out);
    case ASK_DATE:
        if (!day_read(clean, &day)) {
            *wrong_out = text_printf(mem, "“%.*s”不是日期。请写成 2026-09-01", TEXT_ARG(clean));
            return false;
        }
        *value_out = text_copy(mem, clean);
        return true;
    case ASK_ONE:
    case ASK_GRADE:
    case ASK_YESNO: return read_choices(q, clean, false, mem, value_out, wrong_out);
    case ASK_MANY: return read_choices(q, clean, true, mem, value_out, wrong_out);
    case ASK_LONG: return read_words(clean, FORM_LONGEST, mem, value_out, wrong_out);
    default: return read_words(clean, LONGEST_LINE, mem, value_out, wrong_out);
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

bool form_proof_due(const struct form_question *q, struct text value)
{
    if (q->proof == FORM_PROOF_ALWAYS)
        return true;
    for (size_t i = 0; i < q->n_proof_values && value.size; i++)
        if (answer_holds(value, q->proof_values[i]))
            return true;
    return false;
}

bool ask_part_due(const struct form *form, const struct form_question *q, enum ask_part part, struct text value)
{
    return q->type == ASK_GRADE && form_is_grade(form) && part != PART_BASIS && part != N_FORM_PARTS && text_equal(value, form->result_bars);
}

static void add_fault(struct answer_faults *list, size_t question, struct text field, struct text what)
{
    list->at[list->n++] = (struct answer_fault){ question, field, what };
}

struct answer_faults form_bars(const struct form *form, const struct answers *answers, const size_t *proofs, struct arena *mem)
{
    struct answer_faults faults = { .at = arena_array(mem, form->n_questions * (N_FORM_PARTS + 2) + 1, struct answer_fault) };
    bool *const shown = arena_array(mem, form->n_questions + 1, bool);
    form_shown(form, answers, shown);
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        const struct text value = answer_value(answers, q->id);
        if (!shown[i])
            continue;
        if (q->required && !value.size && q->type != ASK_PHOTO)
            add_fault(&faults, i, q->id, TEXT("还没有填"));
        if (form_proof_due(q, value) && !proofs[i])
            add_fault(&faults, i, q->id, q->proof == FORM_PROOF_ALWAYS ? TEXT("要附至少一份材料")
                                                                       : text_printf(mem, "填“%.*s”要附至少一份佐证", TEXT_ARG(value)));
        for (enum ask_part part = PART_BASIS; part < N_FORM_PARTS; part++) {
            const struct text field = form_field(mem, q->id, part);
            if (ask_part_due(form, q, part, value) && !answer_value(answers, field).size)
                add_fault(&faults, i, field, text_printf(mem, "填“%.*s”要写%s", TEXT_ARG(value), ask_part_info(part)->zh));
        }
    }
    return faults;
}

struct form_progress form_progress(const struct form *form, const struct answers *answers)
{
    struct form_progress must = { 0, 0 }, all = { 0, 0 };
    struct arena *mem = arena_new("progress");
    bool *const shown = arena_array(mem, form->n_questions + 1, bool);
    form_shown(form, answers, shown);
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        if (!shown[i] || q->type == ASK_PHOTO)
            continue;
        const bool answered = answer_find(answers, q->id) != NULL;
        all.asked++;
        all.answered += answered;
        must.asked += q->required;
        must.answered += q->required && answered;
    }
    arena_free(&mem);
    return must.asked ? must : all;
}

struct text form_result(const struct form *form, const struct answers *answers)
{
    struct text result = form->result_met;
    struct arena *mem = arena_new("result");
    bool *const shown = arena_array(mem, form->n_questions + 1, bool);
    form_shown(form, answers, shown);
    for (size_t i = 0; i < form->n_questions && result.size; i++) {
        if (form->questions[i].type != ASK_GRADE || !shown[i])
            continue;
        const struct text value = answer_value(answers, form->questions[i].id);
        if (!value.size)
            result = TEXT("");
        else if (text_equal(value, form->result_bars))
            result = form->result_unmet;
    }
    arena_free(&mem);
    return result;
}

/* ---- read again --------------------------------------------------------------------------- */

struct text *answer_cells(const struct form_question *q, struct text value, struct arena *mem)
{
    const size_t lines = (size_t)q->most;
    struct text *const cells = arena_array(mem, lines * q->n_choices + 1, struct text);
    struct text rest = value, line, one;
    for (size_t l = 0; l < lines && text_split(&rest, '\n', &line); l++)
        for (size_t c = 0; c < q->n_choices && text_split(&line, '\t', &one); c++)
            cells[l * q->n_choices + c] = one;
    return cells;
}

struct text answer_shown(const struct form_question *q, enum ask_part part, struct text value, struct arena *mem)
{
    if (!value.size || part != N_FORM_PARTS)
        return value;
    if (q->type == ASK_NUMBER && q->unit.size)
        return text_printf(mem, "%.*s %.*s", TEXT_ARG(value), TEXT_ARG(q->unit));
    if (q->type == ASK_MANY || q->type == ASK_TABLE) {
        struct buf buf = { .mem = mem };
        for (size_t i = 0; i < value.size;) {
            const bool sign = text_starts((struct text){ value.at + i, value.size - i }, TEXT("；"));
            if (sign || value.at[i] == '\t')
                buf_add(&buf, TEXT("、"));
            else
                buf_byte(&buf, value.at[i]);
            i += sign ? strlen("；") : 1;
        }
        return buf_text(&buf);
    }
    return value;
}
