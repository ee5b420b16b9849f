#include "app/forms.h"

#include "app/audit.h"
#include "app/embedded.h"
#include "app/tables_sent.h"
#include "app/written.h"
#include "model/sheet.h"
#include "report/write_workbook.h"

#include <stdio.h>

/* ---- shipped ones ------------------------------------------------------------------------- */

static const struct form *read_definition(struct text name, struct text csv, struct arena *mem, struct err *err)
{
    struct cell_table table;
    struct form_faults faults = { .mem = mem };
    if (!cell_table_csv(name, csv, mem, &table, err))
        return NULL;
    const struct form *const form = form_read(&table, mem, &faults);
    if (!form)
        err_set(err, ERR_INPUT, "表“%.*s”的定义有误：%.*s，%.*s。", TEXT_ARG(name), TEXT_ARG(form_fault_place(&table, &faults.at[0], mem)),
                TEXT_ARG(faults.at[0].what));
    return form;
}

static struct text shipped_definition(struct text id)
{
    for (const struct embedded_file *f = EMBEDDED_FORMS; f->name; f++) {
        const struct text name = text_of(f->name);
        if (name.size == id.size + strlen(".csv") && text_starts(name, id))
            return (struct text){ (const char *)f->at, f->size };
    }
    return TEXT("");
}

/* ---- versions ----------------------------------------------------------------------------- */

static struct form_info info_of(const struct form_kept *row)
{
    return (struct form_info){ .id = row->id, .title = row->title, .version = row->version, .shipped = row->shipped, .kept = true,
                               .made = row->made, .used = row->used, .retired = row->retired };
}

/* The version in use of an id among its rows (newest first): the latest that was ever put in use. */
static const struct form_kept *latest_used(const struct form_kept *rows, size_t n, struct text id)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rows[i].id, id) && rows[i].used.at)
            return &rows[i];
    return NULL;
}

static int64_t next_version(const struct form_kept *rows, size_t n, struct text id)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rows[i].id, id))
            return rows[i].version + 1;
    return 1;
}

/* What is in use now: the kept version, or the shipped one where it is newer (the program brought a revision) or alone. */
static bool current_of(struct db_session *session, struct text county, const struct form_kept *rows, size_t n, struct text id, struct arena *mem,
                       struct form_info *out, struct err *err)
{
    const struct form_kept *const kept = latest_used(rows, n, id);
    const struct text shipped = shipped_definition(id);
    struct text definition = TEXT("");
    if (kept && !store_form_definition(session, county, id, kept->version, mem, &definition, err))
        return false;
    if (kept && (!shipped.size || !kept->shipped || kept->retired.at || text_equal(definition, shipped))) {
        *out = info_of(kept);
        out->definition = definition;
    } else if (shipped.size) {
        *out = (struct form_info){ .id = text_copy(mem, id), .version = next_version(rows, n, id), .shipped = true, .definition = shipped };
    } else {
        err_set(err, ERR_ABSENT, "没有在用的表“%.*s”。", TEXT_ARG(id));
        return err_hint(err, "请从“自评表”页面进入。");
    }
    out->form = read_definition(id, out->definition, mem, err);
    if (out->form)
        out->title = out->form->title;
    return out->form != NULL;
}

static bool put_current(struct db_session *session, struct text county, const struct form_kept *rows, size_t n, struct text id, struct arena *mem,
                        struct form_info *list, size_t *n_list, struct err *err)
{
    if (!current_of(session, county, rows, n, id, mem, &list[*n_list], err))
        return false;
    *n_list += !list[*n_list].retired.at;
    return true;
}

bool forms_in_use(struct db_session *session, struct text county, struct arena *mem, struct form_info **out, size_t *n_out, struct err *err)
{
    struct form_kept *rows;
    size_t n, shipped = 0;
    *n_out = 0;
    if (!store_forms(session, county, mem, &rows, &n, err))
        return false;
    while (EMBEDDED_FORMS[shipped].name)
        shipped++;
    *out = arena_array(mem, n + shipped + 1, struct form_info);
    for (size_t i = 0; i < shipped; i++) {
        const struct text name = text_of(EMBEDDED_FORMS[i].name), id = { name.at, name.size - strlen(".csv") };
        if (!put_current(session, county, rows, n, id, mem, *out, n_out, err))
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        const struct form_kept *const row = &rows[i];
        if (row == latest_used(rows, n, row->id) && !shipped_definition(row->id).size &&
            !put_current(session, county, rows, n, row->id, mem, *out, n_out, err))
            return false;
    }
    return true;
}

bool forms_get(struct db_session *session, struct text county, struct text id, int64_t version, struct arena *mem, struct form_info *out,
               struct err *err)
{
    struct form_kept *rows;
    size_t n;
    if (!store_forms(session, county, mem, &rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const bool asked = version ? rows[i].version == version : !latest_used(rows, n, id) && !shipped_definition(id).size;
        if (!text_equal(rows[i].id, id) || !asked)
            continue;
        *out = info_of(&rows[i]);
        if (!store_form_definition(session, county, id, rows[i].version, mem, &out->definition, err))
            return false;
        out->form = read_definition(id, out->definition, mem, err);
        return out->form != NULL;
    }
    if (!current_of(session, county, rows, n, id, mem, out, err))
        return false;
    return !version || out->version == version || err_set(err, ERR_ABSENT, "没有“%.*s”第 %lld 版这张表。", TEXT_ARG(id), (long long)version);
}

bool app_form(struct house *house, struct text id, int64_t version, struct arena *mem, struct form_info *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = forms_get(session, house_county(house), id, version, mem, out, err);
    db_read_end(&session);
    return ok;
}

bool app_form_versions(struct house *house, struct text id, struct arena *mem, struct form_kept **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    size_t kept = 0;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_forms(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    for (size_t i = 0; ok && i < *n_out; i++)
        if (!id.size || text_equal((*out)[i].id, id))
            (*out)[kept++] = (*out)[i];
    *n_out = ok ? kept : 0;
    return ok;
}

/* ---- sent by somebody --------------------------------------------------------------------- */

bool app_form_read(struct house *house, struct text name, struct text bytes, struct arena *mem, struct form_upload *out, struct err *err)
{
    struct cell_table *tables;
    size_t n;
    *out = (struct form_upload){ .faults = { .mem = mem } };
    if (!app_tables_sent(house, name, bytes, mem, &tables, &n, err))
        return false;
    out->table = tables[0];
    for (size_t i = 1; i < n && cell_table_find(&out->table, text_of(form_column_info(DEF_ROW)->zh)) == SIZE_MAX; i++)
        out->table = tables[i];
    out->form = form_read(&out->table, mem, &out->faults);
    return true;
}

/* ---- kept, put in use, withdrawn ---------------------------------------------------------- */

bool app_form_keep(struct house *house, struct db_session *session, const struct actor *actor, const struct form_upload *upload, int64_t now,
                   struct arena *mem, int64_t *version_out, struct err *err)
{
    const struct text county = house_county(house), id = upload->form->id;
    struct form_kept *rows;
    size_t n;
    if (!actor_may(actor, MAY_FORMS, err) || !store_forms(session, county, mem, &rows, &n, err))
        return false;
    const struct form_kept *const used = latest_used(rows, n, id);
    struct form_info shipped = { .kept = true };
    /* The program's own stands before the county's revision of it. */
    if (!used && shipped_definition(id).size) {
        if (!current_of(session, county, rows, n, id, mem, &shipped, err) || !forms_keep_shipped(session, county, &shipped, now, err))
            return false;
    }
    *version_out = shipped.kept ? next_version(rows, n, id) : shipped.version + 1;
    const struct form_kept row = { .id = id, .title = upload->form->title, .version = *version_out, .made = actor_stamp(actor, now) };
    return store_form_add(session, county, &row, cell_table_write(&upload->table, mem), err) &&
           audit_write(session, actor, "form.keep", id, text_printf(mem, "version=%lld", (long long)*version_out), now, err);
}

bool forms_keep_shipped(struct db_session *session, struct text county, const struct form_info *info, int64_t now, struct err *err)
{
    const struct stamp program = { 0, TEXT("程序自带"), now };
    return info->kept || store_form_add(session, county, &(struct form_kept){ .id = info->id, .title = info->title, .version = info->version, .shipped = true,
                                                                            .made = program, .used = program }, info->definition, err);
}

bool app_form_use(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t version, int64_t now, struct err *err)
{
    char detail[48];
    const struct text said = { detail, (size_t)snprintf(detail, sizeof detail, "version=%lld", (long long)version) };
    return actor_may(actor, MAY_FORMS, err) &&
           store_form_use(session, house_county(house), id, version, actor_stamp(actor, now), err) &&
           audit_write(session, actor, "form.use", id, said, now, err);
}

bool app_form_retire(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t version, int64_t now, struct err *err)
{
    struct arena *mem = arena_new("retire");
    struct form_info info;
    const bool ok = actor_may(actor, MAY_FORMS, err) && forms_get(session, house_county(house), id, version, mem, &info, err) &&
                    forms_keep_shipped(session, house_county(house), &info, now, err) &&
                    store_form_retire(session, house_county(house), id, version, actor_stamp(actor, now), err) &&
                    audit_write(session, actor, "form.retire", id, text_printf(mem, "version=%lld", (long long)version), now, err);
    arena_free(&mem);
    return ok;
}

/* ---- the template ------------------------------------------------------------------------- */

static const char EXAMPLE[] =
    "行,编号,名称,类型,选项,单位,最小,最大,必填,条件,佐证,取数,依据,说明\n"
    "表,canteen,学校食堂检查表,学校,每学年一份,,,,,,,,县教育局,改成您的表：先写这一行，再写节和题\n"
    "节,A,基本情况,,,,,,,,,,,\n"
    "题,Q1,有食堂,是否,,,,,是,,,,,\n"
    "题,Q2,食品经营许可证,单选,有效；过期；没有,,,,是,Q1=是,有效,,,只在有食堂时才问；填“有效”要附照片\n"
    "题,Q3,每天就餐人数,数字,,人,0,5000,是,Q1=是,,,,\n"
    "题,Q4,需要整改的,表格,事项；责任人；期限,,,5,,Q2=过期|没有,,,,\n";

static bool write_sheets(const char *path, void *context, struct err *err)
{
    return write_workbook(path, context, 2, err);
}

bool app_form_template(const struct form_info *info, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct cell_table table;
    struct sheet *sheets[2] = { sheet_new(mem, TEXT("表")), sheet_new(mem, TEXT("怎么填")) };
    if (!cell_table_csv(TEXT(""), info ? info->definition : text_of(EXAMPLE), mem, &table, err))
        return false;
    for (size_t r = 0; r < table.n; r++)
        for (size_t c = 0; c < table.rows[r].n; c++) {
            const bool heading = table.rows[r].n && text_equal(table.rows[r].at[0], text_of(form_column_info(DEF_ROW)->zh));
            if (table.rows[r].at[c].size)
                sheet_put_text(sheets[0], (uint32_t)r + 1, (uint32_t)c + 1, heading ? LOOK_HEADING : LOOK_TEXT, table.rows[r].at[c]);
        }
    sheet_put_text(sheets[1], 1, 1, LOOK_HEADING, TEXT("列"));
    sheet_put_text(sheets[1], 1, 2, LOOK_HEADING, TEXT("写什么"));
    sheets[1]->width[1] = 10;
    sheets[1]->width[2] = 90;
    for (uint32_t c = 0; c < N_DEF_COLUMNS; c++) {
        const struct form_column_info *const column = form_column_info((enum form_column)c);
        sheets[0]->width[c + 1] = column->width;
        sheet_put_text(sheets[1], c + 2, 1, LOOK_TEXT, text_of(column->zh));
        sheet_put_text(sheets[1], c + 2, 2, LOOK_TEXT, text_of(column->help));
    }
    return app_written(write_sheets, sheets, mem, bytes_out, err);
}
