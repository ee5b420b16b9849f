#include "app/mail.h"
#include "cli/config.h"

bool cmd_config(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    bool file = false;
    struct config config = { .path = NULL };
    struct option options[N_SETTINGS + 2] = { OPTION_DATA(&data), OPTION_FLAG("file", 0, &file, "打印带注释的设置文件，照着改") };
    struct words words;
    config_options(&config, options + 2);
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    if (file) {
        out_text(run->out, config_file(run->mem));
        return true;
    }
    struct mail_settings mail;
    if (!config_read(&config, command_data(run, data), run->mem, err))
        return false;
    config_show(&config, run->out);
    if (!config_mail(&config, command_data(run, data), run->mem, &mail, err))
        return false;
    out_printf(run->out, mail.url.size ? "邮件：设置没有发现毛病；junheng mail test 地址 寄一封试试\n" : "邮件：不寄（没有 smtp_url）\n");
    return true;
}
