#include "intake/strip.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST = 1 << 20 };

static void drop(void *with)
{
    struct strip *strip = with;
    if (strip->at)
        munmap(strip->at, strip->size);
    *strip = (struct strip){ NULL, 0 };
}

bool strip_grow(struct strip *strip, size_t size, struct arena *mem, struct err *err)
{
    if (size <= strip->size)
        return true;
    size_t more = strip->size ? strip->size * 2 : FIRST;
    while (more < size)
        more *= 2;
    void *at = strip->at ? mremap(strip->at, strip->size, more, MREMAP_MAYMOVE)
                         : mmap(NULL, more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        err_set(err, ERR_OUTSIDE, "内存不足，放不下这个文件的数据：%s。", err_system(errno));
        return err_hint(err, "请关闭其他程序，或把文件拆成几个较小的再试。");
    }
    if (!strip->at)
        arena_defer(mem, drop, strip);
    strip->at = at;
    strip->size = more;
    madvise(at, more, MADV_HUGEPAGE); /* fewer page faults where the system has large pages; else nothing */
    return true;
}
