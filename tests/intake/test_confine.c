#include "check.h"

#include "import/encoding.h"
#include "intake/child.h"
#include "intake/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Under the sanitizers what is forbidden is refused where the hardened build kills. */
#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* How a deed ends inside a confined process: 0 it succeeded, 1 refused with EACCES, 2 refused
 * otherwise, −signal when it was killed. */
static int outcome(long (*deed)(void))
{
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        struct err err;
        const struct confinement limits = { .memory = 64 << 20, .cpu_seconds = 20 };
        if (!confine(&limits, &err))
            _exit(9);
        errno = 0;
        const long result = deed();
        _exit(result >= 0 ? 0 : errno == EACCES ? 1 : 2);
    }
    int status;
    CHECK(waitpid(pid, &status, 0) == pid);
    if (WIFSIGNALED(status))
        return -WTERMSIG(status);
    if (WEXITSTATUS(status) == 9)
        fail_msg("this kernel cannot confine");
    return WEXITSTATUS(status);
}

static pid_t parent;
static int some_file;

static long deed_open(void) { return open("/etc/passwd", O_RDONLY); }
static long deed_open_raw(void) { return syscall(SYS_openat, AT_FDCWD, "/tmp", O_RDONLY); }
static long deed_create(void) { return open("/tmp/junheng-confine", O_WRONLY | O_CREAT, 0600); }
static long deed_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long deed_unix_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static long deed_fork(void) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }
static long deed_exec(void)
{
    char *const argv[] = { (char *)(uintptr_t)"true", NULL };
    return execve("/bin/true", argv, NULL);
}
static long deed_kill_parent(void) { return kill(parent, SIGTERM); }
static long deed_ptrace(void) { return ptrace(PTRACE_ATTACH, parent, NULL, NULL); }
static long deed_read_memory(void) { return syscall(SYS_process_vm_readv, parent, NULL, 0, NULL, 0, 0); }
static long deed_mount(void) { return syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL); }
static long deed_signal(void) { return kill(getpid(), 0); }
static long deed_limits(void) { return syscall(SYS_setrlimit, 0, NULL); }
static long deed_stat(void) { return syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", NULL, 0); }
static long deed_run_memory(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}
static long deed_read_held_file(void)
{
    char byte;
    return pread(some_file, &byte, 1, 0);
}
static long deed_too_much_memory(void)
{
    for (int i = 0; i < 100; i++) {
        char *at = mmap(NULL, 16 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) {
            errno = EACCES;
            return -1;
        }
    }
    return 0;
}
static long deed_endless(void)
{
    for (volatile unsigned long i = 0;; i++)
        ;
    return 0;
}

static void check_refused(long (*deed)(void), const char *what)
{
    const int got = outcome(deed);
    if (got != 1)
        fail_msg("%s: %d", what, got);
}

/* Killed on the hardened build. */
static void check_killed(long (*deed)(void), const char *what)
{
    const int got = outcome(deed);
    if (SANITIZED ? got == 0 : got != -SIGSYS)
        fail_msg("%s: %d", what, got);
}

TEST(confine, refuses_files_sockets_and_processes)
{
    parent = getpid();
    check_refused(deed_open, "open");
    check_refused(deed_open_raw, "openat");
    check_refused(deed_create, "create");
    check_refused(deed_stat, "stat");
    check_refused(deed_socket, "socket");
    check_refused(deed_unix_socket, "unix socket");
    check_refused(deed_fork, "fork");
    check_refused(deed_exec, "exec");
    check_refused(deed_run_memory, "memory that can be run");
}

TEST(confine, kills_what_attacks)
{
    parent = getpid();
    check_killed(deed_ptrace, "ptrace");
    check_killed(deed_read_memory, "process_vm_readv");
    check_killed(deed_mount, "mount");
    check_killed(deed_kill_parent, "kill the parent");
    check_killed(deed_signal, "kill itself");
    check_killed(deed_limits, "setrlimit");
}

TEST(confine, lets_the_open_file_be_read)
{
    some_file = open("/proc/self/exe", O_RDONLY);
    CHECK(some_file >= 0);
    CHECK_INT(outcome(deed_read_held_file), 0);
    close(some_file);
}

TEST(confine, bounds_memory)
{
    CHECK_INT(outcome(deed_too_much_memory), SANITIZED ? 0 : 1); /* the sanitizers map terabytes */
}

static long deed_some_memory(void)
{
    return mmap(NULL, 48 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

/* A program with threads has gigabytes mapped that it never touched: they are not the child's. */
TEST(confine, bounds_what_is_taken_beyond_what_was_held_before)
{
    const size_t size = (size_t)4 << 30;
    void *const held = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CHECK(held != MAP_FAILED);
    CHECK_INT(outcome(deed_some_memory), 0);
    CHECK_INT(outcome(deed_too_much_memory), SANITIZED ? 0 : 1);
    munmap(held, size);
}

/* One second instead of twenty. */
TEST(confine, bounds_computing)
{
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        struct err err;
        const struct confinement limits = { .memory = 64 << 20, .cpu_seconds = 1 };
        if (confine(&limits, &err))
            deed_endless();
        _exit(9);
    }
    int status;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL));
}

static struct decoder *gb18030;
static long deed_decode(void)
{
    struct arena *mem = arena_new("test");
    bool damaged = false;
    /* 㐀 (four bytes) and 学校: other tables of the converter than the one that was tried. */
    const struct text text = decoder_text(gb18030, mem, TEXT("\x81\x39\xEE\x39\xD1\xA7\xD0\xA3\x82\x30\x81\x31"), &damaged);
    errno = 0;
    return !damaged && text_starts(text, TEXT("㐀学校")) ? 0 : -1;
}

TEST(confine, leaves_gb18030_decoding_possible)
{
    struct arena *mem = arena_new("test");
    struct err err;
    gb18030 = decoder_open(ENCODING_GB18030, mem, &err);
    CHECK(gb18030 != NULL);
    CHECK_INT(outcome(deed_decode), 0);
    arena_free(&mem);
}

/* ---- the child around it ---- */

static bool nothing(void *context, struct arena *mem, struct err *err)
{
    (void)context, (void)mem, (void)err;
    return true;
}

struct deed { int kind; };
enum { CRASH, SPIN, EAT, NONSENSE_SLOT, REFUSE, REFUSE_NO_TEXT };

static bool misbehave(void *context, struct arena *mem, struct channel *channel, struct err *err)
{
    switch (((struct deed *)context)->kind) {
    case CRASH: __builtin_trap();
    case SPIN: deed_endless(); break;
    case EAT:
        for (;;)
            arena_alloc(mem, 1 << 20);
    case NONSENSE_SLOT: channel_send(channel, (struct message){ .kind = MESSAGE_BATCH, .slot = 4711 }); break;
    case REFUSE: return err_set(err, ERR_INPUT, "这个文件不行。");
    case REFUSE_NO_TEXT: err->kind = ERR_INPUT; memcpy(err->what, "\xFF\xFE", 3); return false;
    }
    return true;
}

static struct err end_of(int kind, unsigned seconds)
{
    struct deed deed = { kind };
    const struct child_work work = { .context = &deed, .fd = -1, .prepare = nothing, .read = misbehave, .memory = 64 << 20, .seconds = seconds,
                                     .slot_size = 8192, .n_slots = 2 };
    struct child child;
    struct err err = { 0 };
    struct message message = { 0 };
    CHECK_OK(child_start(&child, &work, TEXT("甲.xlsx"), &err), err);
    while (child_hear(&child, &message, &err) && message.kind != MESSAGE_DONE)
        if (!child_give(&child, message.slot, &err))
            break;
    child_end(&child);
    return err;
}

TEST(child, that_crashes_is_told_in_a_sentence)
{
    if (SANITIZED)
        skip(); /* the sanitizer reports a crash of its own */
    const struct err err = end_of(CRASH, 5);
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(err.what), "“甲.xlsx”的进程意外停止");
    CHECK_CONTAINS(text_of(err.hint), "另存为");
}

TEST(child, that_computes_without_end_is_stopped)
{
    const struct err err = end_of(SPIN, 1);
    CHECK_INT(err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(err.what), "“甲.xlsx”用时太久");
}

TEST(child, that_wants_too_much_memory_is_told_in_a_sentence)
{
    if (SANITIZED)
        skip(); /* no bound on memory there */
    const struct err err = end_of(EAT, 5);
    CHECK_INT(err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(err.what), "内存超过上限");
}

TEST(child, that_says_it_refuses_is_quoted)
{
    const struct err err = end_of(REFUSE, 5);
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_TEXT(text_of(err.what), "这个文件不行。");
}

TEST(child, that_talks_nonsense_is_not_believed)
{
    CHECK_CONTAINS(text_of(end_of(NONSENSE_SLOT, 5).what), "不合规定");
    CHECK_CONTAINS(text_of(end_of(REFUSE_NO_TEXT, 5).what), "不合规定");
}
