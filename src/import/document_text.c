#include "import/document_text.h"

#include "base/unicode.h"
#include "import/xml.h"

#include <string.h>

enum { MOST_PAGES = 480 };

/* How a kind of document writes its text: elements of text, elements that end a line. */
struct writing {
    const char *text, *line;
    bool word;                 /* tabs and line breaks are elements */
};
static const struct writing OFFICE = { "t", "p", true }, STRINGS = { "t", "si", false }, OFD = { "TextCode", "TextObject", false };

struct reading {
    const struct writing *writing;
    struct buf *out;
    unsigned in_text, passed_over;  /* depth of the element inside which we are; 0: none */
};

static bool full(const struct reading *r)
{
    return r->out->size >= DOCUMENT_MOST_TEXT;
}

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct reading *const r = context;
    (void)attributes;
    if (full(r)) {
        xml_stop(xml);
    } else if (r->passed_over) {
        return;
    } else if (strcmp(name, "Fallback") == 0 || strcmp(name, "rPh") == 0) {
        r->passed_over = xml_depth(xml); /* the same once more for older programs; how it is read */
    } else if (!r->in_text && strcmp(name, r->writing->text) == 0) {
        r->in_text = xml_depth(xml);
    } else if (r->writing->word && (strcmp(name, "tab") == 0 || strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)) {
        buf_byte(r->out, name[0] == 't' ? '\t' : '\n');
    }
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    struct reading *const r = context;
    if (r->passed_over == xml_depth(xml))
        r->passed_over = 0;
    else if (r->in_text == xml_depth(xml))
        r->in_text = 0;
    else if (!r->passed_over && strcmp(name, r->writing->line) == 0 && r->out->size && r->out->at[r->out->size - 1] != '\n')
        buf_byte(r->out, '\n');
}

static void on_text(void *context, struct xml *xml, struct text text)
{
    struct reading *const r = context;
    (void)xml;
    if (r->in_text && !r->passed_over && !full(r))
        buf_add(r->out, text);
}

static const struct xml_handler HANDLER = { on_open, on_close, on_text };

static bool read_part(struct package *package, const char *path, const struct writing *writing, struct buf *out, bool *found_out, struct err *err)
{
    const size_t part = package_find(package, text_of(path));
    struct reading r = { .writing = writing, .out = out };
    *found_out = part != NO_PART;
    return !*found_out || xml_read(package, part, &HANDLER, &r, err);
}

/* Parts that are numbered: slides, pages. */
static bool read_numbered(struct arena *mem, struct package *package, const char *before, unsigned first, const char *behind,
                          const struct writing *writing, struct buf *out, uint32_t *pages_out, struct err *err)
{
    for (unsigned i = first; i < first + MOST_PAGES; i++) {
        bool found;
        if (!read_part(package, arena_printf(mem, "%s%u%s", before, i, behind), writing, out, &found, err))
            return false;
        if (!found)
            break;
        ++*pages_out;
    }
    return true;
}

/* A text may not be cut within a character. */
static struct text whole_characters(struct text text)
{
    if (text.size > DOCUMENT_MOST_TEXT)
        text.size = DOCUMENT_MOST_TEXT;
    while (text.size && !utf8_valid(text))
        text.size--;
    return text;
}

bool document_has_text(enum document_kind kind)
{
    return kind == DOCUMENT_DOCX || kind == DOCUMENT_PPTX || kind == DOCUMENT_XLSX || kind == DOCUMENT_OFD;
}

bool document_text(struct arena *mem, struct text bytes, enum document_kind kind, struct text *out, uint32_t *pages_out, struct err *err)
{
    struct package *package;
    struct buf text = { .mem = mem };
    bool found, ok = false;
    *pages_out = 0;
    if (!package_open(mem, bytes, &package, err))
        return false;
    switch (kind) {
    case DOCUMENT_DOCX:
        ok = read_part(package, "word/document.xml", &OFFICE, &text, &found, err) &&
             (found || package_damaged(err, "里面没有正文")) && read_part(package, "word/footnotes.xml", &OFFICE, &text, &found, err);
        break;
    case DOCUMENT_PPTX: ok = read_numbered(mem, package, "ppt/slides/slide", 1, ".xml", &OFFICE, &text, pages_out, err); break;
    case DOCUMENT_XLSX: ok = read_part(package, "xl/sharedStrings.xml", &STRINGS, &text, &found, err); break;
    case DOCUMENT_OFD: ok = read_numbered(mem, package, "Doc_0/Pages/Page_", 0, "/Content.xml", &OFD, &text, pages_out, err); break;
    default: ok = true; break;
    }
    *out = whole_characters(buf_text(&text));
    return ok;
}
