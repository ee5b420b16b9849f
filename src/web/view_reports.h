/* view_reports.h — reports: which there are, one as it reads, a section being written. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"

struct report_link { struct text path, name, note; };
struct view_reports {
    const struct view_frame *frame;
    struct text sentence;
    bool county, may_edit;
    struct text county_path, edit_path, county_note;
    struct text year;
    struct report_link *townships, *schools, *indicators;
    size_t n_townships, n_schools, n_indicators;
};

struct moved_line { struct text key, seen, now, path; bool gone; };
struct section_view {
    struct text id, heading, state, path;
    const char *class;
    struct svg body;               /* as it reads */
    struct moved_line *moved;
    size_t n_moved;
    struct text broken, hint;
    unsigned level;
    bool current;
};
struct view_report {
    const struct view_frame *frame;
    struct text title, subtitle, sentence, header, signer, date, of, docx_path, pdf_path, xlsx_path, edit_path, back_path;
    bool may_edit, may_export;
    struct section_view *sections;
    size_t n;
    struct text *orphans;
    size_t n_orphans;
};

struct words_version { struct text who, when, words; bool draft; };
struct view_report_edit {
    const struct view_frame *frame;
    struct text title, sentence, of, report_path, post_path, fault, hint;
    struct section_view *sections;
    size_t n;
    /* the one in hand; heading empty: none was chosen */
    struct text section, heading, words, draft_words, seen, who;
    struct svg draft;
    bool edited, takes;            /* takes: some figure has a new reading */
    struct moved_line *moved;
    size_t n_moved;
    struct text broken;
    struct words_version *versions;
    size_t n_versions;
};
