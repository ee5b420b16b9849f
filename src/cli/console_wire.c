#include "cli/console_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

bool wire_send(int fd, struct text bytes)
{
    while (bytes.size) {
        const ssize_t n = send(fd, bytes.at, bytes.size, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes.at += n;
        bytes.size -= (size_t)n;
    }
    return true;
}

bool wire_receive(int fd, void *into, size_t size)
{
    char *at = into;
    while (size) {
        const ssize_t n = recv(fd, at, size, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

bool wire_send_number(int fd, uint32_t number)
{
    char bytes[4];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(number >> (8 * i) & 0xff);
    return wire_send(fd, (struct text){ bytes, sizeof bytes });
}

bool wire_receive_number(int fd, uint32_t *out)
{
    unsigned char bytes[4];
    if (!wire_receive(fd, bytes, sizeof bytes))
        return false;
    *out = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    return true;
}

bool wire_send_frame(int fd, enum console_frame kind, struct text bytes)
{
    enum { MOST = 1 << 30 };
    const char byte = (char)kind;
    do {
        const struct text part = { bytes.at, bytes.size < MOST ? bytes.size : MOST };
        if (!wire_send(fd, (struct text){ &byte, 1 }) || !wire_send_number(fd, (uint32_t)part.size) || !wire_send(fd, part))
            return false;
        bytes.at += part.size;
        bytes.size -= part.size;
    } while (bytes.size);
    return true;
}

bool console_address(const char *folder, struct sockaddr_un *out, int *folder_fd_out, int *socket_out, struct err *err)
{
    *out = (struct sockaddr_un){ .sun_family = AF_UNIX };
    *socket_out = -1;
    *folder_fd_out = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder_fd_out >= 0)
        *socket_out = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (*socket_out < 0) {
        const int why = errno;
        if (*folder_fd_out >= 0)
            close(*folder_fd_out);
        return err_set(err, ERR_OUTSIDE, "打不开数据文件夹“%s”的控制口：%s。", folder, err_system(why));
    }
    snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/" CONSOLE_SOCKET, *folder_fd_out);
    return true;
}
