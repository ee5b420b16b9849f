-- load.lua: what wrk sends and how it tells of it.
--   wrk … -s load.lua URL            GETs of the URL
--   wrk … -s load.lua URL -- FILE N  POSTs the lines of FILE one after the other, from line N (0: the first) on; with
--                                    LOAD_KEY each carries an Idempotency-Key of its own
local lines, at, key = nil, 0, os.getenv("LOAD_KEY")
local looked = false   -- wrk asks for one request before it begins, and does not send it

function init(args)
   if not args[1] then return end
   lines = {}
   for line in io.lines(args[1]) do lines[#lines + 1] = line end
   at = tonumber(args[2] or 0)
   wrk.method = "POST"
   wrk.headers["Content-Type"] = os.getenv("LOAD_TYPE") or "application/json"
end

function request()
   if not lines then return wrk.format() end
   if looked then at = at + 1 end
   looked = true
   if key then wrk.headers["Idempotency-Key"] = key .. "-" .. at end
   return wrk.format(nil, nil, nil, lines[math.max(at - 1, 0) % #lines + 1])
end

function done(summary, latency)
   io.write(string.format('{"requests": %d, "seconds": %.6f, "bytes": %d, "refused": %d, "broken": %d, "p50_ms": %.4f, "p99_ms": %.4f}\n',
      summary.requests, summary.duration / 1e6, summary.bytes, summary.errors.status,
      summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
