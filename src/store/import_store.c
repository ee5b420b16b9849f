#include "store/import_store.h"

static const char *const STATE_WORDS[] = { [IMPORT_WAITING] = "waiting", [IMPORT_CONFIRMED] = "confirmed",
                                           [IMPORT_DROPPED] = "dropped", [IMPORT_UNDONE] = "undone" };

static enum import_state state_of(struct text word)
{
    for (size_t i = 0; i < COUNT(STATE_WORDS); i++)
        if (text_equal(word, text_of(STATE_WORDS[i])))
            return (enum import_state)i;
    return IMPORT_DROPPED;
}

static bool absent(struct err *err)
{
    err_set(err, ERR_ABSENT, "没有这次导入。");
    return err_hint(err, "可能链接抄错了。导入页的历史里列着每一次导入。");
}

bool store_file_put(struct db_session *session, struct text county, struct text sha256, struct text bytes, struct err *err)
{
    return db_run(session, Q_FILE_PUT, DB_VALUES(db_text(county), db_text(sha256), db_int((int64_t)bytes.size), db_blob(bytes)), err);
}

bool store_file_get(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct text *bytes_out,
                    struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_FILE_GET, DB_VALUES(db_text(county), db_text(sha256)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *bytes_out = db_get_blob(&rows, 0, mem);
        found = true;
    }
    if (!db_done(&rows, err))
        return false;
    return found || err_set(err, ERR_ABSENT, "没有存过这个文件。");
}

bool store_file_name(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct text *name_out,
                     struct err *err)
{
    struct db_rows rows;
    *name_out = TEXT("");
    if (!db_select(session, Q_FILE_NAME, DB_VALUES(db_text(county), db_text(sha256)), &rows, err))
        return false;
    while (db_next(&rows))
        *name_out = db_get_text(&rows, 0, mem);
    return db_done(&rows, err);
}

bool store_import_add(struct db_session *session, struct text county, const struct import_record *import,
                      const struct import_file_record *files, size_t n_files, struct err *err)
{
    const struct import_tally *const t = &import->tally;
    if (!db_run(session, Q_IMPORT_ADD,
                DB_VALUES(db_text(county), db_text(import->id), db_int(import->stamp.account), db_text(import->stamp.who),
                          db_int(import->stamp.at), import->base_version ? db_int(import->base_version) : db_null(),
                          db_int(import->seen_version), db_int(t->schools), db_int(t->added), db_int(t->changed), db_int(t->same),
                          db_int(t->conflicts), db_int(t->errors), db_int(t->warnings)),
                err))
        return false;
    for (size_t i = 0; i < n_files; i++)
        if (!db_run(session, Q_IMPORT_FILE_ADD,
                    DB_VALUES(db_text(county), db_text(import->id), db_int((int64_t)i), db_text(files[i].name), db_text(files[i].sha256)), err))
            return false;
    return true;
}

bool store_import(struct db_session *session, struct text county, struct text id, struct arena *mem, struct import_record *out,
                  struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_IMPORT_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        found = true;
        *out = (struct import_record){
            .id = text_copy(mem, id), .state = state_of(db_get_text(&rows, 0, mem)),
            .stamp = { .account = db_get_int(&rows, 1), .who = db_get_text(&rows, 2, mem), .at = db_get_int(&rows, 3) },
            .base_version = db_get_int(&rows, 4), .seen_version = db_get_int(&rows, 5), .version = db_get_int(&rows, 6),
            .tally = { .schools = db_get_int(&rows, 7), .added = db_get_int(&rows, 8), .changed = db_get_int(&rows, 9),
                       .same = db_get_int(&rows, 10), .conflicts = db_get_int(&rows, 11), .errors = db_get_int(&rows, 12),
                       .warnings = db_get_int(&rows, 13) } };
    }
    if (!db_done(&rows, err))
        return false;
    return found || absent(err);
}

bool store_imports(struct db_session *session, struct text county, size_t most, struct arena *mem, struct import_record **out,
                   size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct import_record *list = arena_array(mem, most, struct import_record);
    size_t n = 0;
    if (!db_select(session, Q_IMPORT_LIST, DB_VALUES(db_text(county), db_int((int64_t)most)), &rows, err))
        return false;
    while (db_next(&rows) && n < most)
        list[n++] = (struct import_record){
            .id = db_get_text(&rows, 0, mem), .state = state_of(db_get_text(&rows, 1, mem)),
            .stamp = { .who = db_get_text(&rows, 2, mem), .at = db_get_int(&rows, 3) }, .version = db_get_int(&rows, 4),
            .tally = { .schools = db_get_int(&rows, 5), .added = db_get_int(&rows, 6), .changed = db_get_int(&rows, 7),
                       .same = db_get_int(&rows, 8), .conflicts = db_get_int(&rows, 9), .errors = db_get_int(&rows, 10),
                       .warnings = db_get_int(&rows, 11) } };
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_import_files(struct db_session *session, struct text county, struct text id, struct arena *mem,
                        struct import_file_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct import_file_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_IMPORT_FILES, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct import_file_record){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_int(&rows, 2) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

static bool count_figures(struct db_session *session, struct text county, int64_t version, int64_t undone, struct import_outcome *out,
                          struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_FIGURES_OF_CHANGE, DB_VALUES(db_int(undone), db_text(county), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows)) {
        out->figures = db_get_int(&rows, 0);
        out->schools = db_get_int(&rows, 1);
        out->restored = db_get_int(&rows, 2);
        out->kept = db_get_int(&rows, 3);
    }
    return db_done(&rows, err);
}

bool store_import_outcome(struct db_session *session, struct text county, struct text id, struct arena *mem,
                          struct import_outcome *out, struct err *err)
{
    struct db_rows rows;
    int64_t confirmed = 0, undone = 0;
    *out = (struct import_outcome){ .figures = 0 };
    if (!db_select(session, Q_IMPORT_CHANGES, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const bool undo = text_equal(db_get_text(&rows, 1, mem), TEXT("undo"));
        *(undo ? &undone : &confirmed) = db_get_int(&rows, 0);
        *(undo ? &out->undone : &out->confirmed) =
            (struct stamp){ .account = db_get_int(&rows, 2), .who = db_get_text(&rows, 3, mem), .at = db_get_int(&rows, 4) };
    }
    return db_done(&rows, err) && (!confirmed || count_figures(session, county, confirmed, undone, out, err));
}

bool store_import_move(struct db_session *session, struct text county, struct text id, enum import_state from, enum import_state to,
                       int64_t version, struct err *err)
{
    if (!db_run(session, Q_IMPORT_MOVE,
                DB_VALUES(db_text(text_of(STATE_WORDS[to])), version ? db_int(version) : db_null(), db_text(county), db_text(id),
                          db_text(text_of(STATE_WORDS[from]))),
                err))
        return false;
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "这次导入已经处理过了。");
    return err_hint(err, "请刷新导入页，看它现在的状态。");
}

bool store_import_seen(struct db_session *session, struct text county, struct text id, int64_t seen, const struct import_tally *tally,
                       struct err *err)
{
    return db_run(session, Q_IMPORT_SEEN,
                  DB_VALUES(db_int(seen), db_int(tally->added), db_int(tally->changed), db_int(tally->same), db_int(tally->conflicts),
                            db_text(county), db_text(id)),
                  err);
}

/* ---- findings ----------------------------------------------------------------------------- */

bool store_import_findings_put(struct db_session *session, struct text county, struct text id, const struct findings *findings,
                               struct err *err)
{
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *const f = &findings->at[i];
        if (!db_run(session, Q_IMPORT_FINDING_ADD,
                    DB_VALUES(db_text(county), db_text(id), db_int((int64_t)i), db_int((int64_t)f->level), db_text(f->rule), db_text(f->file),
                              db_text(f->sheet), db_int(f->row), db_int(f->column), db_text(f->school), db_text(f->item), db_text(f->read),
                              db_text(f->expected), db_text(f->mend)),
                    err))
            return false;
    }
    return true;
}

bool store_import_findings(struct db_session *session, struct text county, struct text id, struct findings *into, struct err *err)
{
    struct db_rows rows;
    struct arena *scratch = arena_new("findings");
    bool ok = db_select(session, Q_IMPORT_FINDINGS, DB_VALUES(db_text(county), db_text(id)), &rows, err);
    if (ok) {
        while (db_next(&rows)) {
            const struct finding finding = {
                .level = (enum finding_level)db_get_int(&rows, 0), .rule = db_get_text(&rows, 1, scratch), .file = db_get_text(&rows, 2, scratch),
                .sheet = db_get_text(&rows, 3, scratch), .row = (uint32_t)db_get_int(&rows, 4), .column = (uint32_t)db_get_int(&rows, 5),
                .school = db_get_text(&rows, 6, scratch), .item = db_get_text(&rows, 7, scratch), .read = db_get_text(&rows, 8, scratch),
                .expected = db_get_text(&rows, 9, scratch), .mend = db_get_text(&rows, 10, scratch) };
            finding_add(into, &finding);
        }
        ok = db_done(&rows, err);
    }
    arena_free(&scratch);
    return ok;
}
