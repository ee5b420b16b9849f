/* report_words.h — a report with the office's own words in it.
 *
 * A report is drafted from the data; the office writes sections in its own words (report/doc_words.h), and the figures in them stay
 * bound to their keys.  When a figure has moved since, the words keep what the office saw, and the section says so: old and new,
 * with the new one to be taken at a click.  Nothing is swapped silently. */
#pragma once
#include "app/reporting.h"
#include "model/report_words.h"

/* A figure in edited words that reads otherwise in the data now. */
struct report_moved { struct text key, seen, now; bool gone; /* there is no such figure any more; now: empty */ };

struct report_part {
    const struct doc_section *draft, *shown;   /* the same where the draft stands */
    const struct section_words *words;         /* NULL: nobody has written any */
    bool edited;                               /* words stand in the draft's place */
    struct report_moved *moved;
    size_t n_moved;
    struct text broken, hint;                  /* the words cannot be read any more (a table they name is gone); empty: they can */
};
struct report {
    struct doc *draft, *doc;                   /* doc: with the words in place; where they are broken, the draft */
    struct report_part *parts;                 /* [draft->n] */
    const struct section_words **orphans;      /* words of sections that the draft has no more */
    size_t n_orphans, edited, moved, broken;
};

/* Pure: the words into the draft. */
void report_put_together(struct doc *draft, const struct section_words *words, size_t n, struct arena *mem, struct report *out);
/* The report of a year with the office's words as they stand.   Errors  as app_report_draft */
bool app_report(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, const struct report_of *of,
                const struct report_terms *terms, struct arena *mem, struct report *out, struct err *err) MUST_CHECK;
/* Whether it can leave as a file.   Errors  ERR_CONFLICT: names the section whose words are broken */
bool report_is_whole(const struct report *report, struct err *err) MUST_CHECK;

/* ---- writing (inside the writer); `seen` is the version of the section's words that the writer had before him, 0: none ---- */

struct report_place { size_t year; const struct report_of *of; struct text section; int64_t seen; };
/* Empty words: the draft stands again.
 *   Errors  ERR_DENIED; ERR_ABSENT: no such section; ERR_INPUT, ERR_LIMIT: the line and what to do; ERR_CONFLICT */
bool app_report_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct report_place *place, struct text words, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Takes the new reading of a figure (key as in report_moved; empty: of all) into the words. */
bool app_report_take(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct report_place *place, struct text key, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* All versions of a section's words, newest first. */
bool app_report_versions(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct report_place *place,
                         struct arena *mem, struct section_words **out, size_t *n_out, struct err *err) MUST_CHECK;
