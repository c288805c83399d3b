-- Logs in users u0000001 to u<count>, once each, and writes "user_id token" lines. args: count, file.
-- Ends the process itself when all have answered, since wrk knows only durations.
dofile("common.lua")
local count, file
local asked, written = -1, 0 -- wrk calls request() once to look at it, before the load

function init(args)
  count = tonumber(args[1])
  file = assert(io.open(args[2], "w"))
end

function request()
  asked = asked + 1
  if asked < 1 or asked > count then
    return "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" -- what is asked while the last answers are still out
  end
  return login(string.format("u%07d", asked), "token")
end

function response(status, headers, body)
  if status ~= 200 then
    io.write("REFUSED ", status, " ", body, "\n")
    os.exit(1)
  end
  local id, token = body:match('"user_id":"?(%d+)'), body:match('"access_token":"([^"]+)"')
  if id and token then
    file:write(id, " ", token, "\n")
    written = written + 1
  end
  if written == count then
    file:close()
    os.exit(0)
  end
end
