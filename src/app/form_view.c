#include "app/form_view.h"

#include "app/audit.h"
#include "app/written.h"
#include "base/day.h"
#include "base/number.h"
#include "model/sheet.h"
#include "report/write_workbook.h"

int form_year(const struct snapshot *s, int64_t now)
{
    if (s->n_years)
        return s->years[s->usual_year < s->n_years ? s->usual_year : s->n_years - 1];
    const struct day today = day_of(now);
    return today.month >= 9 ? today.year : today.year - 1;
}

/* ---- the board ---------------------------------------------------------------------------- */

static const struct form_info *form_of(const struct form_board *board, struct text id)
{
    for (size_t i = 0; i < board->n_forms; i++)
        if (text_equal(board->forms[i].id, id))
            return &board->forms[i];
    return NULL;
}

static bool put_sheets(struct db_session *session, struct text county, const struct snapshot *s, const struct place_names *names,
                       const struct actor *actor, struct text form, struct arena *mem, struct form_board *out, struct err *err)
{
    struct sheet_row *rows;
    size_t n;
    if (!store_sheets_of_year(session, county, out->year, mem, &rows, &n, err))
        return false;
    out->sheets = arena_array(mem, n + 1, struct board_sheet);
    for (size_t i = 0; i < n; i++) {
        struct board_sheet *const b = &out->sheets[out->n_sheets];
        *b = (struct board_sheet){ .row = rows[i] };
        if ((form.size && !text_equal(form, rows[i].form)) || !place_of_words(rows[i].place_kind, rows[i].place_name, &b->unit) ||
            !sheet_state_of_word(rows[i].state, &b->state) || !sheet_visible(s, actor, b->unit))
            continue;
        b->info = form_of(out, rows[i].form);
        b->title = b->info ? b->info->title : rows[i].form;
        b->unit_name = form_unit_name(names, b->unit);
        if (b->info)
            b->hands = sheet_hands_of(s, actor, b->info->form, b->unit, b->state == SHEET_DRAFT ? -1 : rows[i].submitted.account);
        out->n_sheets++;
    }
    return true;
}

bool app_form_board(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct text form, struct arena *mem,
                    struct form_board *out, struct err *err)
{
    struct db_session *session;
    struct place_names names;
    struct form_info *forms;
    size_t n;
    place_names_last(snapshot, mem, &names);
    *out = (struct form_board){ .year = year };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = forms_in_use(session, house_county(house), mem, &forms, &n, err);
    if (ok) {
        out->forms = arena_array(mem, n + 1, struct form_info);
        out->units = arena_array(mem, n + 1, struct form_unit *);
        out->n_units = arena_array(mem, n + 1, size_t);
        for (size_t i = 0; i < n; i++) {
            const size_t at = out->n_forms;
            /* What inspectors fill in belongs to a round: its own page shows its questions, no unit is asked for it. */
            if (form.size ? !text_equal(form, forms[i].id) : forms[i].form->inspects)
                continue;
            form_units(snapshot, &names, actor, forms[i].form, year, mem, &out->units[at], &out->n_units[at]);
            out->forms[at] = forms[i];
            out->n_forms += out->n_units[at] > 0 || actor_covers_county(actor);
        }
        ok = put_sheets(session, house_county(house), snapshot, &names, actor, form, mem, out, err);
    }
    db_read_end(&session);
    return ok;
}

const struct board_sheet *board_sheet_of(const struct form_board *board, struct text form, struct place unit)
{
    for (size_t i = 0; i < board->n_sheets; i++)
        if (text_equal(board->sheets[i].row.form, form) && board->sheets[i].unit.kind == unit.kind && text_equal(board->sheets[i].unit.name, unit.name))
            return &board->sheets[i];
    return NULL;
}

bool form_own_unit(const struct actor *actor, const struct form *form, struct place *out)
{
    const enum place_kind kind = form_place_kind(form->who);
    *out = (struct place){ kind, actor->place.name };
    if (kind == PLACE_COUNTY)
        return actor->place.kind == PLACE_COUNTY && actor->role != ROLE_department;
    return actor->place.kind == kind && actor->place.name.size;
}

struct text sheet_path(struct arena *mem, const struct sheet_of *of)
{
    static const char HEX[] = "0123456789ABCDEF";
    struct buf path = { .mem = mem };
    buf_printf(&path, "/forms/%.*s/fill?year=%d&place=%.*s%%3A", TEXT_ARG(of->form), of->year, TEXT_ARG(place_word(of->unit.kind)));
    for (size_t i = 0; i < of->unit.name.size; i++) {
        const unsigned char c = (unsigned char)of->unit.name.at[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            buf_byte(&path, (char)c);
        else
            buf_printf(&path, "%%%c%c", HEX[c >> 4], HEX[c & 15]);
    }
    if (of->nth != 1)
        buf_printf(&path, "&n=%lld", (long long)of->nth);
    return buf_text(&path);
}

/* ---- over the years ----------------------------------------------------------------------- */

bool app_form_history(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text form, struct place unit,
                      struct arena *mem, struct form_history *out, struct err *err)
{
    struct db_session *session;
    *out = (struct form_history){ 0 };
    if (!sheet_visible(snapshot, actor, unit))
        return err_set(err, ERR_ABSENT, "没有这张表，或者您的账号看不到它。");
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_sheets_of_unit(session, house_county(house), form, place_word(unit.kind), unit.name, mem, &out->sheets, &out->n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    enum { MOST = 6 };   /* the latest ones */
    if (out->n > MOST) {
        out->sheets += out->n - MOST;
        out->n = MOST;
    }
    struct compared_sheet *const sheets = arena_array(mem, out->n + 1, struct compared_sheet);
    out->results = arena_array(mem, out->n + 1, struct text);
    for (size_t i = 0; i < out->n; i++) {
        struct sheet_view *const view = arena_make(mem, struct sheet_view);
        const struct sheet_of of = { form, out->sheets[i].year, unit, out->sheets[i].nth };
        if (!app_sheet(house, snapshot, actor, &of, mem, view, err))
            return false;
        sheets[i] = (struct compared_sheet){ view->info.form, &view->answers };
        out->results[i] = form_result(view->info.form, &view->answers);
    }
    form_compare(sheets, out->n, mem, &out->rows, &out->n_rows);
    return true;
}

/* ---- the workbook ------------------------------------------------------------------------- */

static void put_headings(struct sheet *sheet, const struct form *form, struct text title, struct arena *mem)
{
    static const char *const FIXED[] = { "单位", "第几份", "状态", "填表人", "提交时间", "确认人", "确认时间", "结论" };
    uint32_t column = 1;
    sheet_put_text(sheet, 1, 1, LOOK_TITLE, title);
    for (size_t i = 0; i < COUNT(FIXED); i++, column++) {
        sheet_put_text(sheet, 2, column, LOOK_HEADING, text_of(FIXED[i]));
        sheet->width[column] = i ? 12 : 24;
    }
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        sheet->width[column] = 18;
        sheet_put_text(sheet, 2, column++, LOOK_HEADING, text_printf(mem, "%.*s %.*s%s%.*s%s", TEXT_ARG(q->id), TEXT_ARG(q->name), q->unit.size ? "（" : "",
                                                                     TEXT_ARG(q->unit), q->unit.size ? "）" : ""));
        for (enum ask_part part = PART_BASIS; q->type == ASK_GRADE && part < N_FORM_PARTS && column < SHEET_MOST_COLUMNS; part++)
            sheet_put_text(sheet, 2, column++, LOOK_HEADING, text_printf(mem, "%.*s %s", TEXT_ARG(q->id), ask_part_info(part)->zh));
        if (column < SHEET_MOST_COLUMNS)
            sheet_put_text(sheet, 2, column++, LOOK_HEADING, text_printf(mem, "%.*s 附件", TEXT_ARG(q->id)));
        if (column + N_FORM_PARTS + 2 >= SHEET_MOST_COLUMNS)
            break;
    }
    sheet->frozen_rows = 2;
    sheet->frozen_columns = 1;
}

static struct text proof_names(const struct sheet_view *v, struct text question, struct arena *mem)
{
    struct buf names = { .mem = mem };
    for (size_t i = 0; i < v->n_proofs; i++)
        if (text_equal(v->proofs[i].question, question))
            buf_printf(&names, "%s%.*s", names.size ? "、" : "", TEXT_ARG(v->proofs[i].name));
    return buf_text(&names);
}

static void put_row(struct sheet *sheet, uint32_t row, const struct form *form, const struct sheet_view *v, struct arena *mem)
{
    const struct text fixed[] = {
        v->unit_name, text_printf(mem, "%lld", (long long)v->row.nth), sheet_state_shown(v->state), v->row.submitted.at ? v->row.submitted.who : v->row.begun.who,
        v->row.submitted.at ? time_shown(v->row.submitted.at, mem) : TEXT(""), v->state == SHEET_CONFIRMED ? v->row.ended.who : TEXT(""),
        v->state == SHEET_CONFIRMED ? time_shown(v->row.ended.at, mem) : TEXT(""), form_result(v->info.form, &v->answers),
    };
    uint32_t column = 1;
    for (size_t i = 0; i < COUNT(fixed); i++)
        sheet_put_text(sheet, row, column++, LOOK_TEXT, fixed[i]);
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        const struct text value = answer_value(&v->answers, q->id);
        double number;
        if (q->type == ASK_NUMBER && number_parse(value, &number))
            sheet_put_number(sheet, row, column, LOOK_DECIMAL, number)->decimals = DECIMALS_ALL;
        else
            sheet_put_text(sheet, row, column, LOOK_TEXT, answer_shown(q, N_FORM_PARTS, value, mem));
        column++;
        for (enum ask_part part = PART_BASIS; q->type == ASK_GRADE && part < N_FORM_PARTS && column < SHEET_MOST_COLUMNS; part++)
            sheet_put_text(sheet, row, column++, LOOK_TEXT, answer_value(&v->answers, form_field(mem, q->id, part)));
        if (column < SHEET_MOST_COLUMNS)
            sheet_put_text(sheet, row, column++, LOOK_TEXT, proof_names(v, q->id, mem));
        if (column + N_FORM_PARTS + 2 >= SHEET_MOST_COLUMNS)
            break;
    }
}

static bool write_one(const char *path, void *context, struct err *err)
{
    return write_workbook(path, context, 1, err);
}

struct noting { const struct actor *actor; struct text object, detail; int64_t now; };
static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.form", n->object, n->detail, n->now, err);
}

bool app_form_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text form, int year, int64_t now,
                       struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct form_board board;
    struct form_info info;
    uint32_t row = 3;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_form(house, form, 0, mem, &info, err) ||
        !app_form_board(house, snapshot, actor, year, form, mem, &board, err))
        return false;
    struct sheet *const sheet = sheet_new(mem, info.title);
    put_headings(sheet, info.form, text_printf(mem, "%.*s %d学年 %.*s", TEXT_ARG(snapshot->county_name), year, TEXT_ARG(info.title)), mem);
    for (size_t i = 0; i < board.n_sheets; i++) {
        const struct sheet_of of = { form, year, board.sheets[i].unit, board.sheets[i].row.nth };
        struct sheet_view view;
        if (!app_sheet(house, snapshot, actor, &of, mem, &view, err))
            return false;
        put_row(sheet, row++, info.form, &view, mem);
    }
    struct sheet *sheets[] = { sheet };
    return app_written(write_one, sheets, mem, bytes_out, err) &&
           db_write(house_db(house), note, &(struct noting){ actor, form, text_printf(mem, "year=%d sheets=%zu", year, board.n_sheets), now }, err);
}

/* ---- what waits --------------------------------------------------------------------------- */

static void add_sheet(const struct form_board *board, const struct board_sheet *b, const struct actor *actor, struct waiting_list *into)
{
    struct arena *const mem = into->mem;
    const struct text link = sheet_path(mem, &(struct sheet_of){ b->row.form, board->year, b->unit, b->row.nth });
    const bool own = actor->place.kind == b->unit.kind && text_equal(actor->place.name, b->unit.name);
    if (b->state == SHEET_DRAFT && b->row.sent_back && b->hands.fills && own)
        waiting_add(into, &(struct waiting){ .what = text_printf(mem, "%d学年《%.*s》退了回来，请修改后再提交", board->year, TEXT_ARG(b->title)),
                                             .why = text_printf(mem, "%.*s填的表", TEXT_ARG(b->unit_name)),
                                             .came_back = text_printf(mem, "%.*s：%.*s", TEXT_ARG(b->row.ended.who), TEXT_ARG(b->row.reason)),
                                             .link = link, .button = TEXT("修改"), .since = b->row.ended.at });
    else if (b->state == SHEET_SUBMITTED && b->hands.endorses && !b->hands.submitted_it && own)
        waiting_add(into, &(struct waiting){ .what = text_printf(mem, "%d学年《%.*s》等您确认（%.*s提交）", board->year, TEXT_ARG(b->title), TEXT_ARG(b->row.submitted.who)),
                                             .why = TEXT("自评表要由提交人以外的人确认"), .link = link, .button = TEXT("确认"), .since = b->row.submitted.at });
    else if (b->state == SHEET_SUBMITTED && b->hands.submitted_it)
        waiting_add(into, &(struct waiting){ .whose = WAITING_FOR_OTHERS, .what = text_printf(mem, "%d学年《%.*s》等别人确认", board->year, TEXT_ARG(b->title)),
                                             .link = link, .button = TEXT("查看"), .since = b->row.submitted.at });
}

bool app_forms_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct waiting_list *into,
                       struct err *err)
{
    struct form_board board;
    struct arena *const mem = into->mem;
    size_t unbegun = 0, others = 0;
    if (!(actor->permissions & (MAY_ANSWER | MAY_ENDORSE)))
        return true;
    const int year = form_year(snapshot, now);
    if (!app_form_board(house, snapshot, actor, year, TEXT(""), mem, &board, err))
        return false;
    for (size_t i = 0; i < board.n_sheets; i++) {
        const struct board_sheet *const b = &board.sheets[i];
        const bool own = actor->place.kind == b->unit.kind && text_equal(actor->place.name, b->unit.name);
        add_sheet(&board, b, actor, into);
        others += !own && b->state == SHEET_SUBMITTED && b->hands.endorses && !b->hands.submitted_it;
    }
    for (size_t i = 0; i < board.n_forms; i++) {
        struct place unit;
        if (board.forms[i].form->often || !(actor->permissions & MAY_ANSWER) || !form_own_unit(actor, board.forms[i].form, &unit))
            continue;
        const struct board_sheet *const b = board_sheet_of(&board, board.forms[i].id, unit);
        unbegun += !b || (b->state == SHEET_DRAFT && !b->row.sent_back);
    }
    if (unbegun)
        waiting_add(into, &(struct waiting){ .what = text_printf(mem, "%d学年的自评表还有 %zu 张没有提交", year, unbegun), .why = TEXT("由您的单位填"),
                                             .link = text_printf(mem, "/forms?year=%d", year), .button = TEXT("填表") });
    if (others)
        waiting_add(into, &(struct waiting){ .what = text_printf(mem, "%d学年有 %zu 份提交的表等确认", year, others), .why = TEXT("您可以确认下属单位的表；本单位有人确认的，先由本单位确认"),
                                             .link = text_printf(mem, "/forms?year=%d#confirm", year), .button = TEXT("查看") });
    return true;
}
