// The map and the official tables in a browser: the map shares its selection with its list, looks closer and takes
// borders; the tables on the screen are those of the workbook, cell by cell; what changes after an export is marked.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, signIn, tests } from './server.mjs';

const require = createRequire(import.meta.url);
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const folder = mkdtempSync(join(tmpdir(), 'map-tables-'));
const trouble = [];
const { cookie, post } = await signIn(server.base, server.account, server.password);
const cookies = cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.base }));
async function open(path, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(15000);
    await context.addCookies(cookies);
    const page = await context.newPage();
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) trouble.push(`${path}: ${message.text()}`); });
    page.on('pageerror', (error) => trouble.push(`${path}: ${error}`));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
    await page.goto(server.base + path, { waitUntil: 'load' });
    return page;
}
const close = (page) => page.context().close();
const box = (page) => page.getAttribute('#map', 'viewBox').then((value) => value.split(' ').map(Number));

/* The cells of a sheet of an .xlsx as { A1: words }, read from its own parts. */
function readSheets(file) {
    const part = (name) => execFileSync('unzip', ['-p', file, name], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const plain = (xml) => xml.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
    const strings = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) =>
        plain([...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, t]) => t).join('')));
    return [...part('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map(([, name], i) => {
        const cells = {};
        for (const [, at, kind, value] of part(`xl/worksheets/sheet${i + 1}.xml`).matchAll(/<c r="([A-Z]+\d+)"[^>]*?(?: t="(\w+)")?><v>(.*?)<\/v><\/c>/g))
            cells[at] = kind === 's' ? strings[Number(value)] : Number(value);
        return { name: plain(name), cells };
    });
}
/* The same of a table on the screen; every cell in its place of the grid, by rowspan and colspan. */
const readTable = (page) => page.evaluate(() => {
    const cells = {}, taken = new Set();
    const letters = (n) => (n > 26 ? letters(Math.floor((n - 1) / 26)) : '') + String.fromCharCode(65 + (n - 1) % 26);
    [...document.querySelectorAll('#form tr')].forEach((row, r) => {
        let c = 1;
        for (const cell of row.cells) {
            while (taken.has(`${r} ${c}`)) c++;
            for (let y = 0; y < cell.rowSpan; y++) for (let x = 0; x < cell.colSpan; x++) taken.add(`${r + y} ${c + x}`);
            const copy = cell.cloneNode(true);
            for (const was of copy.querySelectorAll('.was-then')) was.remove();
            const words = copy.textContent.replace(/^\n|\n$/g, '');
            if (words && !cell.classList.contains('none')) cells[`${letters(c)}${r + 1}`] = words;
            c += cell.colSpan;
        }
    });
    return cells;
});
async function exportAll(name) {
    const answer = await post('/tables/export', { year: '2025' });
    assert.equal(answer.status, 200);
    assert.match(decodeURIComponent(answer.headers.get('content-disposition')), /申报表2025学年\.xlsx/);
    const file = join(folder, name);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    return readSheets(file);
}

await tests({
    async 'each school stands once on the map, and as a link without a script'() {
        const page = await open('/map', { javaScriptEnabled: false });
        const signs = await page.locator('#map .pt').count(), rows = await page.locator('#map-rows tbody tr').count();
        assert.ok(signs > 100 && signs === rows, `${signs} signs, ${rows} rows`);
        assert.ok(await page.locator('#map .township').count() > 5);
        assert.ok(await page.locator('#map .names text').count() > 5);
        assert.match(await page.locator('#map .pt').first().getAttribute('href'), /^\/schools\/\d+\?year=2025$/);
        assert.match(await page.locator('#map-rows a.src').first().getAttribute('href'), /^\/lineage\?of=unit%3A/);
        assert.ok(!(await page.isVisible('#map-zoom')));
        await close(page);
    },

    async 'a row rings its school, a school its row'() {
        const page = await open('/map');
        const row = page.locator('#map-rows tbody tr').nth(2);
        await row.hover();
        const code = await row.getAttribute('data-code');
        const at = (await page.locator(`#map .pt[data-code="${code}"]`).getAttribute('transform')).split(')')[0];
        assert.ok((await page.locator('#map .ring').locator('..').getAttribute('transform')).startsWith(at));
        await page.locator('#map-rows tbody tr').nth(5).locator('th a').focus();
        assert.ok(await page.locator('#map-rows tbody tr').nth(5).evaluate((e) => e.classList.contains('picked')));
        const sign = page.locator('#map .pt').last();
        await sign.dispatchEvent('pointerover', { pointerType: 'mouse', bubbles: true });
        assert.equal(await page.locator('#map-rows tr.picked').getAttribute('data-code'), await sign.getAttribute('data-code'));
        assert.ok(await page.locator('#map-rows tr.picked').isVisible());
        assert.ok((await page.textContent('#map-picked')).length > 4);
        await close(page);
    },

    async 'it looks closer by button and wheel, moves when dragged, and its signs keep their size'() {
        const page = await open('/map');
        const whole = await box(page), sign = page.locator('#map .pt path').first();
        const before = await sign.evaluate((e) => e.getBoundingClientRect().width);
        for (let i = 0; i < 3; i++) await page.click('[data-zoom=in]');
        const closer = await box(page);
        assert.ok(closer[2] < whole[2] / 3.9);
        const after = await sign.evaluate((e) => e.getBoundingClientRect().width);
        assert.ok(after < before * 1.7, `a sign grew from ${before} to ${after}`);
        const frame = await page.locator('#map').boundingBox();
        await page.mouse.move(frame.x + 300, frame.y + 300);
        await page.mouse.down();
        await page.mouse.move(frame.x + 200, frame.y + 260, { steps: 4 });
        await page.mouse.up();
        assert.ok((await box(page))[0] > closer[0] + 10);
        assert.match(page.url(), /\/map$/, 'a drag opened a school');
        await page.mouse.wheel(0, -100);
        await page.waitForFunction((w) => Number(document.querySelector('#map').getAttribute('viewBox').split(' ')[2]) < w - 1, closer[2]);
        await page.click('[data-zoom=whole]');
        assert.deepEqual(await box(page), whole);
        await close(page);
    },

    async 'filters and indicator stand in the address'() {
        const page = await open('/map?by=L5&stage=primary');
        assert.match(await page.textContent('h1'), /运动场地/);
        assert.match(await page.locator('#map-rows a.src').first().getAttribute('href'), /^\/lineage\?of=level%3Aprimary%3AL5%3A/);
        await Promise.all([page.waitForURL(/verdict=near/), page.selectOption('[name=verdict]', 'near')]);
        assert.match(page.url(), /by=L5/);
        assert.ok(await page.locator('#map-rows .st.near').count() > 0);
        assert.equal(await page.locator('#map-rows .st.near').count(), await page.locator('#map-rows tbody tr').count());
        const wrong = await page.request.get(`${server.base}/map?verdict=good`);
        assert.equal(wrong.status(), 400);
        await close(page);
    },

    async 'the county brings its own borders; a file of something else is refused in words'() {
        const form = (name, text) => { const f = new FormData(); f.append('file', new Blob([text]), name); return f; };
        const refused = await post('/map/outline', form('a.geojson', '{"type":"Poem"}'));
        assert.equal(refused.status, 422);
        assert.match(await refused.text(), /id="fault"/);
        assert.equal((await post('/map/outline', new URLSearchParams())).status, 422);
        const square = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { kind: 'township', name: '四方镇' },
            geometry: { type: 'Polygon', coordinates: [[[112.5, 34], [114, 34], [114, 35], [112.5, 35], [112.5, 34]]] } }] };
        await close(await open('/map')); /* looked at before: what was kept of it must not stay */
        const taken = await post('/map/outline', form('四方.geojson', JSON.stringify(square)));
        assert.equal(taken.status, 303, await taken.text());
        const page = await open('/map?brought=1');
        assert.deepEqual(await page.locator('#map .names text').allTextContents(), ['四方镇']);
        await page.goto(`${server.base}/map`);
        assert.deepEqual(await page.locator('#map .names text').allTextContents(), ['四方镇']);
        await close(page);
    },

    async 'the workbook has on every sheet what the screen shows, cell by cell'() {
        const sheets = await exportAll('first.xlsx');
        assert.equal(sheets.length, 7);
        const page = await open('/tables');
        for (const { name, cells } of sheets) {
            await page.goto(`${server.base}/tables?table=${encodeURIComponent(name)}`);
            const screen = await readTable(page);
            const words = (value) => (typeof value === 'number' ? value : value.replace(/\s+/g, ' ').trim());
            const wrong = [];
            for (const at of new Set([...Object.keys(cells), ...Object.keys(screen)])) {
                const there = cells[at] ?? '', here = screen[at] ?? '';
                /* A number is shown with its decimals, never with others than it has. */
                const decimals = (String(here).split('.')[1] ?? '').length;
                const same = typeof there === 'number' ? here === there.toFixed(decimals) || Number(here) === there || Math.abs(Number(here) - there) <= 0.5000001 * 10 ** -decimals
                                                      : words(there) === words(here);
                if (!same) wrong.push(`${at}: ${there} | ${here}`);
            }
            assert.deepEqual(wrong.slice(0, 5), [], name);
            assert.ok(Object.keys(screen).length > 15, name);
            assert.equal(await page.locator('.official .changed').count(), 0, 'nothing has changed since');
        }
        assert.match(await page.textContent('.form-tools .note'), /上次导出.*第 \d+ 版.*没有变/);
        await close(page);
    },

    async 'a number in a table leads to where it came from'() {
        const page = await open('/tables?table=%E8%A1%A82-2');
        const link = page.locator('#form a.src').nth(20);
        assert.match(await link.getAttribute('href'), /^\/lineage\?of=/);
        await link.click();
        await page.waitForSelector('#panel h2');
        assert.ok(await page.isVisible('#panel .chain, #panel h2'));
        const broken = [];
        const hrefs = await page.locator('#form a.src').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))]);
        for (const table of ['表1', '表2-1', '表3', '表4', '表5', '表6']) {
            const html = await (await page.request.get(`${server.base}/tables?table=${encodeURIComponent(table)}`)).text();
            for (const [, href] of html.matchAll(/class="src" href="(\/lineage[^"]*)"/g)) hrefs.push(href);
        }
        const kinds = new Map(hrefs.map((href) => [decodeURIComponent(href).split('=')[1].split(':').slice(0, 3).join(':').replace(/school:\d+/, 'school'), href]));
        for (const href of kinds.values()) if ((await page.request.get(server.base + href)).status() !== 200) broken.push(href);
        assert.deepEqual(broken, []);
        await close(page);
    },

    async 'on a phone only the table itself scrolls sideways; the map stands above its list'() {
        for (const path of ['/map', '/tables', '/tables?table=%E8%A1%A82-2', '/tables?table=%E8%A1%A84']) {
            const page = await open(path, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
            const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(over <= 0, `${path} hangs ${over} px over the edge`);
            if (path === '/map') {
                const [map, list] = await Promise.all(['#map', '#map-rows'].map((s) => page.locator(s).boundingBox()));
                assert.ok(map.y + map.height <= list.y);
                const sign = page.locator('#map .pt').last();
                await sign.tap({ force: true });
                assert.match(page.url(), /\/map$/, 'the first touch opens instead of picking');
                assert.ok(await page.isVisible('#map-picked a'));
            }
            await close(page);
        }
    },

    async 'axe finds nothing serious'() {
        for (const [path, width] of [['/map', 1440], ['/map?by=L3&verdict=near', 390], ['/tables', 390], ['/tables?table=%E8%A1%A82-1', 1440], ['/tables?table=%E8%A1%A84', 1440]]) {
            const page = await open(path, { viewport: { width, height: 900 }, bypassCSP: true });
            await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
            const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
            const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact))
                .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
            assert.deepEqual(serious, [], `${path} at ${width}`);
            await close(page);
        }
    },

    async 'on paper there are no tools, and the list is whole'() {
        const page = await open('/map');
        await page.emulateMedia({ media: 'print' });
        assert.ok(!(await page.isVisible('.tools')) && !(await page.isVisible('#map-zoom')) && await page.isVisible('#map'));
        assert.ok(await page.locator('.map-list').evaluate((e) => e.scrollHeight <= e.clientHeight + 1));
        await close(page);
    },

    async 'nothing broke the content security policy'() {
        assert.deepEqual(trouble.filter((line) => !/400|422/.test(line)), []);
    },
}, async () => { await browser.close(); await server.close(); rmSync(folder, { recursive: true }); });
