/* page_accounts.h — what the pages of accounts share. */
#pragma once
#include "app/invitation.h"
#include "web/request.h"

/* Invitations, shown this once.   Given  wishes[n] of the same order; NULL: whose names are not at hand */
void show_links(struct request *request, struct response *response, const struct invitation *made, const struct account_wish *wishes, size_t n);
