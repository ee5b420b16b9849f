// Yearly targets in a server: seen by who may, typed over, issued and opened, letters and results, who answers for what.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoServer, person, run, signIn } from './server.mjs';

test('targets of a county, from the draft to the letters', { timeout: 200000 }, async () => {
    const server = await demoServer();
    try {
        const office = await signIn(server.base, server.account, server.password);
        const text = async (who, path, status = 200) => { const answer = await who.get(path); assert.equal(answer.status, status, path); return answer.text(); };
        const first = await text(office, '/targets');
        assert.match(first, /条没有达到当年的目标/);
        assert.match(first, /目标已以青政办〔2025〕8号（虚构）（2025-03-10）下达/);
        assert.match(first, /差异系数/);
        assert.match(await text(office, '/targets?lang=en'), /Issued by 青政办/);

        // Alarms are a filter of the address, and the export is the same filter.
        const falls = await text(office, '/targets?alarm=falls');
        assert.match(falls, /按现有入学趋势，[^<]*降到/);
        assert.equal((await office.get('/targets/export?alarm=falls')).headers.get('content-type'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
        await text(office, '/targets?alarm=beauty', 400);

        // What is issued cannot be typed over until it is opened for a reason.
        const school = falls.match(/\/targets\/schools\/(\d+)/)[1];
        assert.doesNotMatch(await text(office, `/targets/schools/${school}`), /name="key0"/);
        const refused = await office.post('/targets/edit', { school, key0: `${school}|primary|L4`, seen0: '1', y0_2029: '9' });
        assert.equal(refused.status, 409);
        assert.equal((await office.post('/targets/open', { reason: '' })).status, 422);
        assert.equal((await office.post('/targets/open', { reason: '两所学校合并' })).status, 303);
        const grid = await text(office, `/targets/schools/${school}`);
        const fields = {};
        for (const [, name, value] of grid.matchAll(/name="((?:key|seen|y|person)\d+[^"]*)"(?: value="([^"]*)")?/g)) fields[name] = value ?? '';
        assert.ok(fields.key0 && fields.seen0);
        assert.equal((await office.post('/targets/edit', { ...fields, school, y0_2027: '9.99', person0: '王校长' })).status, 303);
        const after = await text(office, `/targets/schools/${school}`);
        assert.match(after, /value="9\.99"/);
        assert.match(after, /value="王校长"/);
        // A row that nobody touched stays as it is: the unit's person is not taken for its own.
        if (fields.seen1) assert.equal(after.match(/name="seen1" value="(\d+)"/)[1], fields.seen1);
        assert.equal((await office.post('/targets/edit', { ...fields, school, y0_2027: '8.88' })).status, 409);      // seen before
        assert.equal((await office.post('/targets/edit', { ...fields, school, y0_2027: '很多' })).status, 422);

        // Chosen rows in equal steps to the standard by a year.
        const seen = after.match(/name="seen0" value="(\d+)"/)[1];
        assert.equal((await office.post('/targets/edit', { ...fields, seen0: seen, school, pick0: '1', act: 'by', by: '2027', back: `/targets/schools/${school}` })).status, 303);
        assert.doesNotMatch(await text(office, `/targets/schools/${school}`), /value="9\.99"/);
        assert.equal((await office.post('/targets/issue', { document: '', day: '2026-12-01' })).status, 422);
        assert.equal((await office.post('/targets/issue', { document: '青政办〔2026〕40号', day: '2026-12-01' })).status, 303);
        assert.match(await text(office, '/targets'), /青政办〔2026〕40号/);

        // The tree, letters, results.
        assert.match(await text(office, '/targets/tree'), /市财政局/);
        const letter = await office.get('/targets/letters?owner=department:D13&as=docx');
        assert.equal(letter.status, 200);
        assert.match(decodeURIComponent(letter.headers.get('content-disposition')), /目标责任书\.docx/);
        assert.equal((await office.get('/targets/letters?owner=department:D01&as=docx')).status, 404);
        const results = await text(office, '/targets/results');
        assert.match(results, /国家办法没有加权的总分/);
        assert.equal((await office.post('/targets/weights', { targets: '60', ledger: '40', document: '', day: '' })).status, 422);
        assert.equal((await office.post('/targets/weights', { targets: '60', ledger: '40', document: '青政办〔2026〕12号', day: '2026-03-01' })).status, 303);
        assert.match(await text(office, '/targets/results'), /加权按青政办〔2026〕12号/);

        // Who answers for what: the county's own, and back.
        assert.match(await text(office, '/targets/owners'), /周海涛/);
        assert.equal((await office.post('/targets/owners', { subject: 'L6', stage: '', owner: 'D06', helpers: 'D11', basis: '会议纪要' })).status, 303);
        assert.match(run(['targets', 'list', '--data', server.data, '--subject', 'L6', '--owner', 'department:D06', '--format', 'csv']), /L6/);
        assert.equal((await office.post('/targets/owners', { subject: 'L6', stage: '', act: 'default' })).status, 303);
        assert.equal((await office.post('/targets/owners', { subject: 'L6', stage: '', owner: '财政局' })).status, 422);

        // A township sees its schools and cannot set anything.
        const township = falls.match(/青禾县(\S+?(?:镇|乡|街道))/)[1];
        const town = await person(server.base, server.data, 'zhen', 'township', ['--township', township]);
        const theirs = await signIn(server.base, town.name, town.password);
        const page = await text(theirs, '/targets');
        assert.doesNotMatch(page, /全县的数/);
        assert.equal((await theirs.post('/targets/open', { reason: 'x' })).status, 403);
    } finally {
        await server.close();
    }
});
