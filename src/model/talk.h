/* talk.h — one stream of lines about each thing of the work: what was said, what changed, which step was taken, which file was added. */
#pragma once
#include "model/stamp.h"

enum talk_kind { TALK_SAID, TALK_CHANGED, TALK_STEP, TALK_FILE };

/* Which thing: "task" and its number, "ledger" and its row … */
struct talk_on { struct text kind, key; };

struct talk_line {
    int64_t position;            /* 1, 2, 3 … within the stream; given by the store */
    enum talk_kind kind;
    struct text said;            /* the comment; the reason of a step or a change; may be empty */
    struct text field;           /* TALK_CHANGED: 「时限」, as users call it */
    struct text old, new_;       /* TALK_CHANGED, TALK_STEP: before, after, in words; TALK_FILE: new_ is the file's name */
    struct text sha256, file_kind;   /* TALK_FILE */
    int64_t file_size;
    struct stamp by;
    struct text role;            /* "office"; empty: the console, or the machine by itself */
};
