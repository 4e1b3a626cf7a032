-- Checks whether a node holds its lease. The score of a node in presence:nodes is 0, or since when
-- (ms) the lease has been missing. A node counts as dead only when that has lasted for the margin. So
-- a node may start its first session before its first lease, and all leases may expire
-- while Redis is unreachable.
-- KEYS 1 node:{node}  2 presence:nodes  3 presence:node:{node}
-- ARGV 1 node  2 now, ms  3 margin, ms
-- Returns alive       it holds a lease
--         missing     it holds none, for less than the margin
--         forgotten   it holds none and has no sessions: it is removed
--         since when the lease has been missing (ms, a string of digits): it is dead and has sessions
local node, now, margin = unpack(ARGV)

local missed = redis.call('ZSCORE', KEYS[2], node)
if not missed then
  return 'forgotten'
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  if missed ~= '0' then
    redis.call('ZADD', KEYS[2], 'XX', 0, node)
  end
  return 'alive'
end
if missed == '0' then
  redis.call('ZADD', KEYS[2], 'XX', now, node)
  return 'missing'
end
if tonumber(now) - tonumber(missed) < tonumber(margin) then
  return 'missing'
end
if redis.call('SCARD', KEYS[3]) == 0 then
  redis.call('ZREM', KEYS[2], node)
  return 'forgotten'
end
return missed
