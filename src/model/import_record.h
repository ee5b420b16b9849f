/* import_record.h — an import on its way: what is known of it, in lists and on its page. */
#pragma once
#include "model/stamp.h"

enum import_state { IMPORT_WAITING, IMPORT_CONFIRMED, IMPORT_DROPPED, IMPORT_UNDONE };
struct import_tally { int64_t schools, added, changed, same, conflicts, errors, warnings; };
struct import_record {
    struct text id;
    enum import_state state;
    struct stamp stamp;
    int64_t base_version;      /* 0: not a workbook of ours coming back */
    int64_t seen_version;
    int64_t version;           /* the change that confirmed it; 0: none yet */
    struct import_tally tally;
};
struct import_file_record { struct text name, sha256; int64_t size; };

/* What became of an import: when and by whom it was confirmed, taken back; a stamp's `at` is 0 where it was not. */
struct import_outcome {
    struct stamp confirmed, undone;
    int64_t figures, schools;   /* that confirming put there */
    int64_t restored, kept;     /* by undoing: those taken back, those that somebody had changed since */
};
