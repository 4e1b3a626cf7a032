-- Phones as devices, and what users prefer.

alter table device drop constraint device_kind_check;
alter table device add constraint device_kind_check check (kind in ('webhook', 'webpush', 'apns', 'fcm'));
alter table device
    add column topic           text collate "C",       -- apns: the id of the app
    add column environment     text check (environment in ('production', 'sandbox')), -- apns
    add column app             text,                   -- what the app reports of itself
    add column platform        text,
    add column locale          text,
    add column app_version     text,
    add column vapid_key       text,                   -- webpush: the id of the key it subscribed with
    add column verified_at     timestamptz,            -- webhook: when its owner was known last to want it
    add column seen_at         timestamptz not null default now(), -- when it was registered last
    add column not_found       int not null default 0, -- webhook: answers 404 in a row
    add column not_found_since timestamptz,
    add column disabled_at     timestamptz,            -- nothing is sent to it until it is registered again
    add column disabled_reason text,
    add column sent_window     timestamptz,            -- the minute in which it was last notified
    add column sent            int not null default 0, -- how often in that minute
    add check ((kind = 'apns') = (topic is not null and environment is not null));
update device set verified_at = created_at where kind = 'webhook';
update device set vapid_key = 'default' where kind = 'webpush';

-- A token is that of one installation of an app, whoever uses it.
create unique index device_token on device (kind, endpoint) where kind in ('apns', 'fcm');
create index device_seen on device (seen_at);

-- Users who have devices, or preferences.
create table push_user (
    user_id text collate "C" primary key,
    prefs   jsonb not null default '{}',
    loaded  boolean not null default false, -- whether push_member has the user's channels
    since   timestamptz not null default now()
);
insert into push_user (user_id) select distinct user_id from device;
