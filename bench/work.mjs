// Row 15: the pages of the work in a county with 20,000 rows in its ledger and 50,000 tasks with histories: how long an answer takes, and
// how many queries a page asks, beside the same county with a hundredth of it.
import { execFileSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { sampleCounty, served } from './web.mjs'
import { root } from './measure.mjs'

export const PAGES = ['/ledger', '/ledger?by=township', '/ledger?by=owner', '/ledger?owner=department:D11', '/tasks', '/tasks?state=late', '/tasks?group=owner', '/tasks/board', '/tasks/calendar',
  '/targets/tree', '/plan/tree', '/my', '/mayor']
const ROUNDS = 60, CONNECTIONS = 2, METRICS = 19777

const queries = async () => Number((await (await fetch(`http://127.0.0.1:${METRICS}/metrics`)).text()).match(/junheng_db_queries_total (\d+)/)[1])

// Of each page: the times of its answers in ms, and how many queries one asks.
async function look(county, pages) {
  const server = await served(county, ['--metrics-port', String(METRICS)]), found = new Map()
  const get = async (path) => {
    const began = performance.now(), answer = await server.me.get(path)
    const body = await answer.text()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${body.slice(0, 200)}`)
    return performance.now() - began
  }
  try {
    for (const path of pages) {
      await get(path)
      const before = await queries()
      await get(path)
      found.set(path, { queries: (await queries()) - before, ms: [] })
    }
    for (const path of pages) {
      const times = found.get(path).ms
      await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
        for (let i = 0; i < ROUNDS; i++) times.push(await get(path))
      }))
      times.sort((a, b) => a - b)
    }
  } finally {
    await server.stop()
  }
  return found
}

function filled(rows, tasks) {
  const county = sampleCounty()
  execFileSync(`${root}build-bench/bench/fill_work`, [county.data, String(rows), String(tasks)], { stdio: ['ignore', 'ignore', 'inherit'] })
  return county
}

export async function workPages(rows = 20000, tasks = 50000) {
  const small = filled(rows / 100, tasks / 100), large = filled(rows, tasks)
  try {
    const few = await look(small, PAGES), many = await look(large, PAGES)
    return PAGES.map((path) => {
      const times = many.get(path).ms
      return { path, p50: times[Math.floor(times.length / 2)], p99: times[Math.min(times.length - 1, Math.floor(times.length * 0.99))],
        queries: many.get(path).queries, queriesSmall: few.get(path).queries }
    })
  } finally {
    small.remove()
    large.remove()
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.table(await workPages(...process.argv.slice(2).map(Number)))
