// Nothing is lost: the server is killed (-9) at random moments while cells are edited and workbooks imported.
// KILLS=200 for a long run.  Every acknowledged change is there, none is done twice, no import is there by half.
import assert from 'node:assert/strict';
import { demoCounty, run, serve } from './server.mjs';

const KILLS = Number(process.env.KILLS ?? 20), EDITORS = 8, YEAR = 2025, EDITED = 'classrooms_multimedia', IMPORTED = 'area_outdoor_sports_m2';
const county = demoCounty();
const token = run(['token', 'create', '--for', county.account, '--name', 'kill', '--may', 'see,edit,import', '--data', county.data]).match(/jh_[\w-]{43}/)[0];
const headers = { Authorization: `Bearer ${token}` };
let server = await serve(county.data), number = 100, keys = 0, acknowledged = 0;

async function api(method, path, { json, form, key } = {}) {
    const answer = await fetch(server.base + path, {
        method, headers: { ...headers, ...(json ? { 'Content-Type': 'application/json' } : {}), ...(key ? { 'Idempotency-Key': key } : {}) },
        body: json ? JSON.stringify(json) : form,
    });
    const body = await answer.json();
    if (answer.status !== 200) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(body)}`), { refused: true });
    return body;
}
const newKey = () => `kill-${process.pid}-${++keys}-${Date.now()}`;
const schools = (await api('GET', `/api/v1/schools?year=${YEAR}`)).schools.map((school) => school.code);
const standing = async (school, item) => (await api('GET', `/api/v1/figures?year=${YEAR}&school=${school}`)).figures.find((figure) => figure.item === item)?.value ?? null;
const version = async () => (await api('GET', `/api/v1/schools?year=${YEAR}`)).data_version;

// ---- one act: what is asked, and whether it was acknowledged; asked again with the same key until it is ----
// Refusals by the server are faults of the test; a broken connection is what the test is about.
async function ask(act) {
    try {
        act.answer = await act.send();
    } catch (error) {
        if (error.refused) throw error;
        return false;
    }
    acknowledged++;
    return true;
}

// Each editor has a school of its own, and types one number after the other into one cell.
const editors = schools.slice(0, EDITORS).map((school) => ({ school, value: null, pending: null }));
for (const editor of editors) editor.value = await standing(editor.school, EDITED);
async function edit(editor) {
    const value = ++number, key = newKey(), seen = editor.value;
    editor.pending = { value, send: () => api('POST', '/api/v1/figures', { key, json: { year: YEAR, school: editor.school, item: EDITED, value, seen } }) };
    return finishEdit(editor);
}
async function finishEdit(editor) {
    if (!await ask(editor.pending)) return false;
    editor.value = editor.pending.value;
    editor.pending = null;
    return true;
}
// One importer brings a table of ten schools, all with the same number: by half, they would differ.
const importer = { schools: schools.slice(EDITORS, EDITORS + 10), value: null, pending: null };
async function bring() {
    const value = ++number, key = newKey();
    const table = ['县代码,学年,学校代码,运动场地面积', ...importer.schools.map((school) => `419900,${YEAR},${school},${value}`)].join('\n');
    const form = new FormData();
    form.append('file', new Blob([table + '\n']), '场地.csv');
    let read;
    try { read = await api('POST', '/api/v1/imports', { form, key: newKey() }); } catch (error) { if (error.refused) throw error; return false; }
    importer.pending = { value, send: () => api('POST', `/api/v1/imports/${read.id}/confirm`, { key, json: { seen_version: read.seen_version, errors: 'leave_out' } }) };
    return finishImport();
}
async function finishImport() {
    if (!await ask(importer.pending)) return false;
    importer.value = importer.pending.value;
    importer.pending = null;
    return true;
}

// ---- rounds ---------------------------------------------------------------------------------------
const first = await version();
let lost = 0, doubled = 0, half = 0;
for (let round = 1; round <= KILLS; round++) {
    let dead = false;
    const work = async (step) => { while (!dead && await step()); };
    const working = [...editors.map((editor) => work(() => edit(editor))), work(bring)];
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 250));
    dead = true;
    await server.kill();
    await Promise.all(working);
    server = await serve(county.data);

    for (const editor of editors) {
        const now = await standing(editor.school, EDITED);
        if (now !== editor.value && now !== editor.pending?.value) lost++;
        if (editor.pending) assert.ok(await finishEdit(editor), 'asked again with the same key');
        if (await standing(editor.school, EDITED) !== editor.value) lost++;
    }
    const values = new Set();
    for (const school of importer.schools) values.add(await standing(school, IMPORTED));
    if (values.size > 1 && (importer.value !== null || values.has(importer.pending?.value))) half++;
    if (importer.value !== null && !values.has(importer.value) && !values.has(importer.pending?.value)) lost++;
    if (importer.pending) assert.ok(await finishImport(), 'confirmed again with the same key');
}
doubled = await version() - first - acknowledged;
assert.match(run(['audit', 'verify', '--data', county.data]), /共 \d+ 行/);
await server.stop();
county.remove();
console.log(`${KILLS} kills: ${acknowledged} acknowledged changes, ${lost} lost, ${doubled} doubled, ${half} half imports`);
process.exit(lost || doubled || half || acknowledged < KILLS ? 1 : 0);
