// Texts that are meant to do harm (hostile/payloads.txt), wherever a user can bring one: names of schools and their
// districts, of files, of scenarios, reasons, searches.  Every page is then opened in a browser: nothing runs, nothing
// is fetched, no page breaks, and looking has written nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, root, run, signIn, tests } from './server.mjs';

const payloads = readFileSync(join(root, 'tests/web/hostile/payloads.txt'), 'utf8').split('\n').filter(Boolean);
const server = await demoServer(), session = await signIn(server.base, server.account, server.password);
const token = run(['token', 'create', '--for', server.account, '--name', 'hostile', '--may', 'see,export,try,import,edit', '--data', server.data]).match(/jh_[\w-]{43}/)[0];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
let keys = 0;
async function api(method, path, { json, form } = {}) {
    const answer = await fetch(server.base + path, {
        method, body: json ? JSON.stringify(json) : form,
        headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': `hostile-${++keys}-0123456789`, ...(json ? { 'Content-Type': 'application/json' } : {}) },
    });
    const body = await answer.json();
    assert.equal(answer.status, 200, `${path}: ${JSON.stringify(body).slice(0, 400)}`);
    return body;
}
const schools = (await api('GET', '/api/v1/schools?year=2025')).schools.map((school) => school.code);
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const named = new Map();   // school → what it was called

// ---- bringing them in ---------------------------------------------------------------------------
{
    let at = 0;
    const next = () => payloads[at++ % payloads.length];
    const rows = schools.map((school) => { named.set(school, next()); return ['419900', '2025', school, quoted(named.get(school)), quoted(next())].join(','); });
    const form = new FormData();
    form.append('file', new Blob([`县代码,学年,学校代码,学校名称,学区\n${rows.join('\n')}\n`]), '"><img src=x onerror=window.__pwned=1>.csv');
    const read = await api('POST', '/api/v1/imports', { form });
    await api('POST', `/api/v1/imports/${read.id}/confirm`, { json: { seen_version: read.seen_version, errors: 'leave_out' } });
    const bad = new FormData(); // bad cells: their texts stand in findings
    bad.append('file', new Blob([`县代码,学年,学校代码,网络多媒体教室间数\n${schools.slice(0, 60).map((school) => `419900,2025,${school},${quoted(next())}`).join('\n')}\n`]), "'-alert(1)-'.csv");
    const waiting = await api('POST', '/api/v1/imports', { form: bad });
    assert.ok(waiting.tally.errors >= 50, JSON.stringify(waiting.tally));
    for (const payload of payloads.slice(0, 12)) {
        const seen = (await api('GET', `/api/v1/figures?year=2025&school=${schools[0]}`)).figures.find((figure) => figure.item === 'classrooms_multimedia').value;
        await api('POST', '/api/v1/figures', { json: { year: 2025, school: schools[0], item: 'classrooms_multimedia', value: (seen ?? 0) + 1, seen, reason: payload } });
    }
    server.imports = [read.id, waiting.id];
    // Proofs under such names, described so; a judgement, a case.
    const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64');
    for (let i = 0; i < 24; i++) {
        const put = new FormData();
        put.append('asked', 'G1-3');
        put.append('description', [...next()].slice(0, 300).join(''));
        put.append('files', new Blob([PNG, `${i}`]), next());
        assert.equal((await session.post('/evidence/G1?year=2025', put)).status, 303);
    }
    const short = payloads.filter((text) => text.trim().length > 2 && text.length < 150);
    assert.equal((await session.post('/evidence/G8/judge?year=2025', { verdict: 'met', reason: short[0] })).status, 303);
    for (const text of short.slice(1, 13)) {
        const one = new FormData();
        for (const [name, value] of Object.entries({ item: 'X2', happened_on: '2025-10-01', from_year: '2025', unit: `school:${schools[3]}`, what: text })) one.append(name, value);
        assert.equal((await session.post('/registers?year=2025', one)).status, 303);
    }
}

// ---- looking ------------------------------------------------------------------------------------
const trouble = [], dialogs = [], outside = [];
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.on('dialog', (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) trouble.push(`${page.url()}: ${message.text()}`); });
page.on('pageerror', (error) => trouble.push(`${page.url()}: ${error}`));
page.on('request', (request) => { if (!request.url().startsWith(server.base) && !request.url().startsWith('data:')) outside.push(request.url()); });
await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
async function look(path) {
    const answer = await page.goto(server.base + path);
    assert.ok(answer.status() < 500, `${path}: ${answer.status()}`);
    await page.waitForLoadState('load');
    assert.equal(await page.evaluate(() => window.__pwned), undefined, `${path}: a text was run`);
    assert.equal(await page.evaluate(() => document.querySelectorAll('[onerror],[onload],[onclick],[onfocus],[onmouseover],iframe,object,embed,base,marquee,main script:not([type="application/json"]):not([src])').length), 0, `${path}: a text became markup`);
}
const state = () => run(['audit', 'verify', '--data', server.data]).match(/共 (\d+) 行/)[1];
const version = async () => (await api('GET', '/api/v1/schools?year=2025')).data_version;

await tests({
    async 'signed in, a scenario of each kind of name is kept'() {
        await page.goto(`${server.base}/sign-in`);
        await page.fill('#name', server.account);
        await page.fill('#password', server.password);
        await page.click('form button[type=submit]');
        await page.waitForURL(/\/my/);
        for (const payload of payloads.filter((text) => text.length < 50).slice(0, 8)) {
            await page.goto(`${server.base}/what-if?school=${schools[1]}`);
            await page.fill('#what-if-name', payload);
            await page.click('button[formaction^="/what-if/save"]');
            await page.waitForURL(/id=/);
            assert.equal(await page.inputValue('#what-if-name'), payload);
        }
    },
    async 'no page runs them, breaks on them or fetches for them; looking writes nothing'() {
        const before = [state(), await version()];
        const paths = ['/overview', '/schools?stage=primary', '/schools?stage=junior', '/indicators', '/map', '/map?by=L5', '/tables', '/import', '/what-if', '/account', '/overview?lang=en', '/schools?stage=primary&lang=en', '/overview?lang=zh',
            ...['L1', 'L4', 'L7'].map((id) => `/indicators/${id}?stage=primary`), ...['G3', 'G4', 'Q4'].map((id) => `/indicators/${id}`),
            ...server.imports.map((id) => `/import/${id}`), ...schools.slice(0, 12).map((code) => `/schools/${code}`), `/schools/${schools[0]}/figures`, `/schools/compare?codes=${schools.slice(0, 4).join(',')}`,
            ...['2', '3', '4', '5', '6', '7'].map((table) => `/tables?table=${table}`), ...schools.slice(0, 6).map((code) => `/lineage?of=school:${code}:school_name:2025`),
            `/lineage?of=school:${schools[0]}:classrooms_multimedia:2025`, '/lineage?of=cv:primary:L5:2025', '/lineage?of=rule:G3:2025', '/lineage?of=verdict:2025',
            `/what-if?school=${schools[2]}`, '/evidence?year=2025', '/evidence?year=2025&view=list', '/evidence/G1?year=2025', '/evidence/G8?year=2025', '/registers?year=2025', '/lineage?of=county:veto_X2:2025'];
        for (const path of paths) await look(path);
        await look('/evidence/G1?year=2025');
        for (const href of await page.locator('#G1-3 .rows a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))) await look(href);
        await look('/what-if');
        for (const href of await page.locator('a[href*="/what-if?id="]').evaluateAll((all) => all.slice(0, 8).map((one) => one.getAttribute('href')))) await look(href);
        for (const payload of payloads.slice(0, 80)) {
            const text = encodeURIComponent(payload);
            for (const path of [`/schools?q=${text}`, `/lineage?of=${text}`, `/search?q=${text}`, `/evidence/${text}`, `/evidence/G1?unit=${text}`]) {
                const answer = await session.get(path);
                assert.ok(answer.status < 500, `${path}: ${answer.status}`);
            }
        }
        for (const payload of payloads.slice(0, 10)) for (const path of ['/schools?stage=primary&q=', '/search?q=']) await look(path + encodeURIComponent(payload));
        assert.deepEqual([dialogs, outside, trouble], [[], [], []]);
        assert.deepEqual([state(), await version()], before);
    },
    async 'a name is told exactly as it was brought'() {
        const told = new Map((await api('GET', '/api/v1/schools?year=2025')).schools.map((school) => [school.code, school.name]));
        let same = 0;
        for (const [code, name] of named) same += told.get(code) === name.trim();
        assert.ok(same > named.size * 0.95, `${same} of ${named.size}`);
    },
    async 'no workbook carries a formula made of them'() {
        const { default: ExcelJS } = await import('exceljs');
        for (const path of ['/schools/export?stage=primary', '/export/returns?year=2025', '/evidence/export?year=2025']) {
            const answer = await session.get(path), book = new ExcelJS.Workbook();
            assert.equal(answer.status, 200, path);
            await book.xlsx.load(Buffer.from(await answer.arrayBuffer()));
            book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => assert.ok(cell.type !== ExcelJS.ValueType.Formula && !cell.hyperlink?.includes('evil'), `${path} ${sheet.name} ${cell.address}`))));
        }
    },
}, async () => { await browser.close(); await server.close(); });
