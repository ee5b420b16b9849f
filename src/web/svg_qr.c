#include "web/svg_qr.h"

#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>

/* As qrencode.h declares it. */
struct qr { int version, width; unsigned char *data; };   /* the lowest bit of a module: dark */
enum { LEVEL_M = 1, QUIET = 4 };

static struct {
    struct qr *(*encode)(const char *text, int version, int level);
    void (*release)(struct qr *qr);
} calls;

static void load(void)
{
    void *const library = dlopen("libqrencode.so.4", RTLD_NOW);
    late_find(library, "QRcode_encodeString8bit", &calls.encode);
    late_find(library, "QRcode_free", &calls.release);
}

struct svg svg_qr(struct arena *mem, struct text text)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct buf out = { .mem = mem };
    if (pthread_once(&once, load) != 0 || !calls.encode || !calls.release)
        return (struct svg){ TEXT("") };
    struct qr *const qr = calls.encode(text_string(mem, text), 0, LEVEL_M);
    if (!qr)
        return (struct svg){ TEXT("") };
    const int wide = qr->width + 2 * QUIET;
    buf_printf(&out, "<svg class=\"qr\" role=\"img\" aria-label=\"QR\" width=\"200\" height=\"200\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
                     "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", wide, wide, wide, wide);
    for (int y = 0; y < qr->width; y++)
        for (int x = 0, run; x < qr->width; x += run) {
            run = 1;
            const unsigned char *const row = qr->data + (size_t)y * (size_t)qr->width;
            while (x + run < qr->width && (row[x + run] & 1) == (row[x] & 1))
                run++;
            if (row[x] & 1)
                buf_printf(&out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
        }
    buf_printf(&out, "\"/></svg>");
    calls.release(qr);
    return (struct svg){ buf_text(&out) };
}
