/* Accounts, sessions, devices, tries, tokens: what is put comes back, and what is counted is counted. */
#include "store_bed.h"

#include "store/audit_store.h"
#include "store/session_store.h"
#include "store/token_store.h"

enum { NOW = 1772337600 };

static bool add_two(void *context, struct db_session *s, struct err *err)
{
    (void)context;
    const struct account_record wang = { .name = TEXT("wangmin"), .shown = TEXT("王敏"), .role = TEXT("office"), .place = { TEXT("county"), TEXT("") },
                                         .password = TEXT("hash w") },
                                li = { .name = TEXT("lilin"), .shown = TEXT("李林"), .role = TEXT("principal"),
                                       .place = { TEXT("school"), TEXT("3141") }, .valid_until = NOW + 9, .password = TEXT("hash l") };
    return store_account_add(s, &wang, NOW, err) && store_account_add(s, &li, NOW + 1, err);
}

static bool add_wang_again(void *context, struct db_session *s, struct err *err)
{
    (void)context;
    const struct account_record wang = { .name = TEXT("wangmin"), .shown = TEXT("又一个"), .role = TEXT("office"),
                                         .place = { TEXT("county"), TEXT("") }, .password = TEXT("x") };
    return store_account_add(s, &wang, NOW, err);
}

TEST(account_store, gives_back_what_was_put)
{
    struct store_bed bed = store_bed_new();
    struct db_session *s;
    struct account_record a, *all;
    bool found;
    size_t n;
    CHECK_OK(store_bed_write(&bed, add_two, NULL), bed.err);
    CHECK(!store_bed_write(&bed, add_wang_again, NULL));
    CHECK_INT(bed.err.kind, ERR_CONFLICT);
    CHECK_CONTAINS(text_of(bed.err.what), "wangmin");
    CHECK_OK(db_read_begin(bed.db, &s, &bed.err), bed.err);
    CHECK_OK(store_account_by_name(s, TEXT("lilin"), bed.mem, &a, &found, &bed.err), bed.err);
    CHECK(found && a.id == 2 && a.must_change && a.valid_until == NOW + 9 && !a.disabled_at && a.made_at == NOW + 1 && a.password_at == NOW + 1);
    CHECK_TEXT(a.shown, "李林");
    CHECK_TEXT(a.role, "principal");
    CHECK_TEXT(a.place.kind, "school");
    CHECK_TEXT(a.place.name, "3141");
    CHECK_TEXT(a.password, "hash l");
    CHECK_OK(store_account_by_id(s, 1, bed.mem, &a, &found, &bed.err), bed.err);
    CHECK(found && a.valid_until == 0);
    CHECK_TEXT(a.name, "wangmin");
    CHECK_OK(store_account_by_name(s, TEXT("WANGMIN"), bed.mem, &a, &found, &bed.err), bed.err);
    CHECK(!found);
    CHECK_OK(store_accounts(s, bed.mem, &all, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    CHECK_TEXT(all[0].name, "lilin");
    CHECK_INT(all[0].password.size, 0); /* a list carries no hashes */
    db_read_end(&s);
    store_bed_end(&bed);
}

static bool change(void *context, struct db_session *s, struct err *err)
{
    (void)context;
    return store_account_disable(s, 1, NOW + 5, err) &&
           store_account_grant(s, 2, TEXT("clerk"), (struct place_words){ TEXT("school"), TEXT("3142") }, 0, err) &&
           store_account_password(s, 2, TEXT("new l"), false, NOW + 6, err) &&
           store_account_rehash(s, 1, TEXT("hash w"), TEXT("hash w2"), err) &&
           store_account_rehash(s, 2, TEXT("hash l"), TEXT("too late"), err); /* it was changed meanwhile */
}

TEST(account_store, changes_one_account_only)
{
    struct store_bed bed = store_bed_new();
    struct db_session *s;
    struct account_record a, b;
    bool found;
    CHECK_OK(store_bed_write(&bed, add_two, NULL), bed.err);
    CHECK_OK(store_bed_write(&bed, change, NULL), bed.err);
    CHECK_OK(db_read_begin(bed.db, &s, &bed.err), bed.err);
    CHECK_OK(store_account_by_id(s, 1, bed.mem, &a, &found, &bed.err), bed.err);
    CHECK_OK(store_account_by_id(s, 2, bed.mem, &b, &found, &bed.err), bed.err);
    CHECK_INT(a.disabled_at, NOW + 5);
    CHECK_TEXT(a.role, "office");
    CHECK_TEXT(a.password, "hash w2");
    CHECK(a.must_change);
    CHECK_INT(b.disabled_at, 0);
    CHECK_TEXT(b.role, "clerk");
    CHECK_TEXT(b.place.name, "3142");
    CHECK_INT(b.valid_until, 0);
    CHECK_TEXT(b.password, "new l");
    CHECK(!b.must_change && b.password_at == NOW + 6);
    db_read_end(&s);
    store_bed_end(&bed);
}

static bool begin_sessions(void *context, struct db_session *s, struct err *err)
{
    (void)context;
    return add_two(NULL, s, err) && store_session_add(s, TEXT("t1"), 1, TEXT("10.1.1.1"), NOW, err) &&
           store_session_add(s, TEXT("t2"), 1, TEXT("10.1.1.2"), NOW + 100, err) &&
           store_session_add(s, TEXT("t3"), 2, TEXT("10.1.1.3"), NOW + 200, err) && store_session_used(s, 1, NOW + 900, err) &&
           store_session_used(s, 1, NOW + 800, err); /* noted late: time does not go back */
}

struct ended { size_t by_token, by_account; };
static bool end_some(void *context, struct db_session *s, struct err *err)
{
    struct ended *const e = context;
    size_t none;
    return store_session_end_old(s, NOW - 1, NOW + 100, err) && /* t2 was not used since */
           store_session_end_token(s, TEXT("t2"), &none, err) && none == 0 && store_session_end_token(s, TEXT("t3"), &e->by_token, err) &&
           store_session_end_account(s, 1, &e->by_account, err);
}

TEST(session_store, lists_and_ends)
{
    struct store_bed bed = store_bed_new();
    struct db_session *s;
    struct session_record one, *all;
    struct ended ended = { 0 };
    struct text owner;
    bool found;
    size_t n;
    CHECK_OK(store_bed_write(&bed, begin_sessions, NULL), bed.err);
    CHECK_OK(db_read_begin(bed.db, &s, &bed.err), bed.err);
    CHECK_OK(store_session_by_token(s, TEXT("t1"), bed.mem, &one, &found, &bed.err), bed.err);
    CHECK(found && one.id == 1 && one.made_at == NOW && one.used_at == NOW + 900 && one.account.id == 1 && one.account.must_change);
    CHECK_TEXT(one.account.shown, "王敏");
    CHECK_OK(store_session_by_token(s, TEXT("t9"), bed.mem, &one, &found, &bed.err), bed.err);
    CHECK(!found);
    CHECK_OK(store_sessions(s, NOW - 1, NOW + 150, bed.mem, &all, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    CHECK_INT(all[0].id, 1);
    CHECK_TEXT(all[1].account.name, "lilin");
    CHECK_TEXT(all[1].address, "10.1.1.3");
    CHECK_OK(store_session_owner(s, 3, bed.mem, &owner, &bed.err), bed.err);
    CHECK_TEXT(owner, "lilin");
    db_read_end(&s);
    CHECK_OK(store_bed_write(&bed, end_some, &ended), bed.err);
    CHECK_INT(ended.by_token, 1);
    CHECK_INT(ended.by_account, 1);
    store_bed_end(&bed);
}

struct counted { struct try_count own, strangers, other, device; bool known, not_his, issued; int64_t third, next; };
static bool try_and_count(void *context, struct db_session *s, struct err *err)
{
    struct counted *const c = context;
    const struct try_key home = { TEXT("mac"), TEXT("10.1.1"), TEXT("") }, away = { TEXT("mac"), TEXT("10.2.2"), TEXT("") },
                         device = { TEXT("mac"), TEXT("10.2.2"), TEXT("dev") };
    struct try_count none;
    bool ok = add_two(NULL, s, err);
    for (int i = 0; ok && i < 3; i++)
        ok = store_try_add(s, &home, NOW + i, err);
    ok = ok && store_try_add(s, &away, NOW + 1, err) && store_try_add(s, &device, NOW + 2, err) &&
         store_tries(s, &home, NOW, &c->own, &c->strangers, err) && /* after NOW: the first is too old */
         store_tries(s, &device, NOW, &c->device, &none, err) && store_try_forget(s, &home, err) &&
         store_tries(s, &home, NOW, &none, &c->other, err);
    ok = ok && store_device_put(s, TEXT("dev"), 1, NOW, err) && store_device_known(s, TEXT("dev"), 1, NOW - 1, &c->known, err) &&
         store_device_known(s, TEXT("dev"), 2, NOW - 1, &c->not_his, err) && store_device_issued(s, TEXT("dev"), NOW - 1, &c->issued, err) &&
         store_device_forget(s, 1, err);
    for (int i = 0; ok && i < 3; i++)
        ok = store_stranger(s, 1000, &c->third, err);
    return ok && store_stranger(s, 1001, &c->next, err);
}

TEST(try_store, counts_by_device_or_else_by_network_and_name)
{
    struct store_bed bed = store_bed_new();
    struct counted c = { .not_his = true };
    CHECK_OK(store_bed_write(&bed, try_and_count, &c), bed.err);
    CHECK_INT(c.own.n, 2);
    CHECK_INT(c.own.oldest, NOW + 1);
    CHECK_INT(c.strangers.n, 3);
    CHECK_INT(c.device.n, 1);
    CHECK_INT(c.other.n, 1); /* home's are forgotten, away's are not */
    CHECK(c.known && !c.not_his && c.issued);
    CHECK_INT(c.third, 3);
    CHECK_INT(c.next, 1);
    store_bed_end(&bed);
}

static bool make_tokens(void *context, struct db_session *s, struct err *err)
{
    size_t *const revoked = context;
    struct token_record t = { .account = { .id = 1 }, .name = TEXT("平台"), .words = TEXT("see,export"), .place = { TEXT("county"), TEXT("") },
                              .valid_until = NOW + 86400 };
    if (!add_two(NULL, s, err) || !store_token_add(s, TEXT("h1"), &t, NOW, err))
        return false;
    t.account.id = 2;
    return store_token_add(s, TEXT("h2"), &t, NOW + 1, err) && store_token_used(s, 2, NOW + 7, err) && store_token_revoke(s, 2, NOW + 8, err) &&
           store_token_revoke_account(s, 2, NOW + 9, revoked, err); /* it was revoked already */
}

TEST(token_store, gives_back_what_was_put)
{
    struct store_bed bed = store_bed_new();
    struct db_session *s;
    struct token_record t, *all;
    bool found;
    size_t n, revoked = 9;
    CHECK_OK(store_bed_write(&bed, make_tokens, &revoked), bed.err);
    CHECK_INT(revoked, 0);
    CHECK_OK(db_read_begin(bed.db, &s, &bed.err), bed.err);
    CHECK_OK(store_token_by_hash(s, TEXT("h1"), bed.mem, &t, &found, &bed.err), bed.err);
    CHECK(found && t.id == 1 && t.account.id == 1 && t.valid_until == NOW + 86400 && !t.revoked_at && !t.used_at);
    CHECK_TEXT(t.words, "see,export");
    CHECK_TEXT(t.account.role, "office");
    CHECK_OK(store_token(s, 2, bed.mem, &t, &found, &bed.err), bed.err);
    CHECK(found && t.used_at == NOW + 7 && t.revoked_at == NOW + 8);
    CHECK_TEXT(t.account.name, "lilin");
    CHECK_OK(store_tokens(s, 0, bed.mem, &all, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    CHECK_INT(all[0].id, 2);
    CHECK_OK(store_tokens(s, 1, bed.mem, &all, &n, &bed.err), bed.err);
    CHECK_INT(n, 1);
    db_read_end(&s);
    store_bed_end(&bed);
}

/* Only adding and reading: a query that changes or takes away a line of the audit must never be listed. */
TEST(audit_store, has_no_query_that_changes_a_line)
{
    for (int q = 0; q < N_QUERIES; q++) {
        const struct text text = text_of(QUERIES[q].sqlite);
        if (text_find(text, TEXT("UPDATE audit"), NULL) || text_find(text, TEXT("DELETE FROM audit"), NULL) || text_find(text, TEXT("REPLACE INTO audit"), NULL))
            fail_msg("%s", QUERIES[q].name);
    }
}
