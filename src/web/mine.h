/* mine.h — how many things wait for the reader: the number beside 我的事, on every page.
 *
 * Pages are shared and come by the hundred, so it is counted once and kept for a while: at most a minute while nothing is written, some
 * seconds while others write; what the reader does himself is seen at once. */
#pragma once
#include "web/request.h"

struct mine;
struct mine *mine_new(struct arena *mem);
void mine_end(struct mine *mine);
/* 0 also where it cannot be counted. */
size_t mine_count(struct mine *mine, const struct request *request);
/* The actor has done something: counted anew. */
void mine_forget(struct mine *mine, int64_t account);
