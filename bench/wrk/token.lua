-- Token check: a random user's own token at each request. args: file of "user_id token" lines.
dofile("common.lua")
local requests = {}

function init(args)
  for line in io.lines(args[1]) do
    local id, token = line:match("^(%d+) (%S+)$")
    requests[#requests + 1] = "GET /v2/user/" .. id .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccess-Token: " .. token .. "\r\n\r\n"
  end
  math.randomseed(os.time())
end

function request()
  return requests[math.random(#requests)]
end
