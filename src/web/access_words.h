/* access_words.h — what the pages of accounts share: roles, places, ends in words, and the lists to choose from. */
#pragma once
#include "app/accounts.h"
#include "web/request.h"
#include "web/view_access.h"

struct text role_said(const struct request *request, enum role role);
/* 一直有效, or the last day. */
struct text until_said(const struct request *request, int64_t valid_until);
/* Roles that can be given on a page; kinds of places. */
struct choices role_choices(const struct request *request, struct text chosen);
struct choices kind_choices(const struct request *request, struct text chosen);
/* The wish of a form: role, kind, place, until.   Errors  ERR_INPUT */
bool wish_of_form(const struct request *request, struct account_wish *out, struct err *err) MUST_CHECK;
