// The schools in a matrix, a school, schools side by side, and the list as a workbook: in a browser, without
// scripts, on a phone, and for a township's liaison.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, run, serve, signIn, tests } from './server.mjs';

const require = createRequire(import.meta.url);
const ExcelJS = require('exceljs');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const me = await signIn(server.base, server.account, server.password);
const trouble = [];

async function open(path, options = {}, cookie = me.cookie) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    await context.addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.base })));
    const page = await context.newPage();
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) trouble.push(`${path}: ${message.text()}`); });
    page.on('pageerror', (error) => trouble.push(`${path}: ${error}`));
    await page.goto(server.base + path);
    return page;
}
const names = (page) => page.locator('.matrix tbody th > a').allTextContents();
const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
const unescape = (text) => text.replace(/&amp;/g, '&');
const listed = (html) => [...html.matchAll(/<th scope="row"><a href="([^"]+)">([^<]+)<\/a><input/g)].map((m) => ({ path: unescape(m[1]), name: m[2] }));
const html = async (session, path) => (await session.get(path)).text();
/* Rows of the workbook's first sheet, as texts. */
async function workbook(session, path) {
    const answer = await session.get(path);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition'), /attachment; .*filename\*=UTF-8''.*\.xlsx/);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    const sheet = book.worksheets[0], rows = [];
    sheet.eachRow((row) => rows.push(row.values.slice(1)));
    return rows;
}
const first = listed(await html(me, '/schools'))[0];

await tests({
    async 'the matrix says its state in words, signs and tints, and every number leads to its source'() {
        const page = await open('/schools');
        assert.match(await page.textContent('h1'), /^小学 \d+ 所：\d+ 所达标/);
        assert.ok((await names(page)).length > 80);
        const bad = page.locator('td.c-unmet').first();
        assert.match(await bad.textContent(), /^[\d.,]+ 不达标$/);
        assert.match(await bad.locator('a.src').getAttribute('href'), /^\/lineage\?of=level:primary:L\d:\d+:2025$/);
        assert.equal(await page.locator('thead th[aria-sort]').getAttribute('aria-sort'), 'ascending');
        assert.match(await page.textContent('tfoot'), /合计 \d+ 所.*所达标.*县均值.*系数/s);
        const head = page.locator('.matrix thead th').first(), top = (await head.boundingBox()).y;
        await page.locator('.matrix').evaluate((box) => { box.scrollTop = 900; });
        assert.ok(Math.abs((await head.boundingBox()).y - top) < 2, 'the head scrolls away');
        await page.locator('.matrix').evaluate((box) => { box.scrollTop = 0; });
        await shot(page, 'schools-1440');
        await page.close();
    },
    async 'a head sorts, a second press turns the order round, and the address keeps it'() {
        const page = await open('/schools');
        await page.click('thead a:has-text("骨干教师")');
        assert.equal(new URL(page.url()).searchParams.get('sort'), 'L2');
        const values = () => page.locator('.matrix tbody tr td:nth-child(6) a.src').allTextContents();
        const rising = (await values()).filter((v) => v !== '缺').map(Number);
        assert.deepEqual(rising, [...rising].sort((a, b) => a - b));
        await page.click('thead a:has-text("骨干教师")');
        assert.equal(await page.locator('thead th[aria-sort]').getAttribute('aria-sort'), 'descending');
        const falling = (await values()).filter((v) => v !== '缺').map(Number);
        assert.deepEqual(falling, [...rising].reverse());
        await page.close();
    },
    async 'filters narrow the list, their counts fit, and the list can be sent as a link'() {
        const page = await open('/schools');
        const chip = page.locator('#choices .seg a:has(.st.unmet)'), n = Number((await chip.textContent()).match(/(\d+)$/)[1]);
        await chip.click();
        assert.equal((await names(page)).length, n);
        assert.equal(await page.locator('#choices .seg a:has(.st.unmet)').getAttribute('aria-current'), 'true');
        assert.match(await page.textContent('#list'), new RegExp(`符合条件 ${n} 所`));
        await Promise.all([page.waitForResponse((r) => r.url().includes('township=') && r.ok()), page.selectOption('#township', { index: 1 })]);
        await page.waitForFunction(() => new URL(location).searchParams.get('township') && !document.querySelector('.htmx-request'));
        const address = new URL(page.url());
        assert.equal(address.searchParams.get('verdict'), 'unmet');
        const again = await open(address.pathname + address.search);
        assert.deepEqual(await names(again), await names(page));
        await page.close();
        await again.close();
    },
    async 'typing narrows the list by name and by initials; the address follows, the focus stays'() {
        const page = await open('/schools?verdict=met');
        await page.click('#q');
        await page.keyboard.type('llz');
        await page.waitForFunction(() => new URL(location).searchParams.get('q') === 'llz');
        await page.waitForFunction(() => [...document.querySelectorAll('.matrix tbody th > a')].length < 60);
        const found = await names(page);
        assert.ok(found.length && found.every((name) => name.includes('柳林镇')), found.join());
        assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
        assert.equal(new URL(page.url()).searchParams.get('verdict'), 'met');
        assert.equal(new URL(page.url()).searchParams.get('township'), null, 'an empty field in the address');
        await page.fill('#q', 'zzzzzz');
        await page.waitForSelector('text=没有符合条件的学校');
        await page.click('#list >> text=清除筛选 >> nth=-1');
        await page.waitForSelector('.matrix tbody tr');
        assert.equal(new URL(page.url()).searchParams.get('q'), null);
        await page.close();
    },
    async 'without scripts the same form narrows the list, and ticked schools stand side by side'() {
        const page = await open('/schools', { javaScriptEnabled: false });
        await page.fill('#q', '柳林镇');
        await page.click('[data-apply]');
        assert.ok((await names(page)).every((name) => name.includes('柳林镇')));
        await page.locator('.matrix .pick').nth(0).check();
        await page.locator('.matrix .pick').nth(1).check();
        const wanted = (await names(page)).slice(0, 2);
        await page.click('#compare');
        assert.equal(new URL(page.url()).pathname, '/schools/compare');
        assert.deepEqual(await page.locator('.beside thead b').allTextContents(), wanted);
        await page.close();
    },
    async 'up to four are chosen, also across a search, and a fifth is refused in words'() {
        const page = await open('/schools');
        for (let i = 0; i < 3; i++) await page.locator('.matrix .pick').nth(i).check();
        await page.fill('#q', '柳林镇');
        await page.waitForFunction(() => new URL(location).searchParams.get('q') === '柳林镇' && document.querySelectorAll('.matrix .pick').length < 30);
        const fresh = page.locator('.matrix .pick:not(:checked)');
        await fresh.nth(0).click();
        assert.match(await page.textContent('#compare'), /4/);
        const fifth = page.locator('.matrix .pick:not(:checked)').first();
        await fifth.click();
        assert.equal(await fifth.isChecked(), false);
        assert.match(await page.textContent('#beside-hint'), /最多 4 所/);
        await page.click('#compare');
        assert.equal(await page.locator('.beside thead b').count(), 4);
        assert.ok(await page.locator('.beside td.c-unmet').count() > 0);
        const rows = await page.locator('.beside tbody tr').count();
        await page.click('text=只看不同的');
        assert.ok(await page.locator('.beside tbody tr').count() < rows);
        await shot(page, 'beside-1440');
        await page.close();
    },
    async 'more than four in an address: the first four, and how many were left out'() {
        const codes = listed(await html(me, '/schools')).slice(0, 6).map(({ path }) => path.match(/\d+/)[0]);
        const page = await html(me, `/schools/compare?codes=${codes.join(',')}&codes=nobody`);
        assert.equal((page.match(/<b>/g) ?? []).length >= 4, true);
        assert.match(page, /多选的 2 所没有列出/);
        assert.match(page, /没有找到：nobody/);
        assert.match(await html(me, '/schools/compare'), /还没有选学校/);
    },
    async 'the workbook holds what is listed, in its order, four columns an indicator, and the audit knows'() {
        const query = '?stage=primary&area=town&sort=L5&order=desc', rows = await workbook(me, `/schools/export${query}`);
        const shown = listed(await html(me, `/schools${query}`)).map(({ name }) => name);
        assert.ok(shown.length > 3);
        const from = rows.findIndex((row) => row[1] === shown[0]);
        assert.deepEqual(rows.slice(from, from + shown.length).map((row) => row[1]), shown);
        assert.deepEqual(rows[from - 1].slice(10, 14), ['基本值', '达标值', '实际值', '是否达标']);
        assert.equal(rows[from].length, 10 + 7 * 4);
        assert.equal(rows.at(-1)[0], `共写出 ${shown.length} 行，符合条件 ${shown.length} 行。`);
        assert.match(rows.flat().join(), /城乡：镇区；按运动场地从大到小排序/);
        assert.match(await html(me, `/schools${query}`), new RegExp(`共写出 ${shown.length} 行，符合条件 ${shown.length} 行`));
        assert.match(run(['audit', 'list', '--data', server.data]), /导出工作簿/);
    },
    async 'a school: its sentence, what is missing, three years, and the neighbours of the list one came from'() {
        const page = await open('/schools?verdict=unmet&sort=name');
        const order = await names(page);
        await page.click('.matrix tbody tr:nth-child(2) th > a');
        assert.match(await page.textContent('h1'), new RegExp(`^${order[1]}\\s*不达标：7 项中 \\d 项达标。.*即可。$`));
        assert.match(await page.textContent('.crumb'), new RegExp(`第 2 所，共 ${order.length} 所`));
        assert.equal(await page.locator('a[rel=prev]').getAttribute('title'), order[0]);
        await page.keyboard.press(']');
        await page.waitForFunction((name) => document.querySelector('h1').textContent.startsWith(name), order[2]);
        assert.equal(new URL(page.url()).searchParams.get('verdict'), 'unmet');
        assert.ok(await page.locator('td.needs b').count() > 0, 'nothing is missing');
        assert.equal(await page.locator('.figures thead th.n').count(), 4, 'three years and the change');
        assert.match(await page.locator('.figures tbody td.note a.src').first().getAttribute('href'), /^\/lineage\/cell\?sha256=/);
        await shot(page, 'school-1440');
        await page.locator('.sheet a.src').nth(1).click();
        await page.waitForSelector('#panel h2');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        await page.waitForURL('**/schools?**');
        assert.deepEqual(await names(page), order);
        await page.close();
    },
    async 'a school that is not there, a stage that is not there, a year without the school'() {
        assert.equal((await me.get('/schools/999')).status, 404);
        assert.equal((await me.get('/schools?stage=senior')).status, 400);
        assert.equal((await me.get('/schools?sort=L99')).status, 400);
        assert.match(await html(me, '/schools?page=9'), /第 \d|符合条件/);
    },
    async 'a liaison of a township sees its schools alone, in the list, the workbook and side by side'() {
        const { name, password } = await person(server.base, server.data, 'town', 'township', ['--township', '柳林镇']);
        const liaison = await signIn(server.base, name, password);
        const mine = listed(await html(liaison, '/schools'));
        assert.ok(mine.length > 2 && mine.every((school) => school.name.includes('柳林镇')));
        assert.ok((await workbook(liaison, '/schools/export')).filter((row) => /^\d{10}$/.test(row[0])).every((row) => row[2] === '柳林镇'));
        const other = listed(await html(me, '/schools')).find((school) => !school.name.includes('柳林镇')).path;
        assert.equal((await liaison.get(other)).status, 404);
        assert.match(await html(liaison, `/schools/compare?codes=${other.match(/\d+/)[0]}`), /没有找到/);
        assert.equal((await liaison.get(mine[0].path.replace('?', '/figures?'))).status, 403);
        assert.doesNotMatch(await html(liaison, mine[0].path), /更正填报数/);
    },
    async 'a county without figures says what will stand here'() {
        const dir = mkdtempSync(join(tmpdir(), 'junheng-empty-')), data = join(dir, 'data');
        run(['init', data, '--county', '410185', '--name', '登封市']);
        const empty = await serve(data);
        try {
            const { name, password } = await person(empty.base, data, 'office', 'office');
            const session = await signIn(empty.base, name, password);
            for (const path of ['/schools', '/schools/compare?codes=1']) assert.match(await html(session, path), /还没有数据/);
            assert.equal((await session.get('/schools/export')).status, 404);
            assert.equal((await session.get('/schools/1')).status, 404);
        } finally {
            await empty.stop();
            rmSync(dir, { recursive: true, force: true });
        }
    },
    async 'nothing serious for axe-core, nothing over the edge, at a desk and on a phone'() {
        const codes = listed(await html(me, '/schools')).slice(0, 3).map(({ path }) => path.match(/\d+/)[0]);
        for (const [name, path] of [['schools', '/schools'], ['school', first.path], ['beside', `/schools/compare?codes=${codes}`], ['figures', first.path.replace('?', '/figures?')]]) {
            for (const width of [1440, 390]) {
                const page = await open(path, { viewport: { width, height: 900 }, bypassCSP: true });
                await shot(page, `${name}-${width}`);
                const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(over <= 0, `${name} hangs ${over} px over the edge at ${width} px`);
                await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
                const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
                const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
                assert.deepEqual(serious.map((v) => `${name} ${width}: ${v.id} ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`), []);
                await page.context().close();
            }
        }
    },
    async 'no page broke the policy or a script'() {
        assert.deepEqual(trouble, []);
    },
}, async () => { await browser.close(); await server.close(); });
