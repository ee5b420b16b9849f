// The made-up county lives through a year: 2026 is open, with returns in every state and somebody for each step.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoServer, run, signIn, tests } from './server.mjs';

const county = await demoServer(), YEAR = 2026;
const note = readFileSync(join(county.data, '演示帐号.txt'), 'utf8');
const listed = (words = []) => JSON.parse(run(['year', 'status', String(YEAR), '--format', 'json', '--data', county.data, ...words], { expected: 1 }).split('\n').find((line) => line.startsWith('[')));

await tests({
  'two fifths are approved; there is something for every step, some late, some sent back': () => {
    const ways = listed(), share = (state) => ways.filter((way) => way.state === state).length / ways.length;
    assert.equal(ways.length, 150);
    for (const state of ['草稿', '退回', '已提交', '校长已确认', '已审核']) assert.ok(share(state) > 0.03, state);
    assert.ok(share('已审定') > 0.3 && share('已审定') < 0.5, `approved: ${share('已审定')}`);
    assert.ok(listed(['--late']).length > 10);
  },
  'the clerk, the principal and the township stand in the note and come in with its password': async () => {
    for (const name of ['demo.tianbao', 'demo.xiaozhang', 'demo.zhen', 'demo.tongji']) {
      assert.ok(note.includes(name), name);
      await signIn(county.base, name, county.password);
    }
  },
  'a clerk saves a cell of his school': async () => {
    const [, code] = note.match(/demo\.tianbao .*学校 (\d+)/), clerk = await signIn(county.base, 'demo.tianbao', county.password);
    const path = `/returns/${YEAR}/${code}/cells`, { cells } = await (await clerk.get(path)).json();
    const cell = cells.find(({ item }) => item === 'classrooms_multimedia');
    const { cells: [saved] } = await (await clerk.post(path, { item: cell.item, typed: '77', seen: String(cell.stamp) })).json();
    assert.equal(saved.outcome, 'saved');
    assert.equal(saved.who, '刘秀英');
  },
  'who is late is reminded, and who got a return back was told': async () => {
    assert.match(run(['year', 'remind', String(YEAR), '--data', county.data]), /催了 \d\d+ 处/);
    const clerk = await signIn(county.base, 'demo.tianbao2', county.password), page = await (await clerk.get('/my')).text();
    assert.match(page, /催报：2026学年的填报已经逾期，等您提交/);
    assert.match(page, /2026学年的填报被退回，请改正后再提交/);
  },
  'the year shown first is the latest that is complete; of the open one nothing is concluded, and who lacks is listed': async () => {
    const office = await signIn(county.base, county.account, county.password);
    assert.match(await (await office.get('/overview')).text(), /<h1 class="verdict">2025学年/);
    const page = await (await office.get(`/overview?year=${YEAR}`)).text();
    assert.match(page, /还不能下结论：\d+ 所学校的数据没有审定/);
    assert.match(page, /<details class="lacking"><summary>没有审定的 \d+ 所学校<\/summary>/);
    assert.match(page, /已审定的学校里，小学 \d+ 所中 \d+ 所/);
    assert.doesNotMatch(page, /比去年：/);
    const [first] = listed(['--state', 'draft']);
    assert.ok(page.includes(first.name), first.name);
  },
}, county.close);
