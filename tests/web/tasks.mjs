// Tasks in a browser: an order goes from the supervisor to the school and back until somebody else has looked; who reported may not
// verify; a mention reaches whom it names; lists filtered in the address, on paper and on a phone.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seats } from './seats.mjs';
import { demoServer, run, signIn, tests } from './server.mjs';

const mine = mkdtempSync(join(tmpdir(), 'tasks-'));
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64');
writeFileSync(join(mine, '器材.png'), PNG);
const server = await demoServer();
const { browser, trouble, sit, looksWell } = await seats(server, 'tasks');

const send = (page, scope) => Promise.all([page.waitForNavigation(), page.click(`${scope} button[type=submit]`)]);
const stands = async (page, words) => assert.match(await page.textContent('h1'), words);

const supervisor = await sit('demo.dudao'), school = await sit('demo.xiaozhang'), office = await sit(server.account);
const at = { path: '' };

await tests({
    'an order goes its way, and back once': async () => {
        await supervisor.goto(`${server.base}/tasks/new?kind=order&subject=L5&stage=primary&title=${encodeURIComponent('运动场地还差 412 平方米')}`);
        assert.equal(await supervisor.inputValue('#title'), '运动场地还差 412 平方米');
        await looksWell(supervisor, 'new');
        const mySchool = (await (await signIn(server.base, 'demo.xiaozhang', server.password)).get('/my')).status === 200 &&
            await supervisor.$eval('#owner', (select) => [...select.options].find((o) => o.textContent.includes('第四小学'))?.value);
        await supervisor.selectOption('#owner', mySchool);
        await supervisor.selectOption('#about', mySchool);
        await supervisor.fill('#due', '2027-08-31');
        await send(supervisor, 'main .sheet form');
        at.path = new URL(supervisor.url()).pathname;
        assert.match(at.path, /^\/tasks\/\d+$/);
        await stands(supervisor, /已下达/);

        await school.goto(server.base + at.path);
        await looksWell(school, 'school');
        await school.fill('#next textarea', '暑假扩建。');
        await send(school, '#next');
        await stands(school, /已答复/);
        assert.equal(await school.$('#next'), null);   // it is another's turn now

        await supervisor.goto(server.base + at.path);
        await supervisor.click('#others summary:has-text("退回")');
        await supervisor.fill('#words-send_back', '没有写经费从哪里来。');
        await Promise.all([supervisor.waitForNavigation(), supervisor.click('#others form:has([value=send_back]) button')]);
        await school.goto(server.base + at.path);
        assert.match(await school.textContent('.band.bad:not([hidden])'), /没有写经费/);
        await school.fill('#next textarea', '暑假扩建，县财政 30 万元。');
        await send(school, '#next');
        await supervisor.goto(server.base + at.path);
        await send(supervisor, '#next');
        await stands(supervisor, /整改中/);
        await school.goto(server.base + at.path);
        await school.fill('#next textarea', '已经完工。');
        await school.setInputFiles('#next input[type=file]', join(mine, '器材.png'));
        await send(school, '#next');
        await stands(school, /已报结果/);
        assert.match(await school.textContent('.way'), /器材\.png/);
    },
    'whoever reported it does not verify it': async () => {
        // The office reports for a school, and may not close it itself; a supervisor may.
        const id = run(['tasks', 'put', '--title', '补一份检查记录', '--owner', '城关街道', '--due', '2027-05-01', '--data', server.data]).match(/第 (\d+) 号/)[1];
        const path = `/tasks/${id}`, o = await signIn(server.base, server.account, server.password), s = await signIn(server.base, 'demo.dudao', server.password);
        for (const [who, step] of [[o, 'answer'], [o, 'accept'], [o, 'prove']])
            assert.equal((await who.post(`${path}/step`, { step, words: '代办：已经补好。' })).status, 303, step);
        const refused = await o.post(`${path}/step`, { step: 'close', words: '看过了。' });
        assert.equal(refused.status, 403);
        assert.match(await refused.text(), /要由另一个人复查/);
        assert.equal((await s.post(`${path}/step`, { step: 'close', words: '到现场看过。' })).status, 303);
        assert.match(await (await s.get(path)).text(), /已销号/);
    },
    'a comment reaches whom it names; its file is given out to who sees the thing': async () => {
        await office.goto(server.base + at.path);
        await office.fill('#talk-said', '@周卫东 请下周去复查。');
        await office.setInputFiles('#talk-files', join(mine, '器材.png'));
        await send(office, '#talk');
        assert.match(await office.textContent('#talk'), /请下周去复查/);
        const picture = await office.getAttribute('#talk img', 'src');
        const other = await signIn(server.base, 'demo.tianbao2', server.password), boss = await signIn(server.base, 'demo.dudao', server.password);
        assert.match(await (await boss.get('/my')).text(), /里提到您/);
        assert.equal((await boss.get(picture)).status, 200);
        assert.equal((await other.get(picture)).status, 404);
        assert.equal((await other.get(at.path)).status, 404);
        await looksWell(office, 'one');
    },
    'the list is filtered in the address, grouped with its sums, and goes out as a workbook': async () => {
        await office.goto(`${server.base}/tasks?state=all&group=owner`);
        assert.ok(await office.$$eval('tr.group', (rows) => rows.length) > 2);
        await looksWell(office, 'grouped');
        await office.goto(`${server.base}/tasks?state=late`);
        assert.match(await office.textContent('main'), /筛选：逾期/);
        for (const state of await office.$$eval('table.tasks tbody tr td:last-child', (cells) => cells.map((c) => c.textContent))) assert.match(state, /逾期 \d+ 天/);
        await office.goto(`${server.base}/tasks/board`);
        await looksWell(office, 'board');
        const o = await signIn(server.base, server.account, server.password);
        const book = await o.get('/tasks/export?state=all');
        assert.equal(book.status, 200);
        assert.equal(Buffer.from(await book.arrayBuffer()).subarray(0, 2).toString(), 'PK');
        for (const [as, begins] of [['docx', 'PK'], ['pdf', '%P']]) {
            const paper = await o.get(`${at.path}/paper?as=${as}`);
            assert.equal(paper.status, 200);
            assert.equal(Buffer.from(await paper.arrayBuffer()).subarray(0, 2).toString(), begins);
        }
    },
    'an order is issued from the ledger row it is for, and stands there': async () => {
        await office.goto(`${server.base}/ledger/1`);
        await office.click('#tasks a.btn');
        assert.equal(await office.inputValue('[name=origin]'), 'ledger');
        assert.ok(await office.inputValue('#title'));
        if (!await office.inputValue('#owner')) await office.selectOption('#owner', 'department:D07');
        await send(office, 'main .sheet form');
        const order = new URL(office.url()).pathname;
        await office.goto(`${server.base}/ledger/1`);
        assert.ok(await office.$(`#tasks a[href="${order}"]`));
        const o = await signIn(server.base, 'demo.dudao', server.password);
        assert.equal((await o.post(`${order}/step`, { step: 'close', words: '看过了。' })).status, 403);   // the ledger closes it
    },
    'fits a phone, and needs no script': async () => {
        const phone = await sit('demo.xiaozhang', { size: { width: 390, height: 844 } });
        for (const [path, name] of [['/tasks', 'list'], ['/tasks/board', 'board'], [at.path, 'one']]) {
            await phone.goto(server.base + path);
            await looksWell(phone, name);
        }
        assert.deepEqual(trouble, []);
    },
}, async () => { await browser.close(); await server.close(); rmSync(mine, { recursive: true }); });
