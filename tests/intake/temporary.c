#include "temporary.h"

#include "check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct temporary { char folder[32]; const char *path; };

static void forget(void *with)
{
    struct temporary *temporary = with;
    unlink(temporary->path);
    rmdir(temporary->folder);
}

const char *temporary_file(struct arena *mem, const char *name, struct text bytes)
{
    struct temporary *temporary = arena_make(mem, struct temporary);
    memcpy(temporary->folder, "/tmp/junheng-test-XXXXXX", 25);
    CHECK(mkdtemp(temporary->folder) != NULL);
    temporary->path = arena_printf(mem, "%s/%s", temporary->folder, name);
    const int fd = open(temporary->path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    CHECK(fd >= 0);
    for (size_t done = 0; done < bytes.size;) {
        const ssize_t n = write(fd, bytes.at + done, bytes.size - done);
        CHECK(n > 0);
        done += (size_t)n;
    }
    close(fd);
    arena_defer(mem, forget, temporary);
    return temporary->path;
}
