// The rows of docs/performance.md, each against its peers.  node bench/run.mjs [ROW]...
import { existsSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { execFileSync } from 'node:child_process'
import { assess, ids, readCsv } from './assess_sql.mjs'
import { agree, AWK_HEADER, fromCsv, fromJunheng } from './compare.mjs'
import { built, has, installed, median, program, race, responder, root, rounds, worker } from './measure.mjs'
import { corrections, load, nginxOf, raw, resident, sampleCounty, serve, served, token } from './web.mjs'

const data = `${process.env.BENCH_DATA ?? `${root}build-bench/data`}/`
const junheng = `${root}build-bench/junheng`
const nation = `${data}nation.csv`
const tenth = `${data}tenth/nation.csv`
const rough = `${data}rough.csv`
const county = `${data}county.csv`
const scores = `${data}scores.csv`
const workbook = `${data}schools.xlsx`
const COUNTIES = 2846

const pageRounds = Math.min(rounds, 5)   // of a second each

const rows = []   // of the table: row, job, figure, target, verdict, remark
const notes = []
const say = (text) => process.stderr.write(`${text}\n`)
const tell = (row, job, figure, target, ok, remark = '') => {
  rows.push({ row, job, figure, target, ok: ok === undefined ? '—' : ok ? '达到' : '未达到', remark })
  say(`  ${row} ${job}: ${figure}（目标 ${target}）${remark}`)
}
const ms = (x) => (x >= 1000 ? `${(x / 1000).toFixed(2)} s` : x >= 10 ? `${x.toFixed(0)} ms` : `${x.toFixed(2)} ms`)
const times = (x) => `${x.toFixed(x < 10 ? 1 : 0)} ×`

// ---- the data: made once, kept ----

function once(path, make) {
  if (existsSync(path)) return
  say(`生成 ${path}`)
  make()
}

// The county whose number of schools is nearest the mean of 74: its rows stand together.
function cutCounty() {
  const counts = new Map()
  const text = readFileSync(tenth, 'latin1')
  const lines = text.split('\n')
  for (const line of lines.slice(1)) if (line) counts.set(line.slice(0, 6), (counts.get(line.slice(0, 6)) ?? 0) + 1)
  const [code] = [...counts].sort((a, b) => Math.abs(a[1] - 740) - Math.abs(b[1] - 740) || a[0].localeCompare(b[0]))[0]
  writeFileSync(county, [lines[0], ...lines.filter((line) => line.startsWith(`${code},`))].join('\n') + '\n')
}

// What each row needs; the rest make their own.
const needed = { 1: ['nation', 'tenth'], '1b': ['tenth', 'rough'], 2: ['nation'], 3: ['tenth', 'county'], 5: ['tenth'], 6: ['scores'], 8: ['nation'], 9: ['nation', 'tenth'], 10: ['workbook'] }
const makers = {
  nation: () => once(nation, () => execFileSync(junheng, ['sample', '--counties', String(COUNTIES), '--years', '10', '-o', data])),
  tenth: () => once(tenth, () => execFileSync(junheng, ['sample', '--counties', '284', '--years', '10', '-o', `${data}tenth`])),
  rough: () => once(rough, () => execFileSync(built('make_data'), ['rough', rough, tenth])),
  county: () => once(county, cutCounty),
  scores: () => once(scores, () => execFileSync(built('make_data'), ['scores', scores, '10000000'])),
  workbook: () => once(workbook, () => execFileSync(built('make_data'), ['workbook', workbook, '50000'])),
}

function makeData(rows) {
  mkdirSync(`${data}tenth`, { recursive: true })
  const names = new Set(rows.flatMap((row) => needed[row] ?? []))
  for (const [name, make] of Object.entries(makers)) if (names.has(name)) make()
}

// ---- the jobs ----

const assessed = (path, output) => program([junheng, 'assess', path, '--format', 'csv', '--brief'], { output })
const duckdb = () => (installed('@duckdb/node-api') ? worker('duckdb_worker.mjs') : null)

async function checkAgainst(path, peerCsv, header) {
  const json = `${data}ours.json`
  program([junheng, 'assess', path, '--format', 'json', '--brief'], { output: json })
  const worst = agree(fromJunheng(json), await fromCsv(peerCsv, header))
  unlinkSync(json)
  return worst
}

// Rows 1, 8, 9: the nation from CSV to verdicts.
async function nationJob() {
  say('1 全国十年，从 CSV 到结论')
  const db = duckdb()
  const polars = installed('nodejs-polars') ? worker('polars_worker.mjs') : null
  const contestants = {
    ours: () => assessed(nation, `${data}ours.csv`).ms,
    newlines: () => program([built('newlines'), nation]).ms,
    vectors: () => program([built('newlines'), '-w', nation]).ms,
  }
  if (db)
    contestants.duckdb = async () =>
      (await db.ask({ timed: [`COPY (${assess(readCsv(nation))}) TO '${data}duckdb.csv' (HEADER)`] })).ms
  if (polars) contestants.polars = async () => (await polars.ask({ path: nation, output: `${data}polars.csv` })).ms
  const took = await race(contestants)
  if (db) {
    await db.ask({ timed: [`COPY (${assess(readCsv(tenth))}) TO '${data}duckdb_tenth.csv' (HEADER)`] })
    const worst = await checkAgainst(tenth, `${data}duckdb_tenth.csv`)
    notes.push(`第 1 行：前 284 个县十年的全部均值、标准差、差异系数、各状态单元数和结论与 DuckDB 逐一核对，最大相对差 ${worst.toExponential(1)}。`)
    tell('1', '全国十年 CSV→结论，与 DuckDB 比', `${times(took.duckdb / took.ours)}（${ms(took.ours)} 比 ${ms(took.duckdb)}）`, '≥ 3 ×，力争 8 ×', took.duckdb / took.ours >= 3)
  } else notes.push('没有 DuckDB：第 1 行的比较从略。')
  if (polars) {
    const worst = agree(await fromCsv(`${data}duckdb.csv`), await fromCsv(`${data}polars.csv`))
    notes.push(`Polars 与 DuckDB 的结果最大相对差 ${worst.toExponential(1)}。`)
    tell('1', '同上，与 Polars 比', `${times(took.polars / took.ours)}（${ms(took.polars)}）`, '—')
  }
  tell('1', '同上，与两线程数换行符比', `${times(took.ours / took.newlines)}（${ms(took.newlines)}）`, '≤ 6 ×，力争 3 ×', took.ours / took.newlines <= 6,
    `逐个查找；整块向量计数 ${ms(took.vectors)}`)
  if (db) db.end()
  if (polars) polars.end()
}

// Row 1 again on a tenth of it, as files really are: year by year, quoted Chinese names, GB18030.
// DuckDB gets the UTF-8 file: without an extension it reads no other.
async function roughJob() {
  say('1b 十分之一的全国，按学年排、校名带引号')
  const db = duckdb()
  const output = `${data}rough_ours.csv`
  const contestants = { utf8: () => assessed(rough, output).ms, gb18030: () => assessed(`${rough}.gb18030`, output).ms, smooth: () => assessed(tenth).ms }
  const from = readCsv(rough).replace("school_type: 'VARCHAR'", "school_name: 'VARCHAR', school_type: 'VARCHAR'")
  if (db) contestants.duckdb = async () => (await db.ask({ timed: [`COPY (${assess(from)}) TO '${data}duckdb_rough.csv' (HEADER)`] })).ms
  const took = await race(contestants)
  const remark = `同样的行按县排、无校名 ${ms(took.smooth)}；GB18030 ${ms(took.gb18030)}`
  if (!db) return tell('1b', '284 县十年，按学年排、校名带引号', ms(took.utf8), '—', undefined, remark)
  db.end()
  const worst = await checkAgainst(rough, `${data}duckdb_rough.csv`)
  notes.push(`第 1b 行：与 DuckDB 的结果最大相对差 ${worst.toExponential(1)}。`)
  tell('1b', '284 县十年，按学年排、校名带引号，与 DuckDB 比', `${times(took.duckdb / took.utf8)}（${ms(took.utf8)} 比 ${ms(took.duckdb)}）`, '—', undefined, remark)
}

async function memoryJob() {
  say('8 内存')
  const { peak_kb } = program([junheng, 'assess', nation, '--format', 'csv', '--brief'], { memory: true })
  tell('8', '第 1 行的内存峰值，不计映射的文件，含子进程', `${(peak_kb / 1024).toFixed(1)} MB`, '≤ 64 MB，力争 32 MB', peak_kb <= 64 * 1024)
}

async function growthJob() {
  say('9 增长')
  const contestants = { all: () => assessed(nation).ms, tenth: () => assessed(tenth).ms }
  const two = cpus().length >= 2 && has('taskset')
  if (two) contestants.one = () => program(['taskset', '-c', '0', junheng, 'assess', nation, '--format', 'csv', '--brief']).ms
  const took = await race(contestants)
  tell('9', '2846 县与 284 县之比', times(took.all / took.tenth), '≤ 11 ×', took.all / took.tenth <= 11, `${ms(took.all)}，${ms(took.tenth)}`)
  if (two) tell('9', '两个处理器与一个之比', times(took.one / took.all), '≥ 1.6 ×，力争 1.9 ×', took.one / took.all >= 1.6, `一个：${ms(took.one)}`)
}

// Row 2: the same from columns in memory; both leave their verdicts there.
async function columnsJob() {
  say('2 全国十年，从内存中的列')
  const library = responder([built('library'), 'columns', nation])
  const db = duckdb()
  const file = `${data}nation.duckdb`
  let ours
  const contestants = {
    one: async () => (ours = await library.ask(1)).ms,
    two: async () => (await library.ask(2)).ms,
  }
  if (db) {
    if (!existsSync(file)) await db.ask({ file, timed: [`CREATE TABLE nation AS FROM ${readCsv(nation)}`] })
    contestants.duckdb = async () => (await db.ask({ file, timed: [`CREATE TEMP TABLE verdicts AS ${assess('nation')}`] })).ms
  }
  const took = await race(contestants)
  library.end()
  const best = Math.min(took.one, took.two)
  const remark = `一个线程 ${ms(took.one)}，两个 ${ms(took.two)}`
  if (!db) return tell('2', '全国十年，从内存中的列', ms(best), '—', undefined, remark)
  const { rows: [theirs] } = await db.ask({ file, fetch: true, timed: [`SELECT sum(units) AS units, sum(passing) AS passing,
    ${ids.map((id) => `sum(coalesce(cv_${id}, 0))`).join(' + ')} AS cvs FROM (${assess('nation')})`] })
  db.end()
  for (const name of ['units', 'passing', 'cvs'])
    if (!(Math.abs(ours[name] - Number(theirs[name])) <= 1e-9 * ours[name]))
      throw new Error(`${name}: ${ours[name]} here, ${theirs[name]} there`)
  notes.push(`第 2 行：单元数 ${ours.units}、达标单元数 ${ours.passing}、全部差异系数之和与 DuckDB 相同（1e-9 以内）。`)
  tell('2', '全国十年，从内存中的列，与 DuckDB 自己的表比', `${times(took.duckdb / best)}（${ms(best)} 比 ${ms(took.duckdb)}）`, '≥ 6 ×，力争 12 ×',
    took.duckdb / best >= 6, remark)
}

// Row 3: one county, cold.
async function countyJob() {
  say('3 一个县十年，从头启动')
  const contestants = { ours: () => assessed(county, `${data}county_ours.csv`).ms }
  if (has('mawk')) contestants.mawk = () => program(['mawk', '-f', `${root}bench/assess.awk`, county], { output: `${data}mawk.csv` }).ms
  const took = await race(contestants, 4 * rounds)
  tell('3', '一个县十年，从头启动，CSV→结论', ms(took.ours), '≤ 10 ms，力争 5 ms', took.ours <= 10, `${statSync(county).size} 字节`)
  if (took.mawk) {
    const worst = await checkAgainst(county, `${data}mawk.csv`, AWK_HEADER)
    notes.push(`第 3 行：与 mawk 脚本的结果最大相对差 ${worst.toExponential(1)}。`)
    tell('3', '同上，与 mawk 比', `${times(took.mawk / took.ours)}（${ms(took.mawk)}）`, '不慢于 mawk', took.mawk >= took.ours)
  }
}

// Row 4: one county from its database, every version computed whole.
async function storeJob() {
  say('4 一个县从数据库全部重算')
  const county = sampleCounty(data)
  try {
    const told = JSON.parse(execFileSync(built('store'), [county.data, '100'], { encoding: 'utf8' }))
    tell('4', `一个县 ${told.years} 学年 ${told.rows} 行，改一个数以后从 SQLite 读出并全部重算`, ms(told.compute_ms), '≤ 10 ms，力争 2 ms', told.compute_ms <= 10,
      `最慢的一次 ${ms(told.worst_ms)}；改数本身（到落盘）${ms(told.commit_ms)}`)
  } finally {
    county.remove()
  }
}

// Row 5: one what-if in the library, and through HTTP.
async function whatIfJob() {
  say('5 改一个数')
  const told = JSON.parse(execFileSync(built('library'), ['what-if', tenth, '20000'], { encoding: 'utf8' }))
  tell('5', `${told.schools} 所学校的县改一个数，全县重算（程序库）`, `p50 ${told.p50_us.toFixed(1)} µs，p99 ${told.p99_us.toFixed(1)} µs`,
    'p99 ≤ 50 µs，力争 5 µs', told.p99_us <= 50)
  if (needsWrk('5')) await whatIfHttpJob()
}

// The jobs of the server: with the made-up county, which goes when they end.
const withServer = async (job) => {
  const county = sampleCounty(data)
  try {
    await job(county)
  } finally {
    county.remove()
  }
}

// Row 5 through HTTP: one client, one cell after the other.
const whatIfHttpJob = () => withServer(async (county) => {
  const bearer = token(county, 'see,try'), server = await served(county)
  try {
    const cells = (await corrections(server.base, bearer, `${county.dir}/lines`)).filter(({ year }) => year === 2025)
    const asked = async (job, path, headers, lines, type) => {
      const file = `${county.dir}/asked`
      writeFileSync(file, `${lines.join('\n')}\n`)
      await load(server.base + path, { headers, connections: 1, file, type })
      const told = []
      for (let i = 0; i < pageRounds; i++) told.push(await load(server.base + path, { headers, connections: 1, file, type, from: i * 997 }))
      const p50 = median(told.map((t) => t.p50_ms)), p99 = median(told.map((t) => t.p99_ms))
      tell('5', job, `p50 ${ms(p50)}，p99 ${ms(p99)}`, 'p99 ≤ 1 ms，力争 0.3 ms', p99 <= 1, `一个连接；每次答 ${(told[0].bytes / told[0].requests / 1024).toFixed(1)} KB`)
    }
    await asked('同上，经 HTTP：/api/v1/what-if，答整个县的评估', '/api/v1/what-if', { Authorization: `Bearer ${bearer}` },
      cells.map(({ year, school, item, value }) => JSON.stringify({ year, changes: [{ school, item, value }] })))
    const form = await server.me.formToken()
    if ((await server.me.get('/what-if')).status === 200)
      await asked('同上，经 HTTP：试算页的“试一试”，答整页', '/what-if/try?year=2025', { Cookie: server.me.cookie, Origin: server.base, 'Sec-Fetch-Site': 'same-origin' },
        cells.map(({ school, item, value }) => `form_token=${encodeURIComponent(form)}&do=try&c:${school}:${item}=${value}`), 'application/x-www-form-urlencoded')
  } finally {
    await server.stop()
  }
})

// Row 11: pages at 64 connections, beside nginx that has the same answers, headers and all, in files.
const pagesJob = () => withServer(async (county) => {
  say('11 网页，64 个连接，与 nginx 给出同样的字节比')
  const server = await served(county)
  let nginx
  try {
    const headers = { Cookie: server.me.cookie }
    const home = await (await server.me.get('/overview')).text()
    const [school] = (await (await server.me.get('/schools')).text()).match(/\/schools\/\d+/) ?? []
    const [indicator] = (await (await server.me.get('/indicators')).text()).match(/\/indicators\/\w+/) ?? []
    const [asset] = home.match(/\/assets\/[^"]*css/)
    const pages = { 总览: '/overview', 各校各指标: '/schools', 一所学校: school, 一项指标: indicator, 地图: '/map', 官方表格: '/tables', 样式表: asset }
    const answers = {}
    for (const [name, path] of Object.entries(pages)) {
      const answer = path && (await raw(server.base + path, headers))
      if (answer?.status === 200) answers[path] = answer
      else delete pages[name]
    }
    if (has('nginx') || existsSync('/usr/sbin/nginx')) nginx = await nginxOf(county.dir, answers)
    else notes.push('没有 nginx：第 11 行的比较从略。')
    const ratios = []
    for (const [name, path] of Object.entries(pages)) {
      const told = { ours: [], nginx: [] }
      for (let round = 0; round <= pageRounds; round++)
        for (const [who, base] of [['ours', server.base], ...(nginx ? [['nginx', nginx.base]] : [])]) {
          const one = await load(base + path, { headers })
          if (round) told[who].push(one)
        }
      const of = (who, what) => median(told[who].map((one) => one[what]))
      const rate = of('ours', 'per_second'), p99 = of('ours', 'p99_ms'), size = `${(answers[path].body.length / 1024).toFixed(1)} KB`
      if (!nginx) {
        tell('11', `${name}（${size}），64 个连接`, `每秒 ${rate.toFixed(0)}，p99 ${ms(p99)}`, 'p99 ≤ 10 ms', p99 <= 10)
        continue
      }
      const ratio = rate / of('nginx', 'per_second')
      if (name !== '样式表') ratios.push(ratio)
      tell('11', `${name}（${size}），64 个连接，与 nginx 比`, `${ratio.toFixed(2)} ×（每秒 ${rate.toFixed(0)} 比 ${of('nginx', 'per_second').toFixed(0)}），p99 ${ms(p99)}`,
        '≥ 0.5 ×，力争 0.75 ×；p99 ≤ 10 ms', ratio >= 0.5 && p99 <= 10, `nginx 的 p99 ${ms(of('nginx', 'p99_ms'))}`)
    }
    if (ratios.length) notes.push(`第 11 行：${ratios.length} 种网页的中位比值 ${median(ratios).toFixed(2)} ×。压测程序 wrk 用一个线程，与服务器同在这台机器上；nginx 用 ${cpus().length} 个进程，不写日志，我们写。`)
  } finally {
    if (nginx) await nginx.end()
    await server.stop()
  }
})

// Row 13: at rest, and from the start of the process to the first page.
const restJob = () => withServer(async (county) => {
  say('13 空闲时的内存，从启动到第一页')
  let server = await served(county)
  const { cookie } = server.me
  const get = (path) => raw(server.base + path, { Cookie: cookie })
  const links = [...new Set([...(await get('/account').then(() => server.me.get('/overview')).then((a) => a.text())).matchAll(/href="(\/[a-z-]+)"/g)].map(([, path]) => path))]
  for (const path of links) await get(path)
  await sleep(3000)
  const rest = resident(server.process.pid)
  await load(`${server.base}/overview`, { headers: { Cookie: cookie } })
  await sleep(1000)
  const after = resident(server.process.pid)
  await server.stop()
  tell('13', `服务器空闲，示例县已载入，${links.length} 种网页各看过一次`, `${rest.all.toFixed(1)} MB`, '≤ 50 MB，力争 20 MB', rest.all <= 50,
    `其中映射的文件 ${rest.files.toFixed(1)} MB；64 个连接压过之后 ${after.all.toFixed(1)} MB`)
  const took = []
  for (let i = 0; i < 10; i++) {
    const start = performance.now()
    server = await serve(county.data)
    const { status } = await get('/overview')
    took.push(performance.now() - start)
    await server.stop()
    if (status !== 200) throw new Error(`/overview: ${status}`)
  }
  tell('13', '从启动进程到总览第一次给出', ms(median(took)), '≤ 200 ms，力争 50 ms', median(took) <= 200, `10 次；最慢 ${ms(Math.max(...took))}；含 node 起进程的时间`)
})

// Row 12 through HTTP: corrections of figures, each answered after it is on the disk.
const editsJob = () => withServer(async (county) => {
  const bearer = token(county, 'see,edit'), server = await served(county)
  try {
    const alone = async () => JSON.parse(execFileSync(built('writes'), ['-a', county.dir], { encoding: 'utf8' })).alone_per_second
    const ours = [], theirs = []
    for (let round = 0; round < pageRounds; round++) {
      await corrections(server.base, bearer, `${county.dir}/lines`)
      theirs.push(await alone())
      const told = await load(`${server.base}/api/v1/figures`, { headers: { Authorization: `Bearer ${bearer}` }, file: `${county.dir}/lines`, key: `bench-key-${round}` })
      ours.push(told)
    }
    const rate = median(ours.map((t) => t.per_second)), ratio = rate / median(theirs)
    tell('12', '64 个连接经 HTTP 改数，每次确认都已落盘，与同一磁盘逐次写 4 KB 加 fdatasync 比', `${times(ratio)}（每秒 ${rate.toFixed(0)} 比 ${median(theirs).toFixed(0)}）`,
      '≥ 10 ×，力争 16 ×', ratio >= 10, `p99 ${ms(median(ours.map((t) => t.p99_ms)))}；每次改数都留旧版、写审计、记下防重的键`)
  } finally {
    await server.stop()
  }
})

// Row 12: durable writes, each acknowledged once it is on the disk.
async function writesJob() {
  say('12 确认落盘的写入，64 个线程')
  const told = JSON.parse(execFileSync(built('writes'), [data, String(rounds)], { encoding: 'utf8' }))
  const ratio = told.grouped_per_second / told.alone_per_second
  tell('12', '64 个线程写入，每次确认都已落盘，与同一磁盘逐次写 4 KB 加 fdatasync 比', `${times(ratio)}（每秒 ${told.grouped_per_second} 比 ${told.alone_per_second}）`,
    '≥ 10 ×，力争 16 ×', ratio >= 10, `每次提交平均 ${told.works_per_commit} 项；用的是数据库一层，不经 HTTP`)
  if (needsWrk('12')) await editsJob()
}

// Row 6: between-school variance of ten million scores.
const SCORES_SQL = (path) => `
  WITH pupil AS (SELECT school, score FROM read_csv('${path}', header = true, auto_detect = false, columns = {school: 'VARCHAR', score: 'DOUBLE'})),
  school AS (SELECT school, count(*) AS n, avg(score) AS m, sum(score) AS s, sum(score * score) AS q FROM pupil GROUP BY school),
  total AS (SELECT count(*) AS k, sum(n) AS n, sum(s) / sum(n) AS m, sum(q) AS q, sum(n * n) AS nn FROM school),
  parts AS (SELECT total.*, (SELECT sum(school.n * (school.m - total.m) * (school.m - total.m)) FROM school) AS ssb FROM total),
  sums AS (SELECT *, q - n * m * m AS sst FROM parts)
  SELECT k AS schools, n AS pupils, m AS mean, ssb / sst AS ssb_sst,
    (ssb / (k - 1) - (sst - ssb) / (n - k)) / (ssb / (k - 1) + ((n - nn / n) / (k - 1) - 1) * (sst - ssb) / (n - k)) AS icc1
  FROM sums`

async function scoresJob() {
  say('6 校际差异率，一千万个分数')
  const db = duckdb()
  const contestants = {
    ours: () => program([junheng, 'scores', scores, '--school', 'school', '--score', 'score', '--format', 'json'], { output: `${data}scores.json` }).ms,
  }
  let theirs
  if (db)
    contestants.duckdb = async () => {
      const answer = await db.ask({ timed: [SCORES_SQL(scores)], fetch: true })
      theirs = answer.rows[0]
      return answer.ms
    }
  const took = await race(contestants)
  if (!db) return
  db.end()
  const ours = JSON.parse(readFileSync(`${data}scores.json`, 'utf8'))
  const worst = Math.max(...['schools', 'pupils', 'mean', 'ssb_sst', 'icc1'].map((name) => Math.abs(ours[name] - Number(theirs[name])) / Math.abs(ours[name])))
  if (!(worst <= 1e-9)) throw new Error(`scores differ: ${JSON.stringify(ours)} ${JSON.stringify(theirs)}`)
  notes.push(`第 6 行：与 DuckDB 的结果最大相对差 ${worst.toExponential(1)}。`)
  tell('6', '一千万个分数的校际差异率，与 DuckDB 比', `${times(took.duckdb / took.ours)}（${ms(took.ours)} 比 ${ms(took.duckdb)}）`, '≥ 3 ×，力争 6 ×', took.duckdb / took.ours >= 3)
}

// Row 10: a workbook of 50,000 rows read and checked.
async function workbookJob() {
  say('10 五万行的工作簿')
  const check = [junheng, 'check', workbook]
  const contestants = { ours: () => program(check).ms }
  if (has('/usr/bin/python3') && spawnOk(['/usr/bin/python3', '-c', 'import openpyxl']))
    contestants.openpyxl = () => program(['/usr/bin/python3', `${root}bench/openpyxl_check.py`, workbook]).ms
  const took = await race(contestants, Math.min(rounds, 3))
  const { peak_kb } = program(check, { memory: true })
  tell('10', '五万行、十六列的 .xlsx 读入并检查', ms(took.ours), '≤ 0.5 s，力争 0.25 s', took.ours <= 500)
  tell('10', '同上，内存峰值', `${(peak_kb / 1024).toFixed(1)} MB`, '≤ 32 MB', peak_kb <= 32 * 1024)
  if (took.openpyxl) tell('10', '同上，与 openpyxl 比', `${times(took.openpyxl / took.ours)}（${ms(took.openpyxl)}）`, '≥ 10 ×', took.openpyxl / took.ours >= 10)
  else notes.push('没有 openpyxl：第 10 行的比较从略。')
}

const spawnOk = (command) => {
  try {
    execFileSync(command[0], command.slice(1), { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function needsWrk(row) {
  if (!has('wrk')) notes.push(`没有 wrk：第 ${row} 行经 HTTP 的从略。`)
  return has('wrk')
}

// Row 14: the last evening.  tests/web/clerks.mjs is its short form.
function clerksJob() {
  say('14 三百所学校的填报员同时保存，其间 kill -9 三次（建三百个账号要一两分钟）')
  const env = { ...process.env, JUNHENG: junheng, BENCH: '1', CLERKS: '300', KILLS: '3', SECONDS: '10' }
  const told = JSON.parse(execFileSync('node', [`${root}tests/web/clerks.mjs`], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] }).trim().split('\n').pop())
  tell('14', '300 所学校的填报员不停地逐格保存，已确认而丢失的格', `${told.lost} 格（已确认 ${told.acknowledged} 格，每秒 ${told.per_second}）`, '0', told.lost === 0 && told.half === 0,
    `其间 kill -9 ${told.kills} 次；没有等到回答的再送一次，没有一格与自己冲突`)
  tell('14', '同上，每格从送出到确认已落盘', `p50 ${ms(told.p50)}，p99 ${ms(told.p99)}`, 'p99 ≤ 1 s', told.p99 <= 1000, '一个 node 进程扮 300 人，与服务器争同样的两个核')
}

// Row 15: the pages of the work.
async function workJob() {
  say('15 台账 2 万行、任务 5 万件的页面（先建两个县，要一两分钟）')
  const { workPages } = await import('./work.mjs')
  for (const page of await workPages())
    tell('15', `${page.path}：台账 2 万行、任务 5 万件`, `p50 ${ms(page.p50)}，p99 ${ms(page.p99)}`, 'p99 ≤ 100 ms，查询次数不随行数变', page.p99 <= 100 && page.queries === page.queriesSmall,
      `每页查询 ${page.queries} 次；行数百分之一时 ${page.queriesSmall} 次`)
}

// ---- the table ----

function table() {
  const day = new Date().toISOString().slice(0, 10)
  const cells = (row) => `| ${row.row} | ${row.job} | ${row.figure} | ${row.target} | ${row.ok} | ${row.remark} |`
  const lines = [
    `# 测速结果，${day}`, '',
    `${cpus().length} 个处理器核，${(totalmem() / 2 ** 30).toFixed(0)} GB 内存；每项交替运行 ${rounds} 轮，取中位数。开始时系统负载 ${began.toFixed(1)}，结束时 ${loadavg()[0].toFixed(1)}。` +
    `${existsSync(nation) ? `全国数据 ${(statSync(nation).size / 1e6).toFixed(0)} MB。` : ''}对手的时间是它在进程内的时间，不含 node 的启动；我们的时间含进程从启动到结束。`, '',
    '| 行 | 任务 | 结果 | 目标 | | 备注 |', '| --- | --- | --- | --- | --- | --- |', ...rows.map(cells), '', ...notes.map((note) => `- ${note}`), '',
  ]
  mkdirSync(`${root}bench/results`, { recursive: true })
  const name = `${day}-${cpus().length}core${process.argv.length > 2 ? `-${wanted.join('-')}` : ''}.md`
  const path = `${root}bench/results/${name}`
  writeFileSync(path, lines.join('\n'))
  console.log(lines.join('\n'))
  say(`已写入 bench/results/${name}`)
}

const jobs = { 1: nationJob, '1b': roughJob, 2: columnsJob, 3: countyJob, 4: storeJob, 5: whatIfJob, 6: scoresJob, 8: memoryJob, 9: growthJob, 10: workbookJob,
  14: clerksJob, 15: workJob, 11: async () => needsWrk('11') && (await pagesJob()), 12: writesJob, 13: async () => needsWrk('13') && (await restJob()) }
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(jobs)
let failed = false
const began = loadavg()[0]
makeData(wanted)
for (const row of wanted) {
  if (!jobs[row]) {
    say(`没有第 ${row} 行；有：${Object.keys(jobs).join(' ')}`)
    process.exit(2)
  }
  try {
    await jobs[row]()
  } catch (error) {
    // One row that fails must not hide the others; a disagreement is a failure of the whole.
    failed = true
    tell(row, '没有测成', String(error.message ?? error).slice(0, 200), '—', false)
  }
}
table()
process.exit(failed ? 1 : 0)
