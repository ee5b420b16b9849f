#include "cli/config.h"

#include "app/near.h"
#include "base/file.h"
#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum kind { SETTING_TEXT, SETTING_WHOLE, SETTING_FLAG };
enum { LARGEST_FILE = 1 << 16 };

static const struct row { const char *name, *standard, *value, *help; enum kind kind; } ROWS[N_SETTINGS] = {

#define SETTING(name, kind, standard, value, help) { #name, standard, value, help, SETTING_##kind },
#include "cli/config.def"
#undef SETTING
};

/* --tls-cert for tls_cert. */
static const char *const FLAGS[N_SETTINGS] = { "address", "port", "tls-cert", "tls-key", "behind-proxy", "metrics-port", "edition", "threads", "least-free",
                                             "smtp-url", "smtp-user", "smtp-password-file", "mail-from", "site-url" };

void config_options(struct config *config, struct option *into)
{
    for (size_t i = 0; i < N_SETTINGS; i++)
        into[i] = (struct option)OPTION_TEXT(FLAGS[i], 0, &config->flag[i], ROWS[i].value, ROWS[i].help);
}

/* ---- one value ---------------------------------------------------------------------------- */

static bool is_yes(struct text value) { return text_equal(value, TEXT("yes")) || text_equal(value, TEXT("是")); }
static bool is_no(struct text value) { return text_equal(value, TEXT("no")) || text_equal(value, TEXT("否")); }

static bool set(struct config *config, size_t i, struct text value, enum setting_from from, const char *where, struct err *err)
{
    double number;
    value = text_trim(value);
    const bool whole = ROWS[i].kind != SETTING_WHOLE || (number_parse(value, &number) && number >= 0 && number <= 1e9 && floor(number) == number);
    if (!whole || (ROWS[i].kind == SETTING_FLAG && !is_yes(value) && !is_no(value))) {
        err_set(err, ERR_INPUT, "%s 给 %s 的值读到“%.*s”，应为%s。", where, ROWS[i].name, TEXT_ARG(value), whole ? " yes 或 no" : "整数");
        return err_hint(err, "%s。例如：%s = %s", ROWS[i].help, ROWS[i].name, ROWS[i].standard[0] ? ROWS[i].standard : "1");
    }
    config->value[i] = value;
    config->from[i] = from;
    return true;
}

/* ---- the file ----------------------------------------------------------------------------- */

static bool unknown(struct text name, const char *where, struct arena *mem, struct err *err)
{
    struct near near = near_start(mem, name);
    for (size_t i = 0; i < N_SETTINGS; i++)
        near_try(&near, text_of(ROWS[i].name));
    err_set(err, ERR_INPUT, "%s：没有“%.*s”这一项设置。", where, TEXT_ARG(name));
    return near.found ? err_hint(err, "是不是 %.*s？", TEXT_ARG(near.best)) : err_hint(err, "用 junheng config 查看全部设置。");
}

static bool read_line(struct config *config, struct text line, const char *where, struct arena *mem, struct err *err)
{
    struct text rest = text_trim(line), name;
    if (!rest.size || rest.at[0] == '#')
        return true;
    text_split(&rest, '=', &name);
    name = text_trim(name);
    if (name.size == text_trim(line).size)
        return err_set(err, ERR_INPUT, "%s 不是“名字 = 值”：“%.*s”。", where, TEXT_ARG(text_trim(line))), err_hint(err, "注释请以 # 开头。");
    for (size_t i = 0; i < N_SETTINGS; i++)
        if (text_equal(name, text_of(ROWS[i].name)))
            return set(config, i, rest, FROM_FILE, where, err);
    return unknown(name, where, mem, err);
}

static bool read_file(struct config *config, const char *folder, struct arena *mem, struct err *err)
{
    const char *path = arena_printf(mem, "%s/junheng.conf", folder);
    struct text bytes, line;
    if (access(path, F_OK) != 0)
        return true;
    if (!file_read(mem, path, LARGEST_FILE, &bytes, err))
        return false;
    config->path = path;
    for (unsigned number = 1; text_split(&bytes, '\n', &line); number++)
        if (!read_line(config, line, arena_printf(mem, "%s 第 %u 行", path, number), mem, err))
            return false;
    return true;
}

/* ---- all together ------------------------------------------------------------------------- */

static const char *variable(struct arena *mem, size_t i)
{
    char *name = arena_printf(mem, "JUNHENG_%s", ROWS[i].name);
    for (char *at = name; *at; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return name;
}

bool config_read(struct config *config, const char *folder, struct arena *mem, struct err *err)
{
    for (size_t i = 0; i < N_SETTINGS; i++) {
        config->value[i] = text_of(ROWS[i].standard);
        config->from[i] = FROM_DEFAULT;
    }
    if (!read_file(config, folder, mem, err))
        return false;
    for (size_t i = 0; i < N_SETTINGS; i++) {
        const char *const name = variable(mem, i), *const given = getenv(name);
        if (config->flag[i] && !set(config, i, text_of(config->flag[i]), FROM_FLAG, arena_printf(mem, "--%s", FLAGS[i]), err))
            return false;
        if (given && given[0] && !set(config, i, text_of(given), FROM_ENVIRONMENT, name, err))
            return false;
    }
    return true;
}

const char *config_text(const struct config *config, enum setting setting, struct arena *mem)
{
    return config->value[setting].size ? text_string(mem, config->value[setting]) : NULL;
}

int64_t config_whole(const struct config *config, enum setting setting)
{
    double number = 0;
    return number_parse(config->value[setting], &number) ? (int64_t)number : 0;
}

bool config_flag(const struct config *config, enum setting setting)
{
    return is_yes(config->value[setting]);
}

struct text config_file(struct arena *mem)
{
    struct buf file = { .mem = mem };
    buf_add(&file, TEXT("# 均衡的设置。以 # 开头的是注释；去掉一行前面的 # 再改值，它就生效。\n"
                        "# 命令行的选项（--port 8420）强过这个文件，环境变量（JUNHENG_PORT=8420）又强过选项。\n"
                        "# junheng config 列出正在生效的值和它们的出处。\n"));
    for (size_t i = 0; i < N_SETTINGS; i++)
        buf_printf(&file, "\n# %s。\n#%s = %s\n", ROWS[i].help, ROWS[i].name, ROWS[i].standard);
    return buf_text(&file);
}

void config_show(const struct config *config, struct out *out)
{
    static const char *const WHENCE[] = { "默认", "设置文件", "命令行", "环境变量" };
    for (size_t i = 0; i < N_SETTINGS; i++)
        out_printf(out, "%-18s = %-12.*s # %s\n", ROWS[i].name, TEXT_ARG(config->value[i]), WHENCE[config->from[i]]);
    if (config->path)
        out_printf(out, "设置文件：%s\n", config->path);
}
