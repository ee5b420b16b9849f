// A returned figure is corrected: cell by cell in the grid, by a plain form, against somebody else, and offline.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { demoServer, person, run, signIn, tests } from './server.mjs';

const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const me = await signIn(server.base, server.account, server.password);
const other = await person(server.base, server.data, 'wang', 'statistician');
const wang = await signIn(server.base, other.name, other.password);
const trouble = [];
const list = await (await me.get('/schools?verdict=unmet')).text();
const CODE = list.match(/href="\/schools\/(\d+)\?/)[1], PATH = `/schools/${CODE}/figures`;
const ITEM = 'teachers_backbone_primary';

async function open(options = {}, path = PATH) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    await context.addCookies(me.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.base })));
    const page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(server.base + path);
    return page;
}
const cell = (page, item = ITEM) => page.locator(`[data-item=${item}]`);
const row = (page, item = ITEM) => page.locator(`tr:has([data-item=${item}])`);
const settled = (page, item = ITEM) => page.waitForFunction((i) => !document.querySelector(`[data-item=${i}]`).closest('td').classList.contains('e-wait'), item);
const stored = async (item = ITEM) => (await (await me.get(`${PATH}/${item}`)).json());
const edit = (session, item, value, seen, more = {}) => session.post(PATH, { item, [`v.${item}`]: value, [`s.${item}`]: seen, ...more });
async function type(page, value, item = ITEM) {
    await cell(page, item).focus();
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
    await settled(page, item);
}

await tests({
    async 'a cell is saved as one leaves it, with its author; Ctrl+Z sends the old value back'() {
        const before = await stored(), page = await open();
        assert.equal(await cell(page).inputValue(), before.typed);
        const less = String(Number(before.typed) - 1);
        await type(page, less);
        assert.equal((await stored()).typed, less);
        assert.match((await stored()).who, /^演示 \d{4}-\d\d-\d\d \d\d:\d\d$/);
        assert.match(await row(page).textContent(), /已存/);
        assert.match(await page.textContent('#saved-at'), /存于 \d\d:\d\d/);
        await page.keyboard.press('Control+z');
        await page.waitForFunction(([i, v]) => document.querySelector(`[data-item=${i}]`).value === v, [ITEM, before.typed]);
        await settled(page);
        assert.equal((await stored()).typed, before.typed);
        await page.keyboard.press('Control+y');
        await settled(page);
        assert.equal((await stored()).typed, less);
        await page.keyboard.press('Control+z');
        await settled(page);
        await page.context().close();
    },
    async 'figures that contradict each other are told at the cell'() {
        const before = await stored(), page = await open();
        await type(page, '9999');
        assert.match(await row(page).textContent(), /有误 现为 9999，.*不应多于小学专任教师数/);
        assert.match(await page.textContent('#tally'), /1 处有误/);
        await type(page, before.typed);
        assert.match(await row(page).textContent(), /已存/);
        await page.context().close();
    },
    async 'the verdict follows what is typed'() {
        const page = await open();
        assert.match(await page.textContent('#sentence'), /^不达标/);
        await cell(page, 'pupils_primary').focus();
        await page.keyboard.press('Delete');
        await settled(page, 'pupils_primary');
        await page.waitForFunction(() => !document.getElementById('sentence').textContent.startsWith('不达标'));
        assert.match(await row(page, 'pupils_primary').textContent(), /未填|必填/);
        await page.keyboard.press('Control+z');
        await settled(page, 'pupils_primary');
        await page.waitForFunction(() => document.getElementById('sentence').textContent.startsWith('不达标'));
        await page.context().close();
    },
    async 'what is no figure is refused at the cell, in words, and what stood stays'() {
        const before = await stored(), page = await open();
        await type(page, '12人');
        assert.match(await row(page).textContent(), /“12人”，应为整数。删去“人”字。/);
        assert.equal(await cell(page).getAttribute('aria-invalid'), 'true');
        assert.equal((await stored()).typed, before.typed);
        await type(page, before.typed);
        assert.equal(await cell(page).getAttribute('aria-invalid'), null);
        await page.context().close();
    },
    async 'a block from a spreadsheet is pasted and sent cell by cell'() {
        const page = await open(), items = ['area_teaching_m2', 'area_indoor_sports_m2'];
        const before = await Promise.all(items.map((item) => stored(item)));
        await cell(page, items[0]).focus();
        await page.evaluate(() => {
            const data = new DataTransfer();
            data.setData('text/plain', '4,321.50\r\n12\r\n');
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        });
        for (const item of items) await settled(page, item);
        assert.deepEqual([(await stored(items[0])).typed, (await stored(items[1])).typed], ['4321.5', '12']);
        await page.keyboard.press('Control+z');
        for (const item of items) await settled(page, item);
        assert.deepEqual(await Promise.all(items.map(async (item) => (await stored(item)).typed)), before.map((b) => b.typed));
        await page.context().close();
    },
    async 'somebody else was there first: both values and a choice'() {
        const page = await open(), before = await stored();
        assert.equal((await edit(wang, ITEM, '36', before.seen)).status, 303);
        await type(page, '34');
        assert.match(await row(page).textContent(), /这格 \d\d:\d\d 由wang改为 36，您填的是 34。.*留哪一个？/);
        assert.equal((await stored()).typed, '36');
        await row(page).getByRole('button', { name: '用我填的 34' }).click();
        await settled(page);
        assert.equal((await stored()).typed, '34');
        assert.equal((await edit(wang, ITEM, '35', '34')).status, 303);
        await type(page, '33');
        await row(page).getByRole('button', { name: '留 35' }).click();
        assert.equal(await cell(page).inputValue(), '35');
        await type(page, before.typed);
        await page.context().close();
    },
    async 'the same act sent twice under one key is done once'() {
        const before = await stored('largest_class'), key = 'abcdefghijklmnopqrstuv';
        const seen = before.seen, twice = [await edit(me, 'largest_class', '41', seen, { key }), await edit(me, 'largest_class', '41', seen, { key })];
        assert.deepEqual(twice.map((answer) => answer.status), [303, 303]);
        const lines = run(['audit', 'list', '--data', server.data]).split('\n').filter((line) => line.includes('largest_class'));
        assert.equal(lines.length, 1);
        assert.equal((await edit(me, 'largest_class', before.typed, '41')).status, 303);
    },
    async 'while the server cannot be reached the cell waits, and is sent once it can'() {
        const page = await open(), before = await stored();
        await page.context().setOffline(true);
        await cell(page).focus();
        await page.keyboard.type('55');
        await page.keyboard.press('Enter');
        await page.waitForSelector('#trouble:not([hidden])');
        assert.match(await page.textContent('#trouble'), /1 格待传/);
        assert.match(await row(page).textContent(), /待传/);
        await page.context().setOffline(false);
        await settled(page);
        assert.equal((await stored()).typed, '55');
        assert.equal(await page.locator('#trouble').isHidden(), true);
        await type(page, before.typed);
        await page.context().close();
    },
    async 'without scripts the form saves what was changed, and gives back what could not be'() {
        const page = await open({ javaScriptEnabled: false }), before = await stored();
        const less = String(Number(before.typed) - 1);
        await cell(page).fill(less);
        await cell(page, 'largest_class').fill('四十');
        await page.fill('#reason', '核对花名册');
        await page.click('[data-save]');
        assert.match(await page.textContent('.errors'), /有 1 格没有存.*最大班额.*四十/s);
        assert.equal(await cell(page, 'largest_class').inputValue(), '四十');
        assert.equal((await stored()).typed, less);
        await cell(page, 'largest_class').fill('40');
        await page.click('[data-save]');
        assert.match(await page.textContent('.band.done'), /已存 1 格/);
        assert.match(await row(page).textContent(), /更正原因：核对花名册/);
        assert.match(await row(page).locator('td.cell').getAttribute('class'), /e-talk/);
        assert.match(await (await me.get(`/schools/${CODE}`)).text(), /演示 [\d-]+ [\d:]+ 更正.*核对花名册/s);
        await cell(page).fill(before.typed);
        await page.click('[data-save]');
        await page.context().close();
    },
    async 'choices and texts are typed as words'() {
        assert.equal((await edit(me, 'area_kind', '镇区', (await stored('area_kind')).seen)).status, 303);
        assert.equal((await stored('area_kind')).typed, '镇区');
        assert.equal((await edit(me, 'area_kind', '山区', (await stored('area_kind')).seen)).status, 422);
        assert.equal((await edit(me, 'no_such_item', '1', '')).status, 400);
        assert.equal((await edit(me, ITEM, '1', 'x')).status, 400);
    },
    async 'nobody edits without the right, the token, or a school of his'() {
        const { name, password } = await person(server.base, server.data, 'head', 'principal', ['--school', CODE]);
        const principal = await signIn(server.base, name, password);
        assert.equal((await principal.get(PATH)).status, 403);
        assert.equal((await edit(principal, ITEM, '1', '')).status, 403);
        const bare = await fetch(server.base + PATH, { method: 'POST', headers: { Cookie: me.cookie, Origin: server.base }, body: new URLSearchParams({ item: ITEM }) });
        assert.equal(bare.status, 403);
        assert.equal((await me.get(`/schools/999/figures`)).status, 404);
    },
    async 'no page broke a script'() { assert.deepEqual(trouble, []); },
}, async () => { await browser.close(); await server.close(); });
