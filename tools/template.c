/* template.c — turns web/templates into C: one function a template, escaping by where a value stands.
 *
 * template OUT.h OUT.c FILE.html …
 *
 * The HTML is read while building, so that a value inside <script>, on…=, style= or an unquoted attribute,
 * an inline script or style, an element that is not closed, are build errors with file and line; a field the
 * view lacks does not compile.  web/templates/README.md says how to write one. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPEN = 48, NAME = 32, MAX_BLOCKS = 48, MAX_TEMPLATES = 512 };

enum place { IN_TEXT, IN_TAG_NAME, IN_TAG, IN_NAME, AFTER_NAME, BEFORE_VALUE, IN_VALUE, IN_JSON, IN_EMPTY_SCRIPT };
enum attribute { PLAIN, URL, NO_VALUES };

/* Where in the HTML one is; a branch of an {{if}} must end where the other ends. */
struct state {
    enum place place;
    char tag[NAME];             /* the tag being read */
    char name[NAME];            /* the attribute being read */
    char quote;                 /* of the value being read */
    enum attribute attribute;
    bool begun;                 /* of a URL: something stands in it already */
    bool closing, slash;        /* </x>, and a / seen before the > */
    bool spaced;                /* white space since the last attribute */
    bool src, json;             /* <script>: has src=, is application/json */
    char type[NAME];            /* <script type=…> as read so far */
    int n_open;                 /* elements open, outermost first */
    char open[MAX_OPEN][NAME];
};

struct block { enum { IF, EACH } kind; int line; bool has_else, has_end; struct state start, end; char variable[NAME]; };

struct reader {
    const char *file;
    const char *text, *at, *end;
    int line;
    struct state state;
    struct block blocks[MAX_BLOCKS];
    int n_blocks;
    char *literal;              /* HTML not yet written */
    size_t n_literal;
    bool inside;                /* a template has begun */
    bool fresh;                 /* … and nothing stands in it yet */
    bool unbalanced;            /* it opens what another closes */
    FILE *h, *c;
};

static char templates[MAX_TEMPLATES][NAME * 2];
static int n_templates;

__attribute__((noreturn, format(printf, 2, 3))) static void fail(const struct reader *r, const char *what, ...)
{
    va_list arguments;
    va_start(arguments, what);
    fprintf(stderr, "%s:%d: ", r->file, r->line);
    vfprintf(stderr, what, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static bool one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* ---- the HTML --------------------------------------------------------------------------------- */

static const char *const VOID_ELEMENTS[] = { "area", "br", "col", "hr", "img", "input", "link", "meta",
                                             "source", "track", "wbr", "!doctype", NULL };
static const char *const URL_ATTRIBUTES[] = { "href", "src", "action", "formaction", "poster", "cite", "data",
                                              "xlink:href", "hx-get", "hx-post", "hx-put", "hx-patch",
                                              "hx-delete", "hx-push-url", "hx-replace-url", NULL };
static const char *const FORBIDDEN_ELEMENTS[] = { "style", "base", "object", "embed", "iframe", "frame", NULL };

static void add_literal(struct reader *r, char byte)
{
    if ((r->n_literal & (r->n_literal - 1)) == 0) {
        r->literal = realloc(r->literal, r->n_literal ? r->n_literal * 2 : 1);
        if (!r->literal)
            fail(r, "out of memory");
    }
    r->literal[r->n_literal++] = byte;
}

static void append(const struct reader *r, char *name, char byte)
{
    const size_t size = strlen(name);
    if (size + 1 >= NAME)
        fail(r, "name too long: %s…", name);
    name[size] = (char)tolower((unsigned char)byte);
    name[size + 1] = 0;
}

static bool is_open(const struct state *s, const char *name)
{
    for (int i = 0; i < s->n_open; i++)
        if (strcmp(s->open[i], name) == 0)
            return true;
    return false;
}

static void check_attribute(const struct reader *r, struct state *s)
{
    const char *const name = s->name;
    if (name[0] == 'o' && name[1] == 'n')
        fail(r, "%s=: scripts live in web/assets, not in attributes", name);
    if (strncmp(name, "hx-on", 5) == 0 || strcmp(name, "hx-vars") == 0)
        fail(r, "%s=: needs eval, which the content security policy forbids", name);
    if (strcmp(name, "style") == 0)
        fail(r, "style=: the content security policy forbids it; use a class");
    if (strcmp(name, "srcdoc") == 0 || strcmp(name, "srcset") == 0)
        fail(r, "%s= is not used here", name);
    if (s->closing)
        fail(r, "</%s> has an attribute", s->tag);
    s->attribute = PLAIN;
    if (one_of(name, URL_ATTRIBUTES))
        s->attribute = URL;
    else if (strcmp(name, "hx-vals") == 0 || strcmp(name, "hx-headers") == 0 || strcmp(name, "http-equiv") == 0 ||
             (strcmp(s->tag, "script") == 0 && strcmp(name, "type") == 0))
        s->attribute = NO_VALUES;
    if (strcmp(name, "src") == 0)
        s->src = true;
}

/* The > of a tag. */
static void end_tag(const struct reader *r, struct state *s)
{
    s->place = IN_TEXT;
    if (s->closing) {
        if (s->n_open == 0) {
            if (!r->unbalanced)
                fail(r, "</%s> closes nothing", s->tag);
            return;
        }
        if (strcmp(s->open[s->n_open - 1], s->tag) != 0)
            fail(r, "</%s> where </%s> is due", s->tag, s->open[s->n_open - 1]);
        s->n_open--;
        return;
    }
    if (one_of(s->tag, FORBIDDEN_ELEMENTS))
        fail(r, "<%s> is not allowed in a page (content security policy)", s->tag);
    if (one_of(s->tag, VOID_ELEMENTS))
        return;
    if (s->slash) {
        if (!is_open(s, "svg"))
            fail(r, "<%s/>: HTML knows no self-closing <%s>", s->tag, s->tag);
        return;
    }
    if (s->n_open == MAX_OPEN)
        fail(r, "more than %d elements inside each other", MAX_OPEN);
    memcpy(s->open[s->n_open++], s->tag, NAME);
    if (strcmp(s->tag, "script") == 0) {
        if (!s->json && !s->src)
            fail(r, "inline <script>: put it into web/assets, or data into <script type=\"application/json\">");
        s->place = s->json ? IN_JSON : IN_EMPTY_SCRIPT;
    }
}

/* An attribute without a value is over. */
static void end_bare_attribute(const struct reader *r, struct state *s)
{
    check_attribute(r, s);
    s->name[0] = 0;
    s->spaced = s->place == AFTER_NAME;
    s->place = IN_TAG;
}

static void between_attributes(const struct reader *r, struct state *s, char byte)
{
    if (isspace((unsigned char)byte)) {
        s->spaced = true;
    } else if (byte == '>') {
        end_tag(r, s);
    } else if (byte == '/') {
        s->slash = true;
    } else if (strchr("\"'=<", byte)) {
        fail(r, "%c in the tag <%s>", byte, s->tag);
    } else if (!s->spaced) {
        fail(r, "a space is missing between the attributes of <%s>", s->tag);
    } else {
        append(r, s->name, byte);
        s->place = IN_NAME;
    }
}

/* One byte of HTML moves the state on. */
static void step(struct reader *r, char byte)
{
    struct state *const s = &r->state;
    const bool space = isspace((unsigned char)byte) != 0;
    switch (s->place) {
    case IN_TEXT:
        if (byte == '<') {
            const char next = r->at + 1 < r->end ? r->at[1] : 0;
            const bool closing = next == '/';
            const char first = closing && r->at + 2 < r->end ? r->at[2] : next;
            if (!isalpha((unsigned char)first) && (closing || first != '!'))
                fail(r, "a lone <: write &lt;");
            s->place = IN_TAG_NAME;
            s->closing = closing, s->slash = s->src = s->json = s->spaced = false;
            s->tag[0] = s->type[0] = s->name[0] = 0;
        }
        break;
    case IN_TAG_NAME:
        if (!space && byte != '>' && byte != '/') {
            append(r, s->tag, byte);
            break;
        }
        if (byte == '/' && !s->tag[0])  /* the / of </x> */
            break;
        s->place = IN_TAG;
        between_attributes(r, s, byte);
        break;
    case IN_TAG: between_attributes(r, s, byte); break;
    case IN_NAME:
    case AFTER_NAME:
        if (byte == '=') {
            check_attribute(r, s);
            s->place = BEFORE_VALUE;
        } else if (space) {
            s->place = AFTER_NAME;
        } else if (byte == '>' || byte == '/' || s->place == AFTER_NAME) {
            end_bare_attribute(r, s);
            between_attributes(r, s, byte);
        } else {
            append(r, s->name, byte);
        }
        break;
    case BEFORE_VALUE:
        if (space)
            break;
        if (byte != '"' && byte != '\'')
            fail(r, "%s= of <%s>: the value is not in quotes", s->name, s->tag);
        s->quote = byte;
        s->begun = false;
        s->place = IN_VALUE;
        break;
    case IN_VALUE:
        if (byte == s->quote) {
            if (strcmp(s->tag, "script") == 0 && strcmp(s->name, "type") == 0)
                s->json = strcmp(s->type, "application/json") == 0;
            s->name[0] = 0;
            s->spaced = false;
            s->place = IN_TAG;
            break;
        }
        if (s->attribute == URL && !s->begun &&
            (strncmp(r->at, "javascript:", 11) == 0 || strncmp(r->at, "data:", 5) == 0))
            fail(r, "%s= begins with a scheme that runs code", s->name);
        if (strcmp(s->name, "hx-vals") == 0 && !s->begun && strncmp(r->at, "js:", 3) == 0)
            fail(r, "hx-vals=\"js:…\" needs eval, which the content security policy forbids");
        s->begun = true;
        if (strcmp(s->tag, "script") == 0 && strcmp(s->name, "type") == 0)
            append(r, s->type, byte);
        break;
    case IN_JSON:
    case IN_EMPTY_SCRIPT:
        if (byte == '<') {
            if (strncmp(r->at, "</script>", 9) != 0)
                fail(r, "< inside a <script>");
            s->place = IN_TAG_NAME;
            s->closing = true, s->slash = s->spaced = false, s->tag[0] = s->name[0] = 0;
        } else if (s->place == IN_EMPTY_SCRIPT && !space) {
            fail(r, "a <script> with src= has nothing inside");
        }
        break;
    }
}

static bool keeps_spaces(const struct state *s)
{
    return s->place != IN_TEXT || is_open(s, "pre") || is_open(s, "textarea");
}

/* A run of HTML up to the next {{ or the end. */
static void read_html(struct reader *r)
{
    while (r->at < r->end && strncmp(r->at, "{{", 2) != 0) {
        if (r->state.place == IN_TEXT && strncmp(r->at, "<!--", 4) == 0)
            fail(r, "a comment readers would be sent: write {{-- … --}}");
        const char byte = *r->at;
        if (!r->inside && !isspace((unsigned char)byte))
            fail(r, "HTML before the first {{# template …}}");
        /* A run of white space with a line break in it is one line break. */
        if (isspace((unsigned char)byte) && !keeps_spaces(&r->state)) {
            bool breaks = false;
            while (r->at < r->end && isspace((unsigned char)*r->at)) {
                breaks |= *r->at == '\n';
                r->line += *r->at++ == '\n';
            }
            if (!r->fresh && (r->n_literal == 0 || !isspace((unsigned char)r->literal[r->n_literal - 1])))
                add_literal(r, breaks ? '\n' : ' ');
            continue;
        }
        if (r->inside)
            step(r, byte);
        r->fresh = false;
        add_literal(r, byte);
        r->line += byte == '\n';
        r->at++;
    }
}

static void flush_literal(struct reader *r)
{
    size_t from = 0;
    if (!r->inside)
        r->n_literal = 0;
    while (from < r->n_literal) {
        const size_t left = r->n_literal - from, size = left > 2000 ? 2000 : left;
        fprintf(r->c, "    html_raw(html, \"");
        for (size_t i = from; i < from + size; i++) {
            const unsigned char byte = (unsigned char)r->literal[i];
            if (byte == '\n')
                fputs("\\n", r->c);
            else if (byte == '"' || byte == '\\')
                fprintf(r->c, "\\%c", byte);
            else if (byte < 0x20 || byte >= 0x7f)
                fprintf(r->c, "\\%03o", byte);
            else
                fputc(byte, r->c);
        }
        fprintf(r->c, "\", %zu);\n", size);
        from += size;
    }
    r->n_literal = 0;
}

/* ---- the directives --------------------------------------------------------------------------- */

/* A part of the source. */
struct part { const char *at; size_t size; };
#define PART(part) (int)(part).size, (part).at

static struct part trimmed(struct part part)
{
    while (part.size && isspace((unsigned char)part.at[0]))
        part.at++, part.size--;
    while (part.size && isspace((unsigned char)part.at[part.size - 1]))
        part.size--;
    return part;
}

static bool starts(struct part part, const char *with)
{
    return part.size >= strlen(with) && memcmp(part.at, with, strlen(with)) == 0;
}

static bool is(struct part part, const char *word)
{
    return part.size == strlen(word) && starts(part, word);
}

static struct part after(struct part part, size_t size)
{
    return trimmed((struct part){ part.at + size, part.size - size });
}

/* Cuts the next word off: up to white space outside brackets and quotes. */
static bool next_word(const struct reader *r, struct part *rest, struct part *word_out)
{
    *rest = trimmed(*rest);
    if (!rest->size)
        return false;
    int depth = 0;
    char quote = 0;
    size_t i = 0;
    for (; i < rest->size; i++) {
        const char byte = rest->at[i];
        if (quote) {
            if (byte == '\\')
                i++;
            else if (byte == quote)
                quote = 0;
        } else if (byte == '"' || byte == '\'') {
            quote = byte;
        } else if (byte == '(' || byte == '[') {
            depth++;
        } else if (byte == ')' || byte == ']') {
            depth--;
        } else if (isspace((unsigned char)byte) && depth == 0) {
            break;
        }
    }
    if (depth || quote)
        fail(r, "brackets or quotes do not match: %.*s", PART(*rest));
    *word_out = (struct part){ rest->at, i };
    *rest = (struct part){ rest->at + i, rest->size - i };
    return true;
}

static bool is_name(struct part part)
{
    for (size_t i = 0; i < part.size; i++)
        if (!(islower((unsigned char)part.at[i]) || part.at[i] == '_' || (i && isdigit((unsigned char)part.at[i]))))
            return false;
    return part.size > 0 && part.size < NAME;
}

static void check_expression(const struct reader *r, struct part expression)
{
    if (!expression.size)
        fail(r, "nothing between {{ and }}");
    for (size_t i = 0; i < expression.size; i++)
        if (strchr(";{}", expression.at[i]))
            fail(r, "%c in an expression: %.*s", expression.at[i], PART(expression));
}

/* The C that follows comes from this line of the template: a compiler's word about it names that line. */
static void mark_line(const struct reader *r)
{
    fprintf(r->c, "#line %d \"%s\"\n", r->line, r->file);
}

static bool same_state(const struct state *a, const struct state *b)
{
    if (a->place != b->place || a->n_open != b->n_open)
        return false;
    for (int i = 0; i < a->n_open; i++)
        if (strcmp(a->open[i], b->open[i]) != 0)
            return false;
    if (a->place == IN_TEXT || a->place == IN_JSON || a->place == IN_EMPTY_SCRIPT)
        return true;
    if (strcmp(a->tag, b->tag) != 0 || a->closing != b->closing || a->src != b->src || a->json != b->json || a->slash != b->slash)
        return false;
    return a->place != IN_VALUE || (strcmp(a->name, b->name) == 0 && a->quote == b->quote &&
                                    (a->attribute != URL || a->begun == b->begun));
}

static void write_template_begin(struct reader *r, struct part header)
{
    const char *const open = memchr(header.at, '(', header.size);
    const char *close = open;
    for (int depth = 0; close && close < header.at + header.size; close++) {
        depth += *close == '(';
        depth -= *close == ')';
        if (depth == 0)
            break;
    }
    if (!open || close >= header.at + header.size)
        fail(r, "write {{# template name(const struct view_x *v) include \"web/view_x.h\"}}");
    const struct part name = trimmed((struct part){ header.at, (size_t)(open - header.at) });
    const struct part parameters = trimmed((struct part){ open + 1, (size_t)(close - open - 1) });
    if (!is_name(name))
        fail(r, "%.*s is not a name (a–z, 0–9, _)", PART(name));
    for (int i = 0; i < n_templates; i++)
        if (is(name, templates[i]))
            fail(r, "there are two templates %.*s", PART(name));
    if (n_templates == MAX_TEMPLATES)
        fail(r, "more than %d templates", MAX_TEMPLATES);
    snprintf(templates[n_templates++], sizeof templates[0], "%.*s", PART(name));
    r->unbalanced = false;
    struct part rest = after(header, (size_t)(close + 1 - header.at)), word;
    while (next_word(r, &rest, &word)) {
        if (is(word, "unbalanced")) {
            r->unbalanced = true;
        } else if (is(word, "include")) {
            if (!next_word(r, &rest, &word) || word.at[0] != '"')
                fail(r, "include needs a \"header.h\"");
            fprintf(r->h, "#include %.*s\n", PART(word));
        } else {
            fail(r, "template %.*s: what is %.*s?", PART(name), PART(word));
        }
    }
    fprintf(r->h, "void template_%.*s(struct html *html%s%.*s);\n", PART(name), parameters.size ? ", " : "",
            PART(parameters));
    fprintf(r->c, "\n");
    mark_line(r);
    fprintf(r->c, "void template_%.*s(struct html *html%s%.*s)\n{\n", PART(name), parameters.size ? ", " : "",
            PART(parameters));
    /* A template may leave a parameter aside. */
    for (const char *at = parameters.at; at && at < parameters.at + parameters.size; at++) {
        const char *end = at;
        while (end < parameters.at + parameters.size && *end != ',')
            end++;
        const char *last = end;
        while (last > at && isspace((unsigned char)last[-1]))
            last--;
        const char *first = last;
        while (first > at && (isalnum((unsigned char)first[-1]) || first[-1] == '_'))
            first--;
        fprintf(r->c, "    (void)%.*s;\n", (int)(last - first), first);
        at = end;
    }
    r->inside = r->fresh = true;
    memset(&r->state, 0, sizeof r->state);
}

static void write_template_end(struct reader *r)
{
    /* No line break at the end of a template: it may stand inside a sentence. */
    while (r->n_literal && isspace((unsigned char)r->literal[r->n_literal - 1]))
        r->n_literal--;
    flush_literal(r);
    if (r->n_blocks) {
        const struct block *const block = &r->blocks[r->n_blocks - 1];
        fail(r, "the {{%s}} of line %d has no {{/%s}}", block->kind == IF ? "if" : "each", block->line,
             block->kind == IF ? "if" : "each");
    }
    if (r->state.place != IN_TEXT)
        fail(r, "the template ends inside <%s>", r->state.tag);
    if (r->state.n_open && !r->unbalanced)
        fail(r, "<%s> is not closed", r->state.open[r->state.n_open - 1]);
    fprintf(r->c, "}\n");
    r->inside = false;
}

static void begin_block(struct reader *r, int kind)
{
    if (r->n_blocks == MAX_BLOCKS)
        fail(r, "more than %d blocks inside each other", MAX_BLOCKS);
    struct block *const block = &r->blocks[r->n_blocks++];
    memset(block, 0, sizeof *block);
    block->kind = kind == IF ? IF : EACH;
    block->line = r->line;
    block->start = r->state;
}

/* The block that {{what}} belongs to. */
static struct block *innermost(struct reader *r, int kind, const char *what)
{
    if (!r->n_blocks || (int)r->blocks[r->n_blocks - 1].kind != kind)
        fail(r, "{{%s}} without its beginning", what);
    return &r->blocks[r->n_blocks - 1];
}

/* {{each s : v->schools[v->n]}}, {{each s, i : …}} */
static void write_each(struct reader *r, struct part rest)
{
    const char *const colon = memchr(rest.at, ':', rest.size);
    const char *close = rest.at + rest.size - 1;
    if (!colon || *close != ']')
        fail(r, "write {{each s : v->schools[v->n]}}");
    const char *open = close;
    int depth = 0;
    for (; open > colon; open--) {
        depth += *open == ']';
        depth -= *open == '[';
        if (depth == 0)
            break;
    }
    struct part variable = trimmed((struct part){ rest.at, (size_t)(colon - rest.at) }), index = { NULL, 0 };
    const char *const comma = memchr(variable.at, ',', variable.size);
    if (comma) {
        index = after(variable, (size_t)(comma + 1 - variable.at));
        variable = trimmed((struct part){ variable.at, (size_t)(comma - variable.at) });
    }
    const struct part array = trimmed((struct part){ colon + 1, (size_t)(open - colon - 1) });
    const struct part count = trimmed((struct part){ open + 1, (size_t)(close - open - 1) });
    if (!is_name(variable) || (comma && !is_name(index)) || !array.size || !count.size)
        fail(r, "write {{each s : v->schools[v->n]}}");
    check_expression(r, array);
    check_expression(r, count);
    begin_block(r, EACH);
    snprintf(r->blocks[r->n_blocks - 1].variable, NAME, "%.*s", PART(variable));
    mark_line(r);
    fprintf(r->c, "    const size_t n_of_%.*s = (size_t)(%.*s);\n", PART(variable), PART(count));
    char counter[NAME + 8];
    if (comma)
        snprintf(counter, sizeof counter, "%.*s", PART(index));
    else
        snprintf(counter, sizeof counter, "at_%.*s", PART(variable));
    fprintf(r->c, "    for (size_t %s = 0; %s < n_of_%.*s; %s++) {\n", counter, counter, PART(variable), counter);
    fprintf(r->c, "    const __typeof__((%.*s)[0]) *const %.*s = &(%.*s)[%s]; (void)%.*s;\n", PART(array),
            PART(variable), PART(array), counter, PART(variable));
}

/* A branch of an {{if}} is over: all must end in the same place. */
static void end_branch(struct reader *r, struct block *block)
{
    if (block->has_else)
        fail(r, "the {{if}} of line %d has had its {{else}}", block->line);
    if (block->has_end && !same_state(&block->end, &r->state))
        fail(r, "the branches of the {{if}} of line %d end in different places", block->line);
    block->end = r->state;
    block->has_end = true;
    r->state = block->start;
}

static void read_else(struct reader *r)
{
    if (!r->n_blocks)
        fail(r, "{{else}} without its beginning");
    struct block *const block = &r->blocks[r->n_blocks - 1];
    if (block->has_else)
        fail(r, "a second {{else}}");
    if (block->kind == IF) {
        end_branch(r, block);
        fprintf(r->c, "    } else {\n");
    } else {
        if (!same_state(&block->start, &r->state))
            fail(r, "what {{each}} of line %d repeats does not end where it began", block->line);
        fprintf(r->c, "    }\n    if (!n_of_%s) {\n", block->variable);
        r->state = block->start;
    }
    block->has_else = true;
}

static void end_block(struct reader *r, int kind)
{
    struct block *const block = innermost(r, kind, kind == IF ? "/if" : "/each");
    /* Without an {{else}} nothing may have been written at all; with one, all branches agree. */
    const bool may_be_skipped = kind == EACH || !block->has_else;
    if ((may_be_skipped && !same_state(&block->start, &r->state)) ||
        (block->has_end && !same_state(&block->end, &r->state)))
        fail(r, "the {{%s}} of line %d does not always leave the HTML in the same place", kind == IF ? "if" : "each",
             block->line);
    r->state.spaced &= block->start.spaced && (!block->has_end || block->end.spaced);
    fprintf(r->c, kind == EACH ? "    }\n    }\n" : "    }\n");
    r->n_blocks--;
}

/* How the value is escaped where it stands; fails where no value may stand. */
static const char *escape_here(struct reader *r)
{
    struct state *const s = &r->state;
    switch (s->place) {
    case IN_TEXT: return "HTML_TEXT";
    case IN_VALUE:
        if (s->attribute == NO_VALUES)
            fail(r, "no value may stand in %s=", s->name);
        if (s->attribute == URL) {
            const bool begun = s->begun;
            s->begun = true;
            return begun ? "HTML_URL_PART" : "HTML_URL";
        }
        s->begun = true;
        return "HTML_ATTRIBUTE";
    case IN_JSON: fail(r, "inside <script type=\"application/json\"> only {{json …}} may stand");
    case IN_EMPTY_SCRIPT: fail(r, "a value inside <script>");
    case BEFORE_VALUE: fail(r, "a value in an attribute without quotes (%s=)", s->name);
    case IN_TAG_NAME:
    case IN_TAG:
    case IN_NAME:
    case AFTER_NAME: break;
    }
    fail(r, "a value inside the tag <%s>, outside an attribute's value", s->tag);
}

/* {{t overview.found v->n v->name}} */
static void write_text(struct reader *r, struct part rest)
{
    struct part key, argument;
    if (!next_word(r, &rest, &key))
        fail(r, "{{t}} needs a key");
    char name[128] = "T_";
    size_t size = 2;
    for (size_t i = 0; i < key.size; i++) {
        const char byte = key.at[i];
        if (!islower((unsigned char)byte) && !isdigit((unsigned char)byte) && byte != '.' && byte != '_')
            fail(r, "%.*s is not a key of web/texts", PART(key));
        if (size + 1 < sizeof name)
            name[size++] = byte == '.' ? '_' : (char)toupper((unsigned char)byte);
    }
    name[size] = 0;
    const char *const place = escape_here(r);
    if (strncmp(place, "HTML_URL", 8) == 0)
        fail(r, "{{t}} in a URL");
    const bool in_text = strcmp(place, "HTML_TEXT") == 0;
    struct part counted = rest;
    int n = 0;
    while (next_word(r, &counted, &argument))
        n++;
    mark_line(r);
    fprintf(r->c, "    _Static_assert(%s_TAKES == %d, \"the text %.*s takes another number of arguments\");\n", name, n,
            PART(key));
    fprintf(r->c, "    %s(html, %s, ", in_text ? "html_say" : "html_say_attribute", name);
    if (!n)
        fprintf(r->c, "NULL, 0");
    else
        fprintf(r->c, "(const struct text[]){ ");
    for (int i = 0; next_word(r, &rest, &argument); i++) {
        check_expression(r, argument);
        fprintf(r->c, "%sSAY(html, %.*s)", i ? ", " : "", PART(argument));
    }
    fprintf(r->c, n ? " }, %d);\n" : ");\n", n);
}

static void only_in_text(const struct reader *r, const char *what)
{
    if (r->state.place != IN_TEXT)
        fail(r, "%s may stand only between elements", what);
}

static void read_directive(struct reader *r)
{
    if (strncmp(r->at, "{{--", 4) == 0) {
        const char *const end = strstr(r->at, "--}}");
        if (!end)
            fail(r, "{{-- without --}}");
        for (; r->at < end + 4; r->at++)
            r->line += *r->at == '\n';
        return;
    }
    const char *end = r->at + 2;
    for (char quote = 0; end < r->end && (quote || strncmp(end, "}}", 2) != 0); end++) {
        if (quote)
            quote = *end == quote ? 0 : quote;
        else if (*end == '"')
            quote = *end;
    }
    if (end >= r->end)
        fail(r, "{{ without }}");
    const struct part all = trimmed((struct part){ r->at + 2, (size_t)(end - r->at - 2) });
    struct part rest = all, word;
    if (starts(all, "# template")) {
        if (r->inside)
            write_template_end(r);
        r->n_literal = 0;
        write_template_begin(r, after(all, strlen("# template")));
    } else if (!r->inside) {
        fail(r, "{{%.*s}} before the first {{# template …}}", PART(all));
    } else if (!next_word(r, &rest, &word)) {
        fail(r, "nothing between {{ and }}");
    } else {
        rest = trimmed(rest);
        flush_literal(r);
        r->fresh = false;
        if (r->state.place == IN_TAG_NAME)
            r->state.place = IN_TAG;
        else if (r->state.place == IN_NAME || r->state.place == AFTER_NAME)
            end_bare_attribute(r, &r->state);
        if (is(word, "if")) {
            check_expression(r, rest);
            begin_block(r, IF);
            mark_line(r);
            fprintf(r->c, "    if (%.*s) {\n", PART(rest));
        } else if (is(word, "elif")) {
            end_branch(r, innermost(r, IF, "elif"));
            check_expression(r, rest);
            mark_line(r);
            fprintf(r->c, "    } else if (%.*s) {\n", PART(rest));
        } else if (is(word, "else")) {
            read_else(r);
        } else if (is(word, "/if")) {
            end_block(r, IF);
        } else if (is(word, "each")) {
            fprintf(r->c, "    {\n");
            write_each(r, rest);
        } else if (is(word, "/each")) {
            end_block(r, EACH);
        } else if (is(word, "t")) {
            write_text(r, rest);
        } else if (all.at[0] == '>') {
            only_in_text(r, "another template");
            const struct part call = after(all, 1);
            const char *const open = memchr(call.at, '(', call.size);
            if (!open || call.at[call.size - 1] != ')')
                fail(r, "write {{> name(v->part)}}");
            const struct part arguments = trimmed((struct part){ open + 1, (size_t)(call.at + call.size - open - 2) });
            mark_line(r);
            fprintf(r->c, "    template_%.*s(html%s%.*s);\n", (int)(open - call.at), call.at, arguments.size ? ", " : "",
                    PART(arguments));
        } else if (is(word, "svg")) {
            only_in_text(r, "{{svg …}}");
            check_expression(r, rest);
            mark_line(r);
            fprintf(r->c, "    html_svg(html, %.*s);\n", PART(rest));
        } else if (is(word, "asset")) {
            if (strcmp(escape_here(r), "HTML_URL") != 0)
                fail(r, "{{asset …}} is a whole URL: src=\"{{asset junheng.js}}\"");
            mark_line(r);
            fprintf(r->c, "    html_url(html, asset_path(ASSET_");
            for (size_t i = 0; i < rest.size; i++)
                fputc(isalnum((unsigned char)rest.at[i]) ? toupper((unsigned char)rest.at[i]) : '_', r->c);
            fprintf(r->c, "));\n");
        } else if (is(word, "json")) {
            if (r->state.place != IN_JSON)
                fail(r, "{{json …}} may stand only inside <script type=\"application/json\">");
            check_expression(r, rest);
            mark_line(r);
            fprintf(r->c, "    html_json(html, %.*s);\n", PART(rest));
        } else {
            check_expression(r, all);
            const char *const escape = escape_here(r);
            mark_line(r);
            fprintf(r->c, "    %s(html, (%.*s));\n", escape, PART(all));
        }
    }
    for (; r->at < end + 2; r->at++)
        r->line += *r->at == '\n';
}

static char *read_file(const char *path, size_t *size_out)
{
    FILE *const in = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0, room = 0;
    int byte;
    while (in && (byte = fgetc(in)) != EOF) {
        if (size + 2 > room) {
            room = room ? room * 2 : 4096;
            text = realloc(text, room);
            if (!text)
                exit(1);
        }
        text[size++] = (char)byte;
    }
    if (!in || fclose(in) || !text) {
        fprintf(stderr, "%s:1: cannot be read, or is empty\n", path);
        exit(1);
    }
    text[size] = 0;
    *size_out = size;
    return text;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: template OUT.h OUT.c FILE.html…\n");
        return 2;
    }
    FILE *const h = fopen(argv[1], "wb"), *const c = fopen(argv[2], "wb");
    if (!h || !c) {
        fprintf(stderr, "template: cannot write %s\n", argv[h ? 2 : 1]);
        return 1;
    }
    fputs("/* made by tools/template.c from web/templates */\n#pragma once\n#include \"web/html.h\"\n", h);
    const char *const slash = strrchr(argv[1], '/');
    fprintf(c, "/* made by tools/template.c from web/templates */\n#include \"made/%s\"\n\n#include \"made/templates.h\"\n", slash ? slash + 1 : argv[1]);
    fputs("#include \"web/assets.h\"\n#include \"web/say.h\"\n", c);
    static struct reader r;
    for (int i = 3; i < argc; i++) {
        size_t size;
        char *const text = read_file(argv[i], &size);
        r = (struct reader){ .file = argv[i], .text = text, .at = text, .end = text + size, .line = 1, .h = h, .c = c,
                             .literal = r.literal };
        r.n_literal = 0;
        while (r.at < r.end) {
            read_html(&r);
            if (r.at < r.end)
                read_directive(&r);
        }
        if (!r.inside)
            fail(&r, "no {{# template …}} in this file");
        write_template_end(&r);
        free(text);
    }
    free(r.literal);
    const bool written = !ferror(h) && !ferror(c);
    if ((fclose(h) | fclose(c)) || !written) {
        fprintf(stderr, "template: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
