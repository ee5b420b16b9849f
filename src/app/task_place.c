/* Where a task's units lie, and how they are called. */
#include "app/task_inside.h"

#include "app/place_names.h"

struct text task_township(const struct snapshot *s, struct text school)
{
    const struct actor everybody = actor_console();
    for (size_t y = s->n_years; y-- > 0;) {
        const size_t row = snapshot_school(s, y, school, &everybody);
        if (row != SIZE_MAX)
            return returns_text(s->returns, row, s->edition->items.township);
    }
    for (size_t i = 0; i < s->n_lacking; i++)
        if (text_equal(s->lacking[i].code, school))
            return s->lacking[i].township;
    return TEXT("");
}

struct text task_place_shown(struct house *house, struct place place, int64_t now, struct arena *mem)
{
    const struct snapshot *s;
    struct place_names names;
    struct err ignored;
    if (!house_snapshot_at_hand(house, &s, &ignored))
        return place_shown(place, mem);
    place_names_of(s, now, mem, &names);
    const struct text shown = text_copy(mem, place_name(&names, place));
    snapshot_release(&s);
    return shown;
}
