// Typing goes on while the server cannot be reached: what was typed stays in the browser, over a closed page too, is sent when the
// server is back, and never overwrites what somebody else typed meanwhile.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { demoCounty, serve, signIn, tests } from './server.mjs';

const county = demoCounty();
let server = await serve(county.data);
const PORT = new URL(server.base).port;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const clerk = await signIn(server.base, 'demo.tianbao', county.password);
const other = await signIn(server.base, 'demo.tianbao', county.password);
const PATH = (await clerk.get('/returns')).headers.get('location'), CODE = PATH.match(/returns\/(\d+)/)[1], CELLS = `/returns/2026/${CODE}/cells`;
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
await context.addCookies(clerk.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.base })));
const trouble = [];
async function open() {
    const page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(error.stack));
    await page.goto(server.base + PATH);
    return page;
}
const A = 'pupils_primary', B = 'area_teaching_m2', C = 'largest_class';
const cell = (page, item) => page.locator(`[data-item=${item}]`);
const cls = (page, item) => page.locator(`td.cell:has([data-item=${item}])`).getAttribute('class');
const hint = (page, item) => page.locator(`[id="h.${item}"]`).textContent();
const standing = async (item) => (await (await other.get(CELLS)).json()).cells.find((c) => c.item === item);
const sent = (page, item) => page.waitForFunction((i) => !document.querySelector(`[data-item=${i}]`).closest('td').classList.contains('e-wait'), item, { timeout: 15000 });
async function type(page, item, value) {
    await cell(page, item).focus();
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
}
const plus = (typed, n) => String(Number(typed) + n);

await tests({
    async 'without a connection cells wait, visibly, in a band and with a mark; then they are sent'() {
        const page = await open(), [a, b] = [await standing(A), await standing(B)];
        await context.setOffline(true);
        await type(page, A, plus(a.typed, 1));
        await type(page, B, plus(b.typed, 1));
        await page.waitForFunction(() => /2 格待传/.test(document.getElementById('queue').textContent));
        assert.match(await cls(page, A), /e-wait/);
        assert.match(await hint(page, A), /待传/);
        assert.equal((await standing(A)).typed, a.typed);
        await context.setOffline(false);
        await sent(page, A);
        await sent(page, B);
        assert.deepEqual([(await standing(A)).typed, (await standing(B)).typed], [plus(a.typed, 1), plus(b.typed, 1)]);
        await page.waitForSelector('#queue', { state: 'hidden' });
        await page.close();
    },
    async 'the server is killed while one types, the page closed: opened again it sends what was typed'() {
        const page = await open(), a = await standing(A);
        await server.kill();
        await type(page, A, plus(a.typed, 2));
        await page.waitForFunction(() => /1 格待传/.test(document.getElementById('queue').textContent));
        await page.close();
        server = await serve(county.data, ['--port', PORT]);
        const again = await open();
        await sent(again, A);
        assert.equal(await cell(again, A).inputValue(), plus(a.typed, 2));
        assert.equal((await standing(A)).typed, plus(a.typed, 2));
        assert.equal(await again.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('return ')).length), 0);
        await again.close();
    },
    async 'the server comes back under an open page: sent by itself, once'() {
        const page = await open(), c = await standing(C);
        await server.kill();
        await type(page, C, plus(c.typed, 1));
        await page.waitForFunction(() => /1 格待传/.test(document.getElementById('queue').textContent));
        server = await serve(county.data, ['--port', PORT]);
        await sent(page, C);
        const now = await standing(C);
        assert.equal(now.typed, plus(c.typed, 1));
        assert.equal(now.stamp, c.stamp + 1);
        await page.close();
    },
    async 'somebody else typed meanwhile: both values and a choice, also after a reload; nothing is overwritten'() {
        const page = await open(), c = await standing(C);
        await context.setOffline(true);
        await type(page, C, '34');
        await page.waitForFunction(() => /1 格待传/.test(document.getElementById('queue').textContent));
        assert.equal((await other.post(CELLS, { item: C, typed: '36', seen: String(c.stamp) })).status, 200);
        await context.setOffline(false);
        await page.waitForFunction((i) => /您填的是 34/.test(document.getElementById(`h.${i}`).textContent), C, { timeout: 15000 });
        assert.match(await hint(page, C), /这格 \d\d:\d\d 由刘秀英改为 36，您填的是 34。留哪一个？/);
        assert.equal((await standing(C)).typed, '36');
        await page.reload();
        assert.match(await hint(page, C), /您填的是 34/);
        await page.getByRole('button', { name: '用我填的 34' }).click();
        await sent(page, C);
        assert.equal((await standing(C)).typed, '34');
        await page.close();
    },
    async 'or theirs is left'() {
        const page = await open(), c = await standing(C);
        assert.equal((await other.post(CELLS, { item: C, typed: '35', seen: String(c.stamp) })).status, 200);
        await type(page, C, '33');
        await page.getByRole('button', { name: '留 35' }).click();
        assert.equal(await cell(page, C).inputValue(), '35');
        assert.equal((await standing(C)).typed, '35');
        assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('return ')).length), 0);
        await page.close();
    },
    async 'while something waits or is in conflict nothing is submitted'() {
        const page = await open(), b = await standing(B);
        await context.setOffline(true);
        await type(page, B, plus(b.typed, 3));
        await page.waitForFunction(() => /1 格待传/.test(document.getElementById('queue').textContent));
        const told = await page.evaluate(() => { document.getElementById('step').requestSubmit(); return document.getElementById('queue').textContent; });
        assert.equal(told, '还有 1 格待传，传完才能提交。');
        assert.ok(page.url().startsWith(server.base));
        await context.setOffline(false);
        await sent(page, B);
        await page.close();
    },
    async 'no page broke a script'() { assert.deepEqual(trouble, []); },
}, async () => { await browser.close(); await server.stop(); county.remove(); });
