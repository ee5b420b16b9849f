#include "web/once.h"

#include "base/secret.h"
#include "store/scenario_store.h"

#include <pthread.h>

_Static_assert(ONCE_SIZE == BASE64URL_SIZE(SHA256_SIZE), "a digest");

void once_form_key(char out[FORM_KEY_SIZE + 1])
{
    unsigned char bytes[16];
    _Static_assert(FORM_KEY_SIZE == BASE64URL_SIZE(sizeof bytes), "a key");
    secret_random(bytes, sizeof bytes);
    secret_base64url(bytes, sizeof bytes, out);
}

struct once once_of(const struct request *request)
{
    struct once once = { .key = "" };
    const bool program = request->route->form == FORM_BEARER;
    const struct text key = program ? request->act_key : request_field(request, "key");
    if (program ? !key.size : request->route->form != FORM_TOKEN || key.size != FORM_KEY_SIZE)
        return once;
    struct digest digest;
    unsigned char sum[SHA256_SIZE];
    digest_start(&digest);
    digest_number(&digest, request->actor.account);
    digest_part(&digest, request->path);
    digest_part(&digest, request->raw_query);
    for (size_t i = 0; i < request->fields.n; i++) {
        digest_part(&digest, request->fields.pair[i].name);
        digest_part(&digest, request->fields.pair[i].value);
    }
    for (size_t i = 0; i < request->n_files; i++) {
        digest_part(&digest, request->files[i].name);
        digest_part(&digest, request->files[i].bytes);
    }
    if (program) {
        digest_part(&digest, key);
        digest_part(&digest, request->body);
    }
    digest_end(&digest, sum);
    secret_base64url(sum, sizeof sum, once.key);
    return once;
}

bool once_find(const struct once *once, struct db_session *session, const struct request *request, struct response *response,
               bool *found_out, struct err *err)
{
    struct text result;
    *found_out = false;
    if (!once->key[0])
        return true;
    if (!store_act_key_find(session, house_county(request->house), text_of(once->key), request->actor.account, request->mem, found_out,
                            &result, err))
        return false;
    if (*found_out && request->route->form == FORM_BEARER)
        response_json(response, result);
    else if (*found_out)
        response_redirect(response, result);
    return true;
}

bool once_is_answer(const struct once *once, const struct request *request, const struct response *response)
{
    return once->key[0] && response->status == (request->route->form == FORM_BEARER ? 200 : 303);
}

bool once_note(const struct once *once, struct db_session *session, const struct request *request, const struct response *response,
               struct err *err)
{
    if (!once_is_answer(once, request, response))
        return true;
    return store_act_key_put(session, house_county(request->house), text_of(once->key), request->actor.account,
                             request->route->form == FORM_BEARER ? response->body : response->location,
                             request->now, err);
}

/* ---- those at work ------------------------------------------------------------------------ */

struct at_work { pthread_mutex_t lock; struct once *first; };

struct at_work *at_work_new(struct arena *mem)
{
    struct at_work *const at_work = arena_make(mem, struct at_work);
    pthread_mutex_init(&at_work->lock, NULL);
    return at_work;
}

void at_work_free(struct at_work *at_work)
{
    if (at_work)
        pthread_mutex_destroy(&at_work->lock);
}

bool at_work_begin(struct at_work *at_work, struct once *once)
{
    bool found = false;
    if (!once->key[0])
        return true;
    pthread_mutex_lock(&at_work->lock);
    for (struct once *other = at_work->first; other && !found; other = other->next)
        found = strcmp(other->key, once->key) == 0;
    if (!found) {
        once->next = at_work->first;
        at_work->first = once;
    }
    pthread_mutex_unlock(&at_work->lock);
    return !found;
}

void at_work_end(struct at_work *at_work, struct once *once)
{
    if (!once->key[0])
        return;
    pthread_mutex_lock(&at_work->lock);
    for (struct once **at = &at_work->first; *at; at = &(*at)->next) {
        if (*at == once) {
            *at = once->next;
            break;
        }
    }
    pthread_mutex_unlock(&at_work->lock);
}
