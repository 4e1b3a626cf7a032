-- Appends a text to the value of a key.
-- KEYS[1]: the key
-- ARGV[1]: the text
-- Returns the new value, or an error if the text is empty.
if ARGV[1] == '' then
    return redis.error_reply('EMPTY nothing to append')
end
redis.call('APPEND', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
