/* page_office.h — what the office's pages share. */
#pragma once
#include "app/place_names.h"
#include "web/request.h"
#include "web/view_office.h"
#include "work/concern_state.h"

enum { OFFICE_PAGE = 100 };
/* What places are called now. */
const struct place_names *office_names(const struct request *request);
/* The county, departments, townships, schools to choose from: those of `kinds` (bits of place_kind), of who does not see the county his own alone. */
struct office_places office_places(const struct request *request, const struct place_names *names, unsigned kinds, struct text chosen);
enum { OFFICE_ANY = 1u << PLACE_COUNTY | 1u << PLACE_DEPARTMENT | 1u << PLACE_TOWNSHIP | 1u << PLACE_SCHOOL };
/* Words as options; `all`: the option that leaves all, first (empty: none). */
struct office_option *office_options(const struct request *request, const struct office_word *words, size_t n, struct text all, struct text chosen, size_t *n_out);
/* A place of the form's field. */
bool office_place_field(const struct request *request, const char *field, struct place *out, struct err *err) MUST_CHECK;
/* The number of {id} in the path.   Errors  ERR_ABSENT */
bool office_id(const struct request *request, const char *capture, const char *what, int64_t *out, struct err *err) MUST_CHECK;
/* ?page=, from 0; the links to the pages before and after of `path` (with its query, ended by ? or &). */
int64_t office_page(const struct request *request);
struct office_pages office_pages(const struct request *request, struct text path, int64_t page, size_t shown, int64_t all);
/* Lines as paragraphs. */
struct text *office_paragraphs(const struct request *request, struct text words, size_t *n_out);
struct text office_today(const struct request *request);
