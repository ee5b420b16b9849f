/* measure.c — runs a program and says how long it took, and, if asked, the most memory it and its
 * children held at once.
 *
 *   measure [-m] [-o OUT] PROGRAM ARGUMENT...
 *   prints  {"ms": wall clock, "cpu_ms": user and system of it and its children,
 *            "exit": its exit code, "peak_kb": the largest sum over all of them}
 *
 * -m samples every millisecond what each process holds privately or shares with the others
 * (proportional set size, without the pages of mapped files); it slows the program a little, so
 * times are taken without it.  -o: where its standard output goes (else nowhere). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MOST_PROCESSES = 256 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Proportional set size without mapped files, of one process, in kB. */
static long held_kb(long pid)
{
    char path[64], line[256];
    long held = 0, kb;
    snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    while (fgets(line, sizeof line, file)) {
        char *colon = strchr(line, ':');
        if (!colon)
            continue;
        kb = strtol(colon + 1, NULL, 10);
        if (!strncmp(line, "Pss_Anon", 8) || !strncmp(line, "Pss_Shmem", 9))
            held += kb;
    }
    fclose(file);
    return held;
}

/* It, and all that descend from it (through /proc/PID/task/TID/children). */
static size_t family(long first, long *pids)
{
    size_t n = 0;
    pids[n++] = first;
    for (size_t i = 0; i < n; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%ld/task", pids[i]);
        DIR *tasks = opendir(path);
        for (struct dirent *task; tasks && (task = readdir(tasks));) {
            char children[128], text[4096];
            if (task->d_name[0] == '.')
                continue;
            snprintf(children, sizeof children, "/proc/%ld/task/%.20s/children", pids[i], task->d_name);
            FILE *file = fopen(children, "re");
            if (file && fgets(text, sizeof text, file))
                for (char *at = text, *end; n < MOST_PROCESSES; at = end) {
                    const long pid = strtol(at, &end, 10);
                    if (end == at)
                        break;
                    pids[n++] = pid;
                }
            if (file)
                fclose(file);
        }
        if (tasks)
            closedir(tasks);
    }
    return n;
}

static long family_kb(long first)
{
    long pids[MOST_PROCESSES], kb = 0;
    const size_t n = family(first, pids);
    for (size_t i = 0; i < n; i++)
        kb += held_kb(pids[i]);
    return kb;
}

int main(int argc, char **argv)
{
    bool memory = false;
    const char *output = "/dev/null";
    int option;
    while ((option = getopt(argc, argv, "+mo:")) != -1) {
        if (option == 'm')
            memory = true;
        else if (option == 'o')
            output = optarg;
        else
            return 2;
    }
    if (optind >= argc) {
        fputs("usage: measure [-m] [-o OUT] PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    pid_t pid;
    const double start = now_ms();
    const int failed = posix_spawnp(&pid, argv[optind], &actions, NULL, argv + optind, environ);
    if (failed) {
        fprintf(stderr, "measure: %s: %s\n", argv[optind], strerror(failed));
        return 4;
    }
    int status = 0;
    long peak = 0;
    struct rusage used;
    if (memory) {
        const struct timespec pause = { .tv_nsec = 1000000 };
        while (wait4(pid, &status, WNOHANG, &used) == 0) {
            const long kb = family_kb(pid);
            peak = kb > peak ? kb : peak;
            nanosleep(&pause, NULL);
        }
    } else {
        while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
            ;
    }
    const double ms = now_ms() - start;
    const double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
                       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
    printf("{\"ms\": %.4f, \"cpu_ms\": %.3f, \"exit\": %d, \"peak_kb\": %ld}\n", ms, cpu,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), peak);
    return 0;
}
