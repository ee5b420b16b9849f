/* Up to four schools side by side, in the same rows. */
#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/query.h"
#include "web/say.h"
#include "web/view_compared.h"

enum { MOST_CHOSEN = 64 };

struct choosing { struct text codes[MOST_BESIDE]; uint32_t rows[MOST_BESIDE]; size_t n, too_many; struct buf absent; };

static void choose(struct request *r, struct text code, struct choosing *chosen)
{
    for (size_t i = 0; i < chosen->n; i++)
        if (text_equal(chosen->codes[i], code))
            return;
    const size_t row = snapshot_school(r->snapshot, r->year, code, &r->actor);
    if (row == SIZE_MAX) {
        buf_printf(&chosen->absent, "%s%.*s", chosen->absent.size ? "、" : "", code.size > 40 ? 40 : (int)code.size, code.at);
    } else if (chosen->n == MOST_BESIDE) {
        chosen->too_many++;
    } else {
        chosen->codes[chosen->n] = code;
        chosen->rows[chosen->n++] = (uint32_t)row;
    }
}

/* codes=A&codes=B, or codes=A,B */
static void read_codes(struct request *r, struct choosing *chosen)
{
    size_t seen = 0;
    for (size_t i = 0; i < r->query.n; i++) {
        struct text rest = r->query.pair[i].value, code;
        if (!text_equal(r->query.pair[i].name, TEXT("codes")))
            continue;
        while (text_split(&rest, ',', &code))
            if (text_trim(code).size && seen++ < MOST_CHOSEN)
                choose(r, text_trim(code), chosen);
    }
}

static struct text codes_but(struct request *r, const struct choosing *chosen, size_t left_out)
{
    struct buf out = { .mem = r->mem };
    for (size_t i = 0; i < chosen->n; i++)
        if (i != left_out)
            buf_printf(&out, "%s%.*s", out.size ? "," : "", TEXT_ARG(chosen->codes[i]));
    return buf_text(&out);
}

static struct text path_of(struct request *r, struct text codes, struct text differing)
{
    struct buf out = { .mem = r->mem };
    buf_printf(&out, "/schools/compare?codes=%.*s", TEXT_ARG(percent_encode_part(codes, r->mem)));
    const struct text year = request_query(r, "year");
    if (year.size)
        buf_printf(&out, "&year=%.*s", TEXT_ARG(percent_encode_part(year, r->mem)));
    if (differing.size)
        buf_add(&out, TEXT("&differing=1"));
    return buf_text(&out);
}

/* Where the values of a row come from: an indicator's level, a rule. */
static void put_paths(struct request *r, const struct side_by_side *s, struct view_compared_row *out)
{
    const struct beside_row *const row = out->row;
    for (size_t i = 0; i < s->n; i++) {
        const struct text code = s->schools[i].code;
        if (!row->cells[i].words.size || (!row->id.size && row->stage < 0))
            continue;
        const struct text key = row->stage < 0   ? text_printf(r->mem, "rule:%.*s:%.*s", TEXT_ARG(row->id), TEXT_ARG(code))
                                : !row->id.size ? text_printf(r->mem, "unit:%.*s:%.*s", TEXT_ARG(stage_code((enum stage)row->stage)), TEXT_ARG(code))
                                                : text_printf(r->mem, "level:%.*s:%.*s:%.*s", TEXT_ARG(stage_code((enum stage)row->stage)), TEXT_ARG(row->id),
                                                              TEXT_ARG(code));
        out->paths[i] = text_printf(r->mem, "/lineage?of=%.*s:%.*s", TEXT_ARG(percent_encode_part(key, r->mem)), TEXT_ARG(year_digits(r)));
    }
}


bool page_compared(struct request *request, struct response *response, struct err *err)
{
    const struct text title = say(request->mem, request->lang, T_COMPARED_TITLE, NULL, 0), differing = request_query(request, "differing");
    const struct composing *const c = composing_of(request);
    struct choosing chosen = { .absent = { .mem = request->mem } };
    (void)err;
    if (!c) {
        empty_page(request, response, title, "schools");
        return true;
    }
    read_codes(request, &chosen);
    const struct side_by_side *const s = compose_side_by_side(c, chosen.rows, chosen.n);
    struct view_compared view = { .frame = frame_of(request, title, "schools"), .beside = s, .too_many = chosen.too_many, .absent = buf_text(&chosen.absent),
                                .rows = arena_array(request->mem, s->n_rows, struct view_compared_row), .only_differing = differing.size > 0 };
    const struct text all = codes_but(request, &chosen, SIZE_MAX), year = request_query(request, "year");
    view.list_path = text_printf(request->mem, "/schools%.*s", TEXT_ARG(query_with((struct text){ 0 }, "year", year, request->mem)));
    view.all_path = path_of(request, all, TEXT(""));
    view.differing_path = path_of(request, all, TEXT("1"));
    for (size_t i = 0; i < s->n; i++) {
        const struct text query = query_with((struct text){ 0 }, "year", year, request->mem);
        view.schools[i] = (struct view_compared_school){ &s->schools[i], text_printf(request->mem, "/schools/%.*s%.*s", TEXT_ARG(percent_encode_part(s->schools[i].code, request->mem)), TEXT_ARG(query)),
                                                       path_of(request, codes_but(request, &chosen, i), differing), state_class(s->schools[i].state) };
    }
    for (size_t r = 0; r < s->n_rows; r++) {
        view.rows[r].row = &s->rows[r];
        if (s->rows[r].stage != (r ? s->rows[r - 1].stage : -1))
            view.rows[r].heading = s->rows[r].stage < 0 ? say(request->mem, request->lang, T_COMPARED_RULES, NULL, 0)
                                                        : say_stage((enum stage)s->rows[r].stage, c->english);
        put_paths(request, s, &view.rows[r]);
    }
    struct html html = html_begin(request->mem, request->lang);
    template_compared(&html, &view);
    response_html(response, &html);
    response_shared(response);
    return true;
}
