/* Import: confirmed, dropped, undone. */
#include "app/import.h"
#include "base/number.h"
#include "web/pages.h"

static struct text page_of(const struct request *request)
{
    return text_printf(request->mem, "/import/%.*s", TEXT_ARG(request_capture(request, "id")));
}

/* "pick:2025:3141000001:pupils_primary" */
static bool choice_of(struct text name, struct figure_choice *out)
{
    static const struct text BEGIN = { "pick:", sizeof "pick:" - 1 };
    double year;
    struct text kind;
    if (!text_starts(name, BEGIN))
        return false;
    name.at += BEGIN.size;
    name.size -= BEGIN.size;
    const char *const last = name.size ? memrchr(name.at, ':', name.size) : NULL;
    if (!last)
        return false;
    out->item = (struct text){ last + 1, name.size - (size_t)(last + 1 - name.at) };
    name.size = (size_t)(last - name.at);
    if (!memchr(name.at, ':', name.size) || !text_split(&name, ':', &kind) || kind.size != 4 || !number_parse(kind, &year))
        return false;
    out->year = (int)year;
    out->school = name;
    return true;
}

static void take_choices(const struct request *request, struct import_decision *decision)
{
    struct figure_choice *const take = arena_array(request->mem, request->fields.n, struct figure_choice);
    for (size_t i = 0; i < request->fields.n; i++) {
        const struct pair *const field = &request->fields.pair[i];
        if (text_equal(field->value, TEXT("file")) && choice_of(field->name, &take[decision->n_take]))
            decision->n_take++;
    }
    decision->take = take;
}

bool page_import_confirm(struct request *request, struct response *response, struct err *err)
{
    const struct text errors = request_field(request, "errors");
    struct import_decision decision = { .errors = text_equal(errors, TEXT("clean"))   ? IMPORT_CLEAN_SCHOOLS
                                                  : text_equal(errors, TEXT("leave")) ? IMPORT_LEAVE_OUT
                                                                                      : IMPORT_NO_ERRORS };
    struct import_done done;
    response->back = page_of(request);
    take_choices(request, &decision);
    if (!request_field_number(request, "seen", 0, INT64_MAX, -1, &decision.seen_version, err))
        return false;
    if (decision.seen_version < 0) { /* anything at all would do for the store: what was looked at must be said */
        err_set(err, ERR_USAGE, "没有说明核对的是哪一版数据。");
        return err_hint(err, "请在核对页上点“确认导入”。");
    }
    if (!app_import_confirm(request->house, request->writing, &request->actor, request_capture(request, "id"), &decision, request->now, &done, err))
        return false;
    response_redirect(response, page_of(request));
    return true;
}

bool page_import_drop(struct request *request, struct response *response, struct err *err)
{
    response->back = page_of(request);
    if (!app_import_drop(request->house, request->writing, &request->actor, request_capture(request, "id"), request->now, err))
        return false;
    response_redirect(response, TEXT("/import"));
    return true;
}

bool page_import_undo(struct request *request, struct response *response, struct err *err)
{
    struct import_undone undone;
    response->back = page_of(request);
    if (!app_import_undo(request->house, request->writing, &request->actor, request_capture(request, "id"), request->now, &undone, err))
        return false;
    response_redirect(response, page_of(request));
    return true;
}
