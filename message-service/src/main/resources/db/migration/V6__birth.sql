-- When this store was made (or came to this version), in milliseconds since 1970: the first numbering of each channel from now on has it as its epoch, so that it is known before the channel is.
-- A store that is lost and made again has another one, and so have its channels.
create table store_fact (key text primary key, value bigint not null);
insert into store_fact (key, value) values ('birth', (extract(epoch from clock_timestamp()) * 1000)::bigint);
