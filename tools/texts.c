/* texts.c — turns web/texts into C: every text that readers see, by key, in every language.
 *
 * texts OUT.h OUT.c FILE.csv …
 *
 * A table has the columns key,zh,en; a key begins with the table's name (overview.csv: overview.title).
 * A key twice, a translation that is missing, a {1} that one language has and the other has not, are build
 * errors with file and line. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXTS = 4096, FIELD = 2048, KEY = 96 };

struct row { char key[KEY], name[KEY + 2]; char *zh, *en; const char *file; int line, takes; };

static struct row rows[MAX_TEXTS];
static int n_rows;

__attribute__((noreturn, format(printf, 3, 4))) static void fail(const char *file, int line, const char *what, ...)
{
    va_list arguments;
    va_start(arguments, what);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, what, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

/* Reads one field of RFC 4180; returns what ended it: ',', '\n' or EOF. */
static int read_field(FILE *in, char *into, const char *file, int *line)
{
    size_t size = 0;
    bool quoted = false, was_quoted = false;
    for (;;) {
        int byte = fgetc(in);
        *line += byte == '\n';
        if (byte == '"' && (quoted || size == 0)) {
            if (!quoted) {
                quoted = was_quoted = true;
                continue;
            }
            byte = fgetc(in);
            if (byte != '"') {
                quoted = false;
                *line += byte == '\n';
            }
        } else if (byte == '"') {
            fail(file, *line, "a \" in the middle of a field: quote the whole field and double it");
        }
        if (byte == '\r')
            continue;
        if (byte == EOF && quoted)
            fail(file, *line, "a field is not closed by \"");
        if (!quoted && (byte == ',' || byte == '\n' || byte == EOF)) {
            into[size] = 0;
            return byte;
        }
        if (was_quoted && !quoted)
            fail(file, *line, "something stands behind the closing \"");
        if (size + 1 >= FIELD)
            fail(file, *line, "a text of more than %d bytes", FIELD);
        into[size++] = (char)byte;
    }
}

/* The arguments {1} … {9} a text takes, as a set of bits; also holds its markup to <b> and </b>. */
static unsigned arguments_of(const char *text, const char *file, int line)
{
    unsigned set = 0;
    bool bold = false;
    for (const char *at = text; *at; at++) {
        if (*at == '{') {
            if (at[1] < '1' || at[1] > '9' || at[2] != '}')
                fail(file, line, "a { that is no {1} … {9}");
            set |= 1u << (at[1] - '1');
        } else if (*at == '<') {
            const bool opens = strncmp(at, "<b>", 3) == 0, closes = strncmp(at, "</b>", 4) == 0;
            if ((!opens && !closes) || opens == bold)
                fail(file, line, "a text may hold <b>…</b> and no other mark-up");
            bold = opens;
        }
    }
    if (bold)
        fail(file, line, "<b> is not closed");
    return set;
}

static char *kept(const char *text)
{
    char *const copy = strdup(text);
    if (!copy)
        exit(1);
    return copy;
}

static void take_row(const char *file, int line, const char *stem, const char *key, const char *zh, const char *en)
{
    if (n_rows == MAX_TEXTS)
        fail(file, line, "more than %d texts", MAX_TEXTS);
    struct row *const row = &rows[n_rows];
    const size_t size = strlen(stem);
    if (strncmp(key, stem, size) != 0 || key[size] != '.' || strlen(key) >= KEY || !key[size + 1])
        fail(file, line, "the key %s does not begin with %s.", key, stem);
    for (size_t i = 0; i <= strlen(key); i++) {
        if (key[i] && !islower((unsigned char)key[i]) && !isdigit((unsigned char)key[i]) && key[i] != '_' && key[i] != '.')
            fail(file, line, "the key %s holds something else than a–z, 0–9, _ and .", key);
        row->key[i] = key[i];
        row->name[i] = key[i] == '.' ? '_' : (char)toupper((unsigned char)key[i]);
    }
    for (int i = 0; i < n_rows; i++)
        if (strcmp(rows[i].name, row->name) == 0)
            fail(file, line, "the key %s stands already in %s:%d", key, rows[i].file, rows[i].line);
    if (!*zh || !*en)
        fail(file, line, "%s has no %s", key, *zh ? "English" : "Chinese");
    const unsigned set = arguments_of(zh, file, line), other = arguments_of(en, file, line);
    if (set != other)
        fail(file, line, "%s: the two languages take different arguments {n}", key);
    while (set >> row->takes & 1)
        row->takes++;
    if (set >> row->takes)
        fail(file, line, "%s: {%d} is missing though a higher one is there", key, row->takes + 1);
    row->file = file, row->line = line;
    row->zh = kept(zh), row->en = kept(en);
    n_rows++;
}

static void read_table(const char *file)
{
    FILE *const in = fopen(file, "rb");
    if (!in)
        fail(file, 1, "cannot be read");
    const char *const slash = strrchr(file, '/'), *const name = slash ? slash + 1 : file, *const dot = strrchr(name, '.');
    char stem[KEY];
    snprintf(stem, sizeof stem, "%.*s", dot ? (int)(dot - name) : (int)strlen(name), name);
    static char fields[3][FIELD];
    int line = 1;
    for (bool head = true;; head = false) {
        const int from = line;
        int n = 0, ended;
        do {
            if (n == 3)
                fail(file, from, "a row of more than three fields (key,zh,en): quote a text that holds a comma");
            ended = read_field(in, fields[n++], file, &line);
        } while (ended == ',');
        const bool empty = n == 1 && !fields[0][0];
        if (!empty) {
            if (n != 3)
                fail(file, from, "a row of %d fields: key,zh,en", n);
            if (head && (strcmp(fields[0], "key") != 0 || strcmp(fields[1], "zh") != 0 || strcmp(fields[2], "en") != 0))
                fail(file, from, "the first row is key,zh,en");
            if (!head)
                take_row(file, from, stem, fields[0], fields[1], fields[2]);
        }
        if (ended == EOF)
            break;
    }
    fclose(in);
}

static void print_text(FILE *c, const char *text)
{
    fputs("TEXT(\"", c);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at < 0x20 || *at >= 0x7f)
            fprintf(c, "\\%03o", *at);
        else
            fprintf(c, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
    }
    fputs("\")", c);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: texts OUT.h OUT.c FILE.csv…\n");
        return 2;
    }
    for (int i = 3; i < argc; i++)
        read_table(argv[i]);
    FILE *const h = fopen(argv[1], "wb"), *const c = fopen(argv[2], "wb");
    if (!h || !c) {
        fprintf(stderr, "texts: cannot write %s\n", argv[h ? 2 : 1]);
        return 1;
    }
    fputs("/* made by tools/texts.c from web/texts */\n#pragma once\n#include \"base/lang.h\"\n#include \"base/text.h\"\n\n"
          "enum text_key {\n", h);
    for (int i = 0; i < n_rows; i++)
        fprintf(h, "    T_%s,\n", rows[i].name);
    fputs("    N_TEXTS\n};\n\n/* How many arguments {1} … a text takes. */\nenum {\n", h);
    for (int i = 0; i < n_rows; i++)
        fprintf(h, "    T_%s_TAKES = %d,\n", rows[i].name, rows[i].takes);
    fputs("};\n\n/* The text in that language; lives for ever. */\n"
          "struct text text_in(enum text_key key, enum lang lang);\n", h);
    fputs("/* made by tools/texts.c from web/texts */\n#include \"made/texts.h\"\n\n#include <assert.h>\n\n"
          "static const struct text TEXTS[N_TEXTS][N_LANGS] = {\n", c);
    for (int i = 0; i < n_rows; i++) {
        fprintf(c, "    /* %s */ { ", rows[i].key);
        print_text(c, rows[i].zh);
        fputs(", ", c);
        print_text(c, rows[i].en);
        fputs(" },\n", c);
    }
    fputs("};\n\nstruct text text_in(enum text_key key, enum lang lang)\n{\n    assert(key < N_TEXTS && lang < N_LANGS);\n"
          "    return TEXTS[key][lang];\n}\n", c);
    const bool written = !ferror(h) && !ferror(c);
    if ((fclose(h) | fclose(c)) || !written) {
        fprintf(stderr, "texts: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
