/* Saving cells of a return: what the grid of a return and its queue of unsent cells speak with.  JSON, not a page.
 *
 * POST /returns/{year}/{code}/cells   form fields, for each cell in this order: item (its code), typed, seen (the stamp that was
 *     shown; 0: it was never typed).  Answers {"cells":[{"item","outcome","stamp","typed","words","hint","who","at"}]} in that order;
 *     outcome is saved, invalid, conflict or refused as app/entry.h has them.  Sent twice it is saved once: the same value is no
 *     conflict, whatever the stamp.
 * GET  the same path: {"state","cells":[{"item","stamp","typed","unread","who","at"}]}, the cells as they stand. */
#include "app/entry.h"
#include "base/number.h"
#include "web/api.h"
#include "web/pages.h"

static bool year_of(const struct request *request, int *out, struct err *err)
{
    double year;
    const struct text text = request_capture(request, "year");
    if (text.size != 4 || !number_parse(text, &year) || year != (double)(int)year)
        return err_set(err, ERR_ABSENT, "没有这样的学年。");
    *out = (int)year;
    return true;
}

static bool is_field(const struct pair *pair, const char *name)
{
    return text_equal(pair->name, text_of(name));
}

/* Which stands beside which is told by the order alone. */
static bool read_cells(const struct request *request, struct entry_typed_cell *cells, struct text *codes, size_t *n_out, struct err *err)
{
    const struct item_list *const items = &house_edition(request->house)->items;
    const struct pairs *const f = &request->fields;
    *n_out = 0;
    for (size_t i = 0; i < f->n; i++) {
        double seen;
        if (!is_field(&f->pair[i], "item"))
            continue;
        if (i + 2 >= f->n || !is_field(&f->pair[i + 1], "typed") || !is_field(&f->pair[i + 2], "seen") ||
            !number_parse(f->pair[i + 2].value, &seen) || seen < 0 || seen > 1e15)
            return err_set(err, ERR_USAGE, "每一格要依次送来 item、typed、seen。");
        if (*n_out == ENTRY_MOST)
            return err_set(err, ERR_LIMIT, "一次最多送 %d 格。", ENTRY_MOST);
        codes[*n_out] = f->pair[i].value;
        cells[(*n_out)++] = (struct entry_typed_cell){ item_find(items, f->pair[i].value), f->pair[i + 1].value, (int64_t)seen };
        i += 2;
    }
    return *n_out || err_set(err, ERR_USAGE, "没有送来任何一格。");
}

static void write_saved(struct out *out, struct text code, const struct entry_saved *saved)
{
    static const char *const OUTCOMES[] = { [ENTRY_SAVED] = "saved", [ENTRY_INVALID] = "invalid", [ENTRY_CONFLICT] = "conflict",
                                            [ENTRY_REFUSED] = "refused" };
    json_object(out, NULL);
    json_text(out, "item", code);
    json_text(out, "outcome", text_of(OUTCOMES[saved->outcome]));
    json_number(out, "stamp", (double)saved->stamp);
    json_text(out, "typed", saved->typed);
    json_text(out, "words", saved->words);
    json_text(out, "hint", saved->hint);
    json_text(out, "who", saved->who);
    json_number(out, "at", (double)saved->at);
    json_end(out);
}

bool page_return_cells_save(struct request *request, struct response *response, struct err *err)
{
    struct entry_typed_cell *const cells = arena_array(request->mem, ENTRY_MOST, struct entry_typed_cell);
    struct entry_saved *const saved = arena_array(request->mem, ENTRY_MOST, struct entry_saved);
    struct text *const codes = arena_array(request->mem, ENTRY_MOST, struct text);
    size_t n;
    int year;
    if (!year_of(request, &year, err) || !read_cells(request, cells, codes, &n, err) ||
        !app_entry_save_many(request->house, request->writing, &request->actor, year, request_capture(request, "code"), cells, n, request->now,
                             request->mem, saved, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_array(out, "cells");
    for (size_t i = 0; i < n; i++)
        write_saved(out, codes[i], &saved[i]);
    json_end(out);
    json_end(out);
    api_done(response, out);
    return true;
}

bool page_return_cells(struct request *request, struct response *response, struct err *err)
{
    struct entry_now now;
    int year;
    if (!year_of(request, &year, err) ||
        !app_entry_now(request->house, &request->actor, year, request_capture(request, "code"), request->now, request->mem, &now, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_text(out, "state", return_state_code(now.way.state));
    json_array(out, "cells");
    for (size_t i = 0; i < now.n; i++) {
        json_object(out, NULL);
        json_text(out, "item", now.cells[i].item);
        json_number(out, "stamp", (double)now.cells[i].stamp);
        json_text(out, "typed", now.cells[i].typed);
        json_bool(out, "unread", now.cells[i].unread);
        json_text(out, "who", now.cells[i].who);
        json_number(out, "at", (double)now.cells[i].at);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    api_done(response, out);
    return true;
}
