// The report in a browser: read, its words changed, a figure that moves flagged and taken; downloaded in three forms; the conditions
// for applying; frozen, made again, compared, packed only when all is green.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, signIn, tests } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];
const office = await signIn(server.base, server.account, server.password);
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', acceptDownloads: true }), page = await context.newPage();
page.on('console', (message) => { if (message.type() === 'error' && !/409|422/.test(message.text())) trouble.push(message.text()); });
page.on('request', (request) => { if (request.url().includes('/csp-report')) trouble.push('a CSP report'); });
await page.goto(`${server.base}/sign-in`);
await page.fill('#name', server.account);
await page.fill('#password', server.password);
await page.click('button[type=submit]');
const look = async (path, name) => {
    await page.goto(server.base + path);
    for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}-${width}.png`), fullPage: true });
        if (width === 390) assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than a phone`);
    }
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].target}`));
    assert.deepEqual(found, [], path);
    await page.setViewportSize({ width: 1440, height: 900 });
};
const text = async (path) => { const answer = await office.get(path); assert.equal(answer.status, 200, path); return answer.text(); };
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
let section, figure, school;

// The first section of the draft that has a figure of a coefficient, and the school whose pupils will change.
async function find() {
    const edit = await text('/reports/county/edit?year=2025');
    for (const [, id] of edit.matchAll(/section=([^"&]+)"/g)) {
        const words = (await text(`/reports/county/edit?year=2025&section=${id}`)).match(/<textarea[^>]*>([\s\S]*?)<\/textarea>/)?.[1] ?? '';
        const found = words.match(/〔([^｜〕]+)｜(cv:primary:L7:2025|mean:primary:L7:2025)〕/);
        if (found) return { id: decodeURIComponent(id), words: found[1], key: found[2] };
    }
    throw new Error('no section with a figure');
}
async function changePupils(value) {
    const form = await text(`/schools/${school}/figures?year=2025`), seen = form.match(/name="s\.pupils_primary"[^>]*value="([^"]*)"/)[1];
    const answer = await office.post(`/schools/${school}/figures?year=2025`, { 'v.pupils_primary': value, 's.pupils_primary': seen, reason: '测试更正' });
    assert.ok([200, 303, 422].includes(answer.status), `${answer.status}`);
    assert.ok((await text(`/schools/${school}/figures?year=2025`)).match(/name="s\.pupils_primary"[^>]*value="([^"]*)"/)[1] !== seen, 'the figure was not changed');
}

await tests({
    'the conditions for applying say what blocks, who sees to it, by when': async () => {
        await look('/readiness?year=2025', 'readiness');
        const said = await page.locator('main').innerText();
        assert.match(said, /还不能申报：\d+ 条中/);
        assert.match(said, /差异系数[\s\S]*自评工作/);
        for (const link of await page.locator('main table a').all()) {
            const path = await link.getAttribute('href');
            if (/^\/(returns)/.test(path)) continue;
            assert.ok([200].includes((await office.get(path.split('#')[0])).status), path);
        }
        const early = await office.post('/readiness/pack?year=2025', {});
        assert.equal(early.status, 409);
        assert.match(await early.text(), /还不能生成申请材料/);
    },
    'the reports are there, each with its figures leading to their sources': async () => {
        await look('/reports?year=2025', 'reports');
        await look('/reports/county?year=2025', 'report');
        assert.ok(await page.locator('.doc a.src').count() > 100);
        const paths = await page.locator('.doc a.src').evaluateAll((links) => [...new Set(links.map((a) => a.getAttribute('href')))]);
        for (const path of paths.filter((_, i) => i % Math.ceil(paths.length / 12) === 0)) assert.equal((await office.get(path)).status, 200, path);
        const index = await text('/reports?year=2025');
        for (const kind of ['township', 'school', 'indicator']) {
            const path = index.match(new RegExp(`href="(/reports/${kind}[^"]+)"`))[1].replaceAll('&amp;', '&');
            assert.match(await text(path), /class="sheet flows doc"/);
        }
    },
    'they are downloaded as DOCX, PDF and XLSX': async () => {
        for (const [as, head] of [['docx', 'PK'], ['pdf', '%PDF'], ['xlsx', 'PK']]) {
            const answer = await office.get(`/reports/county/file?year=2025&as=${as}`);
            assert.equal(answer.status, 200, as);
            assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, head.length).toString('latin1'), head);
        }
        assert.equal((await office.get('/reports/county/file?year=2025&as=exe')).status, 400);
    },
    'a section is written in the office\'s words, beside its draft': async () => {
        const found = await find();
        section = found.id, figure = found;
        await page.goto(`${server.base}/reports/county/edit?year=2025&section=${encodeURIComponent(section)}`);
        const words = await page.locator('#words').inputValue();
        await page.fill('#words', `${words}\n\n办公室补充：〔${figure.words}｜${figure.key}〕，详见附表。`);
        await page.click('form[data-main] button');
        await page.waitForSelector('text=历次文字');
        assert.match(await text('/reports/county?year=2025'), /办公室补充/);
        await look(`/reports/county/edit?year=2025&section=${encodeURIComponent(section)}`, 'report-edit');
    },
    'who writes over somebody else is told, and loses nothing': async () => {
        const answer = await office.post(`/reports/county/edit?year=2025&section=${encodeURIComponent(section)}`, { act: 'save', seen: '0', words: '晚来的一版' });
        assert.equal(answer.status, 409);
        assert.match(await answer.text(), /晚来的一版/);
    },
    'a figure that moves is flagged, old and new, never swapped by itself': async () => {
        school = (await text('/schools?year=2025&stage=primary')).match(/href="\/schools\/(\d{10})/)[1];
        await changePupils('3777');
        const read = await text('/reports/county?year=2025');
        assert.ok(read.includes('id="moved"'), 'nothing is flagged');
        const edit = await text(`/reports/county/edit?year=2025&section=${encodeURIComponent(section)}`);
        assert.ok(edit.includes(`<b>${figure.words}</b>`));
        assert.ok(edit.match(/<textarea[^>]*>([\s\S]*?)<\/textarea>/)[1].includes(`〔${figure.words}｜${figure.key}〕`));
        await page.goto(`${server.base}/reports/county/edit?year=2025&section=${encodeURIComponent(section)}`);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, 'report-moved-1440.png'), fullPage: true });
        await Promise.all([page.waitForNavigation(), page.click('text=都换成新数')]);
        assert.equal(await page.locator('#words').count(), 1, (await page.locator('main').innerText()).slice(0, 400));
        assert.equal(await page.locator('#moved').count(), 0);
        assert.ok(!(await page.locator('#words').inputValue()).includes(`〔${figure.words}｜${figure.key}〕`));
    },
    'frozen with a reason; made again it is the same to the byte, after the data went on': async () => {
        assert.equal((await office.post('/frozen?year=2025', { reason: ' ' })).status, 422);
        await page.goto(`${server.base}/frozen?year=2025`);
        await page.fill('#reason', '报送市级复核');
        await page.click('form[data-main] button');
        await page.waitForSelector('.hash');
        const path = new URL(page.url()).pathname;
        await changePupils('3500');
        await look(`${path}/verify`, 'frozen-verified');
        assert.match(await page.locator('#verified').innerText(), /一字节不差/);
        const manifest = JSON.parse(Buffer.from(await (await office.get(`${path}/file?path=${encodeURIComponent('清单.json')}`)).arrayBuffer()).toString());
        assert.ok(manifest.files.length > 12);
        for (const file of manifest.files.filter((f) => f.kind === 'made')) {
            const bytes = Buffer.from(await (await office.get(`${path}/file?path=${encodeURIComponent(file.path)}`)).arrayBuffer());
            assert.equal(sha256(bytes), file.sha256, file.path);
        }
        const one = Buffer.from(await (await office.get(`${path}/zip`)).arrayBuffer()), two = Buffer.from(await (await office.get(`${path}/zip`)).arrayBuffer());
        assert.equal(sha256(one), sha256(two));
        await look('/frozen?year=2025', 'frozen');
        assert.ok((await text('/readiness?year=2025')).includes('要重新归档'), 'still said to be frozen');
    },
    'two assessments stand beside each other: years, frozen and now, editions': async () => {
        assert.ok((await text('/frozen/compare?a=now&a_year=2025&b=now&b_year=2025')).includes('都一样'));
        await look('/frozen/compare?a=now&a_year=2024&b=now&b_year=2025', 'compare');
        assert.match(await page.locator('h1').innerText(), /比了 [\d,]+ 格，[\d,]+ 格不一样/);
        const id = (await text('/frozen')).match(/href="\/frozen\/([0-9a-f]{8,})"/)[1];
        const changed = await text(`/frozen/compare?a=${id}&b=now&b_year=2025`);
        assert.ok(changed.includes('格不一样'), 'nothing has changed');
        assert.ok((await text('/frozen/compare?a=now&a_year=2025&a_edition=cn-2012-basic&b=now&b_year=2025')).includes('格不一样'));
        assert.equal((await office.get('/frozen/compare?a=now&a_edition=/etc&b=now')).status, 400);
    },
    'who may not is refused': async () => {
        const clerk = await person(server.base, server.data, 'kanbaogao', 'clerk', ['--school', school]), session = await signIn(server.base, clerk.name, clerk.password);
        for (const path of ['/reports/county', '/frozen', '/readiness', '/reports/county/edit', '/reports/county/file?as=docx']) assert.equal((await session.get(path)).status, 403, path);
        assert.equal((await session.get(`/reports/school?id=${school}&year=2025`)).status, 200);
        const other = (await text('/schools?year=2025')).match(new RegExp(`href="/schools/(?!${school})(\\d{10})`))[1];
        assert.equal((await session.get(`/reports/school?id=${other}&year=2025`)).status, 404);
        assert.equal((await session.post('/frozen?year=2025', { reason: '不该成的' })).status, 403);
    },
    'nothing was refused by the browser': async () => assert.deepEqual(trouble, []),
}, async () => { await browser.close(); await server.close(); });
