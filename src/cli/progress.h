/* progress.h — a bar on standard error for work that takes longer than a second; only on a terminal. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct progress { bool possible, shown; double started, drawn; };

void progress_start(struct progress *progress);
/* As the `progress` callback of reading: context is the struct. */
void progress_step(void *context, uint64_t done, uint64_t total);
/* Takes the bar away. */
void progress_end(struct progress *progress);
