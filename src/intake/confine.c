#include "intake/confine.h"

#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* What parsing needs: expat, zlib, iconv, malloc, and leaving. */
static const int ALLOWED[] = {
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
    SCMP_SYS(mprotect), SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(sysinfo), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction),
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(restart_syscall),
};

/* What a library may try in passing and must be refused, not killed for (time zones, locales). */
static const int REFUSED[] = {
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(creat), SCMP_SYS(access), SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(fstat),
    SCMP_SYS(readlink), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(mkdir), SCMP_SYS(socket),
    SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(sendto),
    SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(execve), SCMP_SYS(execveat),
    SCMP_SYS(ptrace), SCMP_SYS(kill), SCMP_SYS(lseek), SCMP_SYS(ioctl), SCMP_SYS(fcntl), SCMP_SYS(getrandom),
    SCMP_SYS(prlimit64), SCMP_SYS(getdents64), SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(dup), SCMP_SYS(dup2),
};

static void set_limit(int resource, rlim_t most)
{
    const struct rlimit limit = { most, most };
    (void)setrlimit((__rlimit_resource_t)resource, &limit); /* a lower limit set outside stays */
}

/* Address space in use now, in bytes: the mapped file and the shared slots are in it. */
static size_t mapped_now(void)
{
    size_t pages = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm) {
        char line[128];
        if (fgets(line, sizeof line, statm))
            for (const char *at = line; *at >= '0' && *at <= '9'; at++)
                pages = pages * 10 + (size_t)(*at - '0');
        fclose(statm);
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Landlock: no path may be opened at all.  Absent on older kernels; seccomp stands alone then. */
static void fence_files(void)
{
#ifdef SYS_landlock_create_ruleset
    const struct { uint64_t handled_access_fs; } every_right = { (1u << 13) - 1 };
    const long rules = syscall(SYS_landlock_create_ruleset, &every_right, sizeof every_right, 0);
    if (rules < 0)
        return;
    (void)syscall(SYS_landlock_restrict_self, (int)rules, 0);
    close((int)rules);
#endif
}

static bool no_filter(int why, struct err *err)
{
    err_set(err, ERR_OUTSIDE, "这台机器的内核不能隔离不可信的文件（seccomp：%s），因此没有读取。", strerror(why));
    return err_hint(err, "请在启用了 seccomp 的 Linux 内核上运行。");
}

bool confine(const struct confinement *limits, struct err *err)
{
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    if (limits->seconds)
        set_limit(RLIMIT_CPU, limits->seconds);
    if (limits->memory && !SANITIZED)
        set_limit(RLIMIT_AS, mapped_now() + limits->memory);
    if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return no_filter(errno, err);
    fence_files();

    scmp_filter_ctx filter = seccomp_init(SANITIZED ? SCMP_ACT_ERRNO(EACCES) : SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return no_filter(ENOMEM, err);
    int failed = 0;
    for (size_t i = 0; i < COUNT(ALLOWED) && !failed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0);
    for (size_t i = 0; i < COUNT(REFUSED) && !failed && !SANITIZED; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), REFUSED[i], 0);
        if (failed == -EDOM || failed == -EFAULT)
            failed = 0; /* a call this machine does not have */
    }
    if (!failed)
        failed = seccomp_load(filter);
    seccomp_release(filter);
    return failed ? no_filter(-failed, err) : true;
}
