#include "import/annotate_comments.h"

#include "import/annotate_boxes.h"
#include "import/annotate_edit.h"
#include "import/xlsx_parts.h"
#include "import/xlsx_sheet.h"
#include "import/xml.h"

#define AUTHOR "均衡"
#define AUTHOR_ESCAPED "&#x5747;&#x8861;"

static const char EMPTY[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors></authors><commentList></commentList></comments>";
static const char EMPTY_STRICT[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<comments xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><authors></authors><commentList></commentList></comments>";

struct commenting {
    struct arena *mem;
    const struct marks *marks;
    bool *has;                    /* [mark] the cell has a comment, and so a box */
    struct outline outline;
    struct text prefix;
    struct edits edits;
    size_t author, n_authors;     /* ours; n_authors where it is not there yet */
};

static struct text inside(const struct outline *outline, const struct element *element)
{
    return (struct text){ outline->part.at + element->tag_end, element->close - element->tag_end };
}

static struct text comment_run(const struct commenting *on, const struct mark *mark)
{
    const struct text p = on->prefix;
    struct buf run = { .mem = on->mem };
    buf_printf(&run, "<%.*sr><%.*srPr><%.*ssz val=\"9\"/><%.*scolor indexed=\"81\"/><%.*srFont val=\"Tahoma\"/></%.*srPr>"
                     "<%.*st xml:space=\"preserve\">",
               TEXT_ARG(p), TEXT_ARG(p), TEXT_ARG(p), TEXT_ARG(p), TEXT_ARG(p), TEXT_ARG(p), TEXT_ARG(p));
    xml_escape(&run, mark->comment);
    buf_printf(&run, "</%.*st></%.*sr>", TEXT_ARG(p), TEXT_ARG(p));
    return buf_text(&run);
}

static void find_author(struct commenting *on)
{
    const struct outline *const outline = &on->outline;
    on->author = SIZE_MAX;
    for (size_t i = 0; i < outline->n; i++) {
        if (outline->at[i].depth != 3 || !text_equal(outline->at[i].name, TEXT("author")))
            continue;
        const struct text name = text_trim(inside(outline, &outline->at[i]));
        if (text_equal(name, TEXT(AUTHOR)) || text_equal(name, TEXT(AUTHOR_ESCAPED)))
            on->author = on->n_authors;
        on->n_authors++;
    }
    if (on->author == SIZE_MAX)
        on->author = on->n_authors;
}

/* Our words into a comment that is there: behind its last piece of text, in its own look. */
static void add_to(struct commenting *on, const struct element *comment, const struct mark *mark)
{
    const struct outline *const outline = &on->outline;
    const struct element *text = NULL, *piece = NULL;
    for (const struct element *at = comment + 1; at < outline->at + outline->n && at->depth > 3; at++) {
        if (at->depth == 4 && text_equal(at->name, TEXT("text")))
            text = at;
        if (text && (at->depth == 5 || at->depth == 6) && text_equal(at->name, TEXT("t")))
            piece = at;
    }
    uint32_t author;
    const struct text told = tag_attribute(outline_tag(outline, comment), "authorId");
    const bool ours = on->author < on->n_authors && digits_count(told, UINT32_MAX, &author) && author == on->author;
    if (text && ours) {
        const struct text run = comment_run(on, mark), opened = tag_opened(on->mem, outline_tag(outline, text));
        const struct text closed = tag_end(on->mem, outline_tag(outline, text));
        edit_add(&on->edits, text->start, text->end - text->start,
                 text_printf(on->mem, "%.*s%.*s%.*s", TEXT_ARG(opened), TEXT_ARG(run), TEXT_ARG(closed)));
    } else if (piece) {
        struct buf words = { .mem = on->mem };
        xml_escape(&words, text_printf(on->mem, "\n\n" AUTHOR "：\n%.*s", TEXT_ARG(mark->comment)));
        outline_append(outline, piece, buf_text(&words), &on->edits);
    } else if (text) {
        outline_append(outline, text, comment_run(on, mark), &on->edits);
    }
}

static void add_to_those_there(struct commenting *on)
{
    const struct outline *const outline = &on->outline;
    for (size_t i = 0; i < outline->n; i++) {
        uint32_t row, column;
        if (outline->at[i].depth != 3 || !text_equal(outline->at[i].name, TEXT("comment")) ||
            !xlsx_place(tag_attribute(outline_tag(outline, &outline->at[i]), "ref"), &row, &column))
            continue;
        const size_t m = marks_from(on->marks, row, column);
        if (m == on->marks->n || on->marks->at[m].row != row || on->marks->at[m].column != column || on->has[m])
            continue;
        on->has[m] = true;
        add_to(on, &outline->at[i], &on->marks->at[m]);
    }
}

static void add_new(struct commenting *on, const struct element *authors, const struct element *list)
{
    const struct text p = on->prefix;
    struct buf comments = { .mem = on->mem };
    for (size_t m = 0; m < on->marks->n; m++) {
        char cell[16];
        if (on->has[m])
            continue;
        const struct text run = comment_run(on, &on->marks->at[m]);
        buf_printf(&comments, "<%.*scomment ref=\"%s\" authorId=\"%zu\"><%.*stext>", TEXT_ARG(p),
                   cell_name(cell, on->marks->at[m].row, on->marks->at[m].column), on->author, TEXT_ARG(p));
        buf_add(&comments, run);
        buf_printf(&comments, "</%.*stext></%.*scomment>", TEXT_ARG(p), TEXT_ARG(p));
    }
    if (!comments.size)
        return;
    outline_append(&on->outline, list, buf_text(&comments), &on->edits);
    if (on->author == on->n_authors)
        outline_append(&on->outline, authors,
                       text_printf(on->mem, "<%.*sauthor>" AUTHOR_ESCAPED "</%.*sauthor>", TEXT_ARG(p), TEXT_ARG(p)), &on->edits);
}

static bool write_comments(struct rewrite *rewrite, struct text path, struct commenting *on, struct err *err)
{
    struct text part;
    if (!rewrite_load(rewrite, path, &part, err))
        return false;
    if (!part.size)
        part = text_of(rewrite->strict ? EMPTY_STRICT : EMPTY);
    const char *const shown = text_string(rewrite->mem, path);
    if (!outline_read(rewrite->mem, part, shown, 6, &on->outline, err))
        return false;
    const struct element *const authors = outline_find(&on->outline, 2, "authors");
    const struct element *const list = outline_find(&on->outline, 2, "commentList");
    if (!authors || !list)
        return package_damaged(err, "批注部件 %s 不完整", shown);
    on->prefix = tag_prefix(outline_tag(&on->outline, &on->outline.at[0]));
    find_author(on);
    add_to_those_there(on);
    add_new(on, authors, list);
    rewrite_put(rewrite, path, edits_apply(rewrite->mem, part, &on->edits));
    return true;
}

/* The part of the sheet's boxes; the empty text when it has none. */
static bool find_boxes(struct rewrite *rewrite, struct text path, struct text part, const struct relations *relations,
                       struct text *out, struct err *err)
{
    struct outline outline;
    *out = TEXT("");
    if (!outline_read(rewrite->mem, part, text_string(rewrite->mem, path), 2, &outline, err))
        return false;
    const struct element *const drawing = outline_find(&outline, 2, "legacyDrawing");
    if (!drawing)
        return true;
    const struct relation *const relation = relation_by_id(relations, tag_attribute(outline_tag(&outline, drawing), "id"));
    if (!relation || package_find(rewrite->package, relation->target) == NO_PART)
        return package_damaged(err, "部件 %s 的批注框不在文件里", text_string(rewrite->mem, path));
    *out = relation->target;
    return true;
}

bool annotate_comments(struct rewrite *rewrite, struct text path, struct text part, const struct marks *marks,
                       unsigned *block, const char **drawing_out, struct err *err)
{
    struct relations relations;
    struct text boxes;
    struct commenting on = { .mem = rewrite->mem, .marks = marks, .edits = { .mem = rewrite->mem },
                             .has = arena_array(rewrite->mem, marks->n, bool) };
    *drawing_out = NULL;
    if (!relations_read(rewrite->mem, rewrite->package, path, &relations, err) ||
        !find_boxes(rewrite, path, part, &relations, &boxes, err))
        return false;
    const struct relation *const there = relation_by_type(&relations, "comments");
    struct text comments = there ? there->target : TEXT("");
    if (!there || package_find(rewrite->package, comments) == NO_PART) {
        const char *id;
        comments = rewrite_free_path(rewrite, "xl/comments", ".xml");
        rewrite_put(rewrite, comments, TEXT(""));
        if (!rewrite_relate(rewrite, path, "comments", comments, &id, err) ||
            !rewrite_declare(rewrite, comments, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml", err))
            return false;
    }
    if (!write_comments(rewrite, comments, &on, err))
        return false;
    if (boxes.size)
        return annotate_boxes(rewrite, boxes, marks, on.has, block, err);
    boxes = rewrite_free_path(rewrite, "xl/drawings/vmlDrawing", ".vml");
    rewrite_put(rewrite, boxes, TEXT(""));
    return rewrite_relate(rewrite, path, "vmlDrawing", boxes, drawing_out, err) &&
           rewrite_declare_extension(rewrite, "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing", err) &&
           annotate_boxes(rewrite, boxes, marks, on.has, block, err);
}
