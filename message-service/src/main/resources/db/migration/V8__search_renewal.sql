-- How far the background has come with indexing again what earlier versions indexed: the last
-- message that it looked at, and how many. message.search stays the column and its index the index:
-- the lexeme of the channel says who made the others, chr(1) PostgreSQL's parser by message_words
-- (still there for processes of the version before), chr(2) the service.
create table search_renewal (
  one boolean primary key default true check (one),
  channel text collate "C" not null,
  seq bigint not null,
  seen bigint not null,
  finished boolean not null
);
insert into search_renewal (channel, seq, seen, finished) values ('', 0, 0, false);
