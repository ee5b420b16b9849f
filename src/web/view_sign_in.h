/* view_sign_in.h — the page on which one signs in. */
#pragma once
#include "web/view_frame.h"

struct view_sign_in {
    const struct view_frame *frame; /* nobody is signed in: county, language, fictional */
    struct text name;               /* as typed before; may be empty */
    struct text next;               /* where to go afterwards; empty: the first page */
    struct text fault, hint;        /* why it did not work; empty at first */
};
