/* embed.c — turns files into a C table, so that the program carries its editions inside.
 *
 * embed OUT.c TABLE folder/name.csv …   makes the table `TABLE`, in the order given, ended by a row of
 * zeros; app/embedded.h says what a row is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what, const char *path)
{
    fprintf(stderr, "embed: %s %s\n", what, path);
    return 1;
}

static int write_bytes(FILE *out, const char *path, int number, long *size)
{
    FILE *const in = fopen(path, "rb");
    if (!in)
        return fail("cannot read", path);
    fprintf(out, "static const unsigned char FILE_%d[] = {", number);
    int byte;
    for (*size = 0; (byte = fgetc(in)) != EOF; ++*size)
        fprintf(out, "%s%d,", *size % 24 ? "" : "\n", byte);
    fputs(*size ? "\n};\n" : "0};\n", out);
    return fclose(in) ? fail("cannot read", path) : 0;
}

/* The last two parts of a path: its folder and its name. */
static void print_names(FILE *out, const char *path)
{
    const char *const slash = strrchr(path, '/'), *const name = slash ? slash + 1 : path;
    const char *folder = slash ? slash : path;
    while (folder > path && folder[-1] != '/')
        folder--;
    fprintf(out, "\"%.*s\", \"%s\"", slash ? (int)(slash - folder) : 0, folder, name);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return fail("usage: embed OUT.c TABLE FILE…", "");
    FILE *const out = fopen(argv[1], "wb");
    long *const size = calloc((size_t)argc, sizeof *size);
    if (!out || !size)
        return fail("cannot write", argv[1]);
    fputs("/* made by tools/embed.c */\n#include \"app/embedded.h\"\n\n", out);
    for (int i = 3; i < argc; i++)
        if (write_bytes(out, argv[i], i, &size[i]))
            return 1;
    fprintf(out, "\nconst struct embedded_file %s[] = {\n", argv[2]);
    for (int i = 3; i < argc; i++) {
        fputs("    { ", out);
        print_names(out, argv[i]);
        fprintf(out, ", FILE_%d, %ld },\n", i, size[i]);
    }
    fputs("    { 0 },\n};\n", out);
    free(size);
    return fclose(out) ? fail("cannot write", argv[1]) : 0;
}
