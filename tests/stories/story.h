/* story.h — a story of the work, told in a CSV that anybody can read, played on a real house: who did what on which day, and what came of
 * it.  README.md has its words. */
#pragma once
#include "../app/county_bed.h"

enum { STORY_PEOPLE = 16, STORY_LABELS = 16, STORY_DONE = 2 /* columns before what is done */ };

struct story_label { struct text name, id; int64_t number; };      /* 「任务 甲」 and what it became */
struct story {
    struct county_bed bed;
    struct arena *mem;
    const char *file;
    size_t line;
    int64_t now;
    struct text today;
    const struct actor *who;           /* of this line */
    struct text object, content, expected;
    struct story_label labels[STORY_LABELS];
    size_t n_labels;
    bool tried;                        /* the line's act was refused: err says why */
    struct err err;
};
/* Says what is wrong with the line and ends the test. */
void story_fails(const struct story *s, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));
/* 「责任单位=财政局；时限=2027-08-31」: the value of a key; empty: not there. */
struct text story_field(const struct story *s, const char *key);
struct text story_word(struct text *rest);                          /* up to the next space */
const struct actor *story_actor(const struct story *s, struct text name);
/* A school by a part of its name that no other has; its code. */
struct text story_school(struct story *s, struct text part);
/* 「西河街道第四小学」, 「财政局」, 「全县」. */
struct place story_place(struct story *s, struct text said);
struct story_label *story_label(struct story *s, struct text name);   /* NULL: none yet */
struct story_label *story_label_new(struct story *s, struct text name);
/* Runs an act as the line's person in the writer; whether it went well stands in s->tried and s->err. */
void story_act(struct story *s, db_work *work);
/* The snapshot as the data are now; give it back. */
const struct snapshot *story_snapshot(struct story *s);

/* Each knows some words of the third column: false, where it is none of theirs. */
typedef bool story_doing(struct story *s, struct text doing);
story_doing story_data, story_ledger, story_task, story_round, story_register, story_seen;

/* Plays a whole file.   Returns  how many acts were refused as expected */
size_t story_play(const char *file);
