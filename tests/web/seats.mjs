// People at browsers, for tests of whole stories: each sits down signed in; a page is looked at for what a reader cannot use.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// { browser, trouble (what pages complained of), sit(name, { size, password }) → a page, looksWell(page, name) }.  SHOTS=dir keeps pictures.
export async function seats(server, subject) {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
    const trouble = [];
    async function sit(name, { size = { width: 1440, height: 900 }, password = server.password } = {}) {
        const page = await (await browser.newContext({ viewport: size, locale: 'zh-CN' })).newPage();
        page.on('console', (message) => message.type() === 'error' && !/status of 4/.test(message.text()) && trouble.push(message.text()));
        page.on('pageerror', (error) => trouble.push(String(error)));
        await page.goto(`${server.base}/sign-in`);
        await page.fill('[name=name]', name);
        await page.fill('[name=password]', password);
        await Promise.all([page.waitForNavigation(), page.click('main button[type=submit], form button[type=submit]')]);
        return page;
    }
    async function looksWell(page, name) {
        const width = page.viewportSize().width;
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${name} scrolls sideways`);
        await page.evaluate(AXE);
        const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
        const serious = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].html}`);
        assert.deepEqual(serious, [], name);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${subject}-${name}-${width}.png`), fullPage: true });
    }
    return { browser, trouble, sit, looksWell };
}
