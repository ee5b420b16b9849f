#include "paged.h"

#include "report/compose_matrix.h"

static const struct matrix *matrix(const struct paged *p, struct matrix_filter filter)
{
    return compose_matrix(&p->c, &filter);
}

/* The codes of the rows, in order. */
static struct text codes(const struct paged *p, const struct matrix *x)
{
    struct buf out = { .mem = p->c.mem };
    for (size_t i = 0; i < x->n; i++)
        buf_add(&out, x->rows[i].code);
    return buf_text(&out);
}

TEST(matrix, has_a_row_a_school_worst_first)
{
    struct paged p = paged_small();
    const struct matrix *x = matrix(&p, (struct matrix_filter){ .stage = STAGE_PRIMARY });
    CHECK_TEXT(x->sentence, "小学 5 所：2 所达标，1 所达标（6/7），1 所不达标，1 所缺数据。");
    CHECK_TEXT(codes(&p, x), "BCDAE");
    const struct matrix_row *b = &x->rows[0], *c = &x->rows[1], *d = &x->rows[2];
    CHECK_TEXT(b->name, "柳林镇中心小学");
    CHECK_TEXT(b->initials, "llzzxxx");
    CHECK_TEXT(b->township, "柳林镇");
    CHECK_TEXT(b->area, "镇区");
    CHECK_TEXT(b->type, "小学");
    CHECK_TEXT(b->ownership, "公办");
    CHECK_TEXT(b->pupils_words, "400");
    CHECK_TEXT(b->cells[1].words, "0.50");
    CHECK_INT(b->cells[1].state, STATE_BELOW);
    CHECK_TEXT(b->cells[1].missing, "再配 2 名骨干教师");   /* 1 % of 400 − 2 */
    CHECK_TEXT(b->cells[4].words, "6.97");
    CHECK_INT(b->cells[4].state, STATE_NEAR);
    CHECK_TEXT(b->cells[4].missing, "增 212 m² 运动场地");  /* (7.5 − 6.97) · 400 */
    CHECK_TEXT(b->cells[0].missing, "");
    CHECK_INT(b->met, 5);
    CHECK_TEXT(b->verdict_words, "不达标");
    CHECK_TEXT(b->last_words, "达标");
    CHECK(b->worse && !b->better);
    CHECK_TEXT(c->cells[6].words, "缺");
    CHECK_TEXT(c->verdict_words, "缺数据");
    CHECK_TEXT(d->verdict_words, "达标（6/7）");
    CHECK_TEXT(d->last_words, "同");
    CHECK_NEAR(d->gap, 0.08, 1e-9);                          /* 6.9 of 7.5 */
    paged_free(&p);
}

TEST(matrix, adds_up_the_county_beneath)
{
    struct paged p = paged_small();
    const struct matrix *x = matrix(&p, (struct matrix_filter){ .stage = STAGE_PRIMARY });
    CHECK_TEXT(x->columns[1].name, "骨干教师");
    CHECK_TEXT(x->columns[1].threshold_words, "≥ 1");
    CHECK_TEXT(x->columns[5].threshold_words, "≥ 2,000");
    CHECK_TEXT(x->columns[1].mean_words, "1.76");            /* 44 teachers, 2,500 pupils */
    CHECK_TEXT(x->columns[1].cv_words, "0.312");
    CHECK_TEXT(x->columns[3].unit, "m²/生");
    CHECK_INT(x->columns[4].near, 2);
    CHECK_INT(x->columns[6].missing, 1);
    CHECK_TEXT(x->pupils_words, "2,500");
    paged_free(&p);
}

TEST(matrix, filters_and_counts_what_each_choice_would_leave)
{
    struct paged p = paged_small();
    static const struct text PLACES[] = { TEXT("柳林镇"), TEXT("城关街道") };
    const struct matrix *x = matrix(&p, (struct matrix_filter){ .townships = PLACES, .n_townships = 2 });
    CHECK_TEXT(codes(&p, x), "BCA");
    CHECK_INT(x->verdicts[VERDICT_UNMET].n, 1);
    CHECK_INT(x->verdicts[VERDICT_SOME].n, 0);   /* D lies elsewhere */
    CHECK_INT(x->verdicts[VERDICT_ALL].n, 1);
    CHECK_INT(x->n_townships, 4);
    CHECK(x->townships[0].chosen != x->townships[1].chosen); /* 城关街道, 大金店镇 */
    CHECK_INT(x->all, 5);
    CHECK_TEXT(x->pupils_words, "1,600");
    x = matrix(&p, (struct matrix_filter){ .verdicts = 1u << VERDICT_SOME | 1u << VERDICT_ALL });
    CHECK_TEXT(codes(&p, x), "DAE");
    CHECK_INT(x->verdicts[VERDICT_UNMET].n, 1);  /* its own filter does not count */
    x = matrix(&p, (struct matrix_filter){ .types = 1u << 3 });
    CHECK_INT(x->n_types, 2);
    CHECK_TEXT(codes(&p, x), "E");
    CHECK_TEXT(x->types[1].name, "九年一贯制");
    CHECK(x->types[1].chosen);
    x = matrix(&p, (struct matrix_filter){ .areas = 1u << 1 | 1u << 2 });
    CHECK_TEXT(codes(&p, x), "BA");
    x = matrix(&p, (struct matrix_filter){ .stage = STAGE_JUNIOR });
    CHECK_TEXT(codes(&p, x), "E");
    CHECK_TEXT(x->rows[0].cells[3].words, "5.50");
    CHECK(verdict_kind_by_code(TEXT("some")) == VERDICT_SOME && verdict_kind_by_code(TEXT("x")) == N_VERDICTS);
    paged_free(&p);
}

TEST(matrix, finds_schools_by_code_by_name_and_by_initials)
{
    struct paged p = paged_small();
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .search = TEXT(" llz ") })), "B");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .search = TEXT("第一") })), "A");
    /* 重阳 and 朝阳 both read cy, and both zy. */
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .search = TEXT("cyxx") })), "CD");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .search = TEXT("zyxx") })), "CD");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .search = TEXT("qqq") })), "");
    const struct matrix *x = matrix(&p, (struct matrix_filter){ .search = TEXT("lzxx") }); /* not side by side */
    CHECK(x->scattered);
    CHECK_TEXT(codes(&p, x), "B");
    paged_free(&p);
}

TEST(matrix, sorts_by_any_column_with_blanks_last)
{
    struct paged p = paged_small();
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_CODE })), "ABCDE");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_GAP })), "BDACE");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_PUPILS, .reverse = true })), "AEBDC");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_LEVEL, .sort_level = 4 })), "DBACE");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_LEVEL, .sort_level = 6 })), "ABDEC");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_LEVEL, .sort_level = 6, .reverse = true })), "EDBAC");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_AREA })), "ABCDE");
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_NAME })), "ADBEC"); /* cg, cy, ll, sd, zy */
    CHECK_TEXT(codes(&p, matrix(&p, (struct matrix_filter){ .sort = SORT_MET, .reverse = true })), "EADCB");
    paged_free(&p);
}

TEST(matrix, shows_only_what_the_reader_may_see)
{
    struct paged p = paged_small();
    bool *visible = arena_array(p.c.mem, p.bed.returns->n, bool);
    visible[composing_row(p.assessment, &p.assessment->counties[1], TEXT("D"))] = true;
    p.c.visible = visible;
    const struct matrix *x = matrix(&p, (struct matrix_filter){ 0 });
    CHECK_TEXT(codes(&p, x), "D");
    CHECK_TEXT(x->sentence, "小学 1 所：1 所达标（6/7）。");
    CHECK_INT(x->n_townships, 1);
    CHECK_INT(x->verdicts[VERDICT_UNMET].n, 0);
    CHECK_TEXT(x->columns[1].mean_words, "1.76"); /* the county's stays the county's */
    paged_free(&p);
}

TEST(matrix, speaks_english)
{
    struct paged p = paged_small();
    p.c.english = true;
    const struct matrix *x = matrix(&p, (struct matrix_filter){ 0 });
    CHECK_TEXT(x->sentence, "Schools, primary: 5; met 2, met (6/7) 1, unmet 1, no data 1.");
    CHECK_TEXT(x->rows[0].cells[1].missing, "backbone teachers +2");
    CHECK_TEXT(x->rows[0].cells[4].missing, "sports grounds +212 m²");
    CHECK_TEXT(x->rows[1].cells[6].words, "missing");
    CHECK_TEXT(x->rows[2].last_words, "same");
    paged_free(&p);
}

static void compose_one(const struct composing *c)
{
    (void)compose_matrix(c, &(struct matrix_filter){ .search = TEXT("xx") });
}

TEST(matrix, is_composed_in_a_moment)
{
    struct paged p = paged_sample();
    const double ms = paged_fastest(&p, 20, compose_one);
    print_message("matrix: %.3f ms\n", ms);
    CHECK(ms < 30); /* under the sanitizers */
    paged_free(&p);
}
