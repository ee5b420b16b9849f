#include "app/procedure.h"

#include "app/audit.h"
#include "app/office_inside.h"
#include "store/import_store.h"

enum { LONGEST = 500, LONGEST_DOCUMENT = 60 };

static bool may_look(const struct actor *actor, struct err *err)
{
    return actor_may(actor, MAY_SEE, err) && (actor_covers_county(actor) || err_set(err, ERR_DENIED, "认定进程是全县的，您的账号只看自己的学校或乡镇。"));
}

static bool read_all(struct house *house, struct arena *mem, struct procedure_event **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_procedure(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_procedure(struct house *house, const struct actor *actor, struct arena *mem, struct procedure_whole *out, struct err *err)
{
    *out = (struct procedure_whole){ .may = (actor->permissions & MAY_REGISTER) != 0 };
    if (!may_look(actor, err) || !read_all(house, mem, &out->events, &out->n, err))
        return false;
    procedure_standings(out->events, out->n, out->standings);
    out->at = procedure_at(out->standings);
    return true;
}

bool app_procedure_recognised(struct house *house, struct arena *mem, int *out, struct err *err)
{
    struct procedure_event *events;
    size_t n;
    *out = 0;
    if (!read_all(house, mem, &events, &n, err))
        return false;
    *out = procedure_recognised(events, n);
    return true;
}

bool app_procedure_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, bool ready,
                       const struct procedure_wish *w, int64_t now, struct arena *mem, struct err *err)
{
    struct procedure_event *events;
    enum procedure_step step;
    enum procedure_what what;
    size_t n;
    if (!actor_may(actor, MAY_REGISTER, err) || !office_day_right(w->day, "日期", now, err) || !office_length_right(w->words, "说明", LONGEST, err) ||
        !office_length_right(w->document, "文号", LONGEST_DOCUMENT, err) || !store_procedure(session, house_county(house), mem, &events, &n, err))
        return false;
    if (!procedure_step_of(w->step, &step) || !procedure_what_of(w->what, &what))
        return err_set(err, ERR_INPUT, "还没有选是哪一步、发生了什么。");
    if (!procedure_may(events, n, step, what, w->day, err))
        return false;
    if (step == PROC_CITY && what == PROC_BEGUN && !ready) {
        const int year = snapshot->n_years ? snapshot->years[snapshot->usual_year] : 0;
        if (!year)
            return err_set(err, ERR_CONFLICT, "还没有数据，不能申请市级复核。");
        err_set(err, ERR_CONFLICT, "%d学年的申报条件还没有全部达到，不能申请市级复核。", year);
        return err_hint(err, "请看“申报条件”，逐条办好。");
    }
    if (what == PROC_NOTED && !office_words_right(w->words, "记的事", LONGEST, err))
        return false;
    const struct procedure_event event = { .step = w->step, .what = w->what, .day = w->day, .document = text_trim(w->document), .words = text_trim(w->words),
                                           .file_name = w->file ? w->file->name : TEXT(""), .sha256 = w->file ? w->file->sha256 : TEXT(""),
                                           .by = actor_stamp(actor, now) };
    return (!w->file || store_file_put(session, house_county(house), w->file->sha256, w->file->bytes, err)) &&
           store_procedure_add(session, house_county(house), &event, err) &&
           audit_write(session, actor, "procedure.add", w->step, text_printf(mem, "what=%.*s day=%.*s", TEXT_ARG(w->what), TEXT_ARG(w->day)), now, err);
}

bool app_procedure_cross_out(struct house *house, struct db_session *session, const struct actor *actor, int64_t position, struct text reason, int64_t now,
                             struct arena *mem, struct err *err)
{
    return actor_may(actor, MAY_REGISTER, err) && office_words_right(reason, "划掉的原因", LONGEST, err) &&
           store_procedure_cross_out(session, house_county(house), position, text_trim(reason), err) &&
           audit_write(session, actor, "procedure.cross_out", office_number(position, mem), TEXT(""), now, err);
}

bool app_procedure_file(struct house *house, const struct actor *actor, int64_t position, struct arena *mem, struct text *name_out, struct text *bytes_out,
                        struct err *err)
{
    struct procedure_event *events;
    struct db_session *session;
    size_t n;
    if (!may_look(actor, err) || !read_all(house, mem, &events, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (events[i].position == position && events[i].sha256.size) {
            *name_out = events[i].file_name;
            if (!db_read_begin(house_db(house), &session, err))
                return false;
            const bool ok = store_file_get(session, house_county(house), events[i].sha256, mem, bytes_out, err);
            db_read_end(&session);
            return ok;
        }
    return err_set(err, ERR_ABSENT, "这一条没有附件。");
}
