// The ledger in a browser: filtered in the address, added up, changed in many rows and taken back; a row on its way, closed by another
// person after the figures alone; its workbook there and back; a school on one printed page.  SHOTS=dir keeps pictures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seats } from './seats.mjs';
import { demoServer, signIn, tests } from './server.mjs';

const mine = mkdtempSync(join(tmpdir(), 'ledger-'));
const server = await demoServer();
const { browser, trouble, sit, looksWell } = await seats(server, 'ledger');

const go = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const h1 = (page) => page.textContent('h1');

const office = await sit(server.account), supervisor = await sit('demo.dudao'), phone = await sit(server.account, { size: { width: 390, height: 844 } });

await tests({
    'every filter stands in the address, and the sums lead to their rows': async () => {
        await office.goto(`${server.base}/ledger`);
        assert.match(await h1(office), /^台账 \d+ 项：未了结 \d+ 项/);
        await looksWell(office, 'list');
        const all = await office.locator('table.ledger tbody tr').count();
        await office.goto(`${server.base}/ledger?kind=cv`);
        assert.equal(await office.locator('table.ledger tbody tr').count(), 2);
        assert.ok(all > 2);
        await office.goto(`${server.base}/ledger?by=owner`);
        await looksWell(office, 'sums');
        const line = office.locator('section.sheet table.t tbody tr').nth(1);
        const n = Number(await line.locator('td').first().textContent());
        await Promise.all([office.waitForNavigation(), line.locator('a').click()]);
        assert.match(office.url(), /owner=department%3A/);
        assert.equal(await office.locator('table.ledger tbody tr').count(), n);
        await phone.goto(`${server.base}/ledger`);
        await looksWell(phone, 'list');
    },

    'many rows are changed at once, and taken back': async () => {
        await office.goto(`${server.base}/ledger?kind=cv`);
        for (const box of await office.$$('table.ledger input[name=row]')) await box.check();
        await office.click('#change summary');
        await office.fill('#f-measure', '先补最低的三所');
        await office.fill('#f-cost', '12.5');
        await office.fill('#f-due', '2027-08-31');
        await go(office, '#change button[type=submit]');
        assert.match(office.url(), /done=/);
        assert.equal(await office.locator('table.ledger tbody tr:has-text("先补最低的三所"):has-text("12.50"):has-text("已列计划")').count(), 2);
        await go(office, 'form.band button');
        assert.equal(await office.locator('table.ledger tbody tr:has-text("先补最低的三所")').count(), 0);
    },

    'a row is reported done, and is not closed while the figures fail': async () => {
        await office.goto(`${server.base}/ledger?kind=level&sort=missing`);
        await go(office, 'table.ledger tbody tr:has-text("发现") a, table.ledger tbody tr:has-text("已列计划") a');
        const path = new URL(office.url()).pathname;
        await looksWell(office, 'row');
        await office.fill('#claim-how', '已经完工验收');
        await go(office, 'form:has(#claim-how) button');
        assert.match(await office.textContent('p.sub'), /报完成（已报完成，数据还没有达标）/);
        assert.match(await office.textContent('#talk'), /报完成/);
        await supervisor.goto(server.base + path);
        assert.match(await supervisor.textContent('main .band:not([hidden])'), /数据还没有达标/);
        assert.equal(await supervisor.$('#verify-day'), null);
        await supervisor.click('details:has(#why-send_back) summary');
        await supervisor.fill('#why-send_back', '现场只装了一半');
        await go(supervisor, 'form:has(#why-send_back) button');
        assert.match(await supervisor.textContent('p.sub'), /实施中/);
        await phone.goto(server.base + path);
        await looksWell(phone, 'row');
    },

    'what nothing measures is closed by another person on the spot, with a photo': async () => {
        await office.goto(`${server.base}/ledger`);
        await office.click('details:has(#add-place) summary');
        await office.selectOption('#add-place', 'county');
        await office.fill('#add-problem', '校车站牌倒了一处');
        await go(office, 'form:has(#add-place) button');
        const path = new URL(office.url()).pathname;
        await office.fill('#claim-how', '已扶正加固');
        await go(office, 'form:has(#claim-how) button');
        assert.match(await office.textContent('main'), /要由另一个人核验/);
        await supervisor.goto(server.base + path);
        await supervisor.fill('#verify-note', '站牌牢固');
        const png = join(mine, '站牌.png');
        writeFileSync(png, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64'));
        await supervisor.setInputFiles('#verify-photo', png);
        await go(supervisor, 'form:has(#verify-note) button');
        assert.match(await supervisor.textContent('p.sub'), /已销号/);
        assert.match(await supervisor.textContent('#talk'), /站牌\.png/);
    },

    'the workbook goes out and comes back without a change': async () => {
        const client = await signIn(server.base, server.account, server.password);
        const answer = await client.get('/ledger/workbook');
        assert.equal(answer.status, 200);
        const book = join(mine, '台账.xlsx');
        writeFileSync(book, Buffer.from(await answer.arrayBuffer()));
        await office.goto(`${server.base}/ledger/import`);
        await looksWell(office, 'import');
        await office.setInputFiles('#book', book);
        await go(office, 'form:has(#book) button');
        assert.match(await h1(office), /没有要改的/);
    },

    'a changed workbook shows what it would do before it does it': async () => {
        await office.goto(`${server.base}/ledger?kind=cv`);
        const id = (await office.textContent('table.ledger tbody tr td.n a')).trim();
        const book = join(mine, '改.csv');
        writeFileSync(book, `编号,责任人,经费（万元）,状态\n${id},周工,7.5,\n`);
        await office.goto(`${server.base}/ledger/import`);
        await office.setInputFiles('#book', book);
        await go(office, 'form:has(#book) button');
        assert.match(await h1(office), /改动 1 行 2 格/);
        await go(office, 'form[action="/ledger/import/confirm"] button');
        assert.match(office.url(), /\/ledger\?done=/);
        await office.goto(`${server.base}/ledger/${id}`);
        assert.equal(await office.inputValue('#f-person'), '周工');
        writeFileSync(book, `编号,经费（万元）,状态\n${id},很多,已销号\n`);
        await office.goto(`${server.base}/ledger/import`);
        await office.setInputFiles('#book', book);
        await go(office, 'form:has(#book) button');
        const faults = await office.textContent('.errors');
        assert.match(faults, /B2/);
        assert.match(faults, /状态不能在工作簿里改/);
        assert.equal(await office.$('form[action="/ledger/import/confirm"]'), null);
    },

    'a school stands on one printed page, the county in one table': async () => {
        const client = await signIn(server.base, server.account, server.password);
        await office.goto(`${server.base}/ledger?kind=level`);
        await go(office, 'table.ledger tbody tr td.n a');
        await go(office, 'p.sub a');
        await looksWell(office, 'school');
        const path = new URL(office.url()).pathname;
        for (const [of, most] of [[path, 1], ['/ledger/county', 12]]) {
            const answer = await client.get(`${of}?as=pdf`);
            assert.equal(answer.status, 200);
            const pdf = join(mine, 'paper.pdf');
            writeFileSync(pdf, Buffer.from(await answer.arrayBuffer()));
            const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' }))[1]);
            assert.ok(pages <= most, `${of} has ${pages} pages`);
            if (process.env.SHOTS) execFileSync('pdftoppm', ['-r', '60', '-png', pdf, join(process.env.SHOTS, `ledger-paper-${most}`)]);
            assert.equal((await client.get(`${of}?as=docx`)).status, 200);
        }
        await office.goto(`${server.base}/ledger/county`);
        await looksWell(office, 'county');
        assert.deepEqual(trouble, []);
    },
}, async () => {
    await browser.close();
    await server.close();
    rmSync(mine, { recursive: true, force: true });
});
