/* Reads a definition: heading row, then the form, its sections, its questions, perhaps its conclusion. */
#include "survey/form_read.h"

#include "base/number.h"
#include "base/unicode.h"

enum { LONGEST_ID = 32, LONGEST_NAME = 200, LONGEST_NOTE = 2000 };

struct reading {
    const struct cell_table *table;
    struct arena *mem;
    struct form_faults *faults;
    struct form *form;
    size_t place[N_DEF_COLUMNS];     /* column of the sheet; SIZE_MAX: not there */
    uint32_t row;                     /* at hand, from 1 */
    size_t section_capacity, question_capacity;
};

/* ---- saying what is wrong ----------------------------------------------------------------- */

static void fault_at(struct reading *r, enum form_column column, struct text what, struct text mend)
{
    struct form_faults *const list = r->faults;
    if (list->n == FORM_MOST_FAULTS)
        return;
    ARENA_ROOM(list->mem, list->at, list->n, list->capacity);
    const size_t at = column < N_DEF_COLUMNS ? r->place[column] : SIZE_MAX;
    list->at[list->n++] = (struct form_fault){ r->row, at == SIZE_MAX ? 0 : (uint32_t)at + 1, what, mend };
}

#define FAULT(r, column, mend, ...) fault_at(r, column, text_printf((r)->faults->mem, __VA_ARGS__), text_of(mend))

struct text form_fault_place(const struct cell_table *table, const struct form_fault *fault, struct arena *mem)
{
    return cell_table_place(table, fault->row, fault->column, mem);
}

/* ---- cells -------------------------------------------------------------------------------- */

static struct text cell(const struct reading *r, enum form_column column)
{
    const struct cell_row *const row = &r->table->rows[r->row - 1];
    const size_t at = r->place[column];
    return at < row->n ? text_trim(row->at[at]) : TEXT("");
}

static struct text kept(struct reading *r, enum form_column column, size_t most)
{
    const struct text value = cell(r, column);
    if (utf8_length(value) > most)
        FAULT(r, column, "请写得短一些。", "太长：%zu 字，最多 %zu 字", utf8_length(value), most);
    return text_copy(r->mem, value);
}

/* Parts of a list: between ；, ; or |, each trimmed, empty ones left out. */
static struct text *list_of(struct reading *r, struct text value, bool bars, size_t most, size_t *n_out)
{
    struct text *const list = arena_array(r->mem, most + 1, struct text);
    size_t n = 0, from = 0;
    for (size_t at = 0; at <= value.size; at++) {
        const struct text rest = { value.at + at, value.size - at };
        const size_t wide = at == value.size ? 1 : text_starts(rest, TEXT("；")) ? strlen("；") : (*rest.at == ';' && !bars) || (*rest.at == '|' && bars) ? 1 : 0;
        if (!wide)
            continue;
        const struct text part = text_trim((struct text){ value.at + from, at - from });
        if (part.size && n < most)
            list[n++] = text_copy(r->mem, part);
        else if (part.size)
            n = most;
        from = at + wide;
        at = from ? from - 1 : at;
    }
    *n_out = n;
    return list;
}

static bool one_of(struct text value, const struct text *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(list[i], value))
            return true;
    return false;
}

static bool is_id(struct text id, bool small)
{
    if (!id.size || id.size > LONGEST_ID)
        return false;
    for (size_t i = 0; i < id.size; i++) {
        const char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (i && c == '-') || (!small && c >= 'A' && c <= 'Z')))
            return false;
    }
    return true;
}

static double number_cell(struct reading *r, enum form_column column)
{
    const struct text value = cell(r, column);
    double number = BLANK;
    if (value.size && !number_parse(value, &number)) {
        FAULT(r, column, "请写一个数，或者空着。", "“%.*s”不是数", TEXT_ARG(value));
        number = BLANK;
    }
    return number;
}

static bool yes_cell(struct reading *r, enum form_column column)
{
    const struct text value = cell(r, column);
    if (value.size && !text_equal(value, TEXT("是")) && !text_equal(value, TEXT("否")))
        FAULT(r, column, "请写“是”，或者空着。", "“%.*s”应为“是”或空着", TEXT_ARG(value));
    return text_equal(value, TEXT("是"));
}

/* ---- conditions --------------------------------------------------------------------------- */

static bool read_term(struct reading *r, struct text text, struct form_term *out)
{
    static const struct { const char *sign; enum form_operator operator; } SIGNS[] = {
        { "≠", FORM_IS_NOT }, { "!=", FORM_IS_NOT }, { "＝", FORM_IS }, { "=", FORM_IS }, { ">", FORM_ABOVE }, { "＞", FORM_ABOVE }, { "<", FORM_BELOW }, { "＜", FORM_BELOW },
    };
    for (size_t i = 0; i < COUNT(SIGNS); i++) {
        size_t at;
        if (!text_find(text, text_of(SIGNS[i].sign), &at))
            continue;
        const size_t behind = at + strlen(SIGNS[i].sign);
        const struct text id = text_trim((struct text){ text.at, at });
        const struct text value = text_trim((struct text){ text.at + behind, text.size - behind });
        *out = (struct form_term){ .question = form_find(r->form, id), .operator = SIGNS[i].operator, .number = BLANK };
        if (out->question == SIZE_MAX) {
            FAULT(r, DEF_CONDITION, "条件里的题要排在这一行前面；请核对编号。", "条件里的“%.*s”不是前面的题", TEXT_ARG(id));
            return false;
        }
        if (out->operator == FORM_ABOVE || out->operator == FORM_BELOW) {
            if (number_parse(value, &out->number))
                return true;
            FAULT(r, DEF_CONDITION, "大于、小于后面要写一个数。", "“%.*s”不是数", TEXT_ARG(value));
            return false;
        }
        out->values = list_of(r, value, true, FORM_MOST_CHOICES, &out->n_values);
        const struct form_question *const q = &r->form->questions[out->question];
        for (size_t k = 0; k < out->n_values; k++)
            if (q->n_choices && q->type != ASK_TABLE && !one_of(out->values[k], q->choices, q->n_choices)) {
                FAULT(r, DEF_CONDITION, "请照那一题的选项原样写。", "“%.*s”不是第 %.*s 题的选项", TEXT_ARG(out->values[k]), TEXT_ARG(id));
                return false;
            }
        if (out->n_values)
            return true;
    }
    FAULT(r, DEF_CONDITION, "请写成“编号=答案”，如 Q1=是。", "看不懂条件“%.*s”", TEXT_ARG(text));
    return false;
}

static struct form_term *read_terms(struct reading *r, size_t *n_out)
{
    enum { MOST = 8 };
    struct text rest = cell(r, DEF_CONDITION);
    struct form_term *const terms = rest.size ? arena_array(r->mem, MOST, struct form_term) : NULL;
    *n_out = 0;
    while (rest.size) {
        size_t at = rest.size;
        const bool more = text_find(rest, TEXT("且"), &at);
        const struct text part = text_trim((struct text){ rest.at, at });
        if (*n_out == MOST) {
            FAULT(r, DEF_CONDITION, "请用少一些条件。", "条件超过 %d 个", MOST);
            break;
        }
        if (!read_term(r, part, &terms[*n_out]))
            break;
        ++*n_out;
        const size_t behind = at + (more ? strlen("且") : 0);
        rest = (struct text){ rest.at + behind, rest.size - behind };
    }
    return terms;
}

/* ---- rows --------------------------------------------------------------------------------- */

static void read_form(struct reading *r)
{
    struct form *const f = r->form;
    const struct text who = cell(r, DEF_TYPE), often = cell(r, DEF_CHOICES), id = cell(r, DEF_ID);
    if (f->id.size) {
        FAULT(r, DEF_ROW, "一个文件只定义一张表；请把另一张放进别的文件。", "第二个“表”行");
        return;
    }
    if (!is_id(id, true) || id.size < 2)
        FAULT(r, DEF_ID, "请用 2 到 32 个小写字母、数字和-，如 school-safety。", "表的编号“%.*s”不合要求", TEXT_ARG(id));
    f->id = text_copy(r->mem, is_id(id, true) ? id : TEXT("?"));
    f->title = kept(r, DEF_NAME, LONGEST_NAME);
    if (!f->title.size)
        FAULT(r, DEF_NAME, "请写表的名称。", "表没有名称");
    for (f->who = FORM_SCHOOL; f->who < N_FORM_WHO && !text_equal(who, form_who_word(f->who));)
        f->who++;
    if (f->who == N_FORM_WHO) {
        FAULT(r, DEF_TYPE, "请写谁填：学校、乡镇、部门 或 全县。", "“%.*s”不是填表的单位", TEXT_ARG(who));
        f->who = FORM_SCHOOL;
    }
    f->often = text_equal(often, TEXT("每次一份"));
    f->inspects = text_equal(often, TEXT("督导检查"));
    if (!f->often && !f->inspects && !text_equal(often, TEXT("每学年一份")))
        FAULT(r, DEF_CHOICES, "请写“每学年一份”“每次一份”或“督导检查”。", "“%.*s”看不懂", TEXT_ARG(often));
    f->source = kept(r, DEF_SOURCE, LONGEST_NOTE);
    f->note = kept(r, DEF_NOTE, LONGEST_NOTE);
}

static void read_section(struct reading *r)
{
    struct form *const f = r->form;
    ARENA_ROOM(r->mem, f->sections, f->n_sections, r->section_capacity);
    struct form_section *const s = &f->sections[f->n_sections++];
    *s = (struct form_section){ .id = kept(r, DEF_ID, LONGEST_ID), .name = kept(r, DEF_NAME, LONGEST_NAME), .note = kept(r, DEF_NOTE, LONGEST_NOTE),
                                .condition = kept(r, DEF_CONDITION, LONGEST_NAME), .first = f->n_questions };
    if (!s->name.size)
        FAULT(r, DEF_NAME, "请写这一节的名称。", "这一节没有名称");
    s->terms = read_terms(r, &s->n_terms);
}

static void read_choices(struct reading *r, struct form_question *q)
{
    static const struct text GRADES[] = { { "优秀", 6 }, { "良好", 6 }, { "合格", 6 }, { "待改进", 9 } };
    static const struct text YES_NO[] = { { "是", 3 }, { "否", 3 } };
    const struct text written = cell(r, DEF_CHOICES);
    q->choices = list_of(r, written, false, FORM_MOST_CHOICES, &q->n_choices);
    switch (q->type) {
    case ASK_ONE:
    case ASK_MANY:
    case ASK_TABLE:
        if (q->n_choices < (q->type == ASK_TABLE ? 1u : 2u))
            FAULT(r, DEF_CHOICES, q->type == ASK_TABLE ? "请写各列的名称，用；分开。" : "请写至少两个选项，用；分开。", "“%.*s”少了选项", TEXT_ARG(q->name));
        break;
    case ASK_GRADE:
        if (!q->n_choices) {
            q->choices = arena_copy(r->mem, GRADES, sizeof GRADES);
            q->n_choices = COUNT(GRADES);
        }
        break;
    case ASK_YESNO:
        q->choices = arena_copy(r->mem, YES_NO, sizeof YES_NO);
        q->n_choices = COUNT(YES_NO);
        break;
    default:
        if (q->n_choices)
            FAULT(r, DEF_CHOICES, "请删去选项，或者改类型为单选、多选。", "这种题没有选项");
        q->n_choices = 0;
    }
    for (size_t i = 1; i < q->n_choices; i++)
        if (one_of(q->choices[i], q->choices, i))
            FAULT(r, DEF_CHOICES, "请删去重复的一个。", "选项“%.*s”重复", TEXT_ARG(q->choices[i]));
}

static void read_proof(struct reading *r, struct form_question *q)
{
    const struct text written = cell(r, DEF_PROOF);
    q->proof = !written.size ? FORM_PROOF_NONE : text_equal(written, TEXT("可附")) ? FORM_PROOF_MAY : text_equal(written, TEXT("必附")) ? FORM_PROOF_ALWAYS : FORM_PROOF_WHEN;
    if (q->type == ASK_PHOTO && q->proof == FORM_PROOF_NONE)
        q->proof = q->required ? FORM_PROOF_ALWAYS : FORM_PROOF_MAY;
    if (q->proof != FORM_PROOF_WHEN)
        return;
    q->proof_values = list_of(r, written, false, FORM_MOST_CHOICES, &q->n_proof_values);
    for (size_t i = 0; i < q->n_proof_values; i++)
        if (!one_of(q->proof_values[i], q->choices, q->n_choices))
            FAULT(r, DEF_PROOF, "请写可附、必附，或者照选项原样写哪些答案要附。", "“%.*s”不是这一题的选项", TEXT_ARG(q->proof_values[i]));
}

static void read_figure(struct reading *r, struct form_question *q)
{
    q->figure = kept(r, DEF_FIGURE, LONGEST_NAME);
    if (q->figure.size && !text_find(q->figure, TEXT("{年}"), NULL))
        FAULT(r, DEF_FIGURE, "请照来源链的写法，年份写成 {年}，如 rule:G11a:{年}。", "“%.*s”里没有 {年}", TEXT_ARG(q->figure));
}

static void read_question(struct reading *r)
{
    struct form *const f = r->form;
    const struct text id = cell(r, DEF_ID), type = cell(r, DEF_TYPE);
    if (f->n_questions == FORM_MOST_QUESTIONS) {
        FAULT(r, DEF_ROW, "请把它拆成几张表。", "题目超过 %d 道", FORM_MOST_QUESTIONS);
        return;
    }
    if (!f->n_sections) {
        FAULT(r, DEF_ROW, "请在第一道题前面加一个“节”行。", "这道题不在任何一节里");
        return;
    }
    ARENA_ROOM(r->mem, f->questions, f->n_questions, r->question_capacity);
    if (!is_id(id, false))
        FAULT(r, DEF_ID, "请用字母、数字和-，如 Q12。", "题的编号“%.*s”不合要求", TEXT_ARG(id));
    else if (form_find(f, id) != SIZE_MAX)
        FAULT(r, DEF_ID, "每道题的编号都要不同。", "编号“%.*s”重复", TEXT_ARG(id));
    struct form_question *const q = &f->questions[f->n_questions];
    *q = (struct form_question){ .id = text_copy(r->mem, id), .name = kept(r, DEF_NAME, LONGEST_NOTE), .note = kept(r, DEF_NOTE, LONGEST_NOTE),
                                 .source = kept(r, DEF_SOURCE, LONGEST_NOTE), .unit = kept(r, DEF_UNIT, LONGEST_ID),
                                 .condition = kept(r, DEF_CONDITION, LONGEST_NAME), .required = yes_cell(r, DEF_REQUIRED),
                                 .least = number_cell(r, DEF_LEAST), .most = number_cell(r, DEF_MOST), .section = f->n_sections - 1, .row = r->row };
    if (!q->name.size)
        FAULT(r, DEF_NAME, "请写这道题问什么。", "这道题没有名称");
    while (q->type < N_FORM_TYPES && !text_equal(type, form_type_word(q->type)))
        q->type++;
    if (q->type == N_FORM_TYPES) {
        FAULT(r, DEF_TYPE, "请写单行、多行、数字、日期、单选、多选、等级、是否、照片 或 表格。", "“%.*s”不是题的类型", TEXT_ARG(type));
        q->type = ASK_LINE;
    }
    if (q->least > q->most)
        FAULT(r, DEF_MOST, "请核对最小和最大。", "最大小于最小");
    if (q->type == ASK_TABLE && !(q->most >= 1 && q->most <= FORM_MOST_LINES)) {
        if (!is_blank(q->most))
            FAULT(r, DEF_MOST, "表格最多 30 行。", "行数不在 1 和 %d 之间", FORM_MOST_LINES);
        q->most = 5;
    }
    read_choices(r, q);
    read_proof(r, q);
    read_figure(r, q);
    q->terms = read_terms(r, &q->n_terms);
    f->n_questions++;
    f->sections[q->section].n++;
}

static void read_result(struct reading *r)
{
    struct form *const f = r->form;
    bool any = false;
    f->result_met = kept(r, DEF_NAME, LONGEST_NAME);
    f->result_unmet = kept(r, DEF_NOTE, LONGEST_NAME);
    f->result_bars = kept(r, DEF_CHOICES, LONGEST_NAME);
    for (size_t i = 0; i < f->n_questions; i++)
        any |= f->questions[i].type == ASK_GRADE && one_of(f->result_bars, f->questions[i].choices, f->questions[i].n_choices);
    if (!f->result_met.size || !f->result_unmet.size)
        FAULT(r, DEF_NAME, "名称写达到时的结论，说明写没有达到时的结论。", "结论没有写全");
    if (!any)
        FAULT(r, DEF_CHOICES, "请写前面“等级”题里的一个等级，如 待改进；结论要排在题后面。", "“%.*s”不是等级题的等级", TEXT_ARG(f->result_bars));
}

/* The heading row: the first whose first cell is 「行」. */
static bool read_heading(struct reading *r)
{
    for (size_t c = 0; c < N_DEF_COLUMNS; c++)
        r->place[c] = SIZE_MAX;
    for (r->row = 1; r->row <= r->table->n; r->row++) {
        const struct cell_row *const row = &r->table->rows[r->row - 1];
        if (!row->n || !text_equal(text_trim(row->at[0]), text_of(form_column_info(DEF_ROW)->zh)))
            continue;
        for (size_t c = 0; c < N_DEF_COLUMNS; c++)
            for (size_t k = 0; k < row->n; k++)
                if (text_equal(text_trim(row->at[k]), text_of(form_column_info((enum form_column)c)->zh)) && r->place[c] == SIZE_MAX)
                    r->place[c] = k;
        for (size_t c = DEF_ID; c <= DEF_CHOICES; c++)
            if (r->place[c] == SIZE_MAX)
                FAULT(r, N_DEF_COLUMNS, "请用下载的模板，保留它的第一行。", "标题行缺“%s”一列", form_column_info((enum form_column)c)->zh);
        return r->faults->n == 0;
    }
    r->row = 0;
    FAULT(r, N_DEF_COLUMNS, "请用下载的模板，保留它的标题行。", "找不到标题行（第一格是“行”的一行）");
    return false;
}

static void read_row(struct reading *r)
{
    static const struct { const char *word; void (*read)(struct reading *r); } ROWS[] = {
        { "表", read_form }, { "节", read_section }, { "题", read_question }, { "结论", read_result },
    };
    const struct text word = cell(r, DEF_ROW);
    bool blank = true;
    for (size_t i = 0; i < r->table->rows[r->row - 1].n && blank; i++)
        blank = !text_trim(r->table->rows[r->row - 1].at[i]).size;
    if (blank || text_starts(word, TEXT("#")))
        return;
    for (size_t i = 0; i < COUNT(ROWS); i++)
        if (text_equal(word, text_of(ROWS[i].word))) {
            if (i && !r->form->id.size)
                FAULT(r, DEF_ROW, "请在最前面加一个“表”行。", "“表”行要排在最前面");
            ROWS[i].read(r);
            return;
        }
    FAULT(r, DEF_ROW, "请写 表、节、题 或 结论；不要的行以 # 开头。", "“%.*s”不是行的种类", TEXT_ARG(word));
}

const struct form *form_read(const struct cell_table *table, struct arena *mem, struct form_faults *faults)
{
    struct reading r = { .table = table, .mem = mem, .faults = faults, .form = arena_make(mem, struct form) };
    faults->n = 0;
    if (!read_heading(&r))
        return NULL;
    while (++r.row <= table->n)
        read_row(&r);
    r.row = 0;
    if (!r.form->id.size)
        FAULT(&r, N_DEF_COLUMNS, "请加一个“表”行：编号、名称、谁填、每学年一份、每次一份还是督导检查。", "没有“表”行");
    else if (!r.form->n_questions)
        FAULT(&r, N_DEF_COLUMNS, "请加“题”行。", "一道题也没有");
    return faults->n ? NULL : r.form;
}
