/* together.h — assesses many counties on several threads while the caller does something else first. */
#pragma once
#include "indicator/assess.h"

struct together;

/* Starts on the counties of `returns`; what is made lives until together_end.  jobs: threads in all,
 * 0: as many as cores; with one, or few counties, nothing starts until together_finish.
 * Results are those of assess(), bit for bit. */
struct together *together_start(const struct returns *returns, const struct assess_request *request, unsigned jobs,
                                struct arena *mem);
/* Takes part in the work until all is done. */
void together_finish(struct together *together, struct assessment *out);
void together_end(struct together *together);
