/* Returns and corrections that wait for somebody. */
#include "app/correction.h"
#include "app/return_act.h"
#include "model/waiting.h"

static const char *const BUTTONS[N_RETURN_HANDS] = { [HAND_CLERK] = "填报", [HAND_PRINCIPAL] = "确认", [HAND_CHECKER] = "审核", [HAND_BUREAU] = "审定" };

/* What came back, with the reason in full. */
static bool came_back(struct db_session *session, const struct entry_place *at, const struct way *way, struct arena *mem, struct text *out,
                      struct err *err)
{
    struct entry_remark_record *remarks;
    size_t n;
    struct buf said = { .mem = mem };
    if (!store_entry_remarks(session, at, mem, &remarks, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (remarks[i].sent_back && remarks[i].version == way->record.version)
            buf_printf(&said, "%s%.*s：%.*s", said.size ? "；" : "", TEXT_ARG(remarks[i].by.who), TEXT_ARG(remarks[i].remark));
    *out = buf_text(&said);
    return true;
}

static bool add_way(struct db_session *session, struct house *house, const struct actor *actor, int year, const struct way *way,
                    struct waiting_list *into, struct err *err)
{
    const bool mine = app_return_is_mine(actor, way);
    const bool own = actor->permissions & (MAY_FILL | MAY_CONFIRM);
    if (way->next >= HAND_LOCKER || (!mine && !own))
        return true;
    const struct text name = way->record.name.size ? way->record.name : way->record.school;
    struct waiting one = {
        .whose = mine ? WAITING_FOR_ME : WAITING_FOR_OTHERS,
        .what = mine ? text_printf(into->mem, "%.*s %d学年的填报，等您%s。", TEXT_ARG(name), year, BUTTONS[way->next])
                     : text_printf(into->mem, "%.*s %d学年的填报，等%.*s%s。", TEXT_ARG(name), year, TEXT_ARG(return_hand_zh(way->next)), BUTTONS[way->next]),
        .why = mine ? text_printf(into->mem, "您是%s。", role_info(actor->role)->zh) : TEXT(""),
        .link = text_printf(into->mem, "/returns/%.*s?year=%d", TEXT_ARG(way->record.school), year),
        .button = mine ? text_of(BUTTONS[way->next]) : TEXT("看一看"), .due = way->due, .since = way->record.changed_at,
    };
    const struct entry_place at = { house_county(house), year, way->record.school };
    if (mine && way->record.sent_back && way->state == RETURN_DRAFT && !came_back(session, &at, way, into->mem, &one.came_back, err))
        return false;
    waiting_add(into, &one);
    return true;
}

enum { MOST_LISTED = 12 };   /* more of a kind than that are one line */

static void add_many(const struct actor *actor, int year, size_t n, enum return_hand hand, int64_t due, struct waiting_list *into)
{
    waiting_add(into, &(struct waiting){
        .what = text_printf(into->mem, "%d学年有 %zu 所学校的填报，等您%s。", year, n, BUTTONS[hand]),
        .why = text_printf(into->mem, "您是%s。", role_info(actor->role)->zh),
        .link = text_printf(into->mem, "/returns?year=%d&next=mine", year), .button = text_of(BUTTONS[hand]), .due = due });
}

static bool add_year(struct db_session *session, struct house *house, const struct actor *actor, int year, int64_t now,
                     struct waiting_list *into, struct err *err)
{
    struct collection_status status;
    size_t mine[N_RETURN_HANDS] = { 0 };
    int64_t due[N_RETURN_HANDS] = { 0 };
    if (!app_collection_status(house, actor, year, now, into->mem, &status, err))
        return false;
    for (size_t i = 0; i < status.n; i++)
        if (app_return_is_mine(actor, &status.ways[i])) {
            mine[status.ways[i].next]++;
            due[status.ways[i].next] = status.ways[i].due;
        }
    for (size_t i = 0; i < status.n; i++)
        if (status.ways[i].next >= HAND_LOCKER || mine[status.ways[i].next] <= MOST_LISTED)
            if (!add_way(session, house, actor, year, &status.ways[i], into, err))
                return false;
    for (int hand = 0; hand < HAND_LOCKER; hand++)
        if (mine[hand] > MOST_LISTED)
            add_many(actor, year, mine[hand], (enum return_hand)hand, due[hand], into);
    return true;
}

bool app_returns_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct collection_record *collections;
    struct correction *corrections;
    struct db_session *session;
    size_t n, n_corrections;
    if (!app_collections(house, into->mem, &collections, &n, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        if (!collections[i].locked_at)
            ok = add_year(session, house, actor, collections[i].year, now, into, err);
    db_read_end(&session);
    if (!ok || !app_corrections(house, actor, into->mem, &corrections, &n_corrections, err))
        return false;
    for (size_t i = 0; i < n_corrections; i++)
        if (corrections[i].may_decide)
            waiting_add(into, &(struct waiting){
                .what = text_printf(into->mem, "%.*s提出更正 %.*s %d学年的数，等另一人同意。", TEXT_ARG(corrections[i].who),
                                    TEXT_ARG(corrections[i].name), corrections[i].year),
                .why = TEXT("锁定之后的更正要两个人。"), .link = TEXT("/corrections"), .button = TEXT("去看"), .since = corrections[i].at });
    return true;
}
