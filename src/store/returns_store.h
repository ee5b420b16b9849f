/* returns_store.h — returned figures between rows and columns.
 *
 * Every figure is kept from one data version until another; nothing is overwritten.  Numbers and flags are
 * stored as numbers, texts as texts, choices (enums) by their code, so that an edition may reorder them. */
#pragma once
#include "db/db.h"
#include "model/returns.h"
#include "model/stamp.h"

enum { VERSION_STANDING = 0 };

/* The returns of the county as they stand, or as they stood at a data version; arranged, with the cells
 * they came from (a typed figure has none).  Items the list does not know are left behind.
 *   Owns   everything lives in mem */
bool store_returns(struct db_session *session, struct text county, const struct item_list *items, int64_t version,
                   struct arena *mem, struct returns **out, struct err *err) MUST_CHECK;
/* What an import has read and nobody confirmed yet. */
bool store_staged_returns(struct db_session *session, struct text county, struct text import_id, const struct item_list *items,
                          struct arena *mem, struct returns **out, struct err *err) MUST_CHECK;

/* One figure as it is to stand.  A blank number and an empty text: taken away. */
struct figure_record {
    int year;
    struct text school;         /* empty: the county's own */
    uint16_t item;
    double number;              /* enums: the ordinal */
    struct text text;
    int64_t source;             /* 0: typed on a page */
    uint32_t row, column;
};

enum change_kind {
    CHANGE_IMPORT, CHANGE_EDIT, CHANGE_UNDO,
    CHANGE_COLLECT,     /* a year was opened, or a return reopened: whose figures count changed, not they */
    CHANGE_RETURN,      /* a school's return was approved */
    CHANGE_CORRECTION,  /* after the lock, by two people */
    CHANGE_JUDGEMENT,   /* two people judged what no figure decides */
    CHANGE_REGISTER,    /* a case was opened or closed in the register of a veto or a precondition */
    N_CHANGE_KINDS
};
struct change_record {
    enum change_kind kind;
    struct stamp stamp;
    struct text import_id, reason;  /* may be empty */
};
/* Makes the next data version. */
bool store_change_begin(struct db_session *session, struct text county, const struct change_record *change, int64_t *version_out,
                        struct err *err) MUST_CHECK;
/* Ends the figure that stands, if one does, and adds this one. */
bool store_figure_put(struct db_session *session, struct text county, const struct item_list *items, int64_t version,
                      const struct figure_record *figure, struct err *err) MUST_CHECK;
/* The figure that stands: the version that put it there; 0: none. */
bool store_figure_standing(struct db_session *session, struct text county, const struct item_list *items, int year,
                           struct text school, uint16_t item, struct arena *mem, int64_t *version_out, double *number_out,
                           struct text *text_out, struct err *err) MUST_CHECK;
/* Whether the school (or, empty, the county) returned something for the year. */
bool store_return_stands(struct db_session *session, struct text county, int year, struct text school, bool *out, struct err *err) MUST_CHECK;
/* Notes that the school (or, empty, the county) returned something for the year, unless it stands already. */
bool store_return_put(struct db_session *session, struct text county, int64_t version, int year, struct text school,
                      int64_t source, uint32_t row, struct err *err) MUST_CHECK;

/* Takes the whole of a change back, in a new version: figures it ended stand again, figures it began end;
 * those that somebody has changed since are left as they are and counted. */
struct undo_tally { size_t restored, kept; };
bool store_change_undo(struct db_session *session, struct text county, int64_t undone, int64_t version,
                       struct undo_tally *tally_out, struct err *err) MUST_CHECK;

/* The years and schools (empty: the county's own) of which a change put figures. */
struct figure_place { int year; struct text school; uint16_t item; };
bool store_change_places(struct db_session *session, struct text county, int64_t version, struct arena *mem, struct figure_place **out,
                         size_t *n_out, struct err *err) MUST_CHECK;

/* One version of a figure, with who made it and the cell it was read from. */
struct figure_version {
    int64_t version_from, version_to;   /* version_to 0: it stands */
    double number;
    struct text text;
    bool typed;                         /* on a page: no cell */
    struct text file, sheet, sha256, import_id;  /* import_id: of the source */
    uint32_t row, column;
    struct text kind, who, reason, change_import;
    int64_t at;
};
/* Newest first. */
bool store_figure_versions(struct db_session *session, struct text county, const struct item_list *items, int year,
                           struct text school, uint16_t item, struct arena *mem, struct figure_version **out, size_t *n_out,
                           struct err *err) MUST_CHECK;
/* Who put a figure there, and the cell it was read from. */
struct figure_mark {
    int64_t version, at;                /* version 0: there is no figure */
    struct text kind, who, reason;      /* kind: "import", "edit", "undo", "judgement", "register" … */
    bool typed;                         /* on a page: no cell */
    struct text file, sheet, sha256;
    uint32_t row, column;
};
/* The marks of a school's figures in a year, [item], as they stood at a data version. */
bool store_figure_marks(struct db_session *session, struct text county, const struct item_list *items, int year, struct text school,
                        int64_t version, struct arena *mem, struct figure_mark **out, struct err *err) MUST_CHECK;
/* The figures that stand and were read from a cell of a stored file. */
bool store_figures_at_cell(struct db_session *session, struct text county, const struct item_list *items, struct text sha256,
                           struct text sheet, uint32_t row, uint32_t column, struct arena *mem, struct figure_place **out,
                           size_t *n_out, struct err *err) MUST_CHECK;
