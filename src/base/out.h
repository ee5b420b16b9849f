/* out.h — buffered writing to a file descriptor, and JSON on top of it.
 *
 * jansson reads JSON; what we print is streamed from here instead, because a nation's
 * assessment does not fit a tree in memory. */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct out;
struct out *out_new(struct arena *mem, int fd);      /* flushed and forgotten with the arena; does not close fd */
struct out *out_new_memory(struct arena *mem);       /* collects; read it with out_collected */
struct text out_collected(struct out *out);
void out_text(struct out *out, struct text text);
void out_string(struct out *out, const char *zero_ended);
void out_byte(struct out *out, char byte);
void out_printf(struct out *out, const char *format, ...) PRINTF(2, 3);
void out_shortest(struct out *out, double x);
/* Writes what is held; ERR_OUTSIDE when any write so far failed (full disk, closed pipe). */
bool out_flush(struct out *out, struct err *err) MUST_CHECK;
int out_failed(const struct out *out);               /* errno of the first write that failed; 0: none */

/* JSON: commas and nesting look after themselves.  `key` is NULL inside an array. */
void json_object(struct out *out, const char *key);
void json_array(struct out *out, const char *key);
void json_end(struct out *out);                      /* of the object or array opened last */
void json_text(struct out *out, const char *key, struct text value);
void json_number(struct out *out, const char *key, double value);  /* a blank or infinity gives null */
void json_bool(struct out *out, const char *key, bool value);
void json_null(struct out *out, const char *key);
