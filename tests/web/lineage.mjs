// The bar for lineage: 200 random numbers (the same on every run) out of the API, the pages and the exported workbooks;
// each one's chain is walked to its cells, the stored file is opened by a reader that is not ours, and the cell holds
// the number that the chain says.
import ExcelJS from 'exceljs';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoCounty, root, run, serve, signIn } from './server.mjs';

const WANTED = { api: 100, page: 60, workbook: 40 };

const county = demoCounty();
const { data, account, password } = county;
const token = run(['token', 'create', '--for', account, '--name', 'lineage', '--may', 'see,export', '--data', data]).match(/jh_[\w-]{43}/)[0];
const server = await serve(data);
const api = async (path) => {
    const answer = await fetch(`${server.base}/api/v1/${path}`, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200, `${path}: ${answer.status}`);
    return answer.headers.get('content-type').startsWith('application/json') ? answer.json() : Buffer.from(await answer.arrayBuffer());
};

/* Numbers that are the same on every run. */
let seed = 20251125;
const random = (below) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return Math.floor(seed / 4294967296 * below); };
const sample = (list, n) => { const left = [...list], taken = []; while (taken.length < n && left.length) taken.push(left.splice(random(left.length), 1)[0]); return taken; };

/* ---- the other reader -------------------------------------------------------------------------------- */
const files = new Map();
async function opened(sha256, name) {
    if (!files.has(sha256)) {
        const bytes = await api(`files/${sha256}`);
        assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
        assert.ok(bytes.equals(readFileSync(join(data, '样例', name))), `${name} is not the file that was imported`);
        if (name.endsWith('.xlsx')) {
            const book = new ExcelJS.Workbook();
            await book.xlsx.load(bytes);
            files.set(sha256, (sheet, row, column) => book.getWorksheet(sheet)?.getCell(row, column).value);
        } else {
            const rows = csv(decoded(bytes));
            files.set(sha256, (sheet, row, column) => { assert.equal(sheet, ''); return rows[row - 1]?.[column - 1]; });
        }
    }
    return files.get(sha256);
}
function decoded(bytes) {
    try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return new TextDecoder('gb18030', { fatal: true }).decode(bytes); }
}
function csv(text) {
    const rows = [[]];
    for (let at = 0, cell = '', quoted = false; at <= text.length; at++) {
        const c = text[at];
        if (quoted && c === '"' && text[at + 1] === '"') { cell += c; at++; } else if (c === '"') quoted = !quoted;
        else if (quoted) cell += c;
        else if (c === ',' || c === '\n' || c === undefined) {
            rows.at(-1).push(cell.replace(/\r$/, ''));
            cell = '';
            if (c === '\n') rows.push([]);
        } else cell += c;
    }
    return rows;
}
/* As people write numbers: 1,234 · １２３４ · 95% · 364.41 */
function numberIn(value) {
    if (value === null || value === undefined) return NaN;
    if (typeof value === 'object') return numberIn(value.result ?? value.richText?.map((part) => part.text).join('') ?? value.text);
    if (typeof value !== 'string') return Number(value);
    if (value === '否' || value === '无') return 0;
    const plain = value.normalize('NFKC').replace(/[,\s']/g, '').replace('−', '-');
    return plain.endsWith('%') ? Number(plain.slice(0, -1)) / 100 : Number(plain);
}

/* ---- walking a chain to its cells ------------------------------------------------------------------------ */
const chains = new Map();
const chain = async (key) => { if (!chains.has(key)) chains.set(key, await api(`lineage?of=${encodeURIComponent(key)}`)); return chains.get(key); };
let cellsOpened = 0, schools = [];
async function hold(key, depth = 0) {
    const { steps } = await chain(key);
    assert.equal(steps[0].key, key);
    let cells = 0;
    for (const [i, step] of steps.entries()) {
        if (step.kind !== 'cell' || step.value === null || step.value === undefined) continue;
        const cell = (await opened(step.sha256, step.file))(step.sheet, step.row, step.column);
        /* The figure this cell belongs to: the step one less deep before it. */
        const owner = steps.slice(0, i).findLast((before) => before.depth < step.depth);
        cells++;
        cellsOpened++;
        if (Number.isNaN(numberIn(cell))) { assert.ok(String(cell ?? '').trim() && !step.unit, `${owner.label}: ${step.file} ${step.sheet} ${step.cell} holds “${cell}”`); continue; } /* a choice */
        assert.ok(Math.abs(numberIn(cell) - step.value) <= 1e-9 * Math.abs(step.value), `${owner.label}: ${step.file} ${step.sheet} ${step.cell} holds ${cell}, not ${step.value}`);
        assert.equal(owner.value, step.value, `${owner.label} says another number than its cell`);
    }
    /* A number of many schools has no cells of its own: one of those it rests on has. */
    if (!cells && depth < 3) {
        const next = steps.slice(1).filter((step) => step.key && step.key !== key);
        if (next.length) return hold(next[random(Math.min(next.length, 10))].key, depth + 1);
    }
    return cells;
}

try {
    /* ---- numbers of the API ---- */
    const all = { api: [], page: [], workbook: [] };
    const assessment = (await api('assessment?year=2025')).counties[0];
    for (const unit of assessment.units)
        for (const indicator of unit.indicators)
            if (indicator.value !== null) all.api.push({ key: `level:${unit.stage}:${indicator.id}:${unit.school}:2025`, value: indicator.value });
    for (const stage of assessment.stages)
        for (const indicator of stage.indicators) all.api.push({ key: `cv:${stage.stage}:${indicator.id}:2025`, value: indicator.cv }, { key: `mean:${stage.stage}:${indicator.id}:2025`, value: indicator.mean });
    for (const rule of assessment.county_indicators)
        if (rule.value !== null && rule.schools === undefined) all.api.push({ key: `rule:${rule.id}:2025`, value: rule.value });
    ({ schools } = await api('schools?year=2025'));
    for (const { code } of sample(schools, 40))
        for (const year of [2023, 2024, 2025]) {
            const answer = await fetch(`${server.base}/api/v1/figures?year=${year}&school=${code}`, { headers: { Authorization: `Bearer ${token}` } });
            if (answer.status === 200) for (const f of (await answer.json()).figures) if (typeof f.value === 'number') all.api.push({ key: f.key, value: f.value });
        }

    /* ---- numbers of the pages: whatever links to a chain ---- */
    const session = await signIn(server.base, account, password);
    const table = readFileSync(join(root, 'src/web/routes.def'), 'utf8');
    const routes = [...table.matchAll(/^ROUTE\(GET,\s*"(\/[^"]*)",\s*page_\w+,\s*FLOW_\w+,\s*MAY_SEE/gm)].map(([, path]) => path);
    const paths = routes.filter((path) => !path.includes('{') && !path.startsWith('/lineage'));
    for (const path of routes.filter((route) => route === '/schools/{code}')) for (const { code } of sample(schools, 12)) paths.push(path.replace('{code}', code));
    for (const path of routes.filter((route) => route === '/indicators/{stage}/{id}')) for (const stage of ['primary', 'junior']) paths.push(path.replace('{stage}', stage).replace('{id}', 'L4'));
    for (const key of ['verdict:2025', 'cv:primary:L4:2025', 'passing:junior:2025', 'rule:G9:2025', 'combined:primary:2025', ...sample(all.api, 6).map((n) => n.key)]) paths.push(`/lineage?of=${encodeURIComponent(key)}`);
    const dead = [];
    for (const path of paths) {
        const answer = await session.get(path);
        if (answer.status !== 200) { if (answer.status >= 400) dead.push(`${path}: ${answer.status}`); continue; }
        for (const [, address, shown] of (await answer.text()).matchAll(/<a\b[^>]*class="[^"]*\bsrc\b[^"]*"[^>]*href="([^"]*)"[^>]*>([^<]*)</g)) {
            const url = new URL(address.replaceAll('&amp;', '&'), server.base);
            if (url.pathname === '/lineage' && /\d/.test(shown)) all.page.push({ key: url.searchParams.get('of'), shown, path });
        }
    }
    assert.deepEqual(dead, []);

    /* Every number that links says what its chain says. */
    for (const { key, shown, path } of all.page) {
        const { steps } = await chain(key);
        if (/^[\d,.]+$/.test(shown) && steps[0].value !== null)
            assert.ok(Math.abs(numberIn(shown) - steps[0].value) <= 0.5 * 10 ** -((shown.split('.')[1] ?? '').length) + 1e-9, `${path}: ${shown} is not ${steps[0].value} (${key})`);
    }

    /* ---- numbers of exported workbooks: a school's row, an indicator's column ---- */
    all.workbook.push(...await exportedReturns(session));
    for (const stage of ['primary', 'junior']) all.workbook.push(...await exportedMatrix(session, stage));

    const chosen = [];
    for (const [from, wanted] of Object.entries(WANTED)) chosen.push(...sample(all[from], all[from].length ? wanted : 0).map((number) => ({ from, ...number })));
    const short = 200 - chosen.length;
    if (short > 0) chosen.push(...sample(all.api, short).map((number) => ({ from: 'api', ...number })));
    assert.equal(chosen.length, 200);
    const withCells = { api: 0, page: 0, workbook: 0 };
    for (const { from, key, value } of chosen) {
        const { steps } = await chain(key);
        if (value !== undefined) assert.ok(Math.abs(steps[0].value - value) <= (from === 'workbook' ? 1e-6 : 0) * Math.max(1, Math.abs(value)), `${from} ${key}: the chain says ${steps[0].value}, not ${value}`);
        if (await hold(key)) withCells[from]++;
        else console.log(`no cell under ${key}`);
    }
    console.log(`lineage: 200 numbers (${Object.entries(all).map(([from, list]) => `${from} of ${list.length}`).join(', ')}), ${cellsOpened} cells opened in ${files.size} files; to cells: ${JSON.stringify(withCells)}`);
    assert.equal(withCells.api + withCells.page + withCells.workbook, 200, JSON.stringify(withCells));

    /* ---- the row as it stood, as a page and as a part of one ---- */
    const level = (await chain(all.api[0].key)).steps.find((step) => step.kind === 'cell');
    const query = new URLSearchParams({ sha256: level.sha256, sheet: level.sheet, cell: level.cell });
    const row = await (await session.get(`/lineage/row?${query}`, { 'HX-Request': 'true' })).text();
    const hit = row.match(/class="hit">([^<]*)</)[1];
    assert.equal(numberIn(hit), level.value);
    assert.ok(!row.includes('<html') && (await (await session.get(`/lineage/row?${query}`)).text()).includes('<html'));
    const moved = await (await session.get(`/lineage/cell?${query}`)).text();
    assert.ok(moved.includes('随它变动的数') && moved.includes(encodeURIComponent(all.api[0].key)));
    assert.equal((await session.get('/lineage?of=verdict:1999')).status, 404);
    assert.equal((await session.get('/lineage?of=<script>')).status, 400);
    const panel = await (await session.get('/lineage?of=verdict:2025', { 'HX-Request': 'true' })).text();
    assert.ok(panel.includes('data-close-panel') && !panel.includes('<html'));
} finally {
    await server.stop();
    county.remove();
}

/* The returned figures as they are exported: a school's row, an item's column. */
async function exportedReturns(session) {
    const answer = await session.get('/export/returns?year=2025');
    assert.equal(answer.status, 200);
    const book = new ExcelJS.Workbook(), found = [];
    await book.xlsx.load(Buffer.from(await answer.arrayBuffer()));
    const named = new Map((await api(`figures?year=2025&school=${schools[0].code}`)).figures.map((f) => [f.name, f.item]));
    for (const sheet of book.worksheets) {
        let columns = null, code = 0;
        sheet.eachRow((row) => {
            const cells = row.values.map((value) => String(value?.richText?.map((part) => part.text).join('') ?? value ?? '').trim());
            if (!columns && cells.includes('学校代码')) {
                code = cells.indexOf('学校代码');
                columns = cells.map((heading) => named.get(heading) ?? named.get(heading.replace(/（[^（）]*）$/, '')));
            } else if (columns && /^\d{6,}$/.test(cells[code])) {
                row.values.forEach((value, at) => { if (columns[at] && typeof value === 'number') found.push({ key: `school:${cells[code]}:${columns[at]}:2025`, value }); });
            }
        });
    }
    assert.ok(found.length > 1000, `${found.length} numbers in the export`);
    return found;
}

/* The matrix of schools as it is exported: pupils, and the actual value of each indicator. */
async function exportedMatrix(session, stage) {
    const answer = await session.get(`/schools/export?year=2025&stage=${stage}`);
    assert.equal(answer.status, 200);
    const book = new ExcelJS.Workbook(), found = [];
    await book.xlsx.load(Buffer.from(await answer.arrayBuffer()));
    const sheet = book.worksheets[0], rows = [];
    sheet.eachRow((row) => rows.push(row.values));
    const heads = rows.findIndex((cells) => cells.includes('实际值'));
    for (const cells of rows.slice(heads + 1)) {
        const code = cells[rows[heads].indexOf('学校代码')];
        if (!/^\d{6,}$/.test(code ?? '')) continue;
        cells.forEach((value, at) => {
            if (typeof value !== 'number') return;
            if (rows[heads][at] === '在校生数') found.push({ key: `pupils:${stage}:${code}:2025`, value });
            if (rows[heads][at] === '实际值') found.push({ key: `level:${stage}:${rows[heads - 1][at].match(/^L\d+/)[0]}:${code}:2025`, value });
        });
    }
    assert.ok(found.length > 200, `${found.length} numbers in the matrix`);
    return found;
}
