/* page_import.h — what the pages of the import share. */
#pragma once
#include "app/import.h"
#include "report/compose_import.h"
#include "web/request.h"

/* 「柳林学区2025.xlsx」, 「柳林学区2025.xlsx 等 3 个文件」 */
struct text import_files_said(const struct request *request, const struct import_file_record *files, size_t n);
/* The words of all changes, changed ones first, then emptied, new; conflicts behind them from *conflicts_out on. */
struct import_change *import_changes_said(const struct request *request, const struct import_difference *difference, size_t *conflicts_out);
