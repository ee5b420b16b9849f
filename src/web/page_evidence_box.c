/* The boxes of an indicator: what is asked, what lies there, and the judgement of two people; files put, judged. */
#include "app/lineage_key.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

struct looking {
    struct request *request;
    const struct catalogue *c;
    struct text indicator;
    struct place unit;         /* as asked for; the county: not chosen */
    int year;
};

/* ---- the boxes ---------------------------------------------------------------------------- */

/* A school's, a township's person has one box of each kind; who sees many chooses. */
static bool one_box(const struct looking *l, const struct evidence_asked *asked, struct place *out)
{
    *out = l->unit.kind == PLACE_COUNTY ? evidence_own_place(asked, &l->request->actor) : l->unit;
    switch (asked->who) {
    case EVIDENCE_SCHOOL: return out->kind == PLACE_SCHOOL;
    case EVIDENCE_TOWNSHIP: return out->kind == PLACE_TOWNSHIP;
    default: return true;
    }
}

static bool lies_in(const struct evidence *e, const struct evidence_asked *asked, struct place unit)
{
    return text_equal(e->asked, asked->id) && text_equal(e->place_kind, place_word(unit.kind)) && text_equal(e->place_name, unit.name);
}

static void put_files(const struct looking *l, const struct evidence_asked *asked, struct place unit, struct evidence_box_view *box)
{
    box->files = arena_array(l->request->mem, l->c->n_evidence + 1, struct evidence_file_line);
    for (int withdrawn = 0; withdrawn < 2; withdrawn++)
        for (size_t i = 0; i < l->c->n_evidence; i++)
            if (lies_in(&l->c->evidence[i], asked, unit) && (l->c->evidence[i].withdrawn_at != 0) == withdrawn)
                box->files[box->n_files++] = evidence_file_said(l->request, &l->c->evidence[i]);
}

static size_t files_of(const struct looking *l, const struct evidence_asked *asked, struct place unit)
{
    size_t n = 0;
    for (size_t i = 0; i < l->c->n_evidence; i++)
        n += !l->c->evidence[i].withdrawn_at && lies_in(&l->c->evidence[i], asked, unit);
    return n;
}

/* Those that lack it come first. */
static void put_units(const struct looking *l, const struct evidence_asked *asked, struct evidence_box_view *box)
{
    const struct request *const request = l->request;
    const bool schools = asked->who == EVIDENCE_SCHOOL;
    const size_t n = schools ? l->c->n_schools : l->c->n_townships;
    box->units = arena_array(request->mem, n + 1, struct evidence_unit_line);
    box->by_township = schools;
    for (int with = 0; with < 2; with++)
        for (size_t i = 0; i < n; i++) {
            const struct place unit = { schools ? PLACE_SCHOOL : PLACE_TOWNSHIP, schools ? l->c->schools[i].code : l->c->townships[i] };
            const size_t files = files_of(l, asked, unit);
            if ((files > 0) != with)
                continue;
            box->units_with += files > 0;
            box->units[box->n_units++] = (struct evidence_unit_line){
                .name = schools ? l->c->schools[i].name : unit.name, .township = schools ? l->c->schools[i].township : TEXT(""), .files = files,
                .path = text_printf(request->mem, "%.*s#%.*s", TEXT_ARG(evidence_box_path(request, l->indicator, l->year, unit)), TEXT_ARG(asked->id)) };
        }
}

static void put_box(const struct looking *l, const struct evidence_asked *asked, struct view_evidence_box *view)
{
    struct request *const request = l->request;
    const bool english = request->lang == LANG_EN;
    struct evidence_box_view *const box = &view->boxes[view->n++];
    struct err ignored;
    struct place unit;
    *box = (struct evidence_box_view){ .id = asked->id, .name = english ? asked->en : asked->zh, .by = english ? asked->by_en : asked->by,
                                       .good = english ? asked->good_en : asked->good };
    if (!one_box(l, asked, &unit)) {
        put_units(l, asked, box);
        return;
    }
    box->unit = evidence_place_shown(request->snapshot, unit, request->mem);
    box->unit_word = evidence_unit_word(request, unit);
    box->may_put = evidence_may_put(request->snapshot, &request->actor, asked, unit, &ignored);
    box->post_path = evidence_box_path(request, l->indicator, l->year, unit);
    put_files(l, asked, unit, box);
}

/* ---- the judgement ------------------------------------------------------------------------ */

static struct judged_line judged_said(const struct request *request, const struct judgement *j)
{
    static const enum text_key STATES[N_JUDGEMENT_STATES] = { T_EVIDENCE_STATE_WAITING, T_EVIDENCE_STATE_CONFIRMED, T_EVIDENCE_STATE_REFUSED,
                                                              T_EVIDENCE_STATE_WITHDRAWN };
    return (struct judged_line){
        .verdict = verdict_said(request, j->verdict), .class = judged_class(j->verdict), .reason = j->reason, .state = SAYS(STATES[j->state]),
        .first = SAYS_OF(T_EVIDENCE_FIRST, j->first.who, time_shown(j->first.at, request->mem)),
        .second = j->second.at && j->state != JUDGEMENT_WITHDRAWN
                      ? SAYS_OF(j->state == JUDGEMENT_REFUSED ? T_EVIDENCE_SECOND_REFUSED : T_EVIDENCE_SECOND, j->second.who,
                                time_shown(j->second.at, request->mem))
                      : TEXT(""),
        .second_reason = j->second_reason };
}

static void put_earlier(const struct looking *l, const struct judgement_now *now, struct evidence_judgement_view *v)
{
    v->earlier = arena_array(l->request->mem, l->c->n_judgements + 1, struct judged_line);
    for (size_t i = 0; i < l->c->n_judgements; i++) {
        const struct judgement *const j = &l->c->judgements[i];
        if (j != now->waiting && j != now->confirmed && text_equal(j->indicator, l->indicator) &&
            text_equal(j->place_kind, place_word(l->unit.kind)) && text_equal(j->place_name, l->unit.name))
            v->earlier[v->n_earlier++] = judged_said(l->request, j);
    }
}

/* How the schools were judged, for who judges the county. */
static struct text schools_said(const struct looking *l)
{
    const struct request *const request = l->request;
    size_t n[N_JUDGED] = { 0 }, any = 0;
    for (size_t i = 0; i < l->c->n_schools; i++) {
        const struct place unit = { PLACE_SCHOOL, l->c->schools[i].code };
        const struct judgement_now now = judgement_now(l->c->judgements, l->c->n_judgements, l->indicator, unit);
        if (now.confirmed)
            n[now.confirmed->verdict]++, any++;
    }
    struct arena *const mem = request->mem;
    return any ? SAYS_OF(T_EVIDENCE_SCHOOLS_JUDGED, say_count(mem, (int64_t)l->c->n_schools), say_count(mem, (int64_t)n[JUDGED_MET]),
                         say_count(mem, (int64_t)n[JUDGED_UNMET]))
               : TEXT("");
}

static void put_figure(const struct looking *l, const struct judgement *confirmed, struct evidence_judgement_view *v)
{
    struct request *const request = l->request;
    const struct snapshot *const s = request->snapshot;
    const uint16_t item = judgement_item(s->edition, l->indicator);
    const size_t year = snapshot_year(s, l->year);
    if (year >= s->n_years)
        return;
    const struct item *const asked = &s->edition->items.at[item];
    const double figure = returns_county_number(s->returns, year, item);
    v->figure = is_blank(figure) ? TEXT("") : words_figure(request->mem, asked, figure, TEXT(""));
    const struct lineage_key key = { .of = LINEAGE_OF_COUNTY, .year = l->year, .id = asked->code };
    static const char *const CODES[N_JUDGED] = { "met", "unmet", NULL };
    const char *const stands = is_blank(figure) ? NULL : text_string(request->mem, asked->values[(size_t)figure - 1].code);
    if (confirmed && (!stands != !CODES[confirmed->verdict] || (stands && strcmp(stands, CODES[confirmed->verdict]) != 0)))
        v->differs = SAYS_OF(T_EVIDENCE_DIFFERS, v->figure.size ? v->figure : SAYS(T_EVIDENCE_FIGURE_NONE), verdict_said(request, confirmed->verdict));
    v->figure_path = lineage_path(request->mem, lineage_key_format(request->mem, &key));
}

static void put_rights(const struct looking *l, const struct judgement_now *now, struct evidence_judgement_view *v)
{
    const struct request *const request = l->request;
    const struct actor *const actor = &request->actor;
    v->own = now->waiting && now->waiting->first.account == actor->account;
    v->may_judge = (actor->permissions & MAY_JUDGE) && !now->waiting;
    v->may_second = (actor->permissions & MAY_SECOND) && now->waiting && !v->own;
    if (now->waiting && !v->may_second)
        v->barred = SAYS(v->own ? T_EVIDENCE_BARRED_OWN : T_EVIDENCE_BARRED_ROLE);
    else if (!now->waiting && !v->may_judge)
        v->barred = SAYS(T_EVIDENCE_BARRED_JUDGE);
}

static struct text act_path(const struct looking *l, const char *act)
{
    const struct text box = evidence_box_path(l->request, l->indicator, l->year, l->unit);
    size_t query;
    if (!text_find(box, TEXT("?"), &query))
        query = box.size;
    return text_printf(l->request->mem, "%.*s/%s%.*s", (int)query, box.at, act, (int)(box.size - query), box.at + query);
}

static void put_judgement(const struct looking *l, struct evidence_judgement_view *v)
{
    struct request *const request = l->request;
    const bool of_school = l->unit.kind == PLACE_SCHOOL;
    if (judgement_item(request->snapshot->edition, l->indicator) == NO_ITEM || l->unit.kind == PLACE_TOWNSHIP ||
        (!of_school && !actor_covers_county(&request->actor)))
        return;
    const struct judgement_now now = judgement_now(l->c->judgements, l->c->n_judgements, l->indicator, l->unit);
    v->there = true;
    v->judge_path = act_path(l, "judge");
    v->second_path = act_path(l, "second");
    v->asks = judgement_asks(request->snapshot->edition, l->indicator);
    v->unit = evidence_place_shown(request->snapshot, l->unit, request->mem);
    if (now.confirmed)
        v->now = judged_said(request, now.confirmed);
    if (now.waiting) {
        v->waiting = judged_said(request, now.waiting);
        v->waiting_id = now.waiting->id;
    }
    put_rights(l, &now, v);
    put_earlier(l, &now, v);
    if (!of_school) {
        put_figure(l, now.confirmed, v);
        v->schools = schools_said(l);
    }
    v->no_proof = true;
    for (size_t i = 0; i < l->c->n_lines; i++)
        v->no_proof &= !l->c->lines[i].evidence || !text_equal(l->c->lines[i].asked->indicator, l->indicator);
}

/* ---- the page ----------------------------------------------------------------------------- */

static bool asked_for(const struct house *house, struct text indicator, struct err *err)
{
    const struct evidence_list *const asked = house_asked(house);
    for (size_t i = 0; i < asked->n; i++)
        if (text_equal(asked->at[i].indicator, indicator))
            return true;
    err_set(err, ERR_ABSENT, "%.*s 不要佐证材料，或者没有这个指标。", TEXT_ARG(indicator));
    return err_hint(err, "请从佐证材料目录进入。");
}

static struct text name_of(const struct request *request, struct text indicator, struct text *clause_out)
{
    const struct edition *const e = request->snapshot->edition;
    const bool english = request->lang == LANG_EN;
    *clause_out = TEXT("");
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, indicator)) {
            *clause_out = e->indicators[i].clause;
            return english ? e->indicators[i].en : e->indicators[i].zh;
        }
    for (size_t i = 0; i < e->n_rules; i++)
        if (text_equal(e->rules[i].plain, indicator)) {
            *clause_out = e->rules[i].clause;
            return english ? e->rules[i].en : e->rules[i].zh;
        }
    return indicator;
}

static bool is_indicator(const struct request *request, struct text id)
{
    const struct edition *const e = request->snapshot->edition;
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, id))
            return true;
    return false;
}

static void put_boxes(const struct looking *l, struct view_evidence_box *view)
{
    const struct evidence_list *const asked = house_asked(l->request->house);
    view->boxes = arena_array(l->request->mem, asked->n + 1, struct evidence_box_view);
    for (size_t i = 0; i < asked->n; i++) {
        const struct evidence_asked *const one = &asked->at[i];
        const bool chosen = l->unit.kind == PLACE_COUNTY || (l->unit.kind == PLACE_SCHOOL && one->who == EVIDENCE_SCHOOL) ||
                            (l->unit.kind == PLACE_TOWNSHIP && one->who == EVIDENCE_TOWNSHIP);
        const bool own = actor_covers_county(&l->request->actor) || one->who == EVIDENCE_SCHOOL ||
                         (one->who == EVIDENCE_TOWNSHIP && l->request->actor.place.kind == PLACE_TOWNSHIP);
        if (text_equal(one->indicator, l->indicator) && chosen && own)
            put_box(l, one, view);
    }
}

static struct text sentence_of(const struct looking *l, const struct view_evidence_box *view)
{
    const struct request *const request = l->request;
    size_t lacking = 0;
    for (size_t i = 0; i < view->n; i++) {
        bool there = view->boxes[i].units ? view->boxes[i].units_with == view->boxes[i].n_units : false;
        for (size_t f = 0; f < view->boxes[i].n_files && !view->boxes[i].units; f++)
            there |= !view->boxes[i].files[f].withdrawn.size;
        lacking += !there;
    }
    const struct text brief = indicator_brief(request->snapshot->edition, l->indicator, request->lang == LANG_EN);
    const struct text of[] = { l->indicator, brief, say_count(request->mem, (int64_t)view->n), say_count(request->mem, (int64_t)lacking) };
    return lacking ? say(request->mem, request->lang, T_EVIDENCE_BOX_LACKING, of, 4) : say(request->mem, request->lang, T_EVIDENCE_BOX_FULL, of, 3);
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct looking l = { .request = request, .indicator = request_capture(request, "indicator"), .year = evidence_year(request) };
    struct catalogue c;
    struct view_evidence_box view = { .id = l.indicator };
    if (!asked_for(request->house, l.indicator, err) || !evidence_unit_read(request, request_query(request, "unit"), &l.unit, err))
        return false;
    if (!evidence_visible(request->snapshot, &request->actor, l.unit) && l.unit.kind != PLACE_COUNTY) {
        err_set(err, ERR_ABSENT, "没有这个单位，或者您的账号看不到它。");
        return err_hint(err, "请从佐证材料目录进入。");
    }
    if (!app_evidence_catalogue(request->house, request->snapshot, &request->actor, l.year, request->mem, &c, err))
        return false;
    l.c = &c;
    view.frame = frame_of(request, SAYS_OF(T_EVIDENCE_BOX_TITLE, l.indicator), "evidence");
    view.year = text_printf(request->mem, "%d", l.year);
    view.name = name_of(request, l.indicator, &view.clause);
    view.back_path = text_printf(request->mem, "/evidence?%.*s", TEXT_ARG(evidence_year_query(request, l.year)));
    if (is_indicator(request, l.indicator) && actor_covers_county(&request->actor) && snapshot_year(request->snapshot, l.year) < request->snapshot->n_years)
        view.indicator_path = text_printf(request->mem, "/indicators/%.*s?year=%d", TEXT_ARG(l.indicator), l.year);
    if (request->actor.permissions & MAY_EXPORT)
        view.zip_path = text_printf(request->mem, "/evidence/zip?%.*s&indicator=%.*s", TEXT_ARG(evidence_year_query(request, l.year)), TEXT_ARG(l.indicator));
    if (l.unit.kind != PLACE_COUNTY) {
        view.unit_word = evidence_unit_word(request, l.unit);
        view.unit_name = evidence_place_shown(request->snapshot, l.unit, request->mem);
        view.whole_path = evidence_box_path(request, l.indicator, l.year, (struct place){ PLACE_COUNTY, TEXT("") });
    }
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    /* A school's own person judges nothing, and sees how his school was judged. */
    if (l.unit.kind == PLACE_COUNTY && request->actor.place.kind == PLACE_SCHOOL)
        l.unit = request->actor.place;
    put_boxes(&l, &view);
    put_judgement(&l, &view.judgement);
    view.sentence = sentence_of(&l, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_evidence_box(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_evidence_box(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- putting ------------------------------------------------------------------------------ */

struct putting {
    struct request *request;
    struct evidence_box box;
    const struct evidence_ready *files;
    size_t n;
    struct text description;
};

static bool put_all(void *context, struct db_session *session, struct err *err)
{
    const struct putting *const p = context;
    struct request *const r = p->request;
    for (size_t i = 0; i < p->n; i++) {
        struct text id;
        if (!app_evidence_put(r->house, session, r->snapshot, &r->actor, &p->box, &p->files[i], p->description, r->now, r->mem, &id, err))
            return false;
    }
    return true;
}

bool page_evidence_put(struct request *request, struct response *response, struct err *err)
{
    struct putting p = { .request = request, .box = { .year = evidence_year(request), .asked = request_field(request, "asked") },
                         .description = request_field(request, "description") };
    const struct evidence_asked *const asked = evidence_asked_find(house_asked(request->house), p.box.asked);
    struct evidence_ready *ready;
    struct err fault;
    size_t n;
    if (!asked || !text_equal(asked->indicator, request_capture(request, "indicator")))
        return err_set(err, ERR_ABSENT, "目录里没有编号为 %.*s 的材料。", TEXT_ARG(p.box.asked));
    if (!evidence_unit_read(request, request_query(request, "unit"), &p.box.unit, err) ||
        !evidence_may_put(request->snapshot, &request->actor, asked, p.box.unit, err)) /* before anything is read */
        return false;
    const struct evidence_upload *const files = evidence_uploads(request, &n);
    if (evidence_look(files, n, request->mem, &ready, err)) {
        p.files = ready, p.n = n;
        if (house_write(request->house, put_all, &p, err)) {
            response_redirect(response, text_printf(request->mem, "%.*s#%.*s", TEXT_ARG(evidence_box_path(request, asked->indicator, p.box.year, p.box.unit)),
                                                    TEXT_ARG(asked->id)));
            return true;
        }
    }
    if (!evidence_fault(err, &fault))
        return false;
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

/* ---- judging ------------------------------------------------------------------------------ */

static bool to_judgement(struct request *request, struct response *response, struct place unit)
{
    response_redirect(response, text_printf(request->mem, "%.*s#judgement",
                                            TEXT_ARG(evidence_box_path(request, request_capture(request, "indicator"), evidence_year(request), unit))));
    return true;
}

static bool read_unit(struct request *request, struct response *response, struct place *out, struct err *err)
{
    if (!evidence_unit_read(request, request_query(request, "unit"), out, err))
        return false;
    response->back = evidence_box_path(request, request_capture(request, "indicator"), evidence_year(request), *out);
    return true;
}

bool page_evidence_judge(struct request *request, struct response *response, struct err *err)
{
    struct judgement_wish wish = { .year = evidence_year(request), .indicator = request_capture(request, "indicator"),
                                   .reason = request_field(request, "reason") };
    static const struct text WORDS[N_JUDGED] = { { "met", 3 }, { "unmet", 5 }, { "open", 4 } };
    const struct text verdict = request_field(request, "verdict");
    struct text id;
    if (!read_unit(request, response, &wish.unit, err))
        return false;
    size_t at = 0;
    while (at < N_JUDGED && !text_equal(verdict, WORDS[at]))
        at++;
    if (at == N_JUDGED) {
        err_set(err, ERR_INPUT, "还没有选符合、不符合还是尚不能判。");
        return err_hint(err, "请回到页面选一个。");
    }
    wish.verdict = (enum judgement_verdict)at;
    return app_judge(request->house, request->writing, request->snapshot, &request->actor, &wish, request->now, request->mem, &id, err) &&
           to_judgement(request, response, wish.unit);
}

bool page_evidence_second(struct request *request, struct response *response, struct err *err)
{
    const struct text act = request_field(request, "act"), id = request_field(request, "judgement"), reason = request_field(request, "reason");
    struct place unit;
    int64_t version;
    if (!read_unit(request, response, &unit, err))
        return false;
    if (text_equal(act, TEXT("take_back"))) {
        if (!app_judgement_take_back(request->house, request->writing, &request->actor, id, request->now, request->mem, err))
            return false;
    } else if (!app_judgement_second(request->house, request->writing, &request->actor, id, text_equal(act, TEXT("confirm")), reason, request->now,
                                     request->mem, &version, err)) {
        return false;
    }
    return to_judgement(request, response, unit);
}
