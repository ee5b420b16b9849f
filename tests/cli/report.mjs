// Reports from the terminal: the same words in .docx, .pdf and .html, the same bytes again, and what LibreOffice makes of the .docx.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.JUNHENG ?? join(root, 'build/junheng');
const dir = mkdtempSync(join(tmpdir(), 'junheng-report-'));
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('JUNHENG')));

function run(words, expected = 0) {
    const done = spawnSync(program, words, { cwd: dir, encoding: 'utf8', env: environment });
    assert.equal(done.status, expected, `junheng ${words.join(' ')}: exit ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout + done.stderr;
}
const report = (of, file) => {
    run(['report', '--data', 'data', '--of', of, '--year', '2025', '--date', '2026-01-11', '-o', file]);
    return join(dir, file);
};
const has = (command) => !spawnSync(command, ['--version']).error;

// A part of a zip whose files are stored as they are.
function part(path, name) {
    const zip = readFileSync(path);
    for (let at = 0; zip.readUInt32LE(at) === 0x04034b50;) {
        const size = zip.readUInt32LE(at + 18), from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
        if (zip.toString('utf8', at + 30, at + 30 + zip.readUInt16LE(at + 26)) === name) return zip.toString('utf8', from, from + size);
        at = from + size;
    }
    throw new Error(`${path} holds no ${name}`);
}
const plain = (xml) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const bare = (text) => text.normalize('NFKC').replaceAll(/\s/g, '');
// The paragraphs of a .docx in their order, cells too.
const paragraphs = (path) => [...part(path, 'word/document.xml').matchAll(/<w:p>.*?<\/w:p>/gs)]
    .map(([p]) => bare(plain([...p.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map((t) => t[1]).join(''))))
    .filter((words) => words);
// The words of a .pdf in the order they were drawn, without the head and foot of its pages.
const drawn = (path) => bare(spawnSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout
    .split(/[\n\f]/).filter((line) => !/^— ?\d+ ?—$/.test(line.trim()) && !/^虚构数据.*数据第 ?\d+ ?版$/.test(line.trim())).join('\n'));

// LibreOffice hangs punctuation over the margin, where pdftotext does not see it.
const unhung = (text) => text.replaceAll(/[,.。;:、]/g, '');

function followsIn(text, words, what) {
    let at = 0;
    for (const each of words) {
        const found = text.indexOf(each, at);
        assert.ok(found >= 0, `${what} lacks, after …${text.slice(Math.max(0, at - 60), at)}: ${each}`);
        at = found + each.length;
    }
}

const KINDS = { county: 'county', township: 'township:柳林镇', level: 'indicator:L5', rule: 'indicator:G3' };
const tests = {
    'a folder of demonstration has a report of each kind'() {
        run(['demo', '--make-only', '--data', 'data']);
        for (const [name, of] of Object.entries(KINDS)) for (const form of ['docx', 'pdf', 'html']) assert.ok(readFileSync(report(of, `${name}.${form}`)).length > 2000);
        const school = readFileSync(join(dir, 'county.html'), 'utf8').match(/id="school-(\d+)"/)[1];
        KINDS.school = `school:${school}`;
        for (const form of ['docx', 'pdf', 'html']) report(KINDS.school, `school.${form}`);
    },
    'the same data and day give the same bytes'() {
        for (const [name, of] of Object.entries(KINDS))
            for (const form of ['docx', 'pdf', 'html'])
                assert.ok(readFileSync(report(of, `again.${form}`)).equals(readFileSync(join(dir, `${name}.${form}`))), `${name}.${form}`);
    },
    'what cannot be written is refused with the remedy'() {
        assert.match(run(['report', '--data', 'data', '--of', 'county'], 2), /-o/);
        assert.match(run(['report', '--data', 'data', '-o', 'x.doc'], 2), /\.docx、\.pdf/);
        assert.match(run(['report', '--data', 'data', '--of', 'village:x', '-o', 'x.pdf'], 2), /township:/);
        assert.match(run(['report', '--data', 'data', '--of', 'school:1', '-o', 'x.pdf'], 3), /学校代码/);
        assert.match(run(['report', '--data', 'data', '--of', 'indicator:Z9', '-o', 'x.pdf'], 3), /standard list/);
        assert.match(run(['report', '--data', 'data', '--date', '明天', '-o', 'x.pdf'], 2), /2026-01-11/);
    },
    'no dead word in any of them: null, nan, {}'() {
        for (const name of Object.keys(KINDS)) {
            const words = paragraphs(join(dir, `${name}.docx`)).join('\n');
            assert.doesNotMatch(words, /\{\}|nan|NULL|null|%[sdz]/, name);
            assert.match(words, /虚构数据/);
        }
    },
    'every section of a county report is there, in its order'() {
        const page = readFileSync(join(dir, 'county.html'), 'utf8');
        assert.deepEqual([...page.matchAll(/<h2>(.*?)<\/h2>/g)].map((h) => h[1]),
            ['一、自评结论', '二、基本情况', '三、资源配置', '四、政府保障程度', '五、教育质量', '六、社会认可度', '七、申报条件', '八、一票否决', '九、没有达标的学校',
                '十、与上年相比', '十一、原因分析', '十二、整改措施', '十三、数据和算法说明']);
        assert.equal([...page.matchAll(/<section id="cv-/g)].length, 14);
        assert.equal([...page.matchAll(/<section id="ind-[GQS]/g)].length, 25);
        assert.ok([...page.matchAll(/data-key="/g)].length > 500);
    },
    'the .pdf says what the .docx says'() {
        if (!has('pdftotext')) return 'skipped: pdftotext (poppler-utils) is not installed';
        for (const name of Object.keys(KINDS)) followsIn(drawn(join(dir, `${name}.pdf`)), paragraphs(join(dir, `${name}.docx`)), `${name}.pdf`);
    },
    'LibreOffice opens the .docx and prints all of it'() {
        if (!has('soffice')) return 'skipped: soffice (libreoffice-writer-nogui) is not installed';
        const into = join(dir, 'printed');
        const files = Object.keys(KINDS).map((name) => join(dir, `${name}.docx`));
        spawnSync('soffice', [`-env:UserInstallation=file://${join(dir, 'office')}`, '--headless', '--convert-to', 'pdf', '--outdir', into, ...files], { timeout: 120000 });
        for (const name of Object.keys(KINDS)) {
            assert.ok(existsSync(join(into, `${name}.pdf`)), `${name}.docx was not opened`);
            if (has('pdftotext')) followsIn(unhung(drawn(join(into, `${name}.pdf`))), paragraphs(join(dir, `${name}.docx`)).map(unhung), `${name}.docx as LibreOffice prints it`);
        }
        const info = spawnSync('pdfinfo', [join(into, 'county.pdf')], { encoding: 'utf8' }).stdout ?? '';
        assert.match(info, /595.* x 841.*A4/);
    },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
    try {
        const said = await test();
        console.log(`ok ${name}${said ? ` (${said})` : ''}`);
    } catch (error) {
        failed++;
        console.log(`FAILED ${name}\n${error.stack}`);
    }
}
rmSync(dir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
