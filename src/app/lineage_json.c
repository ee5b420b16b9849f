#include "app/lineage.h"

static const char *kind_code(enum lineage_kind kind)
{
    static const char *const CODES[] = {
        [LINEAGE_NUMBER] = "number", [LINEAGE_BASIS] = "basis",     [LINEAGE_FORMULA] = "formula", [LINEAGE_TOLD] = "told",
        [LINEAGE_PART] = "part",     [LINEAGE_REST] = "rest",       [LINEAGE_HEADING] = "heading", [LINEAGE_CHANGE] = "change",
        [LINEAGE_CELL] = "cell",     [LINEAGE_EARLIER] = "earlier", [LINEAGE_NOTE] = "note",
    };
    return CODES[kind];
}

static void text_if(struct out *out, const char *key, struct text text)
{
    if (text.size)
        json_text(out, key, text);
}

static void step_as_json(struct out *out, const struct lineage_step *s)
{
    json_object(out, NULL);
    json_number(out, "depth", s->depth);
    json_text(out, "kind", text_of(kind_code(s->kind)));
    text_if(out, "label", s->label);
    text_if(out, "words", s->words);
    text_if(out, "figures", s->figures);
    text_if(out, "key", s->key);
    if (s->key.size || !is_blank(s->value))
        json_number(out, "value", s->value);
    text_if(out, "unit", s->unit);
    text_if(out, "state", s->state);
    if (s->estimate)
        json_bool(out, "estimate", true);
    if (s->version) {
        json_number(out, "version", (double)s->version);
        json_number(out, "at", (double)s->at);
        text_if(out, "change", s->change);
        text_if(out, "who", s->who);
        text_if(out, "reason", s->reason);
    }
    text_if(out, "import", s->import_id);
    if (s->file.size) {
        json_text(out, "file", s->file);
        json_text(out, "sheet", s->sheet);
        text_if(out, "cell", s->cell);
        json_number(out, "row", s->row);
        json_number(out, "column", s->column);
        text_if(out, "sha256", s->sha256);
    }
    json_end(out);
}

void lineage_as_json(struct out *out, const struct lineage *lineage)
{
    json_object(out, NULL);
    text_if(out, "key", lineage->key);
    json_text(out, "title", lineage->title);
    json_number(out, "data_version", (double)lineage->version);
    json_array(out, "steps");
    for (size_t i = 0; i < lineage->n; i++)
        step_as_json(out, &lineage->steps[i]);
    json_end(out);
    json_end(out);
}

/* ---- as plain text ---------------------------------------------------------------------------- */

struct text lineage_text(struct arena *mem, const struct lineage *lineage, enum lang lang)
{
    struct buf out = { .mem = mem };
    buf_printf(&out, lang == LANG_EN ? "Where it comes from (data version %lld)\n" : "来源链（数据第 %lld 版）\n", (long long)lineage->version);
    for (size_t i = 0; i < lineage->n; i++) {
        const struct lineage_step *const s = &lineage->steps[i];
        const struct text parts[] = { s->label, s->words, s->figures };
        bool first = true;
        for (unsigned d = 0; d < s->depth; d++)
            buf_add(&out, TEXT("  "));
        for (size_t p = 0; p < COUNT(parts); p++) {
            if (!parts[p].size)
                continue;
            buf_add(&out, first ? TEXT("") : lang == LANG_EN ? TEXT(": ") : TEXT("："));
            buf_add(&out, parts[p]);
            first = false;
        }
        buf_byte(&out, '\n');
    }
    return buf_text(&out);
}
