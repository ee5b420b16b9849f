#include "report/xlsx_late.h"

#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>

struct xlsx_calls xlsx;

static bool found;

static void load(void)
{
    void *const library = dlopen("libxlsxwriter.so.4", RTLD_NOW);
    found = library != NULL;
#define XLSX_FIND(name) found = found && late_find(library, #name, &xlsx.name);
    XLSX_CALLS(XLSX_FIND)
#undef XLSX_FIND
}

bool xlsx_load(const char *path, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT; /* threads of a server may ask at the same time */
    if (pthread_once(&once, load) == 0 && found)
        return true;
    err_set(err, ERR_OUTSIDE, "写不了工作簿“%s”：没有安装 libxlsxwriter。", path);
    return err_hint(err, "请安装它（Debian：apt install libxlsxwriter4），或改用 CSV 格式。");
}
