#include "run.h"

#include "base/file.h"

#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
enum { MOST_WORDS = 64, LARGEST = 64 << 20 };

static int forget(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void forget_folder(void *path)
{
    nftw(path, forget, 16, FTW_DEPTH | FTW_PHYS);
}

const char *run_folder(struct arena *mem)
{
    char *path = arena_printf(mem, "%s", "/tmp/junheng-test-XXXXXX");
    CHECK(mkdtemp(path) != NULL);
    arena_defer(mem, forget_folder, path);
    return path;
}

void run_write(struct arena *mem, const char *folder, const char *name, const char *bytes)
{
    struct err err;
    CHECK_OK(file_write(arena_printf(mem, "%s/%s", folder, name), text_of(bytes), &err), err);
}

struct text run_read(struct arena *mem, const char *folder, const char *name)
{
    struct text bytes = TEXT("");
    struct err err;
    CHECK_OK(file_read(mem, arena_printf(mem, "%s/%s", folder, name), LARGEST, &bytes, &err), err);
    return bytes;
}

static void words_of(struct arena *mem, const char *line, char **argv)
{
    size_t n = 0;
    for (const char *at = line; *at;) {
        if (*at == ' ') {
            at++;
            continue;
        }
        const char mark = *at == '\'' ? '\'' : ' ';
        const char *from = mark == '\'' ? at + 1 : at;
        const char *end = strchr(from, mark);
        const size_t size = end ? (size_t)(end - from) : strlen(from);
        CHECK(n + 2 < MOST_WORDS);
        argv[n++] = arena_printf(mem, "%.*s", (int)size, from);
        at = from + size + (end ? 1 : 0);
    }
    argv[n] = NULL;
}

/* Standard output is `fd`, or the file `to`. */
static struct ran spawn(struct arena *mem, const char *folder, const char *words, int fd, const char *to, const char *environment)
{
    char *argv[MOST_WORDS] = { NULL }, *variables[256];
    const char *program = BUILD_ROOT "/junheng", *err_path = arena_printf(mem, "%s/.err", folder);
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status;
    size_t n = 0;

    argv[0] = arena_printf(mem, "%s", program);
    words_of(mem, words, argv + 1);
    for (char **e = environ; *e && n < 250; e++)
        variables[n++] = *e;
    if (environment)
        variables[n++] = arena_printf(mem, "%s", environment);
    variables[n] = NULL;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (to)
        posix_spawn_file_actions_addopen(&actions, 1, to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    else
        posix_spawn_file_actions_adddup2(&actions, fd, 1);
    posix_spawn_file_actions_addopen(&actions, 2, err_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK_INT(posix_spawn(&pid, program, &actions, NULL, argv, variables), 0);
    posix_spawn_file_actions_destroy(&actions);
    CHECK(waitpid(pid, &status, 0) == pid);

    struct ran ran = { .code = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .out = TEXT(""), .err = TEXT("") };
    struct err err;
    CHECK_OK(file_read(mem, err_path, LARGEST, &ran.err, &err), err);
    return ran;
}

struct ran run_to(struct arena *mem, const char *folder, const char *words, const char *to, const char *environment)
{
    return spawn(mem, folder, words, -1, to, environment);
}

struct ran run_unread(struct arena *mem, const char *folder, const char *words)
{
    int ends[2];
    CHECK_INT(pipe(ends), 0);
    close(ends[0]);
    const struct ran ran = spawn(mem, folder, words, ends[1], NULL, NULL);
    close(ends[1]);
    return ran;
}

struct ran run(struct arena *mem, const char *folder, const char *words)
{
    const char *out = arena_printf(mem, "%s/.out", folder);
    struct ran ran = run_to(mem, folder, words, out, NULL);
    struct err err;
    CHECK_OK(file_read(mem, out, LARGEST, &ran.out, &err), err);
    return ran;
}
