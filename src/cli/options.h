/* options.h — a command's options as a table: parsed, checked and explained from the same rows.
 *
 *     const char *edition = "cn-2017";
 *     const struct option options[] = {
 *         OPTION_TEXT("edition", 0, &edition, "版本|文件夹", "用哪一版标准"),
 *         OPTION_FORMAT(run),
 *     };
 *     struct words files;
 *     if (!options_parse(run, options, COUNT(options), &files, 1, MANY, err))
 *         return false; */
#pragma once
#include "cli/command.h"

#include <stddef.h>

/* Words of the command line in their order. */
struct words { const char **at; size_t n; };
enum { MANY = 1 << 20 };

enum option_kind {
    KIND_FLAG,      /* bool: no value */
    KIND_TEXT,      /* const char *: the last one given counts */
    KIND_LIST,      /* struct words: may be given again */
    KIND_WHOLE,     /* double: a whole number ≥ 0 */
    KIND_NUMBER,    /* double */
    KIND_CHOICE,    /* const char *: one of `value`, parted by '|' */
    KIND_FORMAT,    /* enum format: table, json, csv */
};

struct option {
    const char *name;   /* without the dashes */
    char letter;        /* 0: none */
    enum option_kind kind;
    union {
        bool *flag;
        const char **text;
        struct words *list;
        double *number;
        enum format *format;
    };
    const char *value;  /* what the value is called in help: "文件" */
    const char *help;
};

#define OPTION_FLAG(name, letter, into, help) { name, letter, KIND_FLAG, { .flag = (into) }, "", help }
#define OPTION_TEXT(name, letter, into, value, help) { name, letter, KIND_TEXT, { .text = (into) }, value, help }
#define OPTION_LIST(name, letter, into, value, help) { name, letter, KIND_LIST, { .list = (into) }, value, help }
#define OPTION_WHOLE(name, letter, into, value, help) { name, letter, KIND_WHOLE, { .number = (into) }, value, help }
#define OPTION_NUMBER(name, letter, into, value, help) { name, letter, KIND_NUMBER, { .number = (into) }, value, help }
#define OPTION_CHOICE(name, letter, into, value, help) { name, letter, KIND_CHOICE, { .text = (into) }, value, help }
#define OPTION_FORMAT(run) \
    { "format", 0, KIND_FORMAT, { .format = &(run)->format }, "table|json|csv", "输出的样子；默认 table" }

/* Reads run->argv: options into their places, the other words into *words_out.  Numbers keep
 * what stood in them (set a default, or BLANK) where the option is not given.
 *   Given    least ≤ words ≤ most
 *   Errors   ERR_USAGE names what is wrong and suggests the nearest option.  With --help or -h it
 *            prints the command's help and returns false with ERR_NONE. */
bool options_parse(struct command_context *run, const struct option *options, size_t n, struct words *words_out,
                   size_t least, size_t most, struct err *err) MUST_CHECK;
