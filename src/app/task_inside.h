/* task_inside.h — what the files of tasks share; for them alone. */
#pragma once
#include "app/task.h"
#include "store/task_store.h"

/* 「还没有…」 the same words whether it is absent or another's. */
bool task_absent(int64_t id, struct err *err);
/* May he see tasks at all.   Errors  ERR_DENIED */
bool task_may_look(const struct actor *actor, struct err *err) MUST_CHECK;
/* The units whose tasks the actor sees; NULL: all. */
struct text *task_units_seen(const struct actor *actor, struct arena *mem, size_t *n_out);
/* The units in whose work he is. */
struct text *task_units_own(const struct actor *actor, struct arena *mem, size_t *n_out);
/* One that he sees, with whom it touches. */
bool task_take(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem, struct task *out,
               struct task_unit **units_out, size_t *n_out, struct err *err) MUST_CHECK;

/* Whether the actor may take the step, by whichever hand of his; *own_out: as the unit itself, or as issuer or verifier. */
bool task_may_step(const struct actor *actor, const struct task_view *view, enum task_step step, bool machine, struct task_move *move_out,
                   bool *own_out, struct err *err) MUST_CHECK;
bool task_is_own(const struct actor *actor, struct place owner);

/* Tells everybody who works at a place: its principal and clerk, its liaison, the office. */
struct task_telling { const char *kind; struct text title, text, link, due; struct stamp by; };
bool task_tell_place(struct house *house, struct db_session *session, struct place place, const struct task_telling *what, int64_t now,
                     struct err *err) MUST_CHECK;
/* Tells owner and helpers. */
bool task_tell_units(struct house *house, struct db_session *session, const struct task_unit *units, size_t n, const struct task_telling *what,
                     int64_t now, struct err *err) MUST_CHECK;
struct talk_on task_talk(int64_t id, struct arena *mem);

/* The township of a school as returned, in the latest year that has it; empty: not known. */
struct text task_township(const struct snapshot *snapshot, struct text school);
/* 柳林镇中心小学, 财政局, 全县; the code where no name is known. */
struct text task_place_shown(struct house *house, struct place place, int64_t now, struct arena *mem);
