/* input.h — the file that is to be read: opened by us, read by the child. */
#pragma once
#include "import/csv_input.h"
#include "import/grid.h"
#include "import/sniff.h"

struct input {
    int fd;
    uint64_t size;
    struct text name;      /* without its folder, for people */
};

/* Opens a plain file.  Where fd is not negative the file is open already: it is taken over as a
 * duplicate, and the path is only what people call it.  Errors: ERR_ABSENT, ERR_INPUT. */
bool input_open(const char *path, int fd, struct input *out, struct err *err) MUST_CHECK;
void input_close(struct input *input);

enum {
    BOOK_MOST = 20 * 1024 * 1024,     /* bytes of a workbook (security.md §4) */
    BOOK_SECONDS = 20,
    CHILD_MEMORY = 512 * 1024 * 1024,
    LARGE_CSV = 4 * 1024 * 1024,      /* from here on several children share it */
};
/* By its first bytes alone: a workbook (zip or compound file), which is bounded in size and time. */
bool input_is_book(const struct input *input);

/* What a child has to open before it is locked. */
struct input_tools { struct csv_decoders decoders; };
bool input_prepare(struct arena *mem, bool book, struct input_tools *out, struct err *err) MUST_CHECK;
/* In the child: which kind of file this is; refuses what cannot be read.  The bytes of a workbook
 * are mapped; of a text they are only looked at. */
bool input_kind(const struct input *input, struct arena *mem, enum file_kind *kind_out, struct text *bytes_out, struct err *err) MUST_CHECK;
struct csv_input input_csv(const struct input *input);
bool input_workbook(struct arena *mem, enum file_kind kind, struct text bytes, struct workbook *out, struct err *err) MUST_CHECK;
/* How many processes can work at once. */
unsigned input_cores(void);
