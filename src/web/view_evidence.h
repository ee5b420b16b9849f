/* view_evidence.h — proofs: the index, the boxes of an indicator, one file; the registers; what is found. */
#pragma once
#include "web/view_frame.h"

struct evidence_link { struct text name, path; bool current; };

/* ---- the index ---- */

struct evidence_row_line {
    struct text id, name, path;      /* G1-1, 中小学布局专项规划, its box */
    struct text by, there, latest;   /* 教育局; 「3 份」「12/30 所学校，25 份」「缺」; 2025-10-18 王敏, perhaps empty */
    const char *class;               /* "st met" … */
};
struct evidence_group {
    struct text id, name, path;      /* G1, 规划布局 */
    struct text judged;              /* 「符合」「等复核」「还没有评判」; empty: nobody judges it */
    const char *class;
    struct evidence_row_line *rows;
    size_t n;
};
/* A line of the index as a list: as the workbook has it. */
struct evidence_list_line {
    size_t number;
    struct text indicator, asked, by, unit, file, path, description, kind, pages, size, version, who, day;
    bool missing;
};
struct view_evidence {
    const struct view_frame *frame;
    struct text sentence, sub, year;
    struct evidence_link views[2], states[2];
    struct evidence_link *years;           /* more than one: to choose from */
    size_t n_years;
    struct evidence_link *units;           /* for who sees many; path: "school:3141…" */
    size_t n_units;
    struct text year_name;                 /* "year", "for" */
    struct evidence_group *groups;
    size_t n_groups;
    struct evidence_list_line *lines;
    size_t n_lines;
    bool as_list, missing_only;
    struct text workbook_path, zip_path;   /* empty: may not */
};

/* ---- the boxes of an indicator ---- */

struct evidence_file_line {
    struct text id, name, path, unit, description, kind, pages, size, version, who, when;
    struct text withdrawn;           /* 「2025-10-18 由王敏撤回：…」; empty: it stands */
};
struct evidence_unit_line { struct text name, path, township; size_t files; };
struct evidence_box_view {
    struct text id, name, by, good;  /* what is asked */
    struct text unit;                /* whose box is shown; empty: the table of units */
    struct evidence_file_line *files;
    size_t n_files;
    struct evidence_unit_line *units;/* of what is asked of many */
    size_t n_units, units_with;
    bool by_township;                /* units are schools: their townships are shown */
    bool may_put;
    struct text post_path, unit_word;/* "school:3141…"; empty: the county */
};

struct judged_line {
    struct text verdict, reason, first, second, second_reason, state;
    const char *class;
};
struct evidence_judgement_view {
    bool there;                      /* a person judges this */
    struct text asks, unit;          /* 建设标准统一 …; whose */
    struct judged_line now;          /* what stands; verdict empty: nothing */
    struct judged_line waiting;      /* verdict empty: none waits */
    struct text waiting_id, judge_path, second_path;
    bool may_judge, may_second, own; /* own: the waiting one is the reader's */
    struct text barred;              /* why he cannot; empty */
    struct judged_line *earlier;
    size_t n_earlier;
    struct text figure_path, figure; /* the county's figure that came of it */
    struct text differs;             /* it is another than was confirmed: somebody imported one since; empty: it is not */
    bool no_proof;                   /* nothing lies in any of its boxes */
    struct text schools;             /* 「30 所学校中 12 所评为符合，1 所不符合」; may be empty */
};
struct view_evidence_box {
    const struct view_frame *frame;
    struct text id, name, clause, sentence, year, back_path, indicator_path, zip_path;
    struct text unit_word, unit_name, whole_path;   /* where a unit was chosen */
    struct text fault, hint;
    struct evidence_box_view *boxes;
    size_t n;
    struct evidence_judgement_view judgement;
};

/* ---- one file ---- */

struct evidence_version_line { struct text version, name, size, who, when, hash, path; bool current; };
struct view_evidence_file {
    const struct view_frame *frame;
    struct text id, name, sentence, asked, box_path, box_name, unit, description, kind, size, pages, who, when, withdrawn;
    struct text bytes_path, download_path;
    struct text picture_path;        /* an image to be shown; empty: none */
    struct text *page_paths;         /* drawn pages of a PDF */
    size_t n_pages, all_pages, from; /* from: pages before the first shown */
    struct text previous_path, next_path;
    struct text excerpt;             /* the beginning of what is written in it */
    struct text no_text;             /* why nothing is written here; empty */
    struct evidence_version_line *versions;
    size_t n_versions;
    struct text version;             /* the latest, for the form */
    bool may_change;
    struct text fault, hint;
};

/* ---- the registers ---- */

struct case_line {
    struct text id, day, place, what, opened, state, closed, year, close_path;
    const char *class;
    struct evidence_file_line *files;
    size_t n_files;
    bool open, may_close, own;
};
struct register_view {
    struct text id, name, clause, sentence;
    const char *class;
    struct text figure, figure_path; /* what the county's figure says */
    struct text differs;             /* the figure is not what the register says; empty: it is */
    struct case_line *cases;
    size_t n;
    bool can_open;
};
struct view_registers {
    const struct view_frame *frame;
    struct text sentence, year, today, open_path;
    struct register_view *registers;
    size_t n;
    bool may_open;
    struct evidence_link *years;
    size_t n_years;
    struct evidence_link *units;     /* path: "township:…", "school:…" */
    size_t n_units;
    struct text fault, hint;
};

/* ---- what is found ---- */

struct search_line { struct text name, path, where, before, word, behind; };
struct view_search {
    const struct view_frame *frame;
    struct text query, sentence;
    struct search_line *hits;
    size_t n, all;
    struct evidence_link *asked;     /* what is asked for under such a name */
    size_t n_asked;
    struct evidence_link *schools;
    size_t n_schools;
};
