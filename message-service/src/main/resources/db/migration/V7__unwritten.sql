-- What the background looks for: channels that nobody has written to.
create index channel_unwritten on channel (name) where head = 0 and life = 'live';
