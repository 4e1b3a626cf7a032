-- Deletes when a user was last seen. The mark keeps the sessions from before the erasure from
-- recording a last seen when they end: end_session.lua checks it.
-- KEYS 1 presence:user:{user}  2 presence:seen  3 presence:erased:{user}
-- ARGV 1 user  2 how long the mark stays, ms
-- Returns connected  done; the user has sessions: the mark stays at least until the last one ends
--         gone       done; no session is known, but a late event may add one: the mark stays for its time
local user, remember = unpack(ARGV)

redis.call('HDEL', KEYS[2], user)
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('SET', KEYS[3], '1')
  return 'connected'
end
redis.call('SET', KEYS[3], '1', 'PX', remember)
return 'gone'
