/* The commands that work on a county's house, run in the folder itself and by way of a server's console. */
#include "run.h"

#include "app/house.h"
#include "cli/console.h"
#include "cli/console_wire.h"
#include "app/audit.h"
#include "base/file.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static const char *new_house(struct arena *mem)
{
    const char *dir = run_folder(mem);
    struct err err;
    CHECK_OK(house_init(arena_printf(mem, "%s/data", dir), TEXT("410185"), TEXT("青禾县"), true, &err), err);
    return dir;
}

struct server { struct house *house; struct console *console; };

static struct server serve(struct arena *mem, const char *dir)
{
    struct server server;
    struct err err;
    const struct house_options options = { .folder = arena_printf(mem, "%s/data", dir), .least_free = 1 };
    CHECK_OK(house_open(&options, &server.house, &err), err);
    CHECK_OK(console_start(server.house, options.folder, &server.console, &err), err);
    return server;
}

static void stop(struct server *server)
{
    console_stop(&server->console);
    house_close(&server->house);
}

static void succeeds(struct arena *mem, const char *dir, const char *words, const char *says)
{
    const struct ran ran = run(mem, dir, words);
    if (ran.code != 0 || !text_find(ran.out, text_of(says), NULL))
        fail_msg("junheng %s: exit %d, says \"%.*s\" and \"%.*s\", expected \"%s\"", words, ran.code, TEXT_ARG(ran.out), TEXT_ARG(ran.err), says);
}

static void refuses(struct arena *mem, const char *dir, const char *words, int code, const char *says)
{
    const struct ran ran = run(mem, dir, words);
    if (ran.code != code || !text_find(ran.err, text_of(says), NULL) || ran.out.size)
        fail_msg("junheng %s: exit %d, says \"%.*s\" and \"%.*s\", expected %d, \"%s\"", words, ran.code, TEXT_ARG(ran.out), TEXT_ARG(ran.err),
                 code, says);
}

/* The same story, told twice. */
static void lives_through_accounts_and_tokens(struct arena *mem, const char *dir)
{
    succeeds(mem, dir, "user list", "还没有账号");
    const struct ran added = run(mem, dir, "user add WangMin --shown 王敏 --role office");
    CHECK_INT(added.code, 0);
    CHECK_CONTAINS(added.out, "县级办公室，全县");
    CHECK_CONTAINS(added.out, "初始密码：");
    CHECK_CONTAINS(added.err, "只说这一次");
    succeeds(mem, dir, "user add lilin --shown 李林 --role principal --school 3141018501 --school-year 2125", "到 2126-08-31 为止");
    succeeds(mem, dir, "user add pinggu --shown 评估一 --role assessor --until 2126-06-30", "到 2126-06-30 为止");
    refuses(mem, dir, "user add wangmin --shown 王敏 --role office", 4, "已经有一个登录名是“wangmin”");
    refuses(mem, dir, "user add a --shown 甲 --role office", 3, "登录名“a”不合适");
    refuses(mem, dir, "user add b1 --shown 乙 --role principal", 3, "最大是一所学校");
    refuses(mem, dir, "user add b1 --shown 乙 --role assessor", 3, "要有到期的日子");
    refuses(mem, dir, "user add b1 --shown 乙 --role ofice", 2, "没有“ofice”这种角色");
    refuses(mem, dir, "user add b1 --shown 乙", 2, "--role");
    refuses(mem, dir, "user disable nobody", 3, "没有登录名是“nobody”");
    succeeds(mem, dir, "user list", "3141018501");
    succeeds(mem, dir, "user list --format json", "\"role\":\"principal\"");
    succeeds(mem, dir, "user password wangmin", "初始密码：");

    const struct ran token = run(mem, dir, "token create --for wangmin --name 区里数据平台 --may see,export --days 90");
    CHECK_INT(token.code, 0);
    CHECK(text_starts(token.out, TEXT("jh_")));
    CHECK_INT(token.out.size, 3 + 43 + 1);
    succeeds(mem, dir, "token list", "区里数据平台");
    succeeds(mem, dir, "token list --for lilin", "还没有 API 令牌");
    refuses(mem, dir, "token create --for lilin --name 甲 --may see,edit --school 3141018501", 4, "没有 edit");
    refuses(mem, dir, "token create --for wangmin --name 甲 --may sea", 2, "读到“sea”");
    refuses(mem, dir, "token create --for wangmin --name 甲 --days 367", 3, "366");
    refuses(mem, dir, "token create --for wangmin --name 甲 --role supervisor", 3, "现在没有 supervisor 这个角色");
    succeeds(mem, dir, "user role-add wangmin --role supervisor", "督导");
    CHECK_INT(run(mem, dir, "token create --for wangmin --name 督导用 --role supervisor").code, 0);
    succeeds(mem, dir, "token list --format json", "\"role\":\"supervisor\"");
    refuses(mem, dir, "user unlock wangmin", 3, "不用解锁");
    refuses(mem, dir, "mail test wangmin@example.cn", 3, "还没有设置发信服务器");
    succeeds(mem, dir, "mail status", "没有寄出时出的毛病");
    refuses(mem, dir, "mail send", 2, "没有“send”这个用法");
    succeeds(mem, dir, "token revoke 1", "已作废");
    refuses(mem, dir, "token revoke 9", 3, "没有 9 号令牌");

    succeeds(mem, dir, "user grant wangmin --role township --township 柳林镇", "乡镇联络员，柳林镇");
    succeeds(mem, dir, "user disable wangmin", "已停用");
    succeeds(mem, dir, "user list", "停用");
    succeeds(mem, dir, "user enable wangmin", "可以登录");

    refuses(mem, dir, "year status 2026", 3, "2026学年还没有开启填报");
    refuses(mem, dir, "year open 26", 2, "学年读到“26”");
    refuses(mem, dir, "year open 2026 --fill 十月", 2, "--fill 读到“十月”");
    refuses(mem, dir, "year open 2026 --fill 2126-10-15 --confirm 2126-10-10", 3, "截止日期的先后");
    succeeds(mem, dir, "year open 2026 --fill 2126-10-15 --confirm 2126-10-22 --approve 2126-11-20 --no-check", "填报到 2126-10-15，校长确认到 2126-10-22，审定到 2126-11-20。不设乡镇审核");
    refuses(mem, dir, "year open 2026", 4, "2026");
    succeeds(mem, dir, "year set 2026 --fill 2126-10-20", "填报到 2126-10-20，校长确认到 2126-10-22，审定到 2126-11-20。不设乡镇审核");
    succeeds(mem, dir, "year status 2026", "没有这样的学校");
    refuses(mem, dir, "year remind 2026", 3, "没有逾期的填报");
    succeeds(mem, dir, "year lock 2026", "2026学年已经锁定：0 所学校审定，0 所没有");
    refuses(mem, dir, "year set 2026 --fill 2126-10-21", 4, "已经锁定");

    succeeds(mem, dir, "tasks list", "没有这样的任务");
    refuses(mem, dir, "tasks put --title 补齐运动场地", 2, "--owner");
    refuses(mem, dir, "tasks put --title 补齐运动场地 --owner 月球小学", 3, "月球小学");
    refuses(mem, dir, "tasks put --title 报预算 --owner D11 --due 明年", 3, "明年");
    succeeds(mem, dir, "tasks put --title 报预算 --owner D11 --due 2020-05-01 --text 列入本年预算。", "下达了第 1 号整改通知");
    succeeds(mem, dir, "tasks step 1 --step answer --text 列入调整预算。", "现在是“已答复”");
    refuses(mem, dir, "tasks step 1 --step prove --text 好了。", 4, "下一步是同意措施");
    succeeds(mem, dir, "tasks step 1 --step accept", "现在是“整改中”");
    succeeds(mem, dir, "tasks step 1 --step prove --text 文件已发。", "现在是“已报结果”");
    refuses(mem, dir, "tasks step 1 --step close --text 看过。", 4, "要由另一个人复查");
    succeeds(mem, dir, "tasks show 1", "文件已发");
    refuses(mem, dir, "tasks list --state soon", 2, "soon");
    succeeds(mem, dir, "tasks list --state proved --format csv", "报预算");

    succeeds(mem, dir, "upkeep", "登录尝试：没有到时候的事");
    succeeds(mem, dir, "upkeep --at 2127-03-01", "登录尝试：");
    refuses(mem, dir, "upkeep --at 明天", 2, "--at 读到“明天”");

    succeeds(mem, dir, "audit verify", "审计记录完整");
    succeeds(mem, dir, "audit list", "新建账号");
    succeeds(mem, dir, "audit list --verb token.revoke --format csv", "token=1");
    const struct ran paged = run(mem, dir, "audit list --most 2");
    CHECK_INT(paged.code, 0);
    CHECK_CONTAINS(paged.err, "--before");
    refuses(mem, dir, "audit verify --anchor 5", 2, "锚点");
    const struct ran cut = run(mem, dir, "audit verify --anchor 999:0123456789abcdef");
    CHECK_INT(cut.code, 1);
    CHECK_CONTAINS(cut.out, "结尾被截掉");
}

TEST(house_commands, work_in_the_folder_itself)
{
    struct arena *mem = arena_new("test");
    lives_through_accounts_and_tokens(mem, new_house(mem));
    arena_free(&mem);
}

TEST(house_commands, work_the_same_by_way_of_the_server)
{
    struct arena *mem = arena_new("test");
    const char *dir = new_house(mem);
    struct server server = serve(mem, dir);
    lives_through_accounts_and_tokens(mem, dir);
    stop(&server);
    refuses(mem, dir, "user disable nobody", 3, "没有登录名"); /* and once it is gone, in the folder again */
    CHECK(access(arena_printf(mem, "%s/data/junheng.sock", dir), F_OK) != 0);
    arena_free(&mem);
}

TEST(house_commands, find_their_folder)
{
    struct arena *mem = arena_new("test");
    const char *dir = new_house(mem);
    const char *elsewhere = run_folder(mem);
    const char *out = arena_printf(mem, "%s/out", elsewhere);
    refuses(mem, elsewhere, "user list", 3, "data");
    succeeds(mem, elsewhere, arena_printf(mem, "user list --data %s/data", dir), "还没有账号");
    const struct ran ran = run_to(mem, elsewhere, "user list", out, arena_printf(mem, "JUNHENG_DATA=%s/data", dir));
    CHECK_INT(ran.code, 0);
    arena_free(&mem);
}

/* Longer than the 108 bytes that a socket's address has. */
TEST(house_commands, reach_a_server_whose_folder_has_a_long_name)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem), *deep = arena_printf(mem, "%s/%0200d", dir, 1);
    struct err err;
    CHECK_INT(mkdir(deep, 0700), 0);
    CHECK_OK(house_init(arena_printf(mem, "%s/data", deep), TEXT("410185"), TEXT("青禾县"), true, &err), err);
    struct server server = serve(mem, deep);
    succeeds(mem, deep, "user list", "还没有账号");
    stop(&server);
    arena_free(&mem);
}

struct patient { const char *dir; struct arena *mem; int code; };
static void *add_one(void *context)
{
    struct patient *const p = context;
    p->code = run_to(p->mem, p->dir, arena_printf(p->mem, "user add user%d --shown 某 --role supervisor", p->code),
                     arena_printf(p->mem, "%s/out%d", p->dir, p->code), NULL).code;
    return NULL;
}

TEST(house_commands, wait_for_each_other)
{
    enum { MANY = 4 };
    struct arena *mem = arena_new("test");
    const char *dir = new_house(mem);
    struct patient patients[MANY];
    pthread_t threads[MANY];
    for (int i = 0; i < MANY; i++) {
        /* run_to keeps what was said in its folder: each needs its own. */
        patients[i] = (struct patient){ .mem = arena_new("patient"), .code = i };
        patients[i].dir = run_folder(patients[i].mem);
        CHECK_INT(symlink(arena_printf(mem, "%s/data", dir), arena_printf(mem, "%s/data", patients[i].dir)), 0);
    }
    for (int i = 0; i < MANY; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, add_one, &patients[i]), 0);
    for (int i = 0; i < MANY; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(patients[i].code, 0);
        CHECK_INT(unlink(arena_printf(mem, "%s/data", patients[i].dir)), 0);
        arena_free(&patients[i].mem);
    }
    succeeds(mem, dir, "user list", "user3");
    arena_free(&mem);
}

/* ---- callers with other intentions ---------------------------------------------------------- */

static int call(struct arena *mem, const char *dir)
{
    struct sockaddr_un address;
    struct err err;
    int folder, fd;
    CHECK_OK(console_address(arena_printf(mem, "%s/data", dir), &address, &folder, &fd, &err), err);
    CHECK_INT(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    close(folder);
    return fd;
}

/* False: the other end heard no more of it. */
static bool say(int fd, const char *const *words, uint32_t n)
{
    bool ok = wire_send_number(fd, n);
    for (uint32_t i = 0; ok && i < n; i++)
        ok = wire_send_number(fd, (uint32_t)strlen(words[i])) && wire_send(fd, text_of(words[i]));
    return ok;
}

/* All that is answered until the connection ends. */
static struct text heard(struct arena *mem, int fd)
{
    struct buf all = { .mem = mem };
    char byte;
    while (wire_receive(fd, &byte, 1))
        buf_byte(&all, byte);
    close(fd);
    return buf_text(&all);
}

TEST(console, refuses_what_is_not_its_business)
{
    struct arena *mem = arena_new("test");
    const char *dir = new_house(mem);
    struct server server = serve(mem, dir);
    int fd = call(mem, dir);
    CHECK(say(fd, (const char *const[]){ JUNHENG_VERSION, "/", "0", "assess", "x.csv" }, 5));
    CHECK_CONTAINS(heard(mem, fd), "不代做“assess”");
    fd = call(mem, dir);
    CHECK(say(fd, (const char *const[]){ "9.9.9", "/", "0", "user", "list" }, 5));
    CHECK_CONTAINS(heard(mem, fd), "9.9.9");
    /* Counts and sizes that nobody needs, and callers who leave early. */
    fd = call(mem, dir);
    CHECK(wire_send_number(fd, 0xffffffff));
    CHECK_INT(heard(mem, fd).size, 0);
    fd = call(mem, dir);
    CHECK(wire_send_number(fd, 5) && wire_send_number(fd, 0x7fffffff));
    CHECK_INT(heard(mem, fd).size, 0);
    fd = call(mem, dir);
    CHECK(wire_send_number(fd, 2));
    CHECK_INT(heard(mem, fd).size, 0);
    close(call(mem, dir));
    succeeds(mem, dir, "user list", "还没有账号");
    stop(&server);
    arena_free(&mem);
}

TEST(console, hears_no_other_user)
{
    struct arena *mem = arena_new("test");
    if (geteuid() != 0) {
        arena_free(&mem);
        skip();
    }
    const char *dir = new_house(mem);
    struct server server = serve(mem, dir);
    /* Even if somebody opens the doors: the kernel says who calls. */
    CHECK_INT(chmod(dir, 0711), 0);
    CHECK_INT(chmod(arena_printf(mem, "%s/data", dir), 0711), 0);
    CHECK_INT(chmod(arena_printf(mem, "%s/data/junheng.sock", dir), 0666), 0);
    CHECK_INT(syscall(SYS_setresuid, -1, 65534, -1), 0); /* this thread alone */
    const int fd = call(mem, dir);
    CHECK_INT(syscall(SYS_setresuid, -1, 0, -1), 0);
    const char *const words[] = { JUNHENG_VERSION, "/", "0", "user", "list" };
    (void)say(fd, words, COUNT(words));
    CHECK_INT(heard(mem, fd).size, 0);
    const int own = call(mem, dir); /* the same words of one who may */
    CHECK(say(own, words, COUNT(words)));
    CHECK_CONTAINS(heard(mem, own), "还没有账号");
    stop(&server);
    arena_free(&mem);
}

/* ---- roles ---------------------------------------------------------------------------------- */

TEST(roles, are_printed_as_the_golden_table_says)
{
    struct arena *mem = arena_new("test");
    struct text golden;
    struct err err;
    const struct ran ran = run(mem, run_folder(mem), "roles");
    CHECK_OK(file_read(mem, SOURCE_ROOT "/tests/cli/golden/roles.txt", 1 << 16, &golden, &err), err);
    CHECK_INT(ran.code, 0);
    CHECK_TEXT(ran.out, text_string(mem, golden));
    arena_free(&mem);
}
