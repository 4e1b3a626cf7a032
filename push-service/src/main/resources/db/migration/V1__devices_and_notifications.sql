-- What users are notified on.
create table device (
    id         uuid primary key,
    user_id    text collate "C" not null,
    kind       text not null check (kind in ('webhook', 'webpush')),
    endpoint   text collate "C" not null,
    secret     text,                      -- webhook: the key of the signature
    p256dh     text,                      -- webpush: the browser's keys, base64url
    auth       text,
    prefs      jsonb not null,
    created_at timestamptz not null,
    check ((kind = 'webhook') = (secret is not null)),
    check ((kind = 'webpush') = (p256dh is not null and auth is not null)),
    unique (user_id, endpoint)
);

create index device_endpoint on device (endpoint) where kind = 'webpush';

-- What is to be delivered, and for a while what was: a row that is done remembers that its message was notified, in case the event comes again.
create table notification (
    id         bigint generated always as identity primary key,
    device_id  uuid not null references device (id) on delete cascade,
    user_id    text collate "C" not null,
    channel    text collate "C" not null,
    epoch      text collate "C" not null,
    seq        bigint not null,
    message_id text not null,
    sender     text not null,
    sent_at    bigint not null,           -- milliseconds since 1970
    data       bytea,                     -- JSON; null when done
    trace      text not null,             -- traceparent
    due_at     timestamptz not null,      -- not before; who takes it moves it ahead by the lease
    attempts   int not null default 0,
    done_at    timestamptz,
    unique (device_id, channel, epoch, seq)
);

create index notification_due on notification (due_at) where done_at is null;
create index notification_pending on notification (channel, user_id, seq) where done_at is null;
create index notification_done on notification (done_at) where done_at is not null;
