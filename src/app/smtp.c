#include "app/smtp.h"

#include "app/curl_late.h"

enum { CONNECT_SECONDS = 10, SEND_SECONDS = 40, SAID = 160 };

struct smtp {
    const struct curl_calls *curl;
    CURL *handle;
    struct smtp_server server;
    bool (*stop)(const void *context);
    const void *context;
    struct arena *mem;
    struct text left;            /* of the message */
    char said[SAID];             /* the server's last no, printable */
    char fault[CURL_ERROR_SIZE];
};

static bool on_this_machine(struct text url)
{
    struct text host = url;
    size_t at;
    if (text_find(host, TEXT("://"), &at))
        host = (struct text){ host.at + at + 3, host.size - at - 3 };
    return text_starts(host, TEXT("127.")) || text_starts(host, TEXT("localhost")) || text_starts(host, TEXT("[::1]"));
}

bool smtp_open(const struct smtp_server *server, bool (*stop)(const void *context), const void *context, struct arena *mem,
               struct smtp **out, struct err *err)
{
    struct smtp *const s = arena_make(mem, struct smtp);
    *s = (struct smtp){ .curl = curl_load(err), .server = *server, .stop = stop, .context = context, .mem = mem };
    if (!s->curl)
        return false;
    s->handle = s->curl->curl_easy_init_();
    *out = s;
    return s->handle || err_set(err, ERR_OUTSIDE, "寄不了邮件：libcurl 用不了。");
}

void smtp_close(struct smtp **smtp)
{
    if (*smtp && (*smtp)->handle)
        (*smtp)->curl->curl_easy_cleanup_((*smtp)->handle);
    *smtp = NULL;
}

static size_t give(char *into, size_t size, size_t n, void *context)
{
    struct smtp *const s = context;
    const size_t most = size * n, taken = s->left.size < most ? s->left.size : most;
    if (taken)
        memcpy(into, s->left.at, taken);
    s->left.at += taken, s->left.size -= taken;
    return taken;
}

/* The server's lines: the last that says no is kept (it also answers the QUIT behind it). */
static size_t hear(char *line, size_t size, size_t n, void *context)
{
    struct smtp *const s = context;
    size_t put = 0;
    if (!size || !n || (line[0] != '4' && line[0] != '5'))
        return size * n;
    for (size_t i = 0; i < size * n && put + 1 < SAID; i++)
        if (line[i] >= ' ' && line[i] < 0x7F)
            s->said[put++] = line[i];
    s->said[put] = '\0';
    return size * n;
}

static int pause_or_stop(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct smtp *const s = context;
    (void)a, (void)b, (void)c, (void)d;
    return s->stop && s->stop(s->context);
}

static size_t swallow(char *bytes, size_t size, size_t n, void *context)
{
    (void)bytes, (void)context;
    return size * n;
}

static void prepare(struct smtp *s, struct curl_slist *to, struct text from)
{
    const struct curl_calls *const c = s->curl;
    CURL *const h = s->handle;
    const bool plain = !s->server.user.size || on_this_machine(s->server.url);
    c->curl_easy_reset_(h);   /* the connection stays */
    c->curl_easy_setopt_(h, CURLOPT_URL, text_string(s->mem, s->server.url));
    c->curl_easy_setopt_(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    c->curl_easy_setopt_(h, CURLOPT_PROXY, "");
    c->curl_easy_setopt_(h, CURLOPT_NOSIGNAL, 1L);
    c->curl_easy_setopt_(h, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    c->curl_easy_setopt_(h, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
    c->curl_easy_setopt_(h, CURLOPT_USE_SSL, (long)(plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    c->curl_easy_setopt_(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (s->server.user.size) {
        c->curl_easy_setopt_(h, CURLOPT_USERNAME, text_string(s->mem, s->server.user));
        c->curl_easy_setopt_(h, CURLOPT_PASSWORD, text_string(s->mem, s->server.password));
    }
    c->curl_easy_setopt_(h, CURLOPT_MAIL_FROM, arena_printf(s->mem, "<%.*s>", TEXT_ARG(from)));
    c->curl_easy_setopt_(h, CURLOPT_MAIL_RCPT, to);
    c->curl_easy_setopt_(h, CURLOPT_UPLOAD, 1L);
    c->curl_easy_setopt_(h, CURLOPT_READFUNCTION, give);
    c->curl_easy_setopt_(h, CURLOPT_READDATA, s);
    c->curl_easy_setopt_(h, CURLOPT_HEADERFUNCTION, hear);
    c->curl_easy_setopt_(h, CURLOPT_HEADERDATA, s);
    c->curl_easy_setopt_(h, CURLOPT_WRITEFUNCTION, swallow);
    c->curl_easy_setopt_(h, CURLOPT_ERRORBUFFER, s->fault);
    c->curl_easy_setopt_(h, CURLOPT_NOPROGRESS, 0L);
    c->curl_easy_setopt_(h, CURLOPT_XFERINFOFUNCTION, pause_or_stop);
    c->curl_easy_setopt_(h, CURLOPT_XFERINFODATA, s);
}

static enum smtp_fate down(struct err *err, const struct smtp *s, const char *what, const char *hint)
{
    err_set(err, ERR_OUTSIDE, "%s（%.*s）。", what, TEXT_ARG(s->server.url));
    err_hint(err, "%s", hint);
    return SMTP_DOWN;
}

/* What became of it: first by what libcurl says, then by the server's code. */
static enum smtp_fate fate_of(const struct smtp *s, CURLcode code, long said, struct err *err)
{
    enum smtp_fate fate = SMTP_LATER;
    switch (code) {
    case CURLE_OK: return SMTP_SENT;
    case CURLE_COULDNT_RESOLVE_HOST: fate = down(err, s, "找不到发信服务器", "请核对 smtp_url 里的主机名，和这台机器的 DNS。"); break;
    case CURLE_COULDNT_CONNECT: fate = down(err, s, "连不上发信服务器", "请核对 smtp_url 的主机和端口，和防火墙。"); break;
    case CURLE_OPERATION_TIMEDOUT: fate = down(err, s, "发信服务器没有回答", "请核对 smtp_url 的主机和端口：465 端口用 smtps://，587 和 25 用 smtp://。"); break;
    case CURLE_LOGIN_DENIED: fate = down(err, s, "发信服务器不认登录名或密码", "请核对 smtp_user 和密码文件；有的邮箱要用专门的授权码，不是登录密码。"); break;
    case CURLE_USE_SSL_FAILED: fate = down(err, s, "发信服务器不支持加密，密码不能明着发", "请换用支持 STARTTLS 的端口（587），或 smtps://（465）。"); break;
    case CURLE_SSL_CONNECT_ERROR: case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CACERT_BADFILE:
        fate = down(err, s, "和发信服务器的加密连接建不起来，或者它的证书不对", "请核对 smtp_url；单位自签的证书要装进系统的证书库（update-ca-certificates）。");
        break;
    case CURLE_ABORTED_BY_CALLBACK: fate = down(err, s, "服务正在停下，邮件还没有寄出", ""); break;
    default:
        /* 530, 534, 535, 538: who are you; 421: the server closes. */
        if (said == 421 || said == 530 || said == 534 || said == 535 || said == 538 || (said / 100 != 4 && said / 100 != 5)) {
            fate = down(err, s, "发信服务器不收信", said / 10 == 53 ? "请核对 smtp_user 和密码文件。" : "过一会儿会自动再试。");
            break;
        }
        fate = said / 100 == 5 ? SMTP_REFUSED : SMTP_LATER;
        err_set(err, ERR_OUTSIDE, fate == SMTP_REFUSED ? "发信服务器拒绝了这封信。" : "发信服务器说这封信要晚些再寄。");
        err_hint(err, "%s", fate == SMTP_REFUSED ? "多半是收信地址不对：请本人在“账号”页改。" : "会自动再试。");
    }
    err_detail(err, "%s", s->said[0] ? s->said : s->fault[0] ? s->fault : s->curl->curl_easy_strerror_(code));
    return fate;
}

enum smtp_fate smtp_send(struct smtp *s, struct text from, struct text to, struct text message, struct err *err)
{
    const struct curl_calls *const c = s->curl;
    struct curl_slist *const list = c->curl_slist_append_(NULL, arena_printf(s->mem, "<%.*s>", TEXT_ARG(to)));
    long said = 0;
    s->said[0] = s->fault[0] = '\0';
    s->left = message;
    prepare(s, list, from);
    const CURLcode code = c->curl_easy_perform_(s->handle);
    c->curl_easy_getinfo_(s->handle, CURLINFO_RESPONSE_CODE, &said);
    c->curl_slist_free_all_(list);
    return fate_of(s, code, said, err);
}
