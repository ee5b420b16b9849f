// A full disk and a failing fsync: the page says so, nothing acknowledged is lost, and work goes on when space returns.
import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoCounty, root, run, serve, signIn, tests } from './server.mjs';

const shim = ['build-check', 'build-asan', 'build'].map((dir) => join(root, dir, 'tests/libdisk_fault.so')).find(existsSync);
assert.ok(shim, 'tests/libdisk_fault.so is built with the tests');
const county = demoCounty(), fault = join(county.dir, 'fault');
const env = { LD_PRELOAD: shim, DISK_FAULT: fault };
const say = (what) => writeFileSync(fault, what);
const tryToSignIn = (base) => fetch(`${base}/sign-in`, {
    method: 'POST', redirect: 'manual', headers: { Origin: base, 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams({ name: county.account, password: county.password }),
});

await tests({
    async 'a full disk refuses with a page that says so, and goes on when space returns'() {
        const server = await serve(county.data, [], env);
        const me = await signIn(server.base, county.account, county.password);
        const lines = () => Number(run(['audit', 'verify', '--data', county.data]).match(/共 (\d+) 行/)[1]);
        const before = lines();
        say('full');
        const answer = await tryToSignIn(server.base), page = await answer.text();
        assert.equal(answer.status, 503, page.slice(0, 500));
        assert.match(page, /磁盘/);
        assert.ok(answer.headers.get('retry-after'));
        assert.equal((await me.get('/account')).status, 200, 'who only reads goes on reading');
        rmSync(fault);
        assert.equal((await tryToSignIn(server.base)).status, 303);
        assert.equal(lines(), before + 1, 'what was refused left nothing behind');
        assert.equal(await server.stop(), 0);
    },
    async 'too little space left refuses before the disk is full'() {
        const server = await serve(county.data, ['--least-free', '900000000']);
        const answer = await tryToSignIn(server.base);
        assert.equal(answer.status, 503);
        assert.match(await answer.text(), /磁盘/);
        await server.stop();
    },
    async 'a failed fsync is told to whoever waits, ends the process, and loses nothing that was acknowledged'() {
        let server = await serve(county.data, [], env);
        const acknowledged = await tryToSignIn(server.base);
        assert.equal(acknowledged.status, 303);
        const cookie = acknowledged.headers.getSetCookie()[0].split(';')[0];
        say('fsync');
        const answer = await tryToSignIn(server.base);
        assert.equal(answer.status, 503);
        assert.match(await answer.text(), /磁盘/);
        assert.equal(await server.ended, 4);
        rmSync(fault);
        server = await serve(county.data);
        assert.equal((await fetch(`${server.base}/account`, { redirect: 'manual', headers: { Cookie: cookie } })).status, 200, 'the session that was acknowledged is there');
        assert.match(run(['audit', 'verify', '--data', county.data]), /共 \d+ 行/);
        await server.stop();
    },
}, async () => county.remove());
