#include "app/form_fill.h"

#include "app/audit.h"
#include "app/confine.h"
#include "app/evidence_inside.h"
#include "app/form_view.h"
#include "app/lineage.h"
#include "app/notice.h"
#include "base/day.h"
#include "store/evidence_store.h"
#include "store/import_store.h"

#define FIGURE "figure:"

/* ---- reading one -------------------------------------------------------------------------- */

static bool take_answers(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct answers *out, struct err *err)
{
    struct answer_row *rows;
    size_t n;
    if (!store_answers(session, county, sheet, mem, &rows, &n, err))
        return false;
    *out = (struct answers){ arena_array(mem, n + 1, struct answer), 0 };
    for (size_t i = 0; i < n; i++)
        if (rows[i].value.size)
            out->at[out->n++] = (struct answer){ rows[i].field, rows[i].value, rows[i].stamp, rows[i].by };
    return true;
}

/* The unit's latest sheet of an earlier year. */
static bool take_before(struct db_session *session, struct text county, const struct sheet_of *of, struct arena *mem, struct sheet_view *out, struct err *err)
{
    struct sheet_row *rows;
    size_t n;
    if (out->info.form->often)
        return true;
    if (!store_sheets_of_unit(session, county, of->form, place_word(of->unit.kind), of->unit.name, mem, &rows, &n, err))
        return false;
    for (size_t i = n; i-- > 0;)
        if (rows[i].year < of->year) {
            out->before_year = rows[i].year;
            return take_answers(session, county, rows[i].id, mem, &out->before, err);
        }
    return true;
}

static struct sheet_row row_of(const struct sheet_of *of)
{
    return (struct sheet_row){ .form = of->form, .year = of->year, .place_kind = place_word(of->unit.kind), .place_name = of->unit.name, .nth = of->nth };
}

static bool no_such_sheet(struct err *err)
{
    err_set(err, ERR_ABSENT, "没有这张表，或者您的账号看不到它。");
    return err_hint(err, "请从“自评表”页面进入，那里列着您能看的表。");
}

static bool known_unit(const struct snapshot *s, const struct form *form, struct place unit, int year)
{
    const struct actor everybody = actor_console();
    struct arena *mem = arena_new("units");
    struct place_names names;
    struct form_unit *units;
    size_t n;
    bool known = false;
    place_names_last(s, mem, &names);
    form_units(s, &names, &everybody, form, year, mem, &units, &n);
    for (size_t i = 0; i < n && !known; i++)
        known = units[i].unit.kind == unit.kind && text_equal(units[i].unit.name, unit.name);
    arena_free(&mem);
    return known;
}

/* Which department it is needs no answer: it counts as given, so that its own duties are asked at once. */
static void preset_department(struct sheet_view *v, struct arena *mem)
{
    const struct form *const form = v->info.form;
    const size_t which = form_department_question(form);
    if (v->unit.kind != PLACE_DEPARTMENT || which == SIZE_MAX || answer_find(&v->answers, form->questions[which].id))
        return;
    const struct text choice = form_department_choice(form, v->unit_name);
    if (!choice.size)
        return;
    struct answer *const more = arena_array(mem, v->answers.n + 1, struct answer);
    if (v->answers.n)
        memcpy(more, v->answers.at, v->answers.n * sizeof *more);
    more[v->answers.n] = (struct answer){ .field = form->questions[which].id, .value = choice };
    v->answers = (struct answers){ more, v->answers.n + 1 };
}

static bool read_sheet(struct db_session *session, struct text county, const struct snapshot *s, const struct actor *actor, const struct sheet_of *of,
                       struct arena *mem, struct sheet_view *out, struct err *err)
{
    const struct sheet_row wanted = row_of(of);
    struct place_names names;
    *out = (struct sheet_view){ .unit = of->unit };
    if (of->nth && !store_sheet_at(session, county, &wanted, mem, &out->row, err))
        return false;
    if (!forms_get(session, county, of->form, out->row.id.size ? out->row.form_version : 0, mem, &out->info, err))
        return false;
    const struct form *const form = out->info.form;
    if (form_place_kind(form->who) != of->unit.kind || !sheet_visible(s, actor, of->unit) || (form->often && of->nth && !out->row.id.size) ||
        (!out->row.id.size && !known_unit(s, form, of->unit, of->year)))
        return no_such_sheet(err);
    place_names_last(s, mem, &names);
    out->unit_name = text_copy(mem, form_unit_name(&names, of->unit));
    out->proof_counts = arena_array(mem, form->n_questions + 1, size_t);
    if (out->row.id.size) {
        if (!sheet_state_of_word(out->row.state, &out->state) || !take_answers(session, county, out->row.id, mem, &out->answers, err) ||
            !store_form_proofs(session, county, out->row.id, mem, &out->proofs, &out->n_proofs, err) ||
            !store_sheet_events(session, county, out->row.id, mem, &out->events, &out->n_events, err))
            return false;
    } else {
        out->row = wanted;
        out->row.id = out->row.reason = out->row.marked = TEXT("");
    }
    preset_department(out, mem);
    for (size_t i = 0; i < out->n_proofs; i++) {
        const size_t at = form_find(form, out->proofs[i].question);
        if (at != SIZE_MAX)
            out->proof_counts[at]++;
    }
    out->hands = sheet_hands_of(s, actor, form, of->unit, out->state == SHEET_DRAFT ? -1 : out->row.submitted.account);
    out->may_fill = out->hands.fills && out->state == SHEET_DRAFT && !out->info.retired.at;
    return take_before(session, county, of, mem, out, err);
}

bool app_sheet(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct sheet_of *of, struct arena *mem,
               struct sheet_view *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = read_sheet(session, house_county(house), snapshot, actor, of, mem, out, err);
    db_read_end(&session);
    return ok;
}

bool app_sheet_by_id(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct arena *mem,
                     struct sheet_view *out, struct err *err)
{
    struct db_session *session;
    struct sheet_row row;
    struct place unit;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_sheet(session, house_county(house), id, mem, &row, err);
    if (ok && !place_of_words(row.place_kind, row.place_name, &unit))
        ok = no_such_sheet(err);
    ok = ok && read_sheet(session, house_county(house), snapshot, actor, &(struct sheet_of){ row.form, row.year, unit, row.nth }, mem, out, err);
    db_read_end(&session);
    return ok;
}

/* ---- figures ------------------------------------------------------------------------------ */

/* {年} and {单位} put in. */
static struct text key_of(struct text pattern, int year, struct text unit, struct arena *mem)
{
    struct buf key = { .mem = mem };
    for (size_t i = 0; i < pattern.size;) {
        const struct text rest = { pattern.at + i, pattern.size - i };
        if (text_starts(rest, TEXT("{年}"))) {
            buf_printf(&key, "%d", year);
            i += strlen("{年}");
        } else if (text_starts(rest, TEXT("{单位}"))) {
            buf_add(&key, unit);
            i += strlen("{单位}");
        } else {
            buf_byte(&key, pattern.at[i++]);
        }
    }
    return buf_text(&key);
}

struct sheet_figure *app_sheet_figures(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct sheet_view *view,
                                       struct arena *mem)
{
    const struct form *const form = view->info.form;
    const struct lineage_request request = { house, snapshot, actor, LANG_ZH };
    struct sheet_figure *const figures = arena_array(mem, form->n_questions + 1, struct sheet_figure);
    bool *const shown = arena_array(mem, form->n_questions + 1, bool);
    form_shown(form, &view->answers, shown);
    for (size_t i = 0; i < form->n_questions; i++) {
        struct lineage lineage;
        struct err ignored;
        if (!form->questions[i].figure.size || !shown[i])
            continue;
        const struct text key = key_of(form->questions[i].figure, view->row.year, view->unit.name, mem);
        if (!lineage_of(&request, key, mem, &lineage, &ignored) || !lineage.n)
            continue;
        const struct text then = answer_value(&view->answers, text_printf(mem, FIGURE "%.*s", TEXT_ARG(form->questions[i].id)));
        figures[i] = (struct sheet_figure){ key, lineage.title, lineage.steps[0].words, text_equal(then, lineage.steps[0].words) ? TEXT("") : then };
    }
    return figures;
}

/* ---- saving ------------------------------------------------------------------------------- */

static bool handed_in(const struct sheet_view *v, struct err *err)
{
    err_set(err, ERR_CONFLICT, "这份表现在是“%.*s”，不能改。", TEXT_ARG(sheet_state_shown(v->state)));
    return err_hint(err, v->state == SHEET_SUBMITTED ? "请提交的人先撤回，或者请确认的人退回。" : "要改，请确认的人先退回。");
}

static bool may_fill(const struct sheet_view *v, const struct actor *actor, struct err *err)
{
    if (!actor_may(actor, MAY_ANSWER, err))
        return false;
    if (!v->hands.fills) {
        err_set(err, ERR_DENIED, "这份表由%.*s填，您的账号不能填。", TEXT_ARG(v->unit_name));
        return err_hint(err, "您可以看；要改，请那里的人来填。");
    }
    if (v->info.retired.at) {
        err_set(err, ERR_CONFLICT, "这张表已经停用。");
        return err_hint(err, "请从“自评表”页面打开在用的表。");
    }
    return v->state == SHEET_DRAFT || handed_in(v, err);
}

/* Begins the sheet where there is none. */
static bool begin(struct db_session *session, struct text county, const struct actor *actor, struct sheet_view *v, int64_t now, struct arena *mem,
                  struct err *err)
{
    if (v->row.id.size)
        return true;
    if (!forms_keep_shipped(session, county, &v->info, now, err))
        return false;
    v->info.kept = true;
    if (v->info.form->often) {
        if (!store_sheet_last(session, county, &v->row, &v->row.nth, err))
            return false;
        v->row.nth++;
    }
    v->row.id = evidence_new_id(mem);
    v->row.form_version = v->info.version;
    v->row.begun = actor_stamp(actor, now);
    return store_sheet_add(session, county, &v->row, err);
}

static const struct answer_row *stands(const struct answer_row *rows, size_t n, struct text field)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rows[i].field, field))
            return &rows[i];
    return NULL;
}

/* What the typist was shown; what he leaves as it was shown he does not want to change. */
static bool untouched(struct db_session *session, struct text county, struct text sheet, const struct sheet_change *change, struct text value,
                      struct arena *mem, bool *out, struct err *err)
{
    struct text shown = TEXT("");
    bool found = true;
    if (change->seen && !store_answer_past(session, county, sheet, change->field, change->seen, mem, &shown, &found, err))
        return false;
    *out = found && text_equal(shown, value);
    return true;
}

static bool save_one(struct db_session *session, struct text county, const struct actor *actor, const struct sheet_view *v, const struct answer_row *now_there,
                     const struct sheet_change *change, int64_t now, struct arena *mem, struct sheet_saved *out, struct err *err)
{
    size_t question;
    enum ask_part part;
    struct text value, wrong;
    if (!form_field_find(v->info.form, change->field, &question, &part))
        return err_set(err, ERR_USAGE, "这张表没有“%.*s”这一项。", TEXT_ARG(change->field));
    if (!answer_read(&v->info.form->questions[question], part, change->typed, mem, &value, &wrong)) {
        out->wrong[out->n_wrong++] = (struct sheet_wrong){ change->field, change->typed, wrong };
        return true;
    }
    if (text_equal(value, now_there ? now_there->value : TEXT("")))
        return true;
    const int64_t stamp = now_there ? now_there->stamp : 0;
    if (stamp != change->seen) {
        bool same;
        if (!untouched(session, county, v->row.id, change, value, mem, &same, err))
            return false;
        if (!same)
            out->conflicts[out->n_conflicts++] = (struct sheet_conflict){ change->field, now_there ? now_there->value : TEXT(""), value, now_there->by };
        return true;
    }
    out->saved++;
    return store_answer_put(session, county, v->row.id, &(struct answer_row){ change->field, value, stamp + 1, { actor->account, actor->shown, now } }, err);
}

bool app_sheet_save(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    const struct sheet_of *of, const struct sheet_change *changes, size_t n, int64_t now, struct arena *mem,
                    struct sheet_saved *out, struct err *err)
{
    const struct text county = house_county(house);
    struct sheet_view v;
    struct answer_row *rows;
    size_t n_rows;
    *out = (struct sheet_saved){ .conflicts = arena_array(mem, n + 1, struct sheet_conflict), .wrong = arena_array(mem, n + 1, struct sheet_wrong) };
    if (!read_sheet(session, county, snapshot, actor, of, mem, &v, err) || !may_fill(&v, actor, err) || !begin(session, county, actor, &v, now, mem, err) ||
        !store_answers(session, county, v.row.id, mem, &rows, &n_rows, err))
        return false;
    out->id = v.row.id;
    out->nth = v.row.nth;
    for (size_t i = 0; i < n; i++)
        if (!save_one(session, county, actor, &v, stands(rows, n_rows, changes[i].field), &changes[i], now, mem, out, err))
            return false;
    if (!out->saved)
        return true;
    return store_sheet_touch(session, county, v.row.id, now, err) &&
           audit_write(session, actor, "form.save", v.row.id, text_printf(mem, "form=%.*s fields=%zu", TEXT_ARG(of->form), out->saved), now, err);
}

/* ---- what is attached --------------------------------------------------------------------- */

bool app_sheet_attach(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct sheet_of *of, struct text question, const struct evidence_ready *file, const struct evidence *proof, int64_t now,
                      struct arena *mem, struct err *err)
{
    enum { MOST = 20 };
    const struct text county = house_county(house);
    struct sheet_view v;
    if (!read_sheet(session, county, snapshot, actor, of, mem, &v, err) || !may_fill(&v, actor, err) || !begin(session, county, actor, &v, now, mem, err))
        return false;
    const size_t at = form_find(v.info.form, question);
    if (at == SIZE_MAX)
        return err_set(err, ERR_USAGE, "这张表没有“%.*s”这一项。", TEXT_ARG(question));
    if (v.proof_counts[at] >= MOST) {
        err_set(err, ERR_LIMIT, "一题最多附 %d 份材料。", MOST);
        return err_hint(err, "请合并成几份，或者先移去不要的。");
    }
    struct proof_row row = { .id = evidence_new_id(mem), .question = question, .by = actor_stamp(actor, now) };
    if (file) {
        row.sha256 = file->sha256, row.name = file->name, row.kind = file->kind, row.size = (int64_t)file->bytes.size;
        if (!store_file_put(session, county, file->sha256, file->bytes, err))
            return false;
    } else {
        row.evidence = proof->id, row.name = proof->latest.name, row.kind = proof->latest.kind, row.size = proof->latest.size;
        for (size_t i = 0; i < v.n_proofs; i++)
            if (text_equal(v.proofs[i].question, question) && text_equal(v.proofs[i].evidence, proof->id))
                return true;
    }
    return store_form_proof_add(session, county, v.row.id, &row, err) && store_sheet_touch(session, county, v.row.id, now, err) &&
           audit_write(session, actor, "form.attach", v.row.id,
                       text_printf(mem, "question=%.*s %s=%.*s", TEXT_ARG(question), file ? "sha256" : "evidence", TEXT_ARG(file ? row.sha256 : row.evidence)), now, err);
}

bool app_sheet_detach(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct sheet_of *of, struct text proof, int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house);
    struct sheet_view v;
    return read_sheet(session, county, snapshot, actor, of, mem, &v, err) && may_fill(&v, actor, err) &&
           store_form_proof_remove(session, county, v.row.id, proof, actor_stamp(actor, now), err) &&
           store_sheet_touch(session, county, v.row.id, now, err) &&
           audit_write(session, actor, "form.detach", v.row.id, text_printf(mem, "proof=%.*s", TEXT_ARG(proof)), now, err);
}

bool app_sheet_bytes(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text sheet, struct text proof,
                     struct arena *mem, struct proof_row *proof_out, struct text *bytes_out, struct err *err)
{
    struct db_session *session;
    struct sheet_view v;
    if (!app_sheet_by_id(house, snapshot, actor, sheet, mem, &v, err))
        return false;
    for (size_t i = 0; i < v.n_proofs; i++) {
        if (!text_equal(v.proofs[i].id, proof) || !v.proofs[i].sha256.size)
            continue;
        *proof_out = v.proofs[i];
        if (!db_read_begin(house_db(house), &session, err))
            return false;
        const bool ok = store_file_get(session, house_county(house), v.proofs[i].sha256, mem, bytes_out, err);
        db_read_end(&session);
        return ok;
    }
    return err_set(err, ERR_ABSENT, "这份材料已经不在这里了。");
}

/* ---- its way ------------------------------------------------------------------------------ */

static bool nothing_bars(const struct sheet_view *v, struct arena *mem, struct err *err)
{
    const struct answer_faults bars = form_bars(v->info.form, &v->answers, v->proof_counts, mem);
    if (!bars.n)
        return true;
    const struct form_question *const q = &v->info.form->questions[bars.at[0].question];
    err_set(err, ERR_INPUT, "还有 %zu 处没有填好，不能提交。第一处：%.*s %.*s，%.*s。", bars.n, TEXT_ARG(q->id), TEXT_ARG(q->name), TEXT_ARG(bars.at[0].what));
    return err_hint(err, "页面上标出了每一处；填好以后再提交。");
}

/* The figures as they were seen stay beside the answers. */
static bool keep_figures(struct db_session *session, struct text county, const struct actor *actor, const struct sheet_view *v,
                         const struct sheet_figure *figures, int64_t now, struct arena *mem, struct err *err)
{
    struct answer_row *rows;
    size_t n;
    if (!store_answers(session, county, v->row.id, mem, &rows, &n, err))
        return false;
    for (size_t i = 0; i < v->info.form->n_questions; i++) {
        const struct text field = text_printf(mem, FIGURE "%.*s", TEXT_ARG(v->info.form->questions[i].id));
        const struct answer_row *const there = stands(rows, n, field);
        if (!figures[i].words.size || (there && text_equal(there->value, figures[i].words)))
            continue;
        if (!store_answer_put(session, county, v->row.id, &(struct answer_row){ field, figures[i].words, there ? there->stamp + 1 : 1, { actor->account, actor->shown, now } }, err))
            return false;
    }
    return true;
}

/* Who hears that a sheet was handed in: those above whoever did it, so that another person confirms. */
static size_t endorsers(const struct snapshot *s, const struct actor *actor, struct place unit, int64_t now, struct arena *mem, struct notice out[2])
{
    size_t n = 0;
    switch (unit.kind) {
    case PLACE_SCHOOL:
        if (actor->role != ROLE_principal) {
            out[n++] = (struct notice){ .role = ROLE_principal, .place = unit };
        } else {   /* his own: the township or the school district, as with a return */
            struct place_names names;
            place_names_of(s, now, mem, &names);
            const struct place_choice *const school = place_find(&names, unit);
            const struct text district = school_district(s->units, s->n_units, unit.name, day_shown(now, mem));
            if (school && school->township.size)
                out[n++] = (struct notice){ .role = ROLE_township, .place = { PLACE_TOWNSHIP, school->township } };
            if (district.size)
                out[n++] = (struct notice){ .role = ROLE_district, .place = { PLACE_DISTRICT, district } };
        }
        break;
    case PLACE_TOWNSHIP: out[n++] = (struct notice){ .role = ROLE_township, .place = unit }; break;
    case PLACE_DEPARTMENT: out[n++] = (struct notice){ .role = ROLE_department, .place = unit }; break;
    case PLACE_DISTRICT:
    case PLACE_COUNTY: out[n++] = (struct notice){ .role = ROLE_supervisor, .place = { PLACE_COUNTY, TEXT("") } }; break;
    }
    return n;
}

/* Handed in: whoever confirms hears of it; sent back: whoever handed it in, with the reason in full. */
static bool tell(struct db_session *session, struct text county, const struct snapshot *s, const struct actor *actor, const struct sheet_view *v,
                 const struct sheet_of *of, enum sheet_step step, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    struct notice to[2];
    size_t n = 0;
    if (step == SHEET_SUBMIT)
        n = endorsers(s, actor, v->unit, now, mem, to);
    else if (step == SHEET_SEND_BACK && v->row.submitted.account)
        to[n++] = (struct notice){ .to = v->row.submitted.account };
    for (size_t i = 0; i < n; i++) {
        struct notice *const notice = &to[i];
        notice->kind = step == SHEET_SUBMIT ? "told" : "sent_back";
        notice->title = text_printf(mem, step == SHEET_SUBMIT ? "%.*s提交了%d学年《%.*s》，等另一人确认" : "%.*s的%d学年《%.*s》退了回来，请修改后再提交",
                                    TEXT_ARG(v->unit_name), of->year, TEXT_ARG(v->info.title));
        notice->text = step == SHEET_SUBMIT ? text_printf(mem, "提交人：%.*s", TEXT_ARG(actor->shown)) : reason;
        notice->link = sheet_path(mem, &(struct sheet_of){ of->form, of->year, v->unit, v->row.nth });
        notice->by = actor_stamp(actor, now);
        if (!app_notice_put(session, county, notice, now, err))
            return false;
    }
    return true;
}

bool app_sheet_step(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    const struct sheet_of *of, const struct sheet_step_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house), reason = text_trim(wish->reason);
    const struct stamp by = actor_stamp(actor, now);
    struct sheet_view v;
    enum sheet_state to;
    if (!read_sheet(session, county, snapshot, actor, of, mem, &v, err))
        return false;
    if (!v.row.id.size)
        return no_such_sheet(err);
    if (!sheet_next(v.state, wish->step, v.hands, reason, &to, err) || (wish->step == SHEET_SUBMIT && !nothing_bars(&v, mem, err)))
        return false;
    struct sheet_row next = v.row;
    next.state = sheet_state_word(to);
    next.sent_back = wish->step == SHEET_SEND_BACK;
    next.reason = next.sent_back ? reason : TEXT("");
    next.marked = next.sent_back ? wish->marked : TEXT("");
    if (wish->step == SHEET_SUBMIT) {
        next.submitted = by;
        next.ended = (struct stamp){ 0, TEXT(""), 0 };
    } else if (wish->step != SHEET_WITHDRAW) {
        next.ended = by;
    }
    const struct sheet_event event = { sheet_step_word(wish->step), reason, next.marked, by };
    return (wish->step != SHEET_SUBMIT || !wish->figures || keep_figures(session, county, actor, &v, wish->figures, now, mem, err)) &&
           store_sheet_step(session, county, &next, v.row.state, now, err) && store_sheet_event_add(session, county, v.row.id, &event, err) &&
           tell(session, county, snapshot, actor, &v, of, wish->step, reason, now, mem, err) &&
           audit_write(session, actor, text_string(mem, text_printf(mem, "form.%.*s", TEXT_ARG(event.step))), v.row.id,
                       text_printf(mem, "form=%.*s year=%d unit=%.*s:%.*s", TEXT_ARG(of->form), of->year, TEXT_ARG(v.row.place_kind), TEXT_ARG(v.row.place_name)), now, err);
}
