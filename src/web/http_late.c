#include "web/http_late.h"

#include "base/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct http_calls http;

/* While a server stops, the library's own threads take the listening socket out of their epoll set as MHD_quiesce_daemon
 * does: whoever comes second finds it gone, which is what both wanted.  Anything else is the end. */
static void panic(void *context, const char *file, unsigned line, const char *reason)
{
    (void)context;
    if (reason && strstr(reason, "Failed to remove listen FD from epoll set"))
        return;
    fprintf(stderr, "libmicrohttpd %s:%u: %s\n", file, line, reason ? reason : "");
    abort();
}

bool http_load(struct err *err)
{
    static bool found;
    if (found)
        return true;
    void *const library = dlopen("libmicrohttpd.so.12", RTLD_NOW);
    found = library != NULL;
#define HTTP_FIND(name) found = found && late_find(library, #name, &http.name);
    HTTP_CALLS(HTTP_FIND)
#undef HTTP_FIND
    if (found) {
        http.MHD_set_panic_func(panic, NULL);
        return true;
    }
    err_set(err, ERR_OUTSIDE, "服务器启动不了：没有安装 libmicrohttpd。");
    return err_hint(err, "请安装它（Debian：apt install libmicrohttpd12）。");
}
