// The import in a browser: a workbook from the template, one with faults, one exported, edited and brought back
// while somebody else edits too; refused files, hostile words, without a script, on a phone.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demoServer, person, root, run, serve, signIn, tests } from './server.mjs';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const mine = mkdtempSync(join(tmpdir(), 'import-')), file = (name) => join(mine, name);
const server = await demoServer();
const sample = (name) => join(server.data, '样例', name);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const trouble = [];

const edit = (from, to, ...cells) => execFileSync('python3', [join(root, 'tests/web/edit_xlsx.py'), from, to, '1', ...cells], { encoding: 'utf8' });
// { row: [CELL, value] … } by the heading in row `head` and the school's code: the cells of a sheet.
function table(path, head) {
    const rows = execFileSync('python3', [join(root, 'tests/web/edit_xlsx.py'), path, '-', '1'], { encoding: 'utf8', maxBuffer: 1 << 26 })
        .split('\n').filter(Boolean).map((line) => line.split('\t').map((cell) => [cell.slice(0, cell.indexOf('=')), cell.slice(cell.indexOf('=') + 1)]));
    const letters = (place) => place.replace(/\d+/, '');
    const heads = Object.fromEntries(rows.find((row) => row[0][0] === `A${head}`).map(([place, name]) => [name, letters(place)]));
    const codes = rows.flat().filter(([place]) => letters(place) === heads['学校代码']);
    return {
        place(code, name) {
            const [, row] = codes.find(([, value]) => value === code)[0].match(/[A-Z]+(\d+)/);
            return heads[name] + row;
        },
        value(code, name) { const at = this.place(code, name); return rows.flat().find(([place]) => place === at)[1]; },
        first: (name) => `${heads[name]}${head + 2}`,
    };
}

async function open(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) trouble.push(message.text()); });
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`)));
    await page.goto(`${server.base}/sign-in`);
    await page.fill('#name', server.account);
    await page.fill('#password', server.password);
    await page.click('button[type=submit]');
    return page;
}
const page = await open(), session = await signIn(server.base, server.account, server.password);
const words = (selector, at = page) => at.locator(selector).first().textContent();
const shot = (name, at = page) => process.env.SHOTS && at.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
async function upload(paths, at = page) {
    await at.goto(`${server.base}/import`);
    await at.setInputFiles('#files', paths);
    await at.click('#upload button[type=submit]');
    await at.waitForURL(/\/import\/[0-9a-f]{24}$/);
}
async function sound(at, what) {
    await at.evaluate(AXE);
    const found = await at.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const serious = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact));
    assert.deepEqual(serious.map((one) => `${what}: ${one.id} ${one.nodes[0].html}`), []);
    assert.ok(await at.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} scrolls sideways`);
}
async function download(path) {
    const answer = await session.get(path);
    assert.equal(answer.status, 200, path);
    return Buffer.from(await answer.arrayBuffer());
}
const count = (text) => Number(text.replace(/,/g, ''));
async function tally() {
    return Object.fromEntries(await page.locator('.tally > div').evaluateAll((all) => all.map((one) => [one.querySelector('.note').textContent.trim(), one.querySelector('.big').textContent.trim()])));
}
const BACKBONE = '小学县级以上骨干教师数';

await tests({
    'the first page takes files, gives workbooks and lists every import': async () => {
        await page.goto(`${server.base}/import`);
        assert.equal(await page.locator('.desk tbody tr').count(), 3);
        await sound(page, 'choosing');
        await shot('import-1440');
        const blank = await download('/export/template?level=school');
        assert.equal(blank.subarray(0, 2).toString(), 'PK');
    },

    'a workbook made from the template is read, confirmed and undone as a whole': async () => {
        writeFileSync(file('空白.xlsx'), await download('/export/template?level=school'));
        /* The template has no cells below its heads yet: the county's own export has, so one of its rows is emptied
         * of all but what a new school would say. */
        writeFileSync(file('all.xlsx'), await download('/export/returns?year=2025'));
        const known = table(file('all.xlsx'), 3), code = '2419900013';
        edit(file('all.xlsx'), file('new.xlsx'), `${known.place(code, '学校代码')}=2419900999`, `${known.place(code, '学校名称')}=新办小学`);
        await upload(file('new.xlsx'));
        const found = await tally();
        assert.ok(count(found['新增']) > 20, JSON.stringify(found));
        assert.equal(found['错误'], '0');
        assert.match(await words('#effect'), /小学达标学校/);
        assert.match(await words('#changes'), /新办小学/);
        await shot('import-look-1440');
        await page.click('#confirm .btn-main');
        await page.waitForSelector('.steps li:nth-child(3)[aria-current]');
        assert.match(await words('h1'), new RegExp(`已导入：写入 ${found['新增']} 个数，涉及 1 所学校`));
        await shot('import-done-1440');
        await sound(page, 'done');
        await page.click('text=撤销整次');
        await page.waitForSelector('h1:has-text("已撤销整次")');
        assert.match(await words('h1'), new RegExp(`已撤销整次：${found['新增']} 个数恢复原样`));
        await page.goto(`${server.base}/import`);
        assert.match(await words('.desk tbody tr'), /已撤销.*由演示撤销/s);
    },

    'errors bar confirming; the clean schools alone can be taken': async () => {
        await upload(sample('2025-02-东岭街道.xlsx'));
        assert.match(await words('h1'), /1 处错误要先改/);
        assert.equal(await page.locator('#confirm [aria-disabled]').count(), 1);
        assert.match(await words('#barred'), /有 1 处错误，不能全部导入/);
        assert.match(await words('#findings tbody tr'), /错误.*AF7.*5人/s);
        await page.click('#findings tbody a.src');
        await page.waitForSelector('#panel tr.hit');
        assert.match(await words('#panel tr.hit'), /^AF.*5人$/s);
        await sound(page, 'errors');
        await shot('import-errors-1440');
        await page.keyboard.press('Escape');
        const marked = await download(`${new URL(page.url()).pathname}/files/0`);
        writeFileSync(file('marked.xlsx'), marked);
        assert.ok(execFileSync('python3', ['-c', 'import sys,zipfile;print([n for n in zipfile.ZipFile(sys.argv[1]).namelist() if "comments" in n])', file('marked.xlsx')], { encoding: 'utf8' }).includes('comments'));
        const listed = await download(`${new URL(page.url()).pathname}/list`);
        writeFileSync(file('list.xlsx'), listed);
        assert.match(edit(file('list.xlsx'), '-'), /A2=错误\t.*AF7/);
        /* Nothing but an error: whoever presses on is told, and nothing is written. */
        const id = new URL(page.url()).pathname, version = await page.getAttribute('#confirm [name=seen]', 'value');
        const refused = await session.post(`${id}/confirm`, { seen: version });
        assert.equal(refused.status, 422);
        assert.match(await refused.text(), /还有 1 处错误，不能全部导入/);
        await page.click('#confirm [value=clean]');
        await page.waitForSelector('h1:has-text("已导入")');
    },

    'what was exported comes back: only changed cells count, and both sides of a conflict are shown': async () => {
        const code = '2419900014', other = '2419900016';
        writeFileSync(file('out.xlsx'), await download('/export/returns?year=2025'));
        const out = table(file('out.xlsx'), 3);
        const stood = Number(out.value(code, BACKBONE)), theirs = Number(out.value(other, BACKBONE));
        /* Somebody else changes one of the same cells meanwhile, by a file of his own. */
        const head = '县代码,学年,学校代码,学校名称,';
        writeFileSync(file('meanwhile.csv'), `${head}${BACKBONE}\n419900,2025,${code},,${stood + 5}\n`);
        await upload(file('meanwhile.csv'));
        await page.click('#confirm .btn-main');
        await page.waitForSelector('h1:has-text("已导入")');
        edit(file('out.xlsx'), file('back.xlsx'), `${out.place(code, BACKBONE)}=${stood + 9}`, `${out.place(other, BACKBONE)}=${theirs + 2}`);
        await upload(file('back.xlsx'));
        const found = await tally();
        assert.equal(found['两边都改过'], '1');
        assert.equal(found['改动'], '1');
        assert.equal(found['新增'], '0');
        assert.match(await words('.sub'), /从第 \d+ 版导出的工作簿/);
        assert.match(await words('#conflicts tbody tr'), new RegExp(`留现在的 ${stood + 5}.*用文件里的 ${stood + 9}`, 's'));
        await sound(page, 'conflicts');
        await shot('import-conflict-1440');

        const look = page.url();
        /* Confirmed on what was seen: when the data have changed since, nothing is written, and it is compared anew. */
        writeFileSync(file('between.csv'), `${head}${BACKBONE}\n419900,2025,${other},,${theirs + 1}\n`);
        const second = await page.context().newPage();
        await upload(file('between.csv'), second);
        await second.click('#confirm .btn-main');
        await second.waitForSelector('h1:has-text("已导入")');
        await second.close();
        const late = page.waitForResponse((answer) => answer.url().endsWith('/confirm'));
        await page.click('#confirm .btn-main');
        assert.equal((await late).status(), 409);
        assert.match(await words('h1'), /又有了变动/);
        await page.click('main a.btn');
        assert.equal(page.url(), look);
        assert.match(await words('.band[role=status]'), /已按第 \d+ 版重新比较/);
        assert.equal((await tally())['两边都改过'], '2');

        await page.locator('#conflicts tr', { hasText: `用文件里的 ${stood + 9}` }).locator('[value=file]').check();
        await page.click('#confirm .btn-main');
        await page.waitForSelector('h1:has-text("已导入：写入 1 个数")');
        writeFileSync(file('after.xlsx'), await download('/export/returns?year=2025'));
        const after = table(file('after.xlsx'), 3);
        assert.equal(Number(after.value(code, BACKBONE)), stood + 9);
        assert.equal(Number(after.value(other, BACKBONE)), theirs + 1);

        /* Undone after somebody went on from there: his figure stays, and it is said. */
        writeFileSync(file('later.csv'), `${head}${BACKBONE}\n419900,2025,${code},,${stood + 1}\n`);
        await upload(file('later.csv'));
        await page.click('#confirm .btn-main');
        await page.waitForSelector('h1:has-text("已导入")');
        await page.goto(look);
        await page.click('text=撤销整次');
        await page.waitForSelector('h1:has-text("已撤销整次")');
        assert.match(await words('h1'), /0 个数恢复原样；1 个数后来又有人改过，没有动/);
    },

    'files that cannot be taken say why where they were chosen': async () => {
        for (const [name, sentence] of [['xlsx_ratio_bomb.xlsx', /压缩|解开|膨胀/], ['sniff_password_zip.zip', /密码|加密|压缩包/], ['xlsx_entity_bomb.xlsx', /./]]) {
            copyFileSync(join(root, 'tests/import/refused', name), file(name));
            await page.goto(`${server.base}/import`);
            await page.setInputFiles('#files', file(name));
            await page.click('#upload button[type=submit]');
            await page.waitForSelector('#fault:not([hidden])');
            const said = await words('#fault-words');
            assert.match(said, sentence, `${name}: ${said}`);
            assert.equal(new URL(page.url()).pathname, '/import');
        }
        await shot('import-refused-1440');
        await page.goto(`${server.base}/import`);
        assert.equal(await page.locator('.desk tbody tr').first().textContent().then((text) => text.includes('bomb')), false);
    },

    'words in a file are words: no markup, no script, no formula': async () => {
        const hostile = '<img src=x onerror=window.hurt=1>';
        writeFileSync(file("a'><script>window.hurt=1<.csv"), `县代码,学年,学校代码,学校名称,小学在校生数,"${hostile}"\n419900,2025,2419900888,"<script>window.hurt=1</script>${hostile}",12${hostile},1\n419900,2025,2419900889,"=HYPERLINK(""http://x"")",300,1\n`);
        await upload(file("a'><script>window.hurt=1<.csv"));
        await page.waitForTimeout(100);
        assert.equal(await page.evaluate('window.hurt'), undefined);
        assert.ok((await words('#findings')).includes(hostile));
        assert.equal(await page.locator('main img, main script:not([src])').count(), 0);
        writeFileSync(file('hostile-list.xlsx'), await download(`${new URL(page.url()).pathname}/list`));
        assert.equal(execFileSync('python3', ['-c', 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(any(b"<f>" in z.read(n) for n in z.namelist()))', file('hostile-list.xlsx')], { encoding: 'utf8' }).trim(), 'False');
        await page.click('text=放弃');
        await page.waitForURL(/\/import$/);
        assert.match(await words('.desk tbody tr'), /已放弃/);
        assert.equal(await page.evaluate('window.hurt'), undefined);
    },

    'of hundreds of findings the first are shown, all are in the list': async () => {
        const rows = Array.from({ length: 300 }, (_, i) => `419900,2025,24199${String(10000 + i)},甲${i}小学,${i}人`);
        writeFileSync(file('many.csv'), `县代码,学年,学校代码,学校名称,小学在校生数\n${rows.join('\n')}\n`);
        await upload(file('many.csv'));
        assert.match(await words('#findings'), /显示前 200 条，共 \d+ 条/);
        assert.equal(await page.locator('#findings tbody tr').count(), 200);
        assert.equal(await page.locator('#confirm [value=clean]').count(), 0, 'no school is without an error');
        writeFileSync(file('many.xlsx'), await download(`${new URL(page.url()).pathname}/list`));
        assert.match(edit(file('many.xlsx'), '-').slice(-4000), /共写出 600 行，符合条件 600 行/);
        await page.goto(`${page.url()}?level=error`);
        assert.equal(await page.locator('#findings tbody tr .unmet').count(), 200);
    },

    'a county without figures takes its first workbook': async () => {
        const data = join(mine, 'empty');
        run(['init', data, '--county', '410185', '--name', '登封市']);
        const fresh = await serve(data);
        try {
            const { name, password } = await person(fresh.base, data, 'office', 'office');
            const own = await signIn(fresh.base, name, password);
            const first = await (await own.get('/import')).text();
            assert.match(first, /还没有导入过/);
            assert.doesNotMatch(first, /\/export\/returns/);
            assert.equal((await own.get('/export/returns')).status, 404);
            const form = new FormData();
            form.append('files', new Blob(['县代码,学年,学校代码,学校名称,学校类型,小学在校生数\n410185,2025,2410185001,东街小学,小学,420\n']), '东街.csv');
            const at = (await own.post('/import', form)).headers.get('location');
            const look = await (await own.get(at)).text();
            assert.match(look, /库中还没有这一学年/);
            const seen = look.match(/name="seen" value="(\d+)"/)[1];
            assert.equal((await own.post(`${at}/confirm`, { seen })).status, 303);
            assert.match(await (await own.get(at)).text(), /已导入：写入 \d 个数，涉及 1 所学校/);
        } finally { await fresh.stop(); }
    },

    'without a script the form sends itself; a retry finds the first import': async () => {
        const plain = await open({ javaScriptEnabled: false });
        await plain.goto(`${server.base}/import`);
        await plain.setInputFiles('#files', [sample('2025-08-大营镇.csv'), sample('区县填报表-2025.xlsx')]);
        await plain.click('#upload button[type=submit]');
        assert.match(await words('h1', plain), /读完 2025-08-大营镇.csv 等 2 个文件/);
        await plain.context().close();
        const fields = (key) => { const form = new FormData(); form.append('key', key); form.append('files', new Blob([readFileSync(sample('2025-08-大营镇.csv'))]), 'a.csv'); return form; };
        const key = (await (await session.get('/import')).text()).match(/name="key" value="([^"]+)"/)[1];
        const [one, two] = [await session.post('/import', fields(key)), await session.post('/import', fields(key))];
        assert.equal(one.status, 303);
        assert.equal(two.headers.get('location'), one.headers.get('location'));
    },

    'a phone shows all of it': async () => {
        const phone = await open({ viewport: { width: 390, height: 844 } });
        await upload(sample('2025-02-东岭街道.xlsx'), phone);
        await shot('import-look-390', phone);
        await sound(phone, 'phone');
        await phone.goto(`${server.base}/import`);
        await shot('import-390', phone);
        await sound(phone, 'phone, choosing');
        await phone.context().close();
    },

    'English says the same': async () => {
        await page.goto(`${server.base}/import?lang=en`);
        assert.equal(await words('h1'), 'Import workbooks that were filled in');
        await sound(page, 'English');
        await page.goto(`${server.base}/import?lang=zh`);
    },

    'nothing went wrong in the browser': async () => assert.deepEqual(trouble, []),
}, async () => { await browser.close(); await server.close(); rmSync(mine, { recursive: true, force: true }); });
