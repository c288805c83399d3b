-- First login: an open id that was never seen. args: a word that no other run has.
dofile("common.lua")
local run
local n = 0

function init(args)
  run = args[1]
end

function request()
  n = n + 1
  return login(string.format("n%s-%09d", run, n), "first")
end
