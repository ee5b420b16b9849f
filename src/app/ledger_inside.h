/* ledger_inside.h — what the parts of the ledger share. */
#pragma once
#include "app/ledger.h"
#include "model/talk.h"
#include "store/ledger_store.h"

struct talk_on ledger_talk(int64_t id, struct arena *mem);
/* Writes a step into the row and its history.   Errors  ERR_CONFLICT: it is in another state by now */
bool ledger_put_state(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row,
                      enum ledger_state to, struct text reason, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* A notice to whoever sits at its owner's; nothing where nobody answers for it yet. */
bool ledger_tell_owner(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row,
                       const char *kind, struct text title, struct text words, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The machine's own hand. */
struct actor ledger_engine(void);
/* 「台账第 17 号：柳林镇中心小学，体育运动场馆 6.12 m²/生，低于标准 7.50」 */
struct text ledger_called(const struct ledger_row *row, struct arena *mem);
struct ledger_sight ledger_sight_of(const struct actor *actor, struct arena *mem);
