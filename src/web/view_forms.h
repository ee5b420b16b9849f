/* view_forms.h — forms: what there is to fill in, one form and who has filled it, a sheet, over the years, a new definition. */
#pragma once
#include "web/view_frame.h"

/* ---- the list ---- */

struct form_task { struct text name, unit, path, state, button, note; const char *class; };
struct form_card { struct text title, path, who, often, done, waiting, source; size_t asked; bool shipped; };
struct view_forms {
    const struct view_frame *frame;
    struct text sentence, year;
    struct form_task *mine, *confirm, *done;
    size_t n_mine, n_confirm, n_done;
    struct form_card *cards;
    size_t n_cards;
    bool may_make;
    struct form_task *drafts;          /* definitions that are looked at */
    size_t n_drafts;
};

/* ---- one form ---- */

struct form_unit_line { struct text name, township, path, state, who, result, progress; const char *class; };
struct form_version_line { struct text version, path, state, made; bool current, may_use, may_retire; };
struct form_outline_section { struct text name, condition; struct form_outline_row *rows; size_t n; };
struct form_outline_row { struct text id, name, type, choices, condition, proof; bool required; };
struct view_form {
    const struct view_frame *frame;
    struct text id, title, sentence, note, source, year, version;
    struct text export_path, print_path, new_path, template_path;   /* empty: may not */
    struct form_unit_line *units;
    size_t n_units;
    bool often, by_township, preview;
    struct form_version_line *versions;
    size_t n_versions;
    struct form_outline_section *sections;
    size_t n_sections;
    bool may_make;
    struct form_unit_line *choices;    /* where a new sheet may be begun: name, "school:3141…" */
    size_t n_choices;
};

/* ---- a sheet ---- */

struct form_choice { struct text value; bool on; };
struct form_proof_line { struct text id, name, path, who; };
struct form_part_field { struct text field, label, value, wrong; bool date, due; };
struct form_table_cell { struct text field, value, label; };
struct form_line { struct form_table_cell *cells; };
struct form_asked {
    struct text id, field, name, note, source, unit, value, wrong, condition;
    const char *kind;                  /* line, long, number, date, one, many, photo, table */
    struct form_choice *choices;
    size_t n_choices;
    struct form_part_field *parts;     /* beside a grade */
    size_t n_parts;
    struct text *columns;              /* of a table */
    size_t n_columns;
    struct form_line *lines;
    size_t n_lines;
    struct text least, most;
    struct text last, last_year;       /* last year's answer */
    struct text figure, figure_of, figure_path, then;
    struct text proof_rule;            /* 「优秀、良好要附佐证」; empty: nothing can be attached */
    struct form_proof_line *proofs;
    size_t n_proofs;
    struct text shown;                 /* as an answer reads, where it cannot be changed */
    bool hidden, required, marked, attach, textarea;
};
struct form_section_view { struct text id, name, note; struct form_asked *asked; size_t n; bool hidden; };
struct form_conflict_line { struct text name, theirs, mine, who, field; };
struct form_school_line { struct text name, path, pupils, primary, junior; const char *primary_class, *junior_class; };
struct form_event_line { struct text words, reason; };
struct view_sheet {
    const struct view_frame *frame;
    struct text title, sentence, sub, note, form_path, path, post_path, endorse_path, compare_path, print_path, stamps, saved;
    struct text sent_back, sent_back_by, progress, result, barred, last_note;
    const char *state_class;
    struct text state;
    struct form_section_view *sections;
    size_t n_sections;
    struct form_proof_line *boxes;     /* proofs of the unit that can be pointed at: id, name */
    size_t n_boxes;
    struct form_conflict_line *conflicts;
    size_t n_conflicts;
    struct form_conflict_line *faults; /* theirs: what is wrong; field: where */
    size_t n_faults;
    struct form_school_line *schools;
    size_t n_schools;
    struct form_event_line *events;
    size_t n_events;
    struct text version;
    bool fills, may_withdraw, may_endorse, may_confirm, own, blank, multipart, phone;
    struct text fault, hint;
};

/* ---- over the years, a new one ---- */

struct form_history_cell { struct text value; bool asked, differs; };
struct form_history_row { struct text name, section; bool group, changed; struct form_history_cell *cells; };
struct view_form_history {
    const struct view_frame *frame;
    struct text title, sentence, form_path;
    struct text *years, *paths, *results;
    size_t n;
    struct form_history_row *rows;
    size_t n_rows;
};
struct form_fault_line { struct text place, what, mend; };
struct view_form_new {
    const struct view_frame *frame;
    struct text file;
    struct form_fault_line *faults;
    size_t n_faults;
    struct text fault, hint;
};
