/* http_late.h — libmicrohttpd, loaded only when a server starts: it brings GnuTLS along, which every other
 * command would pay for at its start. */
#pragma once
#include "base/err.h"

#include <microhttpd.h>

#define HTTP_CALLS(X)                                                                                  \
    X(MHD_add_response_header) X(MHD_create_response_from_buffer) X(MHD_destroy_response)              \
    X(MHD_get_connection_info) X(MHD_get_daemon_info) X(MHD_get_connection_values_n) X(MHD_queue_response) X(MHD_quiesce_daemon) \
    X(MHD_resume_connection) X(MHD_start_daemon) X(MHD_stop_daemon) X(MHD_suspend_connection) X(MHD_set_panic_func)

#define HTTP_CALL(name) __typeof__(name) *name;
struct http_calls { HTTP_CALLS(HTTP_CALL) };
#undef HTTP_CALL

extern struct http_calls http;  /* http.MHD_start_daemon(…) and so on, once loaded */

/* ERR_OUTSIDE where the library is not installed.  Not from two threads at once. */
bool http_load(struct err *err) MUST_CHECK;
