/* A return as a workbook: given out, and read back into the draft. */
#include "web/page_returns.h"

#include "made/templates.h"
#include "model/finding.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static const char XLSX[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

bool page_return_workbook(struct request *request, struct response *response, struct err *err)
{
    struct collection_record *all;
    struct text name, bytes;
    size_t n;
    int year;
    if (!returns_year(request, &year, &all, &n, err) ||
        !app_entry_workbook(request->house, &request->actor, year, request_capture(request, "code"), request->now, request->mem, &name, &bytes, err))
        return false;
    response_file(response, bytes, XLSX, name);
    return true;
}

static struct upload_finding finding_said(const struct request *request, const struct finding *f)
{
    char cell[16];
    struct text where = f->sheet;
    if (f->row && f->column)
        where = text_printf(request->mem, "%.*s%s%s", TEXT_ARG(f->sheet), f->sheet.size ? " " : "", cell_name(cell, f->row, f->column));
    return (struct upload_finding){ where, f->read, f->expected, f->mend };
}

bool page_return_upload(struct request *request, struct response *response, struct err *err)
{
    const struct text code = request_capture(request, "code");
    const struct upload *const file = request_file(request, "file");
    struct collection_record *all;
    struct entry_uploaded got;
    size_t n;
    int year;
    if (!returns_year(request, &year, &all, &n, err))
        return false;
    response->back = return_path(request, code, "", year);
    if (!file) {
        err_set(err, ERR_INPUT, "没有选文件。");
        return err_hint(err, "请先下载本校的工作簿，填好后在这里上传。");
    }
    if (!app_entry_upload(request->house, &request->actor, year, code, file->name, file->bytes, request->now, request->mem, &got, err))
        return false;
    struct view_return_upload view = { .frame = returns_frame(request, SAYS(T_RETURNS_UPLOAD_TITLE), all, n, year), .code = code,
                                       .year = text_printf(request->mem, "%d", year), .file = file->name, .back_path = return_path(request, code, "", year),
                                       .path = return_path(request, code, "/workbook", year), .same = got.same, .others = got.others,
                                       .changes = arena_array(request->mem, got.n_changes + 1, struct upload_change), .n_changes = got.n_changes,
                                       .findings = arena_array(request->mem, got.n_findings + 1, struct upload_finding), .n_findings = got.n_findings };
    view.sentence = SAYS_OF(T_RETURNS_UPLOADED, file->name, say_count(request->mem, (int64_t)got.n_changes), say_count(request->mem, (int64_t)got.n_findings));
    for (size_t i = 0; i < got.n_changes; i++)
        view.changes[i] = (struct upload_change){ got.changes[i].name, text_printf(request->mem, "%.*s#about-%.*s", TEXT_ARG(view.back_path), TEXT_ARG(got.changes[i].item)),
                                                  got.changes[i].before.size ? got.changes[i].before : SAYS(T_RETURNS_BLANK), got.changes[i].after };
    for (size_t i = 0; i < got.n_findings; i++)
        view.findings[i] = finding_said(request, &got.findings[i]);
    struct html html = html_begin(request->mem, request->lang);
    template_return_upload(&html, &view);
    response_html(response, &html);
    return true;
}
