#include "import/ods_cell.h"

#include "base/number.h"
#include "import/xml.h"

#include <string.h>

static struct ods_value number_of(const char *value, bool percent)
{
    double number;
    const bool any = value && number_parse(text_trim(text_of(value)), &number);
    return (struct ods_value){ .any = any, .kind = CELL_NUMBER, .percent = percent, .number = any ? number : 0 };
}

/* OpenDocument 1.3, 19.385: the value stands in an attribute that depends on the type. */
static struct ods_value typed(const char *type, const char **attributes)
{
    if (strcmp(type, "float") == 0 || strcmp(type, "currency") == 0)
        return number_of(xml_attribute(attributes, "value"), false);
    if (strcmp(type, "percentage") == 0)
        return number_of(xml_attribute(attributes, "value"), true);
    if (strcmp(type, "date") == 0) {
        struct ods_value value = { .kind = CELL_DATE };
        value.any = iso_date(text_of(xml_attribute(attributes, "date-value")), &value.number);
        return value;
    }
    if (strcmp(type, "boolean") == 0) {
        const char *const value = xml_attribute(attributes, "boolean-value");
        return (struct ods_value){ .any = value != NULL, .kind = CELL_BOOLEAN, .number = value && strcmp(value, "true") == 0 };
    }
    return (struct ods_value){ 0 };   /* string and time: what is shown */
}

void ods_cell_open(struct ods_cell *cell, unsigned depth, const char **attributes, bool covered)
{
    struct buf text = cell->text;
    text.size = 0;
    *cell = (struct ods_cell){ .depth = depth, .text = text, .covered = covered };
    const char *type = NULL;
    for (const char **at = attributes; *at; at += 2) {
        /* LibreOffice adds its own type beside the standard one; only there an error shows. */
        const char *const colon = strchr(at[0], ':');
        if (strcmp(colon ? colon + 1 : at[0], "value-type") != 0)
            continue;
        if (strcmp(at[1], "error") == 0)
            cell->is_error = true;
        else if (!type)
            type = at[1];
    }
    if (type && !cell->is_error)
        cell->value = typed(type, attributes);
    const bool is_text = type && (strcmp(type, "string") == 0 || strcmp(type, "time") == 0);
    const char *const formula = xml_attribute(attributes, "formula");
    const char *const string = is_text && !cell->is_error ? xml_attribute(attributes, "string-value") : NULL;
    cell->unknown = formula && !cell->is_error && !is_text && !cell->value.any;
    cell->given = cell->unknown || string;
    if (cell->given)
        buf_add(&cell->text, text_of(cell->unknown ? formula : string));
}

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

void ods_cell_element(struct ods_cell *cell, unsigned depth, const char *name, const char **attributes)
{
    /* What stands in a paragraph and is no text of it. */
    static const char *const ASIDE[] = { "annotation", "note", "ruby-text", "frame", "custom-shape", "g", "rect", "line",
                                         "caption", "control", "tracked-changes" };
    if (cell->given || cell->skip)
        return;
    if (!cell->paragraph) {
        if (depth == cell->depth + 1 && (strcmp(name, "p") == 0 || strcmp(name, "h") == 0)) {
            if (cell->any_paragraph)
                buf_byte(&cell->text, '\n');
            cell->any_paragraph = cell->after_space = true;
            cell->paragraph = depth;
        } else {
            cell->skip = depth;      /* comments, pictures, tables within the cell */
        }
    } else if (strcmp(name, "s") == 0) {
        uint32_t n;
        if (!xml_count(attributes, "c", UINT32_MAX, &n))
            n = 1;
        for (uint32_t i = 0; i < n && cell->text.size <= 3 * GRID_MAX_TEXT; i++)
            buf_byte(&cell->text, ' ');
        cell->after_space = false;
    } else if (strcmp(name, "tab") == 0 || strcmp(name, "line-break") == 0) {
        buf_byte(&cell->text, *name == 't' ? '\t' : '\n');
        cell->after_space = false;
    } else if (is_one_of(name, ASIDE, COUNT(ASIDE))) {
        cell->skip = depth;
    }
}

void ods_cell_element_end(struct ods_cell *cell, unsigned depth)
{
    if (cell->skip == depth)
        cell->skip = 0;
    if (cell->paragraph == depth)
        cell->paragraph = 0;
}

void ods_cell_text(struct ods_cell *cell, struct text text)
{
    if (cell->given || cell->skip || !cell->paragraph)
        return;
    for (size_t i = 0; i < text.size; i++) {   /* runs of white space count as one space (6.1.2) */
        const char c = text.at[i];
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!space)
            buf_byte(&cell->text, c);
        else if (!cell->after_space)
            buf_byte(&cell->text, ' ');
        cell->after_space = space;
    }
}

struct ods_value ods_cell_close(struct ods_cell *cell, struct arena *mem)
{
    cell->depth = 0;
    if (cell->covered)
        return (struct ods_value){ 0 };
    if (cell->value.any)
        return cell->value;
    const struct text text = cell->given ? buf_text(&cell->text) : text_trim(buf_text(&cell->text));
    if (!text.size)
        return (struct ods_value){ 0 };
    return (struct ods_value){
        .any = true,
        .kind = cell->is_error ? CELL_ERROR : cell->unknown ? CELL_UNKNOWN : CELL_TEXT,
        .text = text_copy(mem, text),
    };
}
