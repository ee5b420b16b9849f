// The public page: nothing without a release; what the office chose, as it saw it; nothing else can be reached without signing in; no
// hidden cell can be worked out; later data change nothing; withdrawn, it is gone.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, signIn, tests } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];
const open = async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' }), page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') trouble.push(message.text()); });
    page.on('request', (request) => { if (request.url().includes('/csp-report')) trouble.push('a CSP report'); });
    return page;
};
const picture = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
const axe = async (page) => {
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].target}`));
    assert.deepEqual(found, []);
};
const stranger = async (path = '/public') => { const answer = await fetch(server.base + path, { redirect: 'manual' }); return { status: answer.status, text: await answer.text() }; };
const office = await signIn(server.base, server.account, server.password);
const withdrawAll = async () => {
    const text = await (await office.get('/release')).text();
    for (const [, id] of text.matchAll(/\/release\/([0-9a-f]+)\/withdraw/g)) assert.equal((await office.post(`/release/${id}/withdraw`, { reason: '测试之前清空' })).status, 303);
};
const seen = async (query) => (await (await office.get(`/release?${query}`)).text()).match(/name="seen" value="(\d+)"/)?.[1];

// A table with sums whose hidden cells are null: does any line of it give one away?
function alone(table) {
    const lines = [...table, ...table[0].map((_, c) => table.map((row) => row[c]))];
    return lines.some((line) => line.filter((x) => x === null).length === 1);
}

await tests({
    'without a release nothing is shown, and nobody is sent to sign in': async () => {
        await withdrawAll();
        const { status, text } = await stranger();
        assert.equal(status, 200);
        assert.match(text, /还没有公布数据/);
        assert.doesNotMatch(text, /<table/);
    },
    'the office chooses, sees it as it will stand, and releases it': async () => {
        const page = await open(1440);
        await page.goto(`${server.base}/sign-in`);
        await page.fill('#name', server.account);
        await page.fill('#password', server.password);
        await page.click('button[type=submit]');
        await page.goto(`${server.base}/release?year=2025`);
        for (const figure of ['passing', 'spread', 'means_primary', 'shares', 'pupils', 'migrant']) {
            const box = page.locator(`input[name=figure][value=${figure}]`);
            if (await box.isEnabled()) await box.check();
        }
        await page.fill('#remark', '本学年起公布各校达标情况。');
        await page.click('text=看会公布什么');
        await page.waitForSelector('#preview table');
        await axe(page);
        await picture(page, 'release-1440');
        const preview = await page.locator('#preview table').allInnerTexts();
        await page.click('#preview button');
        await page.waitForSelector('text=现在公布的');
        const everybody = await open(390);
        await everybody.goto(`${server.base}/public`);
        assert.deepEqual(await everybody.locator('main table').allInnerTexts(), preview);
        assert.ok((await everybody.locator('main').innerText()).includes('本学年起公布各校达标情况。'));
        assert.ok(await everybody.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than a phone');
        await axe(everybody);
        await picture(everybody, 'public-390');
        await everybody.setViewportSize({ width: 1440, height: 900 });
        await picture(everybody, 'public-1440');
    },
    'what was not chosen is not there, nor the name of any school': async () => {
        const { text } = await stranger();
        assert.doesNotMatch(text, /id="left_behind"|id="verdict"/);
        const names = [...(await (await office.get('/schools?year=2025')).text()).matchAll(/href="\/schools\/\d{10}[^"]*"[^>]*>([^<]+)</g)].map((m) => m[1]);
        assert.ok(names.length > 10);
        const figures = text.replace(/<section class="sheet" id="cases">[\s\S]*?<\/section>/, '');   // a good case names whose it is
        for (const name of names) assert.ok(!figures.includes(name), name);
    },
    'no hidden cell is alone in its row or column, and no shown one is small': async () => {
        for (const figure of ['migrant', 'left_behind', 'pupils']) {
            const text = await (await office.get(`/release?year=2025&figure=${figure}`)).text();
            const body = text.match(/id="preview"[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/)?.[1];
            if (!body) continue;
            const table = [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) => [...row.matchAll(/<td class="n">([^<]*)</g)].map(([, cell]) => (cell === '不公布' ? null : Number(cell.replaceAll(',', '')))));
            assert.ok(table.flat().every((x) => x === null || x === 0 || x >= 10), figure);
            assert.ok(!alone(table), figure);
        }
    },
    'released words stay when the data change, and a stale look is not released': async () => {
        const before = (await stranger()).text.match(/<main[\s\S]*<\/main>/)[0], version = await seen('year=2025&figure=passing');
        const school = (await (await office.get('/schools?year=2025')).text()).match(/href="\/schools\/(\d{10})/)[1];
        const form = await (await office.get(`/schools/${school}/figures/pupils_primary?year=2025`)).text();
        const standing = form.match(/name="seen" value="([^"]*)"/)?.[1] ?? form.match(/name="version" value="([^"]*)"/)?.[1];
        const fields = Object.fromEntries([...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
        if (standing !== undefined || Object.keys(fields).length) {
            const answer = await office.post(`/schools/${school}/figures?year=2025`, { ...fields, item: 'pupils_primary', value: '777', number: '777', reason: '测试更正' });
            if (answer.status === 303) {
                const late = await office.post('/release?year=2025', new URLSearchParams([['figure', 'passing'], ['seen', version], ['remark', '']]));
                assert.equal(late.status, 409);
            }
        }
        assert.equal((await stranger()).text.match(/<main[\s\S]*<\/main>/)[0], before);
    },
    'nothing else opens without signing in; who may not release is refused': async () => {
        for (const path of ['/release', '/reports', '/frozen', '/readiness', '/overview', '/lineage?of=passing:primary:2025']) {
            const { status, text } = await stranger(path);
            assert.ok(status === 303 || status === 302 || status === 404, `${path} ${status}`);
            assert.doesNotMatch(text, /<table/);
        }
        const supervisor = await person(server.base, server.data, 'duchaoo', 'supervisor');
        const session = await signIn(server.base, supervisor.name, supervisor.password);
        assert.equal((await session.get('/release')).status, 403);
        assert.equal((await session.post('/release?year=2025', { figure: 'passing', seen: '1' })).status, 403);
    },
    'nothing chosen, an unknown figure, a remark too long are said': async () => {
        const version = await seen('year=2025&figure=passing');
        for (const [fields, words] of [[{ seen: version }, '没有选要公布的数'], [{ seen: version, figure: 'salaries' }, '可以公布'], [{ seen: version, figure: 'passing', remark: '长'.repeat(301) }, '超过 300 个字']]) {
            const answer = await office.post('/release?year=2025', fields);
            assert.ok(answer.status >= 400 && answer.status < 500);
            assert.ok((await answer.text()).includes(words), words);
        }
    },
    'withdrawn, it is gone; the history keeps both, with the reason': async () => {
        await withdrawAll();
        assert.match((await stranger()).text, /还没有公布数据/);
        assert.match(await (await office.get('/release')).text(), /测试之前清空/);
    },
    'nothing was refused by the browser': async () => assert.deepEqual(trouble, []),
}, async () => { await browser.close(); await server.close(); });
