#include "import/annotate_edit.h"

#include "base/unicode.h"
#include "import/xml.h"

#include <string.h>

void edit_add(struct edits *edits, size_t at, size_t cut, struct text put)
{
    ARENA_ROOM(edits->mem, edits->at, edits->n, edits->capacity);
    size_t i = edits->n++;
    for (; i > 0 && edits->at[i - 1].at > at; i--)   /* they come nearly in order */
        edits->at[i] = edits->at[i - 1];
    edits->at[i] = (struct edit){ at, cut, put };
}

struct text edits_apply(struct arena *mem, struct text whole, const struct edits *edits)
{
    size_t size = whole.size;
    for (size_t i = 0; i < edits->n; i++)
        size += edits->at[i].put.size;
    char *const made = arena_alloc(mem, size);
    size_t from = 0, to = 0;
    for (size_t i = 0; i <= edits->n; i++) {
        const size_t until = i < edits->n ? edits->at[i].at : whole.size;
        if (until > from) {
            memcpy(made + to, whole.at + from, until - from);
            to += until - from;
            from = until;
        }
        if (i == edits->n)
            break;
        if (edits->at[i].put.size)
            memcpy(made + to, edits->at[i].put.at, edits->at[i].put.size);
        to += edits->at[i].put.size;
        from += edits->at[i].cut;
    }
    return (struct text){ made, to };
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t name_end(struct text tag)
{
    size_t i = 1;
    while (i < tag.size && !is_space(tag.at[i]) && tag.at[i] != '/' && tag.at[i] != '>')
        i++;
    return i;
}

/* Where an attribute stands: from the white space before it to behind its quote; its value within. */
struct place { size_t start, value, value_end, end; };

static bool find_attribute(struct text tag, const char *name, struct place *out)
{
    const struct text wanted = text_of(name);
    size_t i = name_end(tag);
    while (i < tag.size) {
        const size_t start = i;
        while (i < tag.size && is_space(tag.at[i]))
            i++;
        const size_t named = i;
        while (i < tag.size && tag.at[i] != '=' && !is_space(tag.at[i]) && tag.at[i] != '/' && tag.at[i] != '>')
            i++;
        struct text found = { tag.at + named, i - named };
        while (i < tag.size && tag.at[i] != '"' && tag.at[i] != '\'' && tag.at[i] != '>')
            i++;
        if (i >= tag.size || tag.at[i] == '>')
            return false;
        const char quote = tag.at[i];
        const size_t value = ++i;
        while (i < tag.size && tag.at[i] != quote)
            i++;
        const char *const colon = found.size ? memchr(found.at, ':', found.size) : NULL;
        if (colon)
            found = (struct text){ colon + 1, found.size - (size_t)(colon + 1 - found.at) };
        *out = (struct place){ start, value, i, i + 1 };
        if (text_equal(found, wanted))
            return true;
        i++;
    }
    return false;
}

struct text tag_attribute(struct text tag, const char *name)
{
    struct place place;
    if (!find_attribute(tag, name, &place))
        return TEXT("");
    return (struct text){ tag.at + place.value, place.value_end - place.value };
}

struct text tag_with(struct arena *mem, struct text tag, const char *name, const char *value)
{
    struct place place;
    if (find_attribute(tag, name, &place))
        return text_printf(mem, "%.*s%s%.*s", (int)place.value, tag.at, value, (int)(tag.size - place.value_end),
                           tag.at + place.value_end);
    const size_t end = name_end(tag);
    return text_printf(mem, "%.*s %s=\"%s\"%.*s", (int)end, tag.at, name, value, (int)(tag.size - end), tag.at + end);
}

struct text tag_without(struct arena *mem, struct text tag, const char *name)
{
    struct place place;
    if (!find_attribute(tag, name, &place))
        return tag;
    return text_printf(mem, "%.*s%.*s", (int)place.start, tag.at, (int)(tag.size - place.end), tag.at + place.end);
}

struct text tag_prefix(struct text tag)
{
    const size_t end = name_end(tag);
    const char *const colon = memchr(tag.at, ':', end);
    return colon ? (struct text){ tag.at + 1, (size_t)(colon - tag.at) } : TEXT("");
}

bool tag_is_empty(struct text tag)
{
    return text_ends(tag, TEXT("/>"));
}

struct text tag_opened(struct arena *mem, struct text tag)
{
    return tag_is_empty(tag) ? text_printf(mem, "%.*s>", (int)(tag.size - 2), tag.at) : tag;
}

struct text tag_end(struct arena *mem, struct text tag)
{
    return text_printf(mem, "</%.*s>", (int)(name_end(tag) - 1), tag.at + 1);
}

void xml_escape(struct buf *into, struct text text)
{
    while (text.size) {
        const uint32_t c = utf8_next(&text);
        if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\n' || c == '\t' || (c >= 127 && c != 0xFFFE && c != 0xFFFF))
            buf_printf(into, "&#x%X;", (unsigned)c);
        else if (c >= ' ' && c < 127)
            buf_byte(into, (char)c);
    }
}

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    (void)attributes;
    struct outline *const outline = context;
    if (xml_depth(xml) > outline->deepest)
        return;
    ARENA_ROOM(outline->mem, outline->at, outline->n, outline->capacity);
    const size_t start = xml_start(xml), end = xml_end(xml);
    outline->at[outline->n++] = (struct element){
        .name = text_copy(outline->mem, text_of(name)), .depth = xml_depth(xml), .start = start, .tag_end = end,
        .close = end, .end = 0,
    };
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    (void)name;
    struct outline *const outline = context;
    if (xml_depth(xml) > outline->deepest)
        return;
    struct element *element = &outline->at[outline->n - 1];   /* the last one of this depth is open */
    while (element->depth != xml_depth(xml))
        element--;
    const bool empty = tag_is_empty(outline_tag(outline, element));
    element->close = empty ? element->tag_end : xml_start(xml);
    element->end = empty ? element->tag_end : xml_end(xml);
}

bool outline_read(struct arena *mem, struct text part, const char *shown, unsigned deepest, struct outline *out, struct err *err)
{
    static const struct xml_handler handler = { on_open, on_close, NULL };
    *out = (struct outline){ .mem = mem, .part = part, .deepest = deepest };
    if (part.size >= 2 && (part.at[0] == '\0' || part.at[1] == '\0' || (unsigned char)part.at[0] >= 0xFE)) {
        err_set(err, ERR_INPUT, "工作簿的部件 %s 是 UTF-16 编码，不能在原文件上批注。", shown);
        return err_hint(err, "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，再用新存的文件。");
    }
    return xml_read_text(part, shown, &handler, out, err);
}

struct text outline_tag(const struct outline *outline, const struct element *element)
{
    return (struct text){ outline->part.at + element->start, element->tag_end - element->start };
}

const struct element *outline_find(const struct outline *outline, unsigned depth, const char *name)
{
    for (size_t i = 0; i < outline->n; i++)
        if (outline->at[i].depth == depth && text_equal(outline->at[i].name, text_of(name)))
            return &outline->at[i];
    return NULL;
}

void outline_append(const struct outline *outline, const struct element *into, struct text put, struct edits *edits)
{
    const struct text tag = outline_tag(outline, into);
    if (!tag_is_empty(tag)) {
        edit_add(edits, into->close, 0, put);
        return;
    }
    const struct text opened = tag_opened(edits->mem, tag), closed = tag_end(edits->mem, tag);
    edit_add(edits, into->start, tag.size, text_printf(edits->mem, "%.*s%.*s%.*s", TEXT_ARG(opened), TEXT_ARG(put), TEXT_ARG(closed)));
}
