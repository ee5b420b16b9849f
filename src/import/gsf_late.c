#include "import/gsf_late.h"

#include "base/late.h"

#include <dlfcn.h>

const struct gsf_calls *gsf_late(void)
{
    static struct gsf_calls calls;
    static bool tried, found;
    if (!tried) {
        tried = true;
        /* RTLD_NODELETE: GLib cannot be unloaded.  The libraries it needs answer through its handle. */
        void *const library = dlopen("libgsf-1.so.114", RTLD_NOW | RTLD_NODELETE);
        found = library && late_find(library, "gsf_init", &calls.init) && late_find(library, "gsf_input_memory_new", &calls.memory_new) &&
                late_find(library, "gsf_infile_msole_new", &calls.msole_new) &&
                late_find(library, "gsf_infile_child_by_name", &calls.child_by_name) &&
                late_find(library, "gsf_input_size", &calls.input_size) && late_find(library, "gsf_input_read", &calls.input_read) &&
                late_find(library, "g_object_unref", &calls.unref) && late_find(library, "g_log_set_default_handler", &calls.set_log_handler);
    }
    return found ? &calls : NULL;
}
