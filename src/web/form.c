#include "web/form.h"

#include "web/percent.h"

bool form_parse(struct text body, struct arena *mem, struct pairs *out, struct err *err)
{
    *out = (struct pairs){ 0 };
    struct text part;
    while (text_split(&body, '&', &part)) {
        if (!part.size)
            continue;
        if (out->n == FORM_FIELDS)
            return err_set(err, ERR_LIMIT, "表单的栏目超过 %d 个。", FORM_FIELDS);
        const char *const equals = memchr(part.at, '=', part.size);
        const size_t name = equals ? (size_t)(equals - part.at) : part.size;
        const size_t from = equals ? name + 1 : part.size;
        struct pair pair;
        if (!percent_decode((struct text){ part.at, name }, PERCENT_FORM, mem, &pair.name) ||
            !percent_decode((struct text){ part.at + from, part.size - from }, PERCENT_FORM, mem, &pair.value)) {
            err_set(err, ERR_USAGE, "表单的内容读不懂：编码不是 UTF-8，或含有控制字符。");
            return err_hint(err, "请在页面上重新填写后提交。");
        }
        pairs_add(out, mem, pair.name, pair.value);
    }
    return true;
}
