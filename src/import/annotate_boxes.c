#include "import/annotate_boxes.h"

#include "base/unicode.h"
#include "import/annotate_edit.h"

#include <string.h>

#define SPACES "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" " \
               "xmlns:x=\"urn:schemas-microsoft-com:office:excel\""

enum { NUMBERS = 1024 };   /* shape numbers come in blocks of this size, one or more a drawing */

/* VML of old is not always well-formed XML (Excel wrote <br> unclosed): it is not parsed, only its
 * end and its greatest shape number are looked for. */
static bool find_end(struct text part, size_t *at_out)
{
    static const struct text END = { "</xml>", 6 };
    for (size_t at = part.size < END.size ? 0 : part.size - END.size + 1; at-- > 0;)
        if (memcmp(part.at + at, END.at, END.size) == 0) {
            *at_out = at;
            return true;
        }
    return false;
}

static unsigned greatest_number(struct text part)
{
    unsigned greatest = 0;
    struct text rest = part;
    size_t at;
    while (text_find(rest, TEXT("_x0000_s"), &at)) {
        rest.at += at + 8;
        rest.size -= at + 8;
        unsigned number = 0;
        for (size_t i = 0; i < rest.size && i < 8 && rest.at[i] >= '0' && rest.at[i] <= '9'; i++)
            number = number * 10 + (unsigned)(rest.at[i] - '0');
        if (number > greatest)
            greatest = number;
    }
    return greatest;
}

/* Rows a box needs for its text: about 18 Chinese characters a line. */
static unsigned rows_for(struct text comment)
{
    enum { WIDTH = 36, LEAST = 4, MOST = 20 };
    size_t rows = 1;
    struct text line;
    while (text_split(&comment, '\n', &line))
        rows += text_width(line) / WIDTH + 1;
    return rows < LEAST ? LEAST : rows > MOST ? MOST : (unsigned)rows;
}

static void add_box(struct buf *into, const struct mark *mark, unsigned number)
{
    const unsigned row = mark->row - 1, column = mark->column - 1, top = row ? row - 1 : 0;
    buf_printf(into,
        "<v:shape " SPACES " id=\"_x0000_s%u\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;"
        "width:220pt;height:%upt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
        "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
        "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
        "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
        "<x:Anchor>%u, 15, %u, 4, %u, 15, %u, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%u</x:Row><x:Column>%u</x:Column>"
        "</x:ClientData></v:shape>",
        number, rows_for(mark->comment) * 15, column + 1, top, column + 5, top + rows_for(mark->comment), row, column);
}

static const char SHAPE_TYPE[] =
    "<v:shapetype " SPACES " id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
    "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/* The head of a new drawing, with the blocks of shape numbers it takes. */
static struct text head(struct arena *mem, unsigned first_block, unsigned n_blocks)
{
    struct buf blocks = { .mem = mem };
    for (unsigned i = 0; i < n_blocks; i++)
        buf_printf(&blocks, i ? ",%u" : "%u", first_block + i);
    return text_printf(mem, "<xml " SPACES "><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"%.*s\"/></o:shapelayout></xml>",
                       TEXT_ARG(buf_text(&blocks)));
}

bool annotate_boxes(struct rewrite *rewrite, struct text path, const struct marks *marks, const bool *has, unsigned *block,
                    struct err *err)
{
    struct text part;
    if (!rewrite_load(rewrite, path, &part, err))
        return false;
    unsigned number = greatest_number(part);
    if (!part.size) {
        const unsigned n_blocks = (unsigned)(marks->n / (NUMBERS - 1)) + 1;
        number = *block * NUMBERS;
        part = head(rewrite->mem, *block, n_blocks);
        *block += n_blocks;
    }
    size_t end;
    if (!find_end(part, &end))
        return package_damaged(err, "批注框部件 %s 不完整", text_string(rewrite->mem, path));
    struct buf boxes = { .mem = rewrite->mem };
    if (!text_find(part, TEXT("id=\"_x0000_t202\""), NULL))
        buf_add(&boxes, text_of(SHAPE_TYPE));
    for (size_t m = 0; m < marks->n; m++)
        if (!has[m])
            add_box(&boxes, &marks->at[m], ++number);
    struct edits edits = { .mem = rewrite->mem };
    edit_add(&edits, end, 0, buf_text(&boxes));
    rewrite_put(rewrite, path, edits_apply(rewrite->mem, part, &edits));
    return true;
}
