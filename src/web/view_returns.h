/* view_returns.h — a year's returns: who is where; the grid of one; versions beside each other; corrections after the lock. */
#pragma once
#include "report/compose_entry.h"
#include "web/view_frame.h"

struct returns_choice { struct text name, path; size_t n; bool current; };

/* ---- the year ---- */

struct returns_line {
    struct text code, name, township, path, state, note, next, due, typed;
    const char *class;               /* of its state's ink */
    bool late, may_approve;
};
struct returns_window { const char *field; struct text name, day; };
struct view_returns {
    const struct view_frame *frame;
    bool none;                       /* no year was ever opened */
    struct text sentence, sub, year, done, fault;
    struct returns_window windows[4];
    struct returns_choice *states, *townships;
    size_t n_states, n_townships;
    struct returns_line *lines;
    size_t n, lacking, late, to_approve;
    struct text open_year, reference_day, today, clear_path, state_word, next_word;
    bool may_open, may_remind, may_lock, locked, check_asked;
};

/* ---- one return ---- */

struct return_talk { struct text who, at, words; bool sent_back; };
struct return_finding_line { struct text item, name, rule, words, reason, who; bool error, may_explain; };
struct return_past { struct text year, value; };
struct return_cell_line {
    const struct entry_cell *cell;
    const struct item *item;
    struct text typed, stamp, hint, who;
    const char *state;
    struct text state_words;
    bool bad, may_fill;
    struct return_past past[3];      /* oldest first, this year last */
    size_t n_past;
    struct return_finding_line *findings;
    size_t n_findings;
    struct return_talk *talk;
    size_t n_talk;
    struct text mine, conflict;      /* what the reader typed that somebody else's stands against; the sentence */
};
struct return_part { struct text id, name, progress; struct return_cell_line *cells; size_t n, trouble; };
struct return_step_button { struct text code, name, barred; bool back; /* asks for a reason */ };
struct view_return {
    const struct view_frame *frame;
    struct text code, name, year, last_year, sentence, sub, state, path, list_path, versions_path, cells_path, correct_path, workbook_path;
    struct text fault, hint, done, tally, saved_at, waits, who;
    struct return_part *parts;
    size_t n_parts, conflicts, errors, blanks, unexplained;
    struct return_finding_line *whole;   /* findings of no single cell */
    size_t n_whole;
    struct return_talk *talk, *events;
    size_t n_talk, n_events;
    struct return_step_button *steps;
    size_t n_steps;
    bool may_fill, may_talk, may_send_back;
};

/* ---- versions, corrections ---- */

struct version_choice { struct text value, name; bool first, second; };
struct version_line { struct text group, name, unit, before, after; bool differs, begins; };
struct view_versions {
    const struct view_frame *frame;
    struct text name, code, sentence, first, second, back_path, year, other_path;
    struct version_choice *choices;
    size_t n_choices;
    struct version_line *lines;
    size_t n, differs;
    bool all;
};

struct correction_cell_line { struct text name, unit, before, after; };
struct correction_line {
    struct text id, school, path, state, reason, asked, decided, year;
    const char *class;
    struct correction_cell_line *cells;
    size_t n;
    bool may_decide, may_drop, own;
};
struct view_corrections {
    const struct view_frame *frame;
    struct text sentence, done;
    struct correction_line *lines;
    size_t n;
};
struct correct_line { struct text code, name, unit, typed; bool words; };
struct correct_part { struct text name; struct correct_line *lines; size_t n; };
struct view_correct {
    const struct view_frame *frame;
    struct text name, code, year, path, back_path, barred;
    struct correct_part *parts;
    size_t n;
};

/* ---- a workbook read into the draft ---- */

struct upload_change { struct text name, path, before, after; };
struct upload_finding { struct text where, read, expected, mend; };
struct view_return_upload {
    const struct view_frame *frame;
    struct text name, code, year, sentence, file, back_path, path;
    struct upload_change *changes;
    struct upload_finding *findings;
    size_t n_changes, n_findings, same, others;
};
