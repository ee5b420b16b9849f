#include "import/styles.h"

#include "import/xml.h"

#include <string.h>

enum { MAX_STYLES = 65536, MAX_FORMATS = 65536 };   /* Excel: 65,490 styles, ids of formats of 16 bits */

struct styles_reading {
    struct arena *mem;
    struct number_format *by_id;   /* [id of a format] */
    bool in_cell_styles;           /* cellXfs, not cellStyleXfs */
    uint32_t *ids;                 /* [style] id of its format */
    size_t n, capacity;
};

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    (void)xml;
    struct styles_reading *const reading = context;
    uint32_t id = 0;
    if (strcmp(name, "numFmt") == 0) {
        const char *const code = xml_attribute(attributes, "formatCode");
        if (code && xml_count(attributes, "numFmtId", MAX_FORMATS - 1, &id))
            reading->by_id[id] = number_format_code(text_of(code));
    } else if (strcmp(name, "cellXfs") == 0) {
        reading->in_cell_styles = true;
    } else if (strcmp(name, "xf") == 0 && reading->in_cell_styles && reading->n < MAX_STYLES) {
        ARENA_ROOM(reading->mem, reading->ids, reading->n, reading->capacity);
        if (!xml_count(attributes, "numFmtId", MAX_FORMATS - 1, &id))
            id = 0;
        reading->ids[reading->n++] = id;
    }
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    (void)xml;
    if (strcmp(name, "cellXfs") == 0)
        ((struct styles_reading *)context)->in_cell_styles = false;
}

bool styles_read(struct arena *mem, struct package *package, size_t part, struct styles *out, struct err *err)
{
    static const struct xml_handler handler = { on_open, on_close, NULL };
    *out = (struct styles){ 0 };
    if (part == NO_PART)
        return true;
    struct styles_reading reading = { .mem = mem, .by_id = arena_array(mem, MAX_FORMATS, struct number_format) };
    for (unsigned id = 0; id < MAX_FORMATS; id++)
        reading.by_id[id] = number_format_builtin(id);
    if (!xml_read(package, part, &handler, &reading, err))
        return false;
    out->formats = arena_array(mem, reading.n, struct number_format);
    for (; out->n < reading.n; out->n++)
        out->formats[out->n] = reading.by_id[reading.ids[out->n]];
    return true;
}
