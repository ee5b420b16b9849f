// Looks at a page of every drawing and table in a browser, without a server of ours: nothing breaks the
// content security policy, nothing hangs over the edge of a phone, axe-core finds nothing serious, keys and
// the grid behave as a spreadsheet.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const build = process.env.BUILD || 'build-check';
const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
execFileSync(`${build}/tests/web/gallery/gallery`, [folder]);

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (path.startsWith('/lineage/')) {
        response.writeHead(200, { 'Content-Type': TYPES['.html'], 'Content-Security-Policy': POLICY });
        response.end('<h2 class="sec">0.513 从哪来</h2><ul class="chain"><li>差异系数 0.513<small>教督〔2017〕6号</small></li></ul><button data-close-panel>关闭</button>');
        return;
    }
    if (path === '/favicon.ico') { response.writeHead(204).end(); return; }
    try {
        const page = join(folder, `${path}.html`), file = extname(path) ? join(folder, path) : existsSync(page) ? page : join(folder, 'index.html');
        response.writeHead(200, { 'Content-Type': TYPES[extname(file)], 'Content-Security-Policy': POLICY });
        response.end(readFileSync(file));
    } catch {
        response.writeHead(404).end();
    }
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];
async function open(options, path = '/') {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('requestfailed', (request) => trouble.push(`${request.url()} failed`));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
    await page.goto(origin + path, { waitUntil: 'load' });
    return page;
}
const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });

try {
    /* ---- at a desk ---- */
    const page = await open({ viewport: { width: 1440, height: 900 } });
    await shot(page, 'gallery-1440');
    assert.equal(await page.evaluate('window.hurt'), undefined, 'a hostile value ran');
    assert.equal(await page.getAttribute('.hostile a', 'href'), '#refused');
    assert.equal(await page.locator('svg[aria-label]').evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().width < 30).length), 0, 'a drawing has no width');
    assert.equal(await page.locator('.chart canvas').count(), 1, 'ECharts drew no canvas');
    /* √ is drawn by borders, not written. */
    assert.equal(await page.locator('.st.met').first().evaluate((e) => getComputedStyle(e, '::before').borderBottomWidth.startsWith('1')), true);

    /* keys */
    await page.locator('main').focus();
    await page.keyboard.press('?');
    assert.ok(await page.isVisible('#help'), '? shows no help');
    await page.keyboard.press('Escape');
    assert.ok(!(await page.isVisible('#help')));
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    assert.equal(await page.evaluate(() => document.activeElement.closest('tr').dataset.code), 'C1');
    await page.keyboard.press('k');
    await page.keyboard.press('o');
    await page.waitForSelector('#panel h2');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2', 'the panel does not take the focus');
    await page.keyboard.press('Escape');
    assert.ok(!(await page.isVisible('#panel')));
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('src')), 'the focus does not return');
    await page.click('[data-density]');
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains('loose')));
    await page.reload({ waitUntil: 'load' });
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains('loose')), 'the density is forgotten');
    await page.keyboard.press('g');
    await Promise.all([page.waitForURL('**/schools'), page.keyboard.press('x')]);

    /* ---- the grid ---- */
    const value = (name) => page.inputValue(`[name=${name}]`);
    const focused = () => page.evaluate(() => document.activeElement.name);
    await page.evaluate(() => { window.seen = []; document.addEventListener('cells-change', (e) => window.seen.push([e.detail.kind, e.detail.changes.length])); });
    await page.locator('[name=a0]').focus();
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    assert.equal(await value('a0'), '77');
    assert.equal(await focused(), 'a1');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'b1');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'a2');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Home');
    const paste = (text) => page.evaluate((t) => {
        const data = new DataTransfer();
        data.setData('text/plain', t);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
    await paste('1,234\t5.50\r\n"6"\t−7\r\n');
    assert.deepEqual([await value('a1'), await value('b1'), await value('a2'), await value('b2')], ['1234', '5.50', '6', '-7']);
    await page.keyboard.press('Control+z');
    assert.deepEqual([await value('a1'), await value('b1'), await value('a2'), await value('b2')], ['1', '10', '2', '20']);
    await page.keyboard.press('Control+z');
    assert.equal(await value('a0'), '0');
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+y');
    assert.equal(await value('b2'), '-7');
    /* a block copied gives tabs and line breaks */
    await page.locator('[name=a1]').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    const copied = await page.evaluate(() => {
        const data = new DataTransfer();
        document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData('text/plain');
    });
    assert.equal(copied, '1234\t5.50\n6\t-7');
    await page.keyboard.press('Delete');
    assert.deepEqual([await value('a1'), await value('b2')], ['', '']);
    await page.keyboard.press('Control+z');
    /* fill down, one value into a block, a cell that may not be written */
    await page.locator('[name=b3]').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    assert.deepEqual([await value('b4'), await value('b5'), await value('b6')], ['30', '30', '60']);
    await paste('9');
    assert.deepEqual([await value('b3'), await value('b5'), await value('b6')], ['9', '9', '60']);
    await page.locator('[name=a4]').focus();
    await page.keyboard.type('123');
    await page.keyboard.press('Escape');
    assert.equal(await value('a4'), '4');
    await page.keyboard.press('F2');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    assert.equal(await value('a4'), '45');
    assert.equal(await page.locator('.cells input[tabindex="0"]').count(), 1, 'the grid is one tab stop');
    const kinds = await page.evaluate(() => window.seen.map(([kind, n]) => `${kind} ${n}`).join(', '));
    assert.equal(kinds, 'edit 1, paste 4, undo 4, undo 1, redo 1, redo 4, clear 4, undo 4, fill 2, paste 3, edit 1');

    /* ---- on a phone, and at 400 % ---- */
    for (const width of [390, 320]) {
        const phone = await open({ viewport: { width, height: 844 }, hasTouch: true, isMobile: true });
        await shot(phone, `gallery-${width}`);
        const over = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `at ${width} px the page hangs ${over} px over the edge`);
        const small = await phone.locator('.tabbar > a, .tabbar summary, .btn, .seg a, select, main input, a.sq').evaluateAll((all) =>
            all.filter((e) => e.offsetParent && e.type !== 'checkbox' && e.getBoundingClientRect().height < 39.5).map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`));
        assert.deepEqual(small, [], 'targets too small for a finger');
        await phone.click('.tabbar summary');
        assert.ok(await phone.isVisible('.tabbar .sheet-up a[href="/accounts"]'));
        await phone.context().close();
    }

    /* ---- axe-core (the policy forbids its injection: off for this test alone) ---- */
    const PAGES = ['/', '/sign-in', '/account', '/error', '/error-bare', '/old'];
    for (const [path, width] of PAGES.flatMap((each) => [[each, 1440], [each, 390]])) {
        const audited = await open({ viewport: { width, height: 900 }, bypassCSP: true }, path);
        if (path !== '/') await shot(audited, `${path.slice(1)}-${width}`);
        const over = await audited.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} hangs ${over} px over the edge at ${width} px`);
        await audited.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
        const { violations } = await audited.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact))
            .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`);
        assert.deepEqual(serious, [], `axe, ${path} at ${width}`);
        await audited.context().close();
    }

    /* ---- on paper ---- */
    await page.emulateMedia({ media: 'print' });
    assert.ok(!(await page.isVisible('.rail')) && !(await page.isVisible('.tools')) && await page.isVisible('.printfoot'));
    assert.deepEqual(trouble, []);
    console.log('ok');
} finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
}
