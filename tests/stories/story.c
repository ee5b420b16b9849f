#include "story.h"

#include "app/place_names.h"
#include "base/csv.h"
#include "base/day.h"
#include "base/file.h"

#include <stdio.h>

enum { COLUMNS = 6 };

void story_fails(const struct story *s, const char *format, ...)
{
    char what[600];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    fail_msg("%s:%zu: %s", s->file, s->line, what);
    __builtin_unreachable();
}

struct text story_field(const struct story *s, const char *key)
{
    struct text rest = s->content, part, name;
    const struct text mark = TEXT("；");
    while (rest.size) {
        size_t at;
        if (text_find(rest, mark, &at)) {
            part = (struct text){ rest.at, at };
            rest = (struct text){ rest.at + at + mark.size, rest.size - at - mark.size };
        } else {
            part = rest;
            rest.size = 0;
        }
        text_split(&part, '=', &name);
        if (text_equal(text_trim(name), text_of(key)))
            return text_trim(part);
    }
    return TEXT("");
}

struct text story_word(struct text *rest)
{
    struct text word;
    text_split(rest, ' ', &word);
    *rest = text_trim(*rest);
    return text_trim(word);
}

const struct snapshot *story_snapshot(struct story *s)
{
    const struct snapshot *snapshot;
    CHECK_OK(house_snapshot(s->bed.house, &snapshot, &s->err), s->err);
    return snapshot;
}

struct text story_school(struct story *s, struct text part)
{
    const struct snapshot *now = story_snapshot(s);
    const struct item_list *const items = &now->edition->items;
    const struct county_year *const last = &now->returns->counties[now->n_years - 1];
    struct text code = TEXT("");
    for (size_t row = last->first; row < last->first + last->n; row++) {
        if (!text_find(returns_text(now->returns, row, item_find(items, TEXT("school_name"))), part, NULL))
            continue;
        if (code.size)
            story_fails(s, "「%.*s」不止一所学校", TEXT_ARG(part));
        code = text_copy(s->mem, returns_text(now->returns, row, items->school_code));
    }
    snapshot_release(&now);
    if (!code.size)
        story_fails(s, "没有叫「%.*s」的学校", TEXT_ARG(part));
    return code;
}

struct place story_place(struct story *s, struct text said)
{
    if (text_equal(said, TEXT("全县")) || !said.size)
        return (struct place){ PLACE_COUNTY, TEXT("") };
    const struct snapshot *now = story_snapshot(s);
    struct place_names names;
    struct place place;
    struct err err = { .kind = ERR_NONE };
    place_names_of(now, s->now, s->mem, &names);
    const bool found = place_said(&names, said, &place, &err);
    if (found)
        place.name = text_copy(s->mem, place.name);
    snapshot_release(&now);
    return found ? place : (struct place){ PLACE_SCHOOL, story_school(s, said) };
}

struct story_label *story_label(struct story *s, struct text name)
{
    for (size_t i = 0; i < s->n_labels; i++)
        if (text_equal(s->labels[i].name, name))
            return &s->labels[i];
    return NULL;
}

struct story_label *story_label_new(struct story *s, struct text name)
{
    struct story_label *label = story_label(s, name);
    if (label)
        return label;
    CHECK(s->n_labels < STORY_LABELS);
    label = &s->labels[s->n_labels++];
    *label = (struct story_label){ .name = text_copy(s->mem, name), .id = TEXT("") };
    return label;
}

void story_act(struct story *s, db_work *work)
{
    s->err = (struct err){ .kind = ERR_NONE };
    s->tried = !house_write(s->bed.house, work, s, &s->err);
}

/* ---- lines -------------------------------------------------------------------------------- */

static size_t settle(struct story *s)
{
    const struct text refused = TEXT("拒绝：");
    const bool asked = text_starts(s->expected, refused);
    if (asked != s->tried)
        story_fails(s, s->tried ? "没想到被拒绝：%s" : "本应拒绝，却做成了%s", s->tried ? s->err.what : "");
    if (!s->tried)
        return 0;
    const struct text part = { s->expected.at + refused.size, s->expected.size - refused.size };
    if (!text_find(text_of(s->err.what), part, NULL))
        story_fails(s, "拒绝的话是「%s」，其中没有「%.*s」", s->err.what, TEXT_ARG(part));
    return 1;
}

static void day_of_line(struct story *s, struct text day)
{
    struct day read;
    if (!day.size)
        return;
    if (!day_read(day, &read))
        story_fails(s, "「%.*s」不是日期", TEXT_ARG(day));
    s->now = day_begins(read) + 9 * 3600;   /* at nine in the morning */
    s->today = text_copy(s->mem, day);
}

static size_t play(struct story *s, const struct text *cell)
{
    static story_doing *const doings[] = { story_data, story_ledger, story_task, story_round, story_register, story_seen };
    day_of_line(s, cell[0]);
    s->who = story_actor(s, cell[1]);
    s->object = cell[3];
    s->content = cell[4];
    s->expected = cell[5];
    s->tried = false;
    for (size_t i = 0; i < COUNT(doings); i++)
        if (doings[i](s, cell[2]))
            return settle(s);
    story_fails(s, "不认识「%.*s」", TEXT_ARG(cell[2]));
}

size_t story_play(const char *file)
{
    struct story s = { .bed = county_bed_full(1), .file = file };
    struct text bytes;
    struct csv_field fields[COLUMNS];
    size_t n, refused = 0;
    s.mem = s.bed.mem;
    s.now = 1767225600; /* 2026-01-01 */
    s.today = TEXT("2026-01-01");
    CHECK_OK(file_read(s.mem, file, 1 << 20, &bytes, &s.err), s.err);
    struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, ',' };
    for (enum csv_status status; (status = csv_next(&scanner, fields, COLUMNS, &n)) != CSV_END;) {
        struct text cell[COLUMNS];
        s.line++;
        if (s.line == 1 || (n == 1 && !fields[0].text.size) || text_starts(fields[0].text, TEXT("#")))
            continue;
        if (status != CSV_ROW || n != COLUMNS)
            story_fails(&s, "应有 %d 格，有 %zu 格", COLUMNS, n);
        for (size_t i = 0; i < COLUMNS; i++)
            cell[i] = text_trim(csv_value(s.mem, fields[i]));
        refused += play(&s, cell);
    }
    county_bed_end(&s.bed);
    return refused;
}
