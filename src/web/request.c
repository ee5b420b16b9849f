#include "web/request.h"

struct text request_capture(const struct request *request, const char *name)
{
    const size_t k = route_capture(request->route, name);
    return k < ROUTE_CAPTURES ? request->captures[k] : (struct text){ 0 };
}

struct text request_query(const struct request *request, const char *name)
{
    struct text value;
    pairs_get(&request->query, name, &value);
    return value;
}

struct text request_field(const struct request *request, const char *name)
{
    struct text value;
    pairs_get(&request->fields, name, &value);
    return value;
}

static bool whole_number(struct text value, const char *name, int64_t from, int64_t to, int64_t otherwise, int64_t *out,
                         struct err *err)
{
    *out = otherwise;
    if (!value.size)
        return true;
    const bool minus = *value.at == '-';
    int64_t number = 0;
    bool good = value.size > (minus ? 1 : 0) && value.size <= 18;
    for (size_t i = minus ? 1 : 0; good && i < value.size; i++) {
        good = value.at[i] >= '0' && value.at[i] <= '9';
        number = number * 10 + (value.at[i] - '0');
    }
    number = minus ? -number : number;
    if (!good || number < from || number > to)
        return err_set(err, ERR_USAGE, "“%s”应为 %lld 到 %lld 之间的整数，读到“%.*s”。", name, (long long)from, (long long)to,
                       value.size > 60 ? 60 : (int)value.size, value.at);
    *out = number;
    return true;
}

bool request_query_number(const struct request *request, const char *name, int64_t from, int64_t to, int64_t otherwise,
                          int64_t *out, struct err *err)
{
    return whole_number(request_query(request, name), name, from, to, otherwise, out, err);
}

bool request_field_number(const struct request *request, const char *name, int64_t from, int64_t to, int64_t otherwise,
                          int64_t *out, struct err *err)
{
    return whole_number(request_field(request, name), name, from, to, otherwise, out, err);
}

const struct upload *request_file(const struct request *request, const char *field)
{
    for (size_t i = 0; i < request->n_files; i++) {
        if (text_equal(request->files[i].field, text_of(field)))
            return &request->files[i];
    }
    return NULL;
}

struct text request_target(const struct request *request)
{
    return request->raw_query.size ? text_printf(request->mem, "%.*s?%.*s", TEXT_ARG(request->path), TEXT_ARG(request->raw_query))
                                   : request->path;
}
