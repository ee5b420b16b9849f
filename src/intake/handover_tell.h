/* handover_tell.h — the process's end of the pipe. */
#pragma once
#include "base/err.h"
#include "intake/handover_frame.h"
#include "model/finding.h"
#include "model/returns.h"

/* One frame; ends the process when nobody listens any more. */
void tell(int fd, enum frame_kind kind, struct text content);
void tell_bytes(int fd, struct text bytes);
/* names[n_files]: findings and sources are told by their number. */
void tell_findings(int fd, const struct findings *findings, const struct text *names, size_t n_files);
/* Errors: ERR_LIMIT when there is more of it than the other side takes. */
bool tell_returns(int fd, const struct returns *returns, const struct text *names, size_t n_files, struct err *err) MUST_CHECK;
