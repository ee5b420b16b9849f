// A school's return through its hands: filled in by the clerk, submitted, sent back with cells and reasons, confirmed, checked,
// approved; the year locked; a figure corrected by two people.  The people are the demo's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { demoServer, signIn, tests } from './server.mjs';

const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const who = {};
for (const [name, account] of Object.entries({ demo: 'demo', tongji: 'demo.tongji', zhen: 'demo.zhen', xiangzhen: 'demo.zhen', xiaozhang: 'demo.xiaozhang', tianbao: 'demo.tianbao', tianbao2: 'demo.tianbao2' }))
    who[name] = await signIn(server.base, account, server.password);
const PATH = (await who.tianbao.get('/returns')).headers.get('location'), CODE = PATH.match(/returns\/(\d+)/)[1];
const trouble = [];
const PUPILS = 'pupils_primary', BLANKED = 'area_teaching_m2';

async function open(name, path = PATH, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    await context.addCookies(who[name].cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.base })));
    const page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('console', (message) => { if (/Content.Security.Policy/.test(message.text())) trouble.push(message.text()); });
    const answer = await page.goto(server.base + path);
    assert.equal(answer.status(), 200, path);
    return page;
}
const cell = (page, item) => page.locator(`[data-item=${item}]`);
const state = (page, item) => page.locator(`td.cell:has([data-item=${item}])`).getAttribute('class');
const hint = (page, item) => page.locator(`[id="h.${item}"]`).textContent();
const settled = (page, item, wanted = /e-(saved|bad|talk|empty)/) =>
    page.waitForFunction(([i, w]) => new RegExp(w).test(document.querySelector(`[data-item=${i}]`).closest('td').className), [item, wanted.source]);
const standing = async (item) => (await (await who.tianbao.get(`/returns/2026/${CODE}/cells`)).json()).cells.find((c) => c.item === item);
async function type(page, item, value, wanted) {
    await cell(page, item).focus();
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
    await settled(page, item, wanted);
}
const step = async (name, fields, path = PATH) => who[name].post(path.replace('?', '/step?'), fields);
async function clean(page) {
    const context = await browser.newContext({ bypassCSP: true, viewport: page.viewportSize() });
    await context.addCookies(await page.context().cookies());
    const look = await context.newPage();
    await look.goto(page.url());
    await look.evaluate(axe);
    const found = await look.evaluate(() => axe.run());
    await context.close();
    assert.deepEqual(found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id} ${v.nodes[0].html}`), []);
}
let first;

await tests({
    async 'the office sees who is where and who is late; filters stand in the address'() {
        const page = await open('demo', '/returns');
        assert.match(await page.textContent('h1'), /2026学年要报的 \d+ 所学校，已审定 \d+ 所，逾期 \d+ 所/);
        assert.match(await page.textContent('tbody tr:first-child'), /逾期/);
        const all = await page.locator('tbody tr').count();
        await page.locator('.tabs a', { hasText: '已审核' }).click();
        assert.match(page.url(), /state=checked/);
        const some = await page.locator('tbody tr').count();
        assert.ok(some > 0 && some < all);
        await page.selectOption('#township', { index: 1 });
        await page.waitForURL(/township=/);
        await clean(page);
        await page.context().close();
    },
    async 'a clerk comes to his own return; another school is not there for him'() {
        assert.match(PATH, /^\/returns\/\d+\?year=2026$/);
        assert.equal((await who.tianbao.get('/returns/2419900001?year=2026')).status, 404);
        assert.equal((await who.tianbao2.get(PATH)).status, 404);
    },
    async 'a cell is saved as one leaves it and stays after a reload; last year and the change stand beside it'() {
        const page = await open('tianbao');
        first = await cell(page, PUPILS).inputValue();
        await type(page, PUPILS, String(Number(first) - 1));
        assert.equal((await standing(PUPILS)).typed, String(Number(first) - 1));
        assert.match(await page.textContent('#saved-at'), /\d\d:\d\d/);
        await page.reload();
        assert.equal(await cell(page, PUPILS).inputValue(), String(Number(first) - 1));
        assert.match(await page.textContent(`tr[data-row=${PUPILS}]`), /−\d+/);
        await type(page, PUPILS, first);
        await clean(page);
        await page.context().close();
    },
    async 'the cell in hand tells its definition, three years and who typed it'() {
        const page = await open('tianbao');
        await cell(page, PUPILS).focus();
        const about = page.locator(`#about-${PUPILS}`);
        assert.ok(await about.isVisible());
        assert.match(await about.textContent(), /2024学年.*2025学年.*2026/s);
        await cell(page, 'area_kind').focus();
        assert.ok(await about.isHidden());
        await page.context().close();
    },
    async 'a fault is told at its cell and bars the submission, also when it is sent by force'() {
        const page = await open('tianbao');
        await type(page, PUPILS, '四百', /e-bad/);
        assert.match(await hint(page, PUPILS), /四百/);
        await page.waitForSelector('#bar [aria-disabled=true]');
        assert.match(await page.textContent('#bar'), /1 处有误.*先处理这/s);
        assert.match(await page.textContent('h1'), /还有 \d+ 处要处理/);
        const forced = await step('tianbao', { step: 'submit' });
        assert.equal(forced.status, 422);
        assert.match(await forced.text(), /还有 \d+ 处错误，不能提交/);
        await page.reload();
        assert.equal(await cell(page, PUPILS).inputValue(), '四百');
        assert.match(await state(page, PUPILS), /e-bad/);
        await type(page, PUPILS, first);
        await page.context().close();
    },
    async 'a compulsory blank bars it'() {
        const page = await open('tianbao');
        await cell(page, BLANKED).focus();
        await page.keyboard.press('Delete');
        await settled(page, BLANKED, /e-empty/);
        await page.waitForSelector('#bar [aria-disabled=true]');
        assert.match(await hint(page, BLANKED), /必填/);
        assert.match(await (await step('tianbao', { step: 'submit' })).text(), /必填的格空着/);
        await page.keyboard.press('Control+z');
        await settled(page, BLANKED, /e-saved/);
        await page.waitForFunction(() => !document.querySelector('#bar [aria-disabled=true]'));
        await page.context().close();
    },
    async 'a warning asks for a reason before it can be submitted'() {
        const page = await open('tianbao'), item = 'pupils_migrant', old = await cell(page, item).inputValue();
        await cell(page, item).focus();
        await page.keyboard.press('Delete');
        await page.waitForSelector('#bar [aria-disabled=true]');
        assert.match(await page.textContent('#bar'), /1 处待说明/);
        assert.match(await hint(page, item), /去年填的是 \d+，今年空着/);
        assert.match(await (await step('tianbao', { step: 'submit' })).text(), /没有说明原因/);
        await page.locator(`#about-${item} .finding textarea`).fill('今年没有随迁子女');
        await page.locator(`#about-${item} .finding button`).click();
        await page.waitForURL(/#about-/);
        await page.waitForFunction(() => !document.querySelector('#bar [aria-disabled=true]'));
        assert.match(await hint(page, item), /已说明：今年没有随迁子女/);
        await type(page, item, old);
        await page.context().close();
    },
    async 'a pasted block is sent cell by cell; Ctrl+Z takes it back'() {
        const page = await open('tianbao');
        const inputs = await page.evaluate(() => [...document.querySelectorAll('#grid input[inputmode=decimal]')].slice(-6, -4).map((i) => i.dataset.item));
        const old = [await cell(page, inputs[0]).inputValue(), await cell(page, inputs[1]).inputValue()];
        await cell(page, inputs[0]).focus();
        await page.evaluate(() => {
            const data = new DataTransfer();
            data.setData('text/plain', '7\r\n8\r\n');
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        });
        for (const item of inputs) await settled(page, item);
        assert.deepEqual([(await standing(inputs[0])).typed, (await standing(inputs[1])).typed], ['7', '8']);
        await page.keyboard.press('Control+z');
        for (const item of inputs) await settled(page, item);
        assert.deepEqual([(await standing(inputs[0])).typed, (await standing(inputs[1])).typed], old);
        await page.context().close();
    },
    async 'without scripts the form saves what was changed, and shows both values of a conflict'() {
        const page = await open('tianbao', PATH, { javaScriptEnabled: false }), item = 'classes_primary';
        const target = (await cell(page, item).count()) ? item : PUPILS, old = await cell(page, target).inputValue(), changed = String(Number(old) + 1);
        const stamp = (await standing(target)).stamp;
        await who.tianbao.post(`/returns/2026/${CODE}/cells`, { item: target, typed: String(Number(old) + 2), seen: String(stamp) });
        await cell(page, target).fill(changed);
        await page.click('[data-save]');
        assert.match(await page.textContent('.errors'), new RegExp(`由刘秀英改为 ${Number(old) + 2}，您填的是 ${changed}。留哪一个？`));
        assert.equal((await standing(target)).typed, String(Number(old) + 2));
        await page.getByRole('button', { name: `用我填的 ${changed}` }).click();
        assert.equal((await standing(target)).typed, changed);
        await cell(page, target).fill(old);
        await page.click('[data-save]');
        assert.equal((await standing(target)).typed, old);
        await page.locator('.about-link').first().click();
        assert.ok(await page.locator('.about:target').isVisible());
        await page.context().close();
    },
    async 'the return goes out as a workbook and comes back into the draft; another file is refused in words'() {
        const path = PATH.replace('?', '/workbook?'), given = await who.tianbao.get(path);
        assert.match(given.headers.get('content-disposition'), /2026/);
        const send = (bytes) => { const form = new FormData(); form.append('file', new Blob([bytes]), '本校.xlsx'); return who.tianbao.post(path, form); };
        const answer = await send(await given.arrayBuffer());
        assert.equal(answer.status, 200);
        assert.match(await answer.text(), /从“本校.xlsx”读入 0 格，0 格没有读入。/);
        assert.equal((await send('这不是工作簿')).status, 422);
        assert.equal((await who.xiaozhang.post(path, {})).status, 403);
    },
    async 'submitted: every cell is locked; the clerk cannot confirm it himself'() {
        const page = await open('tianbao');
        await page.getByRole('button', { name: '提交校长确认' }).click();
        await page.waitForURL(/done=1/);
        assert.match(await page.textContent('h1'), /已提交/);
        assert.match(await state(page, PUPILS), /e-lock/);
        assert.equal(await cell(page, PUPILS).getAttribute('readonly'), '');
        assert.match(await page.textContent('#bar'), /撤回来改/);
        assert.equal((await step('tianbao', { step: 'confirm' })).status, 403);
        assert.equal((await who.tianbao.post(`/returns/2026/${CODE}/cells`, { item: PUPILS, typed: '1', seen: '0' })).status, 409);
        await page.context().close();
    },
    async 'the principal confirms; the township sends back cells with reasons, which the clerk sees'() {
        const head = await open('xiaozhang');
        await head.getByRole('button', { name: '确认无误' }).click();
        await head.waitForURL(/done=1/);
        const page = await open('xiangzhen');
        await cell(page, PUPILS).focus();
        await page.locator(`[id="why.${PUPILS}"]`).fill('与学籍对不上');
        await page.locator('#back > summary').click();
        await page.locator('#back button').click();
        await page.waitForURL(/done=1/);
        await head.context().close();
        await page.context().close();
        const clerk = await open('tianbao');
        assert.match(await clerk.textContent('h1'), /被退回/);
        assert.match(await state(clerk, PUPILS), /e-talk/);
        assert.match(await hint(clerk, PUPILS), /赵永红：与学籍对不上/);
        await clean(clerk);
        await clerk.context().close();
    },
    async 'again: submitted, confirmed, checked, approved by the bureau'() {
        assert.equal((await step('tianbao', { step: 'submit' })).status, 303);
        assert.equal((await step('tongji', { step: 'approve' })).status, 409);
        assert.equal((await step('xiaozhang', { step: 'confirm' })).status, 303);
        assert.equal((await step('xiangzhen', { step: 'send_back' })).status, 422);
        assert.equal((await step('xiangzhen', { step: 'check' })).status, 303);
        const page = await open('tongji', '/returns?year=2026&state=checked');
        await page.locator(`input[name=school][value="${CODE}"]`).check();
        await page.locator('button[form=approve]').click();
        await page.waitForURL(/done=1/);
        assert.match(await page.textContent('.band.done'), /已办 1 所/);
        const one = await open('tongji');
        assert.match(await one.textContent('h1'), /已审定/);
        await page.context().close();
        await one.context().close();
    },
    async 'versions and years stand beside each other cell by cell'() {
        const page = await open('tianbao', PATH.replace('?', '/versions?'));
        assert.match(await page.textContent('h1'), /第 \d+ 版/);
        assert.ok(await page.locator('#a option').count() >= 4);
        await page.selectOption('#a', '2025-0');
        await page.click('.versions button');
        assert.match(await page.textContent('h1'), /有 \d+ 格不同/);
        await page.check('[name=only]');
        await page.click('.versions button');
        assert.ok(await page.locator('tbody tr:not(.group)').count() > 0);
        await clean(page);
        await page.context().close();
    },
    async 'who is late is reminded in the talk of his return'() {
        const told = async () => (await (await who.tianbao2.get('/my')).text()).split('>催报：2026学年的填报已经逾期').length;
        const before = await told();
        const answer = await who.demo.post('/returns/remind', { year: '2026', township: '' });
        assert.equal(answer.status, 303);
        assert.match(await (await who.demo.get(answer.headers.get('location'))).text(), /催了 \d+ 处/);
        assert.equal(await told(), before + 1, 'told once, not twice');
        assert.match(await (await who.tianbao2.get((await who.tianbao2.get('/returns')).headers.get('location'))).text(), /催报：11月\d+日截止|催报：\d+月\d+日截止/);
    },
    async 'a school that the list lacks is added, once, by the bureau'() {
        const page = await open('tongji', '/returns?year=2026');
        await page.getByText('加一所学校').click();
        await page.fill('#ask-code', '2419900999');
        await page.fill('#ask-name', '新城小学（虚构）');
        await page.fill('#ask-township', '城关街道');
        await page.getByRole('button', { name: '加进名单' }).click();
        await page.waitForURL(/returns\/2419900999/);
        assert.match(await page.textContent('h1'), /新城小学/);
        await page.context().close();
        const again = { year: '2026', code: '2419900999', name: '又一所', township: '城关街道' };
        const refused = await who.tongji.post('/returns/ask', again);
        assert.ok(refused.status >= 400, 'twice is refused');
        assert.equal((await who.zhen.post('/returns/ask', again)).status, 403);
    },
    async 'the lock asks why schools are lacking; then figures change by two people alone'() {
        assert.equal((await who.tongji.post('/returns/lock', { year: '2026', reason: '够了' })).status, 403);
        assert.equal((await who.demo.post('/returns/lock', { year: '2026', reason: '' })).status, 422);
        assert.equal((await who.demo.post('/returns/lock', { year: '2026', reason: '其余学校停办' })).status, 303);
        const page = await open('xiaozhang');
        await page.getByRole('link', { name: '提出更正' }).click();
        await page.fill('#reason', '学籍复核少一人');
        await page.fill(`[name="v.${PUPILS}"]`, String(Number(first) - 1));
        await page.getByRole('button', { name: '提出更正' }).click();
        await page.waitForURL(/corrections/);
        assert.match(await page.textContent('main'), /等同意/);
        await page.context().close();
        const other = await open('demo', '/corrections');
        await clean(other);
        await other.getByRole('button', { name: '同意', exact: true }).click();
        await other.waitForFunction(() => /已同意/.test(document.querySelector('main').textContent));
        await other.context().close();
        assert.match(await (await who.demo.get(PATH.replace('?', '/versions?'))).text(), /更正/);
    },
    async 'no page broke a script or the policy'() { assert.deepEqual(trouble, []); },
}, async () => { await browser.close(); await server.close(); });
