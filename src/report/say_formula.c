#include "report/say_formula.h"

#include "base/err.h"
#include "report/compose_figures.h"
#include "report/words.h"

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct text name_of(struct arena *mem, const struct edition *e, struct text word, bool english)
{
    static const struct { struct text word, zh; } WORDS[] = {
        { TEXT("and"), TEXT("且") },           { TEXT("or"), TEXT("或") },            { TEXT("not"), TEXT("非") },
        { TEXT("max"), TEXT("取大") },         { TEXT("min"), TEXT("取小") },         { TEXT("ceil"), TEXT("进一取整") },
        { TEXT("floor"), TEXT("舍去取整") },   { TEXT("sum"), TEXT("各校合计") },     { TEXT("if"), TEXT("若") },
        { TEXT("all"), TEXT("都成立") },       { TEXT("any"), TEXT("任一成立") },     { TEXT("given"), TEXT("有数则取") },
        { TEXT("has_primary"), TEXT("有小学") }, { TEXT("has_junior"), TEXT("有初中") }, { TEXT("assessed"), TEXT("参加评估") },
        { TEXT("year"), TEXT("学年") },
    };
    const uint16_t item = item_find(&e->items, word);
    if (item != NO_ITEM)
        return say_item(mem, &e->items.at[item], english);
    for (size_t i = 0; i < COUNT(WORDS) && !english; i++)
        if (text_equal(WORDS[i].word, word))
            return WORDS[i].zh;
    return word;
}

struct text say_formula(struct arena *mem, const struct edition *e, struct text formula, bool english)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < formula.size;) {
        const char c = formula.at[i];
        size_t end = i + 1;
        if (letter(c)) {
            while (end < formula.size && (letter(formula.at[end]) || digit(formula.at[end])))
                end++;
            buf_add(&out, name_of(mem, e, (struct text){ formula.at + i, end - i }, english));
        } else if (c == '[') { /* the unit of a number */
            while (end < formula.size && formula.at[end - 1] != ']')
                end++;
        } else if (text_starts((struct text){ formula.at + i, formula.size - i }, TEXT(" >= "))) {
            buf_add(&out, TEXT(" ≥ "));
            end = i + 4;
        } else if (text_starts((struct text){ formula.at + i, formula.size - i }, TEXT(" <= "))) {
            buf_add(&out, TEXT(" ≤ "));
            end = i + 4;
        } else if (text_starts((struct text){ formula.at + i, formula.size - i }, TEXT(" <> "))) {
            buf_add(&out, TEXT(" ≠ "));
            end = i + 4;
        } else {
            buf_add(&out, c == '*' ? TEXT("×") : c == '/' ? TEXT("÷") : c == '-' ? TEXT("−") : c == ';' && !english ? TEXT("；")
                          : c == '(' && !english ? TEXT("（") : c == ')' && !english ? TEXT("）") : (struct text){ formula.at + i, 1 });
        }
        i = end;
        if (c == ';' && !english && i < formula.size && formula.at[i] == ' ')
            i++; /* the full-width sign brings its own gap */
    }
    return buf_text(&out);
}

struct text say_level_formula(struct arena *mem, const struct edition *e, enum stage stage, const struct level *level, bool english)
{
    const struct text amount = say_formula(mem, e, level->formula, english);
    const struct text pupils = e->pupils[stage] == NO_ITEM ? TEXT("") : say_item(mem, &e->items.at[e->pupils[stage]], english);
    const bool whole = !text_find(level->formula, TEXT(" "), NULL) || text_starts(level->formula, TEXT("max("));
    return text_printf(mem, "%s%.*s%s%s ÷ %.*s", whole ? "" : english ? "(" : "（", TEXT_ARG(amount), whole ? "" : english ? ")" : "）",
                       level->per > 1 ? arena_printf(mem, " × %.0f", level->per) : "", TEXT_ARG(pupils));
}

struct text say_split(struct arena *mem, const struct edition *e, const struct level *level, bool english)
{
    if (!level->shared)
        return TEXT("");
    return text_printf(mem, english ? "What several stages share is split by pupils × %.*s : %.*s : %.*s."
                                    : "几个学段共用的，先按学生数 × %.*s : %.*s : %.*s（小学、初中、高中）分到各学段。",
                       TEXT_ARG(words_count(mem, e->weight[0])), TEXT_ARG(words_count(mem, e->weight[1])), TEXT_ARG(words_count(mem, e->weight[2])));
}
