/* cookies.h — the names of our cookies.  Under TLS they bear a prefix with which a browser takes them from
 * this host alone, over TLS alone, for all paths. */
#pragma once
#include "base/text.h"

static inline struct text cookie_session(bool secure)
{
    return secure ? TEXT("__Host-jh") : TEXT("jh");
}

static inline struct text cookie_device(bool secure)
{
    return secure ? TEXT("__Host-jh-device") : TEXT("jh-device");
}
