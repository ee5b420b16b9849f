/* compose_letter.h — the letter by which a county applies (申请函), drafted: to the prefecture's supervision office, with what is
 * enclosed.   Source  domain specification §5.4 S5.3.1: 达到要求后向郑州市督导室申请 */
#pragma once
#include "base/day.h"
#include "report/composing.h"
#include "report/doc.h"

struct letter_request {
    const struct composing *c;
    struct day today;
    const struct text *enclosed;   /* names of what is enclosed */
    size_t n_enclosed;
    bool fictional;
};
struct doc *compose_letter(const struct letter_request *request);
