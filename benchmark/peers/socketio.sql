-- The tables of the Socket.IO peer. The head of a channel hands out its sequence numbers.
CREATE TABLE channel (name text PRIMARY KEY, head bigint NOT NULL);
CREATE TABLE message (
  channel text, seq bigint, id text, data jsonb,
  PRIMARY KEY (channel, seq), UNIQUE (channel, id));
