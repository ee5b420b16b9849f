// A whole year in a browser, by eight people: opened, brought in, filled in, sent back, approved, judged, locked, reported, frozen,
// corrected after the lock by two, worked out again.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { demoServer, person, signIn, tests } from './server.mjs';

const YEAR = '2027';
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const said = [];     // of the content security policy, and of broken scripts

async function open(who) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.on('console', (message) => { if (/Content Security Policy|Refused to/.test(message.text())) said.push(message.text()); });
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`${server.base}/sign-in`);
    await page.fill('#name', who.name);
    await page.fill('#password', who.password);
    await page.click('form button');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
}
const go = async (page, path, status = 200) => { const answer = await page.goto(server.base + path); assert.equal(answer.status(), status, `${path}: ${await page.innerText('main').catch(() => '')}`); };
const heading = (page) => page.innerText('h1');

const office = await open({ name: server.account, password: server.password });
const session = await signIn(server.base, server.account, server.password);
const words = async (path) => (await (await session.get(path)).text());
const numbers = async (path) => (await words(path)).match(/<h1[^>]*>([^<]*)/)[1];

// Every warning that asks for a reason is given one, as the clerk's forms send it.
async function explainAll() {
    for (let left = 0; left < 40; left++) {
        const why = clerk.locator('.finding form:has(textarea:text-is(""))').first();
        const item = await why.count() ? await why.locator('input[name=item]').getAttribute('value') : null;
        if (item === null) break;
        const session = await clerk.evaluate(async ([path, fields]) => (await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })).status,
            [await why.getAttribute('action'), { ...Object.fromEntries(await why.locator('input').evaluateAll((all) => all.map((i) => [i.name, i.value]))), words: '今年新建了综合楼' }]);
        assert.equal(session, 200);
        await clerk.reload();
    }
}

let code, other, town, clerk, principal, township, statistician, supervisor, department, assessor;

await tests({
    async 'the office opens the year; every school is asked; what was not approved counts for nothing'() {
        await go(office, '/returns');
        for (const part of await office.locator('details.sheet > summary').all()) await part.click();
        await office.fill('input[name=year][required]', YEAR);
        await office.fill('input[name=reference_day]', `${YEAR}-09-01`);
        let day = 1;
        for (const until of await office.locator('input[id^="until-"]').all()) await until.fill(`2028-0${day++}-20`);
        await office.locator('form[action="/returns/open"] button[type=submit]').click();
        await office.waitForLoadState();
        await go(office, `/returns?year=${YEAR}`);
        const links = await office.locator('table th a').evaluateAll((list) => list.map((a) => a.getAttribute('href').match(/\/returns\/([^?]+)/)[1]));
        assert.ok(links.length > 20, `${links.length} schools`);
        [code, other] = links;
        const row = office.locator(`table tr:has(a[href*="/${code}"])`);
        town = (await row.locator('td').nth((await row.locator('td.c').count()) ? 1 : 0).innerText()).trim();
        const people = { clerk: ['--school', code], principal: ['--school', code], township: ['--township', town], statistician: [], supervisor: [], department: [], assessor: ['--until', '2030-01-01'] };
        const opened = {};
        for (const [role, place] of Object.entries(people)) opened[role] = await open(await person(server.base, server.data, `nian-${role}`, role, place));
        ({ clerk, principal, township, statistician, supervisor, department, assessor } = opened);
    },
    async 'the statistician imports what the statistics have; it fills in beforehand and does not count'() {
        const csv = `县代码,学年,学校代码,网络多媒体教室间数\n419900,${YEAR},${other},21\n`;
        await go(statistician, '/import');
        await statistician.setInputFiles('#files', { name: `教育事业统计${YEAR}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) });
        await statistician.click('#upload button[type=submit]');
        await statistician.waitForURL(/\/import\/[^/]+$/);
        await statistician.locator('form[action$="/confirm"] button[type=submit]').first().click();
        await statistician.waitForLoadState();
        await go(office, `/returns/${other}?year=${YEAR}`);
        assert.equal(await office.inputValue('[id="v.classrooms_multimedia"]'), '21');
        assert.equal((await session.get(`/schools/${other}?year=${YEAR}`)).status, 404);
    },
    async 'the clerk fills in, cell by cell; an error and a warning bar the way until they are seen to'() {
        await go(clerk, '/returns');
        await go(clerk, `/returns/${code}?year=${YEAR}`);
        const blanks = await clerk.evaluate(() => [...document.querySelectorAll('#grid input[data-item]')].filter((input) => !input.value).map((input) => ({
            item: input.dataset.item, past: input.closest('tr').querySelector('.past')?.innerText.replace(/[,\s]/g, '').replace('缺', '') ?? '' })).filter((one) => one.past));
        assert.ok(blanks.length > 15);
        for (const { item, past } of blanks) { await clerk.fill(`[id="v.${item}"]`, past); await clerk.keyboard.press('Enter'); }
        await clerk.fill('[id="v.classrooms_multimedia"]', '十二间');
        await clerk.keyboard.press('Enter');
        await clerk.waitForFunction(() => document.querySelector('[id="v.classrooms_multimedia"]').closest('td').classList.contains('e-bad'));
        await clerk.waitForFunction(() => !document.querySelector('#grid .e-wait'));
        await clerk.reload();
        assert.equal(await clerk.locator('button[name=step][value=submit]').count(), 0);
        assert.match(await clerk.innerText('#bar'), /有误|错误|处/);
        await clerk.fill('[id="v.classrooms_multimedia"]', '90');
        await clerk.keyboard.press('Enter');
        await clerk.waitForFunction(() => !document.querySelector('#grid .e-wait, #grid .e-bad'));
        await clerk.reload();
        await explainAll();
        await clerk.click('button[name=step][value=submit]');
        await clerk.waitForLoadState();
        assert.match(await heading(clerk) + await clerk.innerText('main'), /已提交/);
    },
    async 'the principal sends it back with the cell and the reason; the clerk mends it; the way goes on to approval'() {
        await go(principal, `/returns/${code}?year=${YEAR}`);
        await principal.click('tr[data-row="classrooms_multimedia"] a.about-link');
        await principal.fill('[id="why.classrooms_multimedia"]', '综合楼只有两间，共十四间');
        await principal.click('#back summary');
        await principal.click('#back button[value=send_back]');
        await principal.waitForLoadState();
        await go(clerk, '/');
        await go(clerk, `/returns/${code}?year=${YEAR}`);
        assert.match(await clerk.innerText('#grid'), /综合楼只有两间，共十四间/);
        await clerk.fill('[id="v.classrooms_multimedia"]', '14');
        await clerk.keyboard.press('Enter');
        await clerk.waitForFunction(() => !document.querySelector('#grid .e-wait'));
        await clerk.reload();
        await explainAll(); // a cell typed again asks for its reason again
        await clerk.click('button[name=step][value=submit]');
        await clerk.waitForLoadState();
        for (const [page, step] of [[principal, 'confirm'], [township, 'check'], [statistician, 'approve']]) {
            assert.equal((await session.get(`/schools/${code}?year=${YEAR}`)).status, 404);
            await go(page, `/returns/${code}?year=${YEAR}`);
            await page.click(`button[name=step][value=${step}]`);
            await page.waitForLoadState();
        }
        assert.equal((await session.get(`/schools/${code}?year=${YEAR}`)).status, 200);
        assert.match(await numbers(`/overview?year=${YEAR}`), /所学校的数据没有审定/);
    },
    async 'a department proves, the supervisor judges, another person confirms'() {
        await go(department, `/evidence/G8?year=${YEAR}`);
        const box = department.locator('form[enctype="multipart/form-data"]').first();
        if (await box.count()) {
            await department.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
            await box.locator('input[type=file]').setInputFiles({ name: '绩效工资核定文件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF') });
            await box.locator('button[type=submit]').click();
            await department.waitForLoadState();
            assert.match(await department.innerText('main'), /绩效工资核定文件/);
        }
        await go(supervisor, `/evidence/G8?year=${YEAR}`);
        await supervisor.check('input[name=verdict][value=met]');
        await supervisor.fill('#reason', '文件齐备，与财政决算一致');
        await supervisor.locator('form:has(input[name=verdict]) button[type=submit]').click();
        await supervisor.waitForLoadState();
        await go(office, `/evidence/G8?year=${YEAR}`);
        await office.click('#judgement button[value=confirm]');
        await office.waitForLoadState();
        assert.match(await words(`/lineage?of=county:judged_G8:${YEAR}`), /nian-supervisor/);
    },
    async 'township and department assess themselves, with figures the data give'() {
        for (const [page, form, at] of [[township, 'township-year', `township:${town}`], [department, 'department-year', null]]) {
            await go(page, `/forms?year=${YEAR}`);
            const links = await page.locator(`a[href*="/forms/${form}/fill"]`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
            if (!links.length && !at) continue;
            await go(page, links[0] ?? `/forms/${form}/fill?year=${YEAR}&place=${encodeURIComponent(at)}`);
            const answer = page.locator('textarea:visible, input[type=text]:visible').first();
            await answer.fill('本年度按方案推进，已完成');
            await answer.press('Tab');
            await page.waitForFunction(() => document.querySelector('#saved')?.textContent.includes('已保存'));
            await page.reload();
            assert.match(await page.locator('main').innerHTML(), /本年度按方案推进，已完成/);
        }
    },
    async 'the office locks; nothing changes past the return any more'() {
        await go(office, `/returns?year=${YEAR}`);
        for (const part of await office.locator('details.sheet > summary').all()) await part.click();
        await office.fill('form[action="/returns/lock"] textarea', '其余学校的数据下学期补报');
        await office.locator('form[action="/returns/lock"] button[type=submit]').click();
        await office.waitForLoadState();
        await go(statistician, `/schools/${code}/figures?year=${YEAR}`);
        const token = await statistician.locator('#entry input[name=form_token]').getAttribute('value');
        const refused = await statistician.evaluate(async ([path, body]) => { const a = await fetch(path, { method: 'POST', body: new URLSearchParams(body) }); return [a.status, await a.text()]; },
            [`/schools/${code}/figures?year=${YEAR}`, { form_token: token, item: 'classrooms_multimedia', 'v.classrooms_multimedia': '40', 's.classrooms_multimedia': '14' }]);
        assert.equal(refused[0], 409);
        assert.match(refused[1], /已经锁定/);
    },
    async 'the report is drafted, put in the office\'s words, taken out, and frozen'() {
        await go(office, `/reports?year=${YEAR}`);
        await go(office, `/reports/county/edit?year=${YEAR}&section=changes`);
        const before = await office.inputValue('#words');
        await office.fill('#words', `${before}\n本年度的数据按全国统一的口径报送。`);
        await office.locator('form:has(#words) button[type=submit]').click();
        await office.waitForLoadState();
        assert.match(await words(`/reports/county?year=${YEAR}`), /本年度的数据按全国统一的口径报送/);
        for (const [kind, begins] of [['docx', 'PK'], ['pdf', '%PDF']]) {
            const answer = await session.get(`/reports/county/file?year=${YEAR}&as=${kind}`);
            assert.equal(answer.status, 200, kind);
            assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, begins.length).toString(), begins);
        }
        await go(office, `/frozen?year=${YEAR}`);
        await office.fill('#reason', '年度自评定稿');
        await office.locator('form[action^="/frozen"] button[type=submit]').first().click();
        await office.waitForURL(/\/frozen\/[^/?]+/);
    },
    async 'after the lock one asks, another agrees; the assessment moves, the frozen one does not'() {
        const frozen = new URL(office.url()).pathname;
        await go(principal, `/returns/${code}/correct?year=${YEAR}`);
        await principal.fill('input[name="v.classrooms_multimedia"]', '15');
        await principal.fill('#reason', '漏报了图书馆的一间');
        await principal.locator('form[data-main] button[type=submit]').click();
        await principal.waitForLoadState();
        const level = async () => (await words(`/lineage?of=school:${code}:classrooms_multimedia:${YEAR}`));
        assert.doesNotMatch(await level(), /漏报了图书馆的一间/);
        await go(supervisor, '/corrections');
        await supervisor.click('button[name=decision][value=agree]');
        await supervisor.waitForLoadState();
        assert.match(await level(), /漏报了图书馆的一间/);
        await go(clerk, `/returns/${code}/versions?year=${YEAR}`);
        assert.match(await words(`${frozen}/verify`), /一致|相同/);
    },
    async 'an assessor who is on no inspection round sees none of it; nothing broke the content security policy'() {
        await go(assessor, `/overview?year=${YEAR}`, 403);
        await go(assessor, '/frozen', 403);
        await go(assessor, `/reports/county/edit?year=${YEAR}`, 403);
        await go(assessor, `/schools/${code}?year=${YEAR}`, 404);
        assert.deepEqual(said, []);
    },
}, async () => { await browser.close(); await server.close(); });
