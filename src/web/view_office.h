/* view_office.h — the office's pages: meetings, concerns, publicity, cases, the way of recognition, the organisation, the watch. */
#pragma once
#include "web/svg.h"
#include "web/view_talk.h"

struct office_option { struct text value, name; bool chosen; };
struct office_group { struct text name; struct office_option *at; size_t n; };
struct office_places { struct office_group *groups; size_t n; };
struct office_pages { struct text shown, previous_path, next_path; };   /* empty: none */

/* ---- meetings ---- */
struct meeting_line { struct text path, title, kind, when, where, state; const char *class; };
struct meeting_fields { struct text title, held_on, held_at, held_in, chair, attending; };
struct view_meetings {
    const struct view_frame *frame;
    struct text sentence, today;
    struct meeting_line *lines;
    size_t n;
    struct office_pages pages;
    struct office_option *kinds;
    size_t n_kinds;
    struct meeting_fields fields;
    bool may;
};
struct agenda_line { struct text position, what, unit, standing, link, key; };
struct decision_line { struct text position, words, owner, due, product, task_path, task; };
struct view_meeting {
    const struct view_frame *frame;
    struct text sentence, kind, state, path, version, minutes, document, docx_path, pdf_path, today;
    struct text *paragraphs;
    size_t n_paragraphs;
    struct meeting_fields fields;
    struct agenda_line *items, *stuck;
    size_t n_items, n_stuck;
    struct decision_line *decisions;
    size_t n_decisions;
    struct office_places owners;
    struct office_option *about;      /* items of the agenda, for a decision */
    size_t n_about;
    const struct view_talk *talk;
    bool may_agenda, may_hold, may_minutes, may_cancel, has_minutes;
};

/* ---- concerns ---- */
struct concern_line { struct text path, number, came_on, kind, channel, place, owner, what, due_on, state, left; const char *class; };
struct concern_often { struct text kind, place, n, open, last_on, path; bool often; };
struct view_concerns {
    const struct view_frame *frame;
    struct text sentence, sub, filtered, from, until, today, reply_days, moved, export_path;
    struct concern_line *lines;
    size_t n;
    struct office_pages pages;
    struct concern_often *often;
    size_t n_often;
    struct office_option *states, *kinds, *channels, *new_kinds, *new_channels;
    size_t n_states, n_kinds, n_channels;
    struct office_places places, owners;
    bool may_add, may_terms, filtering;
};
struct office_fact { struct text name, value, path; };
struct view_concern {
    const struct view_frame *frame;
    struct text sentence, state, what, reply, cause, path, state_code, today;
    const char *class;
    struct office_fact *facts;
    size_t n_facts;
    struct office_places owners;
    const struct view_talk *talk;
    bool reply_to, pass_on, close, reopen, order;
};

/* ---- publicity and cases ---- */
struct publicity_line { struct text id, day, outlet, level, title, link, place, withdrawn, path; bool may_withdraw; };
struct view_publicity {
    const struct view_frame *frame;
    struct text sentence, sub, from, until, today;
    struct publicity_line *lines;
    size_t n;
    struct office_pages pages;
    struct office_option *levels, *new_levels;
    size_t n_levels, n_new_levels;
    struct office_places places;
    bool may;
};
struct good_case_line { struct text path, title, theme, place, summary, state, when; const char *class; struct text *paragraphs; size_t n_paragraphs; };
struct view_cases {
    const struct view_frame *frame;
    struct text sentence;
    struct good_case_line *lines;
    size_t n;
    struct office_option *themes, *new_themes, *states;
    size_t n_themes, n_new_themes, n_states;
    struct office_places places;
    bool may;
};
struct view_case {
    const struct view_frame *frame;
    struct good_case_line one;
    struct text path, version, body, reason, by;
    struct office_option *themes;
    size_t n_themes;
    const struct view_talk *talk;
    bool take, send_back, again, release, unrelease;
};

/* ---- the way of recognition ---- */
struct procedure_line { struct text position, day, what, document, words, file, file_path, crossed_out, by, cross_path; };
struct procedure_block { struct text name, level, state; const char *class; struct procedure_line *lines; size_t n; bool now; };
struct view_procedure {
    const struct view_frame *frame;
    struct text sentence, today;
    struct procedure_block *blocks;
    size_t n;
    struct office_option *steps, *whats;
    size_t n_steps, n_whats;
    bool may;
};

/* ---- the organisation ---- */
struct group_line { struct text part, name, works_at, days; };
struct duty_line { struct text position, duty, person, days; bool holds; };
struct organisation_unit { struct text code, name, kind, units_path, path; struct group_line *members; size_t n_members; struct duty_line *duties; size_t n_duties; struct text owns; };
struct view_organisation {
    const struct view_frame *frame;
    struct text sentence, today;
    struct organisation_unit *units;
    size_t n;
    struct office_option *choices;
    size_t n_choices;
    bool may;
};

/* ---- the watch ---- */
struct watch_line { struct text name, words, path, source, since; const char *class; struct text alarm; };
struct view_watch {
    const struct view_frame *frame;
    struct text sentence, sub;
    struct watch_line *county, *units;
    size_t n_county, n_units;
    bool sees_county;
};
