/* state.h — one word, one sign, one colour for a state, on every page. */
#pragma once
#include "made/texts.h"
#include "model/assessment.h"

/* The class of web/assets/junheng.css: met, near, unmet, none, na. */
const char *state_class(enum state state);
/* 达标, 达到85%, 不达标, 缺数据, 不适用. */
enum text_key state_word(enum state state);
/* √ △ × □ —, as on paper; on screen the style sheet draws them. */
const char *state_sign(enum state state);
