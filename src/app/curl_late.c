#include "app/curl_late.h"

#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>

static struct curl_calls calls;
static bool found;

static void load(void)
{
    void *const library = dlopen("libcurl.so.4", RTLD_NOW);
    found = library != NULL;
#define CURL_FIND(name) found = found && late_find(library, #name, &calls.name##_);
    CURL_CALLS(CURL_FIND)
#undef CURL_FIND
    found = found && calls.curl_global_init_(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

const struct curl_calls *curl_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (pthread_once(&once, load) == 0 && found)
        return &calls;
    err_set(err, ERR_OUTSIDE, "寄不了邮件：没有安装 libcurl。");
    err_hint(err, "请安装它（Debian：apt install libcurl4）。");
    return NULL;
}
