// Do two ways of working out the same thing agree?  A bench that computes something else is worthless.
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const IDS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']

// junheng assess --format json → Map of "county year stage" → what is compared.
export function fromJunheng(path) {
  const found = new Map()
  for (const county of JSON.parse(readFileSync(path, 'utf8')).counties)
    for (const stage of county.stages)
      found.set(`${county.county} ${county.year} ${stage.stage}`, {
        units: stage.units, pupils: stage.pupils, passing: stage.units_passing, verdict: stage.verdict,
        ...Object.fromEntries(stage.indicators.flatMap((k) => [
          [`mean_${k.id}`, k.mean], [`sd_${k.id}`, k.sd], [`cv_${k.id}`, k.cv], [`met_${k.id}`, k.units_met],
          [`near_${k.id}`, k.units_near], [`below_${k.id}`, k.units_below], [`missing_${k.id}`, k.units_missing],
        ])),
        decidedByBounds: stage.indicators.some((k) => k.cv === null && k.cv_met !== null),
      })
  return found
}

// A CSV with a header county_code,year,stage,…  Blank is null.
export async function fromCsv(path, header) {
  const found = new Map()
  let names = header
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const fields = line.split(',')
    if (!names) {
      names = fields
      continue
    }
    const row = Object.fromEntries(names.map((name, i) => [name, fields[i] === '' ? null : isNaN(fields[i]) ? fields[i] : Number(fields[i])]))
    found.set(`${row.county_code} ${row.year} ${row.stage}`, row)
  }
  return found
}

export const AWK_HEADER = ['county_code', 'year', 'stage', 'units', 'passing',
  ...IDS.flatMap((id) => [`mean_${id}`, `sd_${id}`, `cv_${id}`]), 'verdict']

// The largest relative difference over every number of `peer`; throws at anything that differs by
// more than `tolerance`.  A verdict may differ only where bounds, which the peer does not work out, decide.
export function agree(ours, peer, tolerance = 1e-9) {
  let worst = 0
  if (ours.size !== peer.size) throw new Error(`${ours.size} stages here, ${peer.size} there`)
  for (const [key, row] of peer) {
    const own = ours.get(key)
    if (!own) throw new Error(`${key} is missing here`)
    for (const [name, value] of Object.entries(row)) {
      if (!(name in own)) continue
      if (typeof value !== 'number' || typeof own[name] !== 'number') {
        const excused = name === 'verdict' && own.decidedByBounds
        if (value !== own[name] && !excused) throw new Error(`${key} ${name}: ${own[name]} here, ${value} there`)
        continue
      }
      const difference = Math.abs(value - own[name]) / Math.max(1, Math.abs(own[name]))
      if (!(difference <= tolerance)) throw new Error(`${key} ${name}: ${own[name]} here, ${value} there`)
      worst = Math.max(worst, difference)
    }
  }
  return worst
}
