#include "survey/form.h"

static const char *const TYPES[N_FORM_TYPES] = { "单行", "多行", "数字", "日期", "单选", "多选", "等级", "是否", "照片", "表格" };
static const char *const WHO[N_FORM_WHO] = { "学校", "乡镇", "部门", "全县" };
static const struct ask_part_info PARTS[N_FORM_PARTS] = {
    { ".basis", "做法和成效", false }, { ".problem", "存在的问题", false }, { ".action", "改进措施", false }, { ".due", "完成期限", true },
};

struct text form_type_word(enum form_type type)
{
    return text_of(TYPES[type]);
}

struct text form_who_word(enum form_who who)
{
    return text_of(WHO[who]);
}

size_t form_find(const struct form *form, struct text id)
{
    for (size_t i = 0; i < form->n_questions; i++)
        if (text_equal(form->questions[i].id, id))
            return i;
    return SIZE_MAX;
}

const struct ask_part_info *ask_part_info(enum ask_part part)
{
    return &PARTS[part];
}

struct text form_field(struct arena *mem, struct text question, enum ask_part part)
{
    return part == N_FORM_PARTS ? question : text_printf(mem, "%.*s%s", TEXT_ARG(question), PARTS[part].suffix);
}

bool form_field_find(const struct form *form, struct text field, size_t *question_out, enum ask_part *part_out)
{
    enum ask_part part = PART_BASIS;
    struct text id = field;
    for (; part < N_FORM_PARTS; part++)
        if (text_ends(field, text_of(PARTS[part].suffix))) {
            id.size -= strlen(PARTS[part].suffix);
            break;
        }
    const size_t at = form_find(form, id);
    if (at == SIZE_MAX || (part != N_FORM_PARTS && form->questions[at].type != ASK_GRADE))
        return false;
    *question_out = at;
    *part_out = part;
    return true;
}

bool form_is_grade(const struct form *form)
{
    return form->result_met.size > 0;
}
