-- The log of each channel. `event` is the truth; channel, member, message and reaction are its fold, mark stands beside it.
-- Every row keeps the record of channel.commands that it came from: by that a replay is recognised.
-- Names and ids sort by their bytes. Times are milliseconds since 1970. Frames and data are JSON in UTF-8, as bytes: text and jsonb cannot hold all of JSON (\u0000).

create table channel (
  name text collate "C" primary key,
  epoch text not null,
  title text,
  head bigint not null,
  archived boolean not null,
  created bigint not null,
  active bigint not null,
  origin_partition integer not null,
  origin_offset bigint not null,
  applied_partition integer not null,
  applied_offset bigint not null
);

create table event (
  channel text collate "C" not null,
  seq bigint not null,
  frame bytea not null,
  kafka_partition integer not null,
  kafka_offset bigint not null,
  primary key (channel, seq)
);
create unique index event_by_record on event (channel, kafka_offset, kafka_partition);

create table message (
  channel text collate "C" not null,
  seq bigint not null,
  sender text collate "C" not null,
  client_id text collate "C" not null,
  ts bigint not null,
  data bytea,
  reply_to bigint,
  edited bigint,
  deleted boolean not null,
  kafka_partition integer not null,
  kafka_offset bigint not null,
  primary key (channel, seq)
);
create unique index message_by_client_id on message (channel, sender, client_id);

create table reaction (
  channel text collate "C" not null,
  target bigint not null,
  emoji text collate "C" not null,
  user_id text collate "C" not null,
  seq bigint not null,
  ts bigint not null,
  kafka_partition integer not null,
  kafka_offset bigint not null,
  primary key (channel, target, emoji, user_id)
);

create table member (
  channel text collate "C" not null,
  user_id text collate "C" not null,
  role text not null,
  since bigint not null,
  kafka_partition integer not null,
  kafka_offset bigint not null,
  primary key (channel, user_id)
);
create index member_by_user on member (user_id);

create table mark (
  channel text collate "C" not null,
  user_id text collate "C" not null,
  read_seq bigint not null,
  received_seq bigint not null,
  kafka_partition integer not null,
  kafka_offset bigint not null,
  primary key (channel, user_id)
);
