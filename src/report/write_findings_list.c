#include "report/write_findings_list.h"

#include "base/number.h"
#include "report/csv_field.h"
#include "report/table.h"

struct text finding_level_code(enum finding_level level)
{
    return level == FINDING_ERROR ? TEXT("error") : level == FINDING_WARNING ? TEXT("warning") : TEXT("note");
}

/* How often each rule was seen; beyond MOST_RULES all others count as one. */
enum { MOST_RULES = 256 };
struct rule_count { struct text rule[MOST_RULES]; size_t count[MOST_RULES], n; };

static size_t *count_of(struct rule_count *rules, struct text rule)
{
    size_t i = 0;
    while (i < rules->n && !text_equal(rules->rule[i], rule))
        i++;
    if (i == rules->n && rules->n < MOST_RULES) {
        rules->rule[i] = rule;
        rules->n++;
    }
    return &rules->count[i < MOST_RULES ? i : MOST_RULES - 1];
}

static void write_line(struct out *out, const struct finding *finding, bool colour, struct arena *scratch)
{
    static const struct { struct text word; enum tone tone; } LEVELS[] = {
        [FINDING_ERROR] = { TEXT("错误"), TONE_FAILING },
        [FINDING_WARNING] = { TEXT("提醒"), TONE_NEAR },
        [FINDING_NOTE] = { TEXT("说明"), TONE_QUIET },
    };
    const struct arena_mark mark = arena_mark(scratch);
    tone_write(out, LEVELS[finding->level].word, LEVELS[finding->level].tone, colour);
    out_byte(out, ' ');
    shown_write(out, finding_sentence(scratch, finding));
    out_byte(out, '\n');
    arena_rewind(scratch, mark);
}

static void write_remainder(struct out *out, const struct findings *f, size_t held_back)
{
    if (held_back)
        out_printf(out, "……另有 %zu 处与上面的同类；用 junheng check 逐处列出。\n", held_back);
    if (f->dropped)
        out_printf(out, "……问题太多，还有 %zu 处没有记下。\n", f->dropped);
}

void findings_as_lines(struct out *out, const struct findings *f, size_t most, bool colour, struct arena *scratch)
{
    struct rule_count rules = { .n = 0 };
    size_t held_back = 0;
    for (int level = FINDING_ERROR; level <= FINDING_NOTE; level++)
        for (size_t i = 0; i < f->n; i++) {
            if ((int)f->at[i].level != level)
                continue;
            if (++*count_of(&rules, f->at[i].rule) > most)
                held_back++;
            else
                write_line(out, &f->at[i], colour, scratch);
        }
    write_remainder(out, f, held_back);
}

/* The headings nobody reads, each once: 序号、备注 … */
static void write_unused(struct out *out, const struct findings *f, struct arena *scratch)
{
    enum { MOST_NAMED = 60 };
    const struct arena_mark mark = arena_mark(scratch);
    struct text named[MOST_NAMED];
    size_t n = 0, more = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (!text_equal(f->at[i].rule, TEXT("header.unused")))
            continue;
        size_t k = 0;
        while (k < n && !text_equal(named[k], f->at[i].read))
            k++;
        if (k < n)
            continue;
        if (n < MOST_NAMED)
            named[n++] = f->at[i].read;
        else
            more++;
    }
    if (n) {
        struct buf line = { .mem = scratch };
        for (size_t k = 0; k < n; k++)
            buf_printf(&line, "%s“%.*s”", k ? "、" : "", TEXT_ARG(named[k]));
        if (more)
            buf_printf(&line, " 等（另有 %zu 个）", more);
        out_string(out, "没有读取的列（不是指标）：");
        shown_write(out, buf_text(&line));
        out_string(out, "\n");
    }
    arena_rewind(scratch, mark);
}

void findings_in_short(struct out *out, const struct findings *f, size_t most, bool colour, struct arena *scratch)
{
    struct rule_count rules = { .n = 0 };
    size_t held_back = 0, passed_over = 0;
    for (int level = FINDING_ERROR; level <= FINDING_NOTE; level++)
        for (size_t i = 0; i < f->n; i++) {
            if ((int)f->at[i].level != level || text_equal(f->at[i].rule, TEXT("header.unused")))
                continue;
            if (level == FINDING_NOTE && !text_equal(f->at[i].rule, TEXT("header.guess")))
                passed_over++;
            else if (++*count_of(&rules, f->at[i].rule) > most)
                held_back++;
            else
                write_line(out, &f->at[i], colour, scratch);
        }
    write_unused(out, f, scratch);
    if (passed_over)
        out_printf(out, "另有 %zu 处说明（合计行、说明文字等没有读取）；用 junheng check 逐处列出。\n", passed_over);
    write_remainder(out, f, held_back);
}

void findings_as_csv(struct out *out, const struct findings *f, struct arena *scratch)
{
    out_string(out, "level,rule,file,sheet,row,column,cell,school,item,read,expected,mend\n");
    for (size_t i = 0; i < f->n; i++) {
        const struct arena_mark mark = arena_mark(scratch);
        const struct finding *at = &f->at[i];
        char cell[16];
        cell_name(cell, at->row, at->column);
        struct buf line = { .mem = scratch };
        buf_add(&line, finding_level_code(at->level));
        const struct text fields[] = {
            at->rule, at->file, at->sheet,
            at->row ? text_printf(scratch, "%u", at->row) : TEXT(""), at->column ? text_printf(scratch, "%u", at->column) : TEXT(""),
            text_of(cell), at->school, at->item, at->read, at->expected, at->mend,
        };
        for (size_t k = 0; k < COUNT(fields); k++) {
            buf_byte(&line, ',');
            csv_add_safely(&line, fields[k]);
        }
        buf_byte(&line, '\n');
        out_text(out, buf_text(&line));
        arena_rewind(scratch, mark);
    }
}

void findings_as_json(struct out *out, const char *key, const struct findings *f, struct arena *scratch)
{
    json_array(out, key);
    for (size_t i = 0; i < f->n; i++) {
        const struct arena_mark mark = arena_mark(scratch);
        const struct finding *at = &f->at[i];
        char cell[16];
        json_object(out, NULL);
        json_text(out, "level", finding_level_code(at->level));
        json_text(out, "rule", at->rule);
        json_text(out, "file", at->file);
        json_text(out, "sheet", at->sheet);
        json_number(out, "row", at->row ? at->row : BLANK);
        json_number(out, "column", at->column ? at->column : BLANK);
        json_text(out, "cell", text_of(cell_name(cell, at->row, at->column)));
        json_text(out, "school", at->school);
        json_text(out, "item", at->item);
        json_text(out, "read", at->read);
        json_text(out, "expected", at->expected);
        json_text(out, "mend", at->mend);
        json_text(out, "message", finding_sentence(scratch, at));
        json_end(out);
        arena_rewind(scratch, mark);
    }
    json_end(out);
}

struct text findings_tally(struct arena *mem, const struct findings *f)
{
    static const struct { enum finding_level level; const char *words; } LEVELS[] = {
        { FINDING_ERROR, "处错误" }, { FINDING_WARNING, "处提醒" }, { FINDING_NOTE, "处说明" },
    };
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < COUNT(LEVELS); i++) {
        const size_t n = finding_count(f, LEVELS[i].level);
        if (n)
            buf_printf(&out, "%s%zu %s", out.size ? "、" : "", n, LEVELS[i].words);
    }
    return out.size ? buf_text(&out) : TEXT("没有发现问题");
}
