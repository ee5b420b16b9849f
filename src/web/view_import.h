/* view_import.h — the import: choosing files, looking them through, what came of it, and every import before. */
#pragma once
#include "report/compose_import.h"
#include "web/view_frame.h"

/* One import in the history. */
struct import_line {
    struct text id, when, who, files, state_word;
    const char *state_class;
    struct text counts;              /* 12 新增 · 43 改动 · 1,385 相同 │ 2 错误 */
    struct text since;               /* 「10-15 09:02 由张磊撤销」; may be empty */
    bool can_undo, waits;
};

struct view_import {
    const struct view_frame *frame;
    struct text fault, hint;         /* why the files could not be taken; empty: nothing */
    struct text year, year_name;     /* "2025", 2025学年; empty: no data yet */
    size_t schools;                  /* of that year */
    struct import_line *lines;
    size_t n;
    bool more;                       /* there are earlier ones */
};

struct import_file_line { struct text name, size, path; };   /* path: marked; empty: nothing to mark */

struct import_finding_line {
    struct text level, file, place, school, item, read, expected, mend;
    struct text cell_path;           /* the row as it stood; empty: of no single cell */
    const char *class;
};

struct import_change_line {
    struct text kind, year, school, school_path, item, before, base, after, difference;
    struct text field;               /* of a conflict: the name of its choice */
};

struct finding_filter { struct text name, path; size_t n; bool current; };

struct view_import_look {
    const struct view_frame *frame;
    struct text id, sentence, second;
    struct text version;             /* of the data it was compared with */
    bool waits, undone, confirmed, dropped;
    struct text anew;                /* compared anew because the data changed; empty: not so */
    size_t added, changed, same, conflicts, errors, warnings, notes;
    struct import_file_line *files;
    size_t n_files;
    struct finding_filter *filters;
    size_t n_filters;
    struct import_finding_line *findings;
    size_t n_findings, all_findings;
    struct import_change_line *conflict_lines, *change_lines;
    size_t n_conflicts, n_changes, all_changes;
    bool base;                       /* a workbook of ours that came back */
    struct effect_year *effects;
    size_t n_effects;
    bool effect_of_clean;            /* errors are left out of it */
    size_t clean_schools, all_schools;
    struct text barred;              /* why it cannot be confirmed whole; empty: it can */
    bool several_years;
    struct text outcome, undo_outcome;
};

/* The row of a cell as it stood in the file. */
struct strip_cell { struct text name, head, text; bool hit; };
struct strip_sentence { struct text words; bool bad; };
struct view_import_row {
    const struct view_frame *frame;
    struct text id, title, place;
    struct strip_cell *cells;
    size_t n;
    struct strip_sentence *sentences; /* what was found there */
    size_t n_sentences;
    bool part;                       /* for the panel */
};
