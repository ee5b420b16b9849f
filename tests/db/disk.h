/* disk.h — a disk under SQLite that fails when told to, and that may lose power. */
#pragma once
#include <stdbool.h>

enum disk_op { DISK_WRITE, DISK_SYNC, DISK_TRUNCATE, DISK_OPS };

void disk_install(void);    /* every database opened from now on lies on it; nothing is really synced */
void disk_remove(void);
/* The n-th operation of this kind from now on (1: the next) ends with SQLite's code; so do all behind it
 * when `lasting`. */
void disk_fail(enum disk_op op, long n, int code, bool lasting);
bool disk_failed(void);     /* whether that has happened */
void disk_heal(void);
/* From now on what is synced is told from what is not, and at the n-th operation of any kind the power
 * fails: nothing works any more. */
void disk_cut_power_at(long n);
bool disk_is_cut(void);
/* Writes the files as they may be found afterwards: all that was synced, and of the rest some 512-byte
 * sectors, in no order (by seed; 0: none of it, 1: all of it).  Ends the recording. */
void disk_files_after_cut(unsigned seed);
