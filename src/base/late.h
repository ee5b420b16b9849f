/* late.h — functions of libraries that are loaded (dlopen) only when they are needed. */
#pragma once
#include <stdbool.h>

/* The function of that name into a pointer to functions, at `into`; NULL, and false, where the library (or it) is not there. */
bool late_find(void *library, const char *name, void *into);
