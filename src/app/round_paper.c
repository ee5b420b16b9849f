#include "app/round_paper_inside.h"

#include "app/audit.h"
#include "app/round_inside.h"
#include "base/day.h"
#include "base/unicode.h"

static const struct { const char *word, *zh; bool of_place; } PAPERS[N_ROUND_PAPERS] = {
    [PAPER_NOTICE] = { "notice", "督导通知", false },   [PAPER_SHEET] = { "sheet", "检查表", true },  [PAPER_OPINION] = { "opinion", "督导意见书", true },
    [PAPER_FEEDBACK] = { "feedback", "反馈意见", false }, [PAPER_PLAN] = { "plan", "整改方案", false }, [PAPER_REPORT] = { "report", "整改情况报告", false },
};

struct text round_paper_word(enum round_paper paper)
{
    return text_of(PAPERS[paper].word);
}

struct text round_paper_zh(enum round_paper paper)
{
    return text_of(PAPERS[paper].zh);
}

bool round_paper_of(struct text word, enum round_paper *out)
{
    for (size_t i = 0; i < COUNT(PAPERS); i++)
        if (text_equal(word, text_of(PAPERS[i].word))) {
            *out = (enum round_paper)i;
            return true;
        }
    return false;
}

bool round_paper_is_of_place(enum round_paper paper)
{
    return PAPERS[paper].of_place;
}

/* ---- read ----------------------------------------------------------------------------------- */

static bool no_such_paper(enum round_paper paper, struct err *err)
{
    err_set(err, ERR_ABSENT, "这里没有%s。", PAPERS[paper].zh);
    return err_hint(err, paper == PAPER_OPINION ? "督导意见书在反馈以后发给所查的单位。" : "可能它不给您的单位；请从“督导”页面进入。");
}

static bool for_him(const struct round_view *v, enum round_paper paper, const struct round_spot *at)
{
    if (v->hands.sees_all || paper == PAPER_NOTICE)
        return true;
    return paper == PAPER_OPINION && (v->state == ROUND_FED_BACK || v->state == ROUND_ENDED) && round_place_at(v, at);
}

static struct round_spot spot_of(enum round_paper paper, struct place at)
{
    return PAPERS[paper].of_place ? round_spot_of(at) : (struct round_spot){ place_word(PLACE_COUNTY), TEXT("") };
}

bool app_round_paper(struct house *house, const struct snapshot *s, const struct actor *actor, struct text id, enum round_paper paper, struct place at,
                     struct text address, int64_t now, struct arena *mem, struct round_paper_view *out, struct err *err)
{
    const struct text county = house_county(house);
    const struct round_spot spot = spot_of(paper, at);
    struct round_sheet sheet;
    struct form_info form = { .form = NULL };
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = round_read(house, session, s, actor, id, mem, &out->round, err) && (for_him(&out->round, paper, &spot) || no_such_paper(paper, err)) &&
              store_paper(session, county, id, round_paper_word(paper), &spot, mem, &out->added, err);
    const struct round_place *const school = ok && out->round.n_visited ? &out->round.places[0] : NULL;
    if (ok && paper == PAPER_NOTICE && school && text_equal(school->spot.kind, TEXT("school")))
        ok = forms_get(session, county, school->form, school->form_version, mem, &form, err);
    db_read_end(&session);
    if (!ok)
        return false;
    struct paper_facts facts = { .mem = mem, .s = s, .round = &out->round, .added = &out->added, .form = form.form, .address = address, .today = day_shown(now, mem) };
    if (PAPERS[paper].of_place) {
        /* A place reads its letter, which tells of its sheet what the letter tells, not the sheet. */
        const struct actor everybody = actor_console();
        if (!app_round_sheet(house, s, out->round.hands.sees_all ? actor : &everybody, id, at, mem, &sheet, err))
            return false;
        facts.sheet = &sheet;
        facts.figures = app_round_figures(house, s, actor, &sheet, mem);
    }
    out->doc = round_paper_compose(paper, &facts);
    out->may_write = out->round.hands.runs && paper != PAPER_SHEET && out->round.state != ROUND_CALLED_OFF;
    return true;
}

/* ---- as a file ------------------------------------------------------------------------------ */

struct noting { const struct actor *actor; struct text object, as; int64_t now; };
static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.round", n->object, n->as, n->now, err);
}

bool app_round_paper_file(struct house *house, const struct snapshot *s, const struct actor *actor, struct text id, enum round_paper paper, struct place at,
                          struct text as, struct text address, int64_t now, struct arena *mem, struct report_file *out, struct err *err)
{
    const enum report_form form = report_form_of(text_printf(mem, ".%.*s", TEXT_ARG(as)));
    const bool tables = text_equal(as, TEXT("xlsx"));
    struct round_paper_view view;
    if (!tables && form != REPORT_DOCX && form != REPORT_PDF) {
        err_set(err, ERR_USAGE, "督导文书不能写成“%.*s”。", (int)(as.size > 20 ? 20 : as.size), as.at);
        return err_hint(err, "可以是 docx、pdf、xlsx。");
    }
    if (!app_round_paper(house, s, actor, id, paper, at, address, now, mem, &view, err))
        return false;
    const struct round_spot spot = spot_of(paper, at);
    const struct round_place *const place = PAPERS[paper].of_place ? round_place_at(&view.round, &spot) : NULL;
    out->type = tables ? TEXT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") : report_form_type(form);
    out->name = text_printf(mem, "%.*s-%s%s%.*s.%.*s", TEXT_ARG(view.round.row.title), PAPERS[paper].zh, place ? "-" : "", place ? (int)place->shown.size : 0,
                            place ? place->shown.at : "", TEXT_ARG(as));
    struct noting noting = { actor, text_printf(mem, "round/%.*s/%s", TEXT_ARG(id), PAPERS[paper].word), as, now };
    return (tables ? app_report_tables(view.doc, mem, &out->bytes, err) : app_report_write(view.doc, form, mem, &out->bytes, err)) && db_write(house_db(house), note, &noting, err);
}

/* ---- added to ------------------------------------------------------------------------------- */

bool app_round_paper_put(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                         enum round_paper paper, struct place at, const struct paper_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    enum { LONGEST_NUMBER = 40, LONGEST_WORDS = 3000 };
    struct round_view v;
    struct day day;
    const struct round_spot spot = spot_of(paper, at);
    struct paper_row row = { .kind = round_paper_word(paper), .number = text_trim(wish->number), .signed_on = wish->signed_on, .words = text_trim(wish->words), .spot = spot,
                             .by = actor_stamp(actor, now) };
    if (!actor_may(actor, MAY_ROUND, err) || !round_read(house, session, s, actor, id, mem, &v, err))
        return false;
    if (!v.hands.runs || paper == PAPER_SHEET || (PAPERS[paper].of_place && !round_place_at(&v, &spot)))
        return no_such_paper(paper, err);
    if (row.signed_on.size && !day_read(row.signed_on, &day)) {
        err_set(err, ERR_INPUT, "成文日期要写成 2026-11-25 的样子，写的是“%.*s”。", TEXT_ARG(row.signed_on));
        return err_hint(err, "没有定的，留空。");
    }
    if (utf8_length(row.number) > LONGEST_NUMBER || utf8_length(row.words) > LONGEST_WORDS)
        return err_set(err, ERR_INPUT, "文号最多 %d 字，正文最多 %d 字。", LONGEST_NUMBER, LONGEST_WORDS);
    return store_paper_put(session, house_county(house), id, &row, err) &&
           audit_write(session, actor, "round.paper", id, text_printf(mem, "paper=%s place=%.*s:%.*s", PAPERS[paper].word, TEXT_ARG(spot.kind), TEXT_ARG(spot.name)), now, err);
}
