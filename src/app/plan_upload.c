#include "app/plan_upload.h"

#include "app/audit.h"
#include "app/notice.h"
#include "app/task.h"
#include "base/day.h"
#include "base/unicode.h"
#include "store/import_store.h"

enum { MOST_ASKS = 60, LONGEST_NOTE = 1500 };

/* ---- what is asked ------------------------------------------------------------------------ */

static bool asks_many(const struct plan_task *task)
{
    bool many = task->owners.n > 1;
    for (size_t i = 0; i < task->owners.n; i++)
        many |= task->owners.at[i].kind == OWNER_TOWNSHIPS || task->owners.at[i].kind == OWNER_DEPARTMENTS;
    return many && (task->product == PRODUCT_DOCUMENT || task->product == PRODUCT_RECORD);
}

void plan_upload_asks(const struct work_plan *plan, int64_t now, struct arena *mem, struct upload_ask **out, size_t *n_out)
{
    const struct day from = day_of(now - INT64_C(425) * DAY_SECONDS), until = day_of(now + INT64_C(425) * DAY_SECONDS);
    struct plan_due dues[PLAN_MOST_YEARS];
    *out = arena_array(mem, MOST_ASKS, struct upload_ask);
    *n_out = 0;
    for (size_t i = 0; i < plan->n_tasks; i++) {
        const struct plan_task *const task = &plan->tasks[i];
        const size_t n = asks_many(task) ? plan_dues(plan, task, dues) : 0;
        for (size_t d = 0; d < n && *n_out < MOST_ASKS; d++)
            if (!dues[d].year || (day_compare(dues[d].due, from) >= 0 && day_compare(dues[d].due, until) <= 0))
                (*out)[(*n_out)++] = (struct upload_ask){ plan_key(task, dues[d].year, mem), task, dues[d].year, dues[d].due };
    }
}

bool plan_upload_ask(const struct work_plan *plan, struct text key, struct arena *mem, struct upload_ask *out, struct err *err)
{
    struct plan_due dues[PLAN_MOST_YEARS];
    int year;
    const struct plan_task *const task = plan_task_of(plan, plan_key_task(key, &year));
    const size_t n = task && asks_many(task) ? plan_dues(plan, task, dues) : 0;
    for (size_t i = 0; i < n; i++)
        if (dues[i].year == year) {
            *out = (struct upload_ask){ plan_key(task, year, mem), task, year, dues[i].due };
            return true;
        }
    err_set(err, ERR_ABSENT, "方案里没有要各单位报送的“%.*s”。", (int)(key.size < 40 ? key.size : 40), key.at);
    return err_hint(err, "请从“报送”页面选。");
}

/* ---- who sees, who sends ------------------------------------------------------------------ */

static bool own(const struct actor *actor, struct place place)
{
    return actor->place.kind == place.kind && text_equal(actor->place.name, place.name);
}

static bool keeps(const struct actor *actor)
{
    return (actor->permissions & MAY_ASSIGN) && actor->place.kind == PLACE_COUNTY;
}

static bool sees(const struct actor *actor, struct place place)
{
    return actor_covers_county(actor) || own(actor, place);
}

static struct place place_of(const struct plan_upload *u)
{
    struct place place = { .kind = PLACE_COUNTY, .name = TEXT("") };
    return place_of_words(u->place_kind, u->place_name, &place) ? place : (struct place){ .kind = PLACE_COUNTY, .name = TEXT("") };
}

bool app_plan_uploads(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct upload_ask *ask, int64_t now,
                      struct arena *mem, struct upload_of_unit **out, size_t *n_out, struct err *err)
{
    struct place_names names;
    struct place *places;
    struct plan_upload *uploads;
    struct db_session *session;
    size_t n, n_uploads, unknown;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_plan_uploads(session, house_county(house), ask->key, mem, &uploads, &n_uploads, err);
    db_read_end(&session);
    if (!ok)
        return false;
    place_names_of(snapshot, now, mem, &names);
    plan_places(&ask->task->owners, &names, mem, &places, &n, &unknown);
    *out = arena_array(mem, n + 1, struct upload_of_unit);
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!sees(actor, places[i]))
            continue;
        struct upload_of_unit *const one = &(*out)[(*n_out)++];
        one->place = places[i];
        for (size_t k = 0; k < n_uploads; k++) {
            const struct place from = place_of(&uploads[k]);
            if (from.kind != places[i].kind || !text_equal(from.name, places[i].name))
                continue;
            one->n++;
            if (!one->upload)   /* newest first */
                one->upload = &uploads[k];
        }
    }
    return true;
}

/* ---- sending ------------------------------------------------------------------------------ */

/* A step on the unit's task where its state allows it; else the task stays as it is. */
static bool move_task(struct house *house, struct db_session *session, const struct actor *actor, struct text key, struct place unit,
                      const struct task_act *act, int64_t now, struct arena *mem, struct err *err)
{
    int64_t id;
    struct text code;
    struct err refused = { .kind = ERR_NONE };
    if (!store_plan_task_of(session, house_county(house), key, place_word(unit.kind), unit.name, mem, &id, &code, err))
        return false;
    if (!id || app_task_step(house, session, actor, id, act, now, mem, &refused) || refused.kind != ERR_OUTSIDE)
        return true;
    *err = refused;
    return false;
}

bool app_plan_upload(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, const struct upload_ask *ask,
                     struct place unit, const struct evidence_ready *file, struct text note, int64_t now, struct arena *mem, int64_t *receipt_out,
                     struct err *err)
{
    const struct text county = house_county(house);
    struct place_names names;
    struct place *places;
    size_t n, unknown;
    bool asked = false;
    if (!actor_may(actor, MAY_SUBMIT, err))
        return false;
    if (!own(actor, unit) && !keeps(actor)) {
        err_set(err, ERR_DENIED, "只能报送本单位的。");
        return err_hint(err, "请由那个单位的联络员报送，或者由领导小组办公室代报。");
    }
    place_names_of(snapshot, now, mem, &names);
    plan_places(&ask->task->owners, &names, mem, &places, &n, &unknown);
    for (size_t i = 0; i < n; i++)
        asked |= places[i].kind == unit.kind && text_equal(places[i].name, unit.name);
    if (!asked)
        return err_set(err, ERR_ABSENT, "“%.*s”没有要求%.*s报送。", TEXT_ARG(ask->task->name), TEXT_ARG(place_name(&names, unit)));
    if (note.size > LONGEST_NOTE || !utf8_valid(note))
        return err_set(err, ERR_INPUT, "说明太长，最多 %d 字。", LONGEST_NOTE / 3);
    const struct plan_upload row = { .task_key = ask->key, .place_kind = place_word(unit.kind), .place_name = unit.name, .name = file->name, .kind = file->kind,
                                     .sha256 = file->sha256, .size = (int64_t)file->bytes.size, .note = text_trim(note), .sent = actor_stamp(actor, now) };
    return store_file_put(session, county, file->sha256, file->bytes, err) && store_plan_upload_add(session, county, &row, receipt_out, err) &&
           move_task(house, session, actor, ask->key, unit,
                     &(struct task_act){ .step = TASK_PROVE, .words = text_printf(mem, "已报送“%.*s”，回执第 %lld 号", TEXT_ARG(file->name), (long long)*receipt_out),
                                         .day = TEXT(""), .files = file, .n_files = 1 }, now, mem, err) &&
           audit_write(session, actor, "plan.upload", text_printf(mem, "receipt/%lld", (long long)*receipt_out),
                       text_printf(mem, "task=%.*s unit=%.*s:%.*s sha256=%.*s", TEXT_ARG(ask->key), TEXT_ARG(row.place_kind), TEXT_ARG(unit.name), TEXT_ARG(file->sha256)),
                       now, err);
}

bool app_plan_upload_back(struct house *house, struct db_session *session, const struct actor *actor, int64_t receipt, struct text reason, int64_t now,
                          struct arena *mem, struct err *err)
{
    static const enum role ROLES[] = { [PLACE_SCHOOL] = ROLE_principal, [PLACE_DISTRICT] = ROLE_district, [PLACE_TOWNSHIP] = ROLE_township,
                                       [PLACE_DEPARTMENT] = ROLE_department, [PLACE_COUNTY] = ROLE_office };
    const struct text county = house_county(house), why = text_trim(reason);
    struct plan_upload upload;
    if (!actor_may(actor, MAY_ASSIGN, err) || !store_plan_upload(session, county, receipt, mem, &upload, err))
        return false;
    if (!why.size || why.size > LONGEST_NOTE || !utf8_valid(why))
        return err_set(err, ERR_INPUT, why.size ? "退回的理由太长，最多 500 字。" : "没有写退回的理由。");
    if (upload.sent.account && upload.sent.account == actor->account)
        return err_set(err, ERR_DENIED, "这一份是您自己报送的，要由另一个人退回。");
    const struct place place = place_of(&upload);
    const struct notice notice = { .role = ROLES[place.kind], .place = place, .kind = "sent_back", .title = text_printf(mem, "报送的“%.*s”退回了", TEXT_ARG(upload.name)),
                                   .text = why, .link = text_printf(mem, "/plan/uploads?task=%.*s", TEXT_ARG(upload.task_key)), .by = actor_stamp(actor, now) };
    return store_plan_upload_back(session, county, receipt, actor_stamp(actor, now), why, err) && app_notice_put(session, county, &notice, now, err) &&
           move_task(house, session, actor, upload.task_key, place, &(struct task_act){ .step = TASK_REOPEN, .words = why, .day = TEXT("") }, now, mem, err) &&
           audit_write(session, actor, "plan.back", text_printf(mem, "receipt/%lld", (long long)receipt), why, now, err);
}

bool app_plan_receipt(struct house *house, const struct actor *actor, int64_t receipt, struct arena *mem, struct plan_upload *out, struct text *bytes_out,
                      struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_plan_upload(session, house_county(house), receipt, mem, out, err);
    if (ok && !sees(actor, place_of(out)))
        ok = err_set(err, ERR_ABSENT, "没有第 %lld 号回执。", (long long)receipt);   /* the same words: another's is not there */
    ok = ok && (!bytes_out || store_file_get(session, house_county(house), out->sha256, mem, bytes_out, err));
    db_read_end(&session);
    return ok;
}
