/* How mail leaves, out of the settings. */
#include "app/mail.h"
#include "base/file.h"
#include "cli/config.h"

#include <sys/stat.h>

enum { PASSWORD_FILE = 4096 };

static bool read_password(const char *path, struct arena *mem, struct text *out, struct err *err)
{
    struct stat about;
    struct text bytes;
    if (stat(path, &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO))) {
        err_set(err, ERR_INPUT, "smtp_password_file：文件“%s”别的用户也能读写。", path);
        return err_hint(err, "请先收紧它：chmod 600 %s", path);
    }
    if (!file_read(mem, path, PASSWORD_FILE, &bytes, err))
        return false;
    *out = text_trim(bytes);
    for (size_t i = 0; i < out->size; i++)
        if (out->at[i] == '\n' || out->at[i] == '\0')
            return err_set(err, ERR_INPUT, "smtp_password_file：文件“%s”里不只一行；里面只能写密码。", path);
    return out->size || err_set(err, ERR_INPUT, "smtp_password_file：文件“%s”是空的。", path);
}

bool config_mail(const struct config *config, const char *folder, struct arena *mem, struct mail_settings *out, struct err *err)
{
    const char *const file = config_text(config, SETTING_smtp_password_file, mem);
    *out = (struct mail_settings){ .url = config->value[SETTING_smtp_url], .user = config->value[SETTING_smtp_user],
                                   .from = config->value[SETTING_mail_from], .site = config->value[SETTING_site_url] };
    if (file && !read_password(file[0] == '/' ? file : arena_printf(mem, "%s/%s", folder, file), mem, &out->password, err))
        return false;
    return mail_settings_right(out, err);
}
