#include "report/cairo_late.h"

#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>

struct cairo_calls draw;

/* The macros of glib-object.h are no functions to be found by name. */
#undef g_object_unref

static bool found;

static void load(void)
{
    /* libpangocairo brings all the others in. */
    void *const library = dlopen("libpangocairo-1.0.so.0", RTLD_NOW);
    found = library != NULL;
#define CAIRO_FIND(name) found = found && late_find(library, #name, &draw.name);
    CAIRO_CALLS(CAIRO_FIND) PANGO_CALLS(CAIRO_FIND) GLIB_CALLS(CAIRO_FIND)
#undef CAIRO_FIND
}

bool cairo_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT; /* threads of a server may ask at the same time */
    if (pthread_once(&once, load) == 0 && found)
        return true;
    err_set(err, ERR_OUTSIDE, "画不了 PDF 和图：没有安装 Pango 和 Cairo。");
    return err_hint(err, "请安装它们和字体（Debian：apt install libpangocairo-1.0-0 fonts-noto-cjk），或改用 DOCX、网页格式。");
}
