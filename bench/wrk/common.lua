-- What every script here shares. First the one line that lib.sh reads: requests, seconds, answers that were
-- errors, connections that broke or timed out, p50 and p99 in microseconds.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %.6f %d %d %d %d\n", summary.requests, summary.duration / 1e6, e.status,
    e.connect + e.read + e.write + e.timeout, latency:percentile(50), latency:percentile(99)))
end

function post(body, path)
  return "POST " .. (path or "/v2/user_auth_third") .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
    .. #body .. "\r\n\r\n" .. body
end

-- Every login of the bench, as seed 002 5.1.2 has it. resource keeps the sessions of one row from ending another's.
function login(open_id, resource)
  return post('{"source":10,"corp_id":"bench000000000001","plugin_id":"benchapp00000001","open_id":"' .. open_id ..
    '","access_token":"0123456789abcdef0123456789abcdef","name":"bench","resource":"' .. resource .. '"}')
end
