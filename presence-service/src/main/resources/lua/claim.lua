-- Gives a shard to a new owner: what earlier owners write is refused from now on.
-- KEYS 1 p:{shard}:meta
-- ARGV 1 now, ms
-- Returns the new owner's number, the state (ready, or nil), the offset (or nil), and how many writes there were
local owner, state, offset, version = unpack(redis.call('HMGET', KEYS[1], 'owner', 'state', 'next', 'version'))
local number = string.format('%.0f', math.max(tonumber(ARGV[1]), tonumber(owner or '0') + 1))
redis.call('HSET', KEYS[1], 'owner', number)
return {number, state, offset, version or '0'}
