// Runs DuckDB in a process of its own, so that only what DuckDB does is timed: the parent sends
// { threads, prepare: [sql], timed: [sql] } and gets back { ms } or { rows } or { error }.
import { DuckDBInstance } from '@duckdb/node-api'

async function run({ threads = 2, file, prepare = [], timed, fetch = false }) {
  // A new instance each time: nothing is remembered from the run before.
  const db = await DuckDBInstance.create(file ?? ':memory:', { threads: String(threads) })
  const connection = await db.connect()
  for (const sql of prepare) await connection.run(sql)
  const start = process.hrtime.bigint()
  let rows
  for (const sql of timed) {
    if (fetch) rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
    else await connection.run(sql)
  }
  const ms = Number(process.hrtime.bigint() - start) / 1e6
  connection.closeSync()
  db.closeSync()
  return { ms, rows, pid: process.pid }
}

process.on('message', async (request) => {
  try {
    process.send(await run(request))
  } catch (error) {
    process.send({ error: String(error) })
  }
})
