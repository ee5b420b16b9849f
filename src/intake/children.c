#include "intake/children.h"

#include "base/file.h"
#include "intake/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SILENCE_MS = 60 * 1000, LARGE_FILE = 4 * 1024 * 1024 };

unsigned cores(void)
{
    cpu_set_t set;
    const int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MOST_CHILDREN ? MOST_CHILDREN : (unsigned)n;
}

bool open_input(const char *path, int *fd_out, size_t *size_out, struct err *err)
{
    struct stat about;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        err_set(err, ERR_ABSENT, "打不开文件“%s”：%s。", path, strerror(errno));
        return err_hint(err, "请核对文件名和所在文件夹。");
    }
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        err_set(err, ERR_INPUT, "“%s”不是普通文件。", path);
        return err_hint(err, "请给出一个表格文件（.csv .xlsx .xls .ods）。");
    }
    *fd_out = fd;
    *size_out = (size_t)about.st_size;
    return true;
}

bool children_start(struct children *c, struct work *work, unsigned parts, struct err *err)
{
    *c = (struct children){ .name = work->name };
    work->parts = parts;
    const size_t slot_size = work->file_size > LARGE_FILE ? SLOT_LARGE : SLOT_SMALL;
    bool ok = true;
    for (unsigned i = 0; i < parts && ok; i++) {
        struct child *const child = &c->at[c->n];
        if (!(ok = slots_open(&child->slots, slot_size, err)))
            break;
        work->part = i;
        child->pid = fork();
        if (child->pid == 0) {
            for (unsigned other = 0; other < i; other++)
                slots_close(&c->at[other].slots);
            work_in_child(work, &child->slots);
        }
        c->n++;
        slots_parent(&child->slots);
        if (child->pid < 0)
            ok = err_set(err, ERR_OUTSIDE, "不能启动读取文件的子进程：%s。", strerror(errno));
    }
    close(work->fd);
    if (!ok)
        children_end(c);
    return ok;
}

/* Why a child went without a word. */
static bool died(struct children *c, unsigned which, struct err *err)
{
    int status = 0;
    if (waitpid(c->at[which].pid, &status, 0) == c->at[which].pid)
        c->at[which].pid = -1;
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGXCPU || signal == SIGKILL)
        err_set(err, ERR_LIMIT, "文件“%.*s”读得太久，已停止。", TEXT_ARG(c->name));
    else if (signal == SIGBUS)
        err_set(err, ERR_INPUT, "文件“%.*s”在读取时变短了。", TEXT_ARG(c->name));
    else if (signal == 0)
        err_set(err, ERR_LIMIT, "文件“%.*s”需要的内存超过上限，已停止读取。", TEXT_ARG(c->name));
    else
        err_set(err, ERR_INPUT, "文件“%.*s”读不下去：它的内容使读取程序异常结束。", TEXT_ARG(c->name));
    err_detail(err, "child ended: status %d, signal %d", status, signal);
    return err_hint(err, "请用 Excel/WPS 打开它，另存为“Excel 工作簿 (*.xlsx)”后再试。");
}

bool children_listen(struct children *c, unsigned which, struct message *out, struct err *err)
{
    struct slots *const slots = &c->at[which].slots;
    const int got = slots_listen(slots, SILENCE_MS, out);
    if (got < 0) {
        kill(c->at[which].pid, SIGKILL);
        return died(c, which, err);
    }
    if (got == 0)
        return died(c, which, err);
    if (out->slot != NO_SLOT && out->slot >= slots->n)
        return wire_broken(err, "no such slot");
    const bool carries = out->kind == MESSAGE_TABLE || out->kind == MESSAGE_BATCH || out->kind == MESSAGE_FINDING || out->kind == MESSAGE_COLUMNS ||
                         out->kind == MESSAGE_WORDS || out->kind == MESSAGE_BYTES || out->kind == MESSAGE_REFUSED;
    if (carries != (out->slot != NO_SLOT))
        return wire_broken(err, "message with the wrong kind of slot");
    if (out->kind == MESSAGE_REFUSED) {
        unwire_err(slot_at(slots, out->slot), slots->size, err);
        return false;
    }
    return true;
}

void children_end(struct children *c)
{
    for (unsigned i = 0; i < c->n; i++) {
        if (c->at[i].pid > 0) {
            kill(c->at[i].pid, SIGKILL);
            (void)waitpid(c->at[i].pid, NULL, 0);
        }
        slots_close(&c->at[i].slots);
    }
    c->n = 0;
}
