/* layout_path.h — what does a heading of several rows mean?  “专任教师>小学>计” is 小学专任教师数. */
#pragma once
#include "import/header.h"

enum { MAX_PATH = 6 };

/* The meaning of a heading whose parts stand one above the other (merged parents repeated).
 *
 *   Given    parts[n] from the top down, n ≤ MAX_PATH; blanks and repetitions are passed over;
 *            a part that is a unit and nothing else is the figures' unit
 *   Returns  EXACT when the parts joined in some order are an item's own name (“小学” over
 *            “在校生数”, “县级以上骨干教师” over “小学”), or when the lowest alone is and the
 *            parents do not narrow it; WRONG_UNIT as heading_read; NEAR when the lowest is an
 *            item's name but a parent narrows it (“高中” over “班级数”); else UNKNOWN */
struct heading path_read(const struct item_names *names, const struct text *parts, size_t n,
                         struct arena *scratch);
/* The parts as people are shown them: 专任教师>小学>计.  Lives in mem. */
struct text path_shown(struct arena *mem, const struct text *parts, size_t n);
