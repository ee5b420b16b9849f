/* multipart.h — a form with files, multipart/form-data, out of a whole body in memory. */
#pragma once
#include "web/pairs.h"

enum {
    MULTIPART_FILES = 64, MULTIPART_FIELDS = 256, MULTIPART_FIELD = 256 * 1024,
    MULTIPART_FILE = 20 * 1024 * 1024, MULTIPART_SIZE = 64 * 1024 * 1024, MULTIPART_HEAD = 4096,
};

struct upload {
    struct text field;  /* of the form */
    struct text name;   /* what the sender calls the file, without folders: to be shown, never to be a path */
    struct text bytes;  /* points into the body */
};

struct multipart { struct pairs fields; struct upload *files; size_t n_files; };

/* Takes the boundary out of "multipart/form-data; boundary=…"; false when it is no such type or a wrong boundary. */
bool multipart_boundary(struct text content_type, struct text *boundary_out);
/* A file field left empty (no name, no bytes) is no file.
 *   Errors  ERR_USAGE: malformed, cut off; ERR_LIMIT: too many or too large, naming the file */
bool multipart_parse(struct text body, struct text boundary, struct arena *mem, struct multipart *out, struct err *err) MUST_CHECK;
