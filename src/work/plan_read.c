#include "work/plan_read.h"

#include "base/unicode.h"
#include "work/plan_days.h"

enum { LONGEST_ID = 32, LONGEST_NAME = 120, LONGEST_TEXT = 2000, MOST_PARTS = 40 };

static const struct plan_column_info COLUMNS[N_PLAN_COLUMNS] = {
    [PLAN_ROW] = { "行", "方案、阶段、组、事项、任务；以 # 开头的行不读", 8 },
    [PLAN_ID] = { "编号", "字母、数字、. 和 -，不重复；任务的编号是它的事项的编号加 -1、-2", 12 },
    [PLAN_NAME] = { "名称", "照原样显示", 40 },
    [PLAN_TEXT] = { "原文", "方案里的原话", 40 },
    [PLAN_SOURCE] = { "出处", "文件、章节", 20 },
    [PLAN_PHASE] = { "阶段", "阶段的编号；任务空着就照它的事项", 10 },
    [PLAN_OWNERS] = { "责任单位", "单位代码（如 D07）、办公室、各乡镇、各部门，用；分开；写几个就各有一件；任务空着就照它的事项", 18 },
    [PLAN_HELPERS] = { "协办单位", "写法同责任单位", 24 },
    [PLAN_PRODUCT] = { "成果", "制度、文件、数据、记录", 8 },
    [PLAN_PRODUCT_NAME] = { "成果名称", "任务要拿出来的东西", 30 },
    [PLAN_BEGINS] = { "开始", "年-月-日；任务空着就从阶段开始", 12 },
    [PLAN_DUE] = { "期限", "一次的写年-月-日，每年的写月-日", 12 },
    [PLAN_OFTEN] = { "频次", "一次（可以空着）、每年", 8 },
    [PLAN_RECHECK] = { "复查", "是：报完成以后由另一个人复查才销号", 8 },
    [PLAN_SUBJECTS] = { "指标", "有关的指标，用、分开", 20 },
    [PLAN_PAGE] = { "页面", "在本系统哪一页办，如 /ledger", 14 },
    [PLAN_NOTE] = { "说明", "怎么读、怎么做", 40 },
};
static const struct { const char *zh, *code; } PRODUCTS[N_PLAN_PRODUCTS] = {
    { "", "" }, { "制度", "rule" }, { "文件", "document" }, { "数据", "figure" }, { "记录", "record" },
};

const struct plan_column_info *plan_column_info(enum plan_column column)
{
    return &COLUMNS[column];
}

struct text plan_product_zh(enum plan_product product)
{
    return text_of(PRODUCTS[product].zh);
}

struct text plan_product_code(enum plan_product product)
{
    return text_of(PRODUCTS[product].code);
}

struct reading {
    const struct cell_table *table;
    const struct plan_known *known;
    struct arena *mem;
    struct plan_faults *faults;
    struct work_plan *plan;
    size_t place[N_PLAN_COLUMNS];    /* column of the sheet; SIZE_MAX: not there */
    uint32_t row;                     /* at hand, from 1 */
    size_t span_capacity, group_capacity, item_capacity, task_capacity;
};

/* ---- saying what is wrong ----------------------------------------------------------------- */

static void fault_at(struct reading *r, enum plan_column column, struct text what, struct text mend)
{
    struct plan_faults *const list = r->faults;
    if (list->n == PLAN_MOST_FAULTS)
        return;
    ARENA_ROOM(list->mem, list->at, list->n, list->capacity);
    const size_t at = column < N_PLAN_COLUMNS ? r->place[column] : SIZE_MAX;
    list->at[list->n++] = (struct plan_fault){ r->table, r->row, at == SIZE_MAX ? 0 : (uint32_t)at + 1, what, mend };
}

#define FAULT(r, column, mend, ...) fault_at(r, column, text_printf((r)->faults->mem, __VA_ARGS__), text_of(mend))

struct text plan_fault_place(const struct plan_fault *fault, struct arena *mem)
{
    const struct text place = cell_table_place(fault->table, fault->row, fault->column, mem);
    const struct text file = fault->table->file;
    return file.size ? text_printf(mem, "%.*s %.*s", TEXT_ARG(file), TEXT_ARG(place)) : place;
}

/* ---- cells -------------------------------------------------------------------------------- */

static struct text cell(const struct reading *r, enum plan_column column)
{
    const struct cell_row *const row = &r->table->rows[r->row - 1];
    const size_t at = r->place[column];
    return at < row->n ? text_trim(row->at[at]) : TEXT("");
}

static struct text kept(struct reading *r, enum plan_column column, size_t most)
{
    const struct text value = cell(r, column);
    if (utf8_length(value) > most)
        FAULT(r, column, "请写得短一些。", "太长：%zu 字，最多 %zu 字", utf8_length(value), most);
    return text_copy(r->mem, value);
}

static struct text named(struct reading *r)
{
    const struct text name = kept(r, PLAN_NAME, LONGEST_NAME);
    if (!name.size)
        FAULT(r, PLAN_NAME, "请写名称。", "没有名称");
    return name;
}

/* Parts between ；, ; or 、, each trimmed, empty ones left out. */
static size_t parts_of(struct text value, struct text parts[MOST_PARTS])
{
    static const char *const SIGNS[] = { "；", ";", "、" };
    size_t n = 0, from = 0, at = 0;
    while (at <= value.size) {
        const struct text rest = { value.at + at, value.size - at };
        size_t wide = at == value.size;
        for (size_t i = 0; i < COUNT(SIGNS) && !wide; i++)
            wide = text_starts(rest, text_of(SIGNS[i])) ? strlen(SIGNS[i]) : 0;
        if (wide) {
            const struct text part = text_trim((struct text){ value.at + from, at - from });
            if (part.size && n < MOST_PARTS)
                parts[n++] = part;
            from = at + wide;
        }
        at += wide ? wide : 1;
    }
    return n;
}

static bool is_id(struct text id)
{
    for (size_t i = 0; i < id.size; i++) {
        const char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (i && (c == '-' || c == '.'))))
            return false;
    }
    return id.size && id.size <= LONGEST_ID;
}

static bool one_of(struct text value, const struct text *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(list[i], value))
            return true;
    return false;
}

/* "D07", or as the download writes it: "D07 市教育局". */
static void read_owner(struct reading *r, enum plan_column column, struct text part, struct plan_owners *out)
{
    static const struct { const char *word; enum plan_owner_kind kind; } WORDS[] = {
        { "办公室", OWNER_OFFICE }, { "各乡镇", OWNER_TOWNSHIPS }, { "各部门", OWNER_DEPARTMENTS },
    };
    struct plan_owner *const owner = &out->at[out->n];
    for (size_t i = 0; i < COUNT(WORDS); i++)
        if (text_equal(part, text_of(WORDS[i].word))) {
            *owner = (struct plan_owner){ WORDS[i].kind, TEXT("") };
            out->n++;
            return;
        }
    size_t end = part.size;
    const struct text whole = part;
    text_find(part, TEXT(" "), &end);
    part.size = end;
    if (!is_id(part)) {
        FAULT(r, column, "请写单位代码（如 D07）、办公室、各乡镇 或 各部门，用；分开。", "不认识单位“%.*s”", TEXT_ARG(whole));
        return;
    }
    if (r->known && r->known->n_units && !one_of(part, r->known->units, r->known->n_units)) {
        FAULT(r, column, "请照“单位”页面里的代码写。", "没有代码是“%.*s”的单位", TEXT_ARG(part));
        return;
    }
    *owner = (struct plan_owner){ OWNER_UNIT, text_copy(r->mem, part) };
    out->n++;
}

static struct plan_owners read_owners(struct reading *r, enum plan_column column)
{
    struct text parts[MOST_PARTS];
    const size_t n = parts_of(cell(r, column), parts);
    struct plan_owners out = { n ? arena_array(r->mem, n, struct plan_owner) : NULL, 0 };
    for (size_t i = 0; i < n; i++)
        read_owner(r, column, parts[i], &out);
    return out;
}

static struct plan_texts read_subjects(struct reading *r)
{
    struct text parts[MOST_PARTS];
    const size_t n = parts_of(cell(r, PLAN_SUBJECTS), parts);
    struct plan_texts out = { n ? arena_array(r->mem, n, struct text) : NULL, 0 };
    for (size_t i = 0; i < n; i++) {
        if (!is_id(parts[i]) || (r->known && r->known->n_subjects && !one_of(parts[i], r->known->subjects, r->known->n_subjects)))
            FAULT(r, PLAN_SUBJECTS, "请照“指标”页面的编号写，如 L4、G11、X1；差异系数写 CV。", "不认识指标“%.*s”", TEXT_ARG(parts[i]));
        else
            out.at[out.n++] = text_copy(r->mem, parts[i]);
    }
    return out;
}

/* A day; year 0 where the cell is empty or, for yearly, "12-31". */
static struct day read_day(struct reading *r, enum plan_column column, bool yearly)
{
    const struct text value = cell(r, column);
    struct day day = { 0, 0, 0 };
    if (!value.size)
        return day;
    /* A year that has 29 February, so that every month and day can be said. */
    if (yearly ? day_read(text_printf(r->mem, "2024-%.*s", TEXT_ARG(value)), &day) : day_read(value, &day)) {
        if (yearly)
            day.year = 0;
        return day;
    }
    FAULT(r, column, yearly ? "每年的任务请写月-日，如 12-31。" : "请写年-月-日，如 2027-06-30。", "“%.*s”不是日期", TEXT_ARG(value));
    return (struct day){ 0, 0, 0 };
}

static bool read_yes(struct reading *r, enum plan_column column)
{
    const struct text value = cell(r, column);
    if (value.size && !text_equal(value, TEXT("是")) && !text_equal(value, TEXT("否")))
        FAULT(r, column, "请写“是”，或者空着。", "“%.*s”应为“是”或空着", TEXT_ARG(value));
    return text_equal(value, TEXT("是"));
}

static struct text read_page(struct reading *r)
{
    const struct text page = kept(r, PLAN_PAGE, LONGEST_NAME);
    bool bad = page.size && (*page.at != '/' || text_starts(page, TEXT("//")));
    for (size_t i = 0; i < page.size; i++)
        bad |= page.at[i] <= ' ' || page.at[i] == '\\' || page.at[i] == 0x7f;
    if (bad)
        FAULT(r, PLAN_PAGE, "请写本系统的页面，如 /ledger，或者空着。", "“%.*s”不是本系统的页面", TEXT_ARG(page));
    return bad ? TEXT("") : page;
}

static struct text read_id(struct reading *r)
{
    const struct work_plan *const p = r->plan;
    const struct text id = text_copy(r->mem, cell(r, PLAN_ID));
    bool twice = plan_item_of(p, id) || plan_task_of(p, id);
    for (size_t i = 0; i < p->n_groups; i++)
        twice |= text_equal(p->groups[i].id, id);
    for (size_t i = 0; i < p->n_spans; i++)
        twice |= text_equal(p->spans[i].id, id);
    if (!is_id(id))
        FAULT(r, PLAN_ID, "请用字母、数字、. 和 -，最多 32 个，如 4.2.1.3。", "编号“%.*s”不合要求", TEXT_ARG(id));
    else if (twice)
        FAULT(r, PLAN_ID, "每一行的编号都要不同。", "编号“%.*s”重复", TEXT_ARG(id));
    return id;
}

/* The phase named; `usual` where none is. */
static size_t read_phase(struct reading *r, size_t usual)
{
    const struct text id = cell(r, PLAN_PHASE);
    if (!id.size)
        return usual;
    for (size_t i = 0; i < r->plan->n_spans; i++)
        if (text_equal(r->plan->spans[i].id, id))
            return i;
    FAULT(r, PLAN_PHASE, "请写前面“阶段”行里的编号。", "没有阶段“%.*s”", TEXT_ARG(id));
    return usual;
}

/* ---- rows --------------------------------------------------------------------------------- */

static void read_span_days(struct reading *r, struct day *first, struct day *last)
{
    *first = read_day(r, PLAN_BEGINS, false);
    *last = read_day(r, PLAN_DUE, false);
    if (!first->year && !cell(r, PLAN_BEGINS).size)
        FAULT(r, PLAN_BEGINS, "请写从哪一天开始，如 2022-03-01。", "没有开始的日期");
    if (!last->year && !cell(r, PLAN_DUE).size)
        FAULT(r, PLAN_DUE, "请写到哪一天为止，如 2022-09-30。", "没有期限");
    if (first->year && last->year && day_compare(*first, *last) > 0)
        FAULT(r, PLAN_DUE, "请核对开始和期限。", "期限在开始以前");
}

static void read_plan(struct reading *r)
{
    struct work_plan *const p = r->plan;
    if (p->id.size) {
        FAULT(r, PLAN_ROW, "一个方案只写一个“方案”行。", "第二个“方案”行");
        return;
    }
    p->id = read_id(r);
    p->title = named(r);
    p->text = kept(r, PLAN_TEXT, LONGEST_TEXT);
    p->source = kept(r, PLAN_SOURCE, LONGEST_TEXT);
    p->note = kept(r, PLAN_NOTE, LONGEST_TEXT);
    p->owners = read_owners(r, PLAN_OWNERS);
    read_span_days(r, &p->first, &p->last);
}

static void read_span(struct reading *r)
{
    struct work_plan *const p = r->plan;
    ARENA_ROOM(r->mem, p->spans, p->n_spans, r->span_capacity);
    struct plan_span span = { .id = read_id(r), .name = named(r), .text = kept(r, PLAN_TEXT, LONGEST_TEXT),
                              .source = kept(r, PLAN_SOURCE, LONGEST_TEXT), .note = kept(r, PLAN_NOTE, LONGEST_TEXT) };
    read_span_days(r, &span.first, &span.last);
    if (p->n_spans && span.first.year && day_compare(p->spans[p->n_spans - 1].last, span.first) >= 0)
        FAULT(r, PLAN_BEGINS, "请按先后排阶段，前一个结束了后一个才开始。", "和前一个阶段重叠");
    p->spans[p->n_spans++] = span;
}

static void read_group(struct reading *r)
{
    struct work_plan *const p = r->plan;
    ARENA_ROOM(r->mem, p->groups, p->n_groups, r->group_capacity);
    p->groups[p->n_groups] = (struct plan_group){ .id = read_id(r), .name = named(r), .text = kept(r, PLAN_TEXT, LONGEST_TEXT),
                                                  .source = kept(r, PLAN_SOURCE, LONGEST_TEXT), .note = kept(r, PLAN_NOTE, LONGEST_TEXT),
                                                  .phase = read_phase(r, 0), .first = p->n_items };
    p->n_groups++;
}

static void read_item(struct reading *r)
{
    struct work_plan *const p = r->plan;
    if (!p->n_groups) {
        FAULT(r, PLAN_ROW, "请在第一个事项前面加一个“组”行。", "这个事项不在任何一组里");
        return;
    }
    ARENA_ROOM(r->mem, p->items, p->n_items, r->item_capacity);
    struct plan_group *const group = &p->groups[p->n_groups - 1];
    p->items[p->n_items] = (struct plan_item){
        .id = read_id(r), .name = named(r), .text = kept(r, PLAN_TEXT, LONGEST_TEXT), .source = kept(r, PLAN_SOURCE, LONGEST_TEXT), .page = read_page(r),
        .note = kept(r, PLAN_NOTE, LONGEST_TEXT), .phase = read_phase(r, group->phase), .group = p->n_groups - 1, .first = p->n_tasks,
        .owners = read_owners(r, PLAN_OWNERS), .helpers = read_owners(r, PLAN_HELPERS), .subjects = read_subjects(r) };
    if (!cell(r, PLAN_OWNERS).size)
        FAULT(r, PLAN_OWNERS, "请写由哪个单位负责。", "没有责任单位");
    p->n_items++;
    group->n++;
}

static void read_product(struct reading *r, struct plan_task *task)
{
    const struct text word = cell(r, PLAN_PRODUCT);
    while (task->product < N_PLAN_PRODUCTS && !text_equal(word, plan_product_zh(task->product)))
        task->product++;
    if (task->product == N_PLAN_PRODUCTS) {
        FAULT(r, PLAN_PRODUCT, "请写制度、文件、数据 或 记录。", "“%.*s”不是成果的种类", TEXT_ARG(word));
        task->product = PRODUCT_NONE;
    }
    task->product_name = kept(r, PLAN_PRODUCT_NAME, LONGEST_NAME);
    if (task->product && !task->product_name.size)
        FAULT(r, PLAN_PRODUCT_NAME, "请写拿出来的是什么。", "成果没有名称");
}

static void read_task_days(struct reading *r, struct plan_task *task)
{
    const struct text often = cell(r, PLAN_OFTEN);
    const struct plan_span *const span = &r->plan->spans[task->phase];
    task->yearly = text_equal(often, TEXT("每年"));
    if (often.size && !task->yearly && !text_equal(often, TEXT("一次")))
        FAULT(r, PLAN_OFTEN, "请写一次 或 每年。", "“%.*s”看不懂", TEXT_ARG(often));
    task->begins = read_day(r, PLAN_BEGINS, false);
    task->due = read_day(r, PLAN_DUE, task->yearly);
    if (!cell(r, PLAN_DUE).size)
        FAULT(r, PLAN_DUE, task->yearly ? "请写每年到哪一天，如 12-31。" : "请写到哪一天为止，如 2027-06-30。", "没有期限");
    if (!task->due.month || !span->first.year || !span->last.year)
        return;
    if (!task->yearly && (day_compare(task->due, span->first) < 0 || day_compare(task->due, span->last) > 0))
        FAULT(r, PLAN_DUE, "请改期限，或者改阶段。", "期限不在“%.*s”里", TEXT_ARG(span->name));
    if (!task->yearly && task->begins.year && day_compare(task->begins, task->due) > 0)
        FAULT(r, PLAN_DUE, "请核对开始和期限。", "期限在开始以前");
}

static void read_task(struct reading *r)
{
    struct work_plan *const p = r->plan;
    if (!p->n_items || !p->n_spans) {
        FAULT(r, PLAN_ROW, p->n_spans ? "请把任务写在它的事项下面。" : "请先写“阶段”行。", "这个任务不在任何一个事项里");
        return;
    }
    ARENA_ROOM(r->mem, p->tasks, p->n_tasks, r->task_capacity);
    struct plan_item *const item = &p->items[p->n_items - 1];
    struct plan_task task = { .id = read_id(r), .name = named(r), .page = read_page(r), .note = kept(r, PLAN_NOTE, LONGEST_TEXT),
                              .item = p->n_items - 1, .phase = read_phase(r, item->phase), .owners = read_owners(r, PLAN_OWNERS),
                              .helpers = read_owners(r, PLAN_HELPERS), .subjects = read_subjects(r), .recheck = read_yes(r, PLAN_RECHECK) };
    task.own_phase = cell(r, PLAN_PHASE).size > 0;
    task.own_owners = task.owners.n > 0;
    task.own_helpers = task.helpers.n > 0;
    task.own_subjects = task.subjects.n > 0;
    if (!text_starts(task.id, item->id) || task.id.size <= item->id.size || task.id.at[item->id.size] != '-')
        FAULT(r, PLAN_ID, "任务的编号是它的事项的编号加 -1、-2；请核对它写在哪个事项下面。", "编号“%.*s”和它的事项“%.*s”不合",
              TEXT_ARG(task.id), TEXT_ARG(item->id));
    if (!task.own_owners)
        task.owners = item->owners;
    /* Helpers are the item's only with its owners: another owner works with others. */
    if (!task.own_helpers && !task.own_owners)
        task.helpers = item->helpers;
    if (!task.own_subjects)
        task.subjects = item->subjects;
    read_product(r, &task);
    read_task_days(r, &task);
    p->tasks[p->n_tasks++] = task;
    item->n++;
}

/* The row of headings: 行 first, and another column's name beside it (a sheet that explains the columns has none); SIZE_MAX: nowhere. */
static size_t heading_of(const struct cell_table *table)
{
    for (size_t r = cell_table_find(table, text_of(COLUMNS[PLAN_ROW].zh)); r < table->n; r++) {
        const struct cell_row *const cells = &table->rows[r];
        for (size_t at = 1; at < cells->n; at++)
            for (size_t c = PLAN_ID; c < N_PLAN_COLUMNS; c++)
                if (text_equal(text_trim(cells->at[at]), text_of(COLUMNS[c].zh)))
                    return r;
    }
    return SIZE_MAX;
}

static bool read_heading(struct reading *r, size_t row)
{
    const struct cell_row *const cells = &r->table->rows[row];
    r->row = (uint32_t)row + 1;
    for (size_t c = 0; c < N_PLAN_COLUMNS; c++) {
        r->place[c] = SIZE_MAX;
        for (size_t at = 0; at < cells->n; at++)
            if (text_equal(text_trim(cells->at[at]), text_of(COLUMNS[c].zh)))
                r->place[c] = at;
        if (r->place[c] == SIZE_MAX) {
            FAULT(r, N_PLAN_COLUMNS, "请照模板的标题行写全。", "标题行缺“%s”", COLUMNS[c].zh);
            return false;
        }
    }
    return true;
}

static void read_table(struct reading *r)
{
    static const struct { const char *word; void (*read)(struct reading *r); } ROWS[] = {
        { "方案", read_plan }, { "阶段", read_span }, { "组", read_group }, { "事项", read_item }, { "任务", read_task },
    };
    const size_t heading = heading_of(r->table);
    if (heading == SIZE_MAX || !read_heading(r, heading))
        return;
    for (r->row = (uint32_t)heading + 2; r->row <= r->table->n; r->row++) {
        const struct text word = cell(r, PLAN_ROW);
        bool any = false;
        for (size_t c = 0; c < N_PLAN_COLUMNS; c++)
            any |= cell(r, (enum plan_column)c).size > 0;
        if (!any || text_starts(word, TEXT("#")))
            continue;
        size_t i = 0;
        while (i < COUNT(ROWS) && !text_equal(word, text_of(ROWS[i].word)))
            i++;
        if (i < COUNT(ROWS))
            ROWS[i].read(r);
        else
            FAULT(r, PLAN_ROW, "请写方案、阶段、组、事项 或 任务。", "“%.*s”看不懂", TEXT_ARG(word));
    }
}

const struct work_plan *plan_read(const struct cell_table *tables, size_t n, const struct plan_known *known, struct arena *mem,
                                  struct plan_faults *faults)
{
    struct reading r = { .known = known, .mem = mem, .faults = faults, .plan = arena_make(mem, struct work_plan) };
    bool headed = false;
    for (size_t i = 0; i < n; i++) {
        r.table = &tables[i];
        r.row = 0;
        headed |= heading_of(r.table) != SIZE_MAX;
        read_table(&r);
    }
    r.table = n ? &tables[0] : &(struct cell_table){ .n = 0 };
    r.row = 0;
    if (!headed)
        FAULT(&r, N_PLAN_COLUMNS, "请用下载的方案修改。", "找不到标题行");
    else if (!faults->n && !r.plan->id.size)
        FAULT(&r, N_PLAN_COLUMNS, "请写一个“方案”行：编号、名称、开始、期限。", "没有“方案”行");
    else if (!faults->n && !r.plan->n_tasks)
        FAULT(&r, N_PLAN_COLUMNS, "请至少写一个阶段、一个组、一个事项和一个任务。", "没有任务");
    return faults->n ? NULL : r.plan;
}

/* ---- back into rows ----------------------------------------------------------------------- */

struct text plan_owners_words(const struct plan_owners *owners, struct arena *mem)
{
    static const struct text WORDS[] = { [OWNER_OFFICE] = { "办公室", 9 }, [OWNER_TOWNSHIPS] = { "各乡镇", 9 }, [OWNER_DEPARTMENTS] = { "各部门", 9 } };
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < owners->n; i++) {
        buf_add(&buf, i ? TEXT("；") : TEXT(""));
        buf_add(&buf, owners->at[i].kind == OWNER_UNIT ? owners->at[i].code : WORDS[owners->at[i].kind]);
    }
    return buf_text(&buf);
}

struct text plan_texts_words(const struct plan_texts *texts, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < texts->n; i++) {
        buf_add(&buf, i ? TEXT("、") : TEXT(""));
        buf_add(&buf, texts->at[i]);
    }
    return buf_text(&buf);
}

static struct text day_cell(struct day day, struct arena *mem)
{
    if (!day.month)
        return TEXT("");
    return day.year ? text_printf(mem, "%04d-%02d-%02d", day.year, day.month, day.day) : text_printf(mem, "%02d-%02d", day.month, day.day);
}

static struct text *new_row(struct cell_table *table, struct arena *mem, const char *word, struct text id, struct text name)
{
    struct text *const cells = arena_array(mem, N_PLAN_COLUMNS, struct text);
    for (size_t c = 0; c < N_PLAN_COLUMNS; c++)
        cells[c] = TEXT("");
    cells[PLAN_ROW] = text_of(word);
    cells[PLAN_ID] = id;
    cells[PLAN_NAME] = name;
    table->rows[table->n++] = (struct cell_row){ cells, N_PLAN_COLUMNS };
    return cells;
}

static void put_task(struct cell_table *table, const struct work_plan *plan, const struct plan_task *t, struct arena *mem)
{
    struct text *const c = new_row(table, mem, "任务", t->id, t->name);
    c[PLAN_PHASE] = t->own_phase ? plan->spans[t->phase].id : TEXT("");
    c[PLAN_OWNERS] = t->own_owners ? plan_owners_words(&t->owners, mem) : TEXT("");
    c[PLAN_HELPERS] = t->own_helpers ? plan_owners_words(&t->helpers, mem) : TEXT("");
    c[PLAN_PRODUCT] = plan_product_zh(t->product);
    c[PLAN_PRODUCT_NAME] = t->product_name;
    c[PLAN_BEGINS] = day_cell(t->begins, mem);
    c[PLAN_DUE] = day_cell(t->due, mem);
    c[PLAN_OFTEN] = t->yearly ? TEXT("每年") : TEXT("");
    c[PLAN_RECHECK] = t->recheck ? TEXT("是") : TEXT("");
    c[PLAN_SUBJECTS] = t->own_subjects ? plan_texts_words(&t->subjects, mem) : TEXT("");
    c[PLAN_PAGE] = t->page;
    c[PLAN_NOTE] = t->note;
}

static void put_item(struct cell_table *table, const struct work_plan *plan, const struct plan_item *item, struct arena *mem)
{
    struct text *const c = new_row(table, mem, "事项", item->id, item->name);
    c[PLAN_TEXT] = item->text;
    c[PLAN_SOURCE] = item->source;
    c[PLAN_PHASE] = plan->n_spans ? plan->spans[item->phase].id : TEXT("");
    c[PLAN_OWNERS] = plan_owners_words(&item->owners, mem);
    c[PLAN_HELPERS] = plan_owners_words(&item->helpers, mem);
    c[PLAN_SUBJECTS] = plan_texts_words(&item->subjects, mem);
    c[PLAN_PAGE] = item->page;
    c[PLAN_NOTE] = item->note;
    for (size_t i = item->first; i < item->first + item->n; i++)
        put_task(table, plan, &plan->tasks[i], mem);
}

struct cell_table plan_table(const struct work_plan *plan, struct arena *mem)
{
    struct cell_table table = { .rows = arena_array(mem, 2 + plan->n_spans + plan->n_groups + plan->n_items + plan->n_tasks, struct cell_row) };
    struct text *c = new_row(&table, mem, COLUMNS[PLAN_ROW].zh, TEXT(""), TEXT(""));
    for (size_t i = 0; i < N_PLAN_COLUMNS; i++)
        c[i] = text_of(COLUMNS[i].zh);
    c = new_row(&table, mem, "方案", plan->id, plan->title);
    c[PLAN_TEXT] = plan->text;
    c[PLAN_SOURCE] = plan->source;
    c[PLAN_OWNERS] = plan_owners_words(&plan->owners, mem);
    c[PLAN_BEGINS] = day_cell(plan->first, mem);
    c[PLAN_DUE] = day_cell(plan->last, mem);
    c[PLAN_NOTE] = plan->note;
    for (size_t i = 0; i < plan->n_spans; i++) {
        c = new_row(&table, mem, "阶段", plan->spans[i].id, plan->spans[i].name);
        c[PLAN_TEXT] = plan->spans[i].text;
        c[PLAN_SOURCE] = plan->spans[i].source;
        c[PLAN_BEGINS] = day_cell(plan->spans[i].first, mem);
        c[PLAN_DUE] = day_cell(plan->spans[i].last, mem);
        c[PLAN_NOTE] = plan->spans[i].note;
    }
    for (size_t g = 0; g < plan->n_groups; g++) {
        const struct plan_group *const group = &plan->groups[g];
        c = new_row(&table, mem, "组", group->id, group->name);
        c[PLAN_TEXT] = group->text;
        c[PLAN_SOURCE] = group->source;
        c[PLAN_PHASE] = plan->n_spans ? plan->spans[group->phase].id : TEXT("");
        c[PLAN_NOTE] = group->note;
        for (size_t i = group->first; i < group->first + group->n; i++)
            put_item(&table, plan, &plan->items[i], mem);
    }
    return table;
}

const struct plan_item *plan_item_of(const struct work_plan *plan, struct text id)
{
    for (size_t i = 0; i < plan->n_items; i++)
        if (text_equal(plan->items[i].id, id))
            return &plan->items[i];
    return NULL;
}

const struct plan_task *plan_task_of(const struct work_plan *plan, struct text id)
{
    for (size_t i = 0; i < plan->n_tasks; i++)
        if (text_equal(plan->tasks[i].id, id))
            return &plan->tasks[i];
    return NULL;
}
