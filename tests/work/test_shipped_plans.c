/* The plan the program brings along: read without a fault, word for word the county's, and all of it. */
#include "check.h"

#include "base/file.h"
#include "work/plan_days.h"
#include "work/plan_read.h"

static const char *const PARTS[] = { "1-phases", "2-goals", "3-basic", "4-list", "5-steps", "6-safeguards" };

static struct text file(struct arena *mem, const char *name)
{
    struct err err;
    struct text bytes;
    CHECK_OK(file_read(mem, check_path(mem, arena_printf(mem, "plans/dengfeng-2022/%s", name)), 1 << 20, &bytes, &err), err);
    return bytes;
}

static const struct work_plan *shipped(struct arena *mem)
{
    struct cell_table *const tables = arena_array(mem, COUNT(PARTS), struct cell_table);
    struct plan_faults faults = { .mem = mem };
    struct err err;
    for (size_t i = 0; i < COUNT(PARTS); i++) {
        const char *const name = arena_printf(mem, "%s.csv", PARTS[i]);
        CHECK_OK(cell_table_csv(text_of(name), file(mem, name), mem, &tables[i], &err), err);
    }
    const struct work_plan *const plan = plan_read(tables, COUNT(PARTS), NULL, mem, &faults);
    if (!plan)
        fail_msg("%.*s: %.*s", TEXT_ARG(plan_fault_place(&faults.at[0], mem)), TEXT_ARG(faults.at[0].what));
    return plan;
}

TEST(shipped_plan, reads_the_misprinted_end_as_december_2030)
{
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = shipped(mem);
    CHECK_INT(p->n_spans, 3);
    CHECK_TEXT(day_text(p->spans[0].last, mem), "2022-09-30");
    CHECK_TEXT(day_text(p->spans[1].first, mem), "2022-10-01");
    CHECK_TEXT(day_text(p->spans[2].last, mem), "2030-12-31");
    CHECK_CONTAINS(p->spans[2].note, "20230年12月");
    arena_free(&mem);
}

/* Five groups of 4, 4, 3, 7 and 2 (domain specification §5.3). */
TEST(shipped_plan, holds_the_twenty_items_of_the_list)
{
    static const size_t sizes[] = { 4, 4, 3, 7, 2 };
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = shipped(mem);
    size_t found = 0;
    for (size_t g = 0; g < p->n_groups; g++)
        if (text_starts(p->groups[g].id, TEXT("4.2."))) {
            CHECK(found < COUNT(sizes));
            CHECK_INT(p->groups[g].n, sizes[found]);
            found++;
        }
    CHECK_INT(found, COUNT(sizes));
    arena_free(&mem);
}

TEST(shipped_plan, has_a_task_an_owner_and_a_product_for_every_item)
{
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = shipped(mem);
    CHECK(p->n_items >= 60);
    for (size_t i = 0; i < p->n_items; i++)
        if (!p->items[i].n || !p->items[i].owners.n || !p->items[i].text.size || !p->items[i].source.size)
            fail_msg("%.*s", TEXT_ARG(p->items[i].id));
    for (size_t i = 0; i < p->n_tasks; i++)
        if (!p->tasks[i].product || !p->tasks[i].owners.n)
            fail_msg("%.*s", TEXT_ARG(p->tasks[i].id));
    arena_free(&mem);
}

/* Whether all parts of an original, parted by ……, stand in the text. */
static bool stands_in(struct text original, struct text in)
{
    for (size_t at; text_find(original, TEXT("……"), &at);) {
        if (!text_find(in, (struct text){ original.at, at }, NULL))
            return false;
        original = (struct text){ original.at + at + strlen("……"), original.size - at - strlen("……") };
    }
    return text_find(in, original, NULL);
}

TEST(shipped_plan, quotes_the_text_word_for_word)
{
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = shipped(mem);
    const struct text text = file(mem, "plan.txt");
    for (size_t i = 0; i < p->n_groups; i++)
        if (!stands_in(p->groups[i].text, text))
            fail_msg("%.*s", TEXT_ARG(p->groups[i].id));
    for (size_t i = 0; i < p->n_items; i++)
        if (!stands_in(p->items[i].text, text))
            fail_msg("%.*s", TEXT_ARG(p->items[i].id));
    arena_free(&mem);
}

/* Some piece of the original, between …… or 。, stands in the sentence, or the sentence in it. */
static bool shares(struct text original, struct text sentence)
{
    for (struct text rest = original; rest.size;) {
        size_t at = rest.size, stop = rest.size;
        text_find(rest, TEXT("……"), &at);
        text_find(rest, TEXT("。"), &stop);
        const size_t end = at < stop ? at : stop, behind = end + (end == rest.size ? 0 : at < stop ? strlen("……") : strlen("。"));
        const struct text piece = { rest.at, end };
        if (piece.size && (text_find(sentence, piece, NULL) || text_find(piece, sentence, NULL)))
            return true;
        rest = (struct text){ rest.at + behind, rest.size - behind };
    }
    return false;
}

/* From 三、工作目标 on, every sentence lends its words to a row, or lies within one. */
TEST(shipped_plan, leaves_no_sentence_out)
{
    /* Headings and what only leads in. */
    static const char *const LEADS[] = { "对标《县域义务教育优质均衡发展督导评估办法》", "基本任务", "攻坚清单", "工作任务", "实施步骤", "工作目标", "在全社会营造", "登封市人民政府办公室",
                                        "（一）加强组织领导", "（二）强化责任落实", "（三）加强督导检查", "（四）营造良好氛围" };
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = shipped(mem);
    struct text rest = file(mem, "plan.txt");
    size_t at, checked = 0;
    CHECK(text_find(rest, TEXT("三、工作目标"), &at));
    rest = (struct text){ rest.at + at, rest.size - at };
    for (struct text line; text_split(&rest, '\n', &line);) {
        while (line.size) {
            size_t end = line.size;
            const bool stop = text_find(line, TEXT("。"), &end);
            const struct text sentence = text_trim((struct text){ line.at, end });
            const size_t behind = stop ? end + strlen("。") : line.size;
            line = (struct text){ line.at + behind, line.size - behind };
            bool found = !sentence.size;
            for (size_t i = 0; i < COUNT(LEADS); i++)
                found |= text_find(sentence, text_of(LEADS[i]), NULL);
            for (size_t i = 0; i < p->n_items; i++)
                found |= shares(p->items[i].text, sentence);
            for (size_t i = 0; i < p->n_groups; i++)
                found |= shares(p->groups[i].text, sentence);
            for (size_t i = 0; i < p->n_spans; i++)
                found |= shares(p->spans[i].text, sentence);
            if (!found)
                fail_msg("%.*s", TEXT_ARG(sentence));
            checked++;
        }
    }
    CHECK(checked > 60);
    arena_free(&mem);
}

TEST(shipped_plan, leads_to_pages_there_are)
{
    struct arena *mem = arena_new("test");
    struct err err;
    struct text routes;
    const struct work_plan *const p = shipped(mem);
    CHECK_OK(file_read(mem, check_path(mem, "src/web/routes.def"), 1 << 20, &routes, &err), err);
    for (size_t i = 0; i < p->n_items; i++)
        if (p->items[i].page.size && !text_find(routes, text_printf(mem, "ROUTE(GET,  \"%.*s\",", TEXT_ARG(p->items[i].page)), NULL))
            fail_msg("%.*s: %.*s", TEXT_ARG(p->items[i].id), TEXT_ARG(p->items[i].page));
    arena_free(&mem);
}
