/* round_paper_inside.h — what the papers of a round are composed from. */
#pragma once
#include "app/round_paper.h"
#include "app/round_sheet.h"

struct paper_facts {
    struct arena *mem;
    const struct snapshot *s;
    const struct round_view *round;
    const struct paper_row *added;
    const struct round_sheet *sheet;           /* of sheet and opinion letter */
    const struct round_figure *figures;        /* of its questions */
    const struct form *form;                   /* notice: what is asked at schools; may be NULL */
    struct text address, today;
};
struct doc *round_paper_compose(enum round_paper paper, const struct paper_facts *facts);
