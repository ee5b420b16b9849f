// An inspection round in the browser: planned, drawn from a seed that anybody can check, visited; a sheet filled in on a phone while the
// connection is gone, over a closed page too, with a photo; findings; an assessor from the city sees the schools of his round alone.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, root, run, signIn, tests } from './server.mjs';

const server = await demoServer();
const shots = process.env.SHOTS;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const trouble = [];
const office = { name: server.account, password: server.password };
const assessor = await person(server.base, server.data, 'pinggu', 'assessor', ['--until', '2099-12-31']);
const inspector = await person(server.base, server.data, 'duxue', 'supervisor');
const asOffice = await signIn(server.base, office.name, office.password), asAssessor = await signIn(server.base, assessor.name, assessor.password);

async function open({ name, password }, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options }), page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (4\d\d)|ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(message.text())) trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('request', (request) => { if (request.url().endsWith('/csp-report')) trouble.push(`CSP: ${request.postData()}`); });
    await page.goto(`${server.base}/sign-in`);
    await page.fill('#name', name);
    await page.fill('#password', password);
    await page.click('main button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
}
const words = async (at, selector) => (await at.locator(selector).first().innerText()).replace(/\s+/g, ' ');
const shot = async (name, at, fullPage = true) => shots && at.screenshot({ path: join(shots, `${name}.png`), fullPage });
async function sound(at, where) {
    await at.evaluate(axe);
    const serious = await at.evaluate(async () => (await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] })).violations
        .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`));
    assert.deepEqual(serious, [], where);
    assert.ok(await at.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), `${where} scrolls sideways`);
}
const csv = (text) => text.replace(/^\uFEFF/, '').trim().split('\r\n').slice(1).map((line) => line.split(','));
const page = await open(office), phone = await open(inspector, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
const SEED = '2026-11-18 福彩3D 第2026308期 4 0 7';
let round, sheet, places, asHead;
const go = async (at, path) => { await at.goto(server.base + path); };

await tests({
    async 'the office plans a round, with a lead, an inspector and an assessor from the city'() {
        await go(page, '/rounds');
        if (!await page.locator('#new[open]').count()) await page.click('#new > summary');
        await page.selectOption('#kind', 'city');
        await page.fill('#title', '2026 年市级复核');
        await page.fill('#organiser', '郑州市人民政府教育督导室');
        await page.fill('#scope', '资源配置、政府保障程度、教育质量，到校核对数据，查办学行为。');
        await page.fill('#first', '2026-11-20');
        await page.fill('#last', '2026-12-31');
        await page.click('#new button[type=submit]');
        await page.waitForURL(/\/rounds\/[0-9a-f]+/);
        round = new URL(page.url()).pathname;
        assert.match(await words(page, 'h1'), /2026 年市级复核：筹备中，要去 0 个单位/);
        for (const [account, name, unit, duty] of [['', '何伟', '市教育督导室 主任', 'lead'], ['duxue', '', '县教育局督导', 'member'], ['pinggu', '', '市督学', 'member']]) {
            if (!await page.locator('#m-duty').isVisible()) await page.click('#team details summary');
            await page.selectOption('#m-account', account);
            await page.fill('#m-name', name);
            await page.fill('#m-unit', unit);
            await page.selectOption('#m-duty', duty);
            await page.locator('#team button', { hasText: '加入' }).click();
            await page.waitForURL(/#team/);
        }
        assert.match(await words(page, '#team'), /组长 何伟.*督导.*评估人员/);
    },
    async 'schools are drawn from a published seed, and anybody draws the same ones again'() {
        await page.fill('#seed', SEED);
        await page.selectOption('#strata', 'area');
        await page.fill('#wanted', '8');
        await page.locator('form.drawn button').click();
        await page.waitForURL(/#places/);
        assert.equal(await page.locator('#places tbody tr').count(), 8);
        await shot('rounds-round-1440', page);
        await sound(page, 'round');
        await page.click('#places h2 a');
        assert.match(await words(page, 'h1'), /所学校分 \d+ 层，抽中 8 所/);
        await shot('rounds-draw-1440', page);
        await sound(page, 'draw');
        const rows = csv(await (await asOffice.get(`${round}/draw?as=csv`)).text());
        const digest = (code) => createHash('sha256').update(`${SEED}|${code}`).digest('hex');
        for (const [, , code, , hex] of rows) assert.equal(hex, digest(code));
        // The rule by hand: order within the stratum, one place each, then Sainte-Laguë.
        const strata = new Map();
        for (const [stratum, , code] of rows) strata.set(stratum, [...(strata.get(stratum) ?? []), code]);
        const taken = new Map([...strata.keys()].map((name) => [name, 1]));
        const bytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
        for (let n = strata.size; n < 8; n++) {
            const next = [...strata.keys()].sort(bytes).reduce((best, name) => (strata.get(name).length / (2 * taken.get(name) + 1) > strata.get(best).length / (2 * taken.get(best) + 1) ? name : best));
            taken.set(next, taken.get(next) + 1);
        }
        const mine = [...strata].flatMap(([name, codes]) => codes.sort((a, b) => bytes(digest(a), digest(b))).slice(0, taken.get(name))).sort();
        assert.deepEqual(rows.filter((row) => row[5] === '是').map((row) => row[2]).sort(), mine);
        places = mine;
        const list = join(server.dir, 'list.csv');
        writeFileSync(list, await (await asOffice.get(`${round}/draw?as=csv`)).text());
        assert.match(run(['draw', list, '--seed', SEED]), /抽中 8 所，与名单一致/);
        run(['draw', list, '--seed', `${SEED} `.replace('4 0 7', '4 0 8')], { expected: 1 });
    },
    async 'the assessor from the city sees the schools of the round, and nothing else'() {
        const status = async (path) => (await asAssessor.get(path)).status;
        assert.equal(await status(round), 200);
        assert.equal(await status(`/schools/${places[0]}?year=2025`), 200);
        assert.equal(await status(`/lineage?of=school:${places[0]}:classrooms_multimedia:2025`), 200);
        const list = (await Promise.all(['primary', 'junior'].map(async (stage) => (await asAssessor.get(`/schools?year=2025&stage=${stage}`)).text()))).join('');
        assert.deepEqual([...new Set([...list.matchAll(/href="\/schools\/(\d+)/g)].map((m) => m[1]))].sort(), places);
        const other = csv(await (await asOffice.get(`${round}/draw?as=csv`)).text()).find((row) => row[5] !== '是')[2];
        assert.equal(await status(`/schools/${other}?year=2025`), 404);
        for (const path of ['/overview', '/readiness', '/frozen', '/tables', '/registers']) assert.equal(await status(path), 403, path);
        assert.equal((await asAssessor.post(round, { act: 'step', step: 'begin' })).status, 403);
    },
    async 'visits begin: the principal hears of it, and sees the round without the sheet'() {
        await go(page, round);
        await page.click('form[data-main] button');
        await page.waitForLoadState();
        assert.match(await words(page, 'h1'), /查了 0\/8 个单位/);
        const head = await person(server.base, server.data, 'xiaozhang7', 'principal', ['--school', places[0]]), session = await signIn(server.base, head.name, head.password);
        asHead = session;
        const my = await (await session.get('/my')).text();
        assert.match(my, /督导“2026 年市级复核”开始查访/);
        assert.equal((await session.get(round)).status, 200);
        assert.equal((await session.get(`${round}/sheet/school:${places[0]}`)).status, 404);
        assert.equal((await session.get(`${round}/sheet/school:${places[1]}`)).status, 404);
    },
    async 'on a phone one question a screen; without a connection answers and a photo wait, visibly, over a closed page'() {
        sheet = `${round}/sheet/school%3A${places[0]}`;
        await go(phone, sheet);
        await phone.waitForFunction(() => document.getElementById('inspect').dataset.kept === 'yes');
        await shot('rounds-sheet-390', phone, false);
        await sound(phone, 'sheet');
        assert.ok(await phone.evaluate(() => document.querySelector('#q-A3').offsetHeight > 600), 'a question is a screen');
        assert.ok(await phone.locator('#q-A3 a.src').count(), 'the figure stands beside the question, with its source');
        await phone.locator('#q-A1 .pick-one', { hasText: /^\s*符合/ }).click();
        await phone.waitForFunction(() => document.getElementById('saved-at').textContent.includes('保存于'));
        await phone.waitForTimeout(400);
        await phone.context().setOffline(true);
        await phone.locator('#q-A4 .pick-one', { hasText: '不符合' }).click();
        await phone.fill('#n-A4', '操场东侧停了 12 辆车，占 400 平方米。');
        await phone.locator('#n-A4').blur();
        await phone.setInputFiles('#p-A4', join(root, 'tests/web/rounds.png'));
        await phone.waitForFunction(() => /3 条待上传/.test(document.getElementById('queue').textContent));
        await shot('rounds-sheet-offline-390', phone, false);
        await phone.close({ runBeforeUnload: false });
    },
    async 'the page is opened again still without a connection, and all is sent once it is back'() {
        const context = browser.contexts().at(-1), again = await context.newPage();
        again.on('pageerror', (error) => trouble.push(String(error)));
        await again.goto(server.base + sheet);
        await again.waitForFunction(() => /3 条待上传/.test(document.getElementById('queue').textContent));
        assert.ok(await again.locator('#q-A4 input[value=不符合]').isChecked());
        await context.setOffline(false);
        await again.waitForSelector('#queue', { state: 'hidden', timeout: 15000 });
        const text = await (await asOffice.get(sheet)).text();
        assert.match(text, /操场东侧停了 12 辆车/);
        const photo = text.match(/src="(\/rounds\/[^"]+\/photo\/[^"]+)"/)[1];
        const bytes = await asOffice.get(photo);
        assert.equal(bytes.status, 200);
        assert.match(bytes.headers.get('content-type'), /image\//);
        assert.equal((await (await signIn(server.base, assessor.name, assessor.password)).get(photo)).status, 200);
        await again.close();
    },
    async 'what two people answer differently is shown, not overwritten'() {
        const post = async (session, typed, seen) => (await (await session.post(`${sheet}/answers`, { field: 'A5', typed, seen })).json()).cells[0];
        assert.equal((await post(asOffice, '符合', '0')).outcome, 'saved');
        const theirs = await post(asAssessor, '不符合', '0');
        assert.equal(theirs.outcome, 'conflict');
        assert.equal(theirs.value, '符合');
    },
    async 'without scripts the whole sheet is one form; failing answers become findings when it is handed in'() {
        const text = await (await asOffice.get(sheet)).text(), fields = { act: 'done' };
        for (const [, name, value] of text.matchAll(/name="(s\.[^"]+)" value="([^"]*)"/g)) fields[name] = value;
        for (const [, name, value] of text.matchAll(/type="radio" name="([^"]+)" value="([^"]+)"/g)) fields[name] ??= value;
        fields['v.A4'] = '不符合';
        fields['v.A4.note'] = '操场东侧停了 12 辆车，占 400 平方米。';
        fields['v.B3'] = '不符合';
        fields['v.E2'] = '教师 3 人，学生 8 人';
        const bare = await asOffice.post(sheet, fields);
        assert.equal(bare.status, 422);
        assert.match(await bare.text(), /B3.*还没有写看到了什么/s);
        fields['v.B3.note'] = '五年级美术课上语文。';
        const stamps = await (await asOffice.get(sheet)).text();
        for (const [, name, value] of stamps.matchAll(/name="(s\.[^"]+)" value="([^"]*)"/g)) fields[name] = value;
        assert.equal((await asOffice.post(sheet, fields)).status, 303);
        const now = await (await asOffice.get(round)).text();
        assert.match(now, /查了 1\/8 个单位，记了 2 个问题，2 个待定/);
        assert.match(now, /五年级美术课上语文/);
        await go(page, round);
        await shot('rounds-findings-1440', page);
        await sound(page, 'round with findings');
        const small = await open(office, { viewport: { width: 390, height: 844 } });
        await go(small, round);
        await shot('rounds-round-390', small);
        await sound(small, 'round on a phone');
        await go(small, '/rounds');
        await shot('rounds-list-390', small);
        await sound(small, 'list on a phone');
        await small.context().close();
    },
    async 'what was typed offline while another handed the sheet in is refused, kept, and sent when it is open again'() {
        const step = async (act) => assert.equal((await asOffice.post(sheet, { act })).status, 303);
        await step('again');
        const context = browser.contexts().at(-1), late = await context.newPage();
        await late.goto(server.base + sheet);
        await late.waitForFunction(() => document.getElementById('inspect').classList.contains('scripted'));
        await context.setOffline(true);
        await late.fill('#n-A6', '三年级一间没有联网。');
        await late.locator('#n-A6').blur();
        await late.waitForFunction(() => /1 条待上传/.test(document.getElementById('queue').textContent));
        await step('done');
        await context.setOffline(false);
        await late.waitForFunction(() => /已经交了/.test(document.querySelector('[data-wrong=A6]').textContent), null, { timeout: 15000 });
        await step('again');
        await late.reload();
        await late.waitForFunction(() => document.getElementById('saved-at').textContent.includes('保存于'));
        assert.match(await (await asOffice.get(sheet)).text(), /三年级一间没有联网。/);
        await step('done');
        await late.close();
    },
    async 'a finding goes to whoever answers for it as an order; the other is dropped for a reason; then it is fed back'() {
        await go(page, round);
        await page.click('#finding-1 details >> nth=0');
        assert.match(await page.locator('#finding-1 select[name=owner] option').first().textContent(), /小学/);
        await page.locator('#finding-1 button', { hasText: '下达整改通知' }).click();
        await page.waitForURL(/#findings/);
        assert.match(await words(page, '#finding-1'), /已交办.*交 .* 办，期限 20\d\d-\d\d-\d\d。 整改单 已下达/);
        const order = await page.locator('#finding-1 a', { hasText: '整改单' }).getAttribute('href');
        await go(page, order);
        assert.match(await words(page, 'main'), /督导问题（较重）.*操场东侧停了 12 辆车/);
        assert.ok(await page.locator(`a[href="${round}#finding-1"]`).count(), 'the order leads back to its finding');
        assert.equal((await asHead.get(`${round}/papers/opinion?place=school%3A${places[0]}`)).status, 404, 'not before it is fed back');
        const drop = await asOffice.post(`${round}/findings`, { act: 'drop', number: '2', reason: '当天美术教师请假，已补课' });
        assert.equal(drop.status, 303);
        assert.equal((await asOffice.post(round, { act: 'step', step: 'feed_back', reason: '' })).status, 422);
        assert.equal((await asOffice.post(round, { act: 'step', step: 'feed_back', reason: '其余学校下月再去' })).status, 303);
        assert.match(await (await asHead.get(round)).text(), /操场东侧停了 12 辆车/);
    },
    async 'papers are made from the data, as a page, DOCX and PDF, with the office\'s words'() {
        const letter = `${round}/papers/opinion?place=school%3A${places[0]}`;
        const added = await asOffice.post(letter, { number: '郑政教督〔2026〕5号', signed_on: '2026-12-31', words: '运动场地要专用。\n请于下学期开学前划定停车区。' });
        assert.equal(added.status, 303);
        const text = await (await asHead.get(letter)).text();
        assert.match(text, /督导意见书.*郑政教督〔2026〕5号.*操场东侧停了 12 辆车.*运动场地要专用。.*2026年12月31日/s);
        assert.match(text, /class="src" href="[^"]*lineage\?of=level/, 'figures lead to their source');
        assert.equal((await asHead.get(`${round}/papers/feedback`)).status, 404);
        for (const [path, says] of [[`${round}/papers/notice`, '抽样办法'], [letter, '督导意见书'], [`${round}/papers/feedback`, '反馈意见'], [`${round}/papers/plan`, '整改方案'],
            [`${round}/papers/report`, '整改情况报告'], [`${round}/papers/sheet?place=school%3A${places[0]}`, '学校督导检查表']]) {
            assert.match(await (await asOffice.get(path)).text(), new RegExp(says));
            for (const as of ['docx', 'pdf', 'xlsx']) {
                const answer = await asOffice.get(`${path}${path.includes('?') ? '&' : '?'}as=${as}`), bytes = Buffer.from(await answer.arrayBuffer());
                assert.equal(answer.status, 200, `${path} ${as}`);
                assert.equal(bytes.subarray(0, 4).toString('latin1'), as === 'pdf' ? '%PDF' : 'PK\x03\x04');
                if (shots) writeFileSync(join(shots, `paper-${path.match(/papers\/(\w+)/)[1]}.${as}`), bytes);
            }
        }
        await go(page, letter);
        await shot('rounds-letter-1440', page);
        await sound(page, 'letter');
    },
    async 'when the round is over the assessor sees nothing any more'() {
        assert.equal((await asOffice.post(round, { act: 'step', step: 'end', reason: '整改继续督办' })).status, 303);
        for (const path of [round, `/schools/${places[0]}?year=2025`, sheet]) assert.equal((await asAssessor.get(path)).status, 404, path);
    },
    async 'nothing broke the content security policy'() {
        assert.deepEqual(trouble, []);
    },
}, async () => { await browser.close(); await server.close(); });
