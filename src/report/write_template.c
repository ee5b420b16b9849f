#include "report/write_template.h"

#include "report/template_maker.h"

bool write_template(const struct edition *edition, enum item_level level, const char *path, struct err *err)
{
    struct arena *mem = arena_new("template");
    struct template_maker m = { .edition = edition, .items = &edition->items };
    bool ok = false;
    if (!xlsx_begin(&m.x, mem, path, err))
        goto done;
    template_make_looks(&m);
    if (level == ITEM_COUNTY)
        template_county(&m);
    else
        template_schools(&m);
    template_explanations(&m, level);
    ok = xlsx_end(&m.x, err);
done:
    arena_free(&mem);
    return ok;
}
