// Real outputs of `junheng assess --format json` keep to docs/assess.schema.json (node ≥ 18).
import Ajv2020 from 'ajv/dist/2020.js';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.JUNHENG ?? join(root, 'build/junheng');
const schema = JSON.parse(readFileSync(join(root, 'docs/assess.schema.json'), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(schema);
const dir = mkdtempSync(join(tmpdir(), 'junheng-schema-'));
let failed = 0;

function assess(name, expectedCode, ...words) {
    const run = spawnSync(program, ['assess', ...words, '--format', 'json'], { cwd: dir, encoding: 'utf8', maxBuffer: 1 << 28 });
    const wrong = [];
    let object = null;
    if (run.status !== expectedCode) wrong.push(`exit ${run.status}, expected ${expectedCode}: ${run.stderr.slice(0, 400)}`);
    try {
        object = JSON.parse(run.stdout);
        if (!validate(object)) wrong.push(JSON.stringify(validate.errors.slice(0, 5), null, 1));
    } catch (error) {
        wrong.push(String(error));
    }
    failed += wrong.length ? 1 : 0;
    console.log(wrong.length ? `FAILED ${name}\n${wrong.join('\n')}` : `ok ${name}`);
    return object;
}
function must(name, condition) {
    failed += condition ? 0 : 1;
    console.log(`${condition ? 'ok' : 'FAILED'} ${name}`);
}

const head = 'county_code,year,school_code,school_name,school_type,township,pupils_primary,pupils_junior,' +
    'teachers_above_degree_primary,teachers_above_degree_junior,teachers_backbone_primary,teachers_backbone_junior,' +
    'teachers_pe_primary,teachers_arts_primary,teachers_pe_junior,teachers_arts_junior,area_teaching_m2,area_indoor_sports_m2,' +
    'area_outdoor_sports_m2,equipment_value_10k_yuan,classrooms_multimedia\n';
writeFileSync(join(dir, 'good.csv'), head +
    '410185,2025,A1,甲小学,primary,东镇,500,,30,,6,,3,3,,,3000,0,4000,120,13\n' +
    '410185,2025,A2,乙学校,nine_year,东镇,600,300,30,20,7,4,3,3,2,2,4650,0,9000,230,25\n' +
    '410185,2024,A1,甲小学,primary,东镇,480,,28,,6,,3,3,,,3000,0,4000,110,13\n');
writeFileSync(join(dir, 'gaps.csv'), head +
    '410185,2025,A1,甲小学,primary,东镇,500,,,,6,,3,3,,,3000,0,4000,120,13\n' +
    '410185,2025,A2,"乙""学校",primary,西镇,400,,20,,x,,3,3,,,3000,0,4000,120,\n' +
    '410185,2025,A3,丙小学,primary,西镇,,,20,,4,,3,3,,,3000,0,4000,120,9\n');
writeFileSync(join(dir, 'county.csv'), 'county_code,year,county_name,judged_G1,veto_X1\n410185,2025,青禾县,达标,0\n');
writeFileSync(join(dir, 'zero.csv'), head + '410185,2025,A1,甲小学,primary,东镇,500,,0,,0,,0,0,,,0,0,0,0,0\n');

const good = assess('two schools, two years', 1, 'good.csv');
must('years in order', good.counties.map((c) => c.year).join() === '2024,2025');
must('units by school, then stage', good.counties[1].units.map((u) => u.school + u.stage).join() === 'A1primary,A2primary,A2junior');
must('cv_share sums to 1', Math.abs(good.counties[1].units.filter((u) => u.stage === 'primary')
    .reduce((sum, u) => sum + u.indicators[0].cv_share, 0) - 1) < 1e-12);
const brief = assess('--brief', 1, 'good.csv', '--brief');
must('--brief leaves units out', !('units' in brief.counties[0]));
const gaps = assess('blanks and a bad cell', 1, 'gaps.csv', 'county.csv');
must('a bad cell is a finding', gaps.findings.some((f) => f.read === 'x' && f.item === 'teachers_backbone_primary'));
must('blanks leave the coefficient undecided', gaps.counties[0].stages[0].indicators[0].cv === null);
assess('--county-file', 1, 'good.csv', '--county-file', 'county.csv');
const sets = assess('--by', 1, 'gaps.csv', '--by', 'township');
must('two townships', sets.counties[0].sets.map((s) => s.name).sort().join() === ['东镇', '西镇'].sort().join());
const trial = assess('--set', 1, 'good.csv', '--set', 'A1:area_outdoor_sports_m2=0', '--set', '甲小学:小学在校生数=');
must('a trial tells before and after', trial.counties[1].what_if.changes[0].before === 4000 && trial.counties[1].what_if.changes[1].after === null);
assess('--relax', 1, 'good.csv', '--relax', 'X8:县政〔2024〕1号:2024-05-01');
const zero = assess('a county that holds nothing', 1, 'zero.csv');
must('mean 0: cv null, not met', zero.counties[0].stages[0].indicators[0].cv === null && zero.counties[0].stages[0].indicators[0].cv_met === false);
const only = assess('a county file alone', 1, 'county.csv');
must('no units: stages empty, no_data', only.counties[0].stages.length === 0 && only.counties[0].verdict === 'no_data');
assess('the 2012 edition', 1, 'good.csv', '--edition', 'cn-2012-basic');

rmSync(dir, { recursive: true });
console.log(failed ? `${failed} failed` : 'all ok');
process.exit(failed ? 1 : 0);
