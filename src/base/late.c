#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

/* A data pointer to a function pointer without the cast that ISO C forbids. */
bool late_find(void *library, const char *name, void *into)
{
    void *const symbol = library ? dlsym(library, name) : NULL;
    memcpy(into, &symbol, sizeof symbol);
    return symbol != NULL;
}
