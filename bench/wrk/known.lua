-- Login of a known user, a random one at each request. args: number of users.
dofile("common.lua")
local users

function init(args)
  users = tonumber(args[1])
  math.randomseed(os.time())
end

function request()
  return login(string.format("u%07d", math.random(users)), "known")
end
