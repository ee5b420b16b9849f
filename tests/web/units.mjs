// The county's units on their page, from an empty county on: the first list, added, renamed, moved, merged, closed, reopened, the history, any
// day's tree, the leading group, a workbook out and in. Then the demo: 我的事 with its number, and the head of a school district.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, root, run, serve, signIn, tests } from './server.mjs';

const dir = mkdtempSync(join(tmpdir(), 'junheng-units-')), data = join(dir, 'data');
run(['init', data, '--county', '410185', '--name', '登封市']);
const server = await serve(data), office = await signIn(server.base, ...Object.values(await person(server.base, data, 'ban', 'office')));
const demo = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const trouble = [];
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

async function open(base, session, path, width = 1440) {
    const context = await browser.newContext({ viewport: { width, height: width > 600 ? 900 : 844 }, acceptDownloads: true });
    await context.addCookies(session.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: base })));
    const page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('console', (message) => { if (/Content.Security.Policy/.test(message.text())) trouble.push(message.text()); });
    assert.equal((await page.goto(base + path)).status(), 200, path);
    return page;
}
async function sound(page, name) {
    const context = await browser.newContext({ bypassCSP: true, viewport: page.viewportSize() });
    await context.addCookies(await page.context().cookies());
    const look = await context.newPage();
    await look.goto(page.url());
    if (process.env.SHOTS) for (const width of [1440, 390]) {
        await look.setViewportSize({ width, height: 900 });
        await look.screenshot({ path: join(process.env.SHOTS, `${name}-${width}.png`), fullPage: true });
    }
    await look.setViewportSize({ width: 390, height: 844 });
    assert.ok(await look.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than a phone`);
    await look.evaluate(axe);
    const found = await look.evaluate(() => axe.run());
    await context.close();
    assert.deepEqual(found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id} ${v.nodes[0].html}`), []);
}
const words = (page) => page.innerText('main');
const page = await open(server.base, office, '/units');
const form = (summary) => page.locator('details.sheet', { has: page.locator('summary', { hasText: summary }) });
async function act(summary, fill) {
    await form(summary).locator('summary').first().click();
    await fill(form(summary));
    await Promise.all([page.waitForNavigation(), form(summary).locator('button[type=submit]').first().click()]);
}
async function add(kind, code, name, parent = '', district = '') {
    await page.goto(server.base + '/units');
    await act('设立一个单位', async (f) => {
        await f.locator('[name=kind]').selectOption(kind);
        await f.locator('[name=code]').fill(code);
        await f.locator('[name=name]').fill(name);
        await f.locator('[name=parent]').selectOption(parent);
        await f.locator('[name=district]').selectOption(district);
        await f.locator('[name=day]').fill('2024-09-01');
    });
    assert.match(page.url(), new RegExp(`q=${code}`));
    assert.match(await words(page), new RegExp(name));
}
const upload = async (bytes, day = '2026-09-01', name = '单位.xlsx') => {
    const fields = new FormData();
    fields.append('day', day);
    fields.append('file', new Blob([bytes]), name);
    return office.post('/units/import', fields);
};
const edited = (bytes, ...edits) => {
    const from = join(dir, 'from.xlsx'), to = join(dir, 'to.xlsx');
    writeFileSync(from, bytes);
    execFileSync('python3', [join(root, 'tests/web/edit_xlsx.py'), from, to, '1', ...edits]);
    return readFileSync(to);
};
const rowsOf = (bytes) => {
    const file = join(dir, 'look.xlsx');
    writeFileSync(file, bytes);
    const said = execFileSync('python3', [join(root, 'tests/web/edit_xlsx.py'), file, '-', '1'], { encoding: 'utf8' });
    return said.trim().split('\n').map((line) => Object.fromEntries(line.split('\t').map((cell) => cell.match(/^([A-Z]+\d+)=(.*)$/s).slice(1))));
};
const placeOf = (rows, code) => rows.findIndex((row, i) => row[`A${i + 1}`] === code) + 1;

await tests({
    async 'the first list: townships, departments, the leading group'() {
        assert.match(await words(page), /还没有单位/);
        await page.locator('#seed-day').fill('2022-09-01');
        await Promise.all([page.waitForNavigation(), form('建立初始名单').locator('button').click()]);
        const said = await words(page);
        for (const one of ['登封市', '嵩阳街道', '市财政局', '领导小组办公室']) assert.ok(said.includes(one), one);
        await sound(page, 'units');
    },
    async 'a unit is added, renamed, moved; the history tells it'() {
        await add('district', 'XQ1', '嵩阳学区', '410185');
        await add('school', '3141000001', '嵩阳一小', '410185', 'XQ1');
        await add('school', '3141000002', '嵩阳二小', '410185');
        await page.goto(server.base + '/units/3141000001');
        await act('更名', async (f) => { await f.locator('[name=name]').fill('嵩阳第一小学'); await f.locator('[name=day]').fill('2025-01-01'); });
        assert.match(await page.innerText('h1'), /嵩阳第一小学/);
        const township = (await (await office.get('/units')).text()).match(/\/units\/(410185\d{3,})"/)[1];
        await act('改隶属', async (f) => {
            await f.locator('[name=parent]').selectOption(township);
            await f.locator('[name=district]').selectOption('XQ1');
            await f.locator('[name=day]').fill('2025-03-01');
        });
        const said = await words(page);
        assert.match(said, /改隶属[^]*更名[^]*设立/);
        assert.match(said, /ban，/);
        await sound(page, 'unit');
    },
    async 'a change before the last one is refused with the remedy, and nothing is changed'() {
        await act('更名', async (f) => { await f.locator('[name=name]').fill('早先的名字'); await f.locator('[name=day]').fill('2023-01-01'); });
        assert.match(await page.innerText('body'), /已有更晚的变动[^]*历史不能改写/);
        assert.doesNotMatch(await (await office.get('/units/3141000001')).text(), /早先的名字/);
    },
    async 'merged, closed, reopened: each from its day, any earlier day as it was'() {
        await page.goto(server.base + '/units/3141000002');
        await act('并入另一个单位', async (f) => {
            await f.locator('[name=successor]').selectOption('3141000001');
            await f.locator('[name=day]').fill('2025-08-20');
            await f.locator('[name=reason]').fill('布局调整');
        });
        assert.match(await words(page), /已于 2025-08-20 撤销或合并[^]*并入：嵩阳第一小学/);
        await page.goto(server.base + '/units?on=2024-10-01&q=嵩阳');
        assert.match(await words(page), /嵩阳一小/);
        assert.doesNotMatch(await words(page), /嵩阳第一小学|已撤并/);
        await page.goto(`${server.base}/units?on=${today}&q=嵩阳`);
        assert.match(await words(page), /嵩阳二小\s*已撤并[^]*并入嵩阳第一小学/);
        await page.goto(server.base + '/units/3141000002');
        await act('恢复', async (f) => { await f.locator('[name=day]').fill('2025-09-01'); await f.locator('[name=reason]').fill('群众要求'); });
        await act('撤销', async (f) => { await f.locator('[name=day]').fill('2026-07-01'); await f.locator('[name=reason]').fill('没有生源'); });
        assert.match(await words(page), /撤销[^]*没有生源[^]*恢复[^]*群众要求[^]*合并[^]*布局调整[^]*设立/);
    },
    async 'somebody joins the leading group and leaves it'() {
        await page.goto(server.base + '/units/LXZ');
        await page.fill('[name=part]', '组长');
        await page.fill('#member', '何建华');
        await page.fill('[name=works_at]', '市政府');
        await page.fill('#joins', '2024-01-01');
        await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '加入' }).click()]);
        assert.match(await words(page), /组长 何建华\s*2024-01-01 起/);
        await sound(page, 'unit-members');
        await page.locator('summary', { hasText: '离任' }).click();
        await page.locator('[id^=leaves-]').fill('2026-06-30');
        await Promise.all([page.waitForNavigation(), page.locator('main li form button').click()]);
        assert.match(await words(page), /2024-01-01 至 2026-06-30/);
        await page.goto(server.base + '/units/LXZ-BGS');
        await page.fill('[name=part]', '主任');
        await page.fill('#member', '冯志远');
        await page.fill('#joins', '2024-01-01');
        await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '加入' }).click()]);
        assert.match(await words(page), /主任 冯志远/);
    },
    async 'the workbook comes back unchanged; what was edited is shown, then done'() {
        const [download] = await Promise.all([page.waitForEvent('download'), page.goto(server.base + '/units').then(() => page.click('a[href="/units/workbook"]'))]);
        const bytes = readFileSync(await download.path()), rows = rowsOf(bytes);
        assert.match(await (await upload(bytes)).text(), /行都和系统里一样，没有变动/);
        const school = placeOf(rows, '3141000001'), finance = placeOf(rows, 'D11'), women = placeOf(rows, 'D20'), free = rows.length + 1;
        const changed = edited(bytes, `B${finance}=市财政局（国资办）`, `F${women}=撤销`, `I${women}=机构改革`, `E${school}=`, `A${free}=3141000003`, `B${free}=嵩阳三小`, `C${free}=学校`, `D${free}=XQX`);
        // Faults name the cell and the remedy; nothing is changed.
        const refused = await upload(changed);
        assert.equal(refused.status, 422);
        assert.match(await refused.text(), new RegExp(`A${free}[^]*单位[^]*XQX[^]*还不存在`));
        await page.goto(server.base + '/units/import');
        const good = join(dir, 'good.xlsx');
        writeFileSync(good, edited(changed, `D${free}=410185`));
        await page.setInputFiles('#file', good);
        await page.fill('#day', '2026-09-01');
        await Promise.all([page.waitForNavigation(), page.click('main form button[type=submit]')]);
        assert.match(await page.innerText('h1'), /中有 4 处变动/);
        const table = await page.innerText('#changes');
        for (const one of [/市财政局（国资办）[^]*更名/, /嵩阳三小[^]*设立/, /嵩阳第一小学[^]*改隶属[^]*嵩阳学区/, /市妇联[^]*撤销[^]*机构改革/]) assert.match(table, one);
        if (process.env.SHOTS) for (const width of [1440, 390]) { await page.setViewportSize({ width, height: 900 }); await page.screenshot({ path: join(process.env.SHOTS, `units-import-${width}.png`), fullPage: true }); }
        await page.setViewportSize({ width: 1440, height: 900 });
        await Promise.all([page.waitForNavigation(), page.locator('#changes button').click()]);
        assert.match(await words(page), /按工作簿做了 4 处变动/);
        await page.goto(server.base + '/units?on=2026-09-02&q=D11');
        assert.match(await words(page), /国资办/);
        // The same changes once more: somebody (oneself) has changed the tree meanwhile, and there is nothing left to do.
        assert.match(await (await upload(readFileSync(good))).text(), /没有变动/);
        assert.match(run(['units', 'list', '--on', '2026-09-02', '--data', data]), /嵩阳三小/);
        run(['units', 'export', '-o', join(dir, 'cli.xlsx'), '--data', data]);
        assert.match(run(['units', 'import', join(dir, 'cli.xlsx'), '--data', data]), /0 处变动/);
        assert.match(run(['units', 'import', join(dir, 'to.xlsx'), '--on', '2027-01-01', '--data', data]), /0 处变动/);
    },
    async 'a file that is none of ours is refused in words'() {
        assert.match(await (await upload('你好', '2026-09-01', 'x.csv')).text(), /没有找到有“代码”“名称”的表头/);
        const none = await upload(readFileSync(join(dir, 'cli.xlsx')), '去年');
        assert.equal(none.status, 422);
        assert.match(await none.text(), /不是一个日期/);
    },
    async 'my work: what waits, its number on every page, a reminder read'() {
        const clerk = await signIn(demo.base, 'demo.tianbao2', demo.password), mine = await open(demo.base, clerk, '/my');
        const [, n] = (await mine.innerText('h1')).match(/(\d+) 件事等您办/);
        assert.ok(Number(n) > 0);
        assert.equal(await mine.innerText('.rail a[href="/my"] .mine [aria-hidden]'), n);
        await mine.goto(demo.base + '/schools');
        assert.equal(await mine.innerText('.rail a[href="/my"] .mine [aria-hidden]'), n);
        await mine.goto(demo.base + '/my');
        await sound(mine, 'my');
        // Another reader of the same shared page has a number of his own, or none.
        const admin = await signIn(demo.base, 'demo.xitong', demo.password);
        assert.doesNotMatch(await (await admin.get('/account')).text(), /class="mine"/);
    },
    async 'the head of a school district sees, checks and confirms what is his'() {
        const head = await signIn(demo.base, 'demo.xuequ', demo.password), office = await signIn(demo.base, 'demo', demo.password);
        const own = new Set([...(await (await head.get('/schools?year=2025')).text()).matchAll(/\/schools\/(\d{8,})/g)].map((m) => m[1]));
        const all = new Set([...(await (await office.get('/schools?year=2025')).text()).matchAll(/\/schools\/(\d{8,})/g)].map((m) => m[1]));
        assert.ok(own.size > 3 && own.size < all.size, `${own.size} of ${all.size}`);
        const another = [...all].find((code) => !own.has(code));
        assert.equal((await head.get(`/schools/${another}`)).status, 404);
        assert.equal((await head.get('/overview')).status, 403);
        const at = await open(demo.base, head, '/my');
        assert.match(await words(at), /的填报，等您审核。/);
        await at.goto(demo.base + '/returns?year=2026&state=confirmed');
        const link = await at.locator('tbody a[href^="/returns/"]').first().getAttribute('href'), path = link.replace(/(\/returns\/\d+).*/, '$1');
        assert.ok(own.has(path.slice(9)));
        assert.equal((await head.post(`${path}/step?year=2026`, { step: 'check' })).status, 303);
        assert.match(await (await head.get(`${path}?year=2026`)).text(), /已审核/);
        assert.equal((await head.post(`/returns/${another}/step?year=2026`, { step: 'check' })).status, 404);
        await sound(at, 'district');
    },
    async 'no script failed and no page broke the content security policy'() {
        assert.deepEqual(trouble, []);
    },
}, async () => { await browser.close(); await server.stop(); await demo.close(); rmSync(dir, { recursive: true, force: true }); });
