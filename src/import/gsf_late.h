/* gsf_late.h — libgsf, loaded only when a compound file (.xls) is to be read: it brings GLib, GIO,
 * libxml2 and ICU along, which every other command would pay for at its start. */
#pragma once
#include <gsf/gsf.h>
#include <stdbool.h>

struct gsf_calls {
    void (*init)(void);
    GsfInput *(*memory_new)(guint8 const *bytes, gsf_off_t size, gboolean needs_free);
    GsfInfile *(*msole_new)(GsfInput *source, GError **err);
    GsfInput *(*child_by_name)(GsfInfile *file, char const *name);
    gsf_off_t (*input_size)(GsfInput *input);
    guint8 const *(*input_read)(GsfInput *input, size_t size, guint8 *buffer);
    void (*unref)(gpointer object);
    GLogFunc (*set_log_handler)(GLogFunc handler, gpointer with);
};

/* The calls; NULL where the library is not installed.  The first call loads it (dlopen), so it is
 * made before the child is locked. */
const struct gsf_calls *gsf_late(void);
