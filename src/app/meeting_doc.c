/* A meeting's paper: before it the pack, after it the minutes. */
#include "app/meeting.h"

#include "base/day.h"

/* What is not settled yet stands so in the pack; of a meeting that was held it is left out. */
static void put_fact(struct doc *doc, struct doc_section *section, const char *name, struct text words, bool before)
{
    if (words.size || before)
        doc_sayf(doc->mem, doc_paragraph(doc, section), "%s：%.*s", name, TEXT_ARG(words.size ? words : TEXT("待定")));
}

static void put_facts(const struct meeting *m, struct doc *doc, bool before)
{
    struct doc_section *const section = doc_add(doc, TEXT("facts"), 0, TEXT(""));
    const struct text at = m->held_at.size ? text_printf(doc->mem, "%.*s %.*s", TEXT_ARG(m->held_on), TEXT_ARG(m->held_at)) : m->held_on;
    put_fact(doc, section, "时间", at, before);
    put_fact(doc, section, "地点", m->held_in, before);
    put_fact(doc, section, "主持", m->chair, before);
    put_fact(doc, section, "参加", m->attending, before);
}

static void heads(struct doc *doc, struct doc_table *table, const char *const *names, const double *widths, size_t n)
{
    table->width = arena_copy(doc->mem, widths, n * sizeof *widths);
    for (size_t c = 0; c < n; c++)
        doc_put(doc->mem, table, 0, c, DOC_CENTRE, text_of(names[c]));
}

static void put_agenda(const struct meeting_whole *w, struct doc *doc)
{
    static const char *const NAMES[] = { "序号", "议题", "责任单位", "现在的情况" };
    static const double WIDTHS[] = { 3, 18, 9, 14 };
    struct doc_section *const section = doc_add(doc, TEXT("agenda"), 1, TEXT("议题"));
    if (!w->n_items) {
        doc_say(doc->mem, doc_paragraph(doc, section), TEXT("还没有议题。"));
        return;
    }
    struct doc_table *const table = doc_table(doc, section, TEXT("agenda"), TEXT("议题和进展"), 4, w->n_items + 1, 1);
    heads(doc, table, NAMES, WIDTHS, 4);
    for (size_t i = 0; i < w->n_items; i++) {
        doc_put(doc->mem, table, i + 1, 0, DOC_CENTRE, text_printf(doc->mem, "%zu", i + 1));
        doc_put(doc->mem, table, i + 1, 1, DOC_LEFT, w->items[i].what);
        doc_put(doc->mem, table, i + 1, 2, DOC_LEFT, w->items[i].unit);
        doc_put(doc->mem, table, i + 1, 3, DOC_LEFT, w->items[i].standing);
    }
}

static void put_minutes(const struct meeting_whole *w, struct doc *doc)
{
    struct doc_section *const section = doc_add(doc, TEXT("minutes"), 1, TEXT("会议情况"));
    struct text rest = w->meeting.minutes, line;
    while (text_split(&rest, '\n', &line))
        if (text_trim(line).size)
            doc_say(doc->mem, doc_paragraph(doc, section), text_trim(line));
}

static void put_decisions(const struct meeting_whole *w, struct doc *doc)
{
    static const char *const NAMES[] = { "序号", "决定", "责任单位", "时限", "成果" };
    static const double WIDTHS[] = { 3, 18, 9, 7, 7 };
    struct doc_section *const section = doc_add(doc, TEXT("decisions"), 1, TEXT("决定事项"));
    if (!w->n_decisions) {
        doc_say(doc->mem, doc_paragraph(doc, section), TEXT("会议没有作出决定。"));
        return;
    }
    struct doc_table *const table = doc_table(doc, section, TEXT("decisions"), TEXT("决定和分工"), 5, w->n_decisions + 1, 1);
    heads(doc, table, NAMES, WIDTHS, 5);
    for (size_t i = 0; i < w->n_decisions; i++) {
        const struct meeting_decision *const d = &w->decisions[i];
        doc_put(doc->mem, table, i + 1, 0, DOC_CENTRE, text_printf(doc->mem, "%zu", i + 1));
        doc_put(doc->mem, table, i + 1, 1, DOC_LEFT, d->words);
        doc_put(doc->mem, table, i + 1, 2, DOC_LEFT, d->owner.shown);
        doc_put(doc->mem, table, i + 1, 3, DOC_CENTRE, d->due);
        doc_put(doc->mem, table, i + 1, 4, DOC_LEFT, d->product);
    }
}

struct doc *app_meeting_doc(const struct snapshot *s, const struct meeting_whole *w, struct arena *mem)
{
    const bool before = w->state == MEETING_CALLED || w->state == MEETING_CANCELLED;
    struct day day;
    struct doc *const doc = doc_new(mem, text_printf(mem, "%.*s\n%s", TEXT_ARG(w->meeting.title), before ? "会议材料" : "会议纪要"));
    doc->header = s->fictional ? TEXT("虚构数据") : TEXT("");
    if (w->state == MEETING_ISSUED)
        doc->subtitle = w->meeting.document;
    else if (!before)
        doc->subtitle = TEXT("（草稿，尚未印发）");
    doc->signer = text_printf(mem, "%.*s义务教育优质均衡发展县创建工作领导小组办公室", TEXT_ARG(s->county_name));
    if (day_read(w->meeting.held_on, &day))
        doc->date = text_printf(mem, "%d年%d月%d日", day.year, day.month, day.day);
    put_facts(&w->meeting, doc, before);
    put_agenda(w, doc);
    if (!before) {
        put_minutes(w, doc);
        put_decisions(w, doc);
    }
    return doc;
}
