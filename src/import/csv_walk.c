#include "import/csv_walk.h"

#include <string.h>

enum { ROOM = 256 * 1024 }; /* stays in the processor's second cache beside the columns */

static size_t count_lines(const char *start, const char *end)
{
    size_t n = 0;
    while (start < end && (start = memchr(start, '\n', (size_t)(end - start)))) {
        n++;
        start++;
    }
    return n;
}

bool csv_refuse_row(struct text file, struct text row, uint64_t line, struct err *err)
{
    const char *opened = row.at;
    bool inside = false;
    for (size_t i = 0; i < row.size; i++)
        if (row.at[i] == '"') {
            if (!inside)
                opened = row.at + i;
            inside = !inside;
        }
    if (!inside) {
        err_set(err, ERR_LIMIT, "“%.*s”第 %llu 行超过 %d KB，不像一所学校的数据。", TEXT_ARG(file), (unsigned long long)line, CSV_MAX_RECORD / 1024);
        return err_hint(err, "请检查这一行；请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”或 .xlsx 再用。");
    }
    line += count_lines(row.at, opened);
    err_set(err, ERR_INPUT, "“%.*s”第 %llu 行有一个双引号没有配对，从那里起分不清哪里是一格的结尾。", TEXT_ARG(file), (unsigned long long)line);
    return err_hint(err, "请用记事本打开文件，在第 %llu 行补上或删去双引号；或在 Excel、WPS 中改好后另存为 .xlsx 再用。", (unsigned long long)line);
}

void csv_walk_count_lines(struct csv_walk *walk, const char *start, const char *end)
{
    /* The row's own line end is its last byte. */
    if (memchr(start, '"', (size_t)(end - start)))
        walk->more_lines += count_lines(start, end - 1);
}

/* Fills the window from where it ends. */
static bool fill(struct csv_walk *w, struct err *err)
{
    size_t got = 1;
    while (w->size < w->capacity && got) {
        if (!w->input->read(w->input->context, w->at + w->size, w->bytes + w->size, w->capacity - w->size, &got, err))
            return false;
        w->size += got;
    }
    w->last = !got || w->at + w->size >= w->input->size;
    if (w->last && w->size && w->bytes[w->size - 1] != '\n')
        w->bytes[w->size++] = '\n';
    const char *end = w->size ? memrchr(w->bytes, '\n', w->size) : NULL;
    w->whole = end ? (size_t)(end - w->bytes) + 1 : 0;
    return true;
}

bool csv_walk_start(struct csv_walk *w, struct csv_part *part, const char **at_out, struct err *err)
{
    if (!w->bytes) {
        w->capacity = w->input->size < ROOM ? (size_t)w->input->size + 1 : ROOM;
        w->bytes = arena_alloc(w->mem, w->capacity + CSV_WINDOW_SLACK);
    }
    w->at = part->first ? part->from : part->from - 1;
    w->size = w->whole = 0;
    w->last = false;
    w->record = part->record;
    w->more_lines = part->more_lines;
    if (!fill(w, err))
        return false;
    const char *end = NULL;
    while (!part->first && !(end = w->size ? memchr(w->bytes, '\n', w->size) : NULL) && !w->last) {
        w->at += w->size;
        w->size = 0;
        if (!fill(w, err))
            return false;
    }
    *at_out = part->first ? w->bytes : end ? end + 1 : w->bytes + w->size;
    part->begun = part->ended = csv_walk_place(w, *at_out);
    part->rows = part->record;
    return true;
}

bool csv_walk_move(struct csv_walk *w, const char **at, struct err *err)
{
    const size_t used = (size_t)(*at - w->bytes);
    if (w->last || (!used && w->capacity >= CSV_MAX_RECORD && w->size >= w->capacity))
        return csv_refuse_row(w->file, (struct text){ *at, w->size - used }, w->record + 1 + w->more_lines, err);
    if (used) {
        memmove(w->bytes, *at, w->size - used);
        w->size -= used;
        w->at += used;
    } else if (w->size >= w->capacity) {
        char *wider = arena_alloc(w->mem, w->capacity * 2 + CSV_WINDOW_SLACK);
        memcpy(wider, w->bytes, w->size);
        w->bytes = wider;
        w->capacity *= 2;
    }
    *at = w->bytes;
    return fill(w, err);
}
