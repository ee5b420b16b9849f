#include "import/annotate.h"
#include "import/grid.h"
bool xlsx_annotate(struct arena *mem, struct text bytes, const struct findings *findings, struct text *bytes_out, struct err *err) { (void)mem; (void)bytes; (void)findings; (void)bytes_out; return err_set(err, ERR_INPUT, "pending"); }
