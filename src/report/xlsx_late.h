/* xlsx_late.h — libxlsxwriter, loaded only when a workbook is to be written: it brings libcrypto along,
 * which every other command would pay for at its start. */
#pragma once
#include "base/err.h"

#include <xlsxwriter.h>

#define XLSX_CALLS(X) \
    X(format_set_align) X(format_set_bg_color) X(format_set_bold) X(format_set_border)      \
    X(format_set_border_color) X(format_set_font_color) X(format_set_font_name)             \
    X(format_set_font_size) X(format_set_num_format) X(format_set_text_wrap)                \
    X(format_set_underline) X(format_set_unlocked) X(lxw_strerror) X(workbook_add_format)   \
    X(workbook_add_worksheet) X(workbook_close) X(workbook_new) X(workbook_set_properties)  \
    X(worksheet_activate) X(worksheet_autofilter) X(worksheet_data_validation_range)        \
    X(worksheet_fit_to_pages) X(worksheet_freeze_panes) X(worksheet_ignore_errors)          \
    X(worksheet_merge_range) X(worksheet_print_area) X(worksheet_protect)                   \
    X(worksheet_repeat_columns) X(worksheet_repeat_rows) X(worksheet_set_column)            \
    X(worksheet_set_footer) X(worksheet_set_header) X(worksheet_set_landscape)              \
    X(worksheet_set_margins)                                                                \
    X(worksheet_set_paper) X(worksheet_set_print_scale) X(worksheet_set_row)                \
    X(worksheet_set_selection) X(worksheet_write_blank) X(worksheet_write_boolean)          \
    X(worksheet_write_comment_opt) X(worksheet_write_datetime) X(worksheet_write_number)    \
    X(worksheet_write_string) X(worksheet_write_url_opt)

#define XLSX_CALL(name) __typeof__(name) *name;
struct xlsx_calls { XLSX_CALLS(XLSX_CALL) };
#undef XLSX_CALL

extern struct xlsx_calls xlsx;  /* xlsx.workbook_new(…) and so on, once loaded */

/* Before the first call of a workbook to be written at `path`; ERR_OUTSIDE where the library is not installed. */
bool xlsx_load(const char *path, struct err *err) MUST_CHECK;
