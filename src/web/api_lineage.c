/* /api/v1: where a number comes from; a stored file; the description of all this. */
#include "app/stored_file.h"
#include "made/openapi.h"
#include "web/api.h"
#include "web/lineage_path.h"
#include "web/pages.h"

bool api_lineage_of(struct request *request, struct response *response, struct err *err)
{
    const struct lineage_request asked = api_lineage(request);
    struct lineage lineage;
    if (!lineage_of(&asked, request_query(request, "of"), request->mem, &lineage, err))
        return false;
    struct out *const out = api_out(request);
    lineage_as_json(out, &lineage);
    api_done(response, out);
    return true;
}

bool api_lineage_cell(struct request *request, struct response *response, struct err *err)
{
    const struct lineage_request asked = api_lineage(request);
    struct cell_asked cell;
    struct lineage lineage;
    if (!lineage_cell_asked(request, &cell, err) ||
        !lineage_of_cell(&asked, cell.sha256, cell.sheet, cell.row, cell.column, request->mem, &lineage, err))
        return false;
    struct out *const out = api_out(request);
    lineage_as_json(out, &lineage);
    api_done(response, out);
    return true;
}

bool api_file(struct request *request, struct response *response, struct err *err)
{
    struct text name, bytes;
    if (!app_stored_file(request->house, &request->actor, request_capture(request, "sha256"), request->now, request->mem, &name, &bytes, err))
        return false;
    response_file(response, bytes, "application/octet-stream", name);
    return true;
}

bool api_openapi(struct request *request, struct response *response, struct err *err)
{
    (void)request;
    (void)err;
    response_json(response, OPENAPI_JSON);
    return true;
}
