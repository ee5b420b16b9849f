/* view_frame.h — what stands around every page: where one is, whose data these are, who one is. */
#pragma once
#include "base/text.h"

#include <stdbool.h>

struct nav_link {
    struct text path, name;     /* "/schools?stage=primary", 学校 */
    struct text count;          /* how much waits for the reader there; empty: nothing is counted */
    bool current;
};

struct nav_group { struct text title; struct nav_link *links; size_t n; };  /* title empty: no heading */

/* Whether one is on a page of the group: phones show the groups alone. */
static inline bool nav_group_current(const struct nav_group *group)
{
    for (size_t i = 0; i < group->n; i++)
        if (group->links[i].current)
            return true;
    return false;
}

struct year_choice { struct text path, name; bool current; };  /* the same page in another year */

struct view_frame {
    struct text lang;           /* "zh-CN" or "en" */
    struct text title;          /* of the page; the browser's title adds the county */
    struct text page;           /* its key, for scripts and styles: "overview" */
    struct text county;         /* 青禾县 */
    bool fictional;             /* 虚构数据 on every page and paper */
    struct year_choice *years;
    size_t n_years;
    struct text year;           /* 2025学年 */
    struct text data_state;     /* 「第 3 版 · 148/150 所学校有数据」 */
    struct nav_group *groups;
    size_t n_groups;
    struct text who;            /* 统计员 王敏; empty: nobody is signed in */
    struct text form_token;     /* for the forms of this page: {{> form_fields(v->frame)}} */
    struct text form_key;       /* makes an act that is sent twice be done once; new on every page */
    struct text other_lang_path, other_lang_name; /* the switch: "?lang=en…", English */
    struct text today;          /* 2026-01-11, for the foot of a printed page; may be empty */
    bool search;                /* there is a list of schools to search */
    bool chart, grid;           /* which scripts the page needs besides the common one */
    bool bar;                   /* a .bar of acts stands at the page's lower edge */
};
