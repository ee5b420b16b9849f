/* sql.c — turns sql/schema and sql/query into the only statements the program can run.
 *
 * sql OUT.h OUT.c FILE…   a FILE in a folder called schema is a migration, one in a folder called query
 * holds named queries (sql/README.md says how they are written).  Makes `enum query`, QUERIES and
 * MIGRATIONS; refuses, naming file and line, what the rules do not allow: above all a query of a county's
 * rows that does not say which county. */
#include "sha256.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_QUERIES = 2000, MOST_PARAMETERS = 60, MOST_MIGRATIONS = 2000, NAME_SIZE = 64 };
enum style { PLAIN, SQLITE, POSTGRES };

struct span { const char *at; size_t size; };
struct names { char name[MOST_PARAMETERS][NAME_SIZE]; int n; };
struct query {
    char name[NAME_SIZE];
    bool county;
    const char *sqlite, *postgres;
    struct names parameters;
    const char *file;
    int line;
};
struct migration { int number; char name[NAME_SIZE], sha256[65]; struct span text; };

static struct query queries[MOST_QUERIES];
static struct migration migrations[MOST_MIGRATIONS];
static int n_queries, n_migrations;

__attribute__((noreturn, format(printf, 3, 4))) static void refuse(const char *file, int line, const char *what, ...)
{
    va_list list;
    va_start(list, what);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, what, list);
    fputc('\n', stderr);
    va_end(list);
    exit(1);
}

/* Memory until the end of the program; the list keeps it in sight of the leak checker. */
static void *get(size_t size)
{
    static struct piece { struct piece *before; char at[]; } *pieces;
    struct piece *const piece = calloc(1, sizeof *piece + size);
    if (!piece)
        refuse("sql", 0, "out of memory");
    piece->before = pieces;
    pieces = piece;
    return piece->at;
}

static struct span read_file(const char *path)
{
    FILE *const in = fopen(path, "rb");
    long size = -1;
    if (in && fseek(in, 0, SEEK_END) == 0)
        size = ftell(in);
    if (!in || size < 0 || fseek(in, 0, SEEK_SET) != 0)
        refuse(path, 0, "cannot read it");
    char *const at = get((size_t)size + 1);
    if (fread(at, 1, (size_t)size, in) != (size_t)size || memchr(at, 0, (size_t)size))
        refuse(path, 0, "cannot read it as text");
    fclose(in);
    return (struct span){ at, (size_t)size };
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static int line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

/* The number of a parameter, from 1; a new name is added when `names_new` allows. */
static int parameter(struct names *names, struct span word, bool names_new)
{
    for (int i = 0; i < names->n; i++)
        if (strlen(names->name[i]) == word.size && memcmp(names->name[i], word.at, word.size) == 0)
            return i + 1;
    if (!names_new || names->n == MOST_PARAMETERS || word.size >= NAME_SIZE)
        return 0;
    memcpy(names->name[names->n], word.at, word.size);
    return ++names->n;
}

/* One statement without its comments, its end and needless white space.  PLAIN, for the checks: in lower
 * case, without the contents of strings. */
static const char *clean(const char *file, const char *text, struct span from, enum style style, struct names *names, bool names_new)
{
    char *const made = get(from.size * 4 + 1);
    const char *const end = from.at + from.size;
    size_t n = 0;
    bool ended = false;
    for (const char *at = from.at; at < end;) {
        if (isspace((unsigned char)*at) || (at[0] == '-' && at + 1 < end && at[1] == '-')) {
            if (*at == '-')
                while (at < end && *at != '\n')
                    at++;
            else
                at++;
            if (n && made[n - 1] != ' ')
                made[n++] = ' ';
            continue;
        }
        if (ended)
            refuse(file, line_of(text, at), "more than one statement under one name");
        if (*at == ';') {
            ended = true;
            at++;
        } else if (*at == '\'' || *at == '"') {
            const char quote = *at;
            const char *from_here = at++;
            while (at < end && *at != quote)
                at++;
            if (at++ == end)
                refuse(file, line_of(text, from_here), "a %c that nothing closes", quote);
            for (; from_here < at; from_here++)
                if (style != PLAIN || *from_here == quote)
                    made[n++] = *from_here;
        } else if (*at == ':' && at + 1 < end && is_word(at[1])) {
            struct span word = { at + 1, 0 };
            while (word.at + word.size < end && is_word(word.at[word.size]))
                word.size++;
            const int number = parameter(names, word, names_new);
            if (!number)
                refuse(file, line_of(text, at), "too many parameters, or :%.*s stands in one of the two texts only", (int)word.size, word.at);
            if (style == PLAIN)
                n += (size_t)snprintf(made + n, word.size + 2, ":%.*s", (int)word.size, word.at);
            else
                n += (size_t)snprintf(made + n, 8, "%c%d", style == SQLITE ? '?' : '$', number);
            at = word.at + word.size;
        } else if (strchr("?$@\\", *at) || (at[0] == '/' && at + 1 < end && at[1] == '*')) {
            refuse(file, line_of(text, at), "'%c' is not for here: parameters are :names, comments begin with --", *at);
        } else {
            made[n++] = style == PLAIN ? (char)tolower((unsigned char)*at) : *at;
            at++;
        }
    }
    if (!ended)
        refuse(file, line_of(text, from.at), "the statement has no end (;)");
    while (n && made[n - 1] == ' ')
        n--;
    made[n] = 0;
    return made;
}

/* Whether the words stand in the text, with nothing of a word on either side. */
static bool holds(const char *text, const char *words)
{
    const size_t size = strlen(words);
    for (const char *at = text; (at = strstr(at, words)) != NULL; at++)
        if ((at == text || !is_word(at[-1])) && !is_word(at[size]))
            return true;
    return false;
}

static bool is_insert_by_county(const char *plain)
{
    if (strncmp(plain, "insert ", 7) != 0 || !holds(plain, ":county"))
        return false;
    const char *at = strchr(plain, '(');
    if (!at)
        return false;
    at += strspn(at + 1, " ") + 1;
    return strncmp(at, "county_code", 11) == 0 && !is_word(at[11]);
}

/* What every text of a query must keep to; `line` is that of its name. */
static void check_query(const struct query *query, const char *plain, const char *file, int line)
{
    static const char *const kinds[] = { "select ", "insert ", "update ", "delete ", "with " };
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        known = known || strncmp(plain, kinds[i], strlen(kinds[i])) == 0;
    if (!known)
        refuse(file, line, "%s: only SELECT, INSERT, UPDATE, DELETE and WITH", query->name);
    if (holds(plain, "or rollback"))
        refuse(file, line, "%s: OR ROLLBACK would undo the works of others", query->name);
    if (query->county && !holds(plain, "county_code = :county") && !is_insert_by_county(plain))
        refuse(file, line, "%s: scope is county, but the text does not say county_code = :county", query->name);
}

static void add_query(const char *file, const char *text, struct span head, struct span body)
{
    if (n_queries == MOST_QUERIES)
        refuse(file, 0, "too many queries");
    struct query *const query = &queries[n_queries++];
    char scope[NAME_SIZE] = "", line[400] = "";
    query->file = file;
    query->line = line_of(text, head.at);
    memcpy(line, head.at, head.size < sizeof line ? head.size : sizeof line - 1);
    const char *at = line + strlen("-- name:");
    at += strspn(at, " ");
    snprintf(query->name, sizeof query->name, "%.*s", (int)strcspn(at, " "), at);
    at += strcspn(at, " ");
    at += strspn(at, " ");
    if (strncmp(at, "scope:", 6) == 0) {
        at += 6;
        at += strspn(at, " ");
        snprintf(scope, sizeof scope, "%.*s", (int)strcspn(at, " "), at);
    }
    for (const char *c = query->name; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_')
            refuse(file, query->line, "a name is of small letters, digits and _: '%s'", query->name);
    if (!islower((unsigned char)query->name[0]))
        refuse(file, query->line, "a query without a name");
    query->county = strcmp(scope, "county") == 0;
    if (!query->county && strcmp(scope, "house") != 0)
        refuse(file, query->line, "%s: behind the name stands scope: county, or scope: house", query->name);
    for (int i = 0; i < n_queries - 1; i++)
        if (strcmp(queries[i].name, query->name) == 0)
            refuse(file, query->line, "%s stands in %s:%d as well", query->name, queries[i].file, queries[i].line);

    struct span other = { NULL, 0 };
    for (const char *c = body.at; c < body.at + body.size; c++)
        if ((c == body.at || c[-1] == '\n') && strncmp(c, "-- postgres:", 12) == 0) {
            other = (struct span){ c, (size_t)(body.at + body.size - c) };
            body.size = (size_t)(c - body.at);
            break;
        }
    check_query(query, clean(file, text, body, PLAIN, &query->parameters, true), file, query->line);
    query->sqlite = clean(file, text, body, SQLITE, &query->parameters, false);
    if (other.at) {
        struct names own = { .n = 0 };
        check_query(query, clean(file, text, other, PLAIN, &own, true), file, line_of(text, other.at));
        if (own.n != query->parameters.n)
            refuse(file, query->line, "%s: its two texts have not the same parameters", query->name);
    }
    query->postgres = clean(file, text, other.at ? other : body, POSTGRES, &query->parameters, false);
}

static void read_queries(const char *file)
{
    const struct span whole = read_file(file);
    const char *const end = whole.at + whole.size;
    struct span head = { NULL, 0 };
    for (const char *at = whole.at; at <= end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        const bool begins = strncmp(at, "-- name:", 8) == 0;
        if ((begins || stop == end) && head.at) {
            const char *const from = head.at + head.size;
            add_query(file, whole.at, head, (struct span){ from, (size_t)((begins ? at : end) - from) });
            head.at = NULL;
        }
        if (begins)
            head = (struct span){ at, (size_t)(stop - at) };
        else if (!head.at && stop != end && at[strspn(at, " \t")] != '\n' && strncmp(at, "--", 2) != 0)
            refuse(file, line_of(whole.at, at), "a statement without a name");
        at = stop + 1;
    }
}

/* A migration is taken as it is: its checksum is that of the file. */
static void read_migration(const char *file)
{
    static const char *const at_head[] = { "begin", "end", "savepoint", "release" };
    static const char *const anywhere[] = { "commit", "rollback", "pragma", "attach", "vacuum", "deferrable", "deferred" };
    if (n_migrations == MOST_MIGRATIONS)
        refuse(file, 0, "too many migrations");
    struct migration *const new = &migrations[n_migrations++];
    const char *const slash = strrchr(file, '/'), *const name = slash ? slash + 1 : file;
    char *rest;
    new->number = (int)strtol(name, &rest, 10);
    const size_t size = strlen(rest);
    if (rest != name + 4 || size < 6 || size >= NAME_SIZE || rest[0] != '_' || strcmp(rest + size - 4, ".sql") != 0)
        refuse(file, 0, "a migration is called NNNN_name.sql");
    memcpy(new->name, rest + 1, size - 5);
    if (new->number != n_migrations)
        refuse(file, 0, "migration %04d is missing, or stands twice", n_migrations);
    new->text = read_file(file);
    sha256_hex(new->text.at, new->text.size, new->sha256);

    /* The words outside of comments; a trigger has its own BEGIN and END. */
    bool head = true, trigger = false;
    for (const char *at = new->text.at; *at;) {
        if (strncmp(at, "--", 2) == 0) {
            at += strcspn(at, "\n");
        } else if (*at == '\'') {
            at += strcspn(at + 1, "'") + 1;
            at += *at != 0;
        } else if (is_word(*at)) {
            char word[NAME_SIZE] = "";
            size_t length = 0;
            for (; is_word(at[length]); length++)
                if (length < sizeof word - 1)
                    word[length] = (char)tolower((unsigned char)at[length]);
            bool refused = false;
            for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++)
                refused = refused || strcmp(word, anywhere[i]) == 0;
            for (size_t i = 0; head && !trigger && i < sizeof at_head / sizeof *at_head; i++)
                refused = refused || strcmp(word, at_head[i]) == 0;
            if (refused)
                refuse(file, line_of(new->text.at, at), "%s is not for a migration", word);
            trigger = strcmp(word, "trigger") == 0 || (trigger && !(head && strcmp(word, "end") == 0));
            head = false;
            at += length;
        } else {
            head = *at == ';' || (head && isspace((unsigned char)*at));
            at++;
        }
    }
}

/* ---- what is made ---- */

static void print_c(FILE *out, struct span text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.at[i];
        if (c == '\n')
            fputs(i + 1 < text.size ? "\\n\"\n        \"" : "\\n", out);
        else if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static struct span span_of(const char *text)
{
    return (struct span){ text, strlen(text) };
}

static void print_header(FILE *out)
{
    fputs("/* queries.h — made by tools/sql.c from sql/: every statement that can run. */\n"
          "#pragma once\n#include <stdbool.h>\n#include <stddef.h>\n\nenum query {\n", out);
    for (int i = 0; i < n_queries; i++) {
        fputs("    Q_", out);
        for (const char *c = queries[i].name; *c; c++)
            fputc(toupper((unsigned char)*c), out);
        fprintf(out, ", /*");
        for (int k = 0; k < queries[i].parameters.n; k++)
            fprintf(out, " %s", queries[i].parameters.name[k]);
        fprintf(out, "%s */\n", queries[i].parameters.n ? "" : " no parameters");
    }
    fputs("    N_QUERIES\n};\n\n"
          "struct query_text {\n"
          "    const char *name;\n"
          "    const char *sqlite, *postgres;   /* parameters ?1, ?2 … and $1, $2 … */\n"
          "    const char *const *parameters;   /* their names, in order of first appearance */\n"
          "    size_t n_parameters;\n"
          "    bool county;                     /* it reaches one county's rows, and says which; else the house's */\n"
          "};\n"
          "extern const struct query_text QUERIES[N_QUERIES];\n\n"
          "struct migration { int number; const char *name, *text, *sha256; };\n", out);
    fprintf(out, "enum { N_MIGRATIONS = %d };\nextern const struct migration MIGRATIONS[N_MIGRATIONS];\n", n_migrations);
}

static void print_body(FILE *out)
{
    fputs("/* queries.c — made by tools/sql.c from sql/ */\n#include \"made/queries.h\"\n\n", out);
    for (int i = 0; i < n_queries; i++)
        if (queries[i].parameters.n) {
            fprintf(out, "static const char *const OF_%d[] = {", i);
            for (int k = 0; k < queries[i].parameters.n; k++)
                fprintf(out, " \"%s\",", queries[i].parameters.name[k]);
            fputs(" };\n", out);
        }
    fputs("\nconst struct query_text QUERIES[N_QUERIES] = {\n", out);
    for (int i = 0; i < n_queries; i++) {
        const struct query *const q = &queries[i];
        fprintf(out, "    { \"%s\",\n        ", q->name);
        print_c(out, span_of(q->sqlite));
        fputs(",\n        ", out);
        print_c(out, span_of(q->postgres));
        if (q->parameters.n)
            fprintf(out, ",\n        OF_%d, %d, %s },\n", i, q->parameters.n, q->county ? "true" : "false");
        else
            fprintf(out, ",\n        NULL, 0, %s },\n", q->county ? "true" : "false");
    }
    fputs("};\n\nconst struct migration MIGRATIONS[N_MIGRATIONS] = {\n", out);
    for (int i = 0; i < n_migrations; i++) {
        fprintf(out, "    { %d, \"%s\",\n        ", migrations[i].number, migrations[i].name);
        print_c(out, migrations[i].text);
        fprintf(out, ",\n        \"%s\" },\n", migrations[i].sha256);
    }
    fputs("};\n", out);
}

static bool in_folder(const char *path, const char *folder)
{
    const char *const slash = strrchr(path, '/');
    const size_t size = strlen(folder);
    return slash && (size_t)(slash - path) >= size && memcmp(slash - size, folder, size) == 0 &&
           ((size_t)(slash - path) == size || slash[-(long)size - 1] == '/');
}

int main(int argc, char **argv)
{
    if (argc < 4)
        refuse("sql", 0, "usage: sql OUT.h OUT.c FILE…");
    for (int i = 3; i < argc; i++) {
        if (in_folder(argv[i], "schema"))
            read_migration(argv[i]);
        else if (in_folder(argv[i], "query"))
            read_queries(argv[i]);
        else
            refuse(argv[i], 0, "a file stands in a folder schema or query");
    }
    if (!n_queries || !n_migrations)
        refuse("sql", 0, "no query, or no migration");
    for (int i = 1; i <= 2; i++) {
        FILE *const out = fopen(argv[i], "wb");
        if (!out)
            refuse(argv[i], 0, "cannot write it");
        if (i == 1)
            print_header(out);
        else
            print_body(out);
        if (fclose(out) != 0)
            refuse(argv[i], 0, "cannot write it");
    }
    return 0;
}
