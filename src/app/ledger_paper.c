#include "app/ledger_paper.h"

#include "app/place_names.h"
#include "base/day.h"
#include "report/words.h"

enum { P_NUMBER, P_PLACE, P_PROBLEM, P_MISSING, P_MEASURE, P_OWNER, P_COST, P_DUE, P_STATE, N_P };
static const struct { const char *head; double width; } HEADS[N_P] = {
    { "编号", 4 }, { "单位", 9 }, { "问题", 15 }, { "缺多少", 7 }, { "措施", 12 }, { "责任单位", 8 }, { "经费（万元）", 8 }, { "时限", 11 }, { "销号", 7 },
};

static struct text cost_said(struct arena *mem, int64_t yuan)
{
    return yuan < 0 ? TEXT("") : words_fixed(mem, (double)yuan / 10000, 2);
}

static struct text stage_said(struct text stage)
{
    return text_equal(stage, TEXT("primary")) ? TEXT("（小学）") : text_equal(stage, TEXT("junior")) ? TEXT("（初中）") : TEXT("");
}

static struct text state_said(const struct ledger_row *row, struct arena *mem)
{
    const enum ledger_state state = ledger_row_state(row);
    if (state == LEDGER_VERIFIED)
        return text_printf(mem, "已销号 %.*s", TEXT_ARG(row->verified_day));
    return row->fallen && ledger_open(state) ? text_printf(mem, "%.*s（滑坡）", TEXT_ARG(ledger_state_zh(state))) : ledger_state_zh(state);
}

static struct text owner_said(const struct ledger_row *row, struct arena *mem)
{
    return row->plan.person.size ? text_printf(mem, "%.*s %.*s", TEXT_ARG(row->plan.owner_shown), TEXT_ARG(row->plan.person)) : row->plan.owner_shown;
}

/* One row of the table; a school's own paper names only the stage. */
static struct text cell_said(const struct ledger_row *row, int column, bool one_school, struct arena *mem)
{
    switch (column) {
    case P_NUMBER: return text_printf(mem, "%lld", (long long)row->id);
    case P_PLACE:
        if (!one_school)
            return text_printf(mem, "%.*s%.*s", TEXT_ARG(row->now.place_shown), TEXT_ARG(stage_said(row->of.stage)));
        return row->of.stage.size ? text_equal(row->of.stage, TEXT("primary")) ? TEXT("小学") : TEXT("初中") : TEXT("全校");
    case P_PROBLEM: return row->now.problem;
    case P_MISSING: return row->now.passes || is_blank(row->now.missing) ? TEXT("") : words_quantity(mem, row->now.quantity, row->now.missing);
    case P_MEASURE: return row->plan.measure.size ? row->plan.measure : row->plan.project;
    case P_OWNER: return owner_said(row, mem);
    case P_COST: return cost_said(mem, row->plan.cost_yuan);
    case P_DUE: return row->plan.due;
    default: return state_said(row, mem);
    }
}

static void put_table(struct doc *doc, struct doc_section *section, struct text caption, const struct ledger_row *rows, size_t n, bool one_school)
{
    struct arena *const mem = doc->mem;
    struct doc_table *const table = doc_table(doc, section, TEXT("ledger"), caption, N_P, n + 1, 1);
    table->width = arena_array(mem, N_P, double);
    for (size_t c = 0; c < N_P; c++) {
        table->width[c] = one_school && c == P_PLACE ? 4 : HEADS[c].width;
        doc_put(mem, table, 0, c, DOC_CENTRE, one_school && c == P_PLACE ? TEXT("学段") : text_of(HEADS[c].head));
    }
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < N_P; c++)
            doc_put(mem, table, i + 1, c, c == P_COST ? DOC_RIGHT : c == P_NUMBER || c == P_DUE ? DOC_CENTRE : DOC_LEFT,
                    cell_said(&rows[i], (int)c, one_school, mem));
}

static void put_head(struct doc *doc, const struct snapshot *s, int64_t now)
{
    const struct day today = day_of(now);
    doc->header = text_printf(doc->mem, "%s第 %llu 版数据，%.*s生成", s->fictional ? "虚构数据，" : "", (unsigned long long)s->version,
                              TEXT_ARG(day_shown(now, doc->mem)));
    doc->date = text_printf(doc->mem, "%d年%d月%d日", today.year, today.month, today.day);
}

/* ---- a school ------------------------------------------------------------------------------- */

static struct text name_of(const struct snapshot *s, struct text school, int64_t now, const struct actor *actor, struct arena *mem)
{
    struct place_names names;
    const struct place place = { PLACE_SCHOOL, school };
    place_names_of(s, now, mem, &names);
    const struct place_choice *const found = place_find(&names, place);
    return found && actor_covers(actor, school, found->township) ? found->name : TEXT("");
}

bool app_ledger_school_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text school, int64_t now,
                             struct arena *mem, struct doc **out, struct err *err)
{
    const struct ledger_filter filter = { .place_kind = TEXT("school"), .place_name = school, .most = LEDGER_PAPER_MOST };
    struct ledger_page page;
    const struct text name = name_of(snapshot, school, now, actor, mem);
    if (!name.size) {
        err_set(err, ERR_ABSENT, "没有代码是“%.*s”的学校。", (int)(school.size < 40 ? school.size : 40), school.at);
        return err_hint(err, "请从台账或学校的页面进入。");
    }
    if (!app_ledger_list(house, actor, &filter, now, mem, &page, err))
        return false;
    /* Open ones first. */
    struct ledger_row *const rows = arena_array(mem, page.n + 1, struct ledger_row);
    size_t n = 0;
    for (int open = 1; open >= 0; open--)
        for (size_t i = 0; i < page.n; i++)
            if (ledger_open(ledger_row_state(&page.rows[i])) == (open == 1))
                rows[n++] = page.rows[i];
    struct doc *const doc = doc_new(mem, text_printf(mem, "%.*s\n标准化建设“一校一策”", TEXT_ARG(name)));
    struct doc_section *const section = doc_add(doc, TEXT("school"), 0, TEXT(""));
    put_head(doc, snapshot, now);
    const struct ledger_sum *const t = &page.total;
    if (!n)
        doc_say(mem, doc_paragraph(doc, section), TEXT("台账里没有本校的事项。"));
    else
        doc_sayf(mem, doc_paragraph(doc, section), "台账中本校有 %lld 项：未了结 %lld 项，已销号 %lld 项；未了结的计划经费 %.*s 万元。", (long long)t->n,
                 (long long)t->open, (long long)t->verified, TEXT_ARG(cost_said(mem, t->open_cost_yuan)));
    if (n)
        put_table(doc, section, TEXT("本校事项"), rows, n, true);
    doc->signer = name;
    *out = doc;
    return true;
}

/* ---- the county ----------------------------------------------------------------------------- */

static struct text sum_name(const struct ledger_sum *sum, const struct place_names *names, bool by_kind)
{
    enum ledger_kind kind;
    struct place place;
    size_t at;
    if (by_kind)
        return ledger_kind_of(sum->word, &kind) ? ledger_kind_zh(kind) : sum->word;
    return text_find(sum->word, TEXT(":"), &at) &&
                   place_of_words((struct text){ sum->word.at, at }, (struct text){ sum->word.at + at + 1, sum->word.size - at - 1 }, &place)
               ? place_name(names, place)
               : TEXT("还没有责任单位");
}

static void put_sums(struct doc *doc, struct doc_section *section, const char *id, const char *caption, const char *head, struct ledger_sum *sums, size_t n,
                     const struct place_names *names, bool by_kind)
{
    static const char *const MORE[] = { "项数", "未了结", "超时限", "已销号", "未了结的经费（万元）" };
    struct arena *const mem = doc->mem;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {   /* a word has a sum a quantity: join them */
        if (m && text_equal(sums[m - 1].word, sums[i].word)) {
            sums[m - 1].n += sums[i].n, sums[m - 1].open += sums[i].open, sums[m - 1].overdue += sums[i].overdue;
            sums[m - 1].verified += sums[i].verified, sums[m - 1].open_cost_yuan += sums[i].open_cost_yuan;
        } else {
            sums[m++] = sums[i];
        }
    }
    struct doc_table *const table = doc_table(doc, section, text_of(id), text_of(caption), COUNT(MORE) + 1, m + 1, 1);
    doc_put(mem, table, 0, 0, DOC_CENTRE, text_of(head));
    for (size_t c = 0; c < COUNT(MORE); c++)
        doc_put(mem, table, 0, c + 1, DOC_CENTRE, text_of(MORE[c]));
    for (size_t i = 0; i < m; i++) {
        const int64_t counts[] = { sums[i].n, sums[i].open, sums[i].overdue, sums[i].verified };
        doc_put(mem, table, i + 1, 0, DOC_LEFT, sum_name(&sums[i], names, by_kind));
        for (size_t c = 0; c < COUNT(counts); c++)
            doc_put(mem, table, i + 1, c + 1, DOC_RIGHT, words_count(mem, (double)counts[c]));
        doc_put(mem, table, i + 1, COUNT(MORE), DOC_RIGHT, cost_said(mem, sums[i].open_cost_yuan));
    }
}

bool app_ledger_county_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct arena *mem,
                             struct doc **out, struct err *err)
{
    const struct ledger_filter all = { .most = 1 }, open = { .state = TEXT("open"), .most = LEDGER_PAPER_MOST };
    struct ledger_page total, page;
    struct ledger_sum *kinds, *owners;
    size_t n_kinds, n_owners;
    struct place_names names;
    if (!actor_covers_county(actor)) {
        err_set(err, ERR_DENIED, "“一县一案”是全县的，您的账号只看自己的学校或乡镇。");
        return err_hint(err, "您可以打印自己学校的“一校一策”。");
    }
    if (!app_ledger_list(house, actor, &all, now, mem, &total, err) || !app_ledger_list(house, actor, &open, now, mem, &page, err) ||
        !app_ledger_summary(house, actor, &all, "kind", now, mem, &kinds, &n_kinds, err) ||
        !app_ledger_summary(house, actor, &all, "owner", now, mem, &owners, &n_owners, err))
        return false;
    place_names_of(snapshot, now, mem, &names);
    struct doc *const doc = doc_new(mem, text_printf(mem, "%.*s\n标准化建设“一县一案”", TEXT_ARG(snapshot->county_name)));
    put_head(doc, snapshot, now);
    struct doc_section *const section = doc_add(doc, TEXT("sums"), 1, TEXT("总的情况"));
    const struct ledger_sum *const t = &total.total;
    doc_sayf(mem, doc_paragraph(doc, section), "台账共 %lld 项：未了结 %lld 项，其中超过时限 %lld 项、滑坡 %lld 项；已销号 %lld 项。未了结的计划经费 %.*s 万元。",
             (long long)t->n, (long long)t->open, (long long)t->overdue, (long long)t->reopened, (long long)t->verified,
             TEXT_ARG(cost_said(mem, t->open_cost_yuan)));
    if (n_kinds)
        put_sums(doc, section, "kinds", "按类别", "类别", kinds, n_kinds, &names, true);
    if (n_owners)
        put_sums(doc, section, "owners", "按责任单位", "责任单位", owners, n_owners, &names, false);
    struct doc_section *const rows = doc_add(doc, TEXT("rows"), 1, TEXT("未了结的事项"));
    if (page.n)
        put_table(doc, rows, TEXT("全县未了结的事项"), page.rows, page.n, false);
    else
        doc_say(mem, doc_paragraph(doc, rows), TEXT("没有未了结的事项。"));
    if (page.total.n > (int64_t)page.n)
        doc_sayf(mem, doc_paragraph(doc, rows), "以上列出前 %zu 项；全部 %lld 项见台账工作簿。", page.n, (long long)page.total.n);
    doc->signer = text_printf(mem, "%.*s义务教育优质均衡发展工作领导小组办公室", TEXT_ARG(snapshot->county_name));
    *out = doc;
    return true;
}
