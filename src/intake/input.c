#include "intake/input.h"

#include "base/file.h"
#include "import/xls.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool input_open(const char *path, int given, struct input *out, struct err *err)
{
    struct stat about;
    /* Not to wait for a writer when the name is a pipe's. */
    const int fd = given >= 0 ? fcntl(given, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        err_set(err, ERR_ABSENT, "打不开文件“%s”：%s。", path, err_system(errno));
        return err_hint(err, "请核对文件名和所在文件夹。");
    }
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        err_set(err, ERR_INPUT, "“%s”不是普通文件。", path);
        return err_hint(err, "请给出一个表格文件（.xlsx、.csv、.xls 或 .ods）。");
    }
    *out = (struct input){ .fd = fd, .size = (uint64_t)about.st_size, .name = file_name(path) };
    return true;
}

void input_close(struct input *input)
{
    if (input->fd >= 0)
        close(input->fd);
    input->fd = -1;
}

bool input_is_book(const struct input *input)
{
    char start[4] = { 0 };
    const ssize_t n = pread(input->fd, start, sizeof start, 0);
    return n == (ssize_t)sizeof start && (memcmp(start, "PK", 2) == 0 || memcmp(start, "\xD0\xCF\x11\xE0", 4) == 0);
}

bool input_prepare(struct arena *mem, bool book, struct input_tools *out, struct err *err)
{
    if (book) {
        xls_prepare();
        return true;
    }
    return csv_decoders_open(mem, &out->decoders, err);
}

static bool cannot_read(const struct input *input, int why, struct err *err)
{
    err_set(err, ERR_OUTSIDE, "读文件“%.*s”时出错：%s。", TEXT_ARG(input->name), err_system(why));
    return err_hint(err, "请检查磁盘或网络位置，或把文件复制到本机硬盘后再试。");
}

bool input_kind(const struct input *input, struct arena *mem, enum file_kind *kind_out, struct text *bytes_out, struct err *err)
{
    enum { LOOK = 64 * 1024 };
    if (input_is_book(input)) {
        if (input->size > BOOK_MOST) {
            err_set(err, ERR_LIMIT, "“%.*s”有 %.1f MB，超过工作簿的上限 %d MB。", TEXT_ARG(input->name), (double)input->size / 1048576.0, BOOK_MOST >> 20);
            return err_hint(err, "请删去图片和与填报无关的工作表再保存；确有这么多数据的，请另存为“CSV UTF-8（逗号分隔）”再用。");
        }
        void *at = mmap(NULL, (size_t)input->size, PROT_READ, MAP_PRIVATE, input->fd, 0);
        if (at == MAP_FAILED)
            return cannot_read(input, errno, err);
        *bytes_out = (struct text){ at, (size_t)input->size };
    } else {
        const size_t size = input->size < LOOK ? (size_t)input->size : LOOK;
        char *const at = arena_alloc(mem, size + 1);
        const ssize_t n = pread(input->fd, at, size, 0);
        if (n < 0)
            return cannot_read(input, errno, err);
        *bytes_out = (struct text){ at, (size_t)n };
    }
    return sniff(*bytes_out, input->name, kind_out, err);
}

static bool read_file(void *context, uint64_t at, char *into, size_t size, size_t *got_out, struct err *err)
{
    const struct input *input = context;
    for (;;) {
        const ssize_t n = pread(input->fd, into, size, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cannot_read(input, errno, err);
        *got_out = (size_t)n;
        return true;
    }
}

struct csv_input input_csv(const struct input *input)
{
    return (struct csv_input){ (void *)(uintptr_t)input, read_file, input->size };
}

bool input_workbook(struct arena *mem, enum file_kind kind, struct text bytes, struct workbook *out, struct err *err)
{
    switch (kind) {
    case FILE_XLSX: return xlsx_read(mem, bytes, out, err);
    case FILE_ODS: return ods_read(mem, bytes, out, err);
    case FILE_XLS: return xls_read(mem, bytes, out, err);
    case FILE_CSV: break;
    }
    return err_set(err, ERR_INPUT, "这不是工作簿。");
}

unsigned input_cores(void)
{
    enum { MOST = 8 }; /* we ourselves take in what they read: more would only wait */
    cpu_set_t set;
    const int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MOST ? MOST : (unsigned)n;
}
