/* A county's own form: the template, a definition sent, looked at before it is put in use. */
#include "web/page_forms.h"

#include "made/templates.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)

static bool show(struct request *request, struct response *response, const struct form_upload *upload, const struct err *fault)
{
    struct arena *const mem = request->mem;
    struct view_form_new view = { .frame = frame_of(request, SAYS(T_FORMS_NEW), "forms") };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    if (upload) {
        view.file = upload->table.file;
        view.faults = arena_array(mem, upload->faults.n + 1, struct form_fault_line);
        for (size_t i = 0; i < upload->faults.n; i++)
            view.faults[view.n_faults++] = (struct form_fault_line){ form_fault_place(&upload->table, &upload->faults.at[i], mem), upload->faults.at[i].what, upload->faults.at[i].mend };
    }
    struct html html = html_begin(mem, request->lang);
    template_form_new(&html, &view);
    response_html(response, &html);
    if (fault || upload)
        response->status = 422;
    return true;
}

bool page_form_new(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    return show(request, response, NULL, NULL);
}

struct keeping { struct request *request; const struct form_upload *upload; int64_t version; };

static bool keep(void *context, struct db_session *session, struct err *err)
{
    struct keeping *const k = context;
    return app_form_keep(k->request->house, session, &k->request->actor, k->upload, k->request->now, k->request->mem, &k->version, err);
}

bool page_form_upload(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const file = request_file(request, "file");
    struct form_upload upload;
    struct err fault;
    if (!app_form_read(request->house, file ? file->name : TEXT(""), file ? file->bytes : TEXT(""), request->mem, &upload, err))
        return forms_fault(err, &fault) && show(request, response, NULL, &fault);
    if (!upload.form)
        return show(request, response, &upload, NULL);
    struct keeping k = { request, &upload, 0 };
    if (!house_write(request->house, keep, &k, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/forms/%.*s?version=%lld", TEXT_ARG(upload.form->id), (long long)k.version));
    return true;
}

bool page_form_template(struct request *request, struct response *response, struct err *err)
{
    static const char XLSX[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const struct text id = request_query(request, "form");
    struct form_info info;
    struct text bytes;
    int64_t version;
    if (!request_query_number(request, "version", 0, 100000, 0, &version, err) || (id.size && !app_form(request->house, id, version, request->mem, &info, err)) ||
        !app_form_template(id.size ? &info : NULL, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, XLSX, id.size ? text_printf(request->mem, "表的定义-%.*s.xlsx", TEXT_ARG(info.title)) : TEXT("表的定义-模板.xlsx"));
    return true;
}
