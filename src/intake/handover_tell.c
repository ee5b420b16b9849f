#include "intake/handover_tell.h"

#include "intake/handover.h"
#include "intake/packed.h"
#include "intake/wire.h"

#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 /* of a column */ };

void tell(int fd, enum frame_kind kind, struct text content)
{
    struct frame_head head = { kind, (uint32_t)content.size };
    struct iovec pieces[] = { { &head, sizeof head }, { (void *)(uintptr_t)content.at, content.size } };
    for (size_t i = 0; i < COUNT(pieces);) {
        const ssize_t n = writev(fd, pieces + i, (int)(COUNT(pieces) - i));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            _exit(1);
        size_t gone = (size_t)n;
        for (; i < COUNT(pieces) && gone >= pieces[i].iov_len; i++)
            gone -= pieces[i].iov_len;
        if (i < COUNT(pieces)) {
            pieces[i].iov_base = (char *)pieces[i].iov_base + gone;
            pieces[i].iov_len -= gone;
        }
    }
}

void tell_bytes(int fd, struct text bytes)
{
    while (bytes.size) {
        const size_t size = bytes.size < FRAME_MOST ? bytes.size : FRAME_MOST;
        tell(fd, FRAME_BYTES, (struct text){ bytes.at, size });
        bytes.at += size, bytes.size -= size;
    }
}

static uint32_t number_of(struct text name, const struct text *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(names[i], name))
            return (uint32_t)i;
    return 0;
}

/* A frame in the making, in memory used again for the next one. */
struct telling { int fd; struct buf frame; };

static void tell_frame(struct telling *t, enum frame_kind kind)
{
    tell(t->fd, kind, buf_text(&t->frame));
    t->frame.size = 0;
}

/* ---- findings: one frame for each run of them about one file ---- */

void tell_findings(int fd, const struct findings *findings, const struct text *names, size_t n_files)
{
    enum { ROOM = FRAME_MOST - 2 * sizeof(uint32_t) };
    struct arena *mem = arena_new("findings");
    char *const room = arena_alloc(mem, FRAME_MOST);
    for (size_t i = 0; i < findings->n;) {
        const uint32_t file = number_of(findings->at[i].file, names, n_files);
        uint32_t n = 0;
        size_t used = 0;
        while (i < findings->n && number_of(findings->at[i].file, names, n_files) == file &&
               wire_put_finding(room + 2 * sizeof n, ROOM, &used, &findings->at[i]))
            n++, i++;
        memcpy(room, &file, sizeof file);
        memcpy(room + sizeof file, &n, sizeof n);
        tell(fd, FRAME_FINDINGS, (struct text){ room, 2 * sizeof n + used });
    }
    arena_free(&mem);
}

/* ---- returns ---- */

static bool fits(const struct returns *r, struct err *err)
{
    size_t columns = 0, text = 0;
    for (size_t i = 0; i < r->items->n; i++) {
        columns += (r->number[i] || r->text[i]) ? 1 : 0; /* an item has one of them */
        for (size_t row = 0; r->text[i] && row < r->n; row++)
            text += r->text[i][row].size;
    }
    if (r->n <= HANDOVER_MOST_ROWS && r->n * columns <= HANDOVER_MOST_FIGURES && text <= HANDOVER_MOST_TEXT &&
        r->n_counties <= HANDOVER_MOST_COUNTIES && r->n_sources <= HANDOVER_MOST_TABLES && r->n_others <= HANDOVER_MOST_OTHERS)
        return true;
    err_set(err, ERR_LIMIT, "这些文件共有 %zu 行学校数据，一次读不下（最多 %d 行、%d 万个数）。", r->n, HANDOVER_MOST_ROWS, HANDOVER_MOST_FIGURES / 10000);
    return err_hint(err, "请分几次上传，或用命令行 junheng check 检查这样大的文件。");
}

static void tell_source(struct telling *t, const struct returns *r, const struct source *source, const struct text *names, size_t n_files)
{
    uint32_t n = 0;
    for (size_t i = 0; i < r->items->n; i++)
        n += source->place[i] != 0;
    pack_u32(&t->frame, number_of(source->file, names, n_files));
    pack_u32(&t->frame, source->down);
    pack_u32(&t->frame, source->value_column);
    pack_text(&t->frame, source->sheet);
    pack_u32(&t->frame, n);
    for (size_t i = 0; i < r->items->n; i++)
        if (source->place[i]) {
            pack_u32(&t->frame, (uint32_t)i);
            pack_u32(&t->frame, source->place[i]);
        }
    tell_frame(t, FRAME_SOURCE);
}

static void tell_county(struct telling *t, const struct returns *r, const struct county_year *county)
{
    uint32_t n = 0;
    for (size_t i = 0; county->figure && i < r->items->n; i++)
        n += is_blank(county->figure[i]) ? 0 : 1;
    pack_text(&t->frame, county->code);
    pack_text(&t->frame, county->name);
    pack_u32(&t->frame, (uint32_t)county->year);
    pack_u32(&t->frame, n);
    for (size_t i = 0; n && i < r->items->n; i++)
        if (!is_blank(county->figure[i])) {
            pack_u32(&t->frame, (uint32_t)i);
            pack(&t->frame, &county->figure[i], sizeof county->figure[i]);
            pack_u32(&t->frame, county->figure_origin[i].source);
            pack_u32(&t->frame, county->figure_origin[i].row);
        }
    tell_frame(t, FRAME_COUNTY);
}

static void tell_rows(struct telling *t, const struct returns *r)
{
    enum { AT_ONCE = PIECE / (sizeof *r->county + sizeof *r->origin) };
    for (size_t row = 0; row < r->n; row += AT_ONCE) {
        const size_t n = r->n - row < AT_ONCE ? r->n - row : AT_ONCE;
        pack_u32(&t->frame, (uint32_t)n);
        pack(&t->frame, r->county + row, n * sizeof *r->county);
        pack(&t->frame, r->origin + row, n * sizeof *r->origin);
        tell_frame(t, FRAME_ROWS);
    }
}

static void begin_column(struct telling *t, size_t item, size_t first, size_t n)
{
    pack_u32(&t->frame, (uint32_t)item);
    pack_u32(&t->frame, (uint32_t)first);
    pack_u32(&t->frame, (uint32_t)n);
}

static void tell_numbers(struct telling *t, const struct returns *r, size_t item)
{
    enum { AT_ONCE = PIECE / sizeof(double) };
    for (size_t row = 0; row < r->n; row += AT_ONCE) {
        const size_t n = r->n - row < AT_ONCE ? r->n - row : AT_ONCE;
        begin_column(t, item, row, n);
        pack(&t->frame, r->number[item] + row, n * sizeof(double));
        tell_frame(t, FRAME_NUMBERS);
    }
}

static void tell_texts(struct telling *t, const struct returns *r, size_t item)
{
    for (size_t row = 0, next; row < r->n; row = next) {
        size_t size = 0;
        for (next = row; next < r->n && (next == row || size + r->text[item][next].size + sizeof(uint32_t) <= PIECE); next++)
            size += r->text[item][next].size + sizeof(uint32_t);
        begin_column(t, item, row, next - row);
        for (size_t i = row; i < next; i++)
            pack_u32(&t->frame, (uint32_t)r->text[item][i].size);
        for (size_t i = row; i < next; i++)
            buf_add(&t->frame, r->text[item][i]);
        tell_frame(t, FRAME_TEXTS);
    }
}

static void tell_others(struct telling *t, const struct returns *r)
{
    enum { AT_ONCE = PIECE / (4 * sizeof(uint32_t)) };
    for (size_t at = 0; at < r->n_others; at += AT_ONCE) {
        const size_t n = r->n_others - at < AT_ONCE ? r->n_others - at : AT_ONCE;
        pack_u32(&t->frame, (uint32_t)n);
        for (size_t i = at; i < at + n; i++) {
            pack_u32(&t->frame, r->others[i].row);
            pack_u32(&t->frame, r->others[i].item);
            pack_u32(&t->frame, r->others[i].from.source);
            pack_u32(&t->frame, r->others[i].from.row);
        }
        tell_frame(t, FRAME_OTHERS);
    }
}

bool tell_returns(int fd, const struct returns *r, const struct text *names, size_t n_files, struct err *err)
{
    if (!fits(r, err))
        return false;
    struct arena *mem = arena_new("telling");
    struct telling t = { .fd = fd, .frame = { .mem = mem } };
    pack_u32(&t.frame, (uint32_t)r->n);
    pack_u32(&t.frame, (uint32_t)r->n_counties);
    pack_u32(&t.frame, (uint32_t)r->n_sources);
    pack_u32(&t.frame, (uint32_t)r->n_others);
    tell_frame(&t, FRAME_SHAPE);
    for (size_t i = 0; i < r->n_sources; i++)
        tell_source(&t, r, &r->sources[i], names, n_files);
    for (size_t i = 0; i < r->n_counties; i++)
        tell_county(&t, r, &r->counties[i]);
    tell_rows(&t, r);
    for (size_t i = 0; i < r->items->n; i++) {
        if (r->number[i])
            tell_numbers(&t, r, i);
        if (r->text[i])
            tell_texts(&t, r, i);
    }
    tell_others(&t, r);
    arena_free(&mem);
    return true;
}
