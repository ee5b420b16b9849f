// Running contestants in turns, and what comes of it.
import { execFileSync, fork, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { existsSync } from 'node:fs'

export const root = new URL('..', import.meta.url).pathname
export const built = (name) => `${root}build-bench/bench/${name}`
export const rounds = Number(process.env.BENCH_ROUNDS ?? 7)

export const median = (xs) => {
  const sorted = [...xs].sort((a, b) => a - b)
  return sorted.length % 2 ? sorted[(sorted.length - 1) / 2] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2
}

// A program from its start to its end, by wall clock.  Exit code 1 is an answer ("not met").
export function program(command, { output = '/dev/null', memory = false } = {}) {
  const told = execFileSync(built('measure'), [...(memory ? ['-m'] : []), '-o', output, ...command],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', process.env.BENCH_STDERR ? 'inherit' : 'ignore'], maxBuffer: 1 << 20 })
  const result = JSON.parse(told)
  if (result.exit > 1) throw new Error(`${command.join(' ')} ended with ${result.exit}`)
  return result
}

// A peer in a process of its own that times itself: its start is not charged to it.
export function worker(file) {
  const child = fork(`${root}bench/${file}`, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    pid: child.pid,
    ask: (message) => new Promise((resolve, reject) => {
      const failed = (code) => reject(new Error(`${file} ended with ${code}`))
      child.once('exit', failed)
      child.once('message', (answer) => {
        child.off('exit', failed)
        if (answer.error) reject(new Error(answer.error))
        else resolve(answer)
      })
      child.send(message)
    }),
    end: () => child.kill(),
  }
}

// A program of ours that does a round for each line it is given and answers with a line of JSON.
export function responder(command) {
  const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ask: async (line) => {
      child.stdin.write(`${line}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error(`${command.join(' ')} ended`)
      return JSON.parse(value)
    },
    end: () => child.stdin.end(),
  }
}

// Each contestant once a round, in turns; the first round only warms caches.  contestants: name → () => ms.
export async function race(contestants, n = rounds) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]))
  for (let round = 0; round <= n; round++)
    for (const [name, run] of Object.entries(contestants)) {
      const ms = await run()
      if (round) times[name].push(ms)
    }
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, median(ms)]))
}

export const has = (command) => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
export const installed = (module) => existsSync(`${root}bench/node_modules/${module}`)
