/* Accounts from a workbook: the blank, and what came back. */
#include "app/account_import.h"
#include "app/invitation.h"
#include "base/unicode.h"
#include "made/templates.h"
#include "web/access_words.h"
#include "web/frame.h"
#include "web/page_accounts.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/workbook.h"

static void show(struct request *request, struct response *response, const struct account_import *import, struct text file, const struct err *fault)
{
    struct view_accounts_import view = { .frame = frame_of(request, say(request->mem, request->lang, T_ACCOUNTS_IMPORT_TITLE, NULL, 0), "accounts"),
                                         .file = file };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    if (import) {
        view.faults = arena_array(request->mem, import->faults.n + 1, struct import_fault);
        for (size_t i = 0; i < import->faults.n; i++)
            view.faults[view.n++] = (struct import_fault){ import->faults.at[i].sheet, import->faults.at[i].cell, import->faults.at[i].what, import->faults.at[i].hint };
    }
    struct html html = html_begin(request->mem, request->lang);
    template_accounts_import(&html, &view);
    response_html(response, &html);
}

bool page_accounts_import(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    show(request, response, NULL, TEXT(""), NULL);
    return true;
}

bool page_accounts_template(struct request *request, struct response *response, struct err *err)
{
    struct sheet *sheets[2];
    account_import_template(request->mem, sheets);
    return response_workbook(response, sheets, COUNT(sheets), TEXT("账号导入.xlsx"), err);
}

bool page_accounts_import_do(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const upload = request_file(request, "file");
    struct account_import import = { .sheet = TEXT("") };
    struct invitation *made;
    size_t n, fault;
    bool ok = upload != NULL;
    if (!upload)
        err_set(err, ERR_INPUT, "没有选文件。");
    ok = ok && account_import_file(request->house, upload->name, upload->bytes, request->now, request->mem, &import, err);
    if (ok && !import.faults.n) {
        if (app_accounts_invite(request->house, &request->actor, import.wishes, import.n, request->now, request->mem, &made, &n, &fault, err)) {
            struct account_wish *const of = arena_array(request->mem, n, struct account_wish);
            for (size_t i = 0, w = 0; i < n && w < import.n; w++)
                if (text_equal(text_fold(request->mem, import.wishes[w].name), made[i].name))
                    of[i++] = import.wishes[w];
            show_links(request, response, made, of, n);
            return true;
        }
        if (err->kind == ERR_OUTSIDE)
            return false;
        if (fault < import.n) {
            account_import_fault(&import, fault, err, request->mem);
            *err = (struct err){ 0 };
        }
    }
    if (err->kind == ERR_OUTSIDE)
        return false;
    const struct err refused = *err;
    response->status = refused.kind ? status_of(refused.kind) : 422;
    *err = (struct err){ 0 };
    show(request, response, &import, upload ? upload->name : TEXT(""), refused.kind ? &refused : NULL);
    return true;
}
