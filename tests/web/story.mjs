// The whole sample story in a browser: sign in → overview → worst school → where a number comes from → what-if →
// import a corrected workbook → undo; and the half of it that only reads, on a phone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, root, tests } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];

async function open(width) {
    const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`)));
    await page.goto(server.base);
    await page.fill('#name', server.account);
    await page.fill('#password', server.password);
    await page.click('form button[type=submit]');
    await page.waitForURL(/\/my/);
    return page;
}
const words = async (page, selector) => (await page.locator(selector).first().textContent()).replace(/\s+/g, ' ').trim();
async function sound(page, what) {
    await page.evaluate(AXE);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${what}: ${one.id} ${one.nodes[0].html}`), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} scrolls sideways`);
}
// From the overview's sentence to the worst school's page: its path and sentence.
async function worst(page) {
    await page.goto(`${server.base}/overview`);
    assert.match(await words(page, 'h1'), /青禾县.*还不能申报认定，差 \d+ 件事/);
    assert.match(await words(page, 'body'), /虚构数据/);
    await sound(page, 'overview');
    await page.goto(`${server.base}/schools?stage=primary`); // where the rail leads
    await sound(page, 'schools');
    const first = page.locator('a[href^="/schools/24199"]:visible').first();
    await first.click();
    await page.waitForURL(/\/schools\/\d+/);
    assert.match(await words(page, 'h1'), /不达标：7 项中 \d 项达标/);
    await sound(page, 'school');
    return new URL(page.url()).pathname;
}

await tests({
    async 'from the county to the cell, tried, repaired, and taken back'() {
        const page = await open(1440), school = await worst(page), code = school.split('/')[2];

        await page.locator('td.unmet a.src, .unmet a.src, a.src[href*="level%3A"], a.src[href*="level:"]').first().click();
        await page.waitForSelector('#panel .chain');
        assert.match(await words(page, '#panel .chain'), /公式.*文件、表、格.*2025-\d\d-.*\.xlsx/);
        await sound(page, 'lineage');
        await page.keyboard.press('Escape');

        await page.goto(`${server.base}/what-if?school=${code}`);
        assert.match(await words(page, '#what-if-sentence'), /改 \d+ 处.*小学达标 106 → 107 所/);
        await sound(page, 'what-if');
        await page.fill('#what-if-name', '先补最差的一所');
        await page.click('button.btn-main:has-text("保存")');
        await page.waitForSelector('a:has-text("先补最差的一所")');
        assert.match(await words(page, '#what-if-sentence'), /106 → 107/);

        const broken = '青禾县东岭街道第三小学', find = `${server.base}/schools?stage=primary&q=${encodeURIComponent('东岭街道第三小学')}`;
        await page.goto(find);
        assert.match(await words(page, '.matrix tbody tr'), new RegExp(`${broken}.*缺数据`));
        const from = join(server.data, '样例', '2025-02-东岭街道.xlsx'), corrected = join(server.dir, '2025-02-东岭街道（改好）.xlsx');
        execFileSync('python3', [join(root, 'tests/web/edit_xlsx.py'), from, corrected, '1', 'AF7=5']);
        await page.goto(`${server.base}/import`);
        await page.setInputFiles('#files', corrected);
        await page.click('#upload button[type=submit]');
        await page.waitForURL(/\/import\/[0-9a-f]{24}$/);
        assert.match(await words(page, '#changes'), new RegExp(broken));
        await sound(page, 'import');
        await page.click('#confirm .btn-main');
        await page.waitForSelector('h1:has-text("已导入")');
        const done = page.url();
        await page.goto(find);
        assert.doesNotMatch(await words(page, '.matrix tbody tr'), /缺数据/);
        await page.goto(done);
        await page.click('text=撤销整次');
        await page.waitForSelector('h1:has-text("已撤销整次")');
        await page.goto(find);
        assert.match(await words(page, '.matrix tbody tr'), /缺数据/);
    },
    async 'on a phone the mayor reads as far as the cell'() {
        const page = await open(390);
        await worst(page);
        await page.locator('a.src:visible').first().click();
        await page.waitForSelector('#panel .chain, main .chain');
        await sound(page, 'lineage on a phone');
    },
    'no page broke the policy or a script'() { assert.deepEqual(trouble, []); },
}, async () => { await browser.close(); await server.close(); });
