-- Carries out commands on a shard, all or none: only for its owner, and only if nothing was written or lost
-- since the owner wrote last. Each call counts as a write.
-- KEYS 1 p:{shard}:meta, then every key of the commands
-- ARGV 1 owner  2 how many writes there were; then of each command: how many words it has, and the words
-- Returns 1 if it did, or else 0
local owner, version = unpack(redis.call('HMGET', KEYS[1], 'owner', 'version'))
if owner ~= ARGV[1] or (version or '0') ~= ARGV[2] then
  return 0
end
redis.call('HINCRBY', KEYS[1], 'version', 1)
local at = 3
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
return 1
