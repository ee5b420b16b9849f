#include "report/write_returns.h"

#include "report/template_maker.h"
#include "report/words.h"

static void write_guide(struct template_maker *m, const struct returns_request *request)
{
    enum { WIDTH = 100 };
    const struct county_year *county = &request->returns->counties[request->county];
    const struct text lines[] = {
        request->mark,
        text_printf(m->x.mem, "%.*s　%.*s　标准版本 %.*s", TEXT_ARG(words_county(m->x.mem, county)),
                    TEXT_ARG(words_year(m->x.mem, county->year)), TEXT_ARG(request->edition->id)),
        text_printf(m->x.mem, "共写出 %zu 行，符合条件 %zu 行。", m->written, m->written),
        TEXT("改好后存为 .xlsx，原样导入即可：只认改动过的格；别人在这期间改过的同一格会列出来，由您选留哪一个。"),
        TEXT("请勿改动本页第一行；学校代码和学年也不要改，那是认出每一行的依据。清空一格，等于说这个数缺。"),
    };
    lxw_worksheet *sheet = xlsx_add_sheet(&m->x, TEXT("说明"));
    xlsx.worksheet_set_column(sheet, 0, 0, WIDTH, NULL);
    for (size_t i = 0; i < COUNT(lines); i++)
        template_write(m, sheet, i, 0, lines[i], m->looks.note);
}

bool write_returns(const struct returns_request *request, const char *path, size_t *rows_out, struct err *err)
{
    struct arena *mem = arena_new("write_returns");
    struct template_maker m = {
        .edition = request->edition, .items = &request->edition->items, .returns = request->returns,
        .county = request->county, .visible = request->visible,
    };
    bool ok = false;
    if (!xlsx_begin(&m.x, mem, path, err))
        goto done;
    template_make_looks(&m);
    template_schools(&m);
    if (!request->without_county)
        template_county(&m);
    write_guide(&m, request);
    if (rows_out)
        *rows_out = m.written;
    ok = xlsx_end(&m.x, err);
done:
    arena_free(&mem);
    return ok;
}
