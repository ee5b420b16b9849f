#include "import/geojson.h"

#include <jansson.h>
#include <math.h>

enum { LONGEST_NAME = 200 };

struct reading {
    struct arena *mem;
    struct text file;
    struct outline *outline;
    size_t capacity, points;
    size_t feature;           /* its number in the file, from 1 */
    struct text name;         /* of the feature that is being read */
    struct err *err;
};

static bool wrong(struct reading *r, const char *what, const char *hint)
{
    err_set(r->err, ERR_INPUT, "“%.*s”第 %zu 个要素“%.*s”：%s。", TEXT_ARG(r->file), r->feature, TEXT_ARG(r->name), what);
    return err_hint(r->err, "%s", hint);
}

static bool too_much(struct reading *r, const char *what)
{
    err_set(r->err, ERR_LIMIT, "“%.*s”%s。", TEXT_ARG(r->file), what);
    return err_hint(r->err, "请先简化边界（例如用 mapshaper 简化到 10%%），或只留下本县的要素。");
}

/* ---- geometry ---- */

static bool read_point(struct reading *r, const json_t *pair, struct lonlat *out)
{
    const json_t *x = json_array_get(pair, 0), *y = json_array_get(pair, 1);
    if (!json_is_number(x) || !json_is_number(y))
        return wrong(r, "坐标应是“[经度, 纬度]”两个数", "请核对文件是否为标准的 GeoJSON。");
    *out = (struct lonlat){ json_number_value(x), json_number_value(y) };
    if (fabs(out->longitude) > 180.0 || fabs(out->latitude) > 90.0)
        return wrong(r, "坐标超出经纬度的范围，大概是平面坐标（米），或者经纬度写颠倒了",
                     "请在制图软件里把坐标系转为 WGS 84 经纬度（EPSG:4326）再导出。");
    return true;
}

static bool read_line(struct reading *r, const json_t *list, struct outline_path *out)
{
    const size_t n = json_array_size(list);
    if (!json_is_array(list) || n < 2)
        return wrong(r, "有一段边界少于两个点", "请核对文件是否完整。");
    r->points += n + 1;
    if (r->points > GEOJSON_MOST_POINTS)
        return too_much(r, "的点太多，最多 40 万个");
    out->at = arena_array(r->mem, n + 1, struct lonlat);
    out->n = n;
    for (size_t i = 0; i < n; i++)
        if (!read_point(r, json_array_get(list, i), &out->at[i]))
            return false;
    return true;
}

static bool read_ring(struct reading *r, const json_t *list, struct outline_path *out)
{
    if (!read_line(r, list, out))
        return false;
    const struct lonlat first = out->at[0], last = out->at[out->n - 1];
    if (first.longitude != last.longitude || first.latitude != last.latitude)
        out->at[out->n++] = first;
    return out->n >= 4 || wrong(r, "有一圈边界少于三个点，围不成面", "请核对文件是否完整。");
}

static struct outline_path *add_path(struct reading *r, struct outline_shape *shape)
{
    /* A power of two is full: room doubles. */
    if ((shape->n & (shape->n - 1)) == 0) {
        const size_t room = shape->n ? 2 * shape->n : 1;
        shape->paths = arena_grow(r->mem, shape->paths, shape->n * sizeof *shape->paths, room * sizeof *shape->paths);
    }
    return &shape->paths[shape->n++];
}

static bool read_polygon(struct reading *r, const json_t *rings, struct outline_shape *shape)
{
    if (!json_array_size(rings))
        return wrong(r, "有一个面没有边界", "请核对文件是否完整。");
    for (size_t i = 0; i < json_array_size(rings); i++) {
        struct outline_path *path = add_path(r, shape);
        path->hole = i > 0;
        if (!read_ring(r, json_array_get(rings, i), path))
            return false;
    }
    return true;
}

static bool read_geometry(struct reading *r, const json_t *geometry, struct outline_shape *shape)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *coordinates = json_object_get(geometry, "coordinates");
    const size_t n = json_array_size(coordinates);
    if (!type || !json_is_array(coordinates))
        return wrong(r, "没有 geometry，或其中缺 type、coordinates", "请核对文件是否为标准的 GeoJSON。");
    shape->kind = strstr(type, "LineString") ? OUTLINE_ROAD : OUTLINE_COUNTY;
    if (!strcmp(type, "Polygon"))
        return read_polygon(r, coordinates, shape);
    if (!strcmp(type, "LineString"))
        return read_line(r, coordinates, add_path(r, shape));
    const bool polygons = !strcmp(type, "MultiPolygon");
    if (!polygons && strcmp(type, "MultiLineString"))
        return !strcmp(type, "Point") || !strcmp(type, "MultiPoint") ||
               wrong(r, "形状应是 Polygon、MultiPolygon、LineString 或 MultiLineString", "请在制图软件里改成面或线再导出。");
    for (size_t i = 0; i < n; i++) {
        const json_t *part = json_array_get(coordinates, i);
        if (!(polygons ? read_polygon(r, part, shape) : read_line(r, part, add_path(r, shape))))
            return false;
    }
    return true;
}

/* ---- features ---- */

static struct text first_text(struct reading *r, const json_t *properties, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const json_t *value = json_object_get(properties, keys[i]);
        if (json_is_string(value) && json_string_length(value))
            return text_copy(r->mem, (struct text){ json_string_value(value), json_string_length(value) });
        if (json_is_integer(value))
            return text_printf(r->mem, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    }
    return (struct text){ 0 };
}

static bool is_township_name(struct text name)
{
    static const char *const ends[] = { "镇", "乡", "街道", "街道办事处", "办事处", "苏木", "管委会" };
    for (size_t i = 0; i < COUNT(ends); i++)
        if (text_ends(name, text_of(ends[i])))
            return true;
    return false;
}

static bool is_county_name(struct text name)
{
    static const char *const ends[] = { "县", "市", "区", "旗" };
    for (size_t i = 0; i < COUNT(ends); i++)
        if (text_ends(name, text_of(ends[i])))
            return true;
    return false;
}

/* What an area is: said outright, or told from the level, or from the name. */
static enum outline_kind kind_of(const json_t *properties, struct text name, bool alone)
{
    const struct text kind = text_of(json_string_value(json_object_get(properties, "kind")));
    const struct text level = text_of(json_string_value(json_object_get(properties, "level")));
    for (int k = OUTLINE_COUNTY; k <= OUTLINE_TOWNSHIP; k++)
        if (text_equal(kind, outline_kind_code((enum outline_kind)k)))
            return (enum outline_kind)k;
    if (text_equal(level, TEXT("district")) || text_equal(level, TEXT("county")) || text_equal(level, TEXT("city")))
        return OUTLINE_COUNTY;
    if (text_equal(level, TEXT("street")) || text_equal(level, TEXT("town")) || text_equal(level, TEXT("township")))
        return OUTLINE_TOWNSHIP;
    if (is_township_name(name))
        return OUTLINE_TOWNSHIP;
    return alone || is_county_name(name) ? OUTLINE_COUNTY : OUTLINE_TOWNSHIP;
}

static struct outline_shape *add_shape(struct reading *r)
{
    struct outline *outline = r->outline;
    if (outline->n == r->capacity) {
        const size_t room = r->capacity ? 2 * r->capacity : 32;
        outline->shapes = arena_grow(r->mem, outline->shapes, r->capacity * sizeof *outline->shapes, room * sizeof *outline->shapes);
        r->capacity = room;
    }
    return &outline->shapes[outline->n];
}

static bool read_feature(struct reading *r, const json_t *feature, bool alone)
{
    static const char *const names[] = { "name", "NAME", "Name", "名称", "乡镇", "乡镇名称" };
    static const char *const codes[] = { "code", "adcode", "代码", "区划代码" };
    const json_t *properties = json_object_get(feature, "properties");
    /* A bare geometry is its own feature. */
    const json_t *geometry = json_object_get(feature, "coordinates") ? feature : json_object_get(feature, "geometry");
    r->feature++;
    r->name = first_text(r, properties, names, COUNT(names));
    const struct text code = first_text(r, properties, codes, COUNT(codes));
    if (r->name.size > LONGEST_NAME || code.size > LONGEST_NAME) {
        r->name.size = 0;
        return wrong(r, "名称或代码太长", "请核对文件的属性表。");
    }
    if (r->outline->n == GEOJSON_MOST_SHAPES)
        return too_much(r, "的要素太多，最多 5000 个");
    struct outline_shape *shape = add_shape(r);
    *shape = (struct outline_shape){ .name = r->name, .code = code };
    if (!json_is_object(feature))
        return wrong(r, "不是要素（Feature）", "请核对文件是否为标准的 GeoJSON。");
    if (!read_geometry(r, geometry, shape))
        return false;
    if (shape->kind != OUTLINE_ROAD)
        shape->kind = kind_of(properties, r->name, alone);
    r->outline->n += shape->n > 0;
    return true;
}

static bool read_features(struct reading *r, const json_t *root)
{
    const json_t *features = json_is_array(root) ? root : json_object_get(root, "features");
    if (!features)
        return read_feature(r, root, true);
    const size_t n = json_array_size(features);
    if (!json_is_array(features)) {
        err_set(r->err, ERR_INPUT, "“%.*s”的 features 不是列表。", TEXT_ARG(r->file));
        return err_hint(r->err, "请核对文件是否为标准的 GeoJSON。");
    }
    for (size_t i = 0; i < n; i++)
        if (!read_feature(r, json_array_get(features, i), n == 1))
            return false;
    return true;
}

/* An outline is not one without an area. */
static bool has_area(struct reading *r)
{
    for (size_t i = 0; i < r->outline->n; i++)
        if (r->outline->shapes[i].kind != OUTLINE_ROAD)
            return true;
    err_set(r->err, ERR_INPUT, "“%.*s”里没有县界或乡镇界：一个面也没有。", TEXT_ARG(r->file));
    return err_hint(r->err, "请给出含 Polygon 或 MultiPolygon 的 GeoJSON。");
}

bool geojson_read(struct arena *mem, struct text file, struct text bytes, struct outline **out, struct err *err)
{
    struct reading r = { .mem = mem, .file = file, .outline = arena_make(mem, struct outline), .err = err };
    json_error_t where;
    if (bytes.size > GEOJSON_LARGEST)
        return too_much(&r, "太大，最多 8 MB");
    if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = (struct text){ bytes.at + 3, bytes.size - 3 };
    json_t *root = json_loadb(bytes.size ? bytes.at : "", bytes.size, 0, &where);
    if (!root) {
        err_set(err, ERR_INPUT, "“%.*s”读不下去：第 %d 行第 %d 列起不是 JSON。", TEXT_ARG(file), where.line, where.column);
        err_detail(err, "%s", where.text);
        return err_hint(err, "请核对文件是否为 UTF-8 编码的 GeoJSON、是否完整。");
    }
    r.outline->name = text_copy(mem, text_of(json_string_value(json_object_get(root, "name"))));
    const bool ok = read_features(&r, root) && has_area(&r);
    json_decref(root);
    if (r.outline->name.size > LONGEST_NAME)
        r.outline->name.size = 0;
    outline_finish(r.outline);
    *out = r.outline;
    return ok;
}
