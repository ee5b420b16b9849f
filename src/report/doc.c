#include "report/doc.h"

#include "base/err.h"
#include "base/unicode.h"

#include <stdlib.h>

/* ── making ── */

struct doc *doc_new(struct arena *mem, struct text title)
{
    struct doc *doc = arena_make(mem, struct doc);
    *doc = (struct doc){ .mem = mem, .title = title };
    return doc;
}

struct doc_section *doc_add(struct doc *doc, struct text id, unsigned level, struct text heading)
{
    ARENA_ROOM(doc->mem, doc->sections, doc->n, doc->capacity);
    struct doc_section *section = arena_make(doc->mem, struct doc_section);
    *section = (struct doc_section){ .id = id, .level = level, .heading = heading };
    return doc->sections[doc->n++] = section;
}

struct doc_block *doc_block(struct doc *doc, struct doc_section *section, enum doc_block_kind kind)
{
    ARENA_ROOM(doc->mem, section->blocks, section->n, section->capacity);
    struct doc_block *block = &section->blocks[section->n++];
    *block = (struct doc_block){ .kind = kind };
    return block;
}

struct doc_spans *doc_paragraph(struct doc *doc, struct doc_section *section)
{
    return &doc_block(doc, section, DOC_PARAGRAPH)->spans;
}

static void add_span(struct arena *mem, struct doc_spans *spans, struct doc_span span)
{
    if (!span.text.size)
        return;
    ARENA_ROOM(mem, spans->at, spans->n, spans->capacity);
    spans->at[spans->n++] = span;
}

void doc_say(struct arena *mem, struct doc_spans *spans, struct text words)
{
    add_span(mem, spans, (struct doc_span){ DOC_TEXT, words, TEXT("") });
}

void doc_strong(struct arena *mem, struct doc_spans *spans, struct text words)
{
    add_span(mem, spans, (struct doc_span){ DOC_STRONG, words, TEXT("") });
}

void doc_figure(struct arena *mem, struct doc_spans *spans, struct text words, struct text key)
{
    add_span(mem, spans, (struct doc_span){ key.size ? DOC_FIGURE : DOC_TEXT, words, key });
}

/* ── numbers in a sentence ── */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The number that begins at `at`: digits with commas, one point, a percent sign. */
static size_t number_size(struct text s, size_t at)
{
    size_t i = at;
    while (i < s.size && (is_digit(s.at[i]) || ((s.at[i] == ',' || s.at[i] == '.') && i + 1 < s.size && is_digit(s.at[i + 1]))))
        i++;
    return i - at + (i < s.size && s.at[i] == '%');
}

static bool behind(struct text s, size_t at, const char *const *words, size_t n)
{
    while (at && s.at[at - 1] == ' ')
        at--;
    for (size_t i = 0; i < n; i++)
        if (text_ends((struct text){ s.at, at }, text_of(words[i])))
            return true;
    return false;
}

static bool before(struct text s, size_t at, const char *const *words, size_t n)
{
    while (at < s.size && s.at[at] == ' ')
        at++;
    for (size_t i = 0; i < n; i++)
        if (text_starts((struct text){ s.at + at, s.size - at }, text_of(words[i])))
            return true;
    return false;
}

/* Whether the number is none of the data's: what a standard asks, a year, a part of a name. */
static bool is_words(struct text s, size_t at, size_t size)
{
    static const char *const ASKED[] = { "上限", "不低于", "不高于", "不超过", "不少于", "不到", "以上", "低于", "超过", "高于", "小于", "达到标准的", "达到",
                                         "每", "≥", "≤", "<", ">", "/", "-", "—" },
                      *const NAMED[] = { "学年", "年", "月", "日", "/", "平方米以上", "平方米以下", "人以上", "人以下", "人及以上", "-", "号", "学时", "%底线" };
    const char last = at ? s.at[at - 1] : ' ', next = at + size < s.size ? s.at[at + size] : ' ';
    return is_letter(last) || is_letter(next) || behind(s, at, ASKED, COUNT(ASKED)) || before(s, at + size, NAMED, COUNT(NAMED));
}

void doc_numbers(struct arena *mem, struct doc_spans *spans, struct text s, struct text key, const char *facet)
{
    size_t from = 0, n = 0;
    for (size_t at = 0; at < s.size;) {
        if (!is_digit(s.at[at])) {
            at++;
            continue;
        }
        const size_t size = number_size(s, at);
        if (!is_words(s, at, size)) {
            doc_say(mem, spans, (struct text){ s.at + from, at - from });
            doc_figure(mem, spans, (struct text){ s.at + at, size },
                       key.size ? text_printf(mem, "%.*s#%s%zu", TEXT_ARG(key), facet, ++n) : key);
            from = at + size;
        }
        at += size;
    }
    doc_say(mem, spans, (struct text){ s.at + from, s.size - from });
}

/* ── tables and charts ── */

struct doc_table *doc_table(struct doc *doc, struct doc_section *section, struct text id, struct text caption, size_t n_columns,
                            size_t n_rows, size_t n_heads)
{
    struct doc_table *table = arena_make(doc->mem, struct doc_table);
    *table = (struct doc_table){ .caption = caption, .n_columns = n_columns, .n_rows = n_rows, .n_heads = n_heads,
                                 .width = arena_array(doc->mem, n_columns, double),
                                 .cells = arena_array(doc->mem, n_columns * n_rows, struct doc_cell) };
    for (size_t i = 0; i < n_columns; i++)
        table->width[i] = 4;
    for (size_t i = 0; i < n_columns * n_rows; i++)
        table->cells[i] = (struct doc_cell){ .across = 1, .down = 1, .align = DOC_CENTRE };
    struct doc_block *block = doc_block(doc, section, DOC_TABLE);
    block->id = id;
    block->table = table;
    return table;
}

struct doc_cell *doc_at(struct doc_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->n_columns + column];
}

void doc_put(struct arena *mem, struct doc_table *table, size_t row, size_t column, enum doc_align align, struct text words)
{
    struct doc_cell *cell = doc_at(table, row, column);
    cell->align = align;
    doc_say(mem, &cell->spans, words);
}

void doc_put_figure(struct arena *mem, struct doc_table *table, size_t row, size_t column, struct text words, struct text key)
{
    struct doc_cell *cell = doc_at(table, row, column);
    cell->align = DOC_CENTRE;
    doc_figure(mem, &cell->spans, words, key);
}

void doc_merge(struct doc_table *table, size_t row, size_t column, size_t across, size_t down)
{
    for (size_t r = row; r < row + down; r++)
        for (size_t i = column; i < column + across; i++)
            doc_at(table, r, i)->across = doc_at(table, r, i)->down = 0;
    doc_at(table, row, column)->across = (unsigned)across;
    doc_at(table, row, column)->down = (unsigned)down;
}

void doc_chart(struct doc *doc, struct doc_section *section, struct text id, struct text caption, struct drawing *chart)
{
    struct doc_block *block = doc_block(doc, section, DOC_CHART);
    block->id = id;
    block->caption = caption;
    block->chart = chart;
}

/* ── reading ── */

struct doc_section *doc_find(const struct doc *doc, struct text id)
{
    for (size_t i = 0; i < doc->n; i++)
        if (text_equal(doc->sections[i]->id, id))
            return doc->sections[i];
    return NULL;
}

typedef bool span_function(void *context, const struct doc_span *span);

/* Calls `each` with every span until it says false. */
static void walk_spans(const struct doc *doc, span_function *each, void *context)
{
    for (size_t s = 0; s < doc->n; s++)
        for (size_t b = 0; b < doc->sections[s]->n; b++) {
            const struct doc_block *block = &doc->sections[s]->blocks[b];
            for (size_t i = 0; i < block->spans.n; i++)
                if (!each(context, &block->spans.at[i]))
                    return;
            for (size_t cell = 0; block->table && cell < block->table->n_rows * block->table->n_columns; cell++)
                for (size_t i = 0; i < block->table->cells[cell].spans.n; i++)
                    if (!each(context, &block->table->cells[cell].spans.at[i]))
                        return;
        }
}

struct looking { struct text key, words; bool found; };

static bool look(void *context, const struct doc_span *span)
{
    struct looking *l = context;
    l->found = span->kind == DOC_FIGURE && text_equal(span->key, l->key);
    if (l->found)
        l->words = span->text;
    return !l->found;
}

bool doc_worded(const struct doc *doc, struct text key, struct text *words_out)
{
    struct looking l = { .key = key };
    walk_spans(doc, look, &l);
    if (l.found)
        *words_out = l.words;
    return l.found;
}

static bool count_figure(void *context, const struct doc_span *span)
{
    *(size_t *)context += span->kind == DOC_FIGURE;
    return true;
}

static bool take_figure(void *context, const struct doc_span *span)
{
    struct doc_figures *all = context;
    if (span->kind == DOC_FIGURE)
        all->at[all->n++] = *span;
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct doc_span *x = a, *y = b;
    const int order = text_compare(x->key, y->key);
    return order ? order : text_compare(x->text, y->text);
}

struct doc_figures doc_figures(const struct doc *doc, struct arena *mem)
{
    size_t n = 0;
    walk_spans(doc, count_figure, &n);
    struct doc_figures all = { .at = arena_array(mem, n, struct doc_span) };
    walk_spans(doc, take_figure, &all);
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, by_key);
    n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (!n || !text_equal(all.at[n - 1].key, all.at[i].key))
            all.at[n++] = all.at[i];
    all.n = n;
    return all;
}

static struct text chinese_number(struct arena *mem, unsigned n)
{
    static const char *const DIGITS[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    if (n < 10)
        return text_of(DIGITS[n]);
    const unsigned tens = n / 10 % 10;
    if (n < 100)
        return text_printf(mem, "%s十%s", tens > 1 ? DIGITS[tens] : "", DIGITS[n % 10]);
    return text_printf(mem, "%s百%s%s%s", DIGITS[n / 100 % 10], tens ? DIGITS[tens] : n % 10 ? "零" : "", tens ? "十" : "", DIGITS[n % 10]);
}

struct text doc_number(const struct doc *doc, size_t section, struct arena *mem)
{
    const unsigned level = doc->sections[section]->level;
    unsigned n = 1;
    if (!level)
        return TEXT("");
    for (size_t i = section; i-- && doc->sections[i]->level >= level;)
        n += doc->sections[i]->level == level;
    switch (level) {
    case 1: return text_printf(mem, "%.*s、", TEXT_ARG(chinese_number(mem, n)));
    case 2: return text_printf(mem, "（%.*s）", TEXT_ARG(chinese_number(mem, n)));
    case 3: return text_printf(mem, "%u.", n);
    default: return text_printf(mem, "（%u）", n);
    }
}

struct text doc_caption_number(const struct doc *doc, size_t section, size_t block, struct arena *mem)
{
    const enum doc_block_kind kind = doc->sections[section]->blocks[block].kind;
    size_t n = 0;
    for (size_t s = 0; s <= section; s++)
        for (size_t b = 0; b < (s == section ? block + 1 : doc->sections[s]->n); b++)
            n += doc->sections[s]->blocks[b].kind == kind;
    return text_printf(mem, kind == DOC_CHART ? "图 %zu" : "表 %zu", n);
}

struct text doc_title(const struct doc *doc, struct arena *mem)
{
    struct buf out = { .mem = mem };
    struct text rest = doc->title, line;
    while (text_split(&rest, '\n', &line))
        buf_add(&out, line);
    return buf_text(&out);
}

struct text doc_plain(struct arena *mem, const struct doc_spans *spans)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < spans->n; i++)
        buf_add(&out, spans->at[i].text);
    return buf_text(&out);
}

struct text doc_key(struct text key)
{
    size_t facet;
    return text_find(key, TEXT("#"), &facet) ? (struct text){ key.at, facet } : key;
}

struct text doc_link(const struct doc *doc, struct text key, struct arena *mem)
{
    if (!key.size)
        return TEXT("");
    struct buf out = { .mem = mem };
    buf_printf(&out, "%.*s/lineage?of=", TEXT_ARG(doc->address));
    const struct text of = doc_key(key);
    for (size_t i = 0; i < of.size; i++) {
        const char c = of.at[i];
        if (is_digit(c) || is_letter(c) || c == '-' || c == '_' || c == '.' || c == '~')
            buf_byte(&out, c);
        else
            buf_printf(&out, "%%%02X", (unsigned)(unsigned char)c);
    }
    return buf_text(&out);
}
