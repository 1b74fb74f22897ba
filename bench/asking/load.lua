-- For wrk: asks for the addresses in a file in turn; a word in them becomes a number that no other request has.
local addresses, headers, word, turn, number = {}, {}, "", 0, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    addresses[#addresses + 1] = line
  end
  word = arguments[2]
  number = tonumber(arguments[3])
  headers["Accept"] = "application/sparql-results+json"
  headers["If-None-Match"] = arguments[4]
end

function request()
  turn = turn % #addresses + 1
  number = number + 1
  local address = addresses[turn]:gsub(word, string.format("%d", number))
  return wrk.format("GET", address, headers)
end
