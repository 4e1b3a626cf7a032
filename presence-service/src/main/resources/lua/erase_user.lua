-- Forgets when a user was last seen, and sees to it that the sessions from before leave no last seen when they end:
-- end_session.lua looks for the mark.
-- KEYS 1 presence:user:{user}  2 presence:seen  3 presence:erased:{user}
-- ARGV 1 user  2 how long the mark stays, ms
-- Returns connected  done; the user has sessions: the mark stays at least until the last of them ends
--         gone       done; the user has none, which may be news to come: the mark stays for its time
local user, remember = unpack(ARGV)

redis.call('HDEL', KEYS[2], user)
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('SET', KEYS[3], '1')
  return 'connected'
end
redis.call('SET', KEYS[3], '1', 'PX', remember)
return 'gone'
