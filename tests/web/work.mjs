// A year of the work in a browser, by eight people: a shortfall is planned, ordered, answered by a department, measured again and closed by
// another person on the spot; a meeting gives another department its task; a township answers people; an inspection finds something in a
// school, which puts it right; an assessor from the city sees his schools alone; and the mayor sees in one look what is stuck.
import assert from 'node:assert/strict';
import { seats } from './seats.mjs';
import { demoServer, person, run, signIn, tests } from './server.mjs';

const server = await demoServer();
const { browser, trouble, sit } = await seats(server, 'work');

const go = async (page, path, status = 200) => assert.equal((await page.goto(server.base + path)).status(), status, path);
const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const words = (page, selector = 'main') => page.textContent(selector);
const at = (page) => new URL(page.url()).pathname;
// The next step of an order, as its one main button.
async function step(page, order, said) {
    await go(page, order);
    if (await page.locator('#next textarea').count()) await page.fill('#next textarea', said);
    await press(page, '#next button[type=submit]');
}

const assessor = await person(server.base, server.data, 'chengshi', 'assessor', ['--until', '2099-12-31']);
const [office, mayor, supervisor, finance, land, township, school] = [await sit(server.account), await sit('demo.shizhang'), await sit('demo.dudao'),
    await sit('demo.caizheng'), await sit('demo.ziran'), await sit('demo.zhen'), await sit('demo.xiaozhang')];
let row, order, code, round, found;

await tests({
    async 'the office plans a shortfall of the ledger and orders the finance department to put it right'() {
        await go(office, '/ledger?kind=level&subject=L4&state=found');
        if (!await office.locator('table.ledger tbody tr').count()) await go(office, '/ledger?kind=level&subject=L4');
        await press(office, 'table.ledger tbody tr td.n a');
        row = at(office);
        await office.fill('#f-measure', '新建综合楼，增加教学用房');
        await office.selectOption('#f-owner', 'department:D11');
        await office.fill('#f-cost', '320');
        await office.fill('#f-due', '2027-08-31');
        await press(office, 'form:has(#f-measure) button[type=submit], button[form=row], button[form=edit]');
        await go(office, row);
        assert.match(await words(office), /已列计划|实施中/);
        code = (await office.locator('a[href*="/ledger/school/"], a[href*="/schools/"]').first().getAttribute('href')).match(/(\d{10})/)[1];
        await press(office, '#tasks a.btn');
        await office.selectOption('#owner', 'department:D11');
        await office.fill('#due', '2027-08-31');
        await press(office, 'main .sheet form button[type=submit]');
        order = at(office);
    },
    async 'the department finds it among its work and answers; the supervisor agrees; it reports it done'() {
        await go(finance, '/my');
        assert.ok(await finance.locator(`a[href^="${order}"]`).count(), 'it waits for the department');
        await go(office, '/my');
        assert.equal(await office.locator('#far ul').count(), 1);
        assert.ok(!await office.locator('#far ul').isVisible(), 'what is due in years is folded');
        await step(finance, order, '列入今年预算，暑假完工。');
        await step(supervisor, order, '同意');
        await step(finance, order, '综合楼竣工验收。');
        assert.match(await words(finance, 'h1'), /已报结果/);
        await go(supervisor, row);
        assert.match(await words(supervisor), /报完成[\s\S]*数据还没有达标/);
        assert.equal(await supervisor.locator('#verify-day').count(), 0, 'nothing is closed by words alone');
    },
    async 'the figures are measured again; another person who was there closes the row, and its order with it'() {
        const token = run(['token', 'create', '--for', server.account, '--name', 'work', '--may', 'see,edit', '--data', server.data]).match(/jh_[\w-]{43}/)[0];
        const call = async (path, init = {}) => (await fetch(`${server.base}/api/v1/${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': `work-${path}-0001` } }));
        const figures = await (await call(`figures?school=${code}`)).json();
        const rooms = figures.figures.find((f) => f.item === 'area_teaching_m2');
        const year = figures.year ?? rooms.year;
        const done = await call('figures', { method: 'POST', body: JSON.stringify({ school: code, year, item: 'area_teaching_m2', value: 60000, seen: rooms.value, reason: '竣工验收' }) });
        assert.equal(done.status, 200, await done.text());
        run(['upkeep', '--data', server.data]);
        await go(supervisor, row);
        await supervisor.fill('#verify-note', '综合楼已投入使用，到场看过。');
        await press(supervisor, 'form:has(#verify-note) button');
        assert.match(await words(supervisor), /已销号/);
        await go(finance, order);
        assert.match(await words(finance, 'h1'), /已销号/);
    },
    async 'a meeting decides; the land department answers, does it, and another person looks at it'() {
        const client = await signIn(server.base, server.account, server.password);
        const path = (await client.post('/meetings', { kind: 'joint', title: '第五次联席会议', held_on: '2026-11-25', held_at: '', held_in: '', chair: '', attending: '' })).headers.get('location');
        const item = (await (await client.get(path)).text()).match(/name="item" value="([^"]+)"/)[1];
        for (const fields of [{ act: 'items', item, what: '' }, { act: 'hold' }, { act: 'decide', item: '1', words: '年底前划定城东新校用地', owner: 'department:D13', due: '2026-12-31', product: '' },
            { act: 'minutes', version: '', minutes: '议定如下。' }, { act: 'issue', document: '创建办〔2026〕9号' }]) {
            if (fields.act === 'minutes') fields.version = (await (await client.get(path)).text()).match(/name="version" value="(\d+)"/)[1];
            assert.equal((await client.post(path, fields)).status, 303, JSON.stringify(fields));
        }
        await go(land, '/my');
        assert.match(await words(land), /年底前划定城东新校用地/);
        const task = (await (await client.get(path)).text()).match(/href="(\/tasks\/\d+)">第 \d+ 号/)[1];
        await step(land, task, '与规划院现场踏勘，年底前划定。');
        await step(office, task, '同意');
        await step(land, task, '用地红线已划定');
        await step(supervisor, task, '核对了红线图。');
        assert.match(await words(supervisor, 'h1'), /已销号|已完成/);
        await go(finance, task, 200);
        assert.equal(await finance.locator('#next').count(), 0, 'another department has no step in it');
    },
    async 'the township answers people, and sees the rows of its own schools alone'() {
        await go(township, '/concerns');
        const client = await signIn(server.base, 'demo.zhen', server.password);
        const mine = (await (await client.get('/concerns')).text()).match(/value="(township:[^"]+)"/)[1];
        const path = (await client.post('/concerns', { came_on: '2026-11-24', channel: 'call', kind: 'safety', reference: '', place: mine, owner: mine, what: '校门口没有斑马线' })).headers.get('location');
        assert.equal((await client.post(path, { step: 'reply', seen: 'open', words: '已请交警施划', cause: '新建道路' })).status, 303);
        await go(supervisor, '/my');
        assert.match(await words(supervisor), /校门口没有斑马线|等回访/);
        await go(township, '/ledger');
        const schools = (await Promise.all(['primary', 'junior'].map(async (stage) => (await client.get(`/schools?year=2025&stage=${stage}`)).text()))).join('');
        const places = await township.locator('table.ledger tbody th').evaluateAll((cells) => cells.map((c) => c.firstChild.textContent.trim()));
        assert.ok(places.length > 0 && places.every((p) => schools.includes(p) || p === mine.slice('township:'.length)), places.join());
        assert.equal((await client.get('/mayor')).status, 403);
    },
    async 'an inspection finds something in a school; the school puts it right; a second supervisor closes it'() {
        await go(supervisor, '/rounds');
        if (!await supervisor.locator('#new[open]').count()) await supervisor.click('#new > summary');
        await supervisor.selectOption('#kind', 'city');
        await supervisor.fill('#title', '2026 年市级复核');
        await supervisor.fill('#organiser', '市人民政府教育督导室');
        await supervisor.fill('#scope', '到校核对数据，查办学行为。');
        await supervisor.fill('#first', '2026-11-20');
        await supervisor.fill('#last', '2026-12-31');
        await press(supervisor, '#new button[type=submit]');
        round = at(supervisor);
        const client = await signIn(server.base, 'demo.dudao', server.password);
        const mine = (await (await signIn(server.base, 'demo.xiaozhang', server.password)).get('/returns')).headers.get('location').match(/returns\/(\d+)/)[1];
        for (const [account, name, duty] of [['', '何伟', 'lead'], ['chengshi', '', 'member']]) {
            if (!await supervisor.locator('#m-duty').isVisible()) await supervisor.click('#team details summary');
            await supervisor.selectOption('#m-account', account);
            await supervisor.fill('#m-name', name);
            await supervisor.fill('#m-unit', '市教育督导室');
            await supervisor.selectOption('#m-duty', duty);
            await supervisor.locator('#team button', { hasText: '加入' }).click();
            await supervisor.waitForURL(/#team/);
        }
        assert.equal((await client.post(round, { act: 'place', place: `school:${mine}`, reason: '群众反映多' })).status, 303);
        assert.equal((await client.post(round, { act: 'step', step: 'begin', reason: '' })).status, 303);
        const noted = await client.post(`${round}/findings`, { act: 'add', place: `school:${mine}`, question: '', subject: 'L6', stage: 'primary', grade: 'major', what: '实验仪器锁在库房', advice: '开齐实验课' });
        assert.equal(noted.status, 303, (await noted.text()).slice(0, 400));
        await go(supervisor, round);
        await supervisor.click('#finding-1 details >> nth=0');
        await supervisor.selectOption('#finding-1 select[name=owner]', `school:${mine}`);
        await supervisor.locator('#finding-1 button', { hasText: '下达整改通知' }).click();
        await supervisor.waitForURL(/#findings/);
        found = await supervisor.locator('#finding-1 a', { hasText: '整改单' }).getAttribute('href');
        await step(school, found, '下周起开齐实验课。');
        await step(supervisor, found, '同意');
        await step(school, found, '已开 12 节，附记录。');
        await go(supervisor, found);
        await step(office, found, '查了记录，问了学生。');
        assert.match(await words(office, 'h1'), /已销号/);
        await go(office, round);
        assert.match(await words(office, '#finding-1'), /已销号/);
        code = mine;
    },
    async 'the assessor from the city sees the schools of his round and where their numbers come from, and nothing else'() {
        const city = await sit(assessor.name, { password: assessor.password });
        await go(city, round);
        await go(city, `/schools/${code}?year=2025`);
        await city.locator('a.src').first().click();
        await city.waitForFunction(() => document.querySelector('.chain'));
        for (const path of ['/ledger/county', '/mayor', '/meetings', '/overview', '/accounts']) assert.ok([403, 404].includes((await city.goto(server.base + path)).status()), path);
        await city.context().close();
    },
    async 'the mayor sees on one screen what is stuck and with whom, and changes nothing'() {
        await go(mayor, '/mayor');
        assert.match(await words(mayor), /达标[\s\S]*卡住的事[\s\S]*变差的/);
        assert.ok(await mayor.evaluate(() => document.querySelector('.mayor').getBoundingClientRect().bottom) <= 900);
        assert.equal(await mayor.locator('.mayor form, .mayor button').count(), 0);
        const client = await signIn(server.base, 'demo.shizhang', server.password);
        assert.equal((await client.post(`${found}/step`, { step: 'reopen', words: '再查' })).status, 403);
    },
    async 'no page broke a script or the policy'() { assert.deepEqual(trouble, []); },
}, async () => { await browser.close(); await server.close(); });
