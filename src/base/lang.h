/* lang.h — the languages readers read: Chinese first, English by a switch. */
#pragma once

enum lang { LANG_ZH, LANG_EN, N_LANGS };
