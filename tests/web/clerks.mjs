// Clerks of many schools save cells at once, and the server is killed (-9) while they do: every acknowledged cell is there when it is
// up again.  CLERKS=300 SECONDS=10 KILLS=3 for the row of the benchmark (bench/run 14), which prints what this prints.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { person, run, serve, signIn } from './server.mjs';

const CLERKS = Number(process.env.CLERKS ?? 12), SECONDS = Number(process.env.SECONDS ?? 1.5), KILLS = Number(process.env.KILLS ?? 2), YEAR = 2026;
const ITEMS = ['pupils_primary', 'teachers_primary', 'staff_primary', 'area_teaching_m2', 'area_outdoor_sports_m2', 'classrooms_multimedia',
  'classes_primary', 'largest_class', 'music_rooms', 'art_rooms', 'equipment_value_10k_yuan', 'teachers_trained_360h'];
const quiet = process.env.BENCH !== undefined;
const say = (text) => { if (!quiet) console.log(text); };

// ---- a county of so many schools, its year open, a clerk for each --------------------------------
const dir = mkdtempSync(join(tmpdir(), 'junheng-clerks-')), data = join(dir, 'data');
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
run(['init', data, '--county', '419900', '--name', '青禾县']);
const code = (i) => String(2419900001 + i);
writeFileSync(join(dir, '2025.csv'), ['县代码,学年,学校代码,学校名称,学校类型,所属乡镇,城乡类型,小学在校生数',
  ...Array.from({ length: CLERKS }, (_, i) => `419900,${YEAR - 1},${code(i)},第${i + 1}小学（虚构）,小学,${['柳林镇', '城关街道', '石桥乡'][i % 3]},乡村,${100 + i}`)].join('\n') + '\n');
run(['import', join(dir, '2025.csv'), '--confirm', '--data', data]);
run(['year', 'open', String(YEAR), '--data', data]);
let server = await serve(data, [], {}, 'ignore');

const clerks = [];
async function newClerk(i) {
  const name = `clerk${i}`, { password } = await person(server.base, data, name, 'clerk', ['--school', code(i)]);
  const session = await signIn(server.base, name, password);
  clerks.push({ school: code(i), cookie: session.cookie, token: await session.formToken(), cells: new Map(), number: 100 });
}
for (let i = 0; i < CLERKS; i++) await newClerk(i);
say(`${CLERKS} clerks of ${CLERKS} schools are signed in`);

// ---- saving ---------------------------------------------------------------------------------------
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
function post(clerk, fields) {
  const body = new URLSearchParams({ form_token: clerk.token, ...fields }).toString(), url = new URL(server.base);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: url.hostname, port: url.port, method: 'POST', path: `/returns/${YEAR}/${clerk.school}/cells`,
      headers: { Cookie: clerk.cookie, Origin: server.base, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(body) } }, (answer) => {
      let said = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { said += part; });
      answer.on('end', () => (answer.statusCode === 200 ? resolve(JSON.parse(said)) : reject(Object.assign(new Error(`${answer.statusCode} ${said.slice(0, 300)}`), { refused: true }))));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const get = async (clerk) => (await (await fetch(`${server.base}/returns/${YEAR}/${clerk.school}/cells`, { headers: { Cookie: clerk.cookie } })).json()).cells;

const took = [];
let acknowledged = 0, dead = false;
// One cell: what was acknowledged stands in `cells`; what was sent and not answered is in `pending`.
async function save(clerk) {
  const item = ITEMS[clerk.number % ITEMS.length], typed = String(++clerk.number), cell = clerk.cells.get(item) ?? { typed: null, stamp: 0 };
  const from = performance.now();
  clerk.pending = { item, typed };
  let answer;
  try { answer = await post(clerk, { item, typed, seen: String(cell.stamp) }); } catch (error) { if (error.refused) throw error; return false; }
  took.push(performance.now() - from);
  const [saved] = answer.cells;
  assert.equal(saved.outcome, 'saved', JSON.stringify(saved));
  clerk.cells.set(item, { typed, stamp: saved.stamp });
  clerk.pending = null;
  acknowledged++;
  return true;
}

// ---- rounds: all at once, killed in the middle, counted afterwards --------------------------------
let lost = 0, half = 0, elapsed = 0;
for (let round = 1; round <= KILLS; round++) {
  dead = false;
  const from = performance.now();
  const working = clerks.map(async (clerk) => { while (!dead && await save(clerk)); });
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  dead = true;
  elapsed += performance.now() - from;
  await server.kill();
  await Promise.all(working);
  agent.destroy();
  server = await serve(data, [], {}, 'ignore');
  for (const clerk of clerks) {
    const standing = new Map((await get(clerk)).map((cell) => [cell.item, cell]));
    for (const [item, cell] of clerk.cells) {
      const found = standing.get(item), pending = clerk.pending?.item === item && found?.typed === clerk.pending.typed;
      if (!pending && (found?.typed !== cell.typed || found.stamp !== cell.stamp)) lost++;
      if (found?.unread) half++;
    }
    // What was sent and not answered is asked again: it is there, or saved now; never refused as a conflict with itself.
    if (clerk.pending) {
      const { item, typed } = clerk.pending, stamp = clerk.cells.get(item)?.stamp ?? 0;
      const [saved] = (await post(clerk, { item, typed, seen: String(stamp) })).cells;
      assert.equal(saved.outcome, 'saved', JSON.stringify(saved));
      clerk.cells.set(item, { typed, stamp: saved.stamp });
      clerk.pending = null;
    }
  }
}

// Two windows of one clerk: the second is told who was first, and nothing is overwritten.
const [one] = clerks, [item, stands] = [...one.cells][0];
const [first] = (await post(one, { item, typed: '41', seen: String(stands.stamp) })).cells;
const [second] = (await post(one, { item, typed: '42', seen: String(stands.stamp) })).cells;
assert.equal(first.outcome, 'saved');
assert.equal(second.outcome, 'conflict');
assert.match(second.words, /改为 41，您填的是 42/);
assert.equal((await get(one)).find((cell) => cell.item === item).typed, '41');
// Another school's return does not exist for him; what cannot be read is kept as it was typed.
await assert.rejects(post({ ...one, school: clerks[1].school }, { item, typed: '1', seen: '0' }), /^Error: 404/);
const [bad] = (await post(one, { item, typed: '四十一', seen: String(first.stamp) })).cells;
assert.equal(bad.outcome, 'invalid');
assert.match(bad.words, /四十一/);
assert.match(run(['audit', 'verify', '--data', data]), /审计记录完整/);
await server.stop();

took.sort((a, b) => a - b);
const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))];
const result = { clerks: CLERKS, kills: KILLS, acknowledged, per_second: Math.round(acknowledged / (elapsed / 1000)), p50: at(0.5), p99: at(0.99), lost, half };
if (quiet) console.log(JSON.stringify(result));
else console.log(`${CLERKS} clerks, ${KILLS} kills: ${acknowledged} acknowledged cells (${result.per_second} a second), ${lost} lost, p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`);
process.exit(lost || half || acknowledged < CLERKS ? 1 : 0);
