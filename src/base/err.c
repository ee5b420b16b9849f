#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf cuts at a byte; cut back to a whole UTF-8 character so that no half one is shown. */
static void say(char *into, size_t size, const char *format, va_list args)
{
    const int length = vsnprintf(into, size, format, args);
    if (length < 0) {
        into[0] = '\0';
        return;
    }
    if ((size_t)length < size)
        return;
    size_t end = size - 1;
    while (end > 0 && ((unsigned char)into[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0)
        into[end - 1] = '\0';
}

bool err_set(struct err *err, enum err_kind kind, const char *what, ...)
{
    err->kind = kind;
    err->detail[0] = err->hint[0] = '\0';
    va_list args;
    va_start(args, what);
    say(err->what, sizeof err->what, what, args);
    va_end(args);
    return false;
}

bool err_hint(struct err *err, const char *hint, ...)
{
    va_list args;
    va_start(args, hint);
    say(err->hint, sizeof err->hint, hint, args);
    va_end(args);
    return false;
}

bool err_detail(struct err *err, const char *detail, ...)
{
    va_list args;
    va_start(args, detail);
    say(err->detail, sizeof err->detail, detail, args);
    va_end(args);
    return false;
}

int err_exit_code(enum err_kind kind)
{
    switch (kind) {
    case ERR_NONE: return 0;
    case ERR_USAGE: return 2;
    case ERR_INPUT:
    case ERR_ABSENT:
    case ERR_LIMIT: return 3;
    case ERR_DENIED:
    case ERR_CONFLICT:
    case ERR_OUTSIDE: return 4;
    }
    return 4;
}

const char *err_system(int number)
{
    switch (number) {
    case ENOENT: return "没有这个文件或文件夹";
    case EACCES:
    case EPERM: return "没有权限";
    case EISDIR: return "这是一个文件夹";
    case ENOTDIR: return "路径中有一段不是文件夹";
    case ENOSPC: return "磁盘已满";
    case EROFS: return "磁盘是只读的";
    case EIO: return "磁盘读写出错";
    case EMFILE:
    case ENFILE: return "打开的文件太多";
    case ENOMEM: return "内存不足";
    case EFBIG: return "文件太大";
    case EPIPE: return "接收的一方已经关闭";
    case ENAMETOOLONG: return "文件名太长";
    case EBUSY:
    case ETXTBSY: return "文件正被占用";
    default: return strerror(number);
    }
}
