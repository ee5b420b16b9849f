/* pinyin.h — finding Chinese names by the first letters of their readings: 柳林镇中心小学 by llz, 重阳小学 by
 * cyxx and by zyxx. */
#pragma once
#include "base/text.h"

enum pinyin_fit {
    PINYIN_NONE,
    PINYIN_SCATTERED,  /* the letters are there in order, with characters between them: lzxx in 柳林镇中心小学 */
    PINYIN_RUN,        /* one beside the other, somewhere in the name */
};

/* How a query fits a name.  A letter of the query fits a Chinese character one of whose readings begins with it,
 * or itself, big or small; any other character fits itself.  Blanks and punctuation of both are passed over.  An
 * empty query fits as a run. */
enum pinyin_fit pinyin_fit(struct text name, struct text query);
/* The letters of the usual readings, other letters and digits as they are, small: "llzzxxx". */
struct text pinyin_initials(struct arena *mem, struct text name);
