#include "import/layout.h"

#include "import/bind.h"
#include "import/layout_rows.h"

static void note_sheet(const struct bind_request *request, const struct grid *grid, enum finding_level level,
                       struct text rule, struct text expected, struct text mend,
                       const struct table_sink *sink)
{
    const struct finding finding = {
        .level = level,
        .rule = rule,
        .file = request->file,
        .sheet = grid->name,
        .school = TEXT(""),
        .item = TEXT(""),
        .read = TEXT(""),
        .expected = expected,
        .mend = mend,
    };
    sink->finding(sink->context, &finding);
}

enum { MOST_TABLES = 100 /* of one sheet: nobody stacks more, and each costs a search for its header */ };

/* The sheet 说明 of a workbook that we exported: its first cell is the mark by which it is known again. */
static bool is_our_guide(const struct grid *grid)
{
    return grid->n && grid->cells[0].kind == CELL_TEXT && text_starts(grid_text(grid, &grid->cells[0]), TEXT("均衡导出"));
}

/* Reads the tables of one sheet; *n_tables counts them. */
static bool sheet_read(const struct grid *grid, struct bind_request *request, const struct table_sink *sink,
                       size_t *n_tables, struct arena *scratch, struct err *err)
{
    size_t here = 0;
    request->again = false;
    uint32_t from = grid->n ? grid->cells[0].row : 1;
    bool more = grid->n > 0;
    while (more) {
        const struct arena_mark mark = arena_mark(scratch);
        struct binding binding;
        if (!bind_table(scratch, request, grid, from, &binding)) {
            arena_rewind(scratch, mark);
            break;
        }
        bind_report(&binding, request, sink, scratch);
        if (binding.table.down && !binding.n_value_columns) {
            /* 填报说明 of our own template explains the items and promises no figures. */
            if (!text_ends(grid->name, TEXT("说明")))
                note_sheet(request, grid, FINDING_NOTE, TEXT("layout.no_values"),
                           TEXT("这里列着指标名称，但没有找到填数的一列，没有读取"),
                           TEXT("如果是填报表，把填数的一列的表头写作“填报值”"), sink);
            arena_rewind(scratch, mark);
            return true;
        }
        uint32_t next = UINT32_MAX;
        const bool well = binding.table.down ? lines_read(grid, &binding, request, sink, scratch, err)
                                             : rows_read(grid, &binding, request, sink, &next, scratch, err);
        arena_rewind(scratch, mark);
        if (!well)
            return false;
        here++;
        request->again = true;
        if (here == MOST_TABLES && next != UINT32_MAX) {
            note_sheet(request, grid, FINDING_ERROR, TEXT("layout.too_many"),
                       text_printf(scratch, "一张工作表里有太多的表，只读到第 %u 行", next - 1),
                       TEXT("把各个表头相同的表并成一张，其余的分到别的工作表"), sink);
            break;
        }
        more = next != UINT32_MAX && next > from;
        from = next;
    }
    *n_tables += here;
    if (!here && grid->n && !is_our_guide(grid))
        note_sheet(request, grid, FINDING_NOTE, TEXT("layout.unrecognised"),
                   TEXT("没有认出表头，这张工作表没有读取"),
                   TEXT("表头里要有“学校代码”和指标名称，如“小学在校生数”"), sink);
    return true;
}

bool layout_read(const struct workbook *workbook, const struct layout_request *request,
                 const struct table_sink *sink, struct arena *scratch, struct err *err)
{
    const struct arena_mark mark = arena_mark(scratch);
    struct bind_request bind = { .names = item_names_new(scratch, request->items), .file = request->file };
    size_t n_tables = 0, n_hidden = 0;
    bool well = true;
    for (size_t i = 0; i < workbook->n && well; i++) {
        const struct grid *grid = workbook->sheets[i];
        if (grid->hidden) {
            n_hidden++;
            note_sheet(&bind, grid, FINDING_NOTE, TEXT("layout.hidden"), TEXT("隐藏的工作表没有读取"),
                       TEXT("如果里面有要填报的数，取消隐藏"), sink);
            continue;
        }
        well = sheet_read(grid, &bind, sink, &n_tables, scratch, err);
    }
    if (well && !n_tables) {
        well = err_set(err, ERR_INPUT, "%.*s 里没有认出可以读取的表：表头中没有指标名称。",
                       TEXT_ARG(request->file));
        err_hint(err,
                 "表头里要有“学校代码”“学校名称”和指标名称（如“小学在校生数”“教学及辅助用房面积”）%s；"
                 "可以用 junheng template school -o 模板.xlsx 生成空白表，把数粘贴进去。",
                 n_hidden ? "，隐藏的工作表不读" : "");
    }
    arena_rewind(scratch, mark);
    return well;
}
