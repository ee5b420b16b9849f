/* run.h — runs the program as a user would, in a folder of its own. */
#pragma once
#include "check.h"

struct ran { int code; struct text out, err; };  /* code: −1 when a signal ended it */

/* A folder for one test's files; it goes away with mem. */
const char *run_folder(struct arena *mem);
void run_write(struct arena *mem, const char *folder, const char *name, const char *bytes);
struct text run_read(struct arena *mem, const char *folder, const char *name);
/* `words` is parted by blanks; a word with blanks stands between ' marks. */
struct ran run(struct arena *mem, const char *folder, const char *words);
/* The same with standard output going to `to` (a device), and NAME=value in the environment. */
struct ran run_to(struct arena *mem, const char *folder, const char *words, const char *to, const char *environment);
/* The same with standard output going to a pipe that nobody reads any more. */
struct ran run_unread(struct arena *mem, const char *folder, const char *words);
