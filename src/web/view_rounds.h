/* view_rounds.h — inspection rounds: the list, one round, its draw, a sheet at a place, a paper. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"
#include "web/view_talk.h"

struct round_choice { struct text value, name; bool on; };
struct round_line { struct text path, title, state, days, kind, count, findings; const char *class; };
struct view_rounds {
    const struct view_frame *frame;
    struct text sentence, fault, hint, today, year;
    bool may_run;
    struct round_line *rounds;
    struct round_choice *kinds, *years;
    size_t n, n_kinds, n_years;
};

struct place_line {
    struct text name, path /* of the sheet; empty: not for this reader */, township, how, day, word /* "school:3141…" */, state, opinion_path;
    const char *class;
    bool may_change, removed;
};
struct member_line { struct text name, unit, duty, account, position; bool may_end; };
struct finding_line {
    struct text number, where, subject, grade, what, advice, state, noted, decided, owner, due, task_path, task_state, question_path;
    struct text subject_id, stage, grade_id;
    const char *class, *grade_class;
    bool may_edit, may_issue, may_drop;
    struct round_choice *owners;
    size_t n_owners;
};
struct paper_link { struct text name, path, note; };
struct round_event_line { struct text line, reason; };
struct view_round {
    const struct view_frame *frame;
    const struct view_talk *talk;            /* NULL: none for this reader */
    struct text id, title, sentence, sub, scope, state, path, first_day, last_day, organiser, due;
    const char *class;
    bool runs, inspects, open, preparing, takes_findings, sees_all;
    struct text step, step_name, step_note;  /* the next one; empty: none */
    bool step_reason, may_call_off;
    struct place_line *places;
    struct member_line *members;
    struct finding_line *findings;
    struct paper_link *papers;
    struct round_event_line *events;
    struct round_choice *strata, *schools, *accounts, *subjects, *here, *grades;
    size_t n_places, n_members, n_findings, n_papers, n_events, n_strata, n_schools, n_accounts, n_subjects, n_here, n_grades;
    struct text draw, draw_path, wanted;     /* how it was drawn; empty: not yet */
};

struct drawn_line { struct text code, name, digest, stratum, rank; bool taken, first; };
struct stratum_line { struct text name, size, taken; };
struct view_round_draw {
    const struct view_frame *frame;
    struct text path, title, sentence, seed, strata, who, reason, command, csv_path;
    struct drawn_line *at;
    struct stratum_line *sums;
    struct round_choice *draws;
    size_t n, n_sums, n_draws;
};

struct sheet_pick { struct text value; bool on, fails; };
struct sheet_figure_line { struct text words, title, path; };
struct sheet_photo_line { struct text id, path, name, who; };
struct sheet_question {
    struct text id, name, note, source, value, stamp, note_value, note_stamp, unit;
    const char *kind;                        /* one, long, line, number, date */
    struct sheet_pick *picks;
    struct sheet_figure_line figures[2];
    struct sheet_photo_line *photos;
    size_t n_picks, n_figures, n_photos, number;
    bool required, photo, last, begins;      /* begins: the first of its section */
    struct text section;
    struct text wrong;
};
struct view_round_sheet {
    const struct view_frame *frame;
    struct text title, round_path, round_title, sentence, path, answers_path, photo_path, progress, done, who, paper_path, fault, hint, next_path, next_name, place_word;
    bool may_fill, may_again, is_done;
    struct sheet_question *questions;
    size_t n, asked, answered;
};

struct view_round_paper {
    const struct view_frame *frame;
    struct text title, round_path, round_title, path, docx_path, pdf_path, xlsx_path, number, signed_on, words, place, today;
    struct svg *sections;                    /* the paper as it reads */
    struct text heading, signer, date, subtitle;
    size_t n_sections;
    bool may_write;
};
