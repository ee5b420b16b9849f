#include "intake/outside.h"

#include "base/sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MEMORY = 1024 /* MB of address space */, MOST_OPEN = 64 };

/* ---- in the child, before the program is there ---- */

static void at_most(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) == 0 && now.rlim_max < most)
        most = now.rlim_max;
    if (setrlimit(what, &(struct rlimit){ most, most }) != 0)
        _exit(126);
}

/* <linux/landlock.h> is not everywhere. */
enum {
    LANDLOCK_CREATE = 444, LANDLOCK_ADD = 445, LANDLOCK_RESTRICT = 446, LANDLOCK_ASK_VERSION = 1, LANDLOCK_BENEATH = 1,
    LANDLOCK_EXECUTE = 1 << 0, LANDLOCK_READ_FILE = 1 << 2, LANDLOCK_READ_DIR = 1 << 3,
};
struct beneath { uint64_t allowed; int32_t parent; } __attribute__((packed));

/* What is installed may be read and run; all else of the file system is closed, where the kernel can do that.  Older kernels
 * have seccomp alone: no file can be opened to be written there either. */
static void close_file_system(void)
{
    static const char *const INSTALLED[] = { "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/poppler" };
    const long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_ASK_VERSION);
    if (version < 1)
        return;
    uint64_t handled = (1u << 13) - 1;
    handled |= version >= 2 ? 1u << 13 : 0;
    handled |= version >= 3 ? 1u << 14 : 0;
    const long rules = syscall(LANDLOCK_CREATE, &handled, sizeof handled, 0);
    if (rules < 0)
        _exit(126);
    for (size_t i = 0; i < COUNT(INSTALLED); i++) {
        const int at = open(INSTALLED[i], O_PATH | O_CLOEXEC);
        if (at < 0)
            continue;
        struct beneath rule = { LANDLOCK_EXECUTE | LANDLOCK_READ_FILE | LANDLOCK_READ_DIR, at };
        if (syscall(LANDLOCK_ADD, (int)rules, LANDLOCK_BENEATH, &rule, 0) != 0) { /* a file has no folder to be read */
            rule.allowed = LANDLOCK_EXECUTE | LANDLOCK_READ_FILE;
            if (syscall(LANDLOCK_ADD, (int)rules, LANDLOCK_BENEATH, &rule, 0) != 0)
                _exit(126);
        }
        close(at);
    }
    if (syscall(LANDLOCK_RESTRICT, (int)rules, 0) != 0)
        _exit(126);
    close((int)rules);
}

static int deny(scmp_filter_ctx filter, int call)
{
    const int failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0);
    return failed == -EDOM || failed == -EINVAL ? 0 : failed;
}

/* A program must be loaded before it runs, so that it cannot be shut in as tightly as our own children: what is denied is
 * the network, other processes, writing files, and the corners of the kernel that no reader of files needs. */
static void lock_calls(void)
{
    static const int DENIED[] = {
        SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
        SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
        SCMP_SYS(process_vm_writev), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat),
        SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(creat), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
        SCMP_SYS(symlinkat), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(truncate), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(bpf),
        SCMP_SYS(perf_event_open), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(io_uring_setup), SCMP_SYS(unshare),
        SCMP_SYS(setns), SCMP_SYS(userfaultfd), SCMP_SYS(memfd_create), SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(semget),
        SCMP_SYS(openat2), SCMP_SYS(open_by_handle_at), SCMP_SYS(execveat),
    };
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int failed = filter ? 0 : -1;
    for (size_t i = 0; i < COUNT(DENIED) && !failed; i++)
        failed = deny(filter, DENIED[i]);
    /* Files are opened to be read alone; a new process is none of a thread's. */
    const struct scmp_arg_cmp writes[] = { SCMP_CMP(1, SCMP_CMP_MASKED_EQ, O_WRONLY, O_WRONLY), SCMP_CMP(1, SCMP_CMP_MASKED_EQ, O_RDWR, O_RDWR) };
    const struct scmp_arg_cmp writes_at[] = { SCMP_CMP(2, SCMP_CMP_MASKED_EQ, O_WRONLY, O_WRONLY), SCMP_CMP(2, SCMP_CMP_MASKED_EQ, O_RDWR, O_RDWR) };
    for (size_t i = 0; i < 2 && !failed; i++) {
        failed = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1, &writes_at[i]);
        if (!failed) {
            failed = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 1, &writes[i]);
            failed = failed == -EDOM || failed == -EINVAL ? 0 : failed;
        }
    }
    if (!failed)
        failed = seccomp_load(filter);
    if (failed)
        _exit(126);
    seccomp_release(filter);
}

static _Noreturn void become(const char *path, const char *const *arguments, int fd, int pipe_end, unsigned seconds)
{
    static char *const ENVIRONMENT[] = { (char *)(uintptr_t)"LANG=C.UTF-8", (char *)(uintptr_t)"HOME=/nonexistent", NULL };
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    const int nothing = open("/dev/null", O_WRONLY);
    if (lseek(fd, 0, SEEK_SET) < 0 || nothing < 0 || dup2(fd, 0) < 0 || dup2(pipe_end, 1) < 0 || dup2(nothing, 2) < 0)
        _exit(126);
    if (close_range(3, ~0u, 0) != 0)
        for (int at = 3; at < 1024; at++)
            close(at);
    at_most(RLIMIT_CORE, 0);
    at_most(RLIMIT_CPU, seconds);
    at_most(RLIMIT_FSIZE, 0);
    at_most(RLIMIT_NOFILE, MOST_OPEN);
    if (!SANITIZED)
        at_most(RLIMIT_AS, (rlim_t)MEMORY << 20);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        _exit(126);
    close_file_system();
    lock_calls();
    execve(path, (char *const *)(uintptr_t)arguments, ENVIRONMENT);
    _exit(127);
}

/* ---- the parent ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What it says until it is done, `most` bytes are there or the time is up. */
static bool listen_to(int fd, size_t most, int64_t deadline, struct buf *said)
{
    char room[65536];
    for (;;) {
        struct pollfd wait = { .fd = fd, .events = POLLIN };
        const int64_t left = deadline - now_ms();
        if (left <= 0)
            return false;
        if (poll(&wait, 1, (int)left) <= 0)
            continue;
        const ssize_t n = read(fd, room, sizeof room);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        const size_t rest = most - said->size;
        buf_add(said, (struct text){ room, (size_t)n < rest ? (size_t)n : rest });
        if (said->size == most)
            return true;
    }
}

enum outside_end outside_run(const char *path, const char *const *arguments, int fd, size_t most, unsigned seconds, struct arena *mem,
                             struct text *out, struct err *err)
{
    int ends[2], status = 0;
    struct buf said = { .mem = mem };
    *out = TEXT("");
    if (access(path, X_OK) != 0)
        return OUTSIDE_ABSENT;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        err_set(err, ERR_OUTSIDE, "不能启动读取文件的程序：%s。", err_system(errno));
        return OUTSIDE_FAILED;
    }
    const pid_t pid = fork();
    if (pid == 0)
        become(path, arguments, fd, ends[1], seconds);
    close(ends[1]);
    const bool heard = pid > 0 && listen_to(ends[0], most, now_ms() + (int64_t)seconds * 1000, &said);
    close(ends[0]);
    if (pid <= 0) {
        err_set(err, ERR_OUTSIDE, "不能启动读取文件的程序：%s。", err_system(errno));
        return OUTSIDE_FAILED;
    }
    if (!heard || said.size == most)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    *out = buf_text(&said);
    if (heard && (said.size == most || (WIFEXITED(status) && WEXITSTATUS(status) == 0)))
        return OUTSIDE_DONE;
    err_set(err, ERR_INPUT, "程序读不了这个文件。");
    err_detail(err, "%s: status %d%s", path, status, heard ? "" : ", too late");
    return OUTSIDE_FAILED;
}
