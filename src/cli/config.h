/* config.h — what is in force, and where each value came from: built-in default, then the file, then flags,
 * then the environment; the later is the stronger. */
#pragma once
#include "base/out.h"
#include "cli/options.h"

#include <stdint.h>

enum setting {
#define SETTING(name, kind, standard, value, help) SETTING_##name,
#include "cli/config.def"
#undef SETTING
    N_SETTINGS
};

enum setting_from { FROM_DEFAULT, FROM_FILE, FROM_FLAG, FROM_ENVIRONMENT };

struct config {
    struct text value[N_SETTINGS];
    enum setting_from from[N_SETTINGS];
    const char *flag[N_SETTINGS];    /* where options_parse puts what was given */
    const char *path;                /* of the file; NULL: there is none */
};

/* Adds the flags (--port …) to a command's options; into[N_SETTINGS]. */
void config_options(struct config *config, struct option *into);
/* Puts together what is in force once the command line is read.  folder: of the data (its junheng.conf is read
 * where it is there).
 *   Errors  ERR_INPUT names file and line, flag or variable, what was read and what is expected */
bool config_read(struct config *config, const char *folder, struct arena *mem, struct err *err) MUST_CHECK;

const char *config_text(const struct config *config, enum setting setting, struct arena *mem);  /* NULL when empty */
int64_t config_whole(const struct config *config, enum setting setting);
bool config_flag(const struct config *config, enum setting setting);

/* How mail leaves, checked as far as it can be without asking the server; the password is read from its file, which nobody but its
 * owner may read.  A relative name is meant from the data folder.
 *   Errors  ERR_INPUT, ERR_ABSENT, ERR_OUTSIDE name the setting */
struct mail_settings;
bool config_mail(const struct config *config, const char *folder, struct arena *mem, struct mail_settings *out, struct err *err) MUST_CHECK;

/* The commented file, with every default. */
struct text config_file(struct arena *mem);
/* What is in force and where each value came from. */
void config_show(const struct config *config, struct out *out);
