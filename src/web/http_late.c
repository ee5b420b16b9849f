#include "web/http_late.h"

#include <dlfcn.h>
#include <string.h>

struct http_calls http;

/* A data pointer to a function pointer without the cast that ISO C forbids. */
static bool find(void *library, const char *name, void *into)
{
    void *const symbol = dlsym(library, name);
    memcpy(into, &symbol, sizeof symbol);
    return symbol != NULL;
}

bool http_load(struct err *err)
{
    static bool found;
    if (found)
        return true;
    void *const library = dlopen("libmicrohttpd.so.12", RTLD_NOW);
    found = library != NULL;
#define HTTP_FIND(name) found = found && find(library, #name, &http.name);
    HTTP_CALLS(HTTP_FIND)
#undef HTTP_FIND
    if (found)
        return true;
    err_set(err, ERR_OUTSIDE, "服务器启动不了：没有安装 libmicrohttpd。");
    return err_hint(err, "请安装它（Debian：apt install libmicrohttpd12）。");
}
