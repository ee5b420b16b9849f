#include "import/annotate.h"

#include "import/annotate_comments.h"
#include "import/annotate_sheet.h"
#include "import/annotate_styles.h"
#include "import/annotate_edit.h"
#include "import/xlsx_parts.h"

enum { FIRST_BLOCK = 100 };   /* shape numbers far from those that programs give */

struct annotated {            /* a sheet with findings */
    struct text path, part;
};

struct annotating {
    struct rewrite rewrite;
    struct xlsx_parts parts;
    struct annotated sheets[GRID_MAX_SHEETS];
    struct marks marks[GRID_MAX_SHEETS];
    size_t n;
    bool any_fill;
};

static bool ask_strict(struct annotating *on, struct err *err)
{
    struct text book;
    struct outline outline;
    const struct text path = package_name(on->rewrite.package, on->parts.workbook);
    if (!rewrite_load(&on->rewrite, path, &book, err) ||
        !outline_read(on->rewrite.mem, book, text_string(on->rewrite.mem, path), 1, &outline, err))
        return false;
    on->rewrite.strict = text_find(outline_tag(&outline, &outline.at[0]), TEXT("purl.oclc.org/ooxml"), NULL);
    return true;
}

/* The findings of one sheet as marks; nothing when there are none. */
static bool mark_sheet(struct annotating *on, size_t i, const struct findings *findings, struct err *err)
{
    struct arena *const mem = on->rewrite.mem;
    const struct xlsx_sheet_part *const sheet = &on->parts.sheets[i];
    bool any = false;
    for (size_t f = 0; f < findings->n && !any; f++)
        any = text_equal(findings->at[f].sheet, sheet->name);
    for (size_t earlier = 0; earlier < i && any; earlier++)
        any = on->parts.sheets[earlier].part != sheet->part;
    if (!any)
        return true;

    struct annotated *const made = &on->sheets[on->n];
    struct marks *const marks = &on->marks[on->n];
    struct grid *const merges = grid_new(mem, sheet->name);
    made->path = package_name(on->rewrite.package, sheet->part);
    const char *const shown = package_shown(on->rewrite.package, sheet->part);
    if (!rewrite_load(&on->rewrite, made->path, &made->part, err) || !annotate_merges(made->part, shown, merges, err))
        return false;
    marks_make(mem, findings, merges, marks);
    for (size_t m = 0; m < marks->n; m++)
        on->any_fill |= marks->at[m].fill;
    on->n++;
    return annotate_survey(made->part, shown, marks, err);
}

static bool write_sheet(struct annotating *on, size_t i, unsigned *block, struct err *err)
{
    struct rewrite *const rewrite = &on->rewrite;
    const struct annotated *const sheet = &on->sheets[i];
    const char *drawing;
    struct text part;
    if (!annotate_comments(rewrite, sheet->path, sheet->part, &on->marks[i], block, &drawing, err) ||
        !annotate_sheet(rewrite->mem, sheet->part, text_string(rewrite->mem, sheet->path), &on->marks[i], drawing, rewrite->strict,
                        &part, err))
        return false;
    rewrite_put(rewrite, sheet->path, part);
    return true;
}

static bool annotate(struct annotating *on, const struct findings *findings, struct err *err)
{
    for (size_t i = 0; i < on->parts.n_sheets; i++)
        if (!mark_sheet(on, i, findings, err))
            return false;
    if (on->any_fill) {
        const struct text book = package_name(on->rewrite.package, on->parts.workbook);
        struct text styles = on->parts.styles == NO_PART ? TEXT("") : package_name(on->rewrite.package, on->parts.styles);
        if (!annotate_styles(&on->rewrite, book, &styles, on->marks, on->n, err))
            return false;
    }
    unsigned block = FIRST_BLOCK;
    for (size_t i = 0; i < on->n; i++)
        if (!write_sheet(on, i, &block, err))
            return false;
    return true;
}

bool xlsx_annotate(struct arena *mem, struct text bytes, const struct findings *findings, struct text *bytes_out, struct err *err)
{
    struct arena *scratch = arena_new("annotate");
    struct annotating *const on = arena_make(scratch, struct annotating);
    struct text made = bytes;
    on->rewrite.mem = scratch;
    bool ok = package_open(scratch, bytes, &on->rewrite.package, err) &&
              xlsx_parts_read(scratch, on->rewrite.package, &on->parts, err) && ask_strict(on, err) &&
              annotate(on, findings, err) && (!on->n || rewrite_finish(&on->rewrite, bytes, &made, err));
    if (ok)
        *bytes_out = text_copy(mem, made);
    arena_free(&scratch);
    return ok;
}
