#include "import/annotate_styles.h"

#include "import/annotate_edit.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

enum { MAX_STYLES = 65490, FILLS = 2 };   /* Excel takes no more cell styles */

static const char *const COLOURS[FILLS] = { [FINDING_ERROR] = "FFFBE6E3", [FINDING_WARNING] = "FFFDF3DC" };

static const char NONE[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"" MAIN "\">"
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

struct making {
    struct arena *mem;
    struct outline outline;
    const struct element *fills, *styles;    /* <fills>, <cellXfs> */
    const struct element **xf;               /* [style] */
    size_t n_xf, n_fill, n_new;
    uint32_t *made[FILLS];                   /* [style] the one with the fill; 0: none yet */
    struct buf new_xf;
};

/* A style's element with another fill; all else of it stays. */
static uint32_t with_fill(struct making *making, uint32_t style, enum finding_level level)
{
    if (style >= making->n_xf)
        style = 0;
    uint32_t *const made = &making->made[level][style];
    if (*made || making->n_xf + making->n_new >= MAX_STYLES)
        return *made ? *made : style;
    const struct element *const xf = making->xf[style];
    const char *const fill = arena_printf(making->mem, "%zu", making->n_fill + level);
    struct text tag = tag_with(making->mem, outline_tag(&making->outline, xf), "fillId", fill);
    tag = tag_with(making->mem, tag, "applyFill", "1");
    buf_add(&making->new_xf, tag);
    buf_add(&making->new_xf, (struct text){ making->outline.part.at + xf->tag_end, xf->end - xf->tag_end });
    *made = (uint32_t)(making->n_xf + making->n_new++);
    return *made;
}

/* The children of one list of the part; elements come in order. */
static size_t children(const struct outline *outline, const struct element *list, const struct element **into)
{
    size_t n = 0;
    for (const struct element *at = list + 1; at < outline->at + outline->n && at->depth > list->depth; at++)
        if (at->depth == list->depth + 1) {
            if (into)
                into[n] = at;
            n++;
        }
    return n;
}

static void grow_list(struct making *making, const struct element *list, size_t count, struct text more, struct edits *edits)
{
    struct arena *const mem = making->mem;
    const char *const total = arena_printf(mem, "%zu", count);
    const struct text tag = outline_tag(&making->outline, list);
    edit_add(edits, list->start, tag.size, tag_with(mem, tag, "count", total));
    edit_add(edits, list->close, 0, more);   /* never empty: checked in begin */
}

static bool begin(struct rewrite *rewrite, struct text part, const char *shown, struct making *making, struct err *err)
{
    *making = (struct making){ .mem = rewrite->mem, .new_xf = { .mem = rewrite->mem } };
    if (!outline_read(rewrite->mem, part, shown, 3, &making->outline, err))
        return false;
    making->fills = outline_find(&making->outline, 2, "fills");
    making->styles = outline_find(&making->outline, 2, "cellXfs");
    making->n_fill = making->fills ? children(&making->outline, making->fills, NULL) : 0;
    making->n_xf = making->styles ? children(&making->outline, making->styles, NULL) : 0;
    if (!making->n_fill || !making->n_xf)
        return true;    /* told to the caller by n_xf: no styles to build on */
    making->xf = arena_array(rewrite->mem, making->n_xf, const struct element *);
    children(&making->outline, making->styles, making->xf);
    for (size_t level = 0; level < FILLS; level++)
        making->made[level] = arena_array(rewrite->mem, making->n_xf, uint32_t);
    return true;
}

static struct text with_fills(struct making *making)
{
    struct arena *const mem = making->mem;
    const struct text prefix = tag_prefix(outline_tag(&making->outline, making->fills));
    struct buf fills = { .mem = mem };
    for (size_t level = 0; level < FILLS; level++)
        buf_printf(&fills, "<%.*sfill><%.*spatternFill patternType=\"solid\"><%.*sfgColor rgb=\"%s\"/><%.*sbgColor indexed=\"64\"/>"
                           "</%.*spatternFill></%.*sfill>", TEXT_ARG(prefix), TEXT_ARG(prefix), TEXT_ARG(prefix), COLOURS[level],
                   TEXT_ARG(prefix), TEXT_ARG(prefix), TEXT_ARG(prefix));
    struct edits edits = { .mem = mem };
    grow_list(making, making->fills, making->n_fill + FILLS, buf_text(&fills), &edits);
    grow_list(making, making->styles, making->n_xf + making->n_new, buf_text(&making->new_xf), &edits);
    return edits_apply(mem, making->outline.part, &edits);
}

/* A workbook without any style gets the plainest ones, and with them the fills. */
static bool add_styles(struct rewrite *rewrite, struct text workbook, struct text *path, struct err *err)
{
    const char *id;
    *path = rewrite_free_path(rewrite, "xl/styles", ".xml");
    return rewrite_relate(rewrite, workbook, "styles", *path, &id, err) &&
           rewrite_declare(rewrite, *path, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml", err);
}

bool annotate_styles(struct rewrite *rewrite, struct text workbook, struct text *path, struct marks *sheets, size_t n,
                     struct err *err)
{
    struct making making;
    struct text part = text_of(NONE);
    if (path->size && !rewrite_load(rewrite, *path, &part, err))
        return false;
    if (!path->size && !add_styles(rewrite, workbook, path, err))
        return false;
    if (!begin(rewrite, part, text_string(rewrite->mem, *path), &making, err))
        return false;
    if (!making.n_xf || !making.n_fill) {   /* a part that names no styles: every cell had the plainest */
        if (!begin(rewrite, text_of(NONE), "styles", &making, err))
            return false;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sheets[i].n; k++) {
            struct mark *const mark = &sheets[i].at[k];
            if (mark->fill)
                mark->marked_style = with_fill(&making, mark->style, mark->worst);
        }
    rewrite_put(rewrite, *path, with_fills(&making));
    return true;
}
