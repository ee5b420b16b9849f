/* items_for_tests.h — the items of cn-2017 as a plain list. */
#pragma once
#include "model/item.h"

struct item_list *items_for_tests(struct arena *mem);
