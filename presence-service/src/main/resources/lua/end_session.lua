-- Removes a session; publishes the user's status if it changed. The end of the user's last session
-- starts the grace instead.
-- KEYS 1 presence:user:{user}  2 presence:status:{user}  3 presence:node:{node}  4 presence:due
--      5 presence:seen  6 presence:ended:{node}:{session}  7 node:{node}  8 presence:erased:{user}
-- ARGV 1 user  2 session  3 node  4 when it ended, ms  5 when the grace will be over, ms
--      6 how long the end is remembered, ms; an erasure is remembered as long from then on
--      7 ended (the node announced it) | swept (the node died)
-- Returns leased        swept only: the node holds a lease again; nothing was done
--         unknown       there is no such session on that node; its end is remembered
--         kept          removed; the user's status did not change
--         grace         removed, the user's last session; sets last seen, unless the user was erased
--         online, away  removed, and published as the user's new status
local user, session, node, at, due, remember, how = unpack(ARGV)

if how == 'swept' and redis.call('EXISTS', KEYS[7]) == 1 then
  return 'leased'
end
redis.call('SREM', KEYS[3], user .. ' ' .. session)
local ended = redis.call('GET', KEYS[6])
if not ended or tonumber(ended) < tonumber(at) then
  redis.call('SET', KEYS[6], at, 'PX', remember)
end
local held = redis.call('HGET', KEYS[1], session)
if not held or string.match(held, '^%S+') ~= node then
  return 'unknown'
end
redis.call('HDEL', KEYS[1], session)

local others = redis.call('HVALS', KEYS[1])
if #others == 0 then
  if redis.call('EXISTS', KEYS[8]) == 1 then
    redis.call('PEXPIRE', KEYS[8], remember, 'NX')
  else
    local seen = redis.call('HGET', KEYS[5], user)
    if not seen or tonumber(seen) < tonumber(at) then
      redis.call('HSET', KEYS[5], user, at)
    end
  end
  redis.call('ZADD', KEYS[4], due, user)
  return 'grace'
end

local status = 'away'
for _, other in ipairs(others) do
  if string.find(other, ' online ', 1, true) then
    status = 'online'
  end
end
if redis.call('GET', KEYS[2]) == status then
  return 'kept'
end
redis.call('SET', KEYS[2], status)
redis.call('PUBLISH', 'presence:' .. user, '{"user":"' .. user .. '","status":"' .. status .. '"}')
return status
