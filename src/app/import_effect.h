/* import_effect.h — what confirming an import would make of the county: assessed, never stored. */
#pragma once
#include "app/import.h"

/* The standing figures of a snapshot with the import's in them, exactly as app_import_confirm would put them
 * (conflicts keep what stands), assessed.
 *   Given    view     of an import that waits, compared with the same version of the data
 *   Owns     lives in mem; texts are shared with the snapshot and the view */
void app_import_effect(const struct snapshot *snapshot, const struct import_view *view, enum import_errors errors, struct arena *mem,
                       struct assessment *out);
