#include "intake/confine.h"

#include "base/sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool cannot(struct err *err, const char *what, int why)
{
    err_set(err, ERR_OUTSIDE, "本机不能隔离读取文件的进程（%s），为安全起见不读取。", what);
    err_detail(err, "%s: %s", what, err_system(why));
    return err_hint(err, "请在支持 seccomp 的 Linux 内核（5.0 以上）上运行；在容器中运行时，请让容器放行 seccomp 和 prctl。");
}

/* ---- bounds on memory and time ---- */

/* Address space held now, in bytes; 0 when it cannot be told. */
static uint64_t held_now(void)
{
    char line[64];
    const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    const ssize_t n = read(fd, line, sizeof line);
    close(fd);
    uint64_t pages = 0;
    for (ssize_t i = 0; i < n && line[i] >= '0' && line[i] <= '9'; i++)
        pages = pages * 10 + (uint64_t)(line[i] - '0');
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool at_most(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) == 0 && now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
        most = now.rlim_max;
    return setrlimit(what, &(struct rlimit){ most, most }) == 0;
}

static bool bound(const struct confinement *limits, uint64_t held, struct err *err)
{
    if (!at_most(RLIMIT_CORE, 0))
        return cannot(err, "RLIMIT_CORE", errno);
    if (limits->cpu_seconds && !at_most(RLIMIT_CPU, limits->cpu_seconds))
        return cannot(err, "RLIMIT_CPU", errno);
    /* The sanitizers map terabytes, print and ask for more: the hardened build is the proof. */
    if (!SANITIZED && !at_most(RLIMIT_AS, held + limits->memory))
        return cannot(err, "RLIMIT_AS", errno);
    return true;
}

/* ---- Landlock: no path of the file system, where the kernel knows it ---- */

enum { LANDLOCK_CREATE = 444, LANDLOCK_RESTRICT = 446, LANDLOCK_ASK_VERSION = 1 };

static bool close_file_system(struct err *err)
{
    const long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_ASK_VERSION);
    if (version < 1)
        return true; /* an older kernel: seccomp refuses open all the same */
    /* Thirteen kinds of access in the first version; then refer, truncate, ioctl. */
    uint64_t handled = (1u << 13) - 1;
    handled |= version >= 2 ? 1u << 13 : 0;
    handled |= version >= 3 ? 1u << 14 : 0;
    handled |= version >= 5 ? 1u << 15 : 0;
    const long ruleset = syscall(LANDLOCK_CREATE, &handled, sizeof handled, 0);
    if (ruleset < 0)
        return cannot(err, "Landlock", errno);
    const bool ok = syscall(LANDLOCK_RESTRICT, (int)ruleset, 0) == 0;
    const int why = errno;
    close((int)ruleset);
    return ok || cannot(err, "Landlock", why);
}

/* ---- seccomp ---- */

static const int ALLOWED[] = {
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(restart_syscall),
#if SANITIZED
    SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(tgkill),
    SCMP_SYS(sched_yield), SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(sched_getaffinity), SCMP_SYS(sysinfo), SCMP_SYS(getppid),
#endif
};

/* A library that tries these is told no and goes on; anything else unknown is an attack. */
static const int REFUSED[] = {
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(creat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat),
    SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(sendto), SCMP_SYS(sendmsg),
    SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(execve), SCMP_SYS(execveat),
    SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(fcntl), SCMP_SYS(ioctl), SCMP_SYS(uname),
    SCMP_SYS(memfd_create),
#if !SANITIZED
    SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(sched_getaffinity), SCMP_SYS(sysinfo), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid),
#endif
};

static int refuse(scmp_filter_ctx filter, int call, const struct scmp_arg_cmp *when)
{
    if (SANITIZED)
        return 0; /* everything that is not allowed is refused there */
    const int failed = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), call, when ? 1 : 0, when);
    return failed == -EDOM || failed == -EINVAL ? 0 : failed; /* this machine has no such call */
}

static int lock_calls(scmp_filter_ctx filter)
{
    int failed = 0;
    for (size_t i = 0; i < COUNT(ALLOWED) && !failed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0);
    for (size_t i = 0; i < COUNT(REFUSED) && !failed; i++)
        failed = refuse(filter, REFUSED[i], NULL);
    /* Memory, but never memory that can be run. */
    const struct scmp_arg_cmp no_exec = SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp exec = SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
    if (!failed)
        failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_exec);
    if (!failed)
        failed = refuse(filter, SCMP_SYS(mmap), &exec);
    if (!failed)
        failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_exec);
    if (!failed)
        failed = refuse(filter, SCMP_SYS(mprotect), &exec);
    return failed ? failed : seccomp_load(filter);
}

bool confine(const struct confinement *limits, struct err *err)
{
    const uint64_t held = held_now(); /* while files can be opened */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return cannot(err, "prctl", errno);
    if (!close_file_system(err))
        return false;
    const scmp_filter_ctx filter = seccomp_init(SANITIZED ? SCMP_ACT_ERRNO(EACCES) : SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return cannot(err, "seccomp", ENOMEM);
    /* The memory bound comes last before the lock: building the filter needs some itself. */
    bool ok = bound(limits, held, err);
    if (ok) {
        const int failed = lock_calls(filter);
        ok = !failed || cannot(err, "seccomp", -failed);
    }
    seccomp_release(filter);
    return ok;
}
