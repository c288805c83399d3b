-- Seed 001's Register of somebody new, with a ticket and an agenda of limited stock. args: a word that no other run has, its last four letters digits.
dofile("common.lua")
local run
local n = 0

function init(args)
  run = args[1]
end

function request()
  n = n + 1
  local body = string.format('{"bventId":"bench-meeting","AttendeeTypeId":"guest","Attendee":{"Fields":[{"fieldName":"FullName","fieldValue":"bench"},' ..
    '{"fieldName":"Mobile","fieldValue":"1%s%06d"},{"fieldName":"Email","fieldValue":"n%s-%d@example.com"},{"fieldName":"Company","fieldValue":"bench"}]},' ..
    '"Items":[{"ItemSkuId":"free","ItemSkuName":"free","Quantity":1}],"Agendas":[{"AgendaId":"talk"}]}', run:sub(-4), n, run, n)
  return post(body, "/op/notoken/api/Attendee/v1/Register")
end
