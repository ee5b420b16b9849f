/* What leaves as a workbook to be filled in or changed, and comes back through the import. */
#include "app/export.h"
#include "web/pages.h"

static const char XLSX[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

bool page_export_returns(struct request *request, struct response *response, struct err *err)
{
    struct exported made;
    if (!app_export_returns(request->house, request->snapshot, &request->actor, request->year, request->now, request->mem, &made, err))
        return false;
    response_header(response, "X-Rows", text_printf(request->mem, "%zu of %zu", made.rows, made.of));
    response_file(response, made.bytes, XLSX, made.name);
    return true;
}

bool page_export_template(struct request *request, struct response *response, struct err *err)
{
    struct exported made;
    const enum item_level level = text_equal(request_query(request, "level"), TEXT("county")) ? ITEM_COUNTY : ITEM_SCHOOL;
    if (!app_export_template(request->snapshot->edition, level, request->mem, &made, err))
        return false;
    response_file(response, made.bytes, XLSX, made.name);
    return true;
}
