// Notices by mail: an address confirmed by its code, a reminder that arrives, a server that refuses for a while, a wrong password.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { demoCounty, person, program, run, serve, signIn, tests } from './server.mjs';
import { shown, sink } from './smtp.mjs';

const county = demoCounty(), { data } = county, mailbox = await sink({ user: 'jh', password: 'Right-password-1' });
const secret = join(county.dir, 'secret'), settings = (port) => ['--smtp-url', `smtp://127.0.0.1:${port}`, '--smtp-user', 'jh', '--smtp-password-file', secret,
    '--mail-from', '青禾县教育局 <jh@edu.example.cn>', '--site-url', 'https://jh.example.cn'];
writeFileSync(secret, 'Right-password-1\n');
chmodSync(secret, 0o600);
let server = await serve(data, settings(mailbox.port));
const { base } = server;
const until = async (what, about) => { for (let i = 0; i < 200; i++) { const got = await what(); if (got) return got; await new Promise((resolve) => setTimeout(resolve, 100)); } throw new Error(`never: ${about}`); };
// Not run(): the mail server lives in this process, which a spawnSync would stop.
const command = (words) => new Promise((resolve) => {
    const child = spawn(program, [...words, '--data', data]);
    let said = '';
    child.stdout.on('data', (bytes) => { said += bytes; });
    child.stderr.on('data', (bytes) => { said += bytes; });
    child.on('exit', (code) => resolve({ code, said }));
});
async function withAddress(name, role, words, address) {
    await person(base, data, name, role, words);
    const session = await signIn(base, name, 'Balanced-Schools-2026');
    assert.equal((await session.post('/account/mail', { do: 'set', address })).status, 303);
    const letter = await until(() => mailbox.letters.find((l) => l.to === address), `a code for ${address}`);
    const code = shown(letter).subject.match(/\d{6}/)[0];
    assert.equal((await session.post('/account/mail', { do: 'confirm', code: code === '000000' ? '000001' : '000000' })).status, 422);
    assert.equal((await session.post('/account/mail', { do: 'confirm', code })).status, 303);
    assert.match(await (await session.get('/account')).text(), new RegExp(address));
    return session;
}
// A late school, and its clerk.
const years = run(['year', 'status', '2026', '--format', 'json', '--data', data], { expected: 1 });
const schools = JSON.parse(years.slice(years.indexOf('['), years.lastIndexOf(']') + 1)).filter((s) => s.state === '填报中' || s.next === '填报员' || s.next === '学校填报员');
const [first, second] = schools;
await person(base, data, 'sys1', 'system_admin');
const admin = await signIn(base, 'sys1', 'Balanced-Schools-2026');
let clerk;

await tests({
    async 'the settings are checked before anything is sent'() {
        chmodSync(secret, 0o644);
        assert.match(run(['config', ...settings(25), '--data', data], { expected: 3 }), /chmod 600/);
        chmodSync(secret, 0o600);
        assert.match(run(['config', ...settings(25), '--data', data]), /设置没有发现毛病/);
        assert.match(run(['config', '--smtp-url', 'http://x', '--data', data], { expected: 3 }), /smtp:\/\/主机/);
        assert.match(run(['config', '--data', data]), /邮件：不寄/);
        const test = await command(['mail', 'test', 'boss@example.cn']);
        assert.equal(test.code, 0, test.said);
        const got = shown(mailbox.letters.find((l) => l.to === 'boss@example.cn'));
        assert.equal(got.subject, '测试邮件');
        assert.match(got.headers, /^Auto-Submitted: auto-generated$/m);
        assert.match(got.headers, /^From: =\?UTF-8\?B\?[^ ]+\?= <jh@edu.example.cn>$/m);
    },
    async 'a late clerk gets the reminder, with a link to the return and nothing else'() {
        clerk = await withAddress('clerk1', 'clerk', ['--school', first.school], 'clerk1@example.cn');
        const remind = await command(['year', 'remind', '2026']);
        assert.equal(remind.code, 0, remind.said);
        const letter = shown(await until(() => mailbox.letters.find((l) => l.to === 'clerk1@example.cn' && /催报/.test(shown(l).subject)), 'the reminder'));
        assert.match(letter.body, /clerk1，您好：/);
        assert.match(letter.body, new RegExp(`https://jh\\.example\\.cn/returns/${first.school}\\?year=2026`));
        assert.match(letter.body, new RegExp(first.name));
        assert.equal((await clerk.get(`/returns/${first.school}?year=2026`)).status, 200);
        assert.equal(mailbox.letters.filter((l) => l.to === 'clerk1@example.cn' && /催报/.test(shown(l).subject)).length, 1);
        assert.match((await command(['mail', 'status'])).said, /等着寄 0 封/);
    },
    async 'a server that refuses for a while gets the letter later'() {
        mailbox.refuse = '451 4.7.1 greylisted, come again';
        mailbox.times = 1;
        await person(base, data, 'clerk2', 'clerk', ['--school', second.school]);
        const session = await signIn(base, 'clerk2', 'Balanced-Schools-2026');
        assert.equal((await session.post('/account/mail', { do: 'set', address: 'clerk2@example.cn' })).status, 303);
        const seen = await until(async () => { const { said } = await command(['mail', 'status']); return /greylisted/.test(said) && said; }, 'the refusal');
        assert.match(seen, /等着寄 1 封/);
        assert.match(seen, /c\*\*\*@example.cn/);
        assert.match(await (await admin.get('/system')).text(), /greylisted/);
        assert.equal(mailbox.letters.filter((l) => l.to === 'clerk2@example.cn').length, 0);
        const tomorrow = new Date(Date.now() + 86400e3 + 8 * 3600e3).toISOString().slice(0, 10);
        const round = await command(['upkeep', '--at', tomorrow]);
        assert.equal(round.code, 0, round.said);
        assert.match(round.said, /寄出 \d+ 封邮件/);   // other duties may have told something too
        assert.equal(mailbox.letters.filter((l) => l.to === 'clerk2@example.cn').length, 1);
    },
    async 'an address that does not exist is given up at once, in the open'() {
        mailbox.refuse = '550 5.1.1 no such user';
        mailbox.times = 1;
        await person(base, data, 'clerk3', 'clerk', ['--school', second.school]);
        const session = await signIn(base, 'clerk3', 'Balanced-Schools-2026');
        assert.equal((await session.post('/account/mail', { do: 'set', address: 'nobody@example.cn' })).status, 303);
        await until(async () => /没有寄出 1 封/.test((await command(['mail', 'status'])).said), 'giving up');
        assert.match(await (await admin.get('/system')).text(), /no such user/);
    },
    async 'the county may do without mail'() {
        assert.equal((await clerk.get('/system')).status, 403);
        assert.equal((await admin.post('/system', { do: 'forbid' })).status, 303);
        assert.match(await (await admin.get('/system')).text(), /县里决定不用邮件/);
        assert.equal((await clerk.post('/account/mail', { do: 'set', address: 'other@example.cn' })).status, 403);
        assert.equal((await admin.post('/system', { do: 'allow' })).status, 303);
    },
    async 'a wrong password is seen by the administrator, and nothing is lost'() {
        await server.stop();
        writeFileSync(secret, 'Wrong-password-1');
        server = await serve(data, settings(mailbox.port));
        const test = await command(['mail', 'test', 'boss@example.cn']);
        assert.equal(test.code, 4);
        assert.match(test.said, /不认登录名或密码/);
        assert.match(test.said, /授权码/);
        const again = await signIn(server.base, 'sys1', 'Balanced-Schools-2026'), person1 = await signIn(server.base, 'clerk1', 'Balanced-Schools-2026');
        const page = await again.post('/system', { do: 'test', address: 'boss@example.cn' });
        assert.equal(page.status, 502);
        assert.match(await page.text(), /不认登录名或密码/);
        assert.equal((await person1.post('/account/mail', { do: 'set', address: 'new1@example.cn' })).status, 303);
        await until(async () => /authentication failed/.test((await command(['mail', 'status'])).said), 'the fault');
        await server.stop();
        writeFileSync(secret, 'Right-password-1');
        server = await serve(data, settings(mailbox.port));
        const retry = await command(['mail', 'retry']);
        assert.equal(retry.code, 0, retry.said);
        await until(() => mailbox.letters.find((l) => l.to === 'new1@example.cn'), 'the letter after all');
    },
    async 'a server whose certificate nobody vouches for gets nothing'() {
        const key = join(county.dir, 'key.pem'), cert = join(county.dir, 'cert.pem');
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
            '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
        let heard = '';
        const secure = tls.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => { socket.on('error', () => {}); socket.on('data', (b) => { heard += b; }); socket.write('220 hello\r\n'); });
        secure.on('tlsClientError', () => {});
        await new Promise((resolve) => secure.listen(0, '127.0.0.1', resolve));
        await server.stop();
        server = await serve(data, [...settings(0), '--smtp-url', `smtps://127.0.0.1:${secure.address().port}`]);
        const test = await command(['mail', 'test', 'boss@example.cn']);
        assert.equal(test.code, 4);
        assert.match(test.said, /证书不对/);
        assert.equal(heard, '');
        secure.close();
    },
    async 'a password goes over no network in the clear'() {
        const address = Object.values(networkInterfaces()).flat().find((i) => i.family === 'IPv4' && !i.internal)?.address;
        if (!address) return;
        const open = await sink({ user: 'jh', password: 'Right-password-1', host: address });
        await server.stop();
        server = await serve(data, [...settings(0), '--smtp-url', `smtp://${address}:${open.port}`]);
        const test = await command(['mail', 'test', 'boss@example.cn']);
        assert.equal(test.code, 4);
        assert.match(test.said, /不支持加密，密码不能明着发/);
        assert.equal(open.logins, 0);
        await open.close();
    },
    async 'the administrator needs a one-time code once it is demanded'() {
        const sys = await signIn(server.base, 'sys1', 'Balanced-Schools-2026');
        assert.equal((await sys.post('/system', { do: 'totp_on' })).status, 303);
        const led = await sys.get('/accounts');
        assert.equal(led.status, 303);
        assert.equal(led.headers.get('location'), '/account#totp');
        assert.equal((await sys.post('/system', { do: 'totp_off' })).status, 403);
        assert.match(await (await sys.get('/account')).text(), /县里要求管理员设动态口令/);
        assert.equal((await sys.post('/account/totp', { do: 'begin' })).status, 303);
        // Others go on as before.
        assert.equal((await (await signIn(server.base, 'clerk1', 'Balanced-Schools-2026')).get('/my')).status, 200);
    },
}, async () => { await server.stop(); await mailbox.close(); county.remove(); });
