#include "web/api.h"

struct out *api_out(const struct request *request)
{
    return out_new_memory(request->mem);
}

void api_done(struct response *response, struct out *out)
{
    response_json(response, out_collected(out));
}

void api_write_figure(struct out *out, const char *key, const struct item *item, double number, struct text text)
{
    if (item->type == ITEM_TEXT && text.size)
        json_text(out, key, text);
    else if (item->type == ITEM_TEXT || is_blank(number))
        json_null(out, key);
    else if (item->type == ITEM_BOOLEAN)
        json_bool(out, key, number != 0);
    else if (item->type == ITEM_ENUM && number >= 1 && number <= (double)item->n_values)
        json_text(out, key, item->values[(size_t)number - 1].code);
    else
        json_number(out, key, number);
}

bool api_item(const struct item_list *items, struct text code, uint16_t *out, struct err *err)
{
    *out = item_find(items, code);
    if (*out != NO_ITEM)
        return true;
    err_set(err, ERR_ABSENT, "没有指标项“%.*s”。", (int)(code.size < 80 ? code.size : 0), code.at);
    return err_hint(err, "指标项代码见 junheng standard items，或 /api/v1/figures。");
}

struct lineage_request api_lineage(const struct request *request)
{
    return (struct lineage_request){ request->house, request->snapshot, &request->actor, request->lang };
}
