/* gallery DIR — writes the gallery page, the pages around the others and the assets to DIR, as a server would
 * give them. */
#include "made/gallery.h"
#include "made/templates.h"
#include "web/assets.h"
#include "web/state.h"
#include "web/view_account.h"
#include "web/view_sign_in.h"

#include "base/err.h"
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void write_file(struct arena *mem, const char *folder, struct text path, struct text content)
{
    const char *const at = arena_printf(mem, "%s%.*s", folder, TEXT_ARG(path));
    for (const char *slash = at + strlen(folder) + 1; (slash = strchr(slash, '/')); slash++)
        mkdir(arena_printf(mem, "%.*s", (int)(slash - at), at), 0755);
    FILE *const out = fopen(at, "wb");
    if (!out || fwrite(content.at, 1, content.size, out) != content.size || fclose(out)) {
        fprintf(stderr, "cannot write %s\n", at);
        exit(1);
    }
}

static const char *const NAMES[] = { "高于规定学历教师", "县级以上骨干教师", "体育艺术专任教师", "教学及辅助用房",
                                     "体育运动场馆", "教学仪器设备值", "网络多媒体教室" };

static struct svg strip(struct arena *mem)
{
    static struct svg_dot dots[4][120];
    static const char *const rows[] = { "全县", "城区", "镇区", "乡村" };
    static struct svg_strip_row given[4];
    size_t n[4] = { 0 };
    unsigned seed = 7;
    for (size_t i = 0; i < 105; i++) {
        seed = seed * 1103515245u + 12345u;
        const size_t kind = i < 15 ? 1 : i < 26 ? 2 : 3;
        const double value = 4 + (double)(seed >> 16 & 1023) / 1023 * (kind == 1 ? 8 : kind == 2 ? 12 : 32);
        const enum state state = i == 50 ? STATE_NO_DATA : value < 6.375 ? STATE_BELOW : value < 7.5 ? STATE_NEAR : STATE_MET;
        const struct svg_dot dot = { value, kind == 1 ? 1400 : kind == 2 ? 600 : 120 + (double)(seed >> 20 & 127), state,
                                     text_printf(mem, "S%zu", i), text_printf(mem, "第%zu小学\n%.2f m²/生", i, value) };
        dots[0][n[0]++] = dot;
        dots[kind][n[kind]++] = dot;
    }
    for (size_t i = 0; i < 4; i++)
        given[i] = (struct svg_strip_row){ text_of(rows[i]), dots[i], n[i] };
    const struct svg_strip drawn = { .rows = given, .n_rows = 4, .threshold = { 7.5, TEXT("标准 7.5") }, .floor = { 6.375, TEXT("底线 6.375") },
                                     .mean = { 11.13, TEXT("均值 11.13") }, .max = 36 };
    return svg_strip(mem, &drawn, TEXT("105 所小学的生均体育运动场馆面积，按城区、镇区、乡村分行"));
}

static struct svg trend(struct arena *mem)
{
    const struct text years[] = { TEXT("2023"), TEXT("2024"), TEXT("2025"), TEXT("2026"), TEXT("2027"), TEXT("2028"), TEXT("2029") };
    const double primary[] = { .58, .65, .695 }, junior[] = { .54, .61, .69 };
    const struct text said[] = { TEXT(""), TEXT(""), TEXT("69.5%") }, also[] = { TEXT(""), TEXT(""), TEXT("69.0%") };
    const struct svg_line lines[] = { { TEXT("小学"), primary, said }, { TEXT("初中"), junior, also } };
    const struct svg_mark ticks[] = { { 0, TEXT("0%") }, { .25, TEXT("25%") }, { .5, TEXT("50%") }, { .75, TEXT("75%") }, { 1, TEXT("100%") } };
    const struct svg_trend drawn = { .years = years, .n_years = 7, .n_known = 3, .lines = lines, .n_lines = 2, .limit = { BLANK, TEXT("") },
                                     .goal = { 1, TEXT("目标 100%") }, .high = 1, .ticks = ticks, .n_ticks = 5, .height = 250 };
    return svg_trend(mem, &drawn, TEXT("小学和初中达到校级要求的学校占比，2023 至 2025 学年，及到 2029 年的目标线"));
}

#define WRITE(path, call)                                                            \
    do {                                                                             \
        struct html html = html_begin(mem, LANG_ZH);                                 \
        call;                                                                        \
        write_file(mem, argv[1], TEXT(path), html_collected(&html));                 \
    } while (0)

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    struct arena *mem = arena_new("gallery");
    struct nav_link see[] = { { TEXT("/overview"), TEXT("总览"), TEXT(""), true }, { TEXT("/schools"), TEXT("学校"), TEXT(""), false },
                              { TEXT("/indicators"), TEXT("指标"), TEXT(""), false }, { TEXT("/map"), TEXT("地图"), TEXT(""), false } },
                    attempt[] = { { TEXT("/what-if"), TEXT("试算"), TEXT(""), false } }, bring[] = { { TEXT("/import"), TEXT("导入"), TEXT(""), false } },
                    report[] = { { TEXT("/official"), TEXT("正式表"), TEXT(""), false } }, settings[] = { { TEXT("/accounts"), TEXT("账号"), TEXT(""), false } };
    struct nav_group groups[] = { { TEXT("看现状"), see, 4 }, { TEXT("试方案"), attempt, 1 }, { TEXT("报数据"), bring, 1 },
                                  { TEXT("写报告"), report, 1 }, { TEXT("设置"), settings, 1 } };
    struct year_choice years[] = { { TEXT("?year=2025"), TEXT("2025学年"), true }, { TEXT("?year=2024"), TEXT("2024学年"), false } };
    const struct view_frame frame = { .lang = TEXT("zh-CN"), .title = TEXT("总览"), .page = TEXT("overview"), .county = TEXT("青禾县（虚构）"),
                                      .fictional = true, .years = years, .n_years = 2, .year = TEXT("2025学年"),
                                      .data_state = TEXT("第 3 版 · 148/150 所学校有数据"), .groups = groups, .n_groups = 5,
                                      .who = TEXT("统计员 王敏"), .form_token = TEXT("t"), .other_lang_path = TEXT("?lang=en"),
                                      .other_lang_name = TEXT("English"), .today = TEXT("2026-01-11"), .search = true, .grid = true, .chart = true };
    struct gallery_row rows[COUNT(NAMES)];
    static const enum state states[] = { STATE_MET, STATE_BELOW, STATE_MET, STATE_NEAR, STATE_NO_DATA, STATE_NOT_APPLICABLE, STATE_MET };
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        const double cv = .24 + .05 * (double)i, values[] = { 3 + (double)i * .1, i == 3 ? BLANK : 3.4, 4.2 - (double)i * .1 };
        rows[i] = (struct gallery_row){
            .name = text_of(NAMES[i]), .value = text_printf(mem, "%.3f", cv), .state = states[i],
            .counts = svg_counts(mem, (struct svg_counts){ 96 - 3 * i, 2 * i, 2 + i, i / 3 }, TEXT("达标 96，达到85% 2，不达标 5，缺数据 2")),
            .bullet = svg_bullet(mem, (struct svg_bullet){ i == 4 ? BLANK : cv, .5, cv + .03, i == 4 ? .41 : BLANK, .52, .62 }, TEXT("差异系数，上限 0.5")),
            .level = svg_level(mem, (struct svg_level){ .value = 3.6 + .3 * (double)i, .threshold = 4.2, .floor = 3.57, .mean = 5.1, .state = states[i] }, TEXT("本校、标准、底线、均值")),
            .spark = svg_spark(mem, values, 3, 4, TEXT("三年")),
            .paired = svg_paired(mem, (struct svg_paired){ cv + .06, cv, .5, .62, true }, TEXT("前后")),
            .share = svg_share(mem, .07 - .01 * (double)i, .07, i % 2 == 1, TEXT("占差异系数")),
        };
    }
    const struct svg_moment moments[] = { { 0, TEXT("启动 2022-10") }, { 1400, TEXT("实施") }, { 2600, TEXT("迎检 2029-11") }, { 2990, TEXT("2030-12") } };
    const struct view_gallery view = {
        .frame = &frame, .rows = rows, .n = COUNT(NAMES), .strip = strip(mem), .trend = trend(mem),
        .phases = svg_phases(mem, moments, COUNT(moments), (struct svg_moment){ 1180, TEXT("今天") }, TEXT("离迎检还有 1,389 天")),
        .option = TEXT("{\"xAxis\":{\"type\":\"category\",\"data\":[\"</script>\",\"乙\",\"丙\"]},\"yAxis\":{\"min\":0},"
                       "\"series\":[{\"type\":\"bar\",\"data\":[1,2,3]}]}"),
        .hostile = TEXT("javascript:alert(1)\"><script>window.hurt=1</script>"),
    };
    WRITE("/index.html", template_gallery(&html, &view));
    const struct view_sign_in sign_in = { .frame = &frame, .name = TEXT("wangmin"), .next = TEXT("/schools"),
                                          .fault = TEXT("账号或密码不对。"), .hint = TEXT("再试 4 次不成，要等 15 分钟。") };
    WRITE("/sign-in.html", template_sign_in(&html, &sign_in));
    struct own_session sessions[] = { { 1, TEXT("2026-01-11 08:02"), TEXT("2026-01-11 09:41"), TEXT("10.0.0.7"), true },
                                      { 2, TEXT("2026-01-09 17:30"), TEXT("2026-01-10 18:20"), TEXT("10.0.0.9"), false } };
    const struct view_account account = { .frame = &frame, .name = TEXT("wangmin"), .role = TEXT("统计员"), .must_change = true,
                                          .changed = true, .fault = TEXT("两次输入的新密码不一样。"), .sessions = sessions, .n_sessions = 2 };
    WRITE("/account.html", template_account(&html, &account));
    struct view_error error = { .frame = &frame, .lang = TEXT("zh-CN"), .what = TEXT("2025学年没有编号 <9999> 的学校。"),
                                .saved = TEXT("没有写入任何数据。"), .hint = TEXT("从学校列表里找；或换一个学年。"),
                                .number = TEXT("a41f-0007"), .back = TEXT("/schools") };
    WRITE("/error.html", template_error(&html, &error));
    error.frame = NULL;
    WRITE("/error-bare.html", template_error(&html, &error));
    WRITE("/old.html", template_old_browser(&html, TEXT("/overview?year=2025")));
    for (size_t i = 0; i < N_ASSETS; i++)
        write_file(mem, argv[1], ASSETS[i].path, asset_plain(&ASSETS[i], mem));
    arena_free(&mem);
    return 0;
}
