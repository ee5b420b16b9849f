// The office in a browser: a meeting from what is stuck to its tasks, a concern answered and asked about, a case made public, the way of
// recognition, the watch, the mayor's page on one A4.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, signIn, tests } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];
const [office, mayor, supervisor, township, finance] = await Promise.all([[server.account], ['demo.shizhang'], ['demo.dudao'], ['demo.zhen'], ['demo.caizheng']].map(([name]) => signIn(server.base, name, server.password)));
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }), page = await context.newPage();
page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
page.on('request', (request) => { if (request.url().includes('/csp-report')) trouble.push('a CSP report'); });
await page.goto(`${server.base}/sign-in`);
await page.fill('#name', server.account);
await page.fill('#password', server.password);
await page.click('button[type=submit]');
const text = async (who, path) => { const answer = await who.get(path); assert.equal(answer.status, 200, `${path}: ${answer.status}`); return answer.text(); };
const done = async (who, path, fields) => { const answer = await who.post(path, fields); assert.equal(answer.status, 303, `${path} ${JSON.stringify(fields)}: ${answer.status} ${(await answer.text()).match(/<main[\s\S]*?<\/main>/)?.[0].replace(/<[^>]+>/g, ' ').slice(0, 300)}`); return answer.headers.get('location'); };
const refused = async (who, path, fields, status) => { const answer = await who.post(path, fields); assert.equal(answer.status, status, path); return answer.text(); };
const look = async (path, name) => {
    const answer = await page.goto(server.base + path);
    assert.equal(answer.status(), 200, path);
    for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}-${width}.png`), fullPage: true });
        if (width === 390) assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than a phone`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].target}`));
    assert.deepEqual(found, [], path);
};
const day = (days) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

await tests({
    'a meeting takes what is stuck, and its decisions become tasks of their units': async () => {
        await look('/meetings', 'meetings');
        const path = await done(office, '/meetings', { kind: 'joint', title: '测试联席会议', held_on: day(0), held_at: '', held_in: '', chair: '', attending: '' });
        const before = await text(office, path), stuck = [...before.matchAll(/name="item" value="([^"]+)"/g)].map((m) => m[1]);
        assert.ok(stuck.length > 0, 'nothing is stuck in the made-up county');
        await done(office, path, { act: 'items', item: stuck[0], what: '' });
        await done(office, path, { act: 'hold' });
        const version = (await text(office, path)).match(/name="version" value="(\d+)"/)[1];
        await done(office, path, { act: 'minutes', version, minutes: '议定如下。' });
        assert.match(await refused(office, path, { act: 'minutes', version, minutes: '别人写的。' }, 409), /别人改过/);
        await done(office, path, { act: 'decide', item: '1', words: '测试决定：限期拨付', owner: 'department:D11', due: day(20), product: '' });
        await look(path, 'meeting');
        for (const as of ['docx', 'pdf']) {
            const answer = await office.get(`${path}/paper?as=${as}`), bytes = Buffer.from(await answer.arrayBuffer());
            assert.equal(bytes.subarray(0, 2).toString(), as === 'pdf' ? '%P' : 'PK');
            if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, `meeting.${as}`), bytes);
        }
        await done(office, path, { act: 'issue', document: '测试〔2026〕1号' });
        const task = (await text(office, path)).match(/href="(\/tasks\/\d+)">第 \d+ 号/)[1];
        assert.match(await text(finance, task), /测试决定：限期拨付/);
        assert.match(await text(finance, '/my'), /测试决定：限期拨付/);
        await refused(mayor, path, { act: 'issue', document: 'x' }, 403);
        assert.equal((await township.get(path)).status, 403);
    },
    'a concern is answered by the township and asked about by another person; counted by kind and place': async () => {
        await look('/concerns', 'concerns');
        const town = (await text(office, '/concerns')).match(/value="(township:[^"]+)"/)[1];
        const mine = (await text(township, '/concerns')).match(/value="(township:[^"]+)"/)[1];
        const path = await done(township, '/concerns', { came_on: day(0), channel: 'call', kind: 'safety', reference: '', place: mine, owner: mine, what: '围墙有裂缝' });
        assert.match(await text(township, '/my'), /等您单位答复/);
        await done(township, path, { step: 'reply', seen: 'open', words: '已请人加固', cause: '年久' });
        await refused(township, path, { step: 'close', seen: 'replied', words: '满意' }, 403);
        assert.match(await text(supervisor, '/my'), /等回访/);
        await done(supervisor, path, { step: 'reopen', seen: 'replied', words: '还没有加固' });
        await done(supervisor, path, { step: 'order', words: '加固围墙', due: day(15) });
        await look(path, 'concern');
        if (town !== mine) assert.match(await refused(township, '/concerns', { came_on: day(0), channel: 'call', kind: 'fees', reference: '', place: town, owner: town, what: '收费' }, 403), /只登记本乡镇/);
        const book = Buffer.from(await (await office.get('/concerns/export?kind=safety')).arrayBuffer());
        assert.equal(book.subarray(0, 2).toString(), 'PK');
        assert.match(await text(office, '/concerns'), /反复出现/);
        assert.match(await text(office, '/concerns?state=late'), /超期未答复/);
        assert.doesNotMatch(await text(office, `/concerns?kind=fees&from=2020-01-01`), /围墙有裂缝/);
        await done(office, '/concerns/terms', { reply_days: '5', moved: `${day(1)} 休\n` });
        assert.match(await text(office, '/concerns'), /5 个工作日/);
    },
    'what is in the media is registered; a case reaches the public page by another person': async () => {
        await look('/publicity', 'publicity');
        await refused(office, '/publicity', { day: day(0), outlet: '日报', level: 'city', title: '坏链接', link: 'javascript:alert(1)', place: 'county' }, 422).catch(async () => refused(office, '/publicity', { day: day(0), outlet: '日报', level: 'city', title: '坏链接', link: 'javascript:alert(1)', place: 'county' }, 400));
        await done(office, '/publicity', { day: day(0), outlet: '日报', level: 'city', title: '新的报道', link: 'https://example.com/a', place: 'county' });
        assert.match(await text(office, '/publicity'), /href="https:\/\/example\.com\/a"/);
        const mine = (await text(township, '/cases')).match(/value="(township:[^"]+)"/)[1];
        const path = await done(township, '/cases', { title: '镇里的做法', theme: 'quality', summary: '摘要', body: '第一段\n第二段', place: mine });
        await done(office, path, { step: 'take', version: '1' });
        assert.doesNotMatch(await (await fetch(`${server.base}/public`)).text(), /镇里的做法/);
        await look(path, 'case');
        await done(office, path, { step: 'release', version: '2' });
        assert.match(await (await fetch(`${server.base}/public`)).text(), /镇里的做法/);
        await look('/cases', 'cases');
    },
    'the way of recognition goes step by step': async () => {
        await look('/procedure', 'procedure');
        await done(office, '/procedure', { step: 'self', what: 'passed', day: day(0), document: '〔2026〕5号', words: '' });
        assert.match(await refused(office, '/procedure', { step: 'city', what: 'begun', day: day(0), document: '', words: '' }, 409), /申报条件还没有全部达到/);
        assert.match(await refused(office, '/procedure', { step: 'province', what: 'begun', day: day(0), document: '', words: '' }, 409), /还没有通过/);
        await look('/organisation', 'organisation');
        const pdf = Buffer.from(await (await office.get('/organisation/paper?as=pdf')).arrayBuffer());
        assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
        if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'organisation.pdf'), pdf);
        await look('/watch', 'watch');
        assert.match(await text(mayor, '/watch'), /滑坡/);
    },
    'the mayor sees on one screen and one A4 what is stuck and with whom': async () => {
        await look('/mayor', 'mayor');
        const said = await text(mayor, '/mayor');
        assert.match(said, /卡住的事[\s\S]*变差的/);
        assert.match(said, /创建工作第四次联席会议/);
        assert.match(said, /href="\/targets">年度目标：/);
        assert.ok((said.match(/class="src"/g) ?? []).length >= 2);
        await page.goto(`${server.base}/mayor`);
        const inside = await page.evaluate(() => document.querySelector('.mayor').getBoundingClientRect().bottom);
        assert.ok(inside <= 900, `one screen: ${inside}`);
        assert.equal(await page.locator('.mayor form, .mayor button, .mayor select, .mayor input').count(), 0);
        const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
        if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'mayor.pdf'), pdf);
        assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, 1, 'more than one A4');
        assert.deepEqual(trouble, []);
    },
}, async () => { await browser.close(); await server.close(); });
