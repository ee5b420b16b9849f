/* embedded.h — the files the program carries inside (made by tools/embed.c from standards/, forms/ and plans/). */
#pragma once
#include <stddef.h>

struct embedded_file { const char *folder, *name; const unsigned char *at; size_t size; };

extern const struct embedded_file EMBEDDED_FILES[];  /* of the editions, by folder; ended by a row of zeros */
extern const struct embedded_file EMBEDDED_FORMS[];
extern const struct embedded_file EMBEDDED_PLANS[];  /* parts of plans of work, by plan, in order */
extern const struct embedded_file EMBEDDED_ADMIN[];  /* standards/admin: codes of townships, departments */
