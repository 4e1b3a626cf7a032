-- Who caused an event and when, beside its frame: unread is counted without a user's own events, expiry goes by time, and `by author` finds all that a user did.
-- target is set for edits only: when their message is deleted, they lose their data as it does.
alter table event add column ts bigint, add column author text collate "C", add column target bigint;
update event set
  ts = (convert_from(frame, 'UTF8')::json ->> 'ts')::bigint,
  author = coalesce(convert_from(frame, 'UTF8')::json ->> 'by', convert_from(frame, 'UTF8')::json ->> 'from'),
  target = case when convert_from(frame, 'UTF8')::json ->> 'type' = 'edited' then (convert_from(frame, 'UTF8')::json ->> 'target')::bigint end;
alter table event alter column ts set not null, alter column author set not null;
create index event_by_author on event (author, channel, seq);
create index event_by_target on event (channel, target) where target is not null;

-- first: the oldest seq that retention has left. life: live, purging (deleted, rows going), purged (only this row is left, by which replays are recognised).
alter table channel add column first bigint not null default 1, add column life text not null default 'live';
create index channel_purging on channel (name) where life = 'purging';

-- search holds the words of the data, and the channel as one more word, so that the index finds both at once. Null: not to be found.
alter table message add column mentions text[], add column search tsvector;
create index message_search on message using gin (search) where search is not null;
create function message_words(channel text, words text) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(array[chr(1) || channel]) || to_tsvector('simple'::regconfig, words)
$$;
-- An id that is older than what is remembered may be used again while the first message's row is still there.
drop index message_by_client_id;
create index message_by_client_id on message (channel, sender, client_id);

-- Who is mentioned where, for counting; not the sender.
create table mention (
  channel text collate "C" not null,
  seq bigint not null,
  user_id text collate "C" not null,
  primary key (channel, seq, user_id)
);
create index mention_by_user on mention (user_id, channel, seq);

create index reaction_by_user on reaction (user_id, channel, target);
create index mark_by_user on mark (user_id, channel);

-- Erasures of users, done or to do. Times are milliseconds since 1970; the counts are those of the rows that were erased.
create table erasure (
  user_id text collate "C" primary key,
  requested bigint not null,
  finished bigint,
  messages bigint not null,
  reactions bigint not null,
  channels bigint not null
);
create index erasure_to_do on erasure (requested) where finished is null;
