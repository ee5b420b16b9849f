/* What people were told, what stands in the history, what the county's verdict is. */
#include "story.h"

#include "app/notice.h"
#include "app/talk.h"

static bool told(struct story *s, struct text part)
{
    struct notice_line *lines;
    size_t n;
    CHECK_OK(app_notices(s->bed.house, s->who, s->mem, &lines, &n, &s->err), s->err);
    for (size_t i = 0; i < n; i++)
        if (text_find(lines[i].title, part, NULL) || text_find(lines[i].text, part, NULL))
            return true;
    return false;
}

static struct text verdict(struct story *s)
{
    const struct snapshot *now = story_snapshot(s);
    const enum state state = now->assessment->counties[now->n_years - 1].verdict;
    snapshot_release(&now);
    return state == STATE_MET ? TEXT("通过") : state == STATE_NO_DATA ? TEXT("缺数据") : TEXT("不通过");
}

bool story_seen(struct story *s, struct text doing)
{
    if (text_equal(doing, TEXT("收到")) || text_equal(doing, TEXT("没收到"))) {
        const bool wanted = text_equal(doing, TEXT("收到"));
        if (told(s, s->content) != wanted)
            story_fails(s, wanted ? "没有收到「%.*s」" : "收到了「%.*s」", TEXT_ARG(s->content));
        return true;
    }
    if (text_equal(doing, TEXT("全县结论"))) {
        if (!text_equal(verdict(s), s->expected))
            story_fails(s, "全县是「%.*s」", TEXT_ARG(verdict(s)));
        return true;
    }
    return false;
}
