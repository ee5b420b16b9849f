#include "report/doc_words.h"

#include "base/unicode.h"

#define OPEN TEXT("〔")
#define CLOSE TEXT("〕")
#define BAR TEXT("｜")

/* ── writing ── */

/* Words as they stand, with a '\' where they would be read as a sign. */
static void put_plain(struct buf *out, struct text words, bool at_start)
{
    const bool bars = text_find(words, BAR, NULL);
    struct text rest = words;
    while (rest.size) {
        if (text_starts(rest, OPEN) && (bars || !text_find(rest, CLOSE, NULL))) {
            buf_byte(out, '\\');
            buf_add(out, OPEN);
            rest.at += OPEN.size;
            rest.size -= OPEN.size;
        } else {
            const char c = *rest.at;
            const bool starts = at_start && rest.at == words.at && (c == '#' || c == '>' || c == '-');
            if (c == '\\' || c == '*' || starts)
                buf_byte(out, '\\');
            buf_byte(out, c == '\n' || c == '\r' ? ' ' : c);
            rest.at++;
            rest.size--;
        }
    }
}

static void put_spans(struct buf *out, const struct doc_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++) {
        const struct doc_span *s = &spans->at[i];
        if (s->kind == DOC_FIGURE)
            buf_printf(out, "〔%.*s｜%.*s〕", TEXT_ARG(s->text), TEXT_ARG(s->key));
        else if (s->kind == DOC_STRONG) {
            buf_add(out, TEXT("**"));
            put_plain(out, s->text, false);
            buf_add(out, TEXT("**"));
        } else
            put_plain(out, s->text, i == 0);
    }
}

struct text doc_words_write(struct arena *mem, const struct doc_section *section)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < section->n; i++) {
        const struct doc_block *b = &section->blocks[i];
        if (i)
            buf_byte(&out, '\n');
        switch (b->kind) {
        case DOC_PARAGRAPH: put_spans(&out, &b->spans); break;
        case DOC_HEADING: buf_add(&out, TEXT("## ")); put_spans(&out, &b->spans); break;
        case DOC_NOTE: buf_add(&out, TEXT("> ")); put_spans(&out, &b->spans); break;
        case DOC_TABLE: buf_printf(&out, "〔表：%.*s｜%.*s〕", TEXT_ARG(b->table->caption), TEXT_ARG(b->id)); break;
        case DOC_CHART: buf_printf(&out, "〔图：%.*s｜%.*s〕", TEXT_ARG(b->caption), TEXT_ARG(b->id)); break;
        case DOC_PAGE_BREAK: buf_add(&out, TEXT("---")); break;
        }
    }
    return buf_text(&out);
}

/* ── reading ── */

struct reading {
    struct arena *mem;
    const struct doc_section *draft;
    struct doc *doc;              /* holds nothing: the blocks grow in it */
    struct doc_section *section;
    size_t line;
    struct err *err;
};

static struct text from(struct text text, size_t at)
{
    return (struct text){ text.at + at, text.size - at };
}

/* The inside of 〔…｜…〕 that begins at *rest; false where it is no such thing. */
static bool bracket(struct text rest, struct text *before_out, struct text *after_out, size_t *size_out)
{
    size_t close, bar;
    if (!text_starts(rest, OPEN) || !text_find(rest, CLOSE, &close))
        return false;
    const struct text inside = { rest.at + OPEN.size, close - OPEN.size };
    if (!text_find(inside, BAR, &bar) || text_find(inside, OPEN, NULL))
        return false;
    *before_out = (struct text){ inside.at, bar };
    *after_out = from(inside, bar + BAR.size);
    *size_out = close + CLOSE.size;
    return true;
}

static bool key_is_one(struct text key)
{
    bool colon = false;
    for (size_t i = 0; i < key.size; i++) {
        colon |= key.at[i] == ':';
        if ((unsigned char)key.at[i] <= ' ' || key.at[i] == '"' || key.at[i] == '<')
            return false;
    }
    return colon && key.size <= 400;
}

static void put_words(struct reading *r, struct doc_spans *spans, struct buf *plain, bool strong)
{
    const enum doc_span_kind kind = strong ? DOC_STRONG : DOC_TEXT;
    if (plain->size && spans->n && spans->at[spans->n - 1].kind == kind) /* only ** stood between them */
        spans->at[spans->n - 1].text = text_printf(r->mem, "%.*s%.*s", TEXT_ARG(spans->at[spans->n - 1].text), TEXT_ARG(buf_text(plain)));
    else if (strong)
        doc_strong(r->mem, spans, text_copy(r->mem, buf_text(plain)));
    else
        doc_say(r->mem, spans, text_copy(r->mem, buf_text(plain)));
    *plain = (struct buf){ .mem = r->mem };
}

static bool read_figure(struct reading *r, struct doc_spans *spans, struct text words, struct text key)
{
    if (!words.size) {
        err_set(r->err, ERR_INPUT, "第 %zu 行有一处〔｜%.*s〕没有数。", r->line, (int)(key.size < 80 ? key.size : 80), key.at);
        return err_hint(r->err, "请在｜前面写上数，或把整个〔…〕删去。");
    }
    if (text_starts(words, TEXT("表：")) || text_starts(words, TEXT("图："))) {
        err_set(r->err, ERR_INPUT, "第 %zu 行的%.*s没有单独成行。", r->line, (int)(words.size < 80 ? words.size : 80), words.at);
        return err_hint(r->err, "请把〔表：…〕、〔图：…〕放在自己的一行，前后不要有别的字。");
    }
    if (!key_is_one(key)) {
        err_set(r->err, ERR_INPUT, "第 %zu 行〔%.*s｜…〕里，｜后面的来源读不懂。", r->line, (int)(words.size < 80 ? words.size : 80), words.at);
        return err_hint(r->err, "｜后面的字不要改；请从草稿里重新复制这个〔…〕，或去掉〔｜〕只留数。");
    }
    doc_figure(r->mem, spans, text_copy(r->mem, words), text_copy(r->mem, key));
    return true;
}

static bool unclosed(struct reading *r)
{
    err_set(r->err, ERR_INPUT, "第 %zu 行有一个〔…｜没有配上〕。", r->line);
    return err_hint(r->err, "请补上〕，或把〔改成 \\〔。");
}

/* A '\' before anything else is a '\'. */
static bool is_escaped(struct text rest)
{
    return *rest.at == '\\' && rest.size > 1 && (strchr("\\*#>-", rest.at[1]) ? rest.at[1] != '\0' : text_starts(from(rest, 1), OPEN));
}

/* Blanks at the ends of a line are none of its words. */
static void trim_ends(struct doc_spans *spans)
{
    while (spans->n && spans->at[0].kind == DOC_TEXT) {
        struct text *const first = &spans->at[0].text;
        *first = from(*first, (size_t)(text_trim(*first).at - first->at));
        if (text_trim(*first).size)
            break;
        spans->at++;
        spans->n--;
        spans->capacity--;
    }
    while (spans->n && spans->at[spans->n - 1].kind == DOC_TEXT) {
        struct text *const last = &spans->at[spans->n - 1].text;
        const struct text kept = text_trim(*last);
        last->size = kept.size ? (size_t)(kept.at + kept.size - last->at) : 0;
        if (last->size)
            break;
        spans->n--;
    }
}

static bool read_spans(struct reading *r, struct text rest, struct doc_spans *spans)
{
    struct buf plain = { .mem = r->mem };
    bool strong = false;
    while (rest.size) {
        struct text words, key;
        size_t size;
        if (is_escaped(rest)) {
            rest = from(rest, 1);
            size = text_starts(rest, OPEN) ? OPEN.size : 1;
            buf_add(&plain, (struct text){ rest.at, size });
        } else if (text_starts(rest, TEXT("**"))) {
            size = 2;
            put_words(r, spans, &plain, strong);
            strong = !strong;
        } else if (bracket(rest, &words, &key, &size)) {
            put_words(r, spans, &plain, strong);
            if (!read_figure(r, spans, words, key))
                return false;
        } else {
            if (text_starts(rest, OPEN) && !text_find(rest, CLOSE, NULL) && text_find(rest, BAR, NULL))
                return unclosed(r);
            size = 1;
            buf_byte(&plain, *rest.at);
        }
        rest = from(rest, size);
    }
    if (strong) {
        err_set(r->err, ERR_INPUT, "第 %zu 行的粗体 ** 没有配对。", r->line);
        return err_hint(r->err, "请在粗体的结尾补上 **，或删去多的 **。");
    }
    put_words(r, spans, &plain, false);
    trim_ends(spans);
    return true;
}

/* 〔表：…｜id〕 alone on its line. */
static bool read_kept(struct reading *r, enum doc_block_kind kind, struct text id)
{
    for (size_t i = 0; i < r->draft->n; i++)
        if (r->draft->blocks[i].kind == kind && text_equal(r->draft->blocks[i].id, id)) {
            *doc_block(r->doc, r->section, kind) = r->draft->blocks[i];
            return true;
        }
    err_set(r->err, ERR_INPUT, "第 %zu 行：草稿的这一节里没有编号为“%.*s”的%s。", r->line, (int)(id.size < 80 ? id.size : 80), id.at,
            kind == DOC_TABLE ? "表" : "图");
    return err_hint(r->err, "｜后面的编号不要改；表和图只能用这一节草稿里有的。不要它，就把这一行删去。");
}

static bool read_line(struct reading *r, struct text line)
{
    struct text words, id;
    size_t size;
    if (!line.size)
        return true;
    if (text_equal(line, TEXT("---"))) {
        doc_block(r->doc, r->section, DOC_PAGE_BREAK);
        return true;
    }
    if (bracket(line, &words, &id, &size) && size == line.size) {
        if (text_starts(words, TEXT("表：")))
            return read_kept(r, DOC_TABLE, id);
        if (text_starts(words, TEXT("图：")))
            return read_kept(r, DOC_CHART, id);
    }
    enum doc_block_kind kind = DOC_PARAGRAPH;
    if (text_starts(line, TEXT("## "))) {
        kind = DOC_HEADING;
        line = text_trim(from(line, 3));
    } else if (text_starts(line, TEXT("> "))) {
        kind = DOC_NOTE;
        line = text_trim(from(line, 2));
    }
    struct doc_spans spans = { 0 };
    if (!read_spans(r, line, &spans))
        return false;
    if (spans.n)
        doc_block(r->doc, r->section, kind)->spans = spans;
    return true;
}

bool doc_words_read(struct arena *mem, struct text words, const struct doc_section *draft, struct doc_section **out, struct err *err)
{
    if (words.size > DOC_WORDS_MOST) {
        err_set(err, ERR_LIMIT, "这一节超过 %d 千字节。", DOC_WORDS_MOST / 1024);
        return err_hint(err, "请删短一些；大段材料放进佐证，不要放进报告。");
    }
    if (!utf8_valid(words)) {
        err_set(err, ERR_INPUT, "这一节的文字不是 UTF-8 编码。");
        return err_hint(err, "请在网页里重新粘贴这一节的文字。");
    }
    size_t line_of = 1;
    for (size_t i = 0; i < words.size; i++) {
        const unsigned char c = (unsigned char)words.at[i];
        line_of += c == '\n';
        if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
            err_set(err, ERR_INPUT, "第 %zu 行有看不见的控制字符。", line_of);
            return err_hint(err, "多半是从别的程序粘贴来的：请删去那一段，用“只粘贴文字”再贴一次。");
        }
    }
    struct reading r = { .mem = mem, .draft = draft, .doc = doc_new(mem, TEXT("")), .err = err };
    r.section = doc_add(r.doc, draft->id, draft->level, draft->heading);
    struct text rest = words, line;
    while (text_split(&rest, '\n', &line)) {
        r.line++;
        if (!read_line(&r, text_trim(line)))
            return false;
    }
    *out = r.section;
    return true;
}
