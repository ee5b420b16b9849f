/* svg_qr.h — a QR code, drawn by libqrencode (LGPL), which is loaded when the first one is asked for. */
#pragma once
#include "web/html.h"

/* 200 pixels square with its quiet zone; empty where the library is not installed or the text too long: then the text stands alone. */
struct svg svg_qr(struct arena *mem, struct text text);
