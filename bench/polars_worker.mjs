// The core job in Polars (nodejs-polars), in a process of its own that times itself.  The parent
// sends { path, output } and gets back { ms } or { error }.  Written from the standard, as
// assess_sql.mjs is, and held to its results.
import pl from 'nodejs-polars'
import { COLUMNS } from './assess_sql.mjs'

const TYPES = { VARCHAR: pl.Utf8, INTEGER: pl.Int32, DOUBLE: pl.Float64 }
const schema = Object.fromEntries(Object.entries(COLUMNS).map(([name, type]) => [name, TYPES[type]]))
const { col, lit, when } = pl

const STAGES = [
  { name: 'primary', n: 'pupils_primary', weight: 1, types: ['primary', 'nine_year', 'twelve_year', 'teaching_point'],
    own: [col('teachers_above_degree_primary'), col('teachers_backbone_primary'), col('teachers_pe_primary').plus(col('teachers_arts_primary'))],
    least: [4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3], limit: 0.5 },
  { name: 'junior', n: 'pupils_junior', weight: 1.1, types: ['junior', 'nine_year', 'twelve_year', 'complete'],
    own: [col('teachers_above_degree_junior'), col('teachers_backbone_junior'), col('teachers_pe_junior').plus(col('teachers_arts_junior'))],
    least: [5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4], limit: 0.45 },
]
const PER = [100, 100, 100, 1, 1, 1, 100]
const IDS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']

const teaching = col('area_teaching_m2').minus(col('area_indoor_sports_m2'))
const SHARED = [
  when(teaching.lt(0)).then(lit(0.0)).otherwise(teaching),
  col('area_outdoor_sports_m2').plus(col('area_indoor_sports_m2')),
  col('equipment_value_10k_yuan').multiplyBy(10000),
  col('classrooms_multimedia'),
]

// A blank in a stage that the type lacks is 0; in one that it has it stays a blank.
const pupils = (name, types) =>
  when(col('school_type').isIn(types)).then(col(name)).otherwise(col(name).fillNull(0.0))

function schools(path) {
  return pl.readCSV(path, { schema }).lazy()
    .filter(col('school_type').isIn(['special', 'senior']).not())
    .withColumns(
      pupils('pupils_primary', STAGES[0].types).alias('n_primary'), pupils('pupils_junior', STAGES[1].types).alias('n_junior'),
      pupils('pupils_senior', ['complete', 'twelve_year', 'senior']).alias('n_senior'), ...SHARED.map((e, i) => e.alias(`shared_${i}`)))
    .withColumns(col('n_primary').plus(col('n_junior').multiplyBy(1.1)).plus(col('n_senior').multiplyBy(1.32)).alias('weighed'))
}

const sum = (list) => list.reduce((a, b) => a.plus(b))
const int = (e) => e.cast(pl.Int32)

function stageOf(from, stage) {
  const n = col('n')
  const units = from
    .withColumns(col(`n_${stage.name}`).alias('n'))
    .filter(n.isNull().or(n.gt(0)))
    .filter(col('school_type').eq(lit('teaching_point')).and(col('n_primary').lt(50).fillNull(false)).not())
    .withColumns(...IDS.map((id, k) =>
      (k < 3 ? stage.own[k] : col(`shared_${k - 3}`).multiplyBy(stage.weight).multiplyBy(n).divideBy(col('weighed'))).alias(`a_${id}`)))
    .withColumns(...IDS.map((id, k) => {
      const has = col(`a_${id}`).multiplyBy(PER[k]), asked = n.multiplyBy(stage.least[k] * (1 - 1e-12))
      return when(has.isNull().or(n.isNull())).then(lit(0)).when(has.gtEq(asked)).then(lit(3))
        .when(has.gtEq(asked.multiplyBy(0.85))).then(lit(2)).otherwise(lit(1)).alias(`s_${id}`)
    }))
    .withColumns(
      sum(IDS.map((id) => int(col(`s_${id}`).eq(1)))).alias('below'), sum(IDS.map((id) => int(col(`s_${id}`).eq(2)))).alias('near'),
      sum(IDS.map((id) => int(col(`s_${id}`).eq(0)))).alias('missing'))
    .withColumns(col('below').gt(0).or(col('near').gt(1)).alias('fails'))
    .withColumns(col('fails').not().and(col('missing').eq(0)).alias('passes'))
  const key = ['county_code', 'year']
  return units
    .groupBy(key)
    .agg(
      pl.len().alias('units'), col('n').sum().alias('sum_n'), int(col('n').isNull()).sum().alias('gaps'),
      int(col('passes')).sum().alias('passing'), int(col('fails')).sum().alias('failing'),
      ...IDS.flatMap((id, k) => [
        col(`a_${id}`).sum().alias(`A_${id}`), col(`a_${id}`).multiplyBy(col(`a_${id}`)).divideBy(n).sum().alias(`Q_${id}`),
        ...['missing', 'below', 'near', 'met'].map((name, s) => int(col(`s_${id}`).eq(s)).sum().alias(`${name}_${id}`)),
      ]))
    .withColumns(...IDS.flatMap((id, k) => {
      const mean = col(`A_${id}`).multiplyBy(PER[k]).divideBy(col('sum_n'))
      const square = col(`Q_${id}`).multiplyBy(PER[k] * PER[k]).divideBy(col('sum_n')).minus(mean.multiplyBy(mean))
      const known = (e) => when(col(`missing_${id}`).eq(0)).then(e).otherwise(lit(null))
      return [known(mean).alias(`mean_${id}`),
        known(when(col('units').eq(1).or(square.lt(0))).then(lit(0.0)).otherwise(square.pow(0.5))).alias(`sd_${id}`)]
    }))
    .withColumns(...IDS.map((id) => when(col(`mean_${id}`).neq(0)).then(col(`sd_${id}`).divideBy(col(`mean_${id}`))).otherwise(lit(null)).alias(`cv_${id}`)))
    .withColumns(
      lit(stage.name).alias('stage'), when(col('gaps').eq(0)).then(col('sum_n')).otherwise(lit(null)).alias('pupils'),
      when(col('failing').gt(0).or(IDS.map((id) => col(`mean_${id}`).eq(0).or(col(`cv_${id}`).gt(stage.limit + 1e-9)).fillNull(false)).reduce((a, b) => a.or(b))))
        .then(lit('unmet'))
        .when(col('passing').lt(col('units')).or(IDS.map((id) => col(`mean_${id}`).isNull()).reduce((a, b) => a.or(b)))).then(lit('no_data'))
        .otherwise(lit('met')).alias('verdict'))
    .select('county_code', 'year', 'stage', 'units', 'pupils', 'passing',
      ...IDS.flatMap((id) => ['mean', 'sd', 'cv', 'met', 'near', 'below', 'missing'].map((name) => `${name}_${id}`)), 'verdict')
}

async function run({ path, output }) {
  const start = process.hrtime.bigint()
  const from = schools(path).collectSync().lazy()
  pl.concat(STAGES.map((stage) => stageOf(from, stage).collectSync())).writeCSV(output)
  return { ms: Number(process.hrtime.bigint() - start) / 1e6 }
}

process.on('message', async (request) => {
  try {
    process.send(await run(request))
  } catch (error) {
    process.send({ error: String(error) })
  }
})
