/* owner.h — who answers for what, as a table: a row of standards/<edition>/owners.csv, or the county's own in its place.  Plain value. */
#pragma once
#include "model/stamp.h"

struct owner_rule {
    struct text subject;     /* "L4", "cv-L4", "G11", "plan:4.2.1.3"; a kind: "level", "money"; "other" */
    struct text stage;       /* "primary", "junior"; empty: both */
    struct text owner;       /* "D11"; "school", "township": the one concerned; "county"; "township:柳林镇", "school:4101850011" */
    struct text helpers;     /* the same words, parted by blanks; may be empty */
    struct text basis;       /* 依据 */
    struct stamp by;         /* of the county's own; at 0: as the edition has it */
};
