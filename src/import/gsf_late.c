#include "import/gsf_late.h"

#include <dlfcn.h>
#include <string.h>

/* A data pointer to a function pointer without the cast that ISO C forbids. */
static bool find(void *library, const char *name, void *into)
{
    void *const symbol = dlsym(library, name);
    memcpy(into, &symbol, sizeof symbol);
    return symbol != NULL;
}

const struct gsf_calls *gsf_late(void)
{
    static struct gsf_calls calls;
    static bool tried, found;
    if (!tried) {
        tried = true;
        /* RTLD_NODELETE: GLib cannot be unloaded.  The libraries it needs answer through its handle. */
        void *const library = dlopen("libgsf-1.so.114", RTLD_NOW | RTLD_NODELETE);
        found = library && find(library, "gsf_init", &calls.init) && find(library, "gsf_input_memory_new", &calls.memory_new) &&
                find(library, "gsf_infile_msole_new", &calls.msole_new) &&
                find(library, "gsf_infile_child_by_name", &calls.child_by_name) &&
                find(library, "gsf_input_size", &calls.input_size) && find(library, "gsf_input_read", &calls.input_read) &&
                find(library, "g_object_unref", &calls.unref) && find(library, "g_log_set_default_handler", &calls.set_log_handler);
    }
    return found ? &calls : NULL;
}
