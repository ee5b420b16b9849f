/* xls.h — what must happen before the confined child may call xls_read (import/grid.h). */
#pragma once

/* Loads and registers all that libgsf and GLib would otherwise look for at first use, and
 * silences their talk on stderr.  Call once, before the child is locked. */
void xls_prepare(void);
