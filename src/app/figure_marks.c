#include "app/figure_marks.h"

#include "standard/logic_check.h"

bool app_figure_marks(struct house *house, const struct snapshot *s, size_t year, struct text school, struct arena *mem,
                      struct figure_mark **out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_figure_marks(session, s->county_code, &s->edition->items, s->years[year], school, (int64_t)s->version, mem, out, err);
    db_read_end(&session);
    return ok;
}

/* ---- the checks --------------------------------------------------------------------------- */

static void copy_row(struct returns *to, const struct returns *from, size_t row)
{
    const struct county_year *const county = &from->counties[from->county[row]];
    const size_t at = returns_add(to, returns_county(to, county->code, county->year), (struct origin){ returns_source(to, TEXT(""), TEXT("")), 0 });
    for (size_t i = 0; i < from->items->n; i++) {
        const uint16_t item = (uint16_t)i;
        if (from->items->at[i].type == ITEM_TEXT)
            returns_put_text(to, at, item, returns_text(from, row, item));
        else if (!is_blank(returns_number(from, row, item)))
            returns_put_number(to, at, item, returns_number(from, row, item));
    }
}

static bool is_about(const struct finding *finding, struct text code)
{
    return text_starts(finding->school, code) && (finding->school.size == code.size || finding->school.at[code.size] == ' ');
}

static struct text note_words(struct arena *mem, const struct finding *f)
{
    return text_printf(mem, "%s%.*s%s%.*s。%.*s%s", f->read.size ? "现为 " : "", TEXT_ARG(f->read), f->read.size ? "，" : "",
                       TEXT_ARG(f->expected), TEXT_ARG(f->mend), f->mend.size ? "。" : "");
}

/* A county of this school alone, with the one it belongs to, this year and the year before. */
struct figure_note *app_figure_notes(const struct snapshot *s, size_t row, struct arena *mem, size_t *n_out)
{
    const struct returns *const all = s->returns;
    const struct item_list *const items = all->items;
    const struct text code = returns_text(all, row, items->school_code);
    const struct text host = items->host_school_code == NO_ITEM ? TEXT("") : returns_text(all, row, items->host_school_code);
    const int year = all->counties[all->county[row]].year;
    struct returns *const few = returns_new(items, mem);
    struct findings findings = { .mem = mem };
    for (size_t c = 0; c < all->n_counties; c++) {
        const struct county_year *const county = &all->counties[c];
        for (size_t i = county->first; (county->year == year || county->year == year - 1) && i < county->first + county->n; i++) {
            const struct text other = returns_text(all, i, items->school_code);
            if (text_equal(other, code) || (host.size && text_equal(other, host)))
                copy_row(few, all, i);
        }
    }
    returns_arrange(few);
    logic_checks(s->edition, few, &findings);
    struct figure_note *const notes = arena_array(mem, findings.n, struct figure_note);
    *n_out = 0;
    for (size_t i = 0; i < findings.n; i++) {
        const struct finding *const f = &findings.at[i];
        const uint16_t item = f->item.size ? item_find(items, f->item) : NO_ITEM;
        if (item != NO_ITEM && is_about(f, code))
            notes[(*n_out)++] = (struct figure_note){ item, f->level != FINDING_ERROR, note_words(mem, f) };
    }
    return notes;
}
