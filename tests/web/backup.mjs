// A backup made while cells are edited as fast as they can be: restored elsewhere it is one moment of the county,
// whole, and its assessment is the one that moment had.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { demoServer, program, run, serve, tests } from './server.mjs';

const server = await demoServer();
const token = run(['token', 'create', '--for', server.account, '--name', 'backup', '--may', 'see,edit', '--data', server.data]).match(/jh_[\w-]{43}/)[0];
const bearer = { Authorization: `Bearer ${token}` };
const get = async (base, path) => { const answer = await fetch(base + path, { headers: bearer }); assert.equal(answer.status, 200, path); return answer.json(); };
const schools = (await get(server.base, '/api/v1/schools?year=2025')).schools.slice(0, 6).map((school) => school.code);
const standing = async (base, school) => (await get(base, `/api/v1/figures?year=2025&school=${school}`)).figures.find((figure) => figure.item === 'classrooms_multimedia').value;
const edits = []; // every acknowledged one: { version, school, value }
const first = (await get(server.base, '/api/v1/schools?year=2025')).data_version;
const began = Object.fromEntries(await Promise.all(schools.map(async (school) => [school, await standing(server.base, school)])));
let busy = true, key = 0;

async function edit(school) {
    for (let seen = began[school], value = 1000; busy; seen = value++) {
        const answer = await fetch(`${server.base}/api/v1/figures`, {
            method: 'POST', headers: { ...bearer, 'Content-Type': 'application/json', 'Idempotency-Key': `backup-${++key}-0123456789` },
            body: JSON.stringify({ year: 2025, school, item: 'classrooms_multimedia', value, seen }),
        });
        assert.equal(answer.status, 200, await answer.clone().text());
        edits.push({ version: (await answer.json()).data_version, school, value });
    }
}

await tests({
    async 'a backup under load is one moment of the county, and its assessment is that moment\'s'() {
        const working = schools.map(edit);
        await new Promise((resolve) => setTimeout(resolve, 300));
        const file = join(server.dir, 'busy.junheng'), elsewhere = join(server.dir, 'elsewhere');
        const made = spawn(program, ['backup', '--data', server.data, '-o', file], { stdio: 'inherit' });
        assert.equal(await new Promise((resolve) => made.on('exit', resolve)), 0);
        await new Promise((resolve) => setTimeout(resolve, 200));
        busy = false;
        await Promise.all(working);
        run(['restore', file, '--data', elsewhere]);
        const restored = await serve(elsewhere);
        const version = (await get(restored.base, '/api/v1/schools?year=2025')).data_version;
        const until = edits.filter((one) => one.version <= version);
        assert.ok(version > first && until.length > 0 && edits.length > until.length, `${edits.length} edits, ${until.length} before the backup`);
        for (const school of schools) {
            const value = until.filter((one) => one.school === school).sort((a, b) => b.version - a.version)[0]?.value ?? began[school];
            assert.equal(await standing(restored.base, school), value, school);
        }
        /* The original is brought to the same figures: then both must assess the same, to the last digit. */
        for (const school of schools) {
            const seen = await standing(server.base, school), value = await standing(restored.base, school);
            const answer = await fetch(`${server.base}/api/v1/figures`, {
                method: 'POST', headers: { ...bearer, 'Content-Type': 'application/json', 'Idempotency-Key': `backup-${++key}-0123456789` },
                body: JSON.stringify({ year: 2025, school, item: 'classrooms_multimedia', value, seen }),
            });
            assert.equal(answer.status, 200);
        }
        for (const year of [2023, 2024, 2025])
            assert.deepEqual(await get(restored.base, `/api/v1/assessment?year=${year}`), await get(server.base, `/api/v1/assessment?year=${year}`));
        await restored.stop();
    },
}, server.close);
