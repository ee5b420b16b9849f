// The server under load, beside nginx giving the very same bytes: rows 5 (HTTP), 11, 12 (HTTP) and 13.
import { execFile, spawn } from 'node:child_process'
import { request } from 'node:http'
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './measure.mjs'

process.env.JUNHENG ??= `${root}build-bench/junheng`
const { run, serve, signIn } = await import('../tests/web/server.mjs')
export { serve }

// The made-up county in a folder of its own: { dir, data, account, password, copy(name) }.
export function sampleCounty(under) {
  const dir = mkdtempSync(`${under ?? tmpdir()}/junheng-bench-`), data = `${dir}/data`
  const said = run(['demo', '--data', data, '--make-only'])
  const copy = (name) => (cpSync(data, `${dir}/${name}`, { recursive: true }), `${dir}/${name}`)
  return { dir, data, copy, account: said.match(/账号：(.*)/)[1], password: said.match(/密码：(.*)/)[1], remove: () => rmSync(dir, { recursive: true, force: true }) }
}

export const token = (county, may) =>
  run(['token', 'create', '--for', county.account, '--name', `bench ${may}`, '--may', may, '--data', county.data]).match(/jh_[\w-]{43}/)[0]

// A server whose log goes where a service's log would, into a file.
export async function served(county, words = []) {
  const log = openSync(`${county.dir}/log`, 'a'), server = await serve(county.data, words, {}, log)
  closeSync(log)
  return { ...server, me: await signIn(server.base, county.account, county.password) }
}

// One answer as it comes over the wire: { status, headers: [[name, value]], body }.
export function raw(url, headers) {
  return new Promise((resolve, reject) => {
    request(url, { headers: { ...headers, 'Accept-Encoding': 'gzip' } }, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => {
        const pairs = []
        for (let i = 0; i < answer.rawHeaders.length; i += 2) pairs.push([answer.rawHeaders[i], answer.rawHeaders[i + 1]])
        resolve({ status: answer.statusCode, headers: pairs, body: Buffer.concat(parts) })
      })
    }).on('error', reject).end()
  })
}

// wrk for some seconds: what load.lua says, and requests a second.
export function load(url, { headers = {}, connections = 64, seconds = 1, file, from = 0, key, type } = {}) {
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', `${root}bench/load.lua`]
  for (const [name, value] of Object.entries({ 'Accept-Encoding': 'gzip', ...headers })) words.push('-H', `${name}: ${value}`)
  words.push(url, ...(file ? ['--', file, String(from)] : []))
  const env = { ...process.env, ...(key && { LOAD_KEY: key }), ...(type && { LOAD_TYPE: type }) }
  return new Promise((resolve, reject) => execFile('wrk', words, { env }, (error, said) => {
    if (error) return reject(error)
    const told = JSON.parse(said.trim().split('\n').pop())
    if (told.refused || told.broken) return reject(new Error(`${url}: of ${told.requests} requests ${told.refused} were refused, ${told.broken} broke`))
    resolve({ ...told, per_second: told.requests / told.seconds })
  }))
}

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

// nginx, as many workers as processors and no log, over files that hold the answers: { base, end() }.
// answers: path (without query) → { headers, body }.  Every header of ours is there but those nginx makes by itself.
export async function nginxOf(dir, answers) {
  const at = `${dir}/nginx`, port = await freePort()
  mkdirSync(at, { recursive: true })
  const own = new Set(['date', 'connection', 'content-length', 'content-type', 'etag', 'server', 'last-modified', 'set-cookie', 'keep-alive'])
  const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '')}"`
  const places = Object.entries(answers).map(([path, { headers, body }], i) => {
    writeFileSync(`${at}/${i}`, body)
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')[1]
    const added = headers.filter(([name]) => !own.has(name.toLowerCase())).map(([name, value]) => `add_header ${name} ${quoted(value)};`)
    return `location = ${path} { alias ${at}/${i}; types {} default_type ${quoted(type)}; ${added.join(' ')} }`
  })
  writeFileSync(`${at}/nginx.conf`, `daemon off; ${process.getuid() === 0 ? 'user root; ' : ''}worker_processes ${cpus().length}; pid ${at}/pid; error_log ${at}/error.log;
events { worker_connections 1024; }
http { access_log off; etag off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=100; client_body_temp_path ${at}/b; proxy_temp_path ${at}/p;
fastcgi_temp_path ${at}/f; uwsgi_temp_path ${at}/u; scgi_temp_path ${at}/s;
server { listen 127.0.0.1:${port} backlog=1024;
${places.join('\n')}
} }`)
  const child = spawn('nginx', ['-e', `${at}/error.log`, '-c', `${at}/nginx.conf`], { stdio: 'inherit', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const base = `http://127.0.0.1:${port}`
  for (let i = 0; ; i++) {
    try {
      await raw(`${base}${Object.keys(answers)[0]}`, {})
      break
    } catch (error) {
      if (i === 100) throw error
      await sleep(20)
    }
  }
  return { base, end: () => (child.kill('SIGQUIT'), ended) }
}

// Corrections of figures that schools returned: lines for load.lua.  Every cell once, then all of them again, PASSES times.
const PASSES = 8
export async function corrections(base, bearer, file) {
  const ask = async (path) => (await fetch(`${base}/api/v1/${path}`, { headers: { Authorization: `Bearer ${bearer}` } })).json()
  const cells = []
  for (const year of [2025, 2024, 2023])
    for (const { code } of (await ask(`schools?year=${year}`)).schools)
      for (const { item, value, how } of (await ask(`figures?year=${year}&school=${code}`)).figures ?? [])
        if (how === 'returned' && Number.isSafeInteger(value) && value > 10) cells.push({ year, school: code, item, value: value + 1, seen: value })
  for (let i = cells.length - 1, seed = 1; i > 0; i--) {   // shuffled, always alike: neighbours are not of one school
    seed = (seed * 48271) % 2147483647
    const j = seed % (i + 1);
    [cells[i], cells[j]] = [cells[j], cells[i]]
  }
  const later = (pass) => cells.map((cell) => JSON.stringify({ ...cell, value: cell.value + pass, seen: cell.seen + pass }))
  writeFileSync(file, `${Array.from({ length: PASSES }, (_, pass) => later(pass).join('\n')).join('\n')}\n`)
  return cells
}

// Resident memory in MB: of the program itself and of the files it maps.
export function resident(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8'), of = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024
  return { all: of('VmRSS'), own: of('RssAnon'), files: of('RssFile') }
}
