#include "import/xlsx_parts.h"

#include "import/grid.h"
#include "import/xml.h"

#include <string.h>

/* The parts of a path one after the other; ".." takes the last one back. */
static void walk(struct buf *path, struct text steps)
{
    struct text step;
    while (text_split(&steps, '/', &step)) {
        if (step.size == 0 || text_equal(step, TEXT(".")))
            continue;
        if (text_equal(step, TEXT(".."))) {
            while (path->size && path->at[path->size - 1] != '/')
                path->size--;
            if (path->size)
                path->size--;
            continue;
        }
        if (path->size)
            buf_byte(path, '/');
        buf_add(path, step);
    }
}

static struct text percent_decoded(struct arena *mem, struct text from)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < from.size; i++) {
        const bool code = from.at[i] == '%' && i + 2 < from.size && hex_digit(from.at[i + 1]) >= 0 && hex_digit(from.at[i + 2]) >= 0;
        buf_byte(&out, code ? (char)(hex_digit(from.at[i + 1]) * 16 + hex_digit(from.at[i + 2])) : from.at[i]);
        i += code ? 2 : 0;
    }
    return buf_text(&out);
}

static size_t folder_size(struct text path)
{
    size_t size = path.size;
    while (size && path.at[size - 1] != '/')
        size--;
    return size;
}

struct text relations_path(struct arena *mem, struct text path)
{
    const size_t folder = folder_size(path);
    return text_printf(mem, "%.*s_rels/%.*s.rels", (int)folder, path.at, (int)(path.size - folder), path.at + folder);
}

struct relations_reading {
    struct arena *mem;
    struct package *package;
    struct text folder;
    struct relations *out;
};

static struct text target_path(const struct relations_reading *reading, struct text target)
{
    struct buf path = { .mem = reading->mem };
    if (!text_starts(target, TEXT("/")))
        walk(&path, reading->folder);
    walk(&path, target);
    const struct text plain = buf_text(&path);
    return package_find(reading->package, plain) == NO_PART ? percent_decoded(reading->mem, plain) : plain;
}

static void on_relation(void *context, struct xml *xml, const char *name, const char **attributes)
{
    (void)xml;
    struct relations_reading *const reading = context;
    struct relations *const out = reading->out;
    const char *const id = xml_attribute(attributes, "Id"), *const type = xml_attribute(attributes, "Type");
    const char *const target = xml_attribute(attributes, "Target"), *const mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
        return;
    ARENA_ROOM(reading->mem, out->at, out->n, out->capacity);
    const char *const last = strrchr(type, '/');
    const bool outside = mode && strcmp(mode, "External") == 0;
    out->at[out->n++] = (struct relation){
        .id = text_copy(reading->mem, text_of(id)),
        .type = text_copy(reading->mem, text_of(last ? last + 1 : type)),
        .target = outside ? TEXT("") : target_path(reading, text_of(target)),
    };
}

static void on_close_nothing(void *context, struct xml *xml, const char *name)
{
    (void)context, (void)xml, (void)name;
}

/* Some programs' zips hold xl\\workbook.xml. */
static struct text forward_slashes(struct arena *mem, struct text path)
{
    char *made = arena_copy(mem, path.at, path.size);
    for (size_t i = 0; i < path.size; i++)
        if (made[i] == '\\')
            made[i] = '/';
    return (struct text){ made, path.size };
}

bool relations_read(struct arena *mem, struct package *package, struct text path, struct relations *out, struct err *err)
{
    static const struct xml_handler handler = { on_relation, on_close_nothing, NULL };
    *out = (struct relations){ 0 };
    path = forward_slashes(mem, path);
    const size_t part = package_find(package, relations_path(mem, path));
    struct relations_reading reading = { mem, package, { path.at, folder_size(path) }, out };
    return part == NO_PART || xml_read(package, part, &handler, &reading, err);
}

const struct relation *relation_by_id(const struct relations *relations, struct text id)
{
    for (size_t i = 0; i < relations->n; i++)
        if (text_equal(relations->at[i].id, id))
            return &relations->at[i];
    return NULL;
}

const struct relation *relation_by_type(const struct relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->n; i++)
        if (text_equal(relations->at[i].type, text_of(type)))
            return &relations->at[i];
    return NULL;
}

static bool refuse_macros(struct err *err)
{
    err_set(err, ERR_INPUT, "这是带宏的工作簿（.xlsm），为安全起见不读取。");
    return err_hint(err, "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”（宏会去掉，数据不变），再用新存的文件。");
}

/* [Content_Types].xml says of each part what it is; all we ask is whether there are macros.  Its
 * defaults by extension are no proof: some programs list every type they know. */
static void on_content_type(void *context, struct xml *xml, const char *name, const char **attributes)
{
    (void)context;
    const char *const type = xml_attribute(attributes, "ContentType");
    if (strcmp(name, "Override") != 0 || !type)
        return;
    if (strstr(type, "sheet.binary")) {
        err_set(xml_err(xml), ERR_INPUT, "这是 Excel 二进制工作簿（.xlsb），读不了。");
        err_hint(xml_err(xml), "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，再用新存的文件。");
        xml_fail(xml);
    } else if (strstr(type, "macroEnabled") || strstr(type, "vbaProject") || strstr(type, "macrosheet")) {
        refuse_macros(xml_err(xml));
        xml_fail(xml);
    }
}

static bool check_no_macros(struct package *package, struct err *err)
{
    static const struct xml_handler handler = { on_content_type, on_close_nothing, NULL };
    for (size_t part = 0; part < package_size(package); part++)
        if (text_ends(package_name(package, part), TEXT("vbaProject.bin")))
            return refuse_macros(err);
    const size_t types = package_find(package, TEXT("[Content_Types].xml"));
    if (types == NO_PART)
        return package_damaged(err, "缺少 [Content_Types].xml，不是 Excel 工作簿");
    return xml_read(package, types, &handler, NULL, err);
}

struct workbook_reading {
    struct arena *mem;
    struct xlsx_parts *out;
};

static void on_workbook(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct workbook_reading *const reading = context;
    struct xlsx_parts *const out = reading->out;
    if (strcmp(name, "workbookPr") == 0)
        out->from_1904 = xml_flag(attributes, "date1904", false);
    if (strcmp(name, "sheet") != 0 || xml_depth(xml) != 3)
        return;
    const char *const shown = xml_attribute(attributes, "name"), *const id = xml_attribute(attributes, "id");
    const char *const state = xml_attribute(attributes, "state");
    if (!shown || !id) {
        package_damaged(xml_err(xml), "第 %zu 张工作表没有名称或编号", out->n_sheets + 1);
        xml_fail(xml);
    } else if (out->n_sheets == GRID_MAX_SHEETS) {
        err_set(xml_err(xml), ERR_LIMIT, "工作簿的工作表超过 %d 张。", GRID_MAX_SHEETS);
        err_hint(xml_err(xml), "请删去与填报无关的工作表，或拆成几个文件。");
        xml_fail(xml);
    } else {
        out->sheets[out->n_sheets++] = (struct xlsx_sheet_part){
            .name = text_copy(reading->mem, text_of(shown)),
            .id = text_copy(reading->mem, text_of(id)),
            .hidden = state && (strcmp(state, "hidden") == 0 || strcmp(state, "veryHidden") == 0),
            .part = NO_PART,
        };
    }
}

static bool find_workbook(struct arena *mem, struct package *package, size_t *out, struct err *err)
{
    struct relations root;
    if (!relations_read(mem, package, TEXT(""), &root, err))
        return false;
    const struct relation *const relation = relation_by_type(&root, "officeDocument");
    *out = package_find(package, relation ? relation->target : TEXT("xl/workbook.xml"));
    return *out != NO_PART || package_damaged(err, "找不到工作簿的目录（workbook.xml）");
}

/* Charts, dialogs stand among the sheets but hold no cells; what is left are worksheets. */
static bool find_sheets(struct package *package, const struct relations *relations, struct xlsx_parts *out, struct err *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->n_sheets; i++) {
        struct xlsx_sheet_part sheet = out->sheets[i];
        const struct relation *const relation = relation_by_id(relations, sheet.id);
        if (!relation)
            return package_damaged(err, "工作表“%.*s”在文件里找不到", TEXT_ARG(sheet.name));
        if (!text_equal(relation->type, TEXT("worksheet")))
            continue;
        sheet.part = package_find(package, relation->target);
        if (sheet.part == NO_PART)
            return package_damaged(err, "工作表“%.*s”的内容（%.*s）不在文件里", TEXT_ARG(sheet.name),
                                   relation->target.size > 80 ? 0 : (int)relation->target.size, relation->target.at);
        out->sheets[kept++] = sheet;
    }
    out->n_sheets = kept;
    if (kept)
        return true;
    err_set(err, ERR_INPUT, "工作簿里没有工作表（只有图表或空壳）。");
    return err_hint(err, "请检查是不是选错了文件；空白表可用 junheng template school -o 模板.xlsx 生成。");
}

bool xlsx_parts_read(struct arena *mem, struct package *package, struct xlsx_parts *out, struct err *err)
{
    static const struct xml_handler handler = { on_workbook, on_close_nothing, NULL };
    *out = (struct xlsx_parts){ .sheets = arena_array(mem, GRID_MAX_SHEETS, struct xlsx_sheet_part) };
    struct workbook_reading reading = { mem, out };
    struct relations relations;
    if (!check_no_macros(package, err) || !find_workbook(mem, package, &out->workbook, err) ||
        !xml_read(package, out->workbook, &handler, &reading, err) ||
        !relations_read(mem, package, package_name(package, out->workbook), &relations, err))
        return false;
    const struct relation *const strings = relation_by_type(&relations, "sharedStrings");
    const struct relation *const styles = relation_by_type(&relations, "styles");
    out->strings = strings ? package_find(package, strings->target) : NO_PART;
    out->styles = styles ? package_find(package, styles->target) : NO_PART;
    return find_sheets(package, &relations, out, err);
}
