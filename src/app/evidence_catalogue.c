#include "app/evidence_catalogue.h"

#include "app/audit.h"
#include "app/export.h"
#include "app/written.h"
#include "base/day.h"
#include "report/write_workbook.h"
#include "report/zip_writer.h"
#include "store/import_store.h"

#include <stdlib.h>

static const char *const VERDICT_WORDS[N_JUDGED] = { "符合", "不符合", "尚不能判" };
static const char *const STATE_WORDS[N_JUDGEMENT_STATES] = { "等第二人复核", "已复核确认", "复核退回", "已收回" };

struct text indicator_brief(const struct edition *edition, struct text indicator, bool english)
{
    for (size_t i = 0; i < edition->n_indicators; i++)
        if (text_equal(edition->indicators[i].id, indicator))
            return english ? edition->indicators[i].brief_en : edition->indicators[i].brief;
    for (size_t i = 0; i < edition->n_rules; i++)
        if (text_equal(edition->rules[i].plain, indicator))
            return english ? edition->rules[i].en : edition->rules[i].zh;
    return TEXT("");
}

/* ---- lines -------------------------------------------------------------------------------- */

struct making {
    const struct house *house;
    const struct snapshot *snapshot;
    const struct actor *actor;
    struct arena *mem;
    struct catalogue *out;
    size_t capacity;
};

/* Whether what is asked of such units is any of the actor's business. */
static bool concerns(const struct making *m, const struct evidence_asked *asked)
{
    if (actor_covers_county(m->actor) || asked->who == EVIDENCE_SCHOOL)
        return true;
    return asked->who == EVIDENCE_TOWNSHIP && m->actor->place.kind == PLACE_TOWNSHIP;
}

/* 「03-G1 规划布局」: the folders keep the order of the list. */
static struct text indicator_folder(const struct making *m, const struct evidence_asked *asked)
{
    const struct evidence_list *const list = house_asked(m->house);
    size_t number = 0;
    for (size_t i = 0; &list->at[i] <= asked; i++)
        number += !i || !text_equal(list->at[i].indicator, list->at[i - 1].indicator);
    return zip_name(m->mem, text_printf(m->mem, "%02zu-%.*s %.*s", number, TEXT_ARG(asked->indicator),
                                        TEXT_ARG(indicator_brief(m->snapshot->edition, asked->indicator, false))));
}

static struct catalogue_line *add_line(struct making *m)
{
    struct catalogue *const c = m->out;
    ARENA_ROOM(m->mem, c->lines, c->n_lines, m->capacity);
    c->lines[c->n_lines] = (struct catalogue_line){ 0 };
    return &c->lines[c->n_lines++];
}

/* Two files of a folder that are called alike: 布局.pdf, 布局（2）.pdf. */
static struct text free_path(const struct making *m, size_t first, struct text folder, struct text name)
{
    const struct text clean = zip_name(m->mem, name);
    const char *const dot = memrchr(clean.at, '.', clean.size);
    const size_t stem = dot && dot != clean.at ? (size_t)(dot - clean.at) : clean.size;
    struct text path = text_printf(m->mem, "%.*s/%.*s", TEXT_ARG(folder), TEXT_ARG(clean));
    for (unsigned again = 2;; again++) {
        bool taken = false;
        for (size_t i = first; i + 1 < m->out->n_lines && !taken; i++)
            taken = text_equal(m->out->lines[i].path, path);
        if (!taken)
            return path;
        path = text_printf(m->mem, "%.*s/%.*s（%u）%.*s", TEXT_ARG(folder), (int)stem, clean.at, again, (int)(clean.size - stem), clean.at + stem);
    }
}

static void add_file(struct making *m, const struct evidence_asked *asked, const struct evidence *e, size_t first, struct text folder)
{
    struct place unit = { PLACE_COUNTY, TEXT("") };
    struct catalogue_line *const line = add_line(m);
    if (!place_of_words(e->place_kind, e->place_name, &unit))
        unit = (struct place){ PLACE_COUNTY, TEXT("") };
    line->asked = asked;
    line->evidence = e;
    line->unit = evidence_place_shown(m->snapshot, unit, m->mem);
    const struct text inside = unit.kind == PLACE_COUNTY ? folder : text_printf(m->mem, "%.*s/%.*s", TEXT_ARG(folder), TEXT_ARG(zip_name(m->mem, line->unit)));
    line->path = free_path(m, first, inside, e->latest.name);
}

static int by_unit(const void *a, const void *b)
{
    const struct evidence *const left = *(const struct evidence *const *)a, *const right = *(const struct evidence *const *)b;
    int order = text_compare(left->place_kind, right->place_kind);
    order = order ? order : text_compare(left->place_name, right->place_name);
    order = order ? order : (left->stamp.at > right->stamp.at) - (left->stamp.at < right->stamp.at);
    order = order ? order : text_compare(left->latest.name, right->latest.name);
    return order ? order : text_compare(left->latest.sha256, right->latest.sha256);
}

static void add_row(struct making *m, const struct evidence_asked *asked)
{
    struct catalogue *const c = m->out;
    const struct evidence **const own = arena_array(m->mem, c->n_evidence + 1, const struct evidence *);
    struct catalogue_row row = { .asked = asked, .first = c->n_lines, .units = evidence_units(asked, c->n_schools, c->n_townships) };
    for (size_t i = 0; i < c->n_evidence; i++)
        if (!c->evidence[i].withdrawn_at && text_equal(c->evidence[i].asked, asked->id))
            own[row.files++] = &c->evidence[i];
    qsort(own, row.files, sizeof *own, by_unit);
    const struct text folder = text_printf(m->mem, "%.*s/%.*s", TEXT_ARG(indicator_folder(m, asked)),
                                           TEXT_ARG(zip_name(m->mem, text_printf(m->mem, "%.*s %.*s", TEXT_ARG(asked->id), TEXT_ARG(asked->zh)))));
    for (size_t i = 0; i < row.files; i++) {
        add_file(m, asked, own[i], row.first, folder);
        row.units_with += !i || !text_equal(own[i]->place_name, own[i - 1]->place_name) || !text_equal(own[i]->place_kind, own[i - 1]->place_kind);
    }
    if (!row.files) {
        struct catalogue_line *const line = add_line(m);
        line->asked = asked;
        line->unit = line->path = TEXT("");
    }
    row.n = c->n_lines - row.first;
    c->rows[c->n_rows++] = row;
}

bool app_evidence_catalogue(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                            struct catalogue *out, struct err *err)
{
    const struct evidence_list *const asked = house_asked(house);
    *out = (struct catalogue){ .year = year };
    struct making m = { .house = house, .snapshot = snapshot, .actor = actor, .mem = mem, .out = out };
    if (!app_evidence_of_year(house, snapshot, actor, year, mem, &out->evidence, &out->n_evidence, err) ||
        !app_judgements(house, snapshot, actor, year, mem, &out->judgements, &out->n_judgements, err))
        return false;
    evidence_schools(snapshot, actor, year, mem, &out->schools, &out->n_schools);
    evidence_townships(out->schools, out->n_schools, mem, &out->townships, &out->n_townships);
    out->rows = arena_array(mem, asked->n + 1, struct catalogue_row);
    for (size_t i = 0; i < asked->n; i++)
        if (concerns(&m, &asked->at[i]))
            add_row(&m, &asked->at[i]);
    return true;
}

/* ---- as sheets ---------------------------------------------------------------------------- */

static const struct { const char *zh; double width; } HEADS[] = {
    { "序号", 6 }, { "指标", 8 }, { "材料", 28 }, { "由谁提供", 16 }, { "单位", 22 }, { "文件", 34 }, { "说明", 30 }, { "类型", 7 },
    { "页数", 6 }, { "大小（KB）", 10 }, { "版本", 6 }, { "上传人", 10 }, { "日期", 12 }, { "压缩包里的位置", 48 }, { "SHA-256", 66 },
};

static void put_heads(struct sheet *sheet, const char *title)
{
    sheet_put_merged(sheet, 1, 1, 1, (uint32_t)COUNT(HEADS), LOOK_TITLE, text_of(title));
    for (size_t i = 0; i < COUNT(HEADS); i++) {
        sheet_put_text(sheet, 2, (uint32_t)i + 1, LOOK_HEADING, text_of(HEADS[i].zh));
        sheet->width[i + 1] = HEADS[i].width;
    }
    sheet->frozen_rows = 2;
}

static void put_file(struct sheet *sheet, uint32_t row, const struct catalogue_line *line, struct arena *mem)
{
    const struct evidence_version *const v = &line->evidence->latest;
    sheet_put_text(sheet, row, 5, LOOK_TEXT, line->unit);
    sheet_put_text(sheet, row, 6, LOOK_TEXT, v->name);
    sheet_put_text(sheet, row, 7, LOOK_TEXT, line->evidence->description);
    sheet_put_text(sheet, row, 8, LOOK_TEXT, v->kind);
    if (v->pages)
        sheet_put_number(sheet, row, 9, LOOK_WHOLE, (double)v->pages);
    sheet_put_number(sheet, row, 10, LOOK_WHOLE, (double)((v->size + 1023) / 1024));
    sheet_put_number(sheet, row, 11, LOOK_WHOLE, (double)v->version);
    sheet_put_text(sheet, row, 12, LOOK_TEXT, v->stamp.who);
    sheet_put_text(sheet, row, 13, LOOK_TEXT, day_shown(v->stamp.at, mem));
    sheet_put_text(sheet, row, 14, LOOK_TEXT, line->path);
    sheet_put_text(sheet, row, 15, LOOK_TEXT, v->sha256);
}

static struct sheet *lines_sheet(const struct catalogue *c, const struct snapshot *s, struct arena *mem)
{
    struct sheet *const sheet = sheet_new(mem, TEXT("佐证材料目录"));
    put_heads(sheet, arena_printf(mem, "%.*s %d学年 佐证材料目录%s", TEXT_ARG(s->county_name), c->year, s->fictional ? "（虚构数据）" : ""));
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct catalogue_line *const line = &c->lines[i];
        const uint32_t row = (uint32_t)i + 3;
        sheet_put_number(sheet, row, 1, LOOK_WHOLE, (double)(i + 1));
        sheet_put_text(sheet, row, 2, LOOK_TEXT, line->asked->indicator);
        sheet_put_text(sheet, row, 3, LOOK_TEXT, text_printf(mem, "%.*s %.*s", TEXT_ARG(line->asked->id), TEXT_ARG(line->asked->zh)));
        sheet_put_text(sheet, row, 4, LOOK_TEXT, line->asked->by);
        if (line->evidence)
            put_file(sheet, row, line, mem);
        else
            sheet_put_text(sheet, row, 6, LOOK_TEXT, TEXT("缺"))->tone = TONE_NO_DATA;
    }
    return sheet;
}

static struct sheet *judgements_sheet(const struct catalogue *c, const struct snapshot *s, struct arena *mem)
{
    static const struct { const char *zh; double width; } COLUMNS[] = {
        { "指标", 8 }, { "评什么", 26 }, { "单位", 22 }, { "评判", 10 }, { "理由", 50 }, { "评判人", 10 }, { "评判日期", 12 }, { "状态", 14 },
        { "复核人", 10 }, { "复核日期", 12 }, { "复核意见", 40 },
    };
    struct sheet *const sheet = sheet_new(mem, TEXT("评判"));
    sheet_put_merged(sheet, 1, 1, 1, (uint32_t)COUNT(COLUMNS), LOOK_TITLE, text_printf(mem, "%.*s %d学年 评判", TEXT_ARG(s->county_name), c->year));
    for (size_t i = 0; i < COUNT(COLUMNS); i++) {
        sheet_put_text(sheet, 2, (uint32_t)i + 1, LOOK_HEADING, text_of(COLUMNS[i].zh));
        sheet->width[i + 1] = COLUMNS[i].width;
    }
    sheet->frozen_rows = 2;
    for (size_t i = 0; i < c->n_judgements; i++) {
        const struct judgement *const j = &c->judgements[i];
        struct place unit = { PLACE_COUNTY, TEXT("") };
        const uint32_t row = (uint32_t)i + 3;
        if (!place_of_words(j->place_kind, j->place_name, &unit))
            unit.kind = PLACE_COUNTY;
        sheet_put_text(sheet, row, 1, LOOK_TEXT, j->indicator);
        sheet_put_text(sheet, row, 2, LOOK_TEXT, judgement_asks(s->edition, j->indicator));
        sheet_put_text(sheet, row, 3, LOOK_TEXT, evidence_place_shown(s, unit, mem));
        sheet_put_text(sheet, row, 4, LOOK_TEXT, text_of(VERDICT_WORDS[j->verdict]));
        sheet_put_text(sheet, row, 5, LOOK_TEXT, j->reason);
        sheet_put_text(sheet, row, 6, LOOK_TEXT, j->first.who);
        sheet_put_text(sheet, row, 7, LOOK_TEXT, day_shown(j->first.at, mem));
        sheet_put_text(sheet, row, 8, LOOK_TEXT, text_of(STATE_WORDS[j->state]));
        if (!j->second.at)
            continue;
        sheet_put_text(sheet, row, 9, LOOK_TEXT, j->second.who);
        sheet_put_text(sheet, row, 10, LOOK_TEXT, day_shown(j->second.at, mem));
        sheet_put_text(sheet, row, 11, LOOK_TEXT, j->second_reason);
    }
    return sheet;
}

void catalogue_sheets(const struct catalogue *catalogue, const struct snapshot *snapshot, struct arena *mem, struct sheet *sheets[CATALOGUE_SHEETS])
{
    sheets[0] = lines_sheet(catalogue, snapshot, mem);
    sheets[1] = judgements_sheet(catalogue, snapshot, mem);
}

static bool write_sheets(const char *path, void *context, struct err *err)
{
    return write_workbook(path, context, CATALOGUE_SHEETS, err);
}

static bool workbook_of(const struct catalogue *c, const struct snapshot *s, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct sheet *sheets[CATALOGUE_SHEETS];
    catalogue_sheets(c, s, mem, sheets);
    return app_written(write_sheets, sheets, mem, bytes_out, err);
}

/* ---- given out ---------------------------------------------------------------------------- */

struct noting { const struct actor *actor; struct text object, detail; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.evidence", n->object, n->detail, n->now, err);
}

bool app_evidence_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, int64_t now,
                           struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct catalogue c;
    return actor_may(actor, MAY_EXPORT, err) && app_evidence_catalogue(house, snapshot, actor, year, mem, &c, err) &&
           workbook_of(&c, snapshot, mem, bytes_out, err) &&
           db_write(house_db(house), note, &(struct noting){ actor, text_printf(mem, "catalogue/%d", year), text_printf(mem, "lines=%zu", c.n_lines), now }, err);
}

static bool of_indicator(const struct catalogue_line *line, struct text indicator)
{
    return line->evidence && (!indicator.size || text_equal(line->asked->indicator, indicator));
}

static bool put_files(struct house *house, const struct catalogue *c, struct text indicator, struct zip_writer *zip, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < c->n_lines; i++) {
        const struct catalogue_line *const line = &c->lines[i];
        struct text bytes;
        if (!of_indicator(line, indicator))
            continue;
        struct arena *scratch = arena_new("zipped file");
        ok = store_file_get(session, house_county(house), line->evidence->latest.sha256, scratch, &bytes, err) &&
             zip_writer_put(zip, text_printf(scratch, "佐证材料/%.*s", TEXT_ARG(line->path)), bytes, err);
        arena_free(&scratch);
        ++*n_out;
    }
    db_read_end(&session);
    return ok;
}

bool app_evidence_zip(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct text indicator,
                      int64_t now, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct catalogue c;
    struct text workbook;
    int64_t size = 0;
    size_t n = 0;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_evidence_catalogue(house, snapshot, actor, year, mem, &c, err) ||
        !workbook_of(&c, snapshot, mem, &workbook, err))
        return false;
    for (size_t i = 0; i < c.n_lines; i++)
        if (of_indicator(&c.lines[i], indicator))
            size += c.lines[i].evidence->latest.size + 1024;
    if (size > CATALOGUE_MOST_ZIP) {
        err_set(err, ERR_LIMIT, "这些材料共有 %lld MB，超过一次打包的上限 %d MB。", (long long)(size >> 20), CATALOGUE_MOST_ZIP >> 20);
        return err_hint(err, indicator.size ? "请分单位打开材料下载。" : "请打开各个指标的页面，按指标分别打包。");
    }
    struct zip_writer zip = zip_writer_new(mem, (size_t)size + workbook.size + 4096);
    if (!zip_writer_put(&zip, TEXT("佐证材料/佐证材料目录.xlsx"), workbook, err) || !put_files(house, &c, indicator, &zip, &n, err))
        return false;
    *bytes_out = zip_writer_end(&zip);
    return db_write(house_db(house), note,
                    &(struct noting){ actor, text_printf(mem, "zip/%d/%.*s", year, TEXT_ARG(indicator)),
                                      text_printf(mem, "files=%zu bytes=%zu", n, bytes_out->size), now },
                    err);
}
