// Forms: what there is for me; filled in with and without scripts, answers saved one by one, conflicts shown, bars told, confirmed by another
// person, sent back, compared over years, exported, printed; a county's own form from a workbook, its faults named, a new version.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, root, signIn, tests } from './server.mjs';

const server = await demoServer();
const shots = process.env.SHOTS, mine = mkdtempSync(join(tmpdir(), 'junheng-forms-'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const trouble = [];
const office = { name: server.account, password: server.password };
const asOffice = await signIn(server.base, office.name, office.password);
const list = await (await asOffice.get('/schools?year=2025')).text();
const school = list.match(/href="\/schools\/(\d+)[^"]*"[^>]*>([^<]+)</), code = school[1];
const clerk = await person(server.base, server.data, 'biaoyuan', 'clerk', ['--school', code]);
const head = await person(server.base, server.data, 'xiaozhang9', 'principal', ['--school', code]);
const other = await person(server.base, server.data, 'linxiao', 'clerk', ['--school', [...list.matchAll(/href="\/schools\/(\d+)/g)].map((m) => m[1]).find((c) => c !== code)]);
const supervisor = await person(server.base, server.data, 'duxue', 'supervisor');
const asClerk = await signIn(server.base, clerk.name, clerk.password), asHead = await signIn(server.base, head.name, head.password);
const asOther = await signIn(server.base, other.name, other.password);

async function open({ name, password }, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', acceptDownloads: true, ...options }), page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('request', (request) => { if (request.url().endsWith('/csp-report')) trouble.push(`CSP: ${request.postData()}`); });
    await page.goto(`${server.base}/sign-in`);
    await page.fill('#name', name);
    await page.fill('#password', password);
    await page.click('main button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
}
const page = await open(clerk);
const words = async (selector, at = page) => (await at.locator(selector).first().innerText()).replace(/\s+/g, ' ');
const shot = async (name, at = page) => shots && at.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
async function sound(at, where) {
    await at.evaluate(axe);
    const serious = await at.evaluate(async () => (await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] })).violations
        .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`));
    assert.deepEqual(serious, [], where);
    assert.ok(await at.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), `${where} scrolls sideways`);
}
const place = encodeURIComponent(`school:${code}`);
const sheet = (form, year = 2025, more = '') => `/forms/${form}/fill?year=${year}&place=${place}${more}`;
const file = (name, bytes) => { writeFileSync(join(mine, name), bytes); return join(mine, name); };
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
// Saves as the plain form does: { path of the sheet, fields, what the page held }.
async function plain(session, path, fields, act = 'save') {
    const text = await (await session.get(path)).text();
    const stamps = text.match(/name="stamps" value="([^"]*)"/)[1];
    return session.post(path, { stamps, act, ...fields });
}

await tests({
    'a clerk sees what his school fills in, and another school does not see it': async () => {
        await page.goto(`${server.base}/forms?year=2025`);
        assert.match(await words('h1'), /还有 \d+ 张自评表没有提交/);
        for (const title of ['学校办学质量自评表', '学生发展质量自评表', '乡村温馨校园检查表', '课堂教学基本规程听课记录']) assert.match(await words('#mine'), new RegExp(title));
        assert.ok(!/部门年度自评表/.test(await words('main')));
        await shot('forms-clerk');
        await sound(page, 'list');
        assert.equal((await asOther.get(sheet('smart-classroom'))).status, 404);
        assert.equal((await asOther.post(sheet('smart-classroom'), { stamps: 'A1=0', 'v.A1': '3', act: 'save' })).status, 404);
    },
    'answers are saved one by one, and questions appear with what they hang on': async () => {
        await page.goto(server.base + sheet('smart-classroom'));
        assert.match(await words('#q-A1'), /系统算出/);
        assert.ok(await page.locator('#q-A1 a.src').count(), 'the figure leads to its source');
        await page.fill('#f-A5', '2');
        await page.press('#f-A5', 'Tab');
        await page.waitForFunction(() => document.querySelector('#saved').textContent.includes('已保存'));
        assert.ok(await page.locator('#q-A6').isVisible(), 'A6 is asked when A5 > 0');
        await page.fill('#f-A5', '很多');
        await page.press('#f-A5', 'Tab');
        await page.waitForFunction(() => !document.querySelector('[data-wrong=A5]').hidden);
        assert.match(await words('[data-wrong=A5]'), /不是数/);
        await page.reload();
        assert.equal(await page.inputValue('#f-A5'), '2');
        await shot('forms-fill');
        await sound(page, 'sheet');
    },
    'without scripts the same: saved, shown, hidden': async () => {
        const answer = await plain(asClerk, sheet('smart-classroom'), { 'v.A5': '0', 'v.A3': '1' });
        assert.equal(answer.status, 303);
        const text = await (await asClerk.get(sheet('smart-classroom'))).text();
        assert.match(text, /id="q-A6" data-q="A6" hidden/);
        assert.match(text, /id="f-A3" name="v.A3" value="1"/);
    },
    'nobody overwrites what he has not seen': async () => {
        const mineFirst = await (await asClerk.get(sheet('smart-classroom'))).text(), stamps = mineFirst.match(/name="stamps" value="([^"]*)"/)[1];
        assert.equal((await plain(asHead, sheet('smart-classroom'), { 'v.A5': '0', 'v.A3': '7' })).status, 303);
        const conflict = await asClerk.post(sheet('smart-classroom'), { stamps, 'v.A5': '0', 'v.A3': '4', act: 'save' });
        assert.equal(conflict.status, 409);
        assert.match(await conflict.text(), /xiaozhang9.*改为“7”，您填的是“4”/s);
        assert.match(await (await asHead.get(sheet('smart-classroom'))).text(), /name="v.A3" value="7"/);
        // What was left as it was shown changes nothing of the other's.
        const untouched = await asClerk.post(sheet('smart-classroom'), { stamps, 'v.A5': '0', 'v.A3': '1', act: 'save' });
        assert.equal(untouched.status, 303);
        assert.match(await (await asHead.get(sheet('smart-classroom'))).text(), /name="v.A3" value="7"/);
    },
    'a good grade needs a proof, a bad one says what is done; no total, no ranking': async () => {
        const grades = Object.fromEntries([...Array(12)].map((_, i) => [`v.SQ${i + 1}`, '合格']));
        const fields = { ...grades, 'v.SQ1': '优秀', 'v.SQ2': '待改进', 'v.B1': '阅读课每周两节' };
        const refused = await plain(asClerk, sheet('school-quality'), fields, 'submit');
        assert.equal(refused.status, 422);
        const told = await refused.text();
        assert.match(told, /还有 4 处没有填好/);
        assert.match(told, /填“优秀”要附至少一份佐证/);
        assert.match(told, /填“待改进”要写改进措施/);
        await page.goto(server.base + sheet('school-quality'));
        await page.setInputFiles('#q-SQ1 input[type=file]', file('党建.png', png));
        await page.click('#q-SQ1 button[name=at]');
        await page.waitForURL(/#q-SQ1/);
        assert.match(await words('#q-SQ1 .attach ul'), /党建\.png/);
        assert.match(await words('#result'), /还不是良好以上/);
        await page.fill('[id="f-SQ2.problem"]', '德育课时被占用');
        await page.fill('[id="f-SQ2.action"]', '按课表检查');
        await page.fill('[id="f-SQ2.due"]', '2026-06-30');
        await shot('forms-quality');
        await page.click('.bar button[value=submit]');
        await page.waitForSelector('text=已提交，待确认');
        assert.ok(!/总分：|排名第|第 \d+ 名/.test(await words('main')));
        assert.match(await words('#endorse'), /您提交的，要由另一个人确认/);
        await sound(page, 'submitted');
    },
    'another person sends it back with the questions marked, then confirms; both are named': async () => {
        assert.equal((await asClerk.post(sheet('school-quality').replace('/fill', '/endorse'), { act: 'confirm' })).status, 403);
        const endorse = sheet('school-quality').replace('/fill', '/endorse');
        assert.equal((await asHead.post(endorse, { act: 'send_back', reason: '' })).status, 400 + 22);
        assert.equal((await asHead.post(endorse, { act: 'send_back', reason: 'SQ2 写具体是哪几节课', mark: 'SQ2' })).status, 303);
        await page.goto(`${server.base}/forms?year=2025`);
        assert.match(await words('#mine'), /xiaozhang9退回：SQ2 写具体/);
        await page.goto(server.base + sheet('school-quality'));
        assert.match(await words('#sent-back'), /xiaozhang9.*SQ2 写具体/);
        assert.ok(await page.locator('#q-SQ2.marked').count());
        await shot('forms-back');
        await page.click('.bar button[value=submit]');
        await page.waitForSelector('text=已提交，待确认');
        assert.equal((await asHead.post(endorse, { act: 'confirm' })).status, 303);
        await page.reload();
        assert.match(await words('h1'), /已确认/);
        assert.match(await words('main'), /biaoyuan 提交.*xiaozhang9 退回.*biaoyuan 提交.*xiaozhang9 确认/s);
        assert.equal((await plain({ ...asClerk, get: () => asClerk.get(sheet('pupil-quality')) }, sheet('school-quality'), {})).status >= 400, true);
        await shot('forms-confirmed');
    },
    'years are laid side by side, last year stands beside each question': async () => {
        assert.equal((await plain(asClerk, sheet('school-quality', 2024), { 'v.SQ1': '合格', 'v.SQ2': '良好' })).status, 303);
        await page.goto(`${server.base}/forms/school-quality/compare?place=${place}`);
        assert.match(await words('#years'), /2024学年.*2025学年/);
        assert.match(await words('#years'), /加强党建工作 合格 优秀/);
        await shot('forms-compare');
        await sound(page, 'compare');
        await page.goto(server.base + sheet('school-quality'));
        assert.match(await words('#q-SQ1'), /2024学年：合格/);
    },
    'printed blank and filled in': async () => {
        const blank = await (await asClerk.get('/forms/warm-campus/print')).text();
        assert.match(blank, /□[\s\S]*符合/);
        assert.match(blank, /填表人/);
        await page.goto(`${server.base}${sheet('school-quality').replace('/fill', '/print')}`);
        await page.emulateMedia({ media: 'print' });
        assert.match(await words('main'), /■\s*优秀/);
        await shot('forms-print');
        await page.emulateMedia({ media: 'screen' });
    },
    'the workbook of a form holds a row a unit': async () => {
        const bytes = Buffer.from(await (await asOffice.get('/forms/school-quality/export?year=2025')).arrayBuffer());
        const said = execFileSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1]); print("".join(z.read(n).decode() for n in z.namelist() if n.endswith(".xml")))', file('导出.xlsx', bytes)], { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, PYTHONIOENCODING: 'utf8' } });
        for (const one of ['加强党建工作', '优秀', '德育课时被占用', 'xiaozhang9', '党建.png']) assert.ok(said.includes(one), one);
    },
    'a department is asked its own duties alone, with the figures computed': async () => {
        const path = `/forms/department-year/fill?year=2025&place=${encodeURIComponent('department:D11')}`;
        const text = await (await asOffice.get(path)).text();
        assert.match(text, /按 100 名核定公用经费/);
        assert.ok(!/校车线路/.test(text));
        for (const rule of ['G2c', 'G6', 'G7', 'G8a']) assert.ok(text.includes(`class="src" href="/lineage?of=rule%3A${rule}%3A2025"`), `${rule}: ${text.match(/lineage\?of=[^"]*/g)}`);
    },
    'a township sees its schools, and no verdict of its own': async () => {
        await page.goto(server.base + '/forms');
        const at = await open(supervisor);
        const text = await (await asOffice.get('/forms/township-year?year=2025')).text();
        const town = text.match(/place=(township[^"&]*)/)[1];
        await at.goto(`${server.base}/forms/township-year/fill?year=2025&place=${town}`);
        assert.match(await words('main', at), /辖区学校.*乡镇只列学校，不作达标结论/s);
        await shot('forms-township', at);
        await at.context().close();
    },
    'a county makes its own form: faults named, looked at, put in use, revised as a new version': async () => {
        const at = await open(supervisor);
        await at.goto(`${server.base}/forms/new`);
        await sound(at, 'new');
        const [template] = await Promise.all([at.waitForEvent('download'), at.click('a[href="/forms/template"]')]);
        const path = join(mine, '模板.xlsx');
        await template.saveAs(path);
        const head9 = '行,编号,名称,类型,选项,单位,最小,最大,必填,条件,佐证,取数,依据,说明\n';
        await at.setInputFiles('#file', file('错.csv', `${head9}表,canteen2,食堂,学校,每学年一份\n节,A,一\n题,Q1,有,填空\n题,Q2,二,单行,,,,,,Q9=是\n`));
        await at.click('main button[type=submit]');
        assert.match(await words('#faults', at), /第 4 行 D 列.*“填空”不是题的类型.*第 5 行 J 列.*“Q9”不是前面的题/s);
        await shot('forms-faults', at);
        await at.setInputFiles('#file', path);
        await at.click('main button[type=submit]');
        await at.waitForURL(/\/forms\/canteen\?version=1/);
        assert.match(await words('h1', at), /学校食堂检查表》共 4 题，还没有启用/);
        assert.ok(!/学校食堂检查表/.test(await (await asClerk.get('/forms')).text()), 'not in use: nobody sees it');
        assert.equal((await asClerk.get('/forms/canteen?version=1')).status, 404);
        await shot('forms-preview', at);
        await at.click('#versions button[value=use]');
        await at.waitForSelector('#units');
        assert.match(await (await asClerk.get('/forms')).text(), /学校食堂检查表/);
        assert.equal((await plain(asClerk, sheet('canteen'), { 'v.Q1': '是', 'v.Q3': '320' })).status, 303);
        const revised = `${head9}表,canteen,学校食堂检查表（修订）,学校,每学年一份\n节,A,一\n题,Q1,有食堂,是否,,,,,是\n题,Q7,陪餐记录,是否\n`;
        const session = await signIn(server.base, supervisor.name, supervisor.password);
        const upload = new FormData();
        upload.append('file', new Blob([revised]), '修订.csv');
        assert.equal((await session.post('/forms/new', upload)).status, 303);
        assert.equal((await session.post('/forms/canteen/use', { version: '2', act: 'use' })).status, 303);
        const old = await (await asClerk.get(sheet('canteen'))).text();
        assert.match(old, /每天就餐人数/);
        assert.match(await (await asClerk.get(sheet('canteen', 2024))).text(), /陪餐记录/);
        await at.context().close();
    },
    'lesson visits on a phone: several a year, nothing scrolls sideways': async () => {
        const at = await open(clerk, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
        for (const title of ['分数的初步认识', '赵州桥']) {
            await at.goto(`${server.base}${sheet('lesson-visit', 2025, '&n=0')}`);
            await at.fill('#f-A4', title);
            await at.click('.bar button[value=save]');
            await at.waitForURL(/#saved/);
        }
        await at.goto(`${server.base}/forms/lesson-visit?year=2025`);
        assert.match(await words('h1', at), /有 2 份/);
        await at.goto(`${server.base}${sheet('lesson-visit', 2025, '&n=2')}`);
        assert.equal(await at.inputValue('#f-A4'), '赵州桥');
        await shot('forms-lesson-390', at);
        await sound(at, 'lesson on a phone');
        for (const [name, path] of [['list', '/forms'], ['quality', sheet('school-quality', 2024)], ['form', '/forms/school-quality'], ['warm', sheet('warm-campus')]]) {
            await at.goto(server.base + path);
            await shot(`forms-${name}-390`, at);
            await sound(at, `${name} on a phone`);
        }
        await at.context().close();
    },
    'no page made the browser complain': async () => assert.deepEqual(trouble, []),
}, async () => { await browser.close(); rmSync(mine, { recursive: true, force: true }); await server.close(); });
