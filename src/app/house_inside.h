/* house_inside.h — what a house is made of; for house.c and snapshot.c alone. */
#pragma once
#include "app/house.h"

#include <pthread.h>
#include <stdatomic.h>

enum { HOUSE_SECRET = 32 };

/* A snapshot and how many hold it. */
struct held_snapshot {
    struct snapshot shown;    /* first: a pointer to it is a pointer to this */
    atomic_size_t holders;
};

struct house {
    struct arena *mem;
    struct db *db;
    int lock;                 /* descriptor of the lock file */
    const struct edition *edition;
    struct text edition_name;             /* as it was asked for: a name or a folder */
    const struct official_form *official; /* NULL: the edition has none */
    struct evidence_list asked;           /* which proofs the edition asks for */
    struct text county;
    unsigned char secret[HOUSE_SECRET];
    atomic_bool redrawn;               /* the next snapshot is made anew, though the figures are the same */
    atomic_uint_fast64_t changes;      /* how often figures may have changed */
    pthread_mutex_t keeping;           /* of the two below */
    struct held_snapshot *current;
    uint_fast64_t current_at;          /* `changes` when it was last known to be the latest */
    pthread_mutex_t computing;         /* one at a time */
    uint64_t made;                     /* snapshots so far; of who computes */
    struct access *access;             /* sessions, hashing (app/access_inside.h) */
    const struct mail_settings *mail;  /* how letters leave (app/mail.h); NULL: none do */
    pthread_mutex_t upkeep;            /* one round at a time (app/upkeep.h) */
    pthread_mutex_t waking;            /* of poked; with woken */
    pthread_cond_t woken;
    bool poked;
    atomic_bool poke_after;            /* somebody inside the writer asked for a round after the COMMIT */
    atomic_bool upkeep_ending;
};

/* Assesses every year of the returns into s (its edition is set already). */
void snapshot_assess(struct snapshot *s, struct returns *returns, struct arena *mem);
/* Something that pages show beside the figures has changed (the borders, an export): the next snapshot is another one. */
void house_redraw(struct house *house);
/* What upkeep (app/upkeep.c) keeps in a house, made and ended with it; and the round asked for by a work that is committed now. */
void upkeep_room(struct house *house);
void upkeep_room_end(struct house *house);
void upkeep_after_commit(struct house *house);
