// What browser and HTTP tests share: a real server over a made-up county of its own, and signing in.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = process.env.JUNHENG ?? join(root, 'build/junheng');
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('JUNHENG')));

// One command to its end: what it wrote; throws unless it ended with `expected`.
export function run(words, { expected = 0, cwd } = {}) {
    const done = spawnSync(program, words, { cwd, encoding: 'utf8', env: environment });
    if (done.status !== expected) throw new Error(`junheng ${words.join(' ')}: exit ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout + done.stderr;
}

// What a test that breaks off would leave behind.
const made = new Set();
process.on('exit', () => { for (const dir of made) rmSync(dir, { recursive: true, force: true }); });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// A folder with the demo county: { dir, data, account, password, remove() }.
export function demoCounty() {
    const dir = mkdtempSync(join(tmpdir(), 'junheng-web-')), data = join(dir, 'data');
    made.add(dir);
    const said = run(['demo', '--data', data, '--make-only']);
    const [, account] = said.match(/账号：(.*)/), [, password] = said.match(/密码：(.*)/);
    return { dir, data, account, password, remove: () => { made.delete(dir); rmSync(dir, { recursive: true, force: true }); } };
}

// Serves a folder: { base, process, log(), stop(), kill() }.  base ends without a slash.  Given a file, log() stays empty.
export async function serve(data, words = [], env = {}, log_to = 'pipe') {
    const child = spawn(program, ['serve', '--data', data, '--port', '0', ...words], { env: { ...environment, ...env }, stdio: ['ignore', 'pipe', log_to] });
    let said = '', log = '';
    child.stderr?.on('data', (bytes) => { log += bytes; });
    const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
    const base = await new Promise((resolve, reject) => {
        child.stdout.on('data', (bytes) => {
            said += bytes;
            const found = said.match(/(https?:\/\/\S+)\/\n/);
            if (found) resolve(found[1]);
        });
        ended.then((code) => reject(new Error(`the server ended with ${code}: ${said}${log}`)));
    });
    const finish = (signal) => { child.kill(signal); return ended; };
    return { base, process: child, log: () => log, ended, stop: () => finish('SIGTERM'), kill: () => finish('SIGKILL') };
}

// The usual: a demo county that is served.  close() stops and removes it.
export async function demoServer(words = []) {
    const county = demoCounty(), server = await serve(county.data, words);
    return { ...county, ...server, close: async () => { await server.stop(); county.remove(); } };
}

// Signs in without a browser: { cookie, get(path), post(path, fields), formToken() }.  Redirects are not followed.
export async function signIn(base, account, password) {
    const answer = await fetch(`${base}/sign-in`, {
        method: 'POST', redirect: 'manual', headers: { Origin: base, 'Sec-Fetch-Site': 'same-origin' },
        body: new URLSearchParams({ name: account, password }),
    });
    if (answer.status !== 303) throw new Error(`sign-in: ${answer.status} ${(await answer.text()).slice(0, 600)}`);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const headers = { Cookie: cookie, Origin: base, 'Sec-Fetch-Site': 'same-origin' };
    const get = (path, more = {}) => fetch(base + path, { redirect: 'manual', headers: { ...headers, ...more } });
    const formToken = async (path = '/account') => (await (await get(path)).text()).match(/name="form_token" value="([^"]+)"/)?.[1];
    let token;
    const post = async (path, fields, more = {}) => {
        token ??= await formToken();
        const multipart = fields instanceof FormData;
        const body = multipart ? fields : new URLSearchParams(fields);
        if (multipart) { if (!body.has('form_token')) body.append('form_token', token); } else body.set('form_token', token);
        return fetch(base + path, { method: 'POST', redirect: 'manual', headers: { ...headers, ...more }, body });
    };
    return { cookie, get, post, formToken };
}

// A new account whose password is its own already: { name, password }.
export async function person(base, data, name, role, words = []) {
    const said = run(['user', 'add', name, '--shown', name, '--role', role, '--data', data, ...words]);
    const [, first] = said.match(/密码：?\s*(\S+)/);
    const password = 'Balanced-Schools-2026';
    const session = await signIn(base, name, first);
    const answer = await session.post('/account/password', { old: first, new: password, again: password });
    if (answer.status !== 303) throw new Error(`password of ${name}: ${answer.status} ${(await answer.text()).slice(0, 800)}`);
    return { name, password };
}

// Named tests one after the other; ends the process with their outcome.
export async function tests(named, close = async () => {}) {
    let failed = 0;
    for (const [name, test] of Object.entries(named)) {
        try { await test(); console.log(`ok ${name}`); } catch (error) { failed++; console.log(`FAILED ${name}\n${error.stack}`); }
    }
    await close();
    process.exit(failed ? 1 : 0);
}
