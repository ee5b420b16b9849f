#include "import/grid_caps.h"

#include "model/finding.h"

static bool slimmer(struct err *err)
{
    return err_hint(err, "请删去与填报无关的工作表、空行和长文字，或拆成几个文件。");
}

bool grid_caps_cell(struct grid_caps *caps, const struct grid *grid, uint32_t row, uint32_t column,
                    size_t text_size, struct err *err)
{
    char cell[16];
    if (text_size > 3 * GRID_MAX_TEXT) {
        err_set(err, ERR_LIMIT, "工作表“%.*s”的 %s 文字超过 %d 字。", TEXT_ARG(grid->name),
                cell_name(cell, row, column), GRID_MAX_TEXT);
        return err_hint(err, "请缩短这个单元格的文字，或把它移出填报的工作簿，另存后再试。");
    }
    caps->text_size += text_size;
    if (++caps->cells > GRID_MAX_CELLS) {
        err_set(err, ERR_LIMIT, "工作簿的单元格超过 %d 个（读到工作表“%.*s”的 %s 为止）。", GRID_MAX_CELLS,
                TEXT_ARG(grid->name), cell_name(cell, row, column));
        return slimmer(err);
    }
    if (caps->text_size > GRID_MAX_TEXT_ALL) {
        err_set(err, ERR_LIMIT, "工作簿的文字超过 %d MB（读到工作表“%.*s”的 %s 为止）。", GRID_MAX_TEXT_ALL >> 20,
                TEXT_ARG(grid->name), cell_name(cell, row, column));
        return slimmer(err);
    }
    return true;
}

bool grid_caps_merge(const struct grid *grid, struct err *err)
{
    if (grid->n_merges < GRID_MAX_MERGES)
        return true;
    err_set(err, ERR_LIMIT, "工作表“%.*s”的合并单元格超过 %d 处。", TEXT_ARG(grid->name), GRID_MAX_MERGES);
    return err_hint(err, "请取消数据区里的合并单元格，另存后再试。");
}
