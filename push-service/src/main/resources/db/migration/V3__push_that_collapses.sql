-- Who is a member of what; and of each device and channel one row of what is to be shown. A process
-- of an earlier release cannot work with these tables: stop all of them before the first of this one
-- starts. Nothing is lost: the topic keeps the events.

-- Channels whose members were read once; from then on events tell who joins and leaves.
create table push_channel (
    channel text collate "C" primary key,
    epoch   text collate "C" not null
);

-- Members who have devices. A direct channel's name says who they are.
create table push_member (
    channel text collate "C" not null,
    user_id text collate "C" not null,
    seq     bigint not null,                -- as of which event of the channel
    gone    boolean not null default false,
    primary key (channel, user_id)
);
create index push_member_user on push_member (user_id);

-- Messages of which somebody was to be notified, without what they say, and what was decided.
create table push_message (
    channel    text collate "C" not null,
    epoch      text collate "C" not null,
    seq        bigint not null,
    message_id text not null,
    sender     text collate "C" not null,
    sent_at    bigint not null,             -- milliseconds since 1970
    trace      text not null,               -- traceparent
    verdict    text not null,               -- of all members who are not in verdicts
    verdicts   jsonb not null,              -- by user
    decided_at timestamptz not null,
    primary key (channel, epoch, seq)
);
create index push_message_decided on push_message (decided_at);

-- What a device is to show of a channel, and what it shows.
create table push_pending (
    device_id  uuid not null,
    channel    text collate "C" not null,
    user_id    text collate "C" not null,
    origin     text collate "C" not null,   -- whom a delivery goes to
    epoch      text collate "C" not null,
    seqs       bigint[] not null,           -- the newest messages that are not read, oldest first
    newest     bigint not null,             -- the newest message that was decided on
    count      int not null,                -- how many are not read
    mentioned  boolean not null,
    quiet      boolean not null default false, -- replaces what is shown, without a sound
    due_at     timestamptz,                 -- not before; null: there is nothing to send
    waiting    timestamptz not null,        -- since when it is due
    in_flight  boolean not null default false, -- claimed until due_at
    attempts   int not null default 0,
    shown      bigint not null default 0,   -- the newest message that the device shows, 0 if none
    shown_at   timestamptz,                 -- when it was last notified with a sound
    error      text,                        -- why the last attempt failed
    ended      bigint not null default 0,   -- up to which message nothing more is to be sent
    ended_by   text,                        -- why
    changed_at timestamptz not null,
    primary key (device_id, channel)
);
create index push_pending_due on push_pending (due_at) where due_at is not null;
create index push_pending_user on push_pending (channel, user_id);
create index push_pending_changed on push_pending (changed_at);

insert into push_message (channel, epoch, seq, message_id, sender, sent_at, trace, verdict, verdicts, decided_at)
select distinct on (channel, epoch, seq) channel, epoch, seq, message_id, sender, sent_at, trace, 'notify', '{}', now()
from notification where done_at is null;

insert into push_pending (device_id, channel, user_id, origin, epoch, seqs, newest, count, mentioned, due_at, waiting, changed_at)
select n.device_id, n.channel, n.user_id, substring(d.endpoint from '^[a-zA-Z]+://[^/?]+'), n.epoch,
    (array_agg(n.seq order by n.seq))[greatest(1, count(*) - 19):], max(n.seq), count(*), false, now(), now(), now()
from notification n join device d on d.id = n.device_id
where n.done_at is null
  and n.epoch = (select l.epoch from notification l where l.channel = n.channel and l.device_id = n.device_id
                 and l.done_at is null order by l.sent_at desc limit 1)
group by n.device_id, n.channel, n.user_id, d.endpoint, n.epoch;

drop table notification;
