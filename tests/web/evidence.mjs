// Proofs in a browser: a real PDF, .docx and picture put into boxes, shown, renewed, withdrawn; judged by one person and confirmed by
// another, which moves the assessment; cases opened and closed; the index as page and workbook, the zip twice; words of two characters
// found in a .docx and a PDF; everybody sees his own.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { demoServer, person, root, signIn, tests } from './server.mjs';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const mine = mkdtempSync(join(tmpdir(), 'evidence-')), file = (name) => join(mine, name);
const server = await demoServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];

/* ---- files as people have them ---- */

const crc = crc32 ?? ((bytes) => { let c = ~0; for (const b of bytes) { c ^= b; for (let i = 0; i < 8; i++) c = c & 1 ? (c >>> 1) ^ 0xEDB88320 : c >>> 1; } return ~c >>> 0; });
function zip(parts) {
    const local = [], central = [];
    let at = 0;
    for (const [name, content] of Object.entries(parts)) {
        const raw = Buffer.from(content), packed = deflateRawSync(raw), path = Buffer.from(name);
        const facts = Buffer.alloc(26);
        [[20, 0, 2], [0x800, 2, 2], [8, 4, 2], [0, 6, 2], [0x21, 8, 2], [crc(raw) >>> 0, 10, 4], [packed.length, 14, 4], [raw.length, 18, 4], [path.length, 22, 2], [0, 24, 2]]
            .forEach(([value, place, size]) => facts.writeUIntLE(value, place, size));
        local.push(Buffer.from('504b0304', 'hex'), facts, path, packed);
        const end = Buffer.alloc(14);
        end.writeUInt32LE(at, 10);
        central.push(Buffer.from('504b01021400', 'hex'), facts, end, path);
        at += 30 + path.length + packed.length;
    }
    const directory = Buffer.concat(central), tail = Buffer.alloc(22);
    tail.write('504b0506', 'hex');
    [[Object.keys(parts).length, 8, 2], [Object.keys(parts).length, 10, 2], [directory.length, 12, 4], [at, 16, 4]].forEach(([value, place, size]) => tail.writeUIntLE(value, place, size));
    return Buffer.concat([...local, directory, tail]);
}
const docx = (...lines) => zip({
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${
        lines.map((line) => `<w:p><w:r><w:t>${line.slice(0, 3)}</w:t></w:r><w:r><w:t xml:space="preserve">${line.slice(3)}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
});
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64');
async function pdf(...pages) {
    const page = await browser.newPage();
    await page.setContent(pages.map((text) => `<p style="page-break-after:always;font-size:20px">${text}</p>`).join('').replace(/page-break-after:always;(?!.*page-break)/, ''));
    const bytes = await page.pdf({ format: 'A4' });
    await page.close();
    return bytes;
}
writeFileSync(file('学校章程.docx'), docx('柳林镇中心小学章程', '第一条 学校坚持以美育人，实行校长负责制。', '第二条 教职工代表大会审议通过。'));
writeFileSync(file('布局规划.pdf'), await pdf('青禾县中小学布局专项规划（2024—2030年）', '二、教师津贴补助发放安排'));
writeFileSync(file('布局规划-修订.pdf'), await pdf('青禾县中小学布局专项规划（修订本），增加随迁子女就学预测'));
writeFileSync(file('校园文化.png'), PNG);

/* ---- people ---- */

const school = { code: '', name: '' };
{
    const office = await signIn(server.base, server.account, server.password);
    const list = await (await office.get('/schools?stage=primary')).text();
    const found = [...list.matchAll(/href="\/schools\/(\d+)\?[^"]*"[^>]*>([^<]+)</g)];
    // Not one of those that have proofs in the demo.
    const late = found.sort((a, b) => (a[1] < b[1] ? 1 : -1));
    [, school.code, school.name] = late[0];
    school.other = late.find(([, code]) => code !== school.code)[1];
}
const judge = await person(server.base, server.data, 'pingpan', 'supervisor');
const clerk = await person(server.base, server.data, 'xiaoming', 'clerk', ['--school', school.code]);
const other = await person(server.base, server.data, 'lili', 'clerk', ['--school', school.other]);
const system = await person(server.base, server.data, 'guanjia', 'system_admin');

async function open(who, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`)));
    await page.goto(`${server.base}/sign-in`);
    await page.fill('#name', who.name);
    await page.fill('#password', who.password);
    await page.click('button[type=submit]');
    return page;
}
const office = { name: server.account, password: server.password };
const page = await open(office), second = await open(judge);
const session = await signIn(server.base, office.name, office.password);
const shot = (name, at = page) => process.env.SHOTS && at.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
const words = async (selector, at = page) => (await at.locator(selector).first().textContent()).trim();
const bytes = async (path, who = session) => {
    const answer = await who.get(path);
    assert.equal(answer.status, 200, path);
    return { body: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
};
async function put(at, path, box, files, description = '') {
    await at.goto(server.base + path);
    const form = at.locator(`#${box} form[enctype]`);
    await form.locator('input[type=file]').setInputFiles(files.map(file));
    if (description) await form.locator('input[name=description]').fill(description);
    await form.locator('button').click();
}
async function sound(at, what) {
    await at.evaluate(AXE);
    const found = await at.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const serious = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact));
    assert.deepEqual(serious.map((one) => `${what}: ${one.id} ${one.nodes[0].html}`), []);
    assert.ok(await at.evaluate(() => document.documentElement.scrollWidth <= Math.min(innerWidth, screen.width)), `${what} scrolls sideways`);
}
const cells = (path, sheet = '1') => execFileSync('python3', [join(root, 'tests/web/edit_xlsx.py'), path, '-', sheet], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n').filter(Boolean).map((line) => Object.fromEntries(line.split('\t').map((cell) => [cell.slice(0, cell.indexOf('=')).replace(/\d+/, ''), cell.slice(cell.indexOf('=') + 1)])));
const year = '2025';

await tests({
    'the office puts a PDF: its pages are drawn, its text is found': async () => {
        await put(page, `/evidence/G8?year=${year}`, 'G8-1', ['布局规划.pdf'], '县政府批准的规划');
        assert.match(page.url(), /#G8-1$/);
        assert.match(await words('#G8-1 .rows li'), /布局规划\.pdf.*pdf · 2 页/s);
        await shot('evidence-box');
        await sound(page, 'box');
        await page.click('#G8-1 .rows a');
        await page.waitForFunction(() => [...document.querySelectorAll('img.proof')].length === 2);
        await page.locator('img.proof').nth(1).scrollIntoViewIfNeeded();
        await page.waitForFunction(() => [...document.querySelectorAll('img.proof')].every((one) => one.complete && one.naturalWidth >= 800));
        assert.match(await words('.written'), /布局专项规划/);
        await shot('evidence-file');
        await sound(page, 'file');
    },
    'a clerk puts a charter and a picture into the boxes of his own school': async () => {
        const at = await open(clerk);
        await at.goto(`${server.base}/evidence?year=${year}`);
        assert.match(await words('h1', at), new RegExp(`${school.name}要提供 \\d+ 类材料，已有 0 类`));
        assert.ok(!(await at.content()).includes('中小学布局专项规划'), 'the county\'s boxes are not his');
        await put(at, `/evidence/Q3?year=${year}`, 'Q3-1', ['学校章程.docx']);
        assert.match(await words('#Q3-1 .rows li', at), /学校章程\.docx/);
        await put(at, `/evidence/Q6?year=${year}`, 'Q6-2', ['校园文化.png'], '操场东侧的浮雕');
        await at.click('#Q6-2 .rows a');
        await at.waitForFunction(() => document.querySelector('img.proof')?.naturalWidth === 10);
        await shot('evidence-clerk', at);
        await at.goto(`${server.base}/evidence?year=${year}`);
        assert.match(await words('h1', at), /已有 2 类/);
        await sound(at, 'own index');
        await at.context().close();
    },
    'a new version stands before the old; what is withdrawn says why': async () => {
        await page.goto(`${server.base}/evidence/G8?year=${year}`);
        await page.click('#G8-1 .rows a');
        await page.setInputFiles('#file', file('布局规划-修订.pdf'));
        await page.click('text=上传新版本');
        await page.waitForFunction(() => document.querySelectorAll('#versions li').length === 2);
        assert.match(await words('#versions li'), /第 2 版 布局规划-修订\.pdf.*现在的/s);
        const [now, before] = await page.locator('#versions a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
        assert.deepEqual((await bytes(before)).body, readFileSync(file('布局规划.pdf')));
        assert.deepEqual((await bytes(now)).body, readFileSync(file('布局规划-修订.pdf')));
        // The same bytes again are no new version.
        await page.setInputFiles('#file', file('布局规划-修订.pdf'));
        await page.click('text=上传新版本');
        assert.match(await words('#fault'), /一模一样/);
        await put(page, `/evidence/G8?year=${year}`, 'G8-2', ['校园文化.png']);
        await page.click('#G8-2 .rows a');
        await page.fill('#why', '传错了地方');
        await page.click('text=撤回这份材料');
        assert.match(await words('.band.bad[role=status]'), /撤回：传错了地方/);
        await page.goto(`${server.base}/evidence/G8?year=${year}`);
        assert.match(await words('#G8-2 .rows'), /撤回：传错了地方/);
    },
    'bytes leave with headers that let nothing run': async () => {
        await page.goto(`${server.base}/evidence/G8?year=${year}`);
        const path = await page.locator('#G8-1 .rows a').first().getAttribute('href');
        const { headers } = await bytes(`${path}/bytes`), shown = (await bytes(`${path}/bytes?show=1`)).headers;
        assert.equal(headers.get('content-type'), 'application/pdf');
        assert.match(headers.get('content-disposition'), /^attachment/);
        for (const one of [headers, shown]) {
            assert.equal(one.get('x-content-type-options'), 'nosniff');
            assert.match(one.get('content-security-policy'), /default-src 'none'/);
            assert.equal(one.get('x-frame-options'), 'DENY');
        }
        assert.equal(shown.get('content-disposition'), 'inline');
    },
    'what is no proof is refused with the remedy, and nothing is kept': async () => {
        writeFileSync(file('照片.heic'), Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(400)]));
        writeFileSync(file('网页.pdf'), '<html><script>alert(1)</script></html>');
        writeFileSync(file('炸弹.docx'), zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': Buffer.alloc(80 << 20, 0x20) }));
        writeFileSync(file('宏.docx'), zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<d/>', 'word/vbaProject.bin': 'x' }));
        writeFileSync(file('空.pdf'), '');
        for (const [name, says] of [['照片.heic', /HEIC.*兼容性最佳/s], ['网页.pdf', /不是文档/], ['炸弹.docx', /压缩炸弹|超过 64 MB/], ['宏.docx', /带有宏/], ['空.pdf', /是空的/]]) {
            await put(page, `/evidence/G15?year=${year}`, 'G15-4', [name]);
            assert.match(await words('#fault'), says, name);
        }
        assert.equal(await page.locator('#G15-4 .rows').count(), 0);
        // A hostile name is a name, no path and no markup.
        const form = new FormData();
        form.append('asked', 'G15-4');
        form.append('files', new Blob([PNG]), '../../<img src=x onerror=alert(1)>.png');
        assert.equal((await session.post(`/evidence/G15?year=${year}`, form)).status, 303);
        await page.goto(`${server.base}/evidence/G15?year=${year}`);
        assert.match(await words('#G15-4 .rows a'), /<img src=x onerror=alert\(1\)>\.png/);
    },
    'one judges, another confirms, both are named, and the assessment moves': async () => {
        const state = async () => (await (await session.get(`/indicators/G8?year=${year}`)).text());
        const figure = async () => (await (await session.get(`/lineage?of=county:judged_G8:${year}`)).text());
        await second.goto(`${server.base}/evidence/G8?year=${year}`);
        await second.check('input[name=verdict][value=unmet]');
        await second.fill('#reason', '规划没有报县政府批准');
        await second.click('text=提交评判');
        assert.match(await words('#judgement .band', second), /不符合，等另一个人复核.*规划没有报县政府批准/s);
        assert.match(await words('#judgement', second), /您评的，要由另一个人复核/);
        assert.ok(!/规划没有报县政府批准/.test(await figure()), 'one person alone moves nothing');
        // By hand, too, the first cannot be the second.
        const id = await second.locator('input[name=judgement]').first().getAttribute('value');
        const first = await signIn(server.base, judge.name, judge.password);
        const refused = await first.post(`/evidence/G8/second?year=${year}`, { judgement: id, act: 'confirm', reason: '' });
        assert.equal(refused.status, 403);
        assert.match(await refused.text(), /您自己作的/);
        // Refused with a reason, judged again, confirmed.
        await page.goto(`${server.base}/evidence/G8?year=${year}`);
        await shot('evidence-second');
        await page.click('#judgement button[value=refuse]');
        assert.match(await words('main'), /退回的理由/);
        await page.goto(`${server.base}/evidence/G8?year=${year}`);
        await page.fill('#second-reason', '批复在第 3 页');
        await page.click('#judgement button[value=refuse]');
        await second.goto(`${server.base}/evidence/G8?year=${year}`);
        assert.match(await words('#judgement details', second), /退回.*批复在第 3 页/s);
        const before = await state();
        await second.check('input[name=verdict][value=unmet]');
        await second.fill('#reason', '寄宿制学校没有纳入规划');
        await second.click('text=提交评判');
        await page.goto(`${server.base}/evidence/G8?year=${year}`);
        await page.click('#judgement button[value=confirm]');
        assert.match(await words('#judgement b'), /不符合/);
        assert.match(await words('#judgement'), /pingpan .* 评.*演示 .* 复核确认/s);
        assert.notEqual(await state(), before, 'the indicator stands as before');
        assert.match(await figure(), /演示.*复核确认评判.*pingpan评为“不符合”，理由：寄宿制学校没有纳入规划/s);
        await page.goto(`${server.base}/evidence?year=${year}`);
        assert.match(await words('table'), /不符合（pingpan评，演示复核）/);
        await shot('evidence');
        await sound(page, 'index');
    },
    'the index as a workbook is the page, line for line; the zip is the same twice': async () => {
        await page.goto(`${server.base}/evidence?year=${year}&view=list`);
        await shot('evidence-list');
        const lines = await page.locator('#catalogue tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
        writeFileSync(file('目录.xlsx'), (await bytes(`/evidence/export?year=${year}`)).body);
        const rows = cells(file('目录.xlsx')).slice(2);
        assert.equal(rows.length, lines.length);
        rows.forEach((row, i) => assert.deepEqual([row.A, row.B, row.C, row.D, row.E ?? '', row.F, row.G ?? '', row.H ?? '', row.K ?? '', row.L ?? '', row.M ?? ''],
            [lines[i][0].replace(/,/g, ''), lines[i][1], lines[i][2], lines[i][3], lines[i][4], lines[i][5], lines[i][6], lines[i][7], lines[i][10], lines[i][11], lines[i][12]]));
        assert.ok(cells(file('目录.xlsx'), '2').some((row) => row.D === '不符合' && row.F === 'pingpan' && row.I === '演示'));
        const one = (await bytes(`/evidence/zip?year=${year}`)).body, two = (await bytes(`/evidence/zip?year=${year}`)).body;
        assert.ok(one.equals(two), 'the zip differs');
        writeFileSync(file('佐证.zip'), one);
        const names = execFileSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\nprint("\\n".join(z.namelist()))', file('佐证.zip')], { encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf8' } }).trim().split('\n');
        const inside = rows.filter((row) => row.N).map((row) => `佐证材料/${row.N}`);
        assert.deepEqual(names, ['佐证材料/佐证材料目录.xlsx', ...inside]);
        assert.ok(names.some((name) => name.includes(`Q3-1 学校章程/${school.name}/学校章程.docx`)), names.join('\n'));
        assert.ok(names.every((name) => !name.includes('..') && !/[<>:"|?*\\]/.test(name)));
    },
    'words of two characters are found in a .docx and in a PDF, by who may see them': async () => {
        const found = async (query, who = session) => [...(await (await who.get(`/search?q=${encodeURIComponent(query)}`)).text()).matchAll(/href="\/evidence\/file\/[0-9a-f]+">([^<]+)</g)].map(([, name]) => name);
        assert.deepEqual(await found('美育'), ['学校章程.docx']);
        assert.deepEqual(await found('随迁'), ['布局规划-修订.pdf']);
        assert.deepEqual(await found('津贴'), [], 'the old version is not searched');
        assert.deepEqual(await found('浮雕'), ['校园文化.png']);
        assert.ok((await found('章程')).length > 1);
        assert.deepEqual(await found('美育 章程'), ['学校章程.docx']);
        assert.deepEqual(await found('" OR '), []);
        const own = await signIn(server.base, clerk.name, clerk.password), others = await signIn(server.base, other.name, other.password);
        assert.deepEqual(await found('美育', own), ['学校章程.docx']);
        assert.deepEqual(await found('随迁', own), []);
        assert.deepEqual(await found('美育', others), []);
        await page.goto(`${server.base}/search?q=${encodeURIComponent('美育')}`);
        assert.equal(await words('mark'), '美育');
        await shot('evidence-search');
        await sound(page, 'search');
        const path = await page.locator('#hits a').first().getAttribute('href');
        for (const suffix of ['', '/bytes', '/bytes?show=1']) assert.equal((await others.get(path + suffix)).status, 404, suffix);
        assert.equal((await others.post(`${path}/withdraw`, { reason: '不是我的' })).status, 404);
        const admin = await signIn(server.base, system.name, system.password);
        for (const one of [path, '/evidence', '/registers', '/search?q=美育']) assert.equal((await admin.get(encodeURI(one))).status, 403, one);
    },
    'the county sees one school\'s index as the school does; another school does not': async () => {
        await page.goto(`${server.base}/schools/${school.code}?year=${year}`);
        await page.click('a[href*="/evidence?"]');
        assert.match(await words('h1'), new RegExp(`${school.name}要提供 \\d+ 类材料，已有 2 类`));
        await page.selectOption('select[name=unit]', `school:${school.other}`);
        await page.waitForURL(new RegExp(school.other));
        assert.match(await words('h1'), /已有 0 类/);
        await shot('evidence-unit');
        await sound(page, 'one unit');
        const others = await signIn(server.base, other.name, other.password);
        assert.equal((await others.get(`/evidence?unit=school:${school.code}`)).status, 404);
        assert.equal((await others.get(`/evidence/Q3?unit=school:${school.code}`)).status, 404);
    },
    'an open case of veto fails the county; another person closes it': async () => {
        const figure = async () => (await (await session.get(`/lineage?of=rule:X3:${year}`)).text());
        await page.goto(`${server.base}/registers?year=${year}`);
        await page.click('#open-case summary');
        await page.selectOption('#item', 'X3');
        await page.fill('#happened', '2025-10-08');
        await page.selectOption('#unit', `school:${school.code}`);
        await page.fill('#what', '七年级设了两个实验班');
        await page.setInputFiles('#proof', file('校园文化.png'));
        await page.click('#open-case button[type=submit]');
        await page.waitForURL(/#case-/);
        assert.match(await words('h1'), /一票否决有 1 件没有了结/);
        assert.match(await words('#register-X3 .cases li'), new RegExp(`2025-10-08 ${school.name}.*未了结.*七年级设了两个实验班.*校园文化\\.png.*您登记的`, 's'));
        assert.match(await figure(), /不达标|不通过|1 件/);
        await shot('evidence-registers');
        await sound(page, 'registers');
        const id = (await page.locator('#register-X3 .cases li').first().getAttribute('id')).slice(5);
        assert.equal((await session.post(`/registers/${id}/close?year=${year}`, { closed_on: '2025-11-01', how: '自己了结' })).status, 403);
        await second.goto(`${server.base}/registers?year=${year}`);
        await second.click(`#case-${id} summary`);
        await second.fill(`#on-${id}`, '2025-11-02');
        await second.fill(`#how-${id}`, '两个班已经重新编班，现场核实');
        await second.click(`#case-${id} button`);
        assert.match(await words('h1', second), /没有未了结的一票否决事项/);
        assert.match(await words(`#case-${id}`, second), /2025-11-02 了结，pingpan .*重新编班/);
        assert.match(await (await session.get(`/lineage?of=county:veto_X3:${year}`)).text(), /登记簿 X3/);
    },
    'on a phone nothing scrolls sideways': async () => {
        const at = await open(office, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
        for (const [name, path] of [['index', `/evidence?year=${year}`], ['box', `/evidence/G8?year=${year}`], ['registers', `/registers?year=${year}`], ['search', `/search?q=${encodeURIComponent('规划')}`]]) {
            await at.goto(server.base + path);
            await shot(`evidence-${name}-390`, at);
            await sound(at, `${name} on a phone`);
        }
        await at.goto(`${server.base}/evidence/Q3?year=${year}`);
        await shot('evidence-units-390', at);
        await sound(at, 'units on a phone');
    },
    'no page made the browser complain': async () => assert.deepEqual(trouble, []),
}, async () => { await browser.close(); rmSync(mine, { recursive: true, force: true }); await server.close(); });
