#include "app/formula_words.h"

#include "report/words.h"

#include <math.h>

/* ---- the parts of a formula ---------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t name_size(struct text rest)
{
    size_t n = 0;
    while (n < rest.size && (is_letter(rest.at[n]) || is_digit(rest.at[n])))
        n++;
    return n;
}

static size_t number_length(struct text rest)
{
    size_t n = 0;
    while (n < rest.size && (is_digit(rest.at[n]) || rest.at[n] == '.'))
        n++;
    return n;
}

/* How many bytes a call takes, from its name to the bracket that closes it. */
static size_t call_size(struct text rest)
{
    size_t depth = 0;
    for (size_t i = 0; i < rest.size; i++) {
        depth += rest.at[i] == '(';
        if (rest.at[i] == ')' && --depth == 0)
            return i + 1;
    }
    return rest.size;
}

static struct text after(struct text text, size_t n)
{
    return (struct text){ text.at + n, text.size - n };
}

size_t formula_sums(struct text source, struct text *sums, size_t most)
{
    size_t n = 0;
    for (size_t at = 0; at < source.size && n < most;) {
        const struct text rest = after(source, at);
        const size_t size = is_letter(*rest.at) ? name_size(rest) : 0;
        if (size == 3 && text_starts(rest, TEXT("sum")) && rest.size > 3 && rest.at[3] == '(') {
            sums[n] = (struct text){ rest.at, call_size(rest) };
            at += sums[n++].size;
        } else {
            at += size ? size : 1;
        }
    }
    return n;
}

struct text formula_inside(struct text sum)
{
    return (struct text){ sum.at + 4, sum.size - 5 };
}

bool formula_needs_brackets(struct text source)
{
    size_t depth = 0;
    for (size_t i = 0; i < source.size; i++) {
        depth += source.at[i] == '(';
        depth -= source.at[i] == ')';
        if (!depth && (source.at[i] == '+' || source.at[i] == '-'))
            return true;
    }
    return false;
}

/* ---- words ---------------------------------------------------------------------------------- */

struct text formula_figure(struct arena *mem, double value, enum lang lang)
{
    if (is_blank(value))
        return lang == LANG_EN ? TEXT("missing") : TEXT("缺");
    return words_count(mem, number_round(value, 4));
}

static struct text builtin_words(enum builtin builtin, enum lang lang)
{
    static const struct text WORDS[N_BUILTINS][N_LANGS] = {
        [BUILTIN_HAS_PRIMARY] = { TEXT("有小学"), TEXT("has primary") },
        [BUILTIN_HAS_JUNIOR] = { TEXT("有初中"), TEXT("has junior") },
        [BUILTIN_HAS_SENIOR] = { TEXT("有高中"), TEXT("has senior") },
        [BUILTIN_N_STAGES] = { TEXT("学段数"), TEXT("number of stages") },
        [BUILTIN_SHARE_PRIMARY] = { TEXT("小学分摊比例"), TEXT("primary share") },
        [BUILTIN_SHARE_JUNIOR] = { TEXT("初中分摊比例"), TEXT("junior share") },
        [BUILTIN_ASSESSED] = { TEXT("是评估单元"), TEXT("is assessed") },
        [BUILTIN_IS_CAMPUS] = { TEXT("是校区"), TEXT("is a campus") },
    };
    return WORDS[builtin][lang];
}

static bool builtin_find(struct text name, enum builtin *out)
{
    static const struct text NAMES[N_BUILTINS] = {
        [BUILTIN_HAS_PRIMARY] = TEXT("has_primary"),     [BUILTIN_HAS_JUNIOR] = TEXT("has_junior"),
        [BUILTIN_HAS_SENIOR] = TEXT("has_senior"),       [BUILTIN_N_STAGES] = TEXT("n_stages"),
        [BUILTIN_SHARE_PRIMARY] = TEXT("share_primary"), [BUILTIN_SHARE_JUNIOR] = TEXT("share_junior"),
        [BUILTIN_ASSESSED] = TEXT("assessed"),           [BUILTIN_IS_CAMPUS] = TEXT("is_campus"),
    };
    for (size_t b = 0; b < N_BUILTINS; b++)
        if (text_equal(name, NAMES[b])) {
            *out = (enum builtin)b;
            return true;
        }
    return false;
}

/* Function names and the words between conditions. */
static struct text word_of(struct text name, enum lang lang)
{
    static const struct { struct text name, zh; } WORDS[] = {
        { TEXT("all"), TEXT("都满足") }, { TEXT("any"), TEXT("任一满足") }, { TEXT("if"), TEXT("如果") },
        { TEXT("given"), TEXT("取已填") }, { TEXT("ceil"), TEXT("进位取整") }, { TEXT("floor"), TEXT("舍去取整") },
        { TEXT("sum"), TEXT("合计") }, { TEXT("and"), TEXT("且") }, { TEXT("or"), TEXT("或") }, { TEXT("not"), TEXT("非") },
    };
    for (size_t i = 0; i < COUNT(WORDS) && lang == LANG_ZH; i++)
        if (text_equal(name, WORDS[i].name))
            return WORDS[i].zh;
    return name;
}

struct wording {
    struct buf out;
    const struct item_list *items;
    const struct item *choice;      /* the enum item spoken of last */
    const struct formula_figures *figures;
    enum lang lang;
};

static void add_item(struct wording *w, uint16_t index)
{
    const struct item *const item = &w->items->at[index];
    const struct formula_figures *const f = w->figures;
    if (item->type == ITEM_ENUM)
        w->choice = item;
    if (!f) {
        buf_add(&w->out, item->zh.size ? item->zh : item->code);
        return;
    }
    const double *const column = f->frame ? f->frame->item[index] : NULL;
    const double value = item->level != ITEM_SCHOOL ? (f->county ? f->county[index] : BLANK) : column ? column[f->row] : BLANK;
    if (is_blank(value) || (item->type != ITEM_ENUM && item->type != ITEM_BOOLEAN && !text_equal(item->unit, TEXT("year"))))
        buf_add(&w->out, formula_figure(w->out.mem, value, w->lang));
    else if (item->type == ITEM_ENUM)
        buf_add(&w->out, words_figure(w->out.mem, item, value, TEXT("")));
    else
        buf_printf(&w->out, "%.0f", value); /* a flag stands against 1, a year takes no comma */
}

static void add_builtin(struct wording *w, enum builtin builtin)
{
    const double *const column = w->figures && w->figures->frame ? w->figures->frame->builtin[builtin] : NULL;
    if (!w->figures)
        buf_add(&w->out, builtin_words(builtin, w->lang));
    else
        buf_add(&w->out, formula_figure(w->out.mem, column ? column[w->figures->row] : BLANK, w->lang));
}

static void add_name(struct wording *w, struct text name)
{
    enum builtin builtin;
    const uint16_t item = item_find(w->items, name);
    const unsigned value = w->choice ? item_value(w->choice, name) : 0;
    if (item != NO_ITEM)
        add_item(w, item);
    else if (builtin_find(name, &builtin))
        add_builtin(w, builtin);
    else
        buf_add(&w->out, value ? w->choice->values[value - 1].zh : word_of(name, w->lang));
}

/* A number loses its unit in brackets. */
static size_t add_number(struct wording *w, struct text rest)
{
    size_t size = number_length(rest);
    double number;
    if (number_parse((struct text){ rest.at, size }, &number))
        buf_add(&w->out, number > 2000 && number < 2100 && floor(number) == number ? text_printf(w->out.mem, "%.0f", number)
                                                                                    : words_count(w->out.mem, number));
    if (size < rest.size && rest.at[size] == '[')
        while (size < rest.size && rest.at[size++] != ']')
            continue;
    return size;
}

static size_t add_sign(struct wording *w, struct text rest)
{
    static const struct { struct text sign, shown; } SIGNS[] = {
        { TEXT("<="), TEXT("≤") }, { TEXT(">="), TEXT("≥") }, { TEXT("<>"), TEXT("≠") },
        { TEXT("*"), TEXT("×") },  { TEXT("/"), TEXT("÷") },  { TEXT("-"), TEXT("−") },
    };
    for (size_t i = 0; i < COUNT(SIGNS); i++)
        if (text_starts(rest, SIGNS[i].sign)) {
            buf_add(&w->out, SIGNS[i].shown);
            return SIGNS[i].sign.size;
        }
    buf_byte(&w->out, *rest.at);
    return 1;
}

struct text formula_words(struct arena *mem, const struct item_list *items, struct text source, const struct item *choice,
                          const struct formula_figures *figures, enum lang lang)
{
    struct wording w = { { .mem = mem }, items, choice, figures, lang };
    for (size_t at = 0; at < source.size;) {
        const struct text rest = after(source, at);
        const size_t name = is_letter(*rest.at) ? name_size(rest) : 0;
        if (name == 3 && figures && figures->sum && text_starts(rest, TEXT("sum"))) {
            const struct text sum = { rest.at, call_size(rest) };
            buf_add(&w.out, formula_figure(mem, figures->sum(figures->context, sum), lang));
            at += sum.size;
        } else if (name) {
            add_name(&w, (struct text){ rest.at, name });
            at += name;
        } else {
            at += is_digit(*rest.at) ? add_number(&w, rest) : add_sign(&w, rest);
        }
    }
    return buf_text(&w.out);
}
