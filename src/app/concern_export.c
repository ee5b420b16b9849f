/* The register of concerns as a workbook: what the filter leaves, and the counts by kind and place. */
#include "app/concern.h"

#include "app/audit.h"
#include "app/office_inside.h"
#include "app/written.h"
#include "base/day.h"
#include "model/sheet.h"
#include "report/write_workbook.h"

enum { MOST = 20000 };

struct book { struct sheet *sheets[2]; };
struct noting { const struct actor *actor; struct text detail; int64_t now; };

static bool write_book(const char *path, void *context, struct err *err)
{
    struct book *const book = context;
    return write_workbook(path, book->sheets, COUNT(book->sheets), err);
}

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.workbook", TEXT("concerns"), n->detail, n->now, err);
}

struct column { const char *name; double width; };

static struct sheet *begin(struct arena *mem, struct text name, struct text title, struct text said, const struct column *columns, size_t n)
{
    struct sheet *const sheet = sheet_new(mem, name);
    sheet_put_merged(sheet, 1, 1, 1, (uint32_t)n, LOOK_TITLE, title);
    sheet_put_merged(sheet, 2, 1, 2, (uint32_t)n, LOOK_NOTE, said);
    for (size_t c = 0; c < n; c++) {
        sheet_put_text(sheet, 3, (uint32_t)c + 1, LOOK_HEADING, text_of(columns[c].name));
        sheet->width[c + 1] = columns[c].width;
    }
    sheet->frozen_rows = 3;
    sheet->print = (struct sheet_print){ .on = true, .first_repeated = 3, .last_repeated = 3 };
    return sheet;
}

static void put_concern(struct sheet *sheet, uint32_t row, const struct concern *c)
{
    size_t n_kinds, n_channels;
    const struct office_word *const kinds = concern_kinds(&n_kinds), *const channels = concern_channels(&n_channels);
    enum concern_state state;
    const struct text satisfied = text_equal(c->satisfied, TEXT("yes")) ? TEXT("满意") : text_equal(c->satisfied, TEXT("no")) ? TEXT("不满意") : TEXT("");
    const struct text cells[] = {
        c->came_on, office_word_said(channels, n_channels, c->channel, false), c->reference, office_word_said(kinds, n_kinds, c->kind, false), c->place.shown, c->what,
        c->owner.shown, c->due_on, concern_state_of(c->state, &state) ? concern_state_said(state, false) : c->state, c->replied_on, c->reply, c->cause, satisfied,
    };
    sheet_put_number(sheet, row, 1, LOOK_WHOLE, (double)c->id);
    for (size_t i = 0; i < COUNT(cells); i++)
        sheet_put_text(sheet, row, (uint32_t)i + 2, LOOK_TEXT, cells[i]);
}

static void put_count(struct sheet *sheet, uint32_t row, const struct concern_count *c)
{
    size_t n;
    const struct office_word *const kinds = concern_kinds(&n);
    sheet_put_text(sheet, row, 1, LOOK_TEXT, office_word_said(kinds, n, c->kind, false));
    sheet_put_text(sheet, row, 2, LOOK_TEXT, c->place.shown);
    sheet_put_number(sheet, row, 3, LOOK_WHOLE, (double)c->n);
    sheet_put_number(sheet, row, 4, LOOK_WHOLE, (double)c->open);
    sheet_put_text(sheet, row, 5, LOOK_TEXT, c->last_on);
}

bool app_concerns_export(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct concern_filter *filter, struct text said,
                         int64_t now, struct arena *mem, struct text *bytes_out, struct err *err)
{
    static const struct column COLUMNS[] = { { "编号", 6 }, { "收到日期", 11 }, { "途径", 10 }, { "来信、工单编号", 14 }, { "类别", 12 }, { "反映哪里", 18 }, { "反映的事", 40 },
                                             { "由谁答复", 16 }, { "答复时限", 11 }, { "状态", 12 }, { "首次答复", 11 }, { "答复", 40 }, { "原因", 20 }, { "回访", 8 } };
    static const struct column COUNTS[] = { { "类别", 14 }, { "反映哪里", 22 }, { "件数", 8 }, { "待答复", 8 }, { "最近一件", 12 } };
    struct concern_page page;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_concerns(house, actor, filter, MOST + 1, 0, now, mem, &page, err))
        return false;
    if (page.n > MOST) {
        err_set(err, ERR_LIMIT, "一次最多导出 %d 件。", MOST);
        return err_hint(err, "请把日期缩短一些。");
    }
    const char *const fictional = snapshot->fictional ? "（虚构数据）" : "";
    const struct text under = text_printf(mem, "%.*s，共 %zu 件。%.*s", TEXT_ARG(day_shown(now, mem)), page.n, TEXT_ARG(said));
    struct book book = {
        { begin(mem, TEXT("群众关切"), text_printf(mem, "%.*s群众关切登记簿%s", TEXT_ARG(snapshot->county_name), fictional), under, COLUMNS, COUNT(COLUMNS)),
          begin(mem, TEXT("按类别和地方"), text_printf(mem, "%.*s群众关切按类别和地方%s", TEXT_ARG(snapshot->county_name), fictional),
                text_printf(mem, "%.*s 至 %.*s", TEXT_ARG(filter->from_day), TEXT_ARG(filter->until_day)), COUNTS, COUNT(COUNTS)) } };
    for (size_t i = 0; i < page.n; i++)
        put_concern(book.sheets[0], (uint32_t)i + 4, &page.list[i]);
    for (size_t i = 0; i < page.n_counts; i++)
        put_count(book.sheets[1], (uint32_t)i + 4, &page.counts[i]);
    struct noting noting = { actor, text_printf(mem, "rows=%zu", page.n), now };
    return app_written(write_book, &book, mem, bytes_out, err) && db_write(house_db(house), note, &noting, err);
}
