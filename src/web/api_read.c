#include "web/api_read.h"

#include "base/number.h"

#include <jansson.h>

enum { KEY_LEAST = 8, KEY_MOST = 200 };

static const json_t *as_json(const struct json *value)
{
    return (const json_t *)value;
}

const struct json *api_member(const struct json *object, const char *key)
{
    return (const struct json *)json_object_get(as_json(object), key);
}

bool api_is_object(const struct json *value)
{
    return json_is_object(as_json(value));
}

bool api_is_list(const struct json *value)
{
    return json_is_array(as_json(value));
}

size_t api_size(const struct json *list)
{
    return json_array_size(as_json(list));
}

const struct json *api_at(const struct json *list, size_t i)
{
    return (const struct json *)json_array_get(as_json(list), i);
}

static void let_go(void *json)
{
    json_decref(json);
}

bool api_body(const struct request *request, const struct json **out, struct err *err)
{
    json_error_t fault;
    json_t *const json = json_loadb(request->body.at ? request->body.at : "", request->body.size, JSON_REJECT_DUPLICATES, &fault);
    if (json)
        arena_defer(request->mem, let_go, json);
    if (json_is_object(json)) {
        *out = (const struct json *)json;
        return true;
    }
    err_set(err, ERR_USAGE, "请求的内容不是 JSON 对象%s。", json ? "" : "，或者写错了");
    if (!json)
        err_detail(err, "%s", fault.text);
    return json ? err_hint(err, "格式见 /api/v1/openapi.json。") : err_hint(err, "第 %d 行第 %d 列附近；格式见 /api/v1/openapi.json。", fault.line, fault.column);
}

static bool wrong(const char *key, const char *expected, struct err *err)
{
    err_set(err, ERR_USAGE, "“%s”应为%s。", key, expected);
    return err_hint(err, "格式见 /api/v1/openapi.json。");
}

bool api_text(const struct json *object, const char *key, struct text *out, struct err *err)
{
    const json_t *const value = as_json(api_member(object, key));
    *out = TEXT("");
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return wrong(key, "文字", err);
    *out = (struct text){ json_string_value(value), json_string_length(value) };
    return true;
}

bool api_integer(const struct json *object, const char *key, int64_t from, int64_t to, int64_t otherwise, int64_t *out, struct err *err)
{
    const json_t *const value = as_json(api_member(object, key));
    *out = otherwise;
    if (!value)
        return true;
    if (!json_is_integer(value) || json_integer_value(value) < from || json_integer_value(value) > to)
        return wrong(key, "整数，并在范围之内", err);
    *out = json_integer_value(value);
    return true;
}

bool api_bool(const struct json *object, const char *key, bool otherwise, bool *out, struct err *err)
{
    const json_t *const value = as_json(api_member(object, key));
    *out = value ? json_is_true(value) : otherwise;
    return !value || json_is_boolean(value) || wrong(key, " true 或 false", err);
}

bool api_needs_key(const struct request *request, struct err *err)
{
    if (request->act_key.size >= KEY_LEAST && request->act_key.size <= KEY_MOST)
        return true;
    err_set(err, ERR_USAGE, "缺少请求头 Idempotency-Key，或它不是 %d 到 %d 个字符。", KEY_LEAST, KEY_MOST);
    return err_hint(err, "请给每一次改动一个自己的随机键；没有收到回答就用同一个键重发，改动只做一次。");
}

/* ---- figures --------------------------------------------------------------------------------- */

static bool choice(struct arena *mem, const struct item *item, struct text said, struct api_figure *out)
{
    const unsigned value = item_value(item, said);
    if (value) {
        out->typed = item->values[value - 1].zh;
        out->number = value;
    } else {
        out->typed = text_copy(mem, said);
    }
    return true;
}

bool api_figure(struct arena *mem, const struct item *item, const struct json *sent, struct api_figure *out, struct err *err)
{
    const json_t *const value = as_json(sent);
    *out = (struct api_figure){ .number = BLANK };
    if (!value || json_is_null(value))
        return true;
    if (json_is_string(value)) {
        const struct text said = { json_string_value(value), json_string_length(value) };
        if (item->type == ITEM_ENUM)
            return choice(mem, item, said, out);
        out->typed = text_copy(mem, said);
        if (item->type == ITEM_TEXT)
            out->text = out->typed;
        return true;
    }
    if (json_is_boolean(value)) {
        out->number = json_is_true(value);
        out->typed = json_is_true(value) ? TEXT("是") : TEXT("否");
        return true;
    }
    if (!json_is_number(value))
        return wrong("value", "数、文字、true、false 或 null", err);
    char digits[NUMBER_SIZE];
    out->number = json_number_value(value);
    out->typed = text_copy(mem, (struct text){ digits, number_shortest(digits, out->number) });
    return true;
}
