#include "intake/ended.h"

#include <signal.h>
#include <sys/wait.h>

bool ended_late(struct text file, bool bounded, struct err *err)
{
    err_set(err, ERR_LIMIT, "读取“%.*s”用时太久，已停止。", TEXT_ARG(file));
    if (bounded)
        return err_hint(err, "文件可能已损坏，或里面有大量看不见的内容。请在 Excel 或 WPS 中把要用的表复制到新的工作簿，存为 .xlsx 再用。");
    return err_hint(err, "请检查文件所在的磁盘或网络位置能否正常读取，或把文件复制到本机后再试。");
}

bool ended_badly(struct text file, int status, bool bounded, struct err *err)
{
    const int by = status != -1 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const int code = status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (by == SIGXCPU || (by == SIGKILL && bounded))
        return ended_late(file, bounded, err);
    if (by == SIGBUS) {
        err_set(err, ERR_INPUT, "“%.*s”在读取时被改动或截短了，没有读完。", TEXT_ARG(file));
        err_hint(err, "请等文件复制或保存完毕，再重新运行。");
    } else if (code == 4) {
        err_set(err, ERR_LIMIT, "读取“%.*s”需要的内存超过上限，已停止。", TEXT_ARG(file));
        err_hint(err, "请把文件拆成几个较小的文件，或删去用不着的工作表和列，再分别读取。");
    } else {
        err_set(err, ERR_INPUT, "读取“%.*s”的进程意外停止，没有读完。", TEXT_ARG(file));
        err_hint(err, "文件可能已损坏。请在 Excel 或 WPS 中打开它，另存为“Excel 工作簿 (*.xlsx)”再用；仍不行，请把这个文件交给开发者。");
    }
    if (by)
        return err_detail(err, "child ended by signal %d", by);
    return err_detail(err, "child ended with status %d", code);
}

bool ended_in_nonsense(struct text file, struct err *err)
{
    err_set(err, ERR_INPUT, "读取“%.*s”的进程给出了不合规定的结果，已丢弃。", TEXT_ARG(file));
    return err_hint(err, "文件可能含有恶意内容。请在 Excel 或 WPS 中把要用的表复制到新的工作簿，存为 .xlsx 再用。");
}
