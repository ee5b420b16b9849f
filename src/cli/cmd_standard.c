#include "app/edition.h"
#include "app/edition_view.h"
#include "base/csv.h"
#include "base/unicode.h"
#include "cli/options.h"

#include <string.h>

static struct text form_zh(const struct indicator *i)
{
    return i->form == FORM_NUMBER     ? TEXT("数据")
           : i->form == FORM_DOCUMENT ? TEXT("人判")
                                      : TEXT("数据+人判");
}

static struct text form_code(const struct indicator *i)
{
    return i->form == FORM_NUMBER     ? TEXT("number")
           : i->form == FORM_DOCUMENT ? TEXT("document")
                                      : TEXT("both");
}

static void csv_row(struct command_context *run, const struct text *fields, size_t n)
{
    struct buf line = { .mem = run->mem };
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_byte(&line, ',');
        csv_add(&line, fields[i], ',');
    }
    buf_byte(&line, '\n');
    out_text(run->out, buf_text(&line));
}

/* ---- list, editions ------------------------------------------------------------------------- */

static bool list(struct command_context *run, const char *name, struct err *err)
{
    const struct edition *edition;
    if (!app_edition(run->mem, name, &edition, err))
        return false;
    if (run->format == FORMAT_JSON)
        json_array(run->out, NULL);
    if (run->format == FORMAT_CSV)
        out_string(run->out, "id,form,zh,en,clause\n");
    for (size_t k = 0; k < edition->n_indicators; k++) {
        const struct indicator *const i = &edition->indicators[k];
        if (run->format == FORMAT_TABLE) {
            const struct text form = form_zh(i);
            out_printf(run->out, "%-4.*s%.*s%*s%.*s\n", TEXT_ARG(i->id), TEXT_ARG(form),
                       11 - (int)text_width(form), "", TEXT_ARG(i->zh));
        } else if (run->format == FORMAT_CSV) {
            csv_row(run, (const struct text[]){ i->id, form_code(i), i->zh, i->en, i->clause }, 5);
        } else {
            json_object(run->out, NULL);
            json_text(run->out, "id", i->id);
            json_text(run->out, "form", form_code(i));
            json_text(run->out, "zh", i->zh);
            json_text(run->out, "en", i->en);
            json_text(run->out, "clause", i->clause);
            json_end(run->out);
        }
    }
    if (run->format == FORMAT_JSON) {
        json_end(run->out);
        out_byte(run->out, '\n');
    }
    return true;
}

static bool editions(struct command_context *run, struct err *err)
{
    size_t n;
    const char *const *names = app_edition_names(&n);
    if (run->format == FORMAT_JSON)
        json_array(run->out, NULL);
    if (run->format == FORMAT_CSV)
        out_string(run->out, "edition,zh,version,documents\n");
    for (size_t i = 0; i < n; i++) {
        const struct edition *e;
        if (!app_edition(run->mem, names[i], &e, err))
            return false;
        if (run->format == FORMAT_TABLE) {
            out_printf(run->out, "%-16s%.*s（第 %.*s 版，%zu 项指标）  %.*s\n", names[i], TEXT_ARG(e->zh),
                       TEXT_ARG(e->version), e->n_indicators, TEXT_ARG(e->documents));
        } else if (run->format == FORMAT_CSV) {
            csv_row(run, (const struct text[]){ text_of(names[i]), e->zh, e->version, e->documents }, 4);
        } else {
            json_object(run->out, NULL);
            json_text(run->out, "edition", text_of(names[i]));
            json_text(run->out, "zh", e->zh);
            json_text(run->out, "version", e->version);
            json_text(run->out, "documents", e->documents);
            json_end(run->out);
        }
    }
    if (run->format == FORMAT_JSON) {
        json_end(run->out);
        out_byte(run->out, '\n');
    }
    return true;
}

/* ---- show ------------------------------------------------------------------------------------- */

static void show_json(struct command_context *run, const struct edition *edition, const char *id,
                      const struct view_section *sections, size_t n)
{
    json_object(run->out, NULL);
    json_text(run->out, "edition", edition->id);
    json_text(run->out, "id", text_of(id));
    json_array(run->out, "sections");
    for (size_t s = 0; s < n; s++) {
        json_object(run->out, NULL);
        json_text(run->out, "title", sections[s].title);
        json_array(run->out, "entries");
        for (size_t k = 0; k < sections[s].n; k++) {
            json_object(run->out, NULL);
            json_text(run->out, "key", text_of(sections[s].entries[k].key));
            json_text(run->out, "label", sections[s].entries[k].label);
            json_text(run->out, "value", sections[s].entries[k].value);
            json_end(run->out);
        }
        json_end(run->out);
        json_end(run->out);
    }
    json_end(run->out);
    json_end(run->out);
    out_byte(run->out, '\n');
}

static bool show(struct command_context *run, const char *name, const char *id, struct err *err)
{
    enum { LABEL_WIDTH = 26 };
    const struct edition *edition;
    const struct view_section *sections;
    size_t n;
    if (!app_edition(run->mem, name, &edition, err) ||
        !app_edition_show(run->mem, edition, text_of(id), &sections, &n, err))
        return false;
    if (run->format == FORMAT_JSON) {
        show_json(run, edition, id, sections, n);
        return true;
    }
    if (run->format == FORMAT_CSV)
        out_string(run->out, "section,key,value\n");
    for (size_t s = 0; s < n; s++) {
        if (run->format == FORMAT_TABLE)
            out_printf(run->out, "%s%.*s\n", s ? "\n" : "", TEXT_ARG(sections[s].title));
        for (size_t k = 0; k < sections[s].n; k++) {
            const struct view_entry *const e = &sections[s].entries[k];
            const int gap = LABEL_WIDTH - (int)text_width(e->label);
            if (run->format == FORMAT_CSV)
                csv_row(run, (const struct text[]){ sections[s].title, text_of(e->key), e->value }, 3);
            else
                out_printf(run->out, "  %.*s%*s%.*s\n", TEXT_ARG(e->label), gap > 1 ? gap : 1, "",
                           TEXT_ARG(e->value));
        }
    }
    return true;
}

/* ---- check, diff --------------------------------------------------------------------------------- */

static bool check(struct command_context *run, const char *folder, struct err *err)
{
    const struct edition *e;
    struct evidence_list asked;
    if (!app_edition(run->mem, folder, &e, err) || !app_edition_asked(run->mem, e, folder, &asked, err))
        return false;
    if (run->format == FORMAT_JSON) {
        json_object(run->out, NULL);
        json_text(run->out, "edition", e->id);
        json_bool(run->out, "valid", true);
        json_end(run->out);
        out_byte(run->out, '\n');
    } else {
        out_printf(run->out,
                   "标准版本 %.*s 无误：%zu 项指标，%zu 个指标项，%zu 条规则，%zu 条推算，%zu 条放宽，%zu "
                   "条逻辑检查。\n",
                   TEXT_ARG(e->id), e->n_indicators, e->items.n, e->n_rules, e->n_derivations,
                   e->n_relaxations, e->n_checks);
    }
    return true;
}

static void diff_row(struct command_context *run, const struct edition_change_view *c)
{
    if (run->format == FORMAT_CSV) {
        csv_row(run, (const struct text[]){ c->table, c->id, c->kind, c->column, c->was, c->now }, 6);
    } else if (run->format == FORMAT_JSON) {
        json_object(run->out, NULL);
        json_text(run->out, "table", c->table);
        json_text(run->out, "id", c->id);
        json_text(run->out, "kind", c->kind);
        json_text(run->out, "column", c->column);
        json_text(run->out, "was", c->was);
        json_text(run->out, "now", c->now);
        json_end(run->out);
    } else if (c->column.size) {
        out_printf(run->out, "%.*s  %.*s  %.*s：%.*s → %.*s\n", TEXT_ARG(c->table), TEXT_ARG(c->id),
                   TEXT_ARG(c->column), TEXT_ARG(c->was.size ? c->was : TEXT("（空白）")),
                   TEXT_ARG(c->now.size ? c->now : TEXT("（空白）")));
    } else {
        out_printf(run->out, "%.*s  %.*s  %s\n", TEXT_ARG(c->table), TEXT_ARG(c->id),
                   text_equal(c->kind, TEXT("增")) ? "新增" : "删去");
    }
}

static bool diff(struct command_context *run, const char *a, const char *b, struct err *err)
{
    const struct edition_change_view *changes;
    size_t n;
    if (!app_edition_diff(run->mem, a, b, &changes, &n, err))
        return false;
    if (run->format == FORMAT_JSON)
        json_array(run->out, NULL);
    if (run->format == FORMAT_CSV)
        out_string(run->out, "table,id,kind,column,was,now\n");
    for (size_t i = 0; i < n; i++)
        diff_row(run, &changes[i]);
    if (run->format == FORMAT_JSON) {
        json_end(run->out);
        out_byte(run->out, '\n');
    } else if (run->format == FORMAT_TABLE && !n) {
        out_string(run->out, "两个标准版本没有差别。\n");
    }
    return true;
}

bool cmd_standard(struct command_context *run, struct err *err)
{
    static const struct {
        const char *verb;
        size_t words;
    } WHAT[] = {
        { "list", 1 }, { "editions", 1 }, { "show", 2 }, { "check", 2 }, { "diff", 3 },
    };
    const char *edition = NULL;
    const struct option options[] = {
        OPTION_TEXT("edition", 0, &edition, "标准版本|文件夹", "list、show 用哪一版；默认 cn-2017"),
        OPTION_FORMAT(run),
    };
    struct words words;
    if (!options_parse(run, options, COUNT(options), &words, 1, 3, err))
        return false;
    size_t what = 0;
    while (what < COUNT(WHAT) && strcmp(WHAT[what].verb, words.at[0]))
        what++;
    if (what == COUNT(WHAT)) {
        err_set(err, ERR_USAGE, "standard 没有“%s”这个用法。", words.at[0]);
        return err_hint(err, "可用：list、show 编号、check 文件夹、diff 甲 乙、editions。");
    }
    if (words.n != WHAT[what].words) {
        err_set(err, ERR_USAGE, "standard %s 之后应有 %zu 个词，给了 %zu 个。", words.at[0],
                WHAT[what].words - 1, words.n - 1);
        return err_hint(err, "例如：junheng standard list，standard show L4，standard check "
                             "我的标准，standard diff cn-2017 我的标准。");
    }
    switch (what) {
    case 0: return list(run, edition, err);
    case 1: return editions(run, err);
    case 2: return show(run, edition, words.at[1], err);
    case 3: return check(run, words.at[1], err);
    default: return diff(run, words.at[1], words.at[2], err);
    }
}
