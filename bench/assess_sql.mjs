// The core job as SQL for DuckDB, written from the standard (教督〔2017〕6号) and not from the
// engine: units, shares of shared resources, seven values, states, the school rule, and for every
// county, year and stage the mean, spread and coefficient of each indicator and the verdict.

export const COLUMNS = {
  county_code: 'INTEGER', year: 'INTEGER', school_code: 'VARCHAR', school_type: 'VARCHAR',
  pupils_primary: 'DOUBLE', pupils_junior: 'DOUBLE', pupils_senior: 'DOUBLE',
  teachers_above_degree_primary: 'DOUBLE', teachers_above_degree_junior: 'DOUBLE',
  teachers_backbone_primary: 'DOUBLE', teachers_backbone_junior: 'DOUBLE',
  teachers_pe_primary: 'DOUBLE', teachers_arts_primary: 'DOUBLE',
  teachers_pe_junior: 'DOUBLE', teachers_arts_junior: 'DOUBLE',
  area_teaching_m2: 'DOUBLE', area_indoor_sports_m2: 'DOUBLE', area_outdoor_sports_m2: 'DOUBLE',
  equipment_value_10k_yuan: 'DOUBLE', classrooms_multimedia: 'DOUBLE',
}

// Each indicator: what the school has, per how many pupils, the threshold of each stage.
const INDICATORS = [
  { id: 'L1', primary: 'teachers_above_degree_primary', junior: 'teachers_above_degree_junior', per: 100, least: [4.2, 5.3] },
  { id: 'L2', primary: 'teachers_backbone_primary', junior: 'teachers_backbone_junior', per: 100, least: [1, 1] },
  { id: 'L3', primary: 'teachers_pe_primary + teachers_arts_primary', junior: 'teachers_pe_junior + teachers_arts_junior', per: 100, least: [0.9, 0.9] },
  { id: 'L4', shared: '(CASE WHEN area_teaching_m2 > area_indoor_sports_m2 THEN area_teaching_m2 - area_indoor_sports_m2 WHEN area_teaching_m2 <= area_indoor_sports_m2 THEN 0 END)', per: 1, least: [4.5, 5.8] },
  { id: 'L5', shared: '(area_outdoor_sports_m2 + area_indoor_sports_m2)', per: 1, least: [7.5, 10.2] },
  { id: 'L6', shared: '(equipment_value_10k_yuan * 10000)', per: 1, least: [2000, 2500] },
  { id: 'L7', shared: 'classrooms_multimedia', per: 100, least: [2.3, 2.4] },
]
export const STAGES = [
  { name: 'primary', pupils: 'n_primary', weight: 1, limit: 0.5,
    types: "'primary', 'nine_year', 'twelve_year', 'teaching_point'" },
  { name: 'junior', pupils: 'n_junior', weight: 1.1, limit: 0.45,
    types: "'junior', 'nine_year', 'twelve_year', 'complete'" },
]
const each = (f, between = ', ') => INDICATORS.map(f).join(between)

export const readCsv = (path) =>
  `read_csv('${path}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${
    Object.entries(COLUMNS).map(([name, type]) => `${name}: '${type}'`).join(', ')}})`

// A blank in a stage that the type lacks is 0; in one that it has it stays a blank.
const schools = (from) => `
schools AS (
  SELECT *,
    CASE WHEN school_type IN (${STAGES[0].types}) THEN pupils_primary ELSE coalesce(pupils_primary, 0) END AS n_primary,
    CASE WHEN school_type IN (${STAGES[1].types}) THEN pupils_junior ELSE coalesce(pupils_junior, 0) END AS n_junior,
    CASE WHEN school_type IN ('complete', 'twelve_year', 'senior') THEN pupils_senior ELSE coalesce(pupils_senior, 0) END AS n_senior
  FROM ${from}
  WHERE school_type NOT IN ('special', 'senior')
),
weighed AS (SELECT *, n_primary + 1.1 * n_junior + 1.32 * n_senior AS weighed FROM schools)`

// A unit is one school's one stage with pupils; a teaching point only from 50 pupils on.
const units = (stage, s) => `
  SELECT county_code, year, school_code, '${stage.name}' AS stage, ${stage.pupils} AS n,
    ${each((k) => `${k.shared ? `${k.shared} * ${stage.weight} * ${stage.pupils} / weighed` : `(${k[stage.name]})`} AS a_${k.id}`)},
    ${each((k) => `${k.per} * a_${k.id} / ${stage.pupils} AS x_${k.id}`)},
    ${each((k) => `CASE WHEN a_${k.id} * ${k.per} >= ${k.least[s]} * ${stage.pupils} * (1 - 1e-12) THEN 3
                        WHEN a_${k.id} * ${k.per} >= 0.85 * ${k.least[s]} * ${stage.pupils} * (1 - 1e-12) THEN 2
                        WHEN a_${k.id} IS NOT NULL AND ${stage.pupils} IS NOT NULL THEN 1 ELSE 0 END::TINYINT AS s_${k.id}`)}
  FROM weighed
  WHERE (${stage.pupils} IS NULL OR ${stage.pupils} > 0)
    AND NOT (school_type = 'teaching_point' AND coalesce(n_primary < 50, false))`

// Below the floor, or twice below the threshold, is beyond healing; else whatever is missing decides.
const judged = `
judged AS (
  SELECT *,
    CASE WHEN least(${each((k) => `CASE s_${k.id} WHEN 0 THEN 3 ELSE s_${k.id} END`)}) = 1
           OR ${each((k) => `(s_${k.id} = 2)::INTEGER`, ' + ')} > 1 THEN 1
         WHEN least(${each((k) => `s_${k.id}`)}) = 0 THEN 0 ELSE 3 END AS verdict
  FROM units
)`

// In one pass: a second one around the known mean costs DuckDB a fifth more, and here both agree
// to far better than 1e-9 (but for a single unit, which has no spread).
const summary = `
means AS (
  SELECT county_code, year, stage, count(*) AS units,
    CASE WHEN count(n) = count(*) THEN sum(n) END AS pupils,
    sum((verdict = 3)::INTEGER) AS passing, sum((verdict = 1)::INTEGER) AS failing,
    ${each((k) => `CASE WHEN count(x_${k.id}) = count(*) THEN ${k.per} * sum(a_${k.id}) / sum(n) END AS mean_${k.id},
      CASE WHEN count(x_${k.id}) < count(*) THEN NULL WHEN count(*) = 1 THEN 0 ELSE sqrt(greatest(0, ${k.per} * sum(x_${k.id} * a_${k.id}) / sum(n)
        - (${k.per} * sum(a_${k.id}) / sum(n)) * (${k.per} * sum(a_${k.id}) / sum(n)))) END AS sd_${k.id},
      sum((s_${k.id} = 3)::INTEGER) AS met_${k.id}, sum((s_${k.id} = 2)::INTEGER) AS near_${k.id},
      sum((s_${k.id} = 1)::INTEGER) AS below_${k.id}, sum((s_${k.id} = 0)::INTEGER) AS missing_${k.id}`)}
  FROM judged GROUP BY county_code, year, stage
)`

// One row a county, year and stage.  Bounds of a coefficient with missing units are not worked
// out here (we do): such a coefficient is NULL and undecided.
const result = `
SELECT county_code, year, stage, units, pupils, passing,
  ${each((k) => `mean_${k.id}, sd_${k.id}, CASE WHEN mean_${k.id} <> 0 THEN sd_${k.id} / mean_${k.id} END AS cv_${k.id},
    met_${k.id}, near_${k.id}, below_${k.id}, missing_${k.id}`)},
  CASE WHEN failing > 0 OR ${each((k) => `coalesce(mean_${k.id} = 0 OR sd_${k.id} / mean_${k.id} > CASE stage WHEN 'primary' THEN 0.5 ELSE 0.45 END + 1e-9, false)`, ' OR ')}
       THEN 'unmet'
       WHEN passing < units OR ${each((k) => `mean_${k.id} IS NULL`, ' OR ')} THEN 'no_data' ELSE 'met' END AS verdict
FROM means
ORDER BY county_code, year, stage DESC`

const unitsOf = (from) => `WITH ${schools(from)},
units AS (${STAGES.map(units).join('\n  UNION ALL')}),
${judged}`

export const assess = (from) => `${unitsOf(from)},\n${summary}\n${result}`
export const everyUnit = (from) => `${unitsOf(from)}
SELECT county_code, year, stage, school_code, n, ${each((k) => `x_${k.id}, s_${k.id}`)}, verdict FROM judged`
export const ids = INDICATORS.map((k) => k.id)
