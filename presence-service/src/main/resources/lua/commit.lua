-- Carries out commands on a shard, all or none: only for its owner, and only at the offset that the owner expects.
-- KEYS 1 p:{shard}:meta, then every key of the commands
-- ARGV 1 owner  2 expected offset, or - for none; then of each command: how many words it has, and the words
-- Returns 1 if it did, or else 0
local owner, offset = unpack(redis.call('HMGET', KEYS[1], 'owner', 'next'))
if owner ~= ARGV[1] or (offset or '-') ~= ARGV[2] then
  return 0
end
local at = 3
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
return 1
