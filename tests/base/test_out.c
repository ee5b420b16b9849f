#include "check.h"

#include "base/file.h"
#include "base/out.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

TEST(json, sets_its_own_commas_and_escapes)
{
    struct arena *mem = arena_new("test");
    struct out *out = out_new_memory(mem);
    json_object(out, NULL);
    json_text(out, "name", TEXT("a\"b\\c\n\x01县"));
    json_number(out, "x", 0.1);
    json_number(out, "blank", BLANK);
    json_array(out, "list");
    json_bool(out, NULL, true);
    json_null(out, NULL);
    json_end(out);
    json_end(out);
    CHECK_TEXT(out_collected(out), "{\"name\":\"a\\\"b\\\\c\\n\\u0001县\",\"x\":0.1,\"blank\":null,\"list\":[true,null]}");
    arena_free(&mem);
}

TEST(out, says_when_the_disk_is_full)
{
    struct arena *mem = arena_new("test");
    const int fd = open("/dev/full", O_WRONLY);
    struct out *out = out_new(mem, fd);
    struct err err = { 0 };
    out_string(out, "something");
    CHECK(!out_flush(out, &err));
    CHECK_INT(err.kind, ERR_OUTSIDE);
    CHECK(err.hint[0] != '\0');
    close(fd);
    arena_free(&mem);
}

TEST(file, is_whole_or_not_there)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text back;
    char dir[] = "/tmp/junheng-test-XXXXXX";
    CHECK(mkdtemp(dir) != NULL);
    const char *path = arena_printf(mem, "%s/x", dir);
    CHECK_OK(file_write(path, TEXT("12"), &err), err);
    CHECK_OK(file_read(mem, path, 100, &back, &err), err);
    CHECK_TEXT(back, "12");
    CHECK(!file_read(mem, path, 1, &back, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    CHECK(!file_read(mem, "/nowhere/x", 1, &back, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    CHECK(!file_write("/nowhere/x", TEXT("1"), &err));
    CHECK_INT(err.kind, ERR_OUTSIDE);
    unlink(path);
    rmdir(dir);
    arena_free(&mem);
}
