/* curl_late.h — libcurl, loaded only when a letter is to be sent: it brings a TLS library, Kerberos and LDAP along. */
#pragma once
#include "base/err.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#define CURL_CALLS(X)                                                                                       \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_reset) X(curl_easy_setopt) X(curl_easy_perform)       \
    X(curl_easy_getinfo) X(curl_easy_strerror) X(curl_easy_cleanup) X(curl_slist_append) X(curl_slist_free_all)

#define CURL_CALL(name) __typeof__(name) *name##_;
struct curl_calls { CURL_CALLS(CURL_CALL) };
#undef CURL_CALL

/* The functions, once for the process; NULL with ERR_OUTSIDE where the library is not installed. */
const struct curl_calls *curl_load(struct err *err) MUST_CHECK;
