// The overview and the indicators: what stands there, that every number leads to its source, that a dragged dot says
// what it changes and stores nothing, by mouse, keys and without scripts; at a desk, on a phone, for who sees less.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, run, serve, signIn, tests } from './server.mjs';

const require = createRequire(import.meta.url);
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const me = await signIn(server.base, server.account, server.password);
const trouble = [];

async function open(path, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    await context.addCookies(me.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.base })));
    const page = await context.newPage();
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) trouble.push(`${path}: ${message.text()}`); });
    page.on('pageerror', (error) => trouble.push(`${path}: ${error}`));
    await page.goto(server.base + path);
    return page;
}
const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
const html = async (path, session = me) => (await session.get(path)).text();
const L5 = '/indicators/L5?stage=primary';
const PAGES = ['/overview', '/overview?year=2023', '/indicators', L5, '/indicators/L3?stage=primary', '/indicators/L5?stage=junior&rows=all', '/indicators/G3', '/indicators/G11', '/indicators/G12', '/indicators/S1', '/indicators/PRE1', '/indicators/X7'];
/* What a trial says, by the name of its rows. */
const rows = (page) => page.locator('#try-rows tr').evaluateAll((all) => Object.fromEntries(all.map((tr) => [tr.cells[0].innerText, [1, 2].map((i) => (tr.cells[i].querySelector('.st') || tr.cells[i]).innerText.trim())])));

await tests({
    async 'the overview has what blocks above the stages, and each mark leads to its indicator'() {
        const page = await open('/overview');
        assert.match(await page.innerText('h1'), /^2025学年，青禾县.*(还不能申报认定，差 \d+ 件事|已具备申报条件)/);
        assert.equal(await page.locator('.dims > div').count(), 4);
        const marks = await page.locator('.sq').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
        assert.ok(marks.length >= 39 && marks.every(Boolean), 'a mark leads nowhere');
        const tops = await page.evaluate(() => ['#blockers', '#primary', '#junior'].map((id) => document.querySelector(id).getBoundingClientRect().top));
        assert.ok(tops[0] < tops[1] && tops[1] === tops[2]);
        for (const stage of ['primary', 'junior']) assert.equal(await page.locator(`#${stage} tbody tr`).count(), 7);
        const costs = await page.locator('[aria-labelledby=blockers] tbody td:nth-child(4)').allInnerTexts();
        const known = costs.map((cost) => Number(cost.replace(/,/g, ''))).filter((cost) => !Number.isNaN(cost));
        assert.deepEqual(known, [...known].sort((a, b) => b - a), 'not the most costly first');
        for (const href of new Set([...marks, ...await page.locator('[aria-labelledby=blockers] tbody a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))]))
            assert.equal((await me.get(href)).status, 200, href);
        /* A number opens in the panel. */
        await page.locator('#primary tbody a.src[href*="cv"]').first().click();
        await page.locator('#panel h2').waitFor();
        await page.context().close();
    },
    async 'every number leads to its source'() {
        const seen = new Set();
        for (const path of PAGES) {
            const found = [...(await html(path)).matchAll(/href="(\/lineage\?of=[^"]+)"/g)].map((m) => m[1].replace(/&amp;/g, '&'));
            assert.ok(found.length, path);
            const some = found.filter((_, i) => i < 16 || i % 29 === 0);
            for (const href of some) {
                if (seen.has(href)) continue;
                seen.add(href);
                assert.equal((await me.get(href)).status, 200, `${path} → ${href}`);
            }
        }
        assert.ok(seen.size > 100, `${seen.size} sources`);
    },
    async 'a dragged dot says at once what changes, and nothing is stored'() {
        const before = await html(L5);
        const page = await open(L5);
        const dot = page.locator('.desk svg.strip .dot').first(), code = await dot.getAttribute('data-code');
        const at = await dot.boundingBox(), strip = await page.locator('.desk svg.strip').boundingBox();
        const middle = [at.x + at.width / 2, at.y + at.height / 2];
        assert.ok(!(await page.isVisible('#try-result')));
        await page.mouse.move(...middle);
        await page.mouse.down();
        for (let i = 1; i <= 10; i++) await page.mouse.move(middle[0] + i * 30, middle[1]);
        await page.waitForFunction(() => document.querySelector('#try-rows tr.changed'));
        await page.mouse.up();
        await page.waitForTimeout(150);
        assert.ok(await page.isVisible('.band.try'));
        assert.match(await page.innerText('.band.try'), /试算，不影响正式数据.*→/);
        const said = await rows(page);
        const moved = Number((await page.inputValue('#try-value')));
        assert.ok(moved > Number(await dot.getAttribute('data-value')));
        assert.ok(Math.abs(Number(said['运动场地（m²/生）'][1].replace(/,/g, '')) - moved) < 0.02, JSON.stringify(said));
        for (const name of ['本校小学', '差异系数', '全县均值', '达标小学', '全县认定']) assert.ok(said[name], name);
        assert.match(await page.innerText('#try-verdict'), /2025学年/);
        /* Both of the school's dots stand where the pointer let go. */
        const places = await page.locator(`.desk .dot[data-code="${code}"]`).evaluateAll((all) => all.map((d) => d.getAttribute('x')));
        assert.equal(new Set(places).size, 1);
        assert.equal(places.length, 2);
        assert.ok(Math.abs(strip.x + strip.width * parseFloat(places[0]) / 100 - (middle[0] + 300)) < 4);
        await shot(page, 'indicator-dragged-1440');
        /* Back: as if nothing had been. */
        await page.click('#try-reset');
        assert.ok(!(await page.isVisible('#try-result')));
        assert.equal(await page.locator('.dot[data-was]').count(), 0);
        await page.reload();
        assert.ok(!(await page.isVisible('#try-result')));
        const strips = (text) => text.match(/<svg class="b strip".*?<\/g>/gs).join('');
        assert.equal(strips(await html(L5)), strips(before), 'a trial changed what stands');
        await page.context().close();
    },
    async 'arrows on a school\'s row, and a number typed, do the same'() {
        const page = await open(L5);
        const row = page.locator('#units tbody tr').first(), code = await row.getAttribute('data-code'), value = Number(await row.getAttribute('data-value'));
        await row.locator('a').first().focus();
        await page.keyboard.press('ArrowLeft');
        await page.waitForSelector('#try-rows tr.changed');
        assert.equal(await page.inputValue('#try-school'), code);
        const once = Number(await page.inputValue('#try-value'));
        assert.ok(once < value && once > value * 0.97);
        await page.keyboard.press('ArrowLeft');
        assert.ok(Number(await page.inputValue('#try-value')) < once);
        await page.fill('#try-value', '7.5');
        await page.waitForFunction(() => /7\.50/.test(document.querySelector('#try-rows').innerText));
        await page.waitForFunction(() => /7\.50/.test(document.querySelector('#live').textContent), null, { timeout: 5000 });
        assert.equal((await rows(page))['运动场地（m²/生）'][1], '7.50');
        /* The same words as without a script. */
        const plain = await html(`${L5}&school=${code}&value=7.5`);
        for (const [, after] of Object.values(await rows(page))) assert.ok(plain.includes(after), after);
        await page.context().close();
    },
    async 'without scripts the form does it'() {
        const page = await open(L5, { javaScriptEnabled: false });
        await page.fill('#try-value', '8');
        await Promise.all([page.waitForNavigation(), page.click('#try button[type=submit]')]);
        assert.match(await page.innerText('.band.try'), /试算，不影响正式数据/);
        assert.equal((await rows(page))['运动场地（m²/生）'][1], '8.00');
        await page.click('#try-reset');
        assert.equal(await page.locator('.band.try').isVisible(), false);
        assert.match(await html(`${L5}&school=nobody&value=8`), /没有代码为 nobody 的学校/);
        assert.match(await html(`${L5}&school=1&value=abc`), /应是不小于 0 的数/);
        await page.context().close();
    },
    async 'a trial needs its token and its role; what is wrong is refused in words'() {
        const code = (await html(L5)).match(/<option value="(\d+)"/)[1];
        const ask = (fields, session = me) => session.post('/what-if/point?year=2025', { stage: 'primary', indicator: 'L5', school: code, value: '8', ...fields });
        const good = await ask({});
        assert.equal(good.status, 200);
        assert.match(good.headers.get('content-type'), /json/);
        assert.equal((await good.json()).rows[0].after.words, '8.00');
        assert.equal((await ask({ form_token: 'x' })).status, 200, 'post() puts the right token in');
        const wrong = await fetch(`${server.base}/what-if/point`, { method: 'POST', headers: { Cookie: me.cookie, Origin: server.base, 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams({ stage: 'primary', indicator: 'L5', school: code, value: '8', form_token: 'x' }) });
        assert.equal(wrong.status, 403);
        for (const [fields, status] of [[{ value: 'abc' }, 422], [{ value: '-1' }, 422], [{ value: '1e999' }, 422], [{ school: '0' }, 404], [{ indicator: 'L99' }, 404], [{ stage: 'senior' }, 400]])
            assert.equal((await ask(fields)).status, status, JSON.stringify(fields));
        const who = await person(server.base, server.data, 'assessor1', 'assessor', ['--until', '2099-12-31']);
        const assessor = await signIn(server.base, who.name, who.password);
        assert.equal((await ask({}, assessor)).status, 403);
        assert.ok(!(await html(L5, assessor)).includes('id="try"'), 'who may not try is offered it');
    },
    async 'who sees one township sees its schools alone'() {
        const township = (await html('/indicators/G3')).match(/<td class="nm">([^<]+)<\/td>/)[1];
        const who = await person(server.base, server.data, 'liaison1', 'township', ['--township', township]);
        const liaison = await signIn(server.base, who.name, who.password);
        assert.equal((await liaison.get('/overview')).status, 403);
        const codes = (text) => new Set([...text.matchAll(/class="dot"[^>]*data-code="(\d+)"/g)].map((m) => m[1]));
        const all = codes(await html(L5)), own = codes(await html(L5, liaison));
        assert.ok(own.size > 0 && own.size < all.size / 3, `${own.size} of ${all.size}`);
        const failing = await html('/indicators/G3', liaison);
        assert.match(failing, /您的账号看得到其中 \d+ 所/);
        for (const [, where] of failing.matchAll(/<td class="nm">([^<]+)<\/td>/g)) assert.equal(where, township);
    },
    async 'an empty county says how figures come'() {
        const dir = mkdtempSync(join(tmpdir(), 'junheng-empty-')), data = join(dir, 'data');
        try {
            run(['init', data, '--county', '410185', '--name', '登封市']);
            const empty = await serve(data), who = await person(empty.base, data, 'wang', 'office');
            const session = await signIn(empty.base, who.name, who.password);
            for (const path of ['/overview', '/indicators', '/indicators/L5']) {
                const answer = await session.get(path);
                assert.equal(answer.status, 200, path);
                assert.match(await answer.text(), /还没有数据.*href="\/import"/s);
            }
            await empty.stop();
        } finally { rmSync(dir, { recursive: true, force: true }); }
    },
    async 'both languages, a desk and a phone: nothing hangs over, axe finds nothing serious'() {
        for (const width of [1440, 390]) {
            const phone = width < 500 ? { hasTouch: true, isMobile: true } : {};
            const page = await open('/overview', { viewport: { width, height: 900 }, bypassCSP: true, ...phone });
            for (const path of [...PAGES.slice(0, 7), '/overview?lang=en', `${L5}&lang=en`, '/indicators?lang=en', '/indicators/G11?lang=en', '/overview?lang=zh']) {
                await page.goto(server.base + path);
                await shot(page, `${path.slice(1).replace(/[^a-zA-Z0-9]+/g, '-')}-${width}`);
                const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                assert.ok(over <= 0, `${path} hangs ${over} px over the edge at ${width} px`);
                await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
                const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
                assert.deepEqual(violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`), [], `${path} at ${width}`);
            }
            if (width < 500) {
                await page.goto(server.base + '/overview');
                assert.ok(await page.evaluate(() => document.querySelector('ul.rows.phone').getBoundingClientRect().top < document.querySelector('#primary').getBoundingClientRect().top));
                assert.ok(!(await page.locator('[aria-labelledby=blockers] table').isVisible()));
                await page.goto(server.base + L5);
                assert.ok(await page.locator('.phone svg.strip').isVisible() && !(await page.locator('[aria-labelledby=years] svg').isVisible()), 'a phone keeps the strip and the tables');
            }
            await page.context().close();
        }
        const paper = await open('/overview');
        await paper.emulateMedia({ media: 'print' });
        assert.ok(!(await paper.isVisible('.rail')) && await paper.isVisible('.printfoot'));
        assert.deepEqual(trouble, []);
    },
}, async () => { await browser.close(); await server.close(); });
