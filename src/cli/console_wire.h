/* console_wire.h — how a command line and what it answers cross the socket DIR/junheng.sock.
 *
 * Asked: the count of words, then each with its size before it: the program's version, the folder where the caller
 * stands, "1" for colour, the command's words.  Answered: frames of a kind, a size and so many bytes; the last is
 * FRAME_EXIT with the exit code.  Numbers are four bytes, the lowest first. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

#define CONSOLE_SOCKET "junheng.sock"
enum { CONSOLE_WORDS = 4096, CONSOLE_ASKED = 1 << 20, CONSOLE_AHEAD = 3, CONSOLE_SECONDS = 10 };
enum console_frame { FRAME_OUT = 'o', FRAME_NOTES = 'e', FRAME_EXIT = 'x' };

/* Whole or false; a signal does not stop it. */
bool wire_send(int fd, struct text bytes);
bool wire_receive(int fd, void *into, size_t size);
bool wire_send_number(int fd, uint32_t number);
bool wire_receive_number(int fd, uint32_t *out);
bool wire_send_frame(int fd, enum console_frame kind, struct text bytes);

struct sockaddr_un;
/* A socket, and the address of the folder's socket whatever the folder's path is as long as: through /proc/self/fd.
 * *folder_fd_out stays open as long as the address is used. */
bool console_address(const char *folder, struct sockaddr_un *out, int *folder_fd_out, int *socket_out, struct err *err) MUST_CHECK;
