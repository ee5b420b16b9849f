#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void progress_start(struct progress *p)
{
    *p = (struct progress){ .possible = isatty(STDERR_FILENO), .started = now() };
}

void progress_step(void *context, uint64_t done, uint64_t total)
{
    enum { CELLS = 30 };
    struct progress *p = context;
    if (!p->possible || !total)
        return;
    const double at = now();
    if (at - p->started < 1 || at - p->drawn < 0.1)
        return;
    p->drawn = at;
    p->shown = true;
    const double share = done < total ? (double)done / (double)total : 1;
    char line[128], bar[CELLS + 1];
    for (int i = 0; i < CELLS; i++)
        bar[i] = i < (int)(share * CELLS) ? '#' : '.';
    bar[CELLS] = '\0';
    const int size = snprintf(line, sizeof line, "\r读取 [%s] %3d%%", bar, (int)(share * 100));
    if (write(STDERR_FILENO, line, (size_t)size) < 0)
        p->possible = false;
}

void progress_end(struct progress *p)
{
    static const char CLEAR[] = "\r\033[K";
    if (p->shown && write(STDERR_FILENO, CLEAR, sizeof CLEAR - 1) < 0)
        p->possible = false;
    p->shown = false;
}
