// A click on a number opens its chain at the side; a number in the chain leads on; the row as it stood comes from the
// file; the panel closes and gives the focus back; without scripts all of it is pages.  At a desk and on a phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];
async function signedIn(options) {
    const page = await (await browser.newContext({ bypassCSP: false, ...options })).newPage();
    page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(`${server.base}/sign-in`);
    await page.fill('input[name=name]', server.account);
    await page.fill('input[name=password]', server.password);
    await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('button[type=submit]')]);
    return page;
}
const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
const lookedAt = (page) => page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.nodes[0].html.slice(0, 160)))`);

try {
    for (const [name, viewport] of [['desk', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]]) {
        const page = await signedIn({ viewport });
        await page.goto(`${server.base}/lineage?of=cv:primary:L4:2025`);
        /* From the page of a coefficient: a school's part opens in the panel. */
        const first = page.locator('main a.src[href*="share"]').first();
        await first.click();
        const panel = page.locator('#panel');
        await panel.locator('h2').waitFor();
        assert.ok(await panel.isVisible());
        assert.ok((await panel.innerText()).includes('差异系数中占'));
        assert.equal(await page.evaluate('document.activeElement.tagName'), 'H2');
        /* On to a figure, down to its cell. */
        await panel.locator('a.src[href*="school%3A"]').first().click();
        await panel.locator('.k-cell').first().waitFor();
        await panel.locator('a[hx-get]').first().click();
        await panel.locator('.stood table .hit').waitFor();
        const said = (await panel.locator('li.k-number').first().innerText()).match(/[\d,]+(\.\d+)?(?= 平方米| 人)/)[0];
        assert.equal((await panel.locator('.stood .hit').innerText()).trim(), said);
        assert.ok((await panel.locator('.stood').innerText()).includes('表头'));
        assert.equal(await page.evaluate('new Set([...document.querySelectorAll("[id]")].map((e) => e.id)).size === document.querySelectorAll("[id]").length'), true, 'an id stands twice');
        assert.ok((await panel.locator('pre').innerText()).startsWith('来源链'));
        await shot(page, `lineage-panel-${name}`);
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name}: the page scrolls sideways`);
        assert.deepEqual(await lookedAt(page), []);
        /* What moves with the cell, then closed. */
        await panel.locator('.k-cell a.src').first().click();
        await page.waitForFunction(() => document.querySelector('#panel h2')?.textContent.includes('随这一格变动'));
        await page.keyboard.press('Escape');
        assert.ok(!(await panel.isVisible()));
        /* A long list is folded, and opens. */
        await page.goto(`${server.base}/lineage?of=passing:primary:2025`);
        assert.ok(await page.locator('details.more').count());
        await page.context().close();
    }
    /* Without scripts the same links are pages. */
    const plain = await signedIn({ javaScriptEnabled: false, locale: 'zh-CN' });
    await plain.goto(`${server.base}/lineage?of=cv:primary:L4:2025`);
    await plain.locator('main a.src[href*="share"]').first().click();
    assert.ok((await plain.locator('h1').innerText()).includes('差异系数中占'));
    await plain.locator('main a.src[href*="school%3A"]').first().click();
    await plain.locator('a[href^="/lineage/row"]').first().click();
    assert.equal(await plain.locator('.cellstrip .hit').count(), 1);
    await plain.goto(`${server.base}/lineage?of=verdict:2025&lang=en`);
    assert.ok((await plain.locator('main').innerText()).includes('schools that pass'));
    assert.deepEqual(trouble, []);
    console.log('lineage panel: at a desk, on a phone, without scripts');
} finally {
    await browser.close();
    await server.close();
}
