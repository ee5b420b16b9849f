#include "web/response.h"

#include "web/percent.h"

#include <assert.h>

void response_html(struct response *response, const struct html *html)
{
    response->type = TEXT("text/html; charset=utf-8");
    response->body = html_collected(html);
}

void response_json(struct response *response, struct text json)
{
    response->type = TEXT("application/json");
    response->body = json;
}

void response_text(struct response *response, struct text text)
{
    response->type = TEXT("text/plain; charset=utf-8");
    response->body = text;
}

static struct text one_line(struct text value, struct arena *mem)
{
    char *const made = arena_copy_string(mem, value.at, value.size);
    size_t n = 0;
    for (size_t i = 0; i < value.size; i++) {
        if ((unsigned char)value.at[i] >= ' ' && value.at[i] != 0x7F)
            made[n++] = value.at[i];
    }
    made[n] = '\0';
    return (struct text){ made, n };
}

void response_redirect(struct response *response, struct text path)
{
    response->status = 303;
    response->location = one_line(path, response->mem);
    response->type = TEXT("text/plain; charset=utf-8");
    response->body = (struct text){ 0 };
}

void response_file(struct response *response, struct text bytes, const char *type, struct text name)
{
    response->type = text_of(type);
    response->body = bytes;
    const char *const dot = name.size ? memrchr(name.at, '.', name.size) : NULL;
    const struct text ending = dot ? (struct text){ dot, name.size - (size_t)(dot - name.at) } : (struct text){ 0 };
    response_header(response, "Content-Disposition",
                    text_printf(response->mem, "attachment; filename=\"junheng%.*s\"; filename*=UTF-8''%.*s", TEXT_ARG(ending),
                                TEXT_ARG(percent_encode_path(name, response->mem))));
}

void response_header(struct response *response, const char *name, struct text value)
{
    assert(response->n_headers < RESPONSE_HEADERS);
    response->headers[response->n_headers].name = text_of(name);
    response->headers[response->n_headers++].value = one_line(value, response->mem);
}

void response_shared(struct response *response)
{
    response->shared = true;
}
