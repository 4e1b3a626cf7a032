-- Makes a user offline whose grace is over, and publishes it. Of several callers one succeeds.
-- KEYS 1 presence:status:{user}  2 presence:due  3 presence:seen  4 presence:online
-- ARGV 1 user  2 now, ms
-- Returns not_due  nothing was done: the grace is not over, the user reconnected, or another caller
--                  was first
--         offline  done and published
local user, now = unpack(ARGV)

local due = redis.call('ZSCORE', KEYS[2], user)
if not due or tonumber(due) > tonumber(now) then
  return 'not_due'
end
redis.call('ZREM', KEYS[2], user)
if redis.call('DEL', KEYS[1]) == 1 then
  redis.call('DECR', KEYS[4])
end
local seen = redis.call('HGET', KEYS[3], user)
local last_seen = seen and ',"lastSeen":' .. seen or ''
redis.call('PUBLISH', 'presence:' .. user, '{"user":"' .. user .. '","status":"offline"' .. last_seen .. '}')
return 'offline'
