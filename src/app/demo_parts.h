/* demo_parts.h — what the modules add to the made-up county (app/demo.c), each in a file of its own. */
#pragma once
#include "app/house.h"

/* Proofs of the latest year in some boxes, judgements in all states, a case of veto that was closed (demo_evidence.c).
 * People are taken from the accounts by their roles; where there is none yet, a name stands for one. */
bool demo_evidence(struct house *house, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* A small made-up picture of a school, a PNG; `shade` 0–7 changes its colours. */
struct text demo_picture(struct arena *mem, unsigned shade);
