#include "import/xml.h"

#include <expat.h>
#include <string.h>
#include <sys/auxv.h>

enum {
    CHUNK = 64 * 1024,
    DEEPEST = 64,
    LONGEST_TAG = 2 << 20,   /* bytes without an event: expat would scan an endless tag again with each chunk */
};

struct xml {
    XML_Parser parser;
    const struct xml_handler *handler;
    void *context;
    struct err *err;
    const char *shown;
    unsigned depth;
    bool failed, stopped;
};

static const char *local(const char *name)
{
    const char *const colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL on_open(void *with, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *const xml = with;
    if (xml->failed || xml->stopped)   /* expat may still deliver a little after being stopped */
        return;
    if (++xml->depth > DEEPEST) {
        package_damaged(xml->err, "部件 %s 的内容套了 %d 层以上，不是表格软件存出来的", xml->shown, DEEPEST);
        xml_fail(xml);
        return;
    }
    xml->handler->open(xml->context, xml, local(name), attributes);
}

static void XMLCALL on_close(void *with, const XML_Char *name)
{
    struct xml *const xml = with;
    if (xml->failed || xml->stopped)
        return;
    xml->handler->close(xml->context, xml, local(name));
    xml->depth--;
}

static void XMLCALL on_text(void *with, const XML_Char *at, int size)
{
    struct xml *const xml = with;
    if (!xml->failed && !xml->stopped)
        xml->handler->text(xml->context, xml, (struct text){ at, (size_t)size });
}

static void XMLCALL on_doctype(void *with, const XML_Char *name, const XML_Char *system, const XML_Char *public, int subset)
{
    struct xml *const xml = with;
    (void)name, (void)system, (void)public, (void)subset;
    package_damaged(xml->err, "部件 %s 里有 DOCTYPE 声明（实体炸弹的做法），表格软件不会这样存", xml->shown);
    xml_fail(xml);
}

/* A salt nobody can foresee, without asking the system: the kernel gave the program 16 random bytes. */
static unsigned long salt(void)
{
    const unsigned long at = getauxval(AT_RANDOM);
    unsigned long bytes = 0x9e3779b97f4a7c15ul;
    if (at)
        memcpy(&bytes, (const void *)at, sizeof bytes);
    return bytes | 1;
}

static bool begin(struct xml *xml, struct err *err)
{
    xml->parser = XML_ParserCreate(NULL);
    if (!xml->parser)
        return err_set(err, ERR_OUTSIDE, "内存不足，读不了这个工作簿。");
    XML_SetHashSalt(xml->parser, salt());
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_open, on_close);
    if (xml->handler->text)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return true;
}

/* What to answer after expat returned `status` for the piece that ends at byte `fed`. */
static bool judge(struct xml *xml, enum XML_Status status, size_t fed, bool *more_out)
{
    *more_out = status == XML_STATUS_OK;
    if (xml->failed)
        return false;
    if (xml->stopped)
        return true;
    if (status != XML_STATUS_OK) {
        package_damaged(xml->err, "部件 %s 的第 %lu 行不是完整的 XML", xml->shown,
                        (unsigned long)XML_GetCurrentLineNumber(xml->parser));
        return err_detail(xml->err, "expat: %s at byte %lld", XML_ErrorString(XML_GetErrorCode(xml->parser)),
                          (long long)XML_GetCurrentByteIndex(xml->parser));
    }
    const XML_Index seen = XML_GetCurrentByteIndex(xml->parser);
    if (seen >= 0 && fed > (size_t)seen + LONGEST_TAG)
        return package_damaged(xml->err, "部件 %s 里有一个超过 %d MB 的标签", xml->shown, LONGEST_TAG >> 20);
    return true;
}

bool xml_read(struct package *package, size_t part, const struct xml_handler *handler, void *context, struct err *err)
{
    struct xml xml = { .handler = handler, .context = context, .err = err, .shown = package_shown(package, part) };
    if (!begin(&xml, err))
        return false;
    bool ok = part_open(package, part, err), more = true;
    size_t fed = 0;
    while (ok && more) {
        size_t got;
        void *const into = XML_GetBuffer(xml.parser, CHUNK);
        if (!into) {
            ok = err_set(err, ERR_OUTSIDE, "内存不足，读不了这个工作簿。");
            break;
        }
        ok = part_read(package, into, CHUNK, &got, err);
        if (!ok)
            break;
        fed += got;
        ok = judge(&xml, XML_ParseBuffer(xml.parser, (int)got, got == 0), fed, &more);
        more = more && got;
    }
    part_close(package);
    XML_ParserFree(xml.parser);
    return ok;
}

bool xml_read_text(struct text text, const char *shown, const struct xml_handler *handler, void *context, struct err *err)
{
    struct xml xml = { .handler = handler, .context = context, .err = err, .shown = shown };
    if (!begin(&xml, err))
        return false;
    bool ok = true, more = true;
    size_t fed = 0;
    while (ok && more) {
        const size_t size = text.size - fed < CHUNK ? text.size - fed : CHUNK;
        const bool last = fed + size == text.size;
        const enum XML_Status status = XML_Parse(xml.parser, text.at + fed, (int)size, last);
        fed += size;
        ok = judge(&xml, status, fed, &more);
        more = more && !last;
    }
    XML_ParserFree(xml.parser);
    return ok;
}

struct err *xml_err(struct xml *xml)
{
    return xml->err;
}

void xml_fail(struct xml *xml)
{
    xml->failed = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

void xml_stop(struct xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

unsigned xml_depth(const struct xml *xml)
{
    return xml->depth;
}

size_t xml_start(const struct xml *xml)
{
    return (size_t)XML_GetCurrentByteIndex(xml->parser);
}

size_t xml_end(const struct xml *xml)
{
    return xml_start(xml) + (size_t)XML_GetCurrentByteCount(xml->parser);
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

bool xml_flag(const char **attributes, const char *name, bool otherwise)
{
    const char *const value = xml_attribute(attributes, name);
    if (!value)
        return otherwise;
    return strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0;
}

bool digits_count(struct text text, uint32_t most, uint32_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || (value = value * 10 + (uint64_t)(text.at[i] - '0')) > most)
            return false;
    }
    *out = (uint32_t)value;
    return text.size > 0;
}

bool xml_count(const char **attributes, const char *name, uint32_t most, uint32_t *out)
{
    const char *const value = xml_attribute(attributes, name);
    return value && digits_count(text_of(value), most, out);
}

bool iso_date(struct text text, double *out)
{
    uint32_t year, month, day;
    if (text.size < 10 || text.at[4] != '-' || text.at[7] != '-' || (text.size > 10 && text.at[10] != 'T') ||
        !digits_count((struct text){ text.at, 4 }, 9999, &year) ||
        !digits_count((struct text){ text.at + 5, 2 }, 12, &month) || !month ||
        !digits_count((struct text){ text.at + 8, 2 }, 31, &day) || !day)
        return false;
    *out = year * 10000 + month * 100 + day;
    return true;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
