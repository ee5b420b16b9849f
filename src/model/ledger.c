#include "model/ledger.h"

static const struct { const char *word, *zh; bool measured; } KINDS[N_LEDGER_KINDS] = {
    [LEDGER_LEVEL] = { "level", "资源配置", true },             [LEDGER_CV] = { "cv", "差异系数", true },
    [LEDGER_GOVERNMENT] = { "government", "政府保障", true },   [LEDGER_QUALITY] = { "quality", "教育质量", true },
    [LEDGER_RECOGNITION] = { "recognition", "社会认可", true }, [LEDGER_VETO] = { "veto", "一票否决", true },
    [LEDGER_PRECONDITION] = { "precondition", "申报前提", true }, [LEDGER_PLAN_ITEM] = { "plan", "方案事项", false },
    [LEDGER_OTHER] = { "other", "其他", false },
};

struct text ledger_kind_word(enum ledger_kind kind) { return text_of(KINDS[kind].word); }
struct text ledger_kind_zh(enum ledger_kind kind) { return text_of(KINDS[kind].zh); }
bool ledger_kind_measured(enum ledger_kind kind) { return KINDS[kind].measured; }

bool ledger_kind_of(struct text word, enum ledger_kind *out)
{
    for (int k = 0; k < N_LEDGER_KINDS; k++)
        if (text_equal(word, text_of(KINDS[k].word)) || text_equal(word, text_of(KINDS[k].zh))) {
            *out = (enum ledger_kind)k;
            return true;
        }
    return false;
}
