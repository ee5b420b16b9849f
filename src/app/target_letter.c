#include "app/target_letter.h"

#include "app/export.h"
#include "base/day.h"
#include "report/words.h"
#include "report/write_doc.h"
#include "report/zip_writer.h"

#include <stdlib.h>

enum { MOST_OTHERS = 8 };

/* ---- who ---------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct target_owner *const x = a, *const y = b;
    return x->place.kind != y->place.kind ? (int)y->place.kind - (int)x->place.kind : text_compare(x->place.name, y->place.name);
}

void target_owners(const struct target_board *board, struct arena *mem, struct target_owner **out, size_t *n_out)
{
    struct target_owner *list = NULL;
    size_t n = 0, capacity = 0;
    for (size_t i = 0; i < board->n; i++) {
        const struct target_line *const l = &board->lines[i];
        size_t at = 0;
        if (!l->path)
            continue;
        while (at < n && !place_same(list[at].place, l->owner.place))
            at++;
        if (at == n) {
            ARENA_ROOM(mem, list, n, capacity);
            const struct text key = owner_key(l->owner.place, mem);
            list[n++] = (struct target_owner){ .place = l->owner.place, .key = key.size ? key : TEXT("county"), .name = place_name(&board->names, l->owner.place),
                                               .person = owner_person(board->owners, l->owner.place) };
        }
        list[at].n++;
        list[at].missed += (l->alarms & TARGET_MISSED) != 0;
        list[at].falling += (l->alarms & TARGET_FALLS) != 0;
    }
    if (n)
        qsort(list, n, sizeof *list, by_place);
    *out = list;
    *n_out = n;
}

/* ---- one letter --------------------------------------------------------------------------- */

struct writing {
    const struct snapshot *s;
    const struct target_board *board;
    struct place owner;
    struct doc *doc;
    struct arena *mem;
    size_t first;                    /* the first year of the table: the year measured */
};

static struct text measured_key(const struct writing *w, const struct target_line *l)
{
    const int year = w->board->first + (int)l->last;
    if (l->is_cv)
        return text_printf(w->mem, "cv:%.*s:%.*s:%d", TEXT_ARG(l->of.stage), TEXT_ARG(l->level->id), year);
    if (l->rule)
        return text_printf(w->mem, "rule:%.*s:%d", TEXT_ARG(l->of.subject), year);
    return text_printf(w->mem, "level:%.*s:%.*s:%.*s:%d", TEXT_ARG(l->of.stage), TEXT_ARG(l->of.subject), TEXT_ARG(l->of.school), year);
}

static bool in_table(const struct writing *w, const struct target_line *l, bool county)
{
    return l->path && place_same(l->owner.place, w->owner) && (l->row == SIZE_MAX) == county;
}

static size_t count_lines(const struct writing *w, bool county)
{
    size_t n = 0;
    for (size_t i = 0; i < w->board->n; i++)
        n += in_table(w, &w->board->lines[i], county);
    return n;
}

/* 学校/事项 │ 标准 │ 2025 (measured) │ 2026 … 2029 */
static void put_table(const struct writing *w, struct doc_section *section, bool county)
{
    const size_t n = count_lines(w, county), years = w->board->n_years - w->first;
    const size_t fixed = county ? 3 : 4, columns = fixed + years;
    struct arena *const mem = w->mem;
    struct doc_table *const t = doc_table(w->doc, section, county ? TEXT("county") : TEXT("schools"), county ? TEXT("全县的数") : TEXT("学校的指标"), columns, n + 1, 1);
    size_t row = 1, c = 0;
    if (!county) {
        t->width[c] = 13;
        doc_put(mem, t, 0, c++, DOC_CENTRE, TEXT("学校"));
    }
    t->width[c] = county ? 16 : 10;
    doc_put(mem, t, 0, c++, DOC_CENTRE, TEXT("指标"));
    t->width[c] = 6;
    doc_put(mem, t, 0, c++, DOC_CENTRE, TEXT("标准"));
    t->width[c] = 6;
    doc_put(mem, t, 0, c++, DOC_CENTRE, TEXT("现在"));
    for (size_t y = w->first; y < w->board->n_years; y++) {
        t->width[c] = 6;
        doc_put(mem, t, 0, c++, DOC_CENTRE, text_printf(mem, "%d", w->board->first + (int)y));
    }
    for (size_t i = 0; i < w->board->n; i++) {
        const struct target_line *const l = &w->board->lines[i];
        if (!in_table(w, l, county))
            continue;
        c = 0;
        if (!county)
            doc_put(mem, t, row, c++, DOC_LEFT, text_printf(mem, "%.*s（%.*s）", TEXT_ARG(l->where), TEXT_ARG(target_stage(l, false))));
        doc_put(mem, t, row, c++, DOC_LEFT, text_printf(mem, "%.*s%.*s%s", county ? (int)target_stage(l, false).size : 0, target_stage(l, false).at,
                                                         TEXT_ARG(target_name(w->s->edition, l, false)), l->is_cv ? "的差异系数" : ""));
        doc_put(mem, t, row, c++, DOC_RIGHT, text_printf(mem, "%s%.*s", l->goal.strictly ? "<" : l->goal.at_most ? "≤" : "≥",
                                                          TEXT_ARG(target_value(l, l->goal.threshold, false, mem))));
        if (l->last < w->board->n_years)
            doc_put_figure(mem, t, row, c++, target_value(l, l->measured[l->last], false, mem), measured_key(w, l));
        else
            doc_put(mem, t, row, c++, DOC_RIGHT, TEXT("缺"));
        for (size_t y = w->first; y < w->board->n_years; y++)
            doc_put(mem, t, row, c++, DOC_RIGHT, target_value(l, l->target[y], false, mem));
        row++;
    }
    t->note = text_printf(mem, "学年的目标以当年 9 月 1 日的数为准。标准一栏是%d学年要达到的数。", w->board->first + (int)w->board->n_years - 1);
}

static bool has_place(const struct place *list, size_t n, struct place place)
{
    for (size_t i = 0; i < n; i++)
        if (place_same(list[i], place))
            return true;
    return false;
}

static void say_helpers(const struct writing *w, struct doc_section *section)
{
    struct place others[MOST_OTHERS];
    size_t n = 0;
    struct buf names = { .mem = w->mem };
    for (size_t i = 0; i < w->board->n; i++)
        for (size_t k = 0; w->board->lines[i].path && place_same(w->board->lines[i].owner.place, w->owner) && k < w->board->lines[i].owner.n_helpers; k++) {
            const struct place helper = w->board->lines[i].owner.helpers[k];
            if (n < MOST_OTHERS && helper.kind == PLACE_DEPARTMENT && !has_place(others, n, helper)) {
                others[n++] = helper;
                buf_printf(&names, "%s%.*s", n > 1 ? "、" : "", TEXT_ARG(place_name(&w->board->names, helper)));
            }
        }
    if (n)
        doc_sayf(w->mem, doc_paragraph(w->doc, section), "协办单位：%.*s，以及各事项所在的乡镇（街道）、学校。", TEXT_ARG(buf_text(&names)));
}

struct doc *target_letter(const struct snapshot *snapshot, const struct target_board *board, struct place owner, struct text address, struct arena *mem)
{
    const struct text county = snapshot->county_name, name = place_name(&board->names, owner), person = owner_person(board->owners, owner);
    const int final = board->first + (int)board->n_years - 1;
    struct doc *const doc = doc_new(mem, text_printf(mem, "%.*s义务教育优质均衡发展\n目标责任书", TEXT_ARG(county)));
    doc->subtitle = text_printf(mem, "（%.*s）", TEXT_ARG(name));
    doc->address = address;
    doc->header = snapshot->fictional ? TEXT("虚构数据") : TEXT("");
    doc->signer = text_printf(mem, "%.*s义务教育优质均衡发展县创建工作领导小组", TEXT_ARG(county));
    struct day day;
    doc->date = board->locked && day_read(board->issue.day, &day) ? text_printf(mem, "%d年%d月%d日", day.year, day.month, day.day) : TEXT("（草稿，尚未下达）");
    struct writing w = { snapshot, board, owner, doc, mem, board->now + 1 };
    for (size_t i = 0; i < board->n; i++)   /* from the first year that has a target */
        for (size_t y = 0; board->lines[i].path && y < w.first; y++)
            w.first = is_blank(board->lines[i].target[y]) ? w.first : y;
    struct doc_section *const head = doc_add(doc, TEXT("head"), 0, TEXT(""));
    const size_t figures = count_lines(&w, true), schools = count_lines(&w, false);
    doc_sayf(mem, doc_paragraph(doc, head),
             "依据《%.*s义务教育优质均衡发展工作实施方案》六（二）“建立目标责任制，层层分解落实目标任务”%s%.*s，%.*s对下列 %zu 条年度目标负责，到%d学年的填报（%d 年 9 月）全部达到标准。",
             TEXT_ARG(county), board->locked ? "和" : "", TEXT_ARG(board->locked ? board->issue.document : TEXT("")), TEXT_ARG(name), figures + schools, final, final);
    if (person.size)
        doc_sayf(mem, doc_paragraph(doc, head), "责任人：%.*s。", TEXT_ARG(person));
    struct doc_section *const targets = doc_add(doc, TEXT("targets"), 1, TEXT("年度目标"));
    if (figures)
        put_table(&w, targets, true);
    if (schools)
        put_table(&w, targets, false);
    struct doc_section *const how = doc_add(doc, TEXT("how"), 1, TEXT("怎样核对"));
    doc_say(mem, doc_paragraph(doc, how), TEXT("每学年以学校填报、审定后的数核对：达到当年目标的为按期；当年没有达到、以后学年达到的为逾期完成；仍没有达到的为逾期。只列数，不打分。"));
    say_helpers(&w, how);
    struct doc_section *const sign = doc_add(doc, TEXT("sign"), 1, TEXT("签字"));
    doc_say(mem, doc_paragraph(doc, sign), TEXT("领导小组组长（签字）：                    年    月    日"));
    doc_sayf(mem, doc_paragraph(doc, sign), "%.*s责任人（签字）：                    年    月    日", TEXT_ARG(name));
    return doc;
}

/* ---- as files ----------------------------------------------------------------------------- */

static bool write_one(const struct doc *doc, struct text as, struct arena *mem, struct text *out, struct err *err)
{
    if (text_equal(as, TEXT("docx")))
        return write_docx(doc, mem, out, err);
    if (text_equal(as, TEXT("pdf")))
        return write_pdf(doc, mem, out, err);
    err_set(err, ERR_USAGE, "责任书的格式读到“%.*s”。", (int)(as.size > 20 ? 20 : as.size), as.at);
    return err_hint(err, "应为 docx 或 pdf；全部单位的是 zip。");
}

static bool put_in_zip(struct zip_writer *zip, const struct snapshot *s, const struct target_board *board, const struct target_owner *owner,
                       struct text address, struct arena *mem, struct err *err)
{
    static const struct text FORMS[] = { TEXT("docx"), TEXT("pdf") };
    const struct doc *const doc = target_letter(s, board, owner->place, address, mem);
    for (size_t f = 0; f < COUNT(FORMS); f++) {
        struct text bytes;
        const struct text path = text_printf(mem, "%.*s/%.*s.%.*s", TEXT_ARG(FORMS[f]), TEXT_ARG(zip_name(mem, owner->name)), TEXT_ARG(FORMS[f]));
        if (!write_one(doc, FORMS[f], mem, &bytes, err) || !zip_writer_put(zip, path, bytes, err))
            return false;
    }
    return true;
}

static bool zip_of_all(const struct snapshot *s, const struct target_board *board, const struct target_owner *owners, size_t n, struct text address,
                       struct arena *mem, struct target_file *out, struct err *err)
{
    struct zip_writer zip = zip_writer_new(mem, n * (64u << 10));
    for (size_t i = 0; i < n; i++)
        if (!put_in_zip(&zip, s, board, &owners[i], address, mem, err))
            return false;
    *out = (struct target_file){ text_printf(mem, "%.*s-目标责任书.zip", TEXT_ARG(s->county_name)), zip_writer_end(&zip), "application/zip" };
    return true;
}

bool app_target_letters(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text key, struct text as,
                        struct text address, int64_t now, struct arena *mem, struct target_file *out, struct err *err)
{
    struct target_board board;
    struct target_owner *owners;
    size_t n, at = 0;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_targets(house, snapshot, actor, &(struct target_filter){ 0 }, now, mem, &board, err))
        return false;
    target_owners(&board, mem, &owners, &n);
    if (!n) {
        err_set(err, ERR_CONFLICT, "还没有定目标，写不出责任书。");
        return err_hint(err, "请先在“目标”页上提出方案。");
    }
    if (!key.size)
        return zip_of_all(snapshot, &board, owners, n, address, mem, out, err) &&
               app_export_note(house, actor, TEXT("targets/letters"), text_printf(mem, "letters=%zu", n), now, err);
    while (at < n && !text_equal(owners[at].key, key))
        at++;
    if (at == n)
        return err_set(err, ERR_ABSENT, "“%.*s”没有负责的目标。", (int)(key.size > 60 ? 60 : key.size), key.at);
    const struct doc *const doc = target_letter(snapshot, &board, owners[at].place, address, mem);
    if (!write_one(doc, as, mem, &out->bytes, err))
        return false;
    out->name = text_printf(mem, "%.*s-目标责任书.%.*s", TEXT_ARG(owners[at].name), TEXT_ARG(as));
    out->type = text_equal(as, TEXT("pdf")) ? "application/pdf" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    return app_export_note(house, actor, text_printf(mem, "targets/letters/%.*s", TEXT_ARG(key)), as, now, err);
}
