#include "model/evidence.h"

const struct evidence_asked *evidence_asked_find(const struct evidence_list *list, struct text id)
{
    for (size_t i = 0; i < list->n; i++)
        if (text_equal(list->at[i].id, id))
            return &list->at[i];
    return NULL;
}
