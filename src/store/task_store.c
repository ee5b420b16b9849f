#include "store/task_store.h"

#include <stdlib.h>

static const char *const PARTS[N_TASK_PARTS] = { [TASK_PART_OWNER] = "owner", [TASK_PART_HELPER] = "helper", [TASK_PART_ABOUT] = "about", [TASK_PART_ABOVE] = "above" };

static size_t word_at(const char *const *words, size_t n, struct text word)
{
    size_t i = 0;
    while (i < n && !text_equal(word, text_of(words[i])))
        i++;
    return i;
}

/* ---- days: where there is none, the last there is, so that lists end with it ------------------ */

static const struct text NEVER = TEXT("9999-12-31");

static struct db_value day_or_never(struct text day)
{
    return db_text(day.size ? day : NEVER);
}

static struct text day_at(const struct db_rows *rows, int column, struct arena *mem)
{
    const struct text day = db_get_text(rows, column, mem);
    return text_equal(day, NEVER) ? TEXT("") : day;
}

/* ---- one ------------------------------------------------------------------------------------- */

bool store_task_units_put(struct db_session *session, struct text county, int64_t id, const struct task_unit *units, size_t n, struct err *err)
{
    struct arena *mem = arena_new("units");
    bool ok = db_run(session, Q_TASK_UNITS_END, DB_VALUES(db_text(county), db_int(id)), err);
    for (size_t i = 0; ok && i < n; i++)
        ok = db_run(session, Q_TASK_UNIT_ADD,
                    DB_VALUES(db_text(county), db_text(text_printf(mem, "%.*s:%.*s", TEXT_ARG(units[i].kind), TEXT_ARG(units[i].name))), db_int(id),
                              db_text(text_of(PARTS[units[i].part]))),
                    err);
    arena_free(&mem);
    return ok;
}

static bool number_given(struct db_session *session, struct text county, int64_t *out, struct err *err)
{
    struct db_rows rows;
    *out = 0;
    if (!db_select(session, Q_TASK_LAST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_task_add(struct db_session *session, struct text county, const struct task *t, const struct task_unit *units, size_t n_units,
                    int64_t *id_out, struct err *err)
{
    const struct db_value values[] = {
        db_text(county), db_text(task_kind_code(t->kind)), db_text(t->way), db_text(t->state), db_int(t->is_open),
        db_text(task_origin_code(t->origin)), db_text(t->origin_key), db_int(t->parent), db_text(t->title), db_text(t->text),
        db_text(t->owner_kind), db_text(t->owner_name), db_text(t->person), db_text(t->about_kind), db_text(t->about_name),
        db_text(t->subject), db_text(t->stage), day_or_never(t->due), day_or_never(t->first_due), db_text(t->product_kind),
        db_text(t->product_name), db_text(t->measures), db_text(t->result), db_text(t->done_on), db_text(t->closed_on),
        db_text(t->asked_due), db_text(t->asked_reason), db_int(t->asked_account), db_text(t->asked_who), db_text(t->back_who),
        db_text(t->back_reason), db_int(t->proved_account), db_text(t->proved_who), db_int(t->issued.account), db_text(t->issued.who),
        db_int(t->issued.at), db_int(t->changed_at), db_int(t->told), day_or_never(t->tell_on),
    };
    return db_run(session, Q_TASK_ADD, values, COUNT(values), err) && number_given(session, county, id_out, err) &&
           store_task_units_put(session, county, *id_out, units, n_units, err);
}

static struct task task_at(const struct db_rows *rows, struct arena *mem)
{
    struct task t = {
        .id = db_get_int(rows, 0), .way = db_get_text(rows, 2, mem), .state = db_get_text(rows, 3, mem), .is_open = db_get_int(rows, 4) != 0,
        .origin_key = db_get_text(rows, 6, mem), .parent = db_get_int(rows, 7), .title = db_get_text(rows, 8, mem), .text = db_get_text(rows, 9, mem),
        .owner_kind = db_get_text(rows, 10, mem), .owner_name = db_get_text(rows, 11, mem), .person = db_get_text(rows, 12, mem),
        .about_kind = db_get_text(rows, 13, mem), .about_name = db_get_text(rows, 14, mem), .subject = db_get_text(rows, 15, mem),
        .stage = db_get_text(rows, 16, mem), .due = day_at(rows, 17, mem), .first_due = day_at(rows, 18, mem),
        .product_kind = db_get_text(rows, 19, mem), .product_name = db_get_text(rows, 20, mem), .measures = db_get_text(rows, 21, mem),
        .result = db_get_text(rows, 22, mem), .done_on = db_get_text(rows, 23, mem), .closed_on = db_get_text(rows, 24, mem),
        .asked_due = db_get_text(rows, 25, mem), .asked_reason = db_get_text(rows, 26, mem), .asked_account = db_get_int(rows, 27),
        .asked_who = db_get_text(rows, 28, mem), .back_who = db_get_text(rows, 29, mem), .back_reason = db_get_text(rows, 30, mem),
        .proved_account = db_get_int(rows, 31), .proved_who = db_get_text(rows, 32, mem),
        .issued = { db_get_int(rows, 33), db_get_text(rows, 34, mem), db_get_int(rows, 35) }, .changed_at = db_get_int(rows, 36),
        .told = db_get_int(rows, 37), .tell_on = day_at(rows, 38, mem),
    };
    if (!task_kind_of(db_get_text(rows, 1, mem), &t.kind) || !task_origin_of(db_get_text(rows, 5, mem), &t.origin))
        t.origin = TASK_OF_SUPERVISOR;
    return t;
}

static bool take(struct db_rows *rows, struct arena *mem, struct task **out, size_t *n_out, struct err *err)
{
    struct task *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = task_at(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_task(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct task *out, struct err *err)
{
    struct db_rows rows;
    struct task *list;
    size_t n;
    if (!db_select(session, Q_TASK_GET, DB_VALUES(db_text(county), db_int(id)), &rows, err) || !take(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有第 %lld 号任务。", (long long)id);
    *out = list[0];
    return true;
}

bool store_task_units(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct task_unit **out, size_t *n_out,
                      struct err *err)
{
    struct db_rows rows;
    struct task_unit *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_TASK_UNITS_OF, DB_VALUES(db_text(county), db_int(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        struct text rest = db_get_text(&rows, 1, mem), kind;
        const size_t part = word_at(PARTS, N_TASK_PARTS, db_get_text(&rows, 0, mem));
        if (part == N_TASK_PARTS || !text_split(&rest, ':', &kind))
            continue;
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct task_unit){ (enum task_part)part, kind, rest };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_task_set(struct db_session *session, struct text county, const struct task *t, struct text seen_state, int64_t seen_at, struct err *err)
{
    const struct db_value values[] = {
        db_text(t->way), db_text(t->state), db_int(t->is_open), db_int(t->parent), db_text(t->title), db_text(t->text), db_text(t->owner_kind),
        db_text(t->owner_name), db_text(t->person), db_text(t->about_kind), db_text(t->about_name), db_text(t->subject), db_text(t->stage),
        day_or_never(t->due), day_or_never(t->first_due), db_text(t->product_kind), db_text(t->product_name), db_text(t->measures),
        db_text(t->result), db_text(t->done_on), db_text(t->closed_on), db_text(t->asked_due), db_text(t->asked_reason),
        db_int(t->asked_account), db_text(t->asked_who), db_text(t->back_who), db_text(t->back_reason), db_int(t->proved_account),
        db_text(t->proved_who), db_int(t->changed_at), db_int(t->told), day_or_never(t->tell_on), db_text(county), db_int(t->id),
        db_text(seen_state), db_int(seen_at),
    };
    if (!db_run(session, Q_TASK_SET, values, COUNT(values), err))
        return false;
    if (db_changed(session))
        return true;
    err_set(err, ERR_CONFLICT, "第 %lld 号刚才有人办了一步。", (long long)t->id);
    return err_hint(err, "请刷新页面看现在的状态，再决定。");
}

bool store_task_told(struct db_session *session, struct text county, int64_t id, int64_t told, struct text tell_on, struct err *err)
{
    return db_run(session, Q_TASK_TOLD, DB_VALUES(db_int(told), day_or_never(tell_on), db_text(county), db_int(id)), err);
}

/* ---- lists ------------------------------------------------------------------------------------ */

/* ["school:3141…","township:柳林镇"]; empty: all. */
static struct text json_of(const struct text *units, size_t n, struct arena *mem)
{
    struct buf json = { .mem = mem };
    if (!units)
        return TEXT("");
    buf_byte(&json, '[');
    for (size_t i = 0; i < n; i++) {
        buf_printf(&json, "%s\"", i ? "," : "");
        for (size_t k = 0; k < units[i].size; k++) {
            const char c = units[i].at[k];
            if (c == '"' || c == '\\')
                buf_byte(&json, '\\');
            if ((unsigned char)c >= 0x20)
                buf_byte(&json, c);
        }
        buf_byte(&json, '"');
    }
    buf_byte(&json, ']');
    return buf_text(&json);
}

static int by_number(const void *a, const void *b)
{
    const int64_t x = ((const struct task *)a)->id, y = ((const struct task *)b)->id;
    return (x > y) - (x < y);
}

/* What narrows most decides which variant of a query runs. */
enum variant { ANY, OWNER, UNITS, N_VARIANTS };

static enum variant variant_of(const struct task_filter *f)
{
    if (f->units)
        return UNITS;
    return f->owner_kind.size ? OWNER : ANY;   /* the county's own tasks have an owner without a name */
}

static bool asks_nothing(const struct task_filter *f)
{
    return f->open < 0 && !f->state.size && !f->kind.size && !f->origin.size && !f->origin_key.size && !f->owner_kind.size && !f->owner_name.size &&
           !f->subject.size && !f->stage.size && !f->words.size && !f->due_from.size && !f->due_until.size && !f->late && !f->units;
}

enum { N_FILTER = 20 };
/* In the order in which task_list_… and task_count_… name them; :today stands first where it is counted. */
static size_t put_filter(const struct task_filter *f, struct text county, bool counting, struct arena *mem, struct db_value out[N_FILTER])
{
    size_t n = 0;
    const struct db_value today = db_text(f->today.size ? f->today : TEXT("0000-00-00"));
    const enum variant variant = variant_of(f);
    if (counting)
        out[n++] = today;
    out[n++] = db_text(county);
    if (variant == OWNER) {
        out[n++] = db_text(f->owner_kind);
        out[n++] = db_text(f->owner_name);
    } else {
        out[n++] = db_text(f->owner_name);
        out[n++] = db_text(f->owner_kind);
    }
    if (variant == UNITS) {
        out[n++] = db_text(json_of(f->units, f->n_units, mem));
        out[n++] = db_int(f->own);
    }
    out[n++] = db_int(f->open);
    out[n++] = db_text(f->state);
    out[n++] = db_text(f->kind);
    out[n++] = db_text(f->origin);
    out[n++] = db_text(f->subject);
    out[n++] = db_text(f->stage);
    out[n++] = db_text(f->due_from.size ? f->due_from : TEXT("0000-00-00"));
    out[n++] = day_or_never(f->due_until);
    out[n++] = db_int(f->late);
    if (!counting)
        out[n++] = today;
    out[n++] = db_text(f->words);
    out[n++] = db_text(f->origin_key);
    return n;
}

/* The rows of a page, in the order in which their numbers were found. */
static bool fetch(struct db_session *session, struct text county, const int64_t *ids, size_t n, struct arena *mem, struct task **out, struct err *err)
{
    struct buf json = { .mem = mem };
    struct db_rows rows;
    struct task *found = NULL;
    size_t n_found = 0;
    *out = NULL;
    if (!n)
        return true;
    buf_byte(&json, '[');
    for (size_t i = 0; i < n; i++)
        buf_printf(&json, "%s%lld", i ? "," : "", (long long)ids[i]);
    buf_byte(&json, ']');
    if (!db_select(session, Q_TASK_BY_IDS, DB_VALUES(db_text(county), db_text(buf_text(&json))), &rows, err) || !take(&rows, mem, &found, &n_found, err))
        return false;
    if (n_found)
        qsort(found, n_found, sizeof *found, by_number);
    *out = arena_array(mem, n + 1, struct task);
    for (size_t i = 0; i < n; i++) {
        const struct task key = { .id = ids[i] };
        const struct task *const one = n_found ? bsearch(&key, found, n_found, sizeof *found, by_number) : NULL;
        if (one)
            (*out)[i] = *one;
    }
    return true;
}

bool store_tasks(struct db_session *session, struct text county, const struct task_filter *filter, enum task_order order, int64_t from,
                 int64_t most, struct arena *mem, struct task **out, size_t *n_out, struct err *err)
{
    /* An owner's tasks are few: they are put in order where they are found. */
    static const enum query LISTS[N_TASK_ORDERS][N_VARIANTS] = {
        [TASK_BY_DUE] = { Q_TASK_LIST_BY_DUE_ANY, Q_TASK_LIST_BY_DUE_OWNER, Q_TASK_LIST_BY_DUE_UNITS },
        [TASK_BY_OWNER] = { Q_TASK_LIST_BY_OWNER_ANY, Q_TASK_LIST_BY_DUE_OWNER, Q_TASK_LIST_BY_OWNER_UNITS },
        [TASK_BY_ORIGIN] = { Q_TASK_LIST_BY_ORIGIN_ANY, Q_TASK_LIST_BY_ORIGIN_OWNER, Q_TASK_LIST_BY_ORIGIN_UNITS },
        [TASK_BY_STATE] = { Q_TASK_LIST_BY_STATE_ANY, Q_TASK_LIST_BY_STATE_OWNER, Q_TASK_LIST_BY_STATE_UNITS },
        [TASK_BY_CHANGE] = { Q_TASK_LIST_BY_CHANGE_ANY, Q_TASK_LIST_BY_CHANGE_OWNER, Q_TASK_LIST_BY_CHANGE_UNITS },
    };
    struct db_rows rows;
    struct db_value values[N_FILTER + 2];
    size_t n = put_filter(filter, county, false, mem, values), n_ids = 0, capacity = 0;
    int64_t *ids = NULL;
    values[n++] = db_int(most);
    values[n++] = db_int(from);
    if (!db_select(session, LISTS[order][variant_of(filter)], values, n, &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, ids, n_ids, capacity);
        ids[n_ids++] = db_get_int(&rows, 0);
    }
    *n_out = n_ids;
    return db_done(&rows, err) && fetch(session, county, ids, n_ids, mem, out, err);
}

bool store_task_parts(struct db_session *session, struct text county, int64_t parent, int64_t most, struct arena *mem, struct task **out,
                      size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_TASK_PARTS, DB_VALUES(db_text(county), db_int(parent), db_int(most)), &rows, err) && take(&rows, mem, out, n_out, err);
}

bool store_tasks_of(struct db_session *session, struct text county, struct text origin, struct text origin_key, struct arena *mem,
                    struct task **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_TASK_OF_ORIGIN, DB_VALUES(db_text(county), db_text(origin), db_text(origin_key)), &rows, err) &&
           take(&rows, mem, out, n_out, err);
}

/* Of a state it is known by its name what its tasks are. */
static struct task_count state_count(const struct db_rows *rows, struct arena *mem)
{
    struct task_count c = { .name = db_get_text(rows, 1, mem), .all = db_get_int(rows, 2), .kind = TEXT("") };
    const bool proved = text_equal(c.name, TEXT("proved")), closed = text_equal(c.name, TEXT("closed")), withdrawn = text_equal(c.name, TEXT("withdrawn"));
    c.open = closed || withdrawn ? 0 : c.all;
    c.late = closed || withdrawn || proved ? 0 : db_get_int(rows, 3);
    c.in_time = proved || closed ? db_get_int(rows, 4) : 0;
    c.done_late = proved || closed ? db_get_int(rows, 5) : 0;
    c.waiting = proved ? c.all : 0;
    c.withdrawn = withdrawn ? c.all : 0;
    return c;
}

static struct task_count group_count(const struct db_rows *rows, struct arena *mem)
{
    return (struct task_count){ .kind = db_get_text(rows, 0, mem), .name = db_get_text(rows, 1, mem), .all = db_get_int(rows, 2), .open = db_get_int(rows, 3),
                                .late = db_get_int(rows, 4), .in_time = db_get_int(rows, 5), .done_late = db_get_int(rows, 6),
                                .waiting = db_get_int(rows, 7), .withdrawn = db_get_int(rows, 8) };
}

static void add_up(struct task_count *into, const struct task_count *c)
{
    into->all += c->all, into->open += c->open, into->late += c->late, into->in_time += c->in_time;
    into->done_late += c->done_late, into->waiting += c->waiting, into->withdrawn += c->withdrawn;
}

bool store_task_counts(struct db_session *session, struct text county, const struct task_filter *filter, enum task_order by, struct arena *mem,
                       struct task_count **out, size_t *n_out, struct err *err)
{
    static const enum query COUNTS[3][N_VARIANTS + 1] = {
        { Q_TASK_COUNT_BY_STATE_ANY, Q_TASK_COUNT_BY_STATE_OWNER, Q_TASK_COUNT_BY_STATE_UNITS, Q_TASK_COUNT_BY_STATE_ALL },
        { Q_TASK_COUNT_BY_ORIGIN_ANY, Q_TASK_COUNT_BY_ORIGIN_OWNER, Q_TASK_COUNT_BY_ORIGIN_UNITS, Q_TASK_COUNT_BY_ORIGIN_ALL },
        { Q_TASK_COUNT_BY_OWNER_ANY, Q_TASK_COUNT_BY_OWNER_OWNER, Q_TASK_COUNT_BY_OWNER_UNITS, Q_TASK_COUNT_BY_OWNER_ALL },
    };
    const bool states = by != TASK_BY_OWNER && by != TASK_BY_ORIGIN, all = asks_nothing(filter);
    struct db_rows rows;
    struct db_value values[N_FILTER];
    const size_t n_values = all ? 2 : put_filter(filter, county, true, mem, values);
    struct task_count *list = NULL;
    size_t n = 0, capacity = 0;
    if (all) {
        values[0] = db_text(filter->today.size ? filter->today : TEXT("0000-00-00"));
        values[1] = db_text(county);
    }
    if (!db_select(session, COUNTS[states ? 0 : by == TASK_BY_ORIGIN ? 1 : 2][all ? N_VARIANTS : variant_of(filter)], values, n_values, &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = states ? state_count(&rows, mem) : group_count(&rows, mem);
    }
    if (by == TASK_BY_DUE) {   /* one line over all */
        struct task_count *const sum = arena_make(mem, struct task_count);
        for (size_t i = 0; i < n; i++)
            add_up(sum, &list[i]);
        list = sum;
        n = 1;
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_tasks_to_tell(struct db_session *session, struct text county, struct text day, int64_t most, struct arena *mem, struct task **out,
                         size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_TASK_TO_TELL, DB_VALUES(db_text(county), db_text(day), db_int(most)), &rows, err) && take(&rows, mem, out, n_out, err);
}

bool store_tasks_asked(struct db_session *session, struct text county, int64_t most, struct arena *mem, struct task **out, size_t *n_out,
                       struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_TASK_ASKED, DB_VALUES(db_text(county), db_int(most)), &rows, err) && take(&rows, mem, out, n_out, err);
}
