#include "import/annotate_marks.h"

#include "import/sort.h"

/* A comment that nobody can read through helps nobody. */
enum { LONGEST_COMMENT = 6000, LONGEST_READ = 300 };

struct placed { uint64_t place; uint64_t finding; };
_Static_assert(sizeof(struct placed) == SORTED_SIZE, "sorted as 16 bytes");

static uint64_t place_of(const void *placed)
{
    return ((const struct placed *)placed)->place;
}

static uint64_t place(const struct grid *sheet, const struct finding *finding)
{
    uint32_t row = finding->row, column = finding->column;
    if (!row || !column || row > GRID_MAX_ROWS || column > GRID_MAX_COLUMNS)
        row = column = 1;
    const struct merge *const merge = grid_merge_at(sheet, row, column);
    return merge ? (uint64_t)merge->row << 32 | merge->column : (uint64_t)row << 32 | column;
}

static const char *level_name(enum finding_level level)
{
    switch (level) {
    case FINDING_ERROR: return "错误";
    case FINDING_WARNING: return "请核实";
    case FINDING_NOTE: return "提示";
    }
    return "提示";
}

static struct text shortened(struct text text)
{
    if (text.size <= LONGEST_READ)
        return text;
    text.size = LONGEST_READ;
    while (text.size && ((unsigned char)text.at[text.size] & 0xC0) == 0x80)
        text.size--;
    return text;
}

/* 【错误】读到“12人”，应为整数。删去“人”字。 */
static void add_line(struct buf *into, const struct finding *finding, bool elsewhere, struct arena *scratch)
{
    struct finding line = *finding;
    line.file = line.sheet = TEXT("");
    line.read = shortened(line.read);
    line.expected = shortened(line.expected);
    line.mend = shortened(line.mend);
    if (!elsewhere) {
        line.school = TEXT("");
        line.row = line.column = 0;
    }
    if (into->size)
        buf_byte(into, '\n');
    buf_printf(into, "【%s】", level_name(finding->level));
    buf_add(into, finding_sentence(scratch, &line));
}

static struct mark make_mark(struct arena *mem, const struct findings *findings, const struct placed *placed, size_t n)
{
    struct mark mark = { .row = (uint32_t)(placed->place >> 32), .column = (uint32_t)placed->place, .worst = FINDING_NOTE };
    struct buf comment = { .mem = mem };
    size_t left_out = 0;
    for (size_t i = 0; i < n; i++) {
        const struct finding *const finding = &findings->at[placed[i].finding];
        const bool about_cell = finding->row && finding->column;
        if (about_cell && finding->level < mark.worst)
            mark.worst = finding->level;
        if (comment.size > LONGEST_COMMENT)
            left_out++;
        else
            add_line(&comment, finding, !about_cell, mem);
    }
    if (left_out)
        buf_printf(&comment, "\n……还有 %zu 条，用 junheng check 可全部列出。", left_out);
    mark.fill = mark.worst != FINDING_NOTE;
    mark.comment = buf_text(&comment);
    return mark;
}

void marks_make(struct arena *mem, const struct findings *findings, const struct grid *sheet, struct marks *out)
{
    struct placed *const placed = arena_array(mem, findings->n, struct placed);
    size_t n = 0;
    for (size_t i = 0; i < findings->n; i++)
        if (text_equal(findings->at[i].sheet, sheet->name))
            placed[n++] = (struct placed){ place(sheet, &findings->at[i]), i };
    sort_stably(placed, n, place_of);
    *out = (struct marks){ .at = arena_array(mem, n, struct mark) };
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && placed[next].place == placed[i].place; next++)
            ;
        out->at[out->n++] = make_mark(mem, findings, &placed[i], next - i);
    }
}

size_t marks_from(const struct marks *marks, uint32_t row, uint32_t column)
{
    size_t low = 0, high = marks->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct mark *const mark = &marks->at[middle];
        if (mark->row < row || (mark->row == row && mark->column < column))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
