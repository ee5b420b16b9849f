// The page of trials in a browser: typing, a block from a spreadsheet, Ctrl+Z, filling gaps, keeping, two side by
// side, a phone; and the same without a script.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, signIn } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];

async function open(options) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1100 }, bypassCSP: false, ...options });
    const page = await context.newPage();
    page.on('console', (m) => { if (m.type() === 'error' && !/status of (409|422)/.test(m.text())) trouble.push(m.text()); });   /* those two are asked for */
    page.on('pageerror', (e) => trouble.push(e.message));
    page.on('dialog', (dialog) => dialog.accept());
    await page.goto(`${server.base}/sign-in`);
    await page.fill('[name=name]', server.account);
    await page.fill('[name=password]', server.password);
    await page.click('button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
}
const shot = async (page, name) => { if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `what-if-${name}.png`), fullPage: true }); };
const sentence = (page) => page.textContent('#what-if-sentence');
const tried = (page, act) => Promise.all([page.waitForResponse((r) => r.url().includes('/what-if/try')), act()]).then(() => page.waitForTimeout(60));

// Whom to try with: schools that do not pass, and their figures, as the page itself lists them.
const session = await signIn(server.base, server.account, server.password);
const listed = await (await session.post('/what-if/try', { do: 'find', failing: '1' })).text();
const [first, second] = [...listed.matchAll(/name="pick" value="([^"]+)"> ([^<]+?) </g)].map(([, code, name]) => ({ code, name }));
assert.ok(first && second, 'schools that do not pass are listed');

try {
    // ---- without a script: search, fill, type, keep ----
    {
        const page = await open({ javaScriptEnabled: false });
        await page.goto(`${server.base}/what-if`);
        assert.match(await sentence(page), /改几个数/);
        await page.fill('#what-if-q', first.name);
        await page.click('button[value=find]');
        await page.check(`.picks input[value="${first.code}"]`);
        await page.click('button[value=fill]');
        assert.match(await sentence(page), /^改 \d+ 处.*：(小学|初中)达标 \d+ → \d+ 所/);
        assert.match(await page.textContent('#what-if-head .sub'), /变差的：|没有变差的/);
        assert.ok(await page.isVisible(`#what-if-effect a:has-text("${first.name}")`), 'the school whose verdict changes is listed');
        await page.fill('td.cell > input >> nth=0', '12人');
        await page.click('.sheet .tools button[value=try]');
        assert.equal(await page.locator('td.e-bad').count(), 1, 'what cannot be read is marked');
        assert.match(await page.textContent('[data-part=left] .unmet'), /12人/);
        await page.fill('#what-if-name', '无脚本的方案');
        await page.click('button:has-text("保存")');
        assert.ok(await page.isVisible('.errors'), 'what cannot be read is not kept');
        await page.fill('td.cell > input >> nth=0', '9999');
        await page.click('button:has-text("保存")');
        assert.ok(await page.isVisible('.band.done'));
        assert.equal(await page.inputValue('td.cell > input >> nth=0'), '9999');
        await page.context().close();
    }

    // ---- with one ----
    const page = await open();
    await page.goto(`${server.base}/what-if?school=${second.code}`);
    assert.match(await sentence(page), /^改 \d+ 处/);
    const rows = () => page.locator('#what-if-grid tbody tr[data-field]').count();
    const filled = await rows(), told = await sentence(page);
    assert.ok(filled > 0, 'the link of a school fills its gaps');
    const cell = page.locator('td.cell > input').first(), was = await cell.inputValue();
    await cell.focus();
    await tried(page, () => page.keyboard.type('1'));
    await page.keyboard.press('Enter');
    assert.notEqual(await sentence(page), told, 'the sentence follows while one types');
    await tried(page, () => page.keyboard.press('Control+z'));
    assert.equal(await cell.inputValue(), was);
    assert.equal(await sentence(page), told, 'Ctrl+Z takes it back');

    // A block of three columns adds rows, one Ctrl+Z empties them.
    const pasteBlock = (text) => page.evaluate((block) => {
        const data = new DataTransfer();
        data.setData('text/plain', block);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
    await cell.focus();
    await tried(page, () => pasteBlock(`${first.name}\t网络多媒体教室数\t60\r\n${first.code}\tequipment_value_10k_yuan\t"1,234.50"\r\n没有的学校\t网络多媒体教室数\t3`));
    assert.equal(await rows(), filled + 2);
    assert.match(await page.textContent('#what-if-found .bad'), /第 3 行.*没有的学校/);
    await page.waitForFunction((n) => document.querySelectorAll('#what-if-grid td.e-changed').length >= n, filled + 2);
    const pasted = await sentence(page);
    assert.match(pasted, new RegExp(`^改 ${filled + 2} 处`));
    await cell.focus();
    await tried(page, () => page.keyboard.press('Control+z'));
    await page.waitForFunction((n) => document.getElementById('what-if-sentence').textContent.startsWith(`改 ${n} 处`), filled);
    await tried(page, () => page.keyboard.press('Control+y'));
    await page.waitForFunction((n) => document.getElementById('what-if-sentence').textContent.startsWith(`改 ${n} 处`), filled + 2);

    // Found by the first letters of its reading; several at once.
    await tried(page, () => page.fill('#what-if-q', 'xx'));
    await page.waitForSelector('.picks li');
    await shot(page, '1440');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1440);
    assert.equal(await page.evaluate(() => { const box = document.querySelector('#what-if-grid').parentElement; return box.scrollWidth - box.clientWidth; }), 0, 'the grid fits its sheet');
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].html}`), []);

    // Kept, loaded again, kept as another.
    await page.fill('#what-if-name', '补两所学校');
    await page.click('button:has-text("保存")');
    await page.waitForSelector('.band.done');
    assert.equal(await sentence(page), pasted, 'what was kept says the same');
    await page.reload();
    assert.equal(await rows(), filled + 2);
    assert.equal(await sentence(page), pasted);
    await page.locator('button[name=remove]:visible').last().click();
    await page.waitForFunction((n) => document.getElementById('what-if-sentence').textContent.startsWith(`改 ${n} 处`), filled + 1);
    await page.fill('#what-if-name', '补两所学校');
    await page.click('button:has-text("另存为新方案")');
    assert.ok(await page.waitForSelector('.errors'), 'a name that is taken is refused');
    assert.equal(await rows(), filled + 1, 'and nothing typed is lost');
    await page.fill('#what-if-name', '少一处');
    await page.click('button:has-text("另存为新方案")');
    await page.waitForSelector('.band.done');
    assert.equal(await page.locator('.seg a').count(), 4);

    // Two side by side.
    await page.goto(`${server.base}/what-if/compare`);
    const options = await page.locator('#side-a option').evaluateAll((all) => Object.fromEntries(all.map((o) => [o.textContent, o.value])));
    await page.goto(`${server.base}/what-if/compare?a=${options['补两所学校']}&b=${options['少一处']}`);
    assert.equal(await page.locator('section:has-text("改动不同的地方") tbody tr').count(), 1, 'differences only');
    assert.match(await page.textContent('section:has-text("改动不同的地方")'), new RegExp(`一样的 ${filled + 1} 处`));
    await shot(page, 'compare-1440');

    // As a workbook.
    await page.goto(`${server.base}/what-if?id=${options['补两所学校']}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("导出 XLSX")')]);
    assert.equal(download.suggestedFilename(), '试算-补两所学校.xlsx');
    assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK');

    // Dropped.
    await page.click('summary:has-text("删除这个方案")');
    await page.click('button:has-text("确定删除")');
    await page.waitForURL(`${server.base}/what-if`);
    assert.equal(await page.locator('.seg a').count(), 3);
    await page.context().close();

    // A phone: the sentence and 改为; the rest on tap; nothing over the edge.
    const phone = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await phone.goto(`${server.base}/what-if?school=${second.code}`);
    const beyond = () => phone.evaluate(() => [...document.querySelectorAll('main *')].filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > 391).map((e) => e.outerHTML.slice(0, 120)));
    assert.deepEqual(await beyond(), []);
    assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
    assert.ok(await phone.isVisible('td.cell > input'));
    const effect = () => phone.isVisible('#what-if-effect tbody .src >> nth=0');
    assert.ok(!(await effect()), 'closed until tapped');
    await shot(phone, '390');
    await phone.click('#what-if-effect summary >> nth=0');
    assert.ok(await effect());
    await shot(phone, 'open-390');
    assert.deepEqual(await beyond(), []);
    assert.deepEqual(trouble, []);
} finally {
    await browser.close();
    await server.close();
}
