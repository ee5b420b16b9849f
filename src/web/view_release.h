/* view_release.h — the public page (公开页), and where the office decides what stands on it. */
#pragma once
#include "web/view_frame.h"

struct word_row { struct text head; struct text *cells; size_t n; };
struct public_table {
    struct text id, name, means;
    struct text *heads;
    size_t n_heads;
    struct word_row *rows;
    size_t n_rows;
    /* where the office chooses */
    struct text why_not, hidden;   /* why it cannot be released; 「隐去 4 格」 */
    bool chosen;
};
struct public_case { struct text title, summary, by; struct text *paragraphs; size_t n; };
struct view_public {
    const struct view_frame *frame;
    bool there, hides;
    struct text sentence, remark, date;
    struct public_table *tables;
    size_t n;
    struct public_case *cases;
    size_t n_cases;
};
struct release_line { struct text id, who, when, year, figures, remark, withdrawn, path; bool stands; };
struct view_release {
    const struct view_frame *frame;
    struct text sentence, year, version, remark, fault, hint;
    bool may, seen;                /* seen: the chosen figures are shown as they will stand */
    struct public_table *offers;
    size_t n, n_chosen;
    struct release_line *history;
    size_t n_history;
};
