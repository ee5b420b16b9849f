/* What a meeting may speak of, taken from where it is stuck. */
#include "app/meeting.h"

#include "app/concern.h"
#include "app/owner.h"
#include "app/register.h"
#include "app/task.h"
#include "app/watch.h"

struct stuck { struct meeting_item *list; size_t n, most; };

static void add(struct stuck *s, struct meeting_item item)
{
    if (s->n < s->most)
        s->list[s->n++] = item;
}

static bool add_tasks(struct stuck *s, struct house *house, const struct place_names *names, const struct actor *actor, int64_t now, struct arena *mem, struct err *err)
{
    struct task_view *list;
    size_t n;
    if (!app_tasks_stuck(house, NULL, actor, s->most, now, mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct task *const t = &list[i].task;
        add(s, (struct meeting_item){
                   .origin = TEXT("task"), .origin_key = text_printf(mem, "%lld", (long long)t->id), .what = t->title,
                   .unit = text_printf(mem, t->person.size ? "%.*s %.*s" : "%.*s%.*s", TEXT_ARG(place_name(names, list[i].owner)), TEXT_ARG(t->person)),
                   .standing = text_printf(mem, "%.*s 到期，已超期 %lld 天", TEXT_ARG(t->due), (long long)-list[i].days_left), .link = task_path(t->id, mem) });
    }
    return true;
}

static bool add_concerns(struct stuck *s, struct house *house, int64_t now, struct arena *mem, struct err *err)
{
    struct db_session *session;
    struct concern *list;
    size_t n;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_concerns_late(house, session, now, (int64_t)s->most, mem, &list, &n, err);
    db_read_end(&session);
    for (size_t i = 0; ok && i < n; i++)
        add(s, (struct meeting_item){
                   .origin = TEXT("concern"), .origin_key = text_printf(mem, "%lld", (long long)list[i].id),
                   .what = text_printf(mem, "群众关切第 %lld 号：%.*s", (long long)list[i].id, TEXT_ARG(list[i].place.shown)), .unit = list[i].owner.shown,
                   .standing = text_printf(mem, "应于 %.*s 前答复，还没有答复", TEXT_ARG(list[i].due_on)), .link = concern_link(list[i].id, mem) });
    return ok;
}

/* Who answers for a subject, by name and person. */
static struct text who(const struct owners *owners, const struct place_names *names, struct text subject, struct text stage, struct arena *mem)
{
    const struct owner owner = owner_of(owners, subject, stage, TEXT(""), TEXT(""));
    return text_printf(mem, owner.person.size ? "%.*s %.*s" : "%.*s%.*s", TEXT_ARG(place_name(names, owner.place)), TEXT_ARG(owner.person));
}

static bool add_vetoes(struct stuck *s, struct house *house, const struct owners *owners, const struct place_names *names, const struct actor *actor,
                       struct arena *mem, struct err *err)
{
    struct case_list cases;
    if (!app_cases(house, actor, mem, &cases, err))
        return false;
    for (size_t i = 0; i < cases.n; i++) {
        const struct register_case *const c = &cases.cases[i];
        if (!c->closed.at && c->item.size && c->item.at[0] == 'X')
            add(s, (struct meeting_item){ .origin = TEXT("veto"), .origin_key = c->id,
                                          .what = text_printf(mem, "一票否决 %.*s：%.*s", TEXT_ARG(c->item), TEXT_ARG(c->place_shown)), .unit = who(owners, names, c->item, TEXT(""), mem),
                                          .standing = text_printf(mem, "%.*s 发生，还没有了结", TEXT_ARG(c->happened_on)),
                                          .link = text_printf(mem, "/registers#case-%.*s", TEXT_ARG(c->id)) });
    }
    return true;
}

bool app_meeting_stuck(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t most, int64_t now, struct arena *mem,
                       struct meeting_item **out, size_t *n_out, struct err *err)
{
    struct place_names names;
    struct watch_report watch;
    const struct owners *owners;
    struct stuck s = { .list = arena_array(mem, most + 1, struct meeting_item), .most = most };
    place_names_of(snapshot, now, mem, &names);
    if (!app_owners(house, mem, &owners, err) || !add_tasks(&s, house, &names, actor, now, mem, err) || !add_concerns(&s, house, now, mem, err) ||
        !add_vetoes(&s, house, owners, &names, actor, mem, err) ||
        !app_watch(house, snapshot, actor, snapshot->usual_year, false, mem, &watch, err))
        return false;
    for (size_t i = 0; i < watch.n_county; i++)
        add(&s, (struct meeting_item){ .origin = TEXT("watch"), .origin_key = text_printf(mem, "%.*s:%d", TEXT_ARG(watch.county[i].key), watch.year),
                                       .what = watch.county[i].name, .unit = who(owners, &names, watch.county[i].subject, watch.county[i].stage, mem), .standing = watch.county[i].words, .link = watch.county[i].link });
    *out = s.list;
    *n_out = s.n;
    return true;
}
