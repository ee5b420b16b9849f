/* frozen_inside.h — what freezing and making again share. */
#pragma once
#include "app/frozen.h"

enum { FROZEN_MOST_MADE = 8 };

/* A file with its bytes. */
struct made_file { struct frozen_file file; struct text bytes; };

struct remaking {
    struct house *house;
    const struct snapshot *snapshot;        /* of the frozen data version, under the frozen edition */
    size_t year;                            /* an index of it */
    const struct official_form *official;   /* NULL: the edition has none */
    const struct frozen *frozen;
    const struct section_words *words;
    size_t n_words;
    const struct word_list *lists;
    size_t n_lists;
};
/* Every file that is made, in the order of the manifest.  A PDF is left out where Pango is not installed.
 *   Errors  ERR_CONFLICT: words that cannot be read; ERR_OUTSIDE */
bool frozen_make(const struct remaking *remaking, struct arena *mem, struct made_file out[FROZEN_MOST_MADE], size_t *n_out, struct err *err) MUST_CHECK;
/* The manifest of what is there, as JSON. */
struct text frozen_manifest(const struct frozen *frozen, const struct frozen_inside *inside, struct arena *mem);
/* SHA-256 as 64 digits; of a list of tables. */
struct text frozen_hash(struct text bytes, struct arena *mem);
struct text frozen_hash_of_files(const struct made_file *files, size_t n, struct arena *mem);
/* The lists of a year as they stand: evidence, judgement, register. */
bool frozen_lists(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                  struct word_list *out, size_t *n_out, struct frozen_file **proofs_out, size_t *n_proofs_out, struct err *err) MUST_CHECK;
