#include "db/fault_sqlite.h"

#include <errno.h>
#include <string.h>

static void constraint(int code, struct err *err)
{
    switch (code) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        err_set(err, ERR_CONFLICT, "它所依据的记录已经不在了，或者还有别的记录要用到它。");
        break;
    case SQLITE_CONSTRAINT_TRIGGER:
        err_set(err, ERR_CONFLICT, "这些记录不允许这样改动。");
        err_hint(err, "已经定下的记录只能追加更正，不能改写。");
        return;
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_NOTNULL:
    case SQLITE_CONSTRAINT_DATATYPE:
        err_set(err, ERR_INPUT, "有内容不符合数据库的要求，没有保存。");
        err_hint(err, "请核对填写的内容。");
        return;
    default:
        err_set(err, ERR_CONFLICT, "已经有相同的记录。");
    }
    err_hint(err, "可能别人刚刚改过，请刷新后再试。");
}

static enum driver_damage input_output(sqlite3 *handle, int code, bool committing, struct err *err)
{
    if (code == SQLITE_IOERR_NOMEM) {
        err_set(err, ERR_OUTSIDE, "内存不足，刚才的内容没有保存。");
        err_hint(err, "请关闭其他程序后再试。");
        return DAMAGE_WORK;
    }
    /* Whether a commit stands that met an I/O error is not known: as bad as a failed fsync. */
    const int why = sqlite3_system_errno(handle);
    const bool sync = code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
    if (sync || (committing && why != ENOSPC && why != EDQUOT)) {
        err_set(err, ERR_OUTSIDE, "磁盘写入失败，不能确定刚才的内容是否已经保存。");
        err_hint(err, "请检查磁盘后重新启动程序，并核对最后几项操作。");
        return DAMAGE_DISK;
    }
    if (why == ENOSPC || why == EDQUOT) {
        err_set(err, ERR_OUTSIDE, "磁盘满了，刚才的内容没有保存。");
        err_hint(err, "请清理磁盘；腾出空间后会自动恢复，不用重启。");
        return DAMAGE_WORK;
    }
    err_set(err, ERR_OUTSIDE, "读写数据库文件时出错%s%s。", why ? "：" : "", why ? err_system(why) : "");
    err_hint(err, "请检查磁盘是否正常，以及数据文件夹的权限。");
    return DAMAGE_WORK;
}

enum driver_damage sqlite_fault(sqlite3 *handle, int code, const char *doing, struct err *err)
{
    enum driver_damage damage = DAMAGE_WORK;
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        constraint(code, err);
        damage = DAMAGE_NONE;
        break;
    case SQLITE_TOOBIG:
        err_set(err, ERR_LIMIT, "内容太大，数据库放不下。");
        damage = DAMAGE_NONE;
        break;
    case SQLITE_FULL:
        err_set(err, ERR_OUTSIDE, "磁盘满了，刚才的内容没有保存。");
        err_hint(err, "请清理磁盘；腾出空间后会自动恢复，不用重启。");
        break;
    case SQLITE_IOERR:
        damage = input_output(handle, code, strcmp(doing, "COMMIT") == 0, err);
        break;
    case SQLITE_NOMEM:
        err_set(err, ERR_OUTSIDE, "内存不足，刚才的内容没有保存。");
        err_hint(err, "请关闭其他程序后再试。");
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        err_set(err, ERR_OUTSIDE, "数据库正忙，没有等到它空闲。");
        err_hint(err, "请稍后再试。");
        break;
    case SQLITE_INTERRUPT:
        err_set(err, ERR_OUTSIDE, "查询用的时间太长，已经停止。");
        err_hint(err, "请缩小查询的范围，或者稍后再试。");
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        err_set(err, ERR_OUTSIDE, "数据库文件已经损坏。");
        err_hint(err, "请停止使用，从最近的备份恢复。");
        break;
    case SQLITE_CANTOPEN:
        err_set(err, ERR_OUTSIDE, "数据库文件打不开。");
        err_hint(err, "请检查数据文件夹是否存在、有没有读写权限。");
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        err_set(err, ERR_OUTSIDE, "数据库文件不能写入。");
        err_hint(err, "请检查数据文件夹的权限。");
        break;
    default:
        err_set(err, ERR_OUTSIDE, "数据库出错了，刚才的内容没有保存。");
        err_hint(err, "请稍后再试；如果再次出现，请把日志交给管理员。");
    }
    err_detail(err, "%s: %s (%d)", doing, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code), code);
    return damage;
}
