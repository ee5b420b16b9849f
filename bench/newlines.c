/* newlines.c — how fast can this machine look at every byte of a file?  Counts its newlines with
 * two threads: the floor under anything that reads CSV.
 *   newlines [-w] FILE    finds them one by one with memchr; with -w counts whole vectors instead,
 *                         which no reader that must stop at each line can do */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { THREADS = 2, BLOCK = 4080 };  /* a block's count in a byte lane stays below 256 */

struct part { const unsigned char *at; size_t size, newlines; };

static void *find(void *argument)
{
    struct part *part = argument;
    const unsigned char *at = part->at, *end = part->at + part->size;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        part->newlines++;
        at++;
    }
    return NULL;
}

/* Sums bytes in lanes that the compiler turns into vector instructions. */
static void *count(void *argument)
{
    struct part *part = argument;
    size_t total = 0, i = 0;
    for (; i + BLOCK <= part->size; i += BLOCK) {
        uint8_t lanes[16] = { 0 };
        for (size_t k = 0; k < BLOCK; k += 16)
            for (size_t lane = 0; lane < 16; lane++)
                lanes[lane] = (uint8_t)(lanes[lane] + (part->at[i + k + lane] == '\n'));
        for (size_t lane = 0; lane < 16; lane++)
            total += lanes[lane];
    }
    for (; i < part->size; i++)
        total += part->at[i] == '\n';
    part->newlines = total;
    return NULL;
}

int main(int argc, char **argv)
{
    void *(*const look)(void *) = argc == 3 && !strcmp(argv[1], "-w") ? count : find;
    const int fd = argc >= 2 ? open(argv[argc - 1], O_RDONLY | O_CLOEXEC) : -1;
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        fputs("usage: newlines [-w] FILE\n", stderr);
        return 2;
    }
    const size_t size = (size_t)about.st_size;
    const unsigned char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return 4;
    struct part parts[THREADS];
    pthread_t running[THREADS];
    size_t newlines = 0;
    for (size_t t = 0; t < THREADS; t++) {
        const size_t from = size / THREADS * t, to = t + 1 == THREADS ? size : size / THREADS * (t + 1);
        parts[t] = (struct part){ bytes + from, to - from, 0 };
        if (pthread_create(&running[t], NULL, look, &parts[t]) != 0)
            return 4;
    }
    for (size_t t = 0; t < THREADS; t++) {
        pthread_join(running[t], NULL);
        newlines += parts[t].newlines;
    }
    printf("%zu\n", newlines);
    return 0;
}
