/* pages.h — the handlers of routes.def, declared. */
#pragma once
#include "web/request.h"

#define ROUTE(method, path, handler, flow, permission, scope, form, class, audit) extern route_handler handler;
#include "web/routes.def"
#undef ROUTE
