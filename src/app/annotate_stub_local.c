#include "app/annotate.h"
bool app_annotate(const char *path, const struct edition *edition, const struct findings *findings, const char *into, struct arena *mem, struct err *err)
{ (void)path;(void)edition;(void)findings;(void)into;(void)mem; return err_set(err, ERR_INPUT, "stub"); }
