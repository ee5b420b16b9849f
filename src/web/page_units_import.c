/* Units from a workbook: the blank, the tree as it stands, what a workbook that was filled in would change, and doing it. */
#include "app/unit_book.h"

#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_units.h"
#include "web/workbook.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- the changes, carried by the form that confirms ---------------------------------------- */

enum { N_PARTS = 9 };

/* One a line, its parts behind tabs; a name with either in it was cleaned of them when it was read. */
static struct text packed(const struct unit_book *book, struct arena *mem)
{
    struct buf all = { .mem = mem };
    for (size_t i = 0; i < book->n; i++) {
        const struct unit_wish *const w = &book->changes[i].wish;
        const struct text parts[N_PARTS] = { unit_act_word(w->act), w->code, w->day, unit_kind_word(w->kind), w->name, w->parent, w->district, w->successor, w->reason };
        for (size_t p = 0; p < N_PARTS; p++) {
            for (size_t b = 0; b < parts[p].size; b++)
                buf_byte(&all, (unsigned char)parts[p].at[b] < ' ' ? ' ' : parts[p].at[b]);
            buf_byte(&all, p + 1 < N_PARTS ? '\t' : '\n');
        }
    }
    return buf_text(&all);
}

static bool unpack(struct text packed, struct arena *mem, struct unit_wish **out, size_t *n_out)
{
    struct text line;
    size_t n = 0;
    for (size_t b = 0; b < packed.size; b++)
        n += packed.at[b] == '\n';
    *out = arena_array(mem, n + 2, struct unit_wish);
    *n_out = 0;
    while (*n_out <= n && text_split(&packed, '\n', &line)) {
        struct text part[N_PARTS], word;
        size_t p = 0;
        if (line.size && line.at[line.size - 1] == '\r')   /* forms send lines so */
            line.size--;
        if (!line.size)
            continue;
        for (; p < N_PARTS; p++)
            part[p] = text_split(&line, '\t', &word) ? word : TEXT("");
        struct unit_wish *const w = &(*out)[(*n_out)++];
        *w = (struct unit_wish){ .code = part[1], .day = part[2], .name = part[4], .parent = part[5], .district = part[6], .successor = part[7], .reason = part[8] };
        if (!unit_act_of(part[0], &w->act) || !unit_kind_of(part[3], &w->kind))
            return false;
    }
    return *n_out > 0;
}

/* ---- the page ----------------------------------------------------------------------------- */

static struct text act_said(const struct request *request, enum unit_act act)
{
    static const enum text_key WORDS[N_UNIT_ACTS] = {
        [UNIT_ADD] = T_UNITS_ACT_ADD,     [UNIT_RENAME] = T_UNITS_ACT_RENAME, [UNIT_MOVE] = T_UNITS_ACT_MOVE,
        [UNIT_MERGE] = T_UNITS_ACT_MERGE, [UNIT_CLOSE] = T_UNITS_ACT_CLOSE,   [UNIT_REOPEN] = T_UNITS_ACT_REOPEN,
    };
    return SAYS(WORDS[act]);
}

static void put_book(const struct request *request, const struct unit_book *book, struct view_units_import *view)
{
    view->read = true;
    view->faults = arena_array(request->mem, book->faults.n + 1, struct unit_fault);
    for (size_t i = 0; i < book->faults.n; i++)
        view->faults[view->n_faults++] = (struct unit_fault){ book->faults.at[i].sheet, book->faults.at[i].cell, book->faults.at[i].what, book->faults.at[i].hint };
    view->lines = arena_array(request->mem, book->n + 1, struct unit_change_line);
    for (size_t i = 0; i < book->n; i++) {
        const struct unit_change *const c = &book->changes[i];
        view->lines[view->n++] = (struct unit_change_line){ act_said(request, c->wish.act), c->name, c->wish.code, c->was, c->becomes, c->wish.day, c->wish.reason, c->cell };
    }
    view->may_confirm = book->n && !book->faults.n;
    if (view->may_confirm) {
        view->changes = packed(book, request->mem);
        view->seen = text_printf(request->mem, "%zu", book->n_tree);
    }
    view->sentence = book->faults.n ? SAYS_OF(T_UNITS_IMPORT_FAULTS, say_count(request->mem, (int64_t)book->faults.n))
                     : book->n      ? SAYS_OF(T_UNITS_IMPORT_SOME, say_count(request->mem, (int64_t)book->n_rows), say_count(request->mem, (int64_t)book->n))
                                    : SAYS_OF(T_UNITS_IMPORT_NONE, say_count(request->mem, (int64_t)book->n_rows));
}

static void show(struct request *request, struct response *response, const struct unit_book *book, struct text file, struct text day, const struct err *fault)
{
    struct view_units_import view = { .frame = frame_of(request, SAYS(T_UNITS_IMPORT_TITLE), "units"), .sentence = SAYS(T_UNITS_IMPORT_ASK),
                                      .day = day.size ? day : day_shown(request->now, request->mem), .file = file };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    if (book)
        put_book(request, book, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_units_import(&html, &view);
    response_html(response, &html);
}

bool page_units_import(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    show(request, response, NULL, TEXT(""), TEXT(""), NULL);
    return true;
}

bool page_units_import_look(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const upload = request_file(request, "file");
    const struct text day = text_trim(request_field(request, "day"));
    struct unit_book book;
    if (!upload)
        err_set(err, ERR_INPUT, "没有选文件。");
    if (upload && app_unit_book_read(request->house, &request->actor, upload->name, upload->bytes, day.size ? day : day_shown(request->now, request->mem),
                                     request->mem, &book, err)) {
        response->status = book.faults.n ? 422 : 200;
        show(request, response, &book, upload->name, day, NULL);
        return true;
    }
    if (err->kind == ERR_OUTSIDE || err->kind == ERR_DENIED)
        return false;
    const struct err refused = *err;
    *err = (struct err){ 0 };
    response->status = status_of(refused.kind);
    show(request, response, NULL, TEXT(""), day, &refused);
    return true;
}

bool page_units_import_do(struct request *request, struct response *response, struct err *err)
{
    struct unit_wish *wishes;
    size_t n;
    int64_t seen;
    response->back = TEXT("/units/import");
    if (!unpack(request_field(request, "changes"), request->mem, &wishes, &n))
        return err_set(err, ERR_USAGE, "没有要做的变动。");
    if (!request_field_number(request, "seen", 0, 1000000000, 0, &seen, err) ||
        !app_units_apply(request->house, request->writing, &request->actor, wishes, n, (size_t)seen, request->now, request->mem, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/units?changed=%zu", n));
    return true;
}

bool page_units_template(struct request *request, struct response *response, struct err *err)
{
    struct sheet *sheets[2];
    unit_book_sheets(NULL, 0, request->mem, sheets);
    return response_workbook(response, sheets, COUNT(sheets), TEXT("单位导入.xlsx"), err);
}

bool page_units_workbook(struct request *request, struct response *response, struct err *err)
{
    struct text bytes;
    if (!app_unit_book(request->house, &request->actor, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  text_printf(request->mem, "单位-%.*s.xlsx", TEXT_ARG(day_shown(request->now, request->mem))));
    return true;
}
