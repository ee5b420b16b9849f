// The plan of work in the browser: looked at as a list, over time, as a tree; revised on the page and as a workbook, adopted; units send in
// their work plans against a receipt; the month of tasks, as a file and by a link for calendar programs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, root, signIn, tests } from './server.mjs';

const server = await demoServer();
const shots = process.env.SHOTS;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const trouble = [];
const asOffice = await signIn(server.base, server.account, server.password);
const asMoney = await signIn(server.base, 'demo.caizheng', server.password);
const asClerk = await signIn(server.base, 'demo.tianbao', server.password);
const other = await person(server.base, server.data, 'bangong2', 'office'), asOther = await signIn(server.base, other.name, other.password);

async function open(width, height) {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' }), page = await context.newPage();
    page.on('request', (request) => { if (request.url().endsWith('/csp-report')) trouble.push(`CSP: ${request.postData()}`); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(`${server.base}/sign-in`);
    await page.fill('#name', server.account);
    await page.fill('#password', server.password);
    await page.click('main button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
}
const html = async (answer) => (await answer.text()).replace(/\s+/g, ' ');
const part = (name, bytes, type = 'text/csv') => new File([bytes], name, { type });
async function sendPlan(bytes, name) {
    const seen = (await html(await asOffice.get('/plan/edit'))).match(/name="seen" value="(\d+)"/)[1], form = new FormData();
    form.append('seen', seen);
    form.append('reason', '测试');
    form.append('file', part(name, bytes));
    return asOffice.post('/plan/upload', form);
}
async function sendIn(session, unit, task = '5.1.3-1') {
    const form = new FormData();
    form.append('task', task);
    form.append('unit', unit);
    form.append('note', '已开动员会');
    form.append('file', part('工作计划.png', PNG, 'image/png'));
    return session.post('/plan/uploads', form);
}
// RFC 5545, strictly: CRLF, at most 75 bytes a line, folded lines joined, BEGIN and END matched.
function readCalendar(bytes) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    assert.ok(text.endsWith('\r\n') && !/[^\r]\n/.test(text));
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
    const open = [], events = [];
    for (const line of text.replace(/\r\n[ \t]/g, '').split('\r\n').filter(Boolean)) {
        const [, name, value] = line.match(/^([A-Z-]+)(?:;[^:]*)?:(.*)$/) ?? assert.fail(line);
        if (name === 'BEGIN') { open.push(value); if (value === 'VEVENT') events.push({}); }
        else if (name === 'END') assert.equal(open.pop(), value);
        else if (open.at(-1) === 'VEVENT') events.at(-1)[name] = value;
    }
    assert.deepEqual(open, []);
    for (const event of events) assert.ok(event.UID && event.SUMMARY && /^\d{8}T\d{6}Z$/.test(event.DTSTAMP) && /^\d{8}$/.test(event.DTSTART));
    assert.equal(new Set(events.map((event) => event.UID)).size, events.length);
    return events;
}

await tests({
    async 'shows the plan as a list, over time, as a tree, as a month, on a desk and on a phone'() {
        for (const [width, height] of [[1440, 900], [390, 844]]) {
            const page = await open(width, height);
            for (const path of ['/plan', '/plan?late=1', '/plan/gantt', '/plan/gantt?zoom=2027', '/plan/tree?of=5.2.1a', '/plan/edit', '/plan/edit?row=4.2.1.3-1', '/plan/edit?add=4.2.1.3', '/plan/uploads', '/plan/uploads/1', '/tasks/calendar']) {
                const answer = await page.goto(server.base + path);
                assert.equal(answer.status(), 200, path);
                await page.evaluate(axe);
                const serious = await page.evaluate(async () => (await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] })).violations
                    .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`));
                assert.deepEqual(serious, [], `${path} ${width}`);
                assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), `${path} scrolls sideways at ${width}`);
                if (shots) await page.screenshot({ path: join(shots, `plan${path.replace(/\W+/g, '_')}-${width}.png`) });
            }
            await page.context().close();
        }
        assert.deepEqual(trouble, []);
    },
    async 'says what the plan says, word for word, and how its tasks stand'() {
        const page = await html(await asOffice.get('/plan'));
        assert.match(page, /方案 65 件事，下达 \d+ 件任务，销号 \d+ 件，逾期 \d+ 件/);
        assert.match(page, /“出台以常住人口为基数的城镇义务教育学位配置标准和教育用地保障措施”（工作方案四（二）1）/);
        const money = await html(await asOffice.get('/plan?owner=D11'));
        assert.match(money, /依法保障教师待遇权益/);
        assert.doesNotMatch(money, /制订课堂教学基本规程/);
        assert.match(await html(await asOffice.get('/plan/tree?of=5.2.1a')), /市财政局/);
    },
    async 'comes back from its own workbook and CSV without a change'() {
        const csv = Buffer.from(await (await asOffice.get('/plan/export?as=csv')).arrayBuffer());
        const book = Buffer.from(await (await asOffice.get('/plan/export?as=xlsx')).arrayBuffer());
        for (const [bytes, name] of [[csv, '方案.csv'], [book, '方案.xlsx']]) {
            const answer = await sendPlan(bytes, name);
            assert.equal(answer.status, 422);
            const said = await html(answer);
            assert.match(said.slice(said.indexOf('<main')), /和现在的方案一样，没有修改/);
        }
        assert.equal((await asOffice.get('/plan/export?as=tree')).status, 200);
    },
    async 'names every fault of a file by row and column'() {
        const csv = (await (await asOffice.get('/plan/export?as=csv')).text()).replace('2027-06-30', '2027-06-31').replace(/D05/, 'D95');
        const answer = await sendPlan(csv, '方案.csv'), page = await html(answer);
        assert.equal(answer.status, 422);
        assert.match(page, /方案\.csv 第 \d+ 行 L 列/);
        assert.match(page, /“2027-06-31”不是日期/);
        assert.match(page, /没有代码是“D95”的单位/);
    },
    async 'is revised row by row, looked at, adopted: the task follows'() {
        const fields = async (path) => (await html(await asOffice.get(path))).match(/name="seen" value="(\d+)"/)[1];
        const bad = await asOffice.post('/plan/edit', { row: '4.2.1.3-1', seen: await fields('/plan/edit'), act: 'set', c11: '2035-01-01' });
        assert.equal(bad.status, 422);
        assert.match(await html(bad), /期限不在“实施阶段”里/);
        const done = await asOffice.post('/plan/edit', { row: '4.2.1.3-1', seen: await fields('/plan/edit'), act: 'set', c11: '2027-11-30', reason: '等省里的标准' });
        assert.equal(done.status, 303);
        const stale = await asOffice.post('/plan/edit', { row: '4.2.1.3-1', seen: '0', act: 'set', c11: '2027-10-31' });
        assert.equal(stale.status, 422);
        assert.match(await html(stale), /刚刚由.*改过，没有覆盖/);
        assert.match(await html(await asOffice.get('/plan/edit')), /2027-06-30<\/td><td class="wrap">2027-11-30/);
        assert.equal((await asOffice.post('/plan/adopt', { act: 'adopt', from: '2026-09-01' })).status, 303);
        const id = (await html(await asOffice.get('/plan'))).match(/\/tasks\/(\d+)">出台学位配置标准/)[1];
        assert.match(await html(await asOffice.get(`/tasks/${id}`)), /2027-11-30/);
        assert.equal((await asClerk.get('/plan/edit')).status, 403);
        assert.equal((await asClerk.get('/plan')).status, 200);
    },
    async 'gives a unit a receipt, says who is missing, and takes back what is sent back'() {
        const answer = await sendIn(asMoney, 'department:D11');
        assert.equal(answer.status, 303, await answer.text());
        const path = answer.headers.get('location');
        assert.match(await html(await asMoney.get(path)), /市财政局的“报送本单位工作计划”.*收到/);
        assert.equal((await sendIn(asMoney, 'department:D13')).status, 403);
        const missing = async () => (await html(await asOffice.get('/plan/uploads?task=5.1.3-1'))).match(/还没有报送：<\/b> ([^<]*)/)[1];
        assert.doesNotMatch(await missing(), /市财政局/);
        assert.equal((await asMoney.post(`${path}/back`, { reason: '自己退' })).status, 403);
        assert.equal((await asOther.post(`${path}/back`, { reason: '没有盖章' })).status, 303);
        assert.match(await missing(), /市财政局/);
        assert.match(await html(await asMoney.get(path)), /没有盖章/);
        assert.match(await html(await asMoney.get('/my')), /退回了/);
        assert.equal((await asClerk.get(path)).status, 404);
        const file = await asMoney.get(`${path}/file`);
        assert.equal(file.headers.get('content-type'), 'image/png');
    },
    async 'closes the unit\'s task of this year when its document comes'() {
        const today = new Date(), year = today.getFullYear() + (today.getMonth() === 11 && today.getDate() > 19 ? 1 : 0), key = `5.2.1a-1@${year}`;
        const at = `/tasks?of=${encodeURIComponent(key)}&owner=department:D20&state=`;
        assert.match(await html(await asOffice.get(`${at}open`)), /填报年度自评表/);
        assert.equal((await sendIn(asOffice, 'department:D20', key)).status, 303);
        const page = await html(await asOffice.get(`${at}closed`));
        assert.match(page, /填报年度自评表/);
    },
    async 'is a calendar that programs read, by file and by a link that ends'() {
        const file = await asMoney.get('/tasks/calendar.ics');
        assert.match(file.headers.get('content-type'), /^text\/calendar/);
        const events = readCalendar(await file.arrayBuffer());
        assert.ok(events.length > 3);
        assert.ok(events.some((event) => /^https?:\/\/.*\/tasks\/\d+$/.test(event.URL)));
        const made = await html(await asMoney.post('/tasks/calendar', { act: 'make' }));
        const link = made.match(/id="link">([^<]+)</)[1], path = new URL(link).pathname;
        const feed = await fetch(server.base + path);
        assert.equal(feed.status, 200);
        assert.equal(readCalendar(await feed.arrayBuffer()).length, events.length);
        assert.equal((await asMoney.post('/tasks/calendar', { act: 'end' })).status, 303);
        assert.equal((await fetch(server.base + path)).status, 404);
        assert.equal((await fetch(`${server.base}/calendar/${'x'.repeat(43)}.ics`)).status, 404);
    },
}, async () => { await browser.close(); await server.close(); });
