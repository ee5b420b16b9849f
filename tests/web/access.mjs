// Accounts from the invitation to several roles, one-time codes, the import of a workbook, sessions, the audit, tokens.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoServer, person, signIn, tests } from './server.mjs';

const server = await demoServer(), { base, data } = server;
const administrator = await person(base, data, 'sys1', 'system_admin');
const admin = await signIn(base, administrator.name, administrator.password);
const PASSWORD = 'Balanced-Schools-2027';
const linkOf = (html) => html.match(/https?:\/\/[^<\s]+(\/invitation\/[A-Za-z0-9_-]{43})/)[1];
const cookieOf = (answer) => answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
const use = (path, password, again = password) => fetch(base + path, {
    method: 'POST', redirect: 'manual', headers: { Origin: base, 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams({ new: password, again }),
});
const as = (cookie) => ({ get: (path) => fetch(base + path, { redirect: 'manual', headers: { Cookie: cookie } }) });

// RFC 6238 of a key in base 32, `more` half minutes from now.
function code(key, more = 0) {
    let bits = '';
    for (const c of key.replaceAll(' ', '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0');
    const bytes = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2))), step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + more));
    const mac = createHmac('sha1', bytes).update(step).digest(), at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

await tests({
    async 'an invitation sets a password once'() {
        const made = await admin.post('/accounts', { shown: '李红', name: 'lihong', role: 'office', kind: 'county', place: '', until: '' });
        assert.equal(made.status, 200);
        const path = linkOf(await made.text());
        const page = await fetch(base + path);
        assert.equal(page.status, 200);
        assert.match(await page.text(), /李红/);
        assert.equal((await use(path, 'short')).status, 422);
        assert.equal((await use(path, PASSWORD, 'other')).status, 422);
        const done = await use(path, PASSWORD);
        assert.equal(done.status, 303);
        assert.equal((await as(cookieOf(done)).get('/overview')).status, 200);
        assert.equal((await use(path, 'Another-Schools-2027')).status, 404);
        assert.equal((await fetch(base + path)).status, 404);
        await signIn(base, 'lihong', PASSWORD);
    },
    async 'who is locked out is seen and let in again'() {
        for (let i = 0; i < 5; i++) await assert.rejects(signIn(base, 'lihong', 'wrong-password-1'));
        await assert.rejects(signIn(base, 'lihong', PASSWORD));
        assert.match(await (await admin.get('/accounts/lihong')).text(), /登录失败 5 次，\d\d:\d\d 之前/);
        assert.equal((await admin.post('/accounts/lihong', { do: 'unlock' })).status, 303);
        await signIn(base, 'lihong', PASSWORD);
        assert.match(await (await admin.get('/accounts/lihong')).text(), /最近一刻钟没有登录失败/);
        assert.match(await (await admin.get('/accounts/sys1')).text(), /最近一刻钟没有登录失败/);
    },
    async 'invitation links can be kept as a workbook'() {
        const made = await (await admin.post('/accounts', { shown: '=王五', name: 'wangwu', role: 'office', kind: 'county', place: '', until: '' })).text();
        const links = made.match(/name="links" value="([^"]+)"/)[1].replaceAll('&amp;', '&').replaceAll('&#10;', '\n').replaceAll('&#9;', '\t');
        assert.match(links, /^=王五\twangwu\t/);
        for (let i = 0; i < 2; i++) {
            const book = await admin.post('/accounts/links', { links });
            assert.equal(book.status, 200);
            assert.match(book.headers.get('content-type'), /spreadsheetml/);
            const bytes = Buffer.from(await book.arrayBuffer());
            assert.equal(bytes.subarray(0, 2).toString(), 'PK');
            const dir = mkdtempSync(join(tmpdir(), 'junheng-links-'));
            writeFileSync(join(dir, 'links.xlsx'), bytes);
            const read = execFileSync('unzip', ['-p', join(dir, 'links.xlsx'), 'xl/sharedStrings.xml'], { encoding: 'utf8' });
            assert.ok(read.includes(linkOf(made)), 'the link stands in the workbook');
            assert.match(read, /=王五/);   // a text, no formula
            rmSync(dir, { recursive: true });
        }
        assert.equal((await admin.post('/accounts/links', { links: '' })).status, 400);
    },
    async 'a further role is switched to with a new cookie, and taken back'() {
        const given = await admin.post('/accounts/lihong', { do: 'grant', role: 'supervisor', kind: 'county', place: '', until: '' });
        assert.equal(given.status, 303);
        const li = await signIn(base, 'lihong', PASSWORD);
        const html = await (await li.get('/account')).text();
        const grant = html.match(/name="grant" value="(\d+)"/)[1];
        const switched = await li.post('/account/role', { grant });
        assert.equal(switched.status, 303);
        assert.equal((await li.get('/account')).status, 303); // the old cookie opens nothing
        const now = as(cookieOf(switched));
        assert.match(await (await now.get('/account')).text(), /督导/);
        assert.equal((await now.get('/import')).status, 403); // the office's, not the supervisor's
        assert.equal((await admin.post('/accounts/lihong', { do: 'end', grant })).status, 303);
        assert.equal((await now.get('/account')).status, 303);
        assert.equal((await admin.post('/accounts/sys1', { do: 'grant', role: 'office', kind: 'county', place: '' })).status, 403); // never himself
    },
    async 'one-time codes are asked for and each is taken once'() {
        const li = await signIn(base, 'lihong', PASSWORD);
        assert.equal((await li.post('/account/totp', { do: 'begin' })).status, 303);
        const html = await (await li.get('/account')).text();
        assert.match(html, /<svg class="qr"/);
        const key = html.match(/id="totp-key">([A-Z2-7 ]+)</)[1];
        assert.equal((await li.post('/account/totp', { do: 'confirm', code: '12' })).status, 422);
        const first = code(key);
        assert.equal((await li.post('/account/totp', { do: 'confirm', code: first })).status, 303);
        await assert.rejects(signIn(base, 'lihong', PASSWORD));
        const headers = { Origin: base, 'Sec-Fetch-Site': 'same-origin' };
        const asked = await fetch(base + '/sign-in', { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ name: 'lihong', password: PASSWORD }) });
        assert.equal(asked.headers.getSetCookie().length, 0);
        const ticket = (await asked.text()).match(/name="ticket" value="([^"]+)"/)[1];
        const second = (words) => fetch(base + '/sign-in/second', { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ ticket, code: words }) });
        assert.equal((await second(first)).status, 403);
        const done = await second(code(key, 1));
        assert.equal(done.status, 303);
        assert.equal((await as(cookieOf(done)).get('/overview')).status, 200);
        assert.equal((await admin.post('/accounts/lihong', { do: 'totp' })).status, 303);
        await signIn(base, 'lihong', PASSWORD);
    },
    async 'a workbook makes accounts, or says at which cells it cannot'() {
        const template = await admin.get('/accounts/template');
        assert.equal(template.status, 200);
        const file = (text) => { const form = new FormData(); form.append('file', new File([text], '账号.csv')); return form; };
        const bad = await admin.post('/accounts/import', file('姓名,登录名,角色,范围,到期日,邮箱\n王一,wang1,校长,学校:0000,,\n王二,wang2,皇帝,全县,,\n'));
        assert.equal(bad.status, 422);
        const said = await bad.text();
        assert.match(said, /C3/);
        assert.match(said, /皇帝/);
        assert.ok(!(await (await admin.get('/accounts')).text()).includes('wang1'));
        const good = await admin.post('/accounts/import', file('姓名,登录名,角色,范围,到期日,邮箱\n王一,wang1,督导,全县,,\n王一,wang1,统计员,全县,2027-08-31,\n王二,wang2,部门联络员,部门:财政局,,w@example.cn\n'));
        const links = await good.text();
        assert.equal(good.status, 200, links.slice(0, 3000));
        assert.equal([...links.matchAll(/<code>[^<]*\/invitation\//g)].length, 2);
        assert.ok((await (await admin.get('/accounts/wang1')).text()).includes('统计员'));
        const done = await use(linkOf(links), PASSWORD);
        assert.equal(done.status, 303);
    },
    async 'sessions are ended, the audit is read and verified, tokens are made and revoked'() {
        const guard = await person(base, data, 'guard1', 'security_admin'), audit = await person(base, data, 'audit1', 'audit_admin');
        const li = await signIn(base, 'lihong', PASSWORD), security = await signIn(base, guard.name, guard.password);
        const made = await li.post('/tokens', { name: '平台', may: 'see', days: '30' });
        const token = (await made.text()).match(/id="token">(jh_[A-Za-z0-9_-]+)</)[1];
        const bearer = { headers: { Authorization: `Bearer ${token}` } };
        assert.equal((await fetch(base + '/api/v1/schools', bearer)).status, 200);
        const id = (await (await li.get('/tokens')).text()).match(/name="id" value="(\d+)"/)[1];
        assert.equal((await li.post('/tokens/revoke', { id })).status, 303);
        assert.equal((await fetch(base + '/api/v1/schools', bearer)).status, 401);
        const html = await (await security.get('/sessions')).text();
        for (const [, session] of html.matchAll(/name="id" value="(\d+)"/g)) await security.post('/sessions', { id: session });
        assert.equal((await li.get('/account')).status, 303);
        const reader = await signIn(base, audit.name, audit.password);
        const page = await (await reader.get('/audit')).text();
        const anchor = page.match(/id="anchor">([^<]+)</)[1];
        assert.match(page, /作废 API 令牌/);
        const checked = await (await reader.get(`/audit?check=1&anchor=${encodeURIComponent(anchor)}`)).text();
        assert.match(checked, /审计记录完整/);
        assert.equal((await reader.get('/overview')).status, 403); // no content
        assert.equal((await reader.get('/accounts')).status, 403);
    },
}, server.close);
