-- Registers a session or changes its status; publishes the user's status if it changed.
-- KEYS 1 presence:user:{user}  2 presence:status:{user}  3 presence:node:{node}  4 presence:nodes
--      5 presence:due  6 presence:ended:{node}:{session}  7 presence:online
-- ARGV 1 user  2 session  3 node  4 start|online|away  5 when it happened, ms by the node's clock
--      6 now, ms
-- Returns stale         nothing was done: the session has ended, or something newer is known
--         kept          applied; the user's status did not change
--         online, away  applied, and published as the user's new status
local user, session, node, what, at, now = unpack(ARGV)

local ended = redis.call('GET', KEYS[6])
if ended and tonumber(at) <= tonumber(ended) then
  return 'stale'
end

local since = at
local held = redis.call('HGET', KEYS[1], session)
if held then
  local held_node, held_since, held_at = string.match(held, '^(%S+) %S+ (%d+) (%d+)$')
  local same_node = held_node == node
  -- A started that is known; an older record than the last; a status from the node that the session left.
  if tonumber(at) < tonumber(held_at) or same_node == (what == 'start') then
    return 'stale'
  end
  if same_node then
    since = held_since
  end
end

local session_status = what == 'away' and 'away' or 'online'
redis.call('HSET', KEYS[1], session, node .. ' ' .. session_status .. ' ' .. since .. ' ' .. at)
redis.call('DEL', KEYS[6])
redis.call('SADD', KEYS[3], user .. ' ' .. session)
redis.call('ZADD', KEYS[4], 'NX', now, node)
redis.call('ZREM', KEYS[5], user)

local status = session_status
if status == 'away' then
  for _, other in ipairs(redis.call('HVALS', KEYS[1])) do
    if string.find(other, ' online ', 1, true) then
      status = 'online'
    end
  end
end
local was = redis.call('GET', KEYS[2])
if was == status then
  return 'kept'
end
if not was then
  redis.call('INCR', KEYS[7])
end
redis.call('SET', KEYS[2], status)
redis.call('PUBLISH', 'presence:' .. user, '{"user":"' .. user .. '","status":"' .. status .. '"}')
return status
