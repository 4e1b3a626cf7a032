-- Looks whether a node has its lease. The score of a node in presence:nodes is 0, or since when (ms) the lease is missed:
-- only one that is missed for the margin is gone, so a node may start its first session before its first lease, and the
-- leases may all run out while Redis is away.
-- KEYS 1 node:{node}  2 presence:nodes  3 presence:node:{node}
-- ARGV 1 node  2 now, ms  3 margin, ms
-- Returns alive       it has a lease
--         missing     it has none, for less than the margin
--         forgotten   it has none and no sessions: it is not known any more
--         since when the lease is missed (ms, a string of digits): it is gone, with sessions to sweep
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
