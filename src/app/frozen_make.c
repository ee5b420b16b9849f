/* The files of a frozen assessment, made of nothing but what is frozen. */
#include "app/frozen_inside.h"

#include "app/official.h"
#include "app/report_words.h"
#include "app/written.h"
#include "base/day.h"
#include "base/out.h"
#include "base/secret.h"
#include "report/compose_letter.h"
#include "report/words_sheet.h"
#include "report/write_doc.h"
#include "report/write_workbook.h"

struct text frozen_hash(struct text bytes, struct arena *mem)
{
    unsigned char hash[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    secret_sha256(bytes, hash);
    secret_hex(hash, SHA256_SIZE, hex);
    return text_copy(mem, text_of(hex));
}

struct text frozen_hash_of_files(const struct made_file *files, size_t n, struct arena *mem)
{
    unsigned char hash[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    struct digest digest;
    digest_start(&digest);
    for (size_t i = 0; i < n; i++) {
        digest_part(&digest, files[i].file.path);
        digest_part(&digest, files[i].bytes);
    }
    digest_end(&digest, hash);
    secret_hex(hash, SHA256_SIZE, hex);
    return text_copy(mem, text_of(hex));
}

/* ---- files -------------------------------------------------------------------------------- */

struct making { const struct remaking *r; struct arena *mem; struct made_file *out; size_t n; };

static void put(struct making *m, const char *path, struct text bytes)
{
    m->out[m->n++] = (struct made_file){ { FROZEN_MADE, text_of(path), frozen_hash(bytes, m->mem), (int64_t)bytes.size }, bytes };
}

struct book { struct sheet *const *sheets; size_t n; };

static bool write_book(const char *path, void *context, struct err *err)
{
    const struct book *const book = context;
    return write_workbook(path, book->sheets, book->n, err);
}

static bool put_book(struct making *m, const char *path, struct sheet *const *sheets, size_t n, struct err *err)
{
    struct text bytes;
    if (!app_written(write_book, &(struct book){ sheets, n }, m->mem, &bytes, err))
        return false;
    put(m, path, bytes);
    return true;
}

static bool put_letter(struct making *m, struct err *err)
{
    static const struct text ENCLOSED[] = { TEXT("自评报告"), TEXT("申报表（表Ⅰ—表Ⅵ）"), TEXT("佐证材料目录和材料"), TEXT("评判和登记"), TEXT("标准版本的各表") };
    const struct composing c = { .mem = m->mem, .assessment = m->r->snapshot->assessment, .needs = m->r->snapshot->needs, .year = m->r->year };
    struct doc *const letter = compose_letter(&(struct letter_request){ &c, day_of(m->r->frozen->stamp.at), ENCLOSED, COUNT(ENCLOSED), m->r->frozen->fictional });
    letter->address = m->r->frozen->address;
    struct text bytes;
    if (!write_docx(letter, m->mem, &bytes, err))
        return false;
    put(m, "01-申请函.docx", bytes);
    return true;
}

static bool put_report(struct making *m, struct err *err)
{
    const struct actor console = actor_console();
    const struct report_of county = { .kind = REPORT_COUNTY };
    const struct report_terms terms = { .today = day_of(m->r->frozen->stamp.at), .address = m->r->frozen->address };
    struct doc *draft;
    struct report report;
    struct text bytes;
    struct err none = { 0 };
    if (!app_report_draft(m->r->snapshot, &console, m->r->year, &county, &terms, m->mem, &draft, err))
        return false;
    report_put_together(draft, m->r->words, m->r->n_words, m->mem, &report);
    if (!report_is_whole(&report, err) || !write_docx(report.doc, m->mem, &bytes, err))
        return false;
    put(m, "02-自评报告.docx", bytes);
    if (write_pdf(report.doc, m->mem, &bytes, &none))
        put(m, "02-自评报告.pdf", bytes);
    else if (none.kind != ERR_OUTSIDE) {
        *err = none;
        return false;
    }
    return true;
}

static bool put_official(struct making *m, struct err *err)
{
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n;
    if (!m->r->official)
        return true;
    app_official_tables(m->r->official, m->r->snapshot->assessment, m->r->year, text_printf(m->mem, "%lld", (long long)m->r->frozen->data_version), m->mem,
                        sheets, &n);
    for (size_t i = 0; i < n; i++)
        sheets[i]->address = m->r->frozen->address;
    return put_book(m, "03-申报表.xlsx", sheets, n, err);
}

static const struct word_list *list_named(const struct remaking *r, const char *name)
{
    static const struct word_list none;
    for (size_t i = 0; i < r->n_lists; i++)
        if (text_equal(r->lists[i].name, text_of(name)))
            return &r->lists[i];
    return &none;
}

static bool put_lists(struct making *m, struct err *err)
{
    struct sheet *const proofs[] = { words_sheet(m->mem, TEXT("佐证材料目录"), list_named(m->r, "evidence")) };
    struct sheet *const people[] = { words_sheet(m->mem, TEXT("评判"), list_named(m->r, "judgement")),
                                     words_sheet(m->mem, TEXT("否决事项和申报条件"), list_named(m->r, "register")) };
    return put_book(m, "04-佐证材料目录.xlsx", proofs, COUNT(proofs), err) && put_book(m, "05-评判和登记.xlsx", people, COUNT(people), err);
}

bool frozen_make(const struct remaking *remaking, struct arena *mem, struct made_file out[FROZEN_MOST_MADE], size_t *n_out, struct err *err)
{
    struct making m = { remaking, mem, out, 0 };
    if (!put_letter(&m, err) || !put_report(&m, err) || !put_official(&m, err) || !put_lists(&m, err))
        return false;
    *n_out = m.n;
    return true;
}

/* ---- the manifest ------------------------------------------------------------------------- */

static const char *const ROLE_WORDS[] = { [FROZEN_MADE] = "made", [FROZEN_PROOF] = "proof", [FROZEN_STANDARD] = "standard" };

struct text frozen_manifest(const struct frozen *f, const struct frozen_inside *inside, struct arena *mem)
{
    struct out *const out = out_new_memory(mem);
    json_object(out, NULL);
    json_text(out, "kind", TEXT("junheng frozen assessment 1"));
    json_text(out, "id", f->id);
    json_text(out, "county", f->county_name);
    json_bool(out, "fictional", f->fictional);
    json_number(out, "year", f->year);
    json_text(out, "reason", f->reason);
    json_number(out, "data_version", (double)f->data_version);
    json_text(out, "edition", f->edition);
    json_text(out, "edition_sha256", f->edition_sha256);
    json_text(out, "frozen_by", f->stamp.who);
    json_text(out, "frozen_at", time_shown(f->stamp.at, mem));
    json_array(out, "edited_sections");
    for (size_t i = 0; i < inside->n_words; i++) {
        json_object(out, NULL);
        json_text(out, "section", inside->words[i].section);
        json_text(out, "by", inside->words[i].stamp.who);
        json_text(out, "at", time_shown(inside->words[i].stamp.at, mem));
        json_text(out, "sha256", frozen_hash(inside->words[i].words, mem));
        json_end(out);
    }
    json_end(out);
    json_array(out, "lacking");
    for (size_t i = 0; i < inside->n_lacking; i++)
        if (inside->lacking[i].year == f->year)
            json_text(out, NULL, inside->lacking[i].code);
    json_end(out);
    json_array(out, "files");
    for (size_t i = 0; i < inside->n_files; i++) {
        json_object(out, NULL);
        json_text(out, "path", inside->files[i].path);
        json_text(out, "kind", text_of(ROLE_WORDS[inside->files[i].role]));
        json_number(out, "size", (double)inside->files[i].size);
        json_text(out, "sha256", inside->files[i].sha256);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    out_byte(out, '\n');
    return out_collected(out);
}
