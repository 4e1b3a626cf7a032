-- Writes a change of one node's part of a channel's presence. Removes the part if nobody is left.
-- KEYS 1 cp:{channel}:parts  2 cp:{channel}:part:life
-- ARGV 1 life  2 head, or '' if nobody is left  3 time to live, ms  4 the head that the change applies to, or '' if the
--      users are all of the part; then of each user: the id, and its JSON or '' to remove it
-- Returns 1, or 0 and changes nothing if the stored head is another
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('DEL', KEYS[2])
  return 1
end
if ARGV[4] == '' then
  redis.call('DEL', KEYS[2])
elseif redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[4] then
  return 0
end
for i = 5, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[2], ARGV[i])
  else
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
