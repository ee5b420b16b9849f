// The server as others meet it: slow clients, floods of sign-ins, TLS, and texts that mean harm.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { demoServer, root, serve, signIn, tests } from './server.mjs';

const server = await demoServer();
const { base } = server, port = Number(new URL(base).port);
const me = await signIn(base, server.account, server.password);

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (list, p) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * p))];

// How long `n` pages took, one after the other, in milliseconds.
async function times(n, path = '/account') {
    const took = [];
    for (let i = 0; i < n; i++) {
        const from = performance.now();
        const answer = await me.get(path);
        await answer.arrayBuffer();
        assert.equal(answer.status, 200);
        took.push(performance.now() - from);
    }
    return took;
}

function open(first) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(first);
    return socket;
}

// GET paths of routes.def, with something in the place of each {capture}.
const gets = [...readFileSync(join(root, 'src/web/routes.def'), 'utf8').matchAll(/^ROUTE\(GET,\s*"([^"]+)"/gm)]
    .map(([, path]) => path.replaceAll(/\{\w+\}/g, 'x'));
const HARM = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", 'javascript:alert(1)', '{{7*7}}',
    "' OR '1'='1", "'; DROP TABLE account; --", '1 UNION SELECT password FROM account', '../../../../etc/passwd', '..\\..\\windows\\win.ini',
    '%s%s%s%n', '\u202Egnp.exe', '𝔸\uFFFD柳林', 'a'.repeat(3000), '-1', '0', '99999999999999999999', '1e309', 'NaN', '=cmd|calc', '＝1＋1', '\r\nX-Injected: 1', '\0',
];

await tests({
    async 'a hundred clients that drip and two hundred that say nothing keep nobody waiting'() {
        const slow = [];
        for (let i = 0; i < 200; i++) slow.push(open(''));
        for (let i = 0; i < 100; i++) slow.push(open(`POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: `));
        const drip = setInterval(() => slow.forEach((socket, i) => i >= 200 && !socket.destroyed && socket.write('y')), 200);
        await wait(300);
        const took = await times(300);
        clearInterval(drip);
        slow.forEach((socket) => socket.destroy());
        assert.ok(percentile(took, 0.99) < 500, `p99 ${percentile(took, 0.99)} ms`);
    },
    async 'a flood of sign-ins delays nobody who is in, and is refused rather than queued for ever'() {
        const flood = Array.from({ length: 120 }, () => fetch(`${base}/sign-in`, {
            method: 'POST', redirect: 'manual', headers: { Origin: base }, body: new URLSearchParams({ name: 'nobody', password: 'wrong-password-1' }),
        }).then((answer) => answer.status));
        const took = await times(150);
        const statuses = await Promise.all(flood);
        assert.ok(percentile(took, 0.99) < 500, `p99 ${percentile(took, 0.99)} ms`);
        assert.ok(statuses.every((status) => [403, 429, 503].includes(status)), `${[...new Set(statuses)]}`);
        assert.equal((await me.get('/account')).status, 200);
    },
    async 'texts that mean harm do none: no page fails, none shows them unescaped, no header is made of them'() {
        for (const path of gets)
            for (const text of HARM) {
                const q = encodeURIComponent(text);
                for (const url of [`${path}?q=${q}&year=${q}&lang=${q}&next=${q}&sort=${q}&code=${q}&item=${q}`, `${path}?q=${q}&next=${q}&code=${q}&sort=${q}`]) {
                    const answer = await me.get(url), page = await answer.text();
                    assert.ok(answer.status < 500, `${answer.status} ${url.slice(0, 200)}`);
                    assert.equal(answer.headers.get('x-injected'), null);
                    if (/[<"']/.test(text) && text.includes('alert')) assert.ok(!page.includes(text), `${url.slice(0, 200)} shows it as it is`);
                    assert.ok(!/root:x:0:0/.test(page));
                }
            }
        for (const text of HARM) {
            const path = `/${text.split('/').map(encodeURIComponent).join('/')}`;
            const status = await new Promise((resolve) => { // as it is: fetch would tidy the dots away
                const socket = open(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
                let said = '';
                socket.on('data', (bytes) => { said += bytes; });
                socket.on('close', () => resolve(Number(said.slice(9, 12))));
            });
            assert.ok([400, 404].includes(status), `${status} ${path.slice(0, 100)}`);
        }
    },
    async 'every page has the policy and is not kept'() {
        for (const path of gets) {
            const answer = await me.get(path);
            await answer.arrayBuffer();
            assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
            assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
            assert.equal(answer.headers.get('cache-control'), 'no-store', path);
        }
        const page = await (await me.get('/account')).text();
        for (const [, asset] of page.matchAll(/"(\/assets\/[^"]+)"/g)) {
            const answer = await me.get(asset), body = await answer.arrayBuffer();
            assert.equal(answer.status, 200);
            assert.match(answer.headers.get('cache-control'), /immutable/);
            const again = await me.get(asset, { 'If-None-Match': answer.headers.get('etag') });
            assert.equal(again.status, 304);
            const plain = await me.get(asset, { 'Accept-Encoding': 'identity' });
            assert.equal((await plain.arrayBuffer()).byteLength, body.byteLength, 'the same for who takes no gzip');
        }
    },
    async 'under TLS the cookie bears the prefix and the browser is told to stay with TLS'() {
        const key = join(server.dir, 'key.pem'), cert = join(server.dir, 'cert.pem');
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert,
            '-days', '2', '-subj', '/CN=localhost'], { stdio: 'ignore' });
        await server.stop();
        const tls = await serve(server.data, ['--tls-cert', cert, '--tls-key', key]);
        const at = new URL(tls.base), origin = `https://localhost:${at.port}`;
        const ask = (method, path, headers = {}, body = '') => new Promise((resolve, reject) => {
            const request = https.request({ host: at.hostname.replace(/[[\]]/g, ''), port: at.port, method, path, rejectUnauthorized: false,
                headers: { Host: `localhost:${at.port}`, 'Content-Length': Buffer.byteLength(body), ...headers } }, (answer) => {
                answer.resume();
                answer.on('end', () => resolve(answer));
            });
            request.on('error', reject);
            request.end(body);
        });
        assert.equal(at.protocol, 'https:');
        const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
        const said = new URLSearchParams({ name: server.account, password: server.password }).toString();
        const foreign = await ask('POST', '/sign-in', { ...form, Origin: `http://localhost:${at.port}` }, said);
        assert.equal(foreign.statusCode, 403, 'a page without TLS is not ours');
        const answer = await ask('POST', '/sign-in', { ...form, Origin: origin }, said);
        assert.equal(answer.statusCode, 303);
        const cookie = answer.headers['set-cookie'].find((line) => line.startsWith('__Host-jh='));
        assert.match(cookie, /^__Host-jh=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
        assert.match(answer.headers['strict-transport-security'], /max-age=\d+/);
        const mine = cookie.split(';')[0];
        assert.equal((await ask('GET', '/account', { Cookie: mine })).statusCode, 200);
        assert.equal((await ask('GET', '/account', { Cookie: mine.replace('__Host-jh', 'jh') })).statusCode, 303, 'a cookie without the prefix is nobody’s');
        await tls.stop();
    },
}, async () => { await server.close(); });
