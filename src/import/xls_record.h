/* xls_record.h — the records of a BIFF8 stream ([MS-XLS]), and what runs on into CONTINUE. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum xls_type {
    XLS_FORMULA = 0x0006, XLS_EOF = 0x000A, XLS_DATEMODE = 0x0022, XLS_FILEPASS = 0x002F, XLS_CONTINUE = 0x003C,
    XLS_BOUNDSHEET = 0x0085, XLS_MULRK = 0x00BD, XLS_RSTRING = 0x00D6, XLS_XF = 0x00E0, XLS_MERGEDCELLS = 0x00E5,
    XLS_SST = 0x00FC, XLS_LABELSST = 0x00FD, XLS_NUMBER = 0x0203, XLS_LABEL = 0x0204, XLS_BOOLERR = 0x0205,
    XLS_STRING = 0x0207, XLS_RK = 0x027E, XLS_FORMAT = 0x041E, XLS_BOF = 0x0809,
};

struct xls_record {
    unsigned type;
    struct text body;
};

/* Takes the record at *at and moves on behind it.
 * Returns false at the end of the stream, and where a record is longer than what is left. */
bool xls_next(struct text stream, size_t *at, struct xls_record *out);

/* Little-endian numbers in a body; the caller has checked its size. */
unsigned xls_u16(struct text body, size_t at);
uint32_t xls_u32(struct text body, size_t at);
double xls_double(struct text body, size_t at);
double xls_rk(uint32_t rk);

/* Reads on through a record and its CONTINUEs. */
struct xls_reader {
    struct text stream;
    size_t at, end;  /* of the part that is being read */
    bool broken;     /* asked for more than there is: all reads give 0 from then on */
};

/* Starts `skip` bytes into the record (its body must be a part of the stream). */
struct xls_reader xls_reader_of(struct text stream, struct xls_record record, size_t skip);
bool xls_reader_has_more(struct xls_reader *reader);
unsigned xls_read_u8(struct xls_reader *reader);
unsigned xls_read_u16(struct xls_reader *reader);
uint32_t xls_read_u32(struct xls_reader *reader);
/* A string with a 16-bit count of characters (8-bit where `small`), appended to `into` as UTF-8;
 * fonts and phonetic guides are passed over.  False when the record is broken. */
bool xls_read_string(struct xls_reader *reader, bool small, struct buf *into);
