#include "report/write_matrix.h"

#include "base/err.h"
#include "base/number.h"
#include "report/say.h"

enum { HEAD_ROW = 3, NAMES_ROW = 4, FIRST_ROW = 5, COLUMNS_OF_LEVEL = 4 };

/* What stands in front of the indicators. */
static const struct { const char *zh, *en; double width; } BASICS[] = {
    { "学校代码", "School code", 13 }, { "学校名称", "School", 34 },    { "乡镇（街道）", "Township", 12 },
    { "城乡类型", "Area", 9 },         { "学校类型", "Type", 12 },      { "办别", "Ownership", 9 },
    { "在校生数", "Pupils", 9 },       { "综合评估", "Verdict", 13 },   { "达标项数", "Levels met", 9 },
    { "上年", "Last year", 11 },
};
enum { N_BASICS = sizeof BASICS / sizeof *BASICS };

static const struct { const char *zh, *en; double width; } OF_LEVEL[COLUMNS_OF_LEVEL] = {
    { "基本值", "Floor", 9 }, { "达标值", "Threshold", 9 }, { "实际值", "Actual", 10 }, { "是否达标", "Met?", 12 },
};

struct writing {
    const struct matrix_sheet_request *request;
    struct arena *mem;
    struct sheet *sheet;
    bool english;
};

static struct text either(const struct writing *w, const char *zh, const char *en)
{
    return text_of(w->english ? en : zh);
}

static uint32_t last_column(const struct writing *w)
{
    return (uint32_t)(N_BASICS + COLUMNS_OF_LEVEL * w->request->matrix->n_levels);
}

static void put_head(const struct writing *w)
{
    const struct composing *c = w->request->composing;
    const struct county_year *county = composing_county(c)->county;
    const struct matrix *matrix = w->request->matrix;
    struct buf note = { .mem = w->mem };
    sheet_put_merged(w->sheet, 1, 1, 1, last_column(w), LOOK_TITLE,
                     text_printf(w->mem, w->english ? "%.*s, %.*s: %.*s schools and their resources" : "%.*s%.*s%.*s资源配置一览",
                                 TEXT_ARG(say_county(w->mem, county, w->english)), TEXT_ARG(say_year(w->mem, county->year, w->english)),
                                 TEXT_ARG(matrix->stage_name)));
    buf_printf(&note, w->english ? "County %.*s" : "县代码 %.*s", TEXT_ARG(county->code));
    if (w->request->version.size)
        buf_printf(&note, w->english ? "; data version %.*s" : "　数据版本 %.*s", TEXT_ARG(w->request->version));
    buf_printf(&note, w->english ? "; standard %.*s" : "　标准版本 %.*s", TEXT_ARG(c->assessment->edition->id));
    if (w->request->filter.size)
        buf_printf(&note, w->english ? "; shown: %.*s" : "　所选：%.*s", TEXT_ARG(w->request->filter));
    sheet_put_merged(w->sheet, 2, 1, 2, last_column(w), LOOK_NOTE, buf_text(&note));
}

static void put_headings(const struct writing *w)
{
    const struct matrix *matrix = w->request->matrix;
    for (uint32_t i = 0; i < N_BASICS; i++) {
        sheet_put_merged(w->sheet, HEAD_ROW, i + 1, NAMES_ROW, i + 1, LOOK_HEADING, either(w, BASICS[i].zh, BASICS[i].en));
        w->sheet->width[i + 1] = BASICS[i].width;
    }
    for (uint32_t l = 0; l < matrix->n_levels; l++) {
        const struct matrix_column *column = &matrix->columns[l];
        const uint32_t first = N_BASICS + COLUMNS_OF_LEVEL * l + 1;
        sheet_put_merged(w->sheet, HEAD_ROW, first, HEAD_ROW, first + COLUMNS_OF_LEVEL - 1, LOOK_GROUP,
                         text_printf(w->mem, w->english ? "%.*s %.*s (%.*s)" : "%.*s %.*s（%.*s）", TEXT_ARG(column->id), TEXT_ARG(column->name),
                                     TEXT_ARG(column->unit)));
    }
    for (uint32_t l = 0; l < matrix->n_levels; l++)
        for (uint32_t k = 0; k < COLUMNS_OF_LEVEL; k++) {
            const uint32_t at = N_BASICS + COLUMNS_OF_LEVEL * l + k + 1;
            sheet_put_text(w->sheet, NAMES_ROW, at, LOOK_HEADING, either(w, OF_LEVEL[k].zh, OF_LEVEL[k].en));
            w->sheet->width[at] = OF_LEVEL[k].width;
        }
    w->sheet->frozen_rows = NAMES_ROW;
    w->sheet->frozen_columns = 2;
}

static enum sheet_tone tone_of(enum state state)
{
    return state == STATE_NEAR      ? TONE_NEAR
           : state == STATE_BELOW   ? TONE_BELOW
           : state == STATE_NO_DATA ? TONE_NO_DATA
                                    : TONE_NONE;
}

/* A limit as it is set: 85 % of 4.2 is 3.57, whatever binary fractions make of it. */
static void put_limit(const struct writing *w, uint32_t row, uint32_t column, double limit)
{
    if (is_blank(limit))
        sheet_put_text(w->sheet, row, column, LOOK_TEXT, TEXT(""));
    else
        sheet_put_number(w->sheet, row, column, LOOK_WHOLE, number_round(limit, 6))->decimals = DECIMALS_ALL;
}

static void put_level(const struct writing *w, uint32_t row, const struct matrix_row *school, size_t l)
{
    const struct composing *c = w->request->composing;
    const struct matrix_column *column = &w->request->matrix->columns[l];
    const struct matrix_cell *cell = &school->cells[l];
    const uint32_t first = (uint32_t)(N_BASICS + COLUMNS_OF_LEVEL * l + 1);
    const enum sheet_tone tone = tone_of(cell->state);
    struct buf state = { .mem = w->mem };
    put_limit(w, row, first, column->floor);
    put_limit(w, row, first + 1, column->threshold);
    struct sheet_cell *value;
    if (is_blank(cell->value)) {
        value = sheet_put_text(w->sheet, row, first + 2, LOOK_TEXT, say_blank(w->english));
        value->is_missing = true;
    } else {
        value = sheet_put_number(w->sheet, row, first + 2, LOOK_DECIMAL, cell->value);
        value->trace = text_printf(w->mem, "level:%.*s:%.*s:%.*s:%d", TEXT_ARG(stage_code(w->request->matrix->stage)), TEXT_ARG(column->id),
                                   TEXT_ARG(school->code), composing_county(c)->county->year);
    }
    value->tone = tone;
    buf_add(&state, say_state(cell->state, w->english));
    if (cell->close)
        buf_add(&state, either(w, "（临界）", " (close)"));
    if (cell->estimated)
        buf_add(&state, either(w, "（估算）", " (estimate)"));
    sheet_put_text(w->sheet, row, first + 3, LOOK_TEXT, buf_text(&state))->tone = tone;
}

static void put_school(const struct writing *w, uint32_t row, const struct matrix_row *school)
{
    const struct text texts[] = { school->code, school->name, school->township, school->area, school->type, school->ownership };
    uint32_t column = 1;
    for (size_t i = 0; i < COUNT(texts); i++)
        sheet_put_text(w->sheet, row, column++, LOOK_TEXT, texts[i]);
    if (is_blank(school->pupils))
        sheet_put_text(w->sheet, row, column++, LOOK_TEXT, say_blank(w->english))->tone = TONE_NO_DATA;
    else
        sheet_put_number(w->sheet, row, column++, LOOK_WHOLE, school->pupils);
    sheet_put_text(w->sheet, row, column++, LOOK_TEXT, school->verdict_words)->tone = tone_of(school->state);
    sheet_put_number(w->sheet, row, column++, LOOK_WHOLE, school->met);
    sheet_put_text(w->sheet, row, column++, LOOK_TEXT, school->last_words);
    for (size_t l = 0; l < w->request->matrix->n_levels; l++)
        put_level(w, row, school, l);
}

struct sheet *matrix_sheet(const struct matrix_sheet_request *request)
{
    const struct composing *c = request->composing;
    const struct matrix *matrix = request->matrix;
    struct writing w = { .request = request, .mem = c->mem, .sheet = sheet_new(c->mem, matrix->stage_name), .english = c->english };
    put_head(&w);
    put_headings(&w);
    for (size_t i = 0; i < matrix->n; i++)
        put_school(&w, FIRST_ROW + (uint32_t)i, &matrix->rows[i]);
    sheet_put_merged(w.sheet, FIRST_ROW + (uint32_t)matrix->n, 1, FIRST_ROW + (uint32_t)matrix->n, last_column(&w), LOOK_NOTE,
                     text_printf(c->mem, w.english ? "%zu rows written, of %zu that match." : "共写出 %zu 行，符合条件 %zu 行。", matrix->n,
                                 matrix->n));
    w.sheet->print = (struct sheet_print){ .on = true, .first_repeated = HEAD_ROW, .last_repeated = NAMES_ROW };
    return w.sheet;
}
