-- Posts one prepared callback a request: wrk … -s post.lua URL -- FILE [check]
-- The file has a line for each: query, tab, body. It is read as it is sent, so it may be larger than Lua's memory.
-- With check, every reply is looked at too; that costs wrk time, so such a round is not for figures.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

local file, head
again, wrong = 0, 0

function init(args)
  file = assert(io.open(args[1], "rb"))
  head = " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
    .. "\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nContent-Type: text/xml\r\nContent-Length: "
  if args[2] == "check" then
    response = function(status, headers, body)
      if status ~= 200 or not body:find("<xml>", 1, true) then wrong = wrong + 1 end
    end
  end
end

function request()
  local line = file:read("*l")
  if not line then
    again = again + 1
    file:seek("set", 0)
    line = file:read("*l")
  end
  local tab = line:find("\t", 1, true)
  return "POST " .. wrk.path .. "?" .. line:sub(1, tab - 1) .. head .. (#line - tab) .. "\r\n\r\n" .. line:sub(tab + 1)
end

function done(summary, latency, requests)
  local a, w = 0, 0
  for _, thread in ipairs(threads) do
    a = a + (thread:get("again") or 0)
    w = w + (thread:get("wrong") or 0)
  end
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), e.status,
    e.connect + e.read + e.write + e.timeout, w, a))
end
