/* workbook.h — sheets as an .xlsx file to keep. */
#pragma once
#include "model/sheet.h"
#include "web/response.h"

/* On a slow thread (FLOW_SLOW): the file passes through a folder of its own in TMPDIR.  name: with its ending. */
bool response_workbook(struct response *response, struct sheet *const *sheets, size_t n, struct text name, struct err *err) MUST_CHECK;
