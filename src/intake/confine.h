/* confine.h — the child gives up files, sockets, processes and privileges, for good. */
#pragma once
#include "base/err.h"

#include <stddef.h>

struct confinement {
    size_t memory;       /* bytes of address space beyond what is mapped now; 0: no limit */
    unsigned seconds;    /* of processor time; 0: no limit */
};

/* Call once all that must be loaded is loaded (iconv, gsf).  Afterwards only reading and writing
 * open descriptors, memory and time remain: opening, connecting, forking, executing give EACCES,
 * anything else kills the process.  A second fence (Landlock) stands where the kernel has it.
 *
 *   Errors  ERR_OUTSIDE when the kernel has no seccomp: then nothing untrusted may be read
 *   Note    under AddressSanitizer the limits are wider (it needs its shadow memory) and an
 *           unexpected call gives EACCES instead of death; the hardened build proves the real one */
bool confine(const struct confinement *limits, struct err *err) MUST_CHECK;
