#include "app/office_paper.h"

#include "app/audit.h"

struct noting { const struct actor *actor; struct text object, as; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.report", n->object, n->as, n->now, err);
}

bool app_office_paper(struct house *house, const struct actor *actor, struct doc *doc, struct text object, struct text asked, int64_t now,
                      struct arena *mem, struct report_file *out, struct err *err)
{
    const struct text as = asked.size ? asked : TEXT("docx");
    const enum report_form form = report_form_of(text_printf(mem, ".%.*s", TEXT_ARG(as)));
    struct noting noting = { actor, object, text_printf(mem, "as=%.*s", TEXT_ARG(as)), now };
    if (form != REPORT_DOCX && form != REPORT_PDF) {
        err_set(err, ERR_USAGE, "文书不能写成“%.*s”。", (int)(as.size > 20 ? 20 : as.size), as.at ? as.at : "");
        return err_hint(err, "可以是 docx、pdf。");
    }
    out->type = report_form_type(form);
    out->name = text_printf(mem, "%.*s.%.*s", TEXT_ARG(doc_title(doc, mem)), TEXT_ARG(as));
    return app_report_write(doc, form, mem, &out->bytes, err) && db_write(house_db(house), note, &noting, err);
}
