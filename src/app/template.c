#include "app/template.h"

#include "report/write_template.h"

bool app_template(const struct edition *edition, enum item_level level, const char *path, struct err *err)
{
    return write_template(edition, level, path, err);
}
