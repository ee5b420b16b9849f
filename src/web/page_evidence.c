/* The index of proofs, by indicator and as a list; what all pages of proofs share. */
#include "web/page_evidence.h"

#include "base/day.h"
#include "base/number.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- shared ------------------------------------------------------------------------------- */

int evidence_year(const struct request *request)
{
    const struct snapshot *const s = request->snapshot;
    double wanted;
    if (number_parse(request_query(request, "for"), &wanted))
        for (size_t i = 0; i < s->n_lacking; i++)
            if ((double)s->lacking[i].year == wanted)
                return s->lacking[i].year;
    if (request->year < s->n_years)
        return s->years[request->year];
    const struct day today = day_of(request->now);
    return today.month >= 9 ? today.year : today.year - 1;
}

struct text evidence_year_said(const struct request *request, int year)
{
    return SAYS_OF(T_CORE_YEAR, text_printf(request->mem, "%d", year));
}

static bool has_figures(const struct snapshot *s, int year)
{
    return snapshot_year(s, year) < s->n_years;
}

struct text evidence_year_query(const struct request *request, int year)
{
    return text_printf(request->mem, "%s=%d", has_figures(request->snapshot, year) || !request->snapshot->n_years ? "year" : "for", year);
}

struct evidence_link *evidence_years(const struct request *request, const char *path, int year, size_t *n_out)
{
    const struct snapshot *const s = request->snapshot;
    struct evidence_link *const list = arena_array(request->mem, s->n_years + 2, struct evidence_link);
    int collected = 0;
    *n_out = 0;
    for (size_t i = 0; i < s->n_lacking; i++)
        if (s->lacking[i].year > collected && !has_figures(s, s->lacking[i].year))
            collected = s->lacking[i].year;
    for (size_t i = 0; i <= s->n_years && collected; i++) {
        const int one = i ? s->years[s->n_years - i] : collected;
        list[(*n_out)++] = (struct evidence_link){ i ? evidence_year_said(request, one) : SAYS_OF(T_EVIDENCE_COLLECTING, evidence_year_said(request, one)),
                                                   text_printf(request->mem, "%s?%.*s", path, TEXT_ARG(evidence_year_query(request, one))), one == year };
    }
    return list;
}

bool evidence_unit_read(const struct request *request, struct text word, struct place *out, struct err *err)
{
    const char *const colon = word.size ? memchr(word.at, ':', word.size) : NULL;
    (void)request;
    *out = (struct place){ PLACE_COUNTY, TEXT("") };
    if (!word.size)
        return true;
    const struct text kind = { word.at, colon ? (size_t)(colon - word.at) : word.size };
    const struct text name = { colon ? colon + 1 : word.at, colon ? word.size - kind.size - 1 : 0 };
    if (colon && place_of_words(kind, name, out) && (out->kind == PLACE_SCHOOL || out->kind == PLACE_TOWNSHIP))
        return true;
    return err_set(err, ERR_ABSENT, "没有这个单位：%.*s。", TEXT_ARG(word));
}

struct text evidence_unit_word(const struct request *request, struct place unit)
{
    return unit.kind == PLACE_COUNTY ? TEXT("") : text_printf(request->mem, "%.*s:%.*s", TEXT_ARG(place_word(unit.kind)), TEXT_ARG(unit.name));
}

struct text evidence_box_path(const struct request *request, struct text indicator, int year, struct place unit)
{
    struct buf path = { .mem = request->mem };
    buf_printf(&path, "/evidence/%.*s?%.*s", TEXT_ARG(indicator), TEXT_ARG(evidence_year_query(request, year)));
    if (unit.kind != PLACE_COUNTY)
        buf_printf(&path, "&unit=%.*s", TEXT_ARG(percent_encode_part(evidence_unit_word(request, unit), request->mem)));
    return buf_text(&path);
}

struct text evidence_size_said(const struct request *request, int64_t size)
{
    if (size < 1024 * 1024)
        return text_printf(request->mem, "%lld KB", (long long)((size + 1023) / 1024));
    return text_printf(request->mem, "%.1f MB", (double)size / 1048576.0);
}

struct evidence_file_line evidence_file_said(const struct request *request, const struct evidence *e)
{
    const struct evidence_version *const v = &e->latest;
    struct evidence_file_line line = {
        .id = e->id, .name = v->name, .path = text_printf(request->mem, "/evidence/file/%.*s", TEXT_ARG(e->id)), .description = e->description,
        .kind = v->kind, .pages = v->pages ? say_count(request->mem, v->pages) : TEXT(""), .size = evidence_size_said(request, v->size),
        .version = v->version > 1 ? SAYS_OF(T_EVIDENCE_VERSION, say_count(request->mem, v->version)) : TEXT(""), .who = v->stamp.who,
        .when = time_shown(v->stamp.at, request->mem),
    };
    if (e->withdrawn_at)
        line.withdrawn = SAYS_OF(T_EVIDENCE_WITHDRAWN, time_shown(e->withdrawn_at, request->mem), e->withdrawn_who, e->withdrawn_reason);
    return line;
}

struct text verdict_said(const struct request *request, enum judgement_verdict verdict)
{
    static const enum text_key WORDS[N_JUDGED] = { T_EVIDENCE_MET, T_EVIDENCE_UNMET, T_EVIDENCE_OPEN };
    return SAYS(WORDS[verdict]);
}

const char *judged_class(enum judgement_verdict verdict)
{
    static const char *const CLASSES[N_JUDGED] = { "st met", "st unmet", "st none" };
    return CLASSES[verdict];
}

struct evidence_upload *evidence_uploads(const struct request *request, size_t *n_out)
{
    struct evidence_upload *const files = arena_array(request->mem, request->n_files + 1, struct evidence_upload);
    for (size_t i = 0; i < request->n_files; i++)
        files[i] = (struct evidence_upload){ request->files[i].name, request->files[i].bytes };
    *n_out = request->n_files;
    return files;
}

bool evidence_fault(struct err *err, struct err *fault_out)
{
    if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT && err->kind != ERR_USAGE && err->kind != ERR_CONFLICT)
        return false;
    *fault_out = *err;
    *err = (struct err){ .kind = ERR_NONE };
    return true;
}

/* ---- by indicator ------------------------------------------------------------------------- */

static struct text there_said(const struct request *request, const struct catalogue_row *row)
{
    struct arena *const mem = request->mem;
    if (row->units == 1)
        return row->files ? SAYS_OF(T_EVIDENCE_FILES, say_count(mem, (int64_t)row->files)) : SAYS(T_EVIDENCE_MISSING);
    const struct text n[] = { say_count(mem, (int64_t)row->units_with), say_count(mem, (int64_t)row->units), say_count(mem, (int64_t)row->files) };
    return say(mem, request->lang, row->asked->who == EVIDENCE_TOWNSHIP ? T_EVIDENCE_TOWNSHIPS : T_EVIDENCE_SCHOOLS, n, 3);
}

static struct evidence_row_line row_said(const struct request *request, const struct catalogue *c, const struct catalogue_row *row)
{
    const bool english = request->lang == LANG_EN;
    struct place unit = { PLACE_COUNTY, TEXT("") };
    int64_t last = 0;
    if (row->units == 1 && !actor_covers_county(&request->actor))
        unit = evidence_own_place(row->asked, &request->actor);
    struct evidence_row_line line = {
        .id = row->asked->id, .name = english ? row->asked->en : row->asked->zh,
        .path = text_printf(request->mem, "%.*s#%.*s", TEXT_ARG(evidence_box_path(request, row->asked->indicator, c->year, unit)), TEXT_ARG(row->asked->id)),
        .by = english ? row->asked->by_en : row->asked->by, .there = there_said(request, row),
        .class = !row->files || !row->units ? "st none" : row->units_with >= row->units ? "st met" : "st near",
    };
    for (size_t i = row->first; i < row->first + row->n; i++) {
        const struct evidence *const e = c->lines[i].evidence;
        if (!e || e->latest.stamp.at < last)
            continue;
        last = e->latest.stamp.at;
        line.latest = SAYS_OF(T_EVIDENCE_LATEST, time_shown(last, request->mem), e->latest.stamp.who);
    }
    return line;
}

static void put_judged(const struct request *request, const struct catalogue *c, struct evidence_group *group)
{
    const struct place county = { PLACE_COUNTY, TEXT("") };
    if (judgement_item(request->snapshot->edition, group->id) == NO_ITEM || !actor_covers_county(&request->actor))
        return;
    const struct judgement_now now = judgement_now(c->judgements, c->n_judgements, group->id, county);
    group->class = now.waiting ? "st near" : now.confirmed ? judged_class(now.confirmed->verdict) : "st none";
    group->judged = now.waiting     ? SAYS_OF(T_EVIDENCE_JUDGED_WAITS, verdict_said(request, now.waiting->verdict), now.waiting->first.who)
                    : now.confirmed ? SAYS_OF(T_EVIDENCE_JUDGED_BY, verdict_said(request, now.confirmed->verdict), now.confirmed->first.who,
                                              now.confirmed->second.who)
                                    : SAYS(T_EVIDENCE_NOT_JUDGED);
}

static bool is_missing(const struct catalogue_row *row)
{
    return row->units && row->units_with < row->units;
}

static void put_groups(const struct request *request, const struct catalogue *c, bool missing_only, struct view_evidence *view)
{
    view->groups = arena_array(request->mem, c->n_rows + 1, struct evidence_group);
    for (size_t i = 0; i < c->n_rows; i++) {
        const struct catalogue_row *const row = &c->rows[i];
        if (missing_only && !is_missing(row))
            continue;
        struct evidence_group *group = view->n_groups ? &view->groups[view->n_groups - 1] : NULL;
        if (!group || !text_equal(group->id, row->asked->indicator)) {
            group = &view->groups[view->n_groups++];
            *group = (struct evidence_group){
                .id = row->asked->indicator, .name = indicator_brief(request->snapshot->edition, row->asked->indicator, request->lang == LANG_EN),
                .path = evidence_box_path(request, row->asked->indicator, c->year, (struct place){ PLACE_COUNTY, TEXT("") }),
                .rows = arena_array(request->mem, c->n_rows, struct evidence_row_line) };
            put_judged(request, c, group);
        }
        group->rows[group->n++] = row_said(request, c, row);
    }
}

/* ---- as a list ---------------------------------------------------------------------------- */

static void put_lines(const struct request *request, const struct catalogue *c, bool missing_only, struct view_evidence *view)
{
    const bool english = request->lang == LANG_EN;
    view->lines = arena_array(request->mem, c->n_lines + 1, struct evidence_list_line);
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct catalogue_line *const from = &c->lines[i];
        const struct evidence *const e = from->evidence;
        if (missing_only && e)
            continue;
        struct evidence_list_line *const line = &view->lines[view->n_lines++];
        *line = (struct evidence_list_line){
            .number = i + 1, .indicator = from->asked->indicator,
            .asked = text_printf(request->mem, "%.*s %.*s", TEXT_ARG(from->asked->id), TEXT_ARG(english ? from->asked->en : from->asked->zh)),
            .by = english ? from->asked->by_en : from->asked->by, .unit = from->unit, .missing = !e };
        if (!e)
            continue;
        const struct evidence_file_line file = evidence_file_said(request, e);
        line->file = file.name, line->path = file.path, line->description = file.description, line->kind = file.kind, line->pages = file.pages;
        line->size = file.size, line->version = say_count(request->mem, e->latest.version), line->who = file.who;
        line->day = day_shown(e->latest.stamp.at, request->mem);
    }
}

/* ---- the page ----------------------------------------------------------------------------- */

static struct text index_path(const struct request *request, int year, struct place unit, bool as_list, bool missing_only)
{
    const struct text word = evidence_unit_word(request, unit);
    return text_printf(request->mem, "/evidence?%.*s%s%.*s%s%s", TEXT_ARG(evidence_year_query(request, year)), word.size ? "&unit=" : "",
                       TEXT_ARG(percent_encode_part(word, request->mem)), as_list ? "&view=list" : "", missing_only ? "&state=missing" : "");
}

static struct text sentence_of(const struct request *request, const struct catalogue *c)
{
    struct arena *const mem = request->mem;
    const struct evidence_list *const asked = house_asked(request->house);
    size_t rows = 0, missing = 0, judged = 0, confirmed = 0;
    for (size_t i = 0; i < c->n_rows; i++) {
        rows += c->rows[i].units > 0;
        missing += is_missing(&c->rows[i]);
    }
    for (size_t i = 0; i < asked->n; i++) {
        const struct text id = asked->at[i].indicator;
        if ((i && text_equal(id, asked->at[i - 1].indicator)) || judgement_item(request->snapshot->edition, id) == NO_ITEM)
            continue;
        const struct judgement_now now = judgement_now(c->judgements, c->n_judgements, id, (struct place){ PLACE_COUNTY, TEXT("") });
        judged++;
        confirmed += now.confirmed && now.confirmed->verdict != JUDGED_OPEN && !now.waiting;
    }
    const struct text year = evidence_year_said(request, c->year), all = say_count(mem, (int64_t)rows), there = say_count(mem, (int64_t)(rows - missing)),
                      lacking = say_count(mem, (int64_t)missing);
    if (!rows)
        return SAYS_OF(T_EVIDENCE_NOTHING_ASKED, year);
    if (actor_covers_county(&request->actor))
        return SAYS_OF(T_EVIDENCE_SENTENCE_COUNTY, year, all, there, lacking, say_count(mem, (int64_t)judged), say_count(mem, (int64_t)confirmed));
    return missing ? SAYS_OF(T_EVIDENCE_SENTENCE_OWN, year, evidence_place_shown(request->snapshot, request->actor.place, mem), all, there, lacking)
                   : SAYS_OF(T_EVIDENCE_SENTENCE_DONE, year, evidence_place_shown(request->snapshot, request->actor.place, mem), all);
}

/* For who sees many: of one unit alone. */
static void put_units(const struct request *request, const struct catalogue *c, struct place chosen, struct view_evidence *view)
{
    const struct text word = evidence_unit_word(request, chosen);
    view->units = arena_array(request->mem, c->n_schools + c->n_townships + 1, struct evidence_link);
    for (size_t i = 0; i < c->n_townships + c->n_schools; i++) {
        const bool township = i < c->n_townships;
        const struct place unit = { township ? PLACE_TOWNSHIP : PLACE_SCHOOL, township ? c->townships[i] : c->schools[i - c->n_townships].code };
        const struct text code = evidence_unit_word(request, unit);
        view->units[view->n_units++] = (struct evidence_link){ township ? unit.name : c->schools[i - c->n_townships].name, code, text_equal(code, word) };
    }
}

static bool show_index(struct request *request, const struct request *as, struct place unit, struct response *response, struct err *err)
{
    const int year = evidence_year(request);
    const bool as_list = text_equal(request_query(request, "view"), TEXT("list"));
    const bool missing_only = text_equal(request_query(request, "state"), TEXT("missing"));
    struct catalogue c, whole;
    if (!app_evidence_catalogue(as->house, as->snapshot, &as->actor, year, request->mem, &c, err))
        return false;
    struct view_evidence view = {
        .frame = frame_of(request, SAYS(T_EVIDENCE_TITLE), "evidence"), .sentence = sentence_of(as, &c), .as_list = as_list,
        .year = text_printf(request->mem, "%d", year), .missing_only = missing_only,
        .sub = SAYS(actor_covers_county(&request->actor) ? T_EVIDENCE_SUB_COUNTY : T_EVIDENCE_SUB_OWN),
        .views = { { SAYS(T_EVIDENCE_BY_INDICATOR), index_path(request, year, unit, false, missing_only), !as_list },
                   { SAYS(T_EVIDENCE_AS_LIST), index_path(request, year, unit, true, missing_only), as_list } },
        .states = { { SAYS(T_EVIDENCE_ALL), index_path(request, year, unit, as_list, false), !missing_only },
                    { SAYS(T_EVIDENCE_LACKING), index_path(request, year, unit, as_list, true), missing_only } } };
    view.years = evidence_years(request, "/evidence", year, &view.n_years);
    whole = c;
    if (unit.kind != PLACE_COUNTY) {
        evidence_schools(request->snapshot, &request->actor, year, request->mem, &whole.schools, &whole.n_schools);
        evidence_townships(whole.schools, whole.n_schools, request->mem, &whole.townships, &whole.n_townships);
    }
    if (whole.n_schools > 1) {
        put_units(request, &whole, unit, &view);
        const struct text query = evidence_year_query(request, year);
        const char *const equals = memchr(query.at, '=', query.size);
        view.year_name = (struct text){ query.at, (size_t)(equals - query.at) };
    }
    if (as_list)
        put_lines(as, &c, missing_only, &view);
    else
        put_groups(as, &c, missing_only, &view);
    if (request->actor.permissions & MAY_EXPORT) {
        view.workbook_path = text_printf(request->mem, "/evidence/export?%.*s", TEXT_ARG(evidence_year_query(request, year)));
        view.zip_path = text_printf(request->mem, "/evidence/zip?%.*s", TEXT_ARG(evidence_year_query(request, year)));
    }
    struct html html = html_begin(request->mem, request->lang);
    template_evidence(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_evidence(struct request *request, struct response *response, struct err *err)
{
    struct request as = *request; /* a chosen unit's index is the one its own people see */
    struct place unit;
    if (!evidence_unit_read(request, request_query(request, "unit"), &unit, err))
        return false;
    if (unit.kind != PLACE_COUNTY && !evidence_visible(request->snapshot, &request->actor, unit)) {
        err_set(err, ERR_ABSENT, "没有这个单位，或者您的账号看不到它。");
        return err_hint(err, "请从佐证材料目录进入。");
    }
    if (unit.kind != PLACE_COUNTY)
        as.actor.place = unit;
    return show_index(request, &as, unit, response, err);
}

/* ---- given out ---------------------------------------------------------------------------- */

bool page_evidence_export(struct request *request, struct response *response, struct err *err)
{
    static const char XLSX[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const int year = evidence_year(request);
    struct text bytes;
    if (!app_evidence_workbook(request->house, request->snapshot, &request->actor, year, request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, XLSX, text_printf(request->mem, "%.*s-%d学年-佐证材料目录.xlsx", TEXT_ARG(request->snapshot->county_name), year));
    return true;
}

bool page_evidence_zip(struct request *request, struct response *response, struct err *err)
{
    const int year = evidence_year(request);
    const struct text indicator = request_query(request, "indicator");
    struct text bytes;
    if (!app_evidence_zip(request->house, request->snapshot, &request->actor, year, indicator, request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, "application/zip",
                  text_printf(request->mem, "%.*s-%d学年-佐证材料%s%.*s.zip", TEXT_ARG(request->snapshot->county_name), year, indicator.size ? "-" : "",
                              TEXT_ARG(indicator)));
    return true;
}
