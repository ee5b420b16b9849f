#include "app/export.h"

#include "app/audit.h"
#include "app/import_mark.h"
#include "app/template.h"
#include "app/written.h"
#include "report/write_returns.h"
#include "report/write_workbook.h"

/* ---- the audit ---------------------------------------------------------------------------- */

struct noting { const struct actor *actor; struct text object, detail; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.workbook", n->object, n->detail, n->now, err);
}

bool app_export_note(struct house *house, const struct actor *actor, struct text object, struct text detail, int64_t now, struct err *err)
{
    return db_write(house_db(house), note, &(struct noting){ actor, object, detail, now }, err);
}

/* ---- what was returned -------------------------------------------------------------------- */

struct returning { struct returns_request request; size_t rows; };

static bool write_them(const char *path, void *context, struct err *err)
{
    struct returning *const r = context;
    return write_returns(&r->request, path, &r->rows, err);
}

bool app_export_returns(struct house *house, const struct snapshot *s, const struct actor *actor, size_t year, int64_t now,
                        struct arena *mem, struct exported *out, struct err *err)
{
    if (!actor_may(actor, MAY_EXPORT, err))
        return false;
    if (year >= s->n_years) {
        err_set(err, ERR_ABSENT, "还没有填报数据可以导出。");
        return err_hint(err, "请先导入工作簿；空白填报表在导入页下载。");
    }
    const struct county_year *const county = &s->returns->counties[year];
    bool *const visible = arena_array(mem, s->returns->n, bool);
    *out = (struct exported){ .of = 0 };
    for (size_t row = county->first; row < county->first + county->n; row++)
        out->of += visible[row] = snapshot_visible(s, row, actor);
    const struct export_mark mark = { (int64_t)s->version, s->county_code };
    struct returning r = { .request = { .edition = s->edition, .returns = s->returns, .county = year, .visible = visible,
                                        .without_county = !actor_covers_county(actor),
                                        .mark = export_mark_words(mem, &mark, county->year) } };
    if (!app_written(write_them, &r, mem, &out->bytes, err))
        return false;
    out->rows = r.rows;
    out->name = text_printf(mem, "%.*s-%d学年-填报数据-第%llu版.xlsx", TEXT_ARG(s->county_name), county->year, (unsigned long long)s->version);
    return app_export_note(house, actor, TEXT("returns"),
                           text_printf(mem, "year=%d version=%llu rows=%zu of=%zu", county->year, (unsigned long long)s->version, out->rows, out->of),
                           now, err);
}

/* ---- blank workbooks ---------------------------------------------------------------------- */

struct blank { const struct edition *edition; enum item_level level; };

static bool write_blank(const char *path, void *context, struct err *err)
{
    const struct blank *const b = context;
    return app_template(b->edition, b->level, path, err);
}

bool app_export_template(const struct edition *edition, enum item_level level, struct arena *mem, struct exported *out, struct err *err)
{
    *out = (struct exported){ .name = level == ITEM_COUNTY ? TEXT("区县填报表-空白.xlsx") : TEXT("学校填报表-空白.xlsx") };
    return app_written(write_blank, &(struct blank){ edition, level }, mem, &out->bytes, err);
}

/* ---- sheets of a page --------------------------------------------------------------------- */

struct sheets { struct sheet *const *at; size_t n; };

static bool write_sheets(const char *path, void *context, struct err *err)
{
    const struct sheets *const s = context;
    return write_workbook(path, s->at, s->n, err);
}

bool app_export_sheets(struct house *house, const struct actor *actor, struct sheet *const *sheets, size_t n, struct text object, size_t rows,
                       size_t of, int64_t now, struct arena *mem, struct text *bytes_out, struct err *err)
{
    return actor_may(actor, MAY_EXPORT, err) && app_written(write_sheets, &(struct sheets){ sheets, n }, mem, bytes_out, err) &&
           app_export_note(house, actor, object, text_printf(mem, "rows=%zu of=%zu", rows, of), now, err);
}
